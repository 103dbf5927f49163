//! Terms that no list has: a quoted numeral formula or programme (“六净一规范”, “一企一专班”, “5+2”), offices called 峪长制, one
//! measure a household (一户一档), campaigns called 平安渔场. Whether a quotation names a programme is told from its form and from what stands
//! around it; the words for that are data.

use std::ops::Range;
use std::sync::LazyLock;

use super::span;
use crate::analysis::{fold, is_han};
use crate::entity::Span;
use crate::entity::reading::{closing, is_digit, stands};
use crate::entity::text::Text;
use crate::entity::traits::Traits;

/// Longest quotation that may name a programme, in characters.
const LONGEST: usize = 20;
/// From this score on a quotation is a term.
const ENOUGH: i32 = 3;
/// Confidence of a quoted term, and of one that only its form tells.
const QUOTED: f32 = 0.7;
const FORMED: f32 = 0.6;

/// Words around and within quotations that name a programme.
pub(in crate::entity) const CUES_LIST: &str = include_str!("../data/policy_cues.txt");

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(CUES_LIST));

/// The coined terms of a text, in order.
pub(super) fn find(text: &Text) -> Vec<Span> {
    let (chars, mut found, mut next) = (&text.chars, Vec::new(), 0);
    for at in text.places(Traits::COINED) {
        if at < next {
            continue;
        }
        let (range, confidence) = match chars[at] {
            '“' | '‘' | '「' | '『' => {
                (quotation(chars, at).filter(|range| score(chars, range) >= ENOUGH), QUOTED)
            }
            '长' if stands(chars, at, "长制") => (office(chars, at).map(|start| start..at + 2), FORMED),
            '长' => continue,
            '一' => (each_its_own(chars, at).map(|end| at..end), FORMED),
            _ => (kind_of_place(chars, at).map(|end| at..end), FORMED),
        };
        let Some(range) = range else { continue };
        // The mark that closes a quotation opens none.
        next = range.end + usize::from(confidence == QUOTED);
        found.push(span(range, confidence));
    }
    found
}

/// What stands within the quotation marks that open at a place, if it is short and of one piece.
fn quotation(chars: &[char], open: usize) -> Option<Range<usize>> {
    let close = closing(chars[open])?;
    let rest = &chars[open + 1..chars.len().min(open + 2 + LONGEST)];
    let length = rest.iter().position(|c| *c == close)?;
    let inside = &rest[..length];
    let other =
        |c: &char| matches!(c, '。' | '!' | '?' | ';' | ':' | '…' | '\n' | '《' | '》') || closing(*c).is_some();
    let worded = inside.iter().filter(|c| is_han(**c) || c.is_ascii_alphanumeric()).count();
    // “十三五” and “9·11” are dates, “2014年…周” is an event.
    let numeral = !inside.contains(&'+') && inside.iter().all(|c| is_digit(*c) || !is_han(*c));
    let dated = inside.len() > 4 && inside[..4].iter().all(char::is_ascii_digit) && inside[4] == '年';
    let planned = inside.starts_with(&['十']) && inside.get(2) == Some(&'五');
    (worded >= 2 && !numeral && !dated && !planned && !inside.iter().any(other)).then_some(open + 1..open + 1 + length)
}

/// How much speaks for a quotation being the name of a programme.
fn score(chars: &[char], range: &Range<usize>) -> i32 {
    let inside = &chars[range.clone()];
    let text: String = inside.iter().collect();
    let before: String = chars[range.start.saturating_sub(7)..range.start - 1].iter().collect();
    let after: String = chars[range.end + 1..chars.len().min(range.end + 7)].iter().collect();
    let cues = &*CUES;
    let verb = ends_with(&before, &cues.before).map_or(0, |word| if word.chars().count() > 1 { 2 } else { 1 });
    let noun = 2 * i32::from(starts_with(&after, &cues.after));
    let name = 2 * i32::from(cues.ends.iter().any(|word| text.ends_with(word.as_str())));
    // A clause about it begins with it: “背包银行”不是作秀.
    let topic = before.is_empty() || before.ends_with([',', '。', '\n']);
    let around = verb + noun + name + formula(inside) + i32::from(topic && starts_with(&after, &cues.of_topic));
    let figure = 3 * i32::from(ends_with(&before, &cues.not_before).is_some())
        + 3 * i32::from(noun == 0 && starts_with(&after, &cues.not_after))
        + 3 * i32::from(starts_with(&text, &cues.verbs));
    let spoken =
        inside.iter().filter(|c| cues.spoken.iter().any(|word| word.starts_with(**c) && word.len() == 3)).count();
    let phrase = 2 * spoken as i32 + 2 * i32::from(inside.contains(&',')) + i32::from(inside.len() > 12);
    around - figure - phrase
}

