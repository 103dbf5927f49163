//! One unquoted word: its escapes, its weight, its wildcards, and the terms that hard marks cut it into.
//!
//! Which marks are hard is asked of `analysis::unigrams` and nowhere else.

use std::ops::Range;

use super::ast::Word;
use super::sign::{char_at, escapes, is_glued, mate, narrow};
use crate::analysis::{Kind, Unigram, unigrams};

/// A word of the query with its escapes taken out.
pub(super) struct Raw {
    pub text: String,
    /// Where it begins in the query.
    start: usize,
    /// Offsets in `text` of characters that a backslash stood before.
    escaped: Vec<usize>,
}

/// A term and its bytes in the query.
pub(super) type Placed = (Word, Range<usize>);

impl Raw {
    /// Takes the escapes out of a stretch of the query that begins at `start`.
    pub fn new(written: &str, start: usize) -> Self {
        let mut raw = Self { text: String::with_capacity(written.len()), start, escaped: Vec::new() };
        let mut at = 0;
        while let Some(c) = char_at(written, at) {
            let c = if escapes(written, at, at == 0) {
                raw.escaped.push(raw.text.len());
                at += 1;
                char_at(written, at).unwrap_or(c)
            } else {
                c
            };
            raw.text.push(c);
            at += c.len_utf8();
        }
        raw
    }

    /// Whether the word begins with an escape: it is no operator.
    pub fn is_plain(&self) -> bool {
        self.escaped.first() == Some(&0)
    }

    /// Bytes of the query for bytes of the text.
    fn source(&self, range: Range<usize>) -> Range<usize> {
        let before = |at: usize, of: fn(&usize, &usize) -> bool| self.escaped.iter().filter(|e| of(e, &at)).count();
        self.start + range.start + before(range.start, usize::le)..self.start + range.end + before(range.end, usize::lt)
    }

    /// Splits off `^2`: the weight, and where it stands in the query.
    pub fn weight(&mut self) -> Option<(f32, Range<usize>)> {
        let at = self.text.rfind(['^', '＾']).filter(|at| !self.escaped.contains(at))?;
        let weight = weight(&self.text[at..])?;
        if !takes_weight(&self.text[..at]) {
            return None;
        }
        let span = self.source(at..self.text.len());
        self.text.truncate(at);
        Some((weight, span))
    }

    /// The whole word as one term, marks and all.
    pub fn whole(&self) -> Vec<Placed> {
        let range = leading(&self.text)..self.text.len();
        let word = Word { text: self.text[range.clone()].to_owned(), quoted: false, wildcards: Vec::new() };
        vec![(word, self.source(range))]
    }

    /// The terms of the word. Takes wildcards out of `room`; gives the places of those that had none.
    pub fn terms(&self, room: &mut usize) -> (Vec<Placed>, Vec<Range<usize>>) {
        let mut wildcards = self.wildcards();
        let refused = wildcards.split_off(wildcards.len().min(*room));
        *room -= wildcards.len();
        let masked = mask(&self.text, &wildcards);
        let all = unigrams(&masked);
        let terms = parted(&all).into_iter().filter_map(|term| self.term(term, &wildcards));
        (terms.collect(), refused.into_iter().map(|at| self.source(at..at + 1)).collect())
    }

    fn term(&self, unigrams: &[Unigram], wildcards: &[usize]) -> Option<Placed> {
        let range = unigrams.first()?.range.start..unigrams.last()?.range.end;
        let behind = wildcards
            .iter()
            .filter(|at| **at >= range.end)
            .take_while(|at| self.text[range.end..**at].chars().all(is_wildcard));
        let end = behind.last().map_or(range.end, |at| at + char_at(&self.text, *at).map_or(0, char::len_utf8));
        let range = widened(&self.text, range.start..end);
        let inside = wildcards.iter().filter(|at| range.contains(at)).map(|at| at - range.start).collect();
        let word = Word { text: self.text[range.clone()].to_owned(), quoted: false, wildcards: inside };
        Some((word, self.source(range)))
    }

