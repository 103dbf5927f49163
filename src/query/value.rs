//! What an operand begins with and what a word holds: fields, negation, dates, word operators, and else text.

use std::ops::Range;

use super::MAX_DISTANCE;
use super::ast::Proximity;
use super::dates::{self, DateRange};
use super::error::{Fault, QueryError};
use super::field::{self, Field, Named};
use super::lex::{Bound, Lexer, Token, TokenKind};
use super::pairs::Role;
use super::sign::{char_at, narrow};
use super::word::{Placed, Raw, weight};
use crate::analysis::{Kind, unigrams};

impl Lexer<'_> {
    /// Whether the dash here negates what is directly behind it.
    pub(super) fn negates(&self) -> bool {
        let mut ahead = self.text[self.at..].chars();
        let dash = ahead.next().is_some_and(|c| narrow(c) == '-');
        let text = |c: char| !c.is_whitespace() && !c.is_numeric() && !matches!(narrow(c), '-' | '|' | ')');
        dash && ahead.next().is_some_and(text)
    }

    /// A field that begins here: what it names, and where its value begins.
    pub(super) fn field(&mut self) -> Option<(Named, usize)> {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !field::is_name_char(c)).filter(|length| (1..=64).contains(length))?;
        let colon = char_at(rest, length).filter(|c| narrow(*c) == ':')?;
        let named = field::named(&rest[..length], &self.extra)?;
        let value = self.at + length + colon.len_utf8();
        let end = self.value_end(value);
        let written = &self.text[value..end];
        if unigrams(written).is_empty() {
            if colon == ':' {
                self.complain(Fault::NoValue { name: rest[..length].to_owned() }, self.at..value);
            }
            return None;
        }
        let accepted = match &named {
            Named::Dates => self.is_date(value, end, colon == ':'),
            Named::Field(field) if colon == '：' => {
                let short = field.name().chars().nth(1).is_none() && !matches!(field, Field::Extra(_));
                let group = matches!(self.pairs.role(value), Some(Role::Group { .. }));
                (group || !has_hard_mark(written)) && !(short && self.last_hard >= value)
            }
            Named::Field(_) => true,
        };
        accepted.then_some((named, value))
    }

    /// Whether the value of `日期:` is a date, or a group, whose words are looked at one by one.
    fn is_date(&mut self, value: usize, end: usize, meant: bool) -> bool {
        if matches!(self.pairs.role(value), Some(Role::Group { .. })) {
            return true;
        }
        match self.date(&self.text[value..end]) {
            Ok(_) => true,
            Err(fault) => {
                let like_one =
                    self.text[value..].starts_with(|c| matches!(narrow(c), '0'..='9' | '<' | '>' | '=' | '.'));
                if meant || like_one {
                    self.complain(fault, value..end);
                }
                false
            }
        }
    }

    fn date(&self, value: &str) -> Result<(DateRange, Option<(f32, usize)>), Fault> {
        let weighted = value.rfind(['^', '＾']).and_then(|cut| weight(&value[cut..]).map(|weight| (weight, cut)));
        let cut = weighted.map_or(value.len(), |(_, cut)| cut);
        Ok((dates::parse(&value[..cut])?, weighted))
    }

    pub(super) fn word(&mut self, bound: Bound) -> Result<(), QueryError> {
        let span = self.at..self.word_end();
        self.at = span.end;
        let written = &self.text[span.clone()];
        if bound == Bound::Dates || (bound == Bound::Free && self.groups.last().is_some_and(|group| group.dates)) {
            return self.dates(written, span);
        }
        let mut raw = Raw::new(written, span.start);
        if bound == Bound::Free && !raw.is_plain() {
            match operator(&raw.text) {
                Some(Ok(kind)) => return self.push(span, kind),
                Some(Err(fault)) => self.complain(fault, span.clone()),
                None => {}
            }
        }
        let weight = raw.weight();
        let address =
            matches!(self.tokens.last(), Some(Token { kind: TokenKind::Field(field), .. }) if field.is_address());
        let (terms, refused) =
            if bound == Bound::Value && address { (raw.whole(), Vec::new()) } else { raw.terms(&mut self.wildcards) };
        for span in refused {
            self.complain(Fault::TooManyWildcards, span);
        }
        self.place(terms, bound, span)?;
        weight.map_or(Ok(()), |(weight, span)| self.weighted(Some(weight), span))
    }

    /// The terms of a word. What a field or a negation claims, it claims whole.
    fn place(&mut self, terms: Vec<Placed>, bound: Bound, span: Range<usize>) -> Result<(), QueryError> {
        let group = bound != Bound::Free && terms.len() != 1;
        if group {
            self.push(span.start..span.start, TokenKind::Open)?;
        }
        for (word, span) in terms {
            self.push(span, TokenKind::Word(word))?;
        }
        if group { self.push(span.end..span.end, TokenKind::Close) } else { Ok(()) }
    }

    fn dates(&mut self, written: &str, span: Range<usize>) -> Result<(), QueryError> {
        if let Some(Ok(kind)) = operator(written) {
            return self.push(span, kind);
        }
        match self.date(written) {
            Ok((range, weight)) => {
                self.push(span.clone(), TokenKind::Dates(range))?;
                weight.map_or(Ok(()), |(weight, cut)| self.weighted(Some(weight), span.start + cut..span.end))
            }
            Err(fault) => {
                self.complain(fault, span.clone());
                let (terms, _) = Raw::new(written, span.start).terms(&mut 0);
                self.place(terms, Bound::Value, span)
            }
        }
    }
}

/// The operator that a whole word is, if it is one.
fn operator(word: &str) -> Option<Result<TokenKind, Fault>> {
    let word: String = word.chars().map(narrow).collect();
    let kind = match word.as_str() {
        "AND" => TokenKind::And,
        "OR" => TokenKind::Or,
        "NOT" => TokenKind::Not,
        "SENT" => TokenKind::Near(Proximity::Sentence),
        "PARA" => TokenKind::Near(Proximity::Paragraph),
        _ => {
            let (make, distance) = match word.strip_prefix("NEAR/") {
                Some(distance) => (Proximity::Near as fn(u16) -> Proximity, distance),
                None => (Proximity::Within as fn(u16) -> Proximity, word.strip_prefix("W/")?),
            };
            if distance.is_empty() || !distance.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let distance = distance.parse().ok().filter(|distance| (1..=MAX_DISTANCE).contains(distance));
            return Some(distance.map(|distance| TokenKind::Near(make(distance))).ok_or(Fault::BadDistance));
        }
    };
    Some(Ok(kind))
}

/// Whether a text has a hard mark, be it at its end.
fn has_hard_mark(text: &str) -> bool {
    unigrams(&format!("{text}甲")).iter().any(|unigram| unigram.kind.is_mark())
}

/// Where the last hard mark begins that is neither a colon nor a break; 0 if there is none.
pub(super) fn last_hard_mark(text: &str) -> usize {
    let text = text.replace(':', " ").replace('：', "\u{3000}");
    let hard = |kind: Kind| matches!(kind, Kind::Clause | Kind::Sentence);
    let marks = unigrams(&format!("{text}甲"));
    marks.iter().rfind(|unigram| hard(unigram.kind)).map_or(0, |mark| mark.range.start)
}
