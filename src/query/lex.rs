//! A query cut into tokens, where it is decided what is an operator and what is text.
//!
//! Brackets come out in pairs, a field is always followed by its value, and a word has at least one unigram. Whether
//! an operator has the operands that it needs is left to the parser.

use std::ops::Range;

use super::ast::{Proximity, Word};
use super::dates::DateRange;
use super::error::{Complaint, Fault, QueryError};
use super::field::{Field, Named};
use super::pairs::{Pairs, Role};
use super::parse::ParseOptions;
use super::sign::{char_at, escapes, narrow};
use super::value::last_hard_mark;
use super::word::weight;
use super::{MAX_DEPTH, MAX_TERMS, MAX_WILDCARDS};
use crate::analysis::{fold, unigrams};

/// A token and its bytes in the query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub span: Range<usize>,
    pub kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    Near(Proximity),
    Field(Field),
    Word(Word),
    Dates(DateRange),
    Weight(f32),
}

/// What stands directly before an operand and claims it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Bound {
    Free,
    Negated,
    Value,
    Dates,
}

/// A group that is open: where it closes, and whether its words are dates.
pub(super) struct Group {
    pub close: usize,
    pub dates: bool,
}

/// At most this many complaints are kept.
const MAX_COMPLAINTS: usize = 32;

pub(super) struct Lexer<'a> {
    pub text: &'a str,
    pub extra: Vec<String>,
    pub pairs: Pairs,
    /// Where the last hard mark that is no colon begins.
    pub last_hard: usize,
    pub at: usize,
    pub groups: Vec<Group>,
    pub tokens: Vec<Token>,
    pub complaints: Vec<Complaint>,
    terms: usize,
    pub wildcards: usize,
}

/// Cuts a query into tokens.
pub(super) fn lex(text: &str, options: &ParseOptions<'_>) -> Result<(Vec<Token>, Vec<Complaint>), QueryError> {
    let pairs = Pairs::find(text);
    let extra = options.extra_fields.iter().map(|name| fold(name)).collect();
    let mut lexer = Lexer {
        text,
        extra,
        pairs,
        last_hard: last_hard_mark(text),
        at: 0,
        groups: Vec::new(),
        tokens: Vec::new(),
        complaints: Vec::new(),
        terms: 0,
        wildcards: MAX_WILDCARDS,
    };
    for at in std::mem::take(&mut lexer.pairs.stray) {
        lexer.complain(Fault::StrayBracket, at..at + char_at(text, at).map_or(0, char::len_utf8));
    }
    while let Some(c) = char_at(text, lexer.at) {
        lexer.step(c)?;
    }
    Ok((lexer.tokens, lexer.complaints))
}

