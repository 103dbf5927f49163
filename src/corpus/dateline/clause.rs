//! Whether a line looks like a title, and what is shown of an article that has none: its first clause, behind the opening
//! of an agency.

use super::lines::{is_longer, lines};
use super::{is_fact, opening, trim};

/// Characters of a clause that tells something, and of what is shown.
const SHORTEST: usize = 8;
const LONGEST: usize = 40;
/// Characters with those in brackets.
const MOST: usize = 160;
/// Lines that are looked at for it.
const LINES: usize = 6;

/// Characters of a title line at most.
const TITLE: usize = 60;
/// Marks that end a sentence, and those that end a part of one.
const ENDS: &str = "。！？!?.…";
const PARTS: &str = "；，;,:：";

/// Whether a line looks like a title: short, and no sentence or part of one.
pub(in super::super) fn is_title(line: &str) -> bool {
    if is_longer(line.trim(), TITLE) {
        return false;
    }
    let last = line.trim().trim_end_matches(['”', '’', '"', '」', '』', '）', ')']).chars().next_back();
    let is_open = last.is_some_and(|last| !ENDS.contains(last) && !PARTS.contains(last));
    is_open && !line.contains('。')
}

/// The first clause of a body: its first line if that is short, else up to the first mark behind [`SHORTEST`] characters.
pub(super) fn first(body: &str) -> Option<&str> {
    let lines = lines(body).map(trim).filter(|line| line.chars().any(char::is_alphanumeric)).take(LINES);
    let line = lines.filter(|line| !is_fact(line)).map(|line| opening::read(line).map_or(line, |opening| opening.rest));
    let line = line.map(trim).find(|line| line.chars().any(char::is_alphanumeric))?;
    if is_title(line) && !is_longer(line, LONGEST) {
        return Some(line);
    }
    let end = end_of_clause(line);
    Some(line[..end].trim_end()).filter(|clause| !clause.is_empty())
}

/// Where the first clause of a line ends. What stands in brackets, as a reading behind a character, is not counted, and
/// nothing is cut within it.
fn end_of_clause(line: &str) -> usize {
    let (mut count, mut depth, mut before) = (0, 0_usize, line.len());
    for (at, (end, c)) in line.char_indices().enumerate() {
        let is_end = "。！？!?\t".contains(c) || (count >= SHORTEST && "，；：,;:　".contains(c));
        if depth == 0 && (is_end || count == LONGEST) {
            return end;
        }
        if at == MOST {
            return before.min(end);
        }
        match c {
            '(' | '（' => {
                before = if depth == 0 { end } else { before };
                depth += 1;
            }
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => count += usize::from(depth == 0),
        }
    }
    line.len()
}