/// How much of a numeral formula a string is: 六净一规范, 一窗受理、三天答复, 5+2, 巡、倒、清、刷; less for one numeral.
fn formula(inside: &[char]) -> i32 {
    let is_count = |c: char| is_digit(c) || matches!(c, '两' | '双');
    let starts = |at: usize| is_count(inside[at]) && (at == 0 || !is_count(inside[at - 1]));
    let numerals = (0..inside.len()).filter(|at| starts(*at)).count();
    let pieces: Vec<usize> = inside.split(|c| *c == '、').map(<[char]>::len).collect();
    let even = pieces.len() > 1 && pieces.iter().all(|length| *length == pieces[0]);
    let sum = inside.contains(&'+') && numerals > 0;
    match numerals {
        2.. => 3,
        _ if sum || (even && pieces.len() > 2) => 3,
        _ if even => 2,
        1 => 1,
        _ => 0,
    }
}

/// Where 峪长制 begins: one character, or 河湖; 首长制 and 部长制 are no such office.
fn office(chars: &[char], at: usize) -> Option<usize> {
    let own = *chars.get(at.checked_sub(1)?)?;
    if !is_han(own) || "首部队校班官家会院局科厂行市县省社成生增延加很特专太最".contains(own)
    {
        return None;
    }
    Some(if stands(chars, at.saturating_sub(2), "河湖") { at - 2 } else { at - 1 })
}

/// Where 一户一档 ends: one measure for each.
fn each_its_own(chars: &[char], at: usize) -> Option<usize> {
    let second = (at + 2..at + 4).find(|at| chars.get(*at) == Some(&'一'))?;
    let own = chars.get(second + 1)?;
    let plain = chars[at + 1..second].iter().all(|c| is_han(*c) && !is_digit(*c));
    let before = at.checked_sub(1).map(|before| chars[before]);
    let numbered = before.is_some_and(|c| is_digit(c) || c == '第');
    (plain && !numbered && "策档案码证册卡品业警专".contains(*own))
        .then(|| if stands(chars, second + 1, "专班") { second + 3 } else { second + 2 })
}

/// Where 平安渔场, 清廉学校, 数字浙江 ends: a campaign named by what a place is to become.
fn kind_of_place(chars: &[char], at: usize) -> Option<usize> {
    let past = |words: &[String], at: usize| {
        let stands_there = |word: &&String| stands(chars, at, word);
        words.iter().find(stands_there).map(|word| at + word.chars().count())
    };
    past(&CUES.kinds, at).and_then(|end| past(&CUES.subjects, end))
}

fn ends_with<'a>(text: &str, words: &'a [String]) -> Option<&'a String> {
    words.iter().filter(|word| text.ends_with(word.as_str())).max_by_key(|word| word.len())
}

fn starts_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// The words around quotations, folded.
#[derive(Default)]
struct Cues {
    before: Vec<String>,
    after: Vec<String>,
    ends: Vec<String>,
    not_before: Vec<String>,
    not_after: Vec<String>,
    spoken: Vec<String>,
    verbs: Vec<String>,
    of_topic: Vec<String>,
    kinds: Vec<String>,
    subjects: Vec<String>,
}

impl Cues {
    fn read(lines: &str) -> Self {
        let mut cues = Self::default();
        let mut section = "";
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            let words = line.split_whitespace().map(fold);
            match section {
                "before" => cues.before.extend(words),
                "after" => cues.after.extend(words),
                "ends" => cues.ends.extend(words),
                "not before" => cues.not_before.extend(words),
                "not after" => cues.not_after.extend(words),
                "spoken" => cues.spoken.extend(words),
                "verbs" => cues.verbs.extend(words),
                "of a topic" => cues.of_topic.extend(words),
                "kinds" => cues.kinds.extend(words),
                _ => cues.subjects.extend(words),
            }
        }
        cues
    }
}