impl Lexer<'_> {
    fn step(&mut self, c: char) -> Result<(), QueryError> {
        let span = self.at..self.at + c.len_utf8();
        if c.is_whitespace() || (!c.is_ascii() && fold(&self.text[span.clone()]).is_empty()) {
            self.at = span.end;
        } else if self.groups.last().is_some_and(|group| group.close == self.at) {
            self.groups.pop();
            self.at = span.end;
            self.push(span, TokenKind::Close)?;
            self.weight()?;
        } else if narrow(c) == '|' {
            self.at = span.end;
            self.push(span, TokenKind::Or)?;
        } else {
            self.operand(Bound::Free)?;
        }
        Ok(())
    }

    pub(super) fn push(&mut self, span: Range<usize>, kind: TokenKind) -> Result<(), QueryError> {
        if matches!(kind, TokenKind::Word(_) | TokenKind::Dates(_)) {
            self.terms += 1;
            if self.terms > MAX_TERMS {
                return Err(QueryError::new(Fault::TooManyTerms, self.text, span));
            }
        }
        self.tokens.push(Token { span, kind });
        Ok(())
    }

    pub(super) fn complain(&mut self, fault: Fault, span: Range<usize>) {
        note(&mut self.complaints, fault, span);
    }

    /// A group, a quotation, a negation, a field with its value, or a word.
    pub(super) fn operand(&mut self, bound: Bound) -> Result<(), QueryError> {
        let span = self.at..self.at + char_at(self.text, self.at).map_or(0, char::len_utf8);
        match self.pairs.role(self.at).cloned() {
            Some(Role::Group { close }) => return self.open(span, close, bound),
            Some(Role::Quotation { inside, end }) if bound != Bound::Dates => return self.quotation(inside, end),
            Some(Role::Unclosed) if matches!(&self.text[span.clone()], "(" | "（") => {
                self.complain(Fault::UnclosedBracket, span.clone())
            }
            Some(Role::Unclosed) => self.complain(Fault::UnclosedQuote, span.clone()),
            _ => {}
        }
        if bound == Bound::Free && self.negates() {
            self.at = span.end;
            self.push(span, TokenKind::Not)?;
            return self.operand(Bound::Negated);
        }
        if matches!(bound, Bound::Free | Bound::Negated)
            && let Some((named, value)) = self.field()
        {
            let start = std::mem::replace(&mut self.at, value);
            return match named {
                Named::Dates => self.operand(Bound::Dates),
                Named::Field(field) => {
                    self.push(start..value, TokenKind::Field(field))?;
                    self.operand(Bound::Value)
                }
            };
        }
        self.word(bound)
    }

    fn open(&mut self, span: Range<usize>, close: usize, bound: Bound) -> Result<(), QueryError> {
        if self.groups.len() == MAX_DEPTH {
            return Err(QueryError::new(Fault::TooDeep, self.text, span));
        }
        let dates =
            bound == Bound::Dates || (bound != Bound::Value && self.groups.last().is_some_and(|group| group.dates));
        self.groups.push(Group { close, dates });
        self.at = span.end;
        self.push(span, TokenKind::Open)
    }

    fn quotation(&mut self, inside: Range<usize>, end: usize) -> Result<(), QueryError> {
        let (start, written) = (self.at, &self.text[inside.clone()]);
        let text =
            if self.text[..inside.start].ends_with('"') { written.replace("\"\"", "\"") } else { written.to_owned() };
        self.at = end;
        if unigrams(&text).is_empty() {
            // A field or a negation keeps something to stand before.
            self.complain(Fault::Empty, start..end);
            self.push(start..inside.start, TokenKind::Open)?;
            self.push(inside.end..end, TokenKind::Close)?;
        } else {
            self.push(start..end, TokenKind::Word(Word { text, quoted: true, wildcards: Vec::new() }))?;
        }
        self.weight()
    }

    /// The weight directly behind a quotation or a group.
    fn weight(&mut self) -> Result<(), QueryError> {
        if !self.text[self.at..].starts_with(['^', '＾']) {
            return Ok(());
        }
        let end = self.word_end();
        let (span, value) = (self.at..end, weight(&self.text[self.at..end]));
        if value.is_some() {
            self.at = end;
        }
        self.weighted(value, span)
    }

    pub(super) fn weighted(&mut self, value: Option<f32>, span: Range<usize>) -> Result<(), QueryError> {
        match value {
            Some(weight) if (0.01..=100.0).contains(&weight) => self.push(span, TokenKind::Weight(weight)),
            Some(_) => {
                self.complain(Fault::BadWeight, span);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Where the value that begins at `from` ends.
    pub(super) fn value_end(&self, from: usize) -> usize {
        match self.pairs.role(from) {
            Some(Role::Group { close }) => *close,
            Some(Role::Quotation { end, .. }) => *end,
            _ => self.end_from(from),
        }
    }

    /// Where the word that begins here ends: at a blank, at a bar, or where a group closes.
    pub(super) fn word_end(&self) -> usize {
        self.end_from(self.at)
    }

    fn end_from(&self, from: usize) -> usize {
        let close = self.groups.last().map_or(usize::MAX, |group| group.close);
        let mut at = from;
        while let Some(c) = char_at(self.text, at) {
            if escapes(self.text, at, at == from) {
                at += 1 + char_at(self.text, at + 1).map_or(0, char::len_utf8);
                continue;
            }
            if c.is_whitespace() || narrow(c) == '|' || at == close {
                break;
            }
            at += c.len_utf8();
        }
        at
    }
}

/// Keeps a complaint, as long as there are few; the same about the very next sign is one with the last.
pub(super) fn note(complaints: &mut Vec<Complaint>, fault: Fault, span: Range<usize>) {
    if let Some(last) = complaints.last_mut().filter(|last| last.fault == fault && last.span.end == span.start) {
        last.span.end = span.end;
    } else if complaints.len() < MAX_COMPLAINTS {
        complaints.push(Complaint { fault, span });
    }
}
