//! Fields of what was recognised: a name is asked for as a whole, and words beside a speaker are looked for in what he
//! said.

use super::ast::{Proximity, Word};
use super::field::Field;
use super::meaning::{Chain, Meaning, Piece, Term};
use super::sign::narrow;
use crate::analysis::name_token;
use crate::document::NAME_END;

/// A name as it is looked up: one token, of which wildcards may take any characters.
pub(super) fn name_piece(word: &Word, field: &Field) -> Piece {
    let mut token = String::with_capacity(word.text.len());
    let mut at = 0;
    for &wildcard in &word.wildcards {
        let sign = word.text[wildcard..].chars().next().unwrap_or('?');
        token.push_str(&name_token(&word.text[at..wildcard]));
        token.push(narrow(sign));
        at = wildcard + sign.len_utf8();
    }
    token.push_str(&name_token(&word.text[at..]));
    if *field == Field::Said {
        token.push(NAME_END);
    }
    if word.wildcards.is_empty() { Piece::Token(token) } else { Piece::Pattern(token) }
}

/// Parts that must all hold: where some are speakers, the words beside them must stand in a passage of each, and in the
/// text, which gives the order.
pub(super) fn in_passages(parts: Vec<Meaning>) -> Vec<Meaning> {
    let speakers: Vec<Vec<Term>> = parts.iter().filter_map(|part| terms_of(part, &Field::Said)).collect();
    let words: Vec<Vec<Term>> = parts.iter().filter_map(|part| terms_of(part, &Field::Text)).collect();
    if speakers.is_empty() || words.is_empty() {
        return parts;
    }
    let mut all: Vec<Meaning> = parts.into_iter().filter(|part| terms_of(part, &Field::Said).is_none()).collect();
    for said in &speakers {
        for any in &words {
            let inside = any.iter().cloned().map(|term| Term { field: Field::Said, ..term }).collect();
            all.push(Meaning::Near(Chain { first: said.clone(), rest: vec![(Proximity::Paragraph, inside)] }));
        }
    }
    all
}

/// The terms of a part of which any may stand, if all of them are of this field.
fn terms_of(part: &Meaning, field: &Field) -> Option<Vec<Term>> {
    let term = |part: &Meaning| match part {
        Meaning::Term(term) if term.field == *field => Some(term.clone()),
        _ => None,
    };
    match part {
        Meaning::Or(parts) => parts.iter().map(term).collect(),
        part => Some(vec![term(part)?]),
    }
}

impl Term {
    /// Whether it asks for who said something, and not for what was said.
    pub fn is_speaker(&self) -> bool {
        let ends =
            |piece: &Piece| matches!(piece, Piece::Token(text) | Piece::Pattern(text) if text.ends_with(NAME_END));
        self.field == Field::Said && self.unigrams.iter().any(ends)
    }
}