    /// Offsets of the wildcards.
    fn wildcards(&self) -> Vec<usize> {
        let candidates = || self.text.char_indices().filter(|(at, c)| is_wildcard(*c) && !self.escaped.contains(at));
        if candidates().next().is_none() {
            return Vec::new();
        }
        let all = unigrams(&mask(&self.text, &candidates().map(|(at, _)| at).collect::<Vec<_>>()));
        if all.iter().any(|unigram| unigram.kind == Kind::Han) {
            let few = all.iter().filter(|unigram| !unigram.kind.is_mark()).count() <= 8;
            let between = |at: usize, c: char| {
                let ends = |unigram: &Unigram| unigram.kind == Kind::Han && unigram.range.end == at;
                let begins = |unigram: &Unigram| unigram.kind == Kind::Han && unigram.range.start == at + c.len_utf8();
                (c != '?' || few) && all.windows(2).any(|pair| ends(&pair[0]) && begins(&pair[1]))
            };
            return candidates().filter(|(at, c)| between(*at, *c)).map(|(at, _)| at).collect();
        }
        let allowed = |c: char| narrow(c).is_ascii_alphanumeric() || is_wildcard(c) || matches!(c, '-' | '_' | '.');
        if !self.text.chars().all(allowed) {
            return Vec::new();
        }
        candidates().filter(|(at, c)| self.expands(*at, *c)).map(|(at, _)| at).collect()
    }

    /// Whether a wildcard stands inside a run of letters and digits, or behind one that it may stand behind.
    fn expands(&self, at: usize, c: char) -> bool {
        let in_run = |c: &char| narrow(*c).is_ascii_alphanumeric();
        let head = self.text[..at].trim_end_matches(is_wildcard);
        let mut run = head.chars().rev().take_while(in_run).peekable();
        if run.peek().is_none() || (c != '?' && !self.single(at, c)) {
            return false;
        }
        let tail = self.text[at..].trim_start_matches(is_wildcard);
        c != '?' || tail.chars().next().as_ref().is_some_and(in_run) || run.any(|c| narrow(c).is_ascii_digit())
    }

    /// Whether no other wildcard stands beside it.
    fn single(&self, at: usize, c: char) -> bool {
        !self.text[..at].ends_with(is_wildcard) && !self.text[at + c.len_utf8()..].starts_with(is_wildcard)
    }
}

/// The unigrams between marks. A mark that stands inside a character parts nothing, since the character cannot be cut:
/// 🄀 with a letter for its mark is `0`, `。` and that letter.
fn parted(all: &[Unigram]) -> Vec<&[Unigram]> {
    let parts = |at: &usize| {
        let inside =
            at.checked_sub(1).and_then(|before| Some(all.get(before)?.range.end > all.get(at + 1)?.range.start));
        all[*at].kind.is_mark() && inside != Some(true)
    };
    let mut terms = Vec::new();
    let mut start = 0;
    for at in (0..all.len()).filter(parts) {
        terms.push(&all[start..at]);
        start = at + 1;
    }
    terms.push(&all[start..]);
    terms
}

fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '＊' | '?')
}

/// The text with a soft sign for each wildcard, so that `?` is no hard mark.
fn mask(text: &str, wildcards: &[usize]) -> String {
    text.char_indices().map(|(at, c)| if c == '?' && wildcards.contains(&at) { '*' } else { c }).collect()
}

/// A weight at the start of a text, and nothing behind it: `^2`, `^0.5`; any number, also one out of bounds.
pub(super) fn weight(text: &str) -> Option<f32> {
    let mut signs = text.chars().map(narrow);
    if signs.next() != Some('^') {
        return None;
    }
    let number: String = signs.collect();
    let digits = number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit());
    let plain = digits && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { number.parse().ok() } else { None }
}

/// Whether `^2` behind a bare word is a weight: not behind a number or a single letter.
fn takes_weight(text: &str) -> bool {
    let all = unigrams(text);
    let single = |unigram: &Unigram| unigram.kind == Kind::Letters && unigram.text.chars().nth(1).is_none();
    let number = |unigram: &Unigram| unigram.kind == Kind::Digits;
    all.len() > 1 || all.iter().any(|unigram| !single(unigram) && !number(unigram))
}

/// Bytes of signs before an address that are no part of it.
fn leading(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| mate(c, false).is_some() || closing(c)).len()
}

fn closing(c: char) -> bool {
    mate(c, true).is_some()
}

/// Takes in the signs at the edges that belong to the term: the other half of a pair that begins or ends inside, and
/// what is glued on (`C++`, `3.5%`).
fn widened(text: &str, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    loop {
        let inside = &text[start..end];
        let lacks = |own: char, other: char| inside.matches(other).count() > inside.matches(own).count();
        let after = char_at(text, end).filter(|c| is_glued(*c) || mate(*c, true).is_some_and(|open| lacks(*c, open)));
        let before = text[..start].chars().next_back();
        let before = before.filter(|c| is_glued(*c) || mate(*c, false).is_some_and(|close| lacks(*c, close)));
        if after.is_none() && before.is_none() {
            return start..end;
        }
        end += after.map_or(0, char::len_utf8);
        start -= before.map_or(0, char::len_utf8);
    }
}
