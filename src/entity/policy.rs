//! POLICY TERMS: listed ones, whatever signs stand within them, a strategy named after one, and quoted formulas that name a
//! local programme. The list is the analysis's, for what is counted and what is recognised is one; a user's file adds to
//! it. What a term means is left to who asks.

mod coined;
mod trie;

use crate::analysis::{POLICY_TERMS, fold, is_han};
use crate::document::EntityKind;
pub(super) use coined::CUES_LIST;
use trie::{Kind, Trie};

use super::reading::{closing, is_digit, stands};
use super::{Span, Text};

/// Longest term in characters, of the list and of a user.
const LONGEST: usize = 40;
/// Confidence of a listed term, of a strategy named after one, of a quoted formula.
const SURE: f32 = 0.95;

/// The terms that are recognised.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    trie: Trie,
}

/// Why a file of terms cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the terms: {fault}; write one term a line, variants behind it parted by blanks")]
pub struct TermsError {
    /// Number of the line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: &'static str,
}

impl Default for Terms {
    fn default() -> Self {
        Self::new()
    }
}

impl Terms {
    /// The list that comes with the library.
    pub fn new() -> Self {
        let mut terms = Self { trie: Trie::default() };
        for line in POLICY_TERMS.lines() {
            // A faulty line of the own list would be left out; a test holds that there is none.
            let _ = terms.add(line);
        }
        terms.trie.freeze();
        terms
    }

    /// The list and the lines of a user: a term with its variants, in quotation marks one that counts only in such, behind a
    /// `-` a string that is no term, also of the list.
    ///
    /// # Errors
    /// A line that cannot be a term.
    pub fn with(lines: &str) -> Result<Self, TermsError> {
        let mut terms = Self::new();
        for (line, text) in lines.lines().enumerate() {
            terms.add(text.trim_start_matches('\u{feff}')).map_err(|fault| TermsError { line: line + 1, fault })?;
        }
        terms.trie.freeze();
        Ok(terms)
    }

    /// The terms of a text, in order and without overlap.
    pub fn find(&self, text: &Text) -> Vec<Span> {
        let chars = &text.chars;
        let mut found = coined::find(text);
        let quoted = found.len();
        let mut at = 0;
        while at < chars.len() {
            match self.listed(chars, at) {
                Some((end, is_term)) => {
                    if is_term {
                        found.push(span(at..end, SURE));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        let listed = found.split_off(quoted);
        joined(found, listed)
    }

    /// The way to write a term that stands first in its line, told from any of them as it stands in a text.
    pub fn canonical(&self, written: &str) -> Option<&str> {
        let chars: Vec<char> = fold(written).chars().collect();
        let place = self.trie.places(&chars, 0).find(|place| place.end == chars.len())?;
        (place.kind != Kind::None).then(|| self.trie.name(place.name))
    }

    fn add(&mut self, line: &str) -> Result<(), &'static str> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (kind, line) = match line.strip_prefix('-') {
            Some(rest) => (Kind::None, rest),
            None => (Kind::Anywhere, line),
        };
        let mut name = None;
        for written in line.split_whitespace() {
            let quoted = written.starts_with('“') && written.ends_with('”');
            let own = written.trim_matches(['“', '”']);
            let key: Vec<char> = fold(own).chars().filter(|c| !is_soft(*c)).collect();
            if key.len() > LONGEST {
                return Err("a term has more than 40 characters");
            }
            if key.len() < 2 || !key.iter().any(|c| is_han(*c) || c.is_ascii_digit()) {
                return Err("a term has at least two characters, and one of Han or a digit");
            }
            let name = *name.get_or_insert_with(|| self.trie.add_name(own));
            self.trie.insert(&key, if quoted { Kind::Quoted } else { kind }, name);
        }
        Ok(())
    }

    /// The longest entry at a place: where it ends, and whether it is a term.
    fn listed(&self, chars: &[char], at: usize) -> Option<(usize, bool)> {
        if !self.trie.may_begin(chars[at]) {
            return None;
        }
        let fits = |end: usize| is_balanced(&chars[at..end]) && is_whole(chars, at, end);
        let place = self.trie.places(chars, at).filter(|place| fits(place.end)).last()?;
        let end = with_strategy(chars, place.end);
        match place.kind {
            Kind::None => Some((place.end, false)),
            Kind::Anywhere => Some((end, true)),
            Kind::Quoted => {
                let open = at.checked_sub(1).and_then(|before| closing(chars[before]));
                (open.is_some() && open == chars.get(place.end).copied()).then_some((place.end, true))
            }
        }
    }
}

/// 乡村振兴战略 is one term, 乡村振兴战略性 is not.
fn with_strategy(chars: &[char], end: usize) -> usize {
    let longer = stands(chars, end, "战略") && !chars.get(end + 2).is_some_and(|next| "性家伙部上地".contains(*next));
    if longer { end + 2 } else { end }
}

/// Whether an entry stands by itself: a numeral or a digit at its edge is not of a longer number (十三农 is not 三农).
fn is_whole(chars: &[char], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|before| chars[before]);
    let first = is_digit(chars[start]) && before.is_some_and(|c| is_digit(c) || matches!(c, '第' | '.'));
    let runs = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let last = runs(chars.get(end - 1)) && runs(chars.get(end));
    let latin = runs(chars.get(start)) && before.is_some_and(|c| c.is_ascii_alphanumeric());
    !first && !last && !latin
}

/// Whether every quotation mark within closes within.
fn is_balanced(chars: &[char]) -> bool {
    let mut open = Vec::new();
    for c in chars {
        if let Some(close) = closing(*c) {
            open.push(close);
        } else if matches!(c, '”' | '’' | '」' | '』') && open.pop() != Some(*c) {
            return false;
        }
    }
    open.is_empty()
}

/// Signs that do not matter between the characters of a term.
fn is_soft(c: char) -> bool {
    matches!(c, '、' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '·' | '•' | '-' | '—' | '"' | ',' | ' ')
}

/// Both, in order; where they overlap the longer, of equal ones the listed.
fn joined(quoted: Vec<Span>, listed: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = listed.into_iter().chain(quoted).collect();
    all.sort_by_key(|span| (span.chars.start, std::cmp::Reverse(span.chars.end)));
    let mut kept: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match kept.last_mut() {
            Some(last) if last.chars.end > span.chars.start => {
                if span.chars.len() > last.chars.len() {
                    *last = span;
                }
            }
            _ => kept.push(span),
        }
    }
    kept
}

fn span(chars: std::ops::Range<usize>, confidence: f32) -> Span {
    Span { kind: EntityKind::Policy, chars, value: None, confidence }
}

#[cfg(test)]
mod tests;
