//! Which quotes and brackets stand free, and where each of them ends.
//!
//! One pass over the query, before it is cut into words. A quote or bracket is an operator only if it opens at the
//! start, after a blank, or after an operator or an opening bracket that does, and closes before the end, a blank, a
//! closing bracket, a bar or a weight: “十三五”报告会 and 天水（甘肃）医药 hold none. What stands between quotes is
//! nobody's operator.

use std::collections::HashMap;
use std::ops::Range;

use super::sign::{char_at, closing_quote, ends_free, escapes, narrow};

/// What a quote or an opening bracket does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// A bracket that opens a group which closes there.
    Group { close: usize },
    /// A quote that opens a quotation.
    Quotation { inside: Range<usize>, end: usize },
    /// It stands free, and nothing closes it.
    Unclosed,
}

/// The quotes and brackets of a query.
#[derive(Default)]
pub(super) struct Pairs {
    roles: HashMap<usize, Role>,
    /// Closing brackets that nothing opened, at the end of a word.
    pub stray: Vec<usize>,
}

impl Pairs {
    /// The role of the sign at a byte of the query, if it has any.
    pub fn role(&self, at: usize) -> Option<&Role> {
        self.roles.get(&at)
    }

    pub fn find(text: &str) -> Self {
        let mut pairs = Self::default();
        let quotes = quotes(text);
        let mut open: Vec<(usize, bool)> = Vec::new();
        let (mut at, mut free) = (0, true);
        while let Some(c) = char_at(text, at) {
            let next = at + c.len_utf8();
            if escapes(text, at, free) {
                at = next + char_at(text, next).map_or(0, char::len_utf8);
                free = false;
                continue;
            }
            at = next;
            match narrow(c) {
                '(' => open.push((next - c.len_utf8(), free)),
                ')' => {
                    pairs.close(open.pop(), next - c.len_utf8(), ends_free(text, next));
                    free = false;
                }
                // What stands before a colon may be a field; the lexer will know.
                '|' | ':' => free = true,
                '-' => {}
                _ if free && closing_quote(c).is_some() => {
                    at = pairs.quotation(text, next - c.len_utf8(), &quotes);
                    free = false;
                }
                _ => free = c.is_whitespace(),
            }
        }
        pairs.roles.extend(open.into_iter().filter(|(_, free)| *free).map(|(at, _)| (at, Role::Unclosed)));
        pairs
    }

    fn close(&mut self, open: Option<(usize, bool)>, close: usize, free: bool) {
        match open {
            Some((open, true)) if free => {
                self.roles.insert(open, Role::Group { close });
            }
            None if free => self.stray.push(close),
            _ => {}
        }
    }

    /// Notes the role of a free opening quote; gives where to go on.
    fn quotation(&mut self, text: &str, at: usize, quotes: &HashMap<usize, usize>) -> usize {
        let open = char_at(text, at).unwrap_or_default();
        let start = at + open.len_utf8();
        let close = if open == '"' { straight_end(text, start) } else { quotes.get(&at).copied() };
        let Some(close) = close else {
            self.roles.insert(at, Role::Unclosed);
            return start;
        };
        let end = close + open.len_utf8();
        if !ends_free(text, end) {
            return start;
        }
        self.roles.insert(at, Role::Quotation { inside: start..close, end });
        end
    }
}

/// The first `"` from `start` on that is not doubled.
fn straight_end(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += text[at..].find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Where each curly or cornered quote closes, however they nest; a full-width straight one at the next.
fn quotes(text: &str) -> HashMap<usize, usize> {
    let mut mates = HashMap::new();
    let mut open: [Vec<usize>; 3] = Default::default();
    let mut straight = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' => open[0].push(at),
            '「' => open[1].push(at),
            '『' => open[2].push(at),
            '”' => mates.extend(open[0].pop().map(|start| (start, at))),
            '」' => mates.extend(open[1].pop().map(|start| (start, at))),
            '』' => mates.extend(open[2].pop().map(|start| (start, at))),
            '＂' => mates.extend(straight.replace(at).map(|start| (start, at))),
            _ => {}
        }
    }
    mates
}
