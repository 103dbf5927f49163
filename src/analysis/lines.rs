//! The short lines that a body begins and ends with, by which what recurs in many texts is known: a column's name, who
//! edited it, whose page it was. Which recur, and what follows from that, is left to the engine.

use std::ops::Range;

use super::sketch::{bare, hash};
use super::{Folded, Unigrams, fold};

/// Lines that are looked at, at the begin and at the end.
const FIRST: usize = 4;
const LAST: usize = 6;
/// Characters of a line at most; a longer one is a paragraph, and nothing behind it is looked at.
const LONGEST: usize = 60;
/// Characters that count of a line at least: fewer stand in any text.
const LEAST: usize = 4;
/// Bits of a number that tell how long a line is, and those below the hash.
const LENGTH: u32 = 10;
const BELOW: u32 = 32;

/// A short line at the begin or at the end of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeLine {
    /// Hash of its characters as folded, without marks and blanks.
    pub hash: u32,
    /// Where it stands in the body.
    pub bytes: Range<usize>,
}

/// The lines above the first paragraph of a body and those below its last one, in order.
pub fn edge_lines(body: &str) -> Vec<EdgeLine> {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    let lines = body.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    gather(&mut first, lines, FIRST);
    let after = first.last().map_or(0, |line: &EdgeLine| line.bytes.end);
    let rest = &body[after..];
    let lines = rest.rsplit('\n').scan(rest.len() + 1, |at, line| {
        *at -= line.len() + 1;
        Some((after + *at, line))
    });
    gather(&mut last, lines, LAST);
    first.extend(last.into_iter().rev());
    first
}

/// Takes short lines, each given with where it begins, up to the first that is long.
fn gather<'a>(found: &mut Vec<EdgeLine>, lines: impl Iterator<Item = (usize, &'a str)>, most: usize) {
    for (at, line) in lines {
        let start = at + line.len() - line.trim_start().len();
        let line = line.trim();
        let is_long = line.len() > LONGEST && line.chars().nth(LONGEST).is_some();
        if found.len() == most || is_long {
            break;
        }
        let bare = bare(&fold(line));
        if bare.len() >= LEAST {
            found.push(EdgeLine { hash: (hash(&bare) >> BELOW) as u32, bytes: start..start + line.len() });
        }
    }
}

/// The edge lines of a body as numbers: the hash, and which of the positions of a text they take of which the body begins
/// at `offset` and has so many.
pub fn line_numbers(body: &str, offset: u64, positions: u64) -> Vec<u64> {
    let count = |text: &str| Unigrams::new(&Folded::new(text)).count() as u64;
    let number = |EdgeLine { hash, bytes }: EdgeLine| {
        // What stands before or behind it is short, whichever is shorter.
        let (start, end) = match bytes.start <= body.len() - bytes.end {
            true => (count(&body[..bytes.start]), count(&body[..bytes.end])),
            false => (positions - count(&body[bytes.start..]), positions - count(&body[bytes.end..])),
        };
        let length = (end - start).min((1 << LENGTH) - 1);
        let start = (offset + start).min((1 << (BELOW - LENGTH)) - 1);
        u64::from(hash) << BELOW | start << LENGTH | length
    };
    edge_lines(body).into_iter().map(number).collect()
}

/// The hash of a number that [`line_numbers`] made, and the positions.
pub fn line_of(number: u64) -> (u32, Range<usize>) {
    let below = number as u32;
    let (start, length) = ((below >> LENGTH) as usize, (below & ((1 << LENGTH) - 1)) as usize);
    ((number >> BELOW) as u32, start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "五龙镇今年造林三千亩，其中核桃一千二百亩、花椒八百亩。镇林业站说，树苗已在三月中旬全部到位，栽植由各村组织，成活率由县里秋后验收。";

    fn lines(body: &str) -> Vec<&str> {
        edge_lines(body).into_iter().map(|line| &body[line.bytes]).collect()
    }

    #[test]
    fn lines_at_the_edges_are_found_and_those_within_are_not() {
        let body = format!(
            "【云陇新闻网】\r\n\n  五龙镇消息\n\n{PARAGRAPH}\n短行在中间\n{PARAGRAPH}\n\n(完)\n责任编辑：付丽丽\n版权所有\n"
        );
        assert_eq!(lines(&body), ["【云陇新闻网】", "五龙镇消息", "责任编辑：付丽丽", "版权所有"]);
        assert_eq!(lines(PARAGRAPH), [""; 0]);
        assert_eq!(lines(""), [""; 0]);
        let poem = "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡";
        assert_eq!(lines(poem).concat(), poem.replace('\n', ""));
    }

    #[test]
    fn either_script_and_any_punctuation_is_one_line() {
        let hash = |line: &str| edge_lines(line)[0].hash;
        assert_eq!(hash("责任编辑：付丽丽"), hash("  責任編輯 付麗麗。"));
        assert_ne!(hash("责任编辑：付丽丽"), hash("责任编辑：陈默默"));
    }

    #[test]
    fn numbers_tell_the_positions() {
        let body = format!("云陇新闻网\n\n{PARAGRAPH}\n\n责任编辑：付丽丽\n版权所有");
        let all: Vec<String> = Unigrams::new(&Folded::new(&body)).map(|(token, ..)| token.into_owned()).collect();
        let numbers = line_numbers(&body, 7, all.len() as u64);
        let told: Vec<String> = numbers
            .iter()
            .map(|number| {
                let (_, positions) = line_of(*number);
                let tokens = all[positions.start - 7..positions.end - 7].iter();
                tokens.filter(|token| token.chars().all(char::is_alphanumeric)).cloned().collect()
            })
            .collect();
        assert_eq!(told, ["云陇新闻网", "责任编辑付丽丽", "版权所有"]);
        let hashes: Vec<u32> = numbers.iter().map(|number| line_of(*number).0).collect();
        assert_eq!(hashes, edge_lines(&body).iter().map(|line| line.hash).collect::<Vec<_>>());
    }
}
