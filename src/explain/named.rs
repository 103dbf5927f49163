//! What is named in a document, with every name by which a query may ask for it.

use std::ops::Range;

use crate::document::NAME_END;
use crate::query::{Field, Piece, Term};
use crate::snippet::fits;

/// A place where something is named, or a passage that somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The field that asks for it.
    pub field: Field,
    /// It stands in the title, else in the body.
    pub in_title: bool,
    /// Where, in bytes.
    pub bytes: Range<usize>,
    /// Where the title of a person stands beside it, in bytes of the same text.
    pub title: Option<Range<usize>>,
    /// The tokens of its names.
    pub tokens: Vec<String>,
}

impl Named {
    /// Whether it is a passage that somebody of this name said.
    pub fn is_said_by(&self, token: &str) -> bool {
        self.field == Field::Said && self.tokens.iter().any(|own| own.strip_suffix(NAME_END) == Some(token))
    }

    /// Whether a term asks for it.
    pub fn answers(&self, term: &Term) -> bool {
        let fitting = |piece: &Piece| match piece {
            Piece::Token(token) => self.tokens.contains(token),
            Piece::Pattern(pattern) => self.tokens.iter().any(|token| fits(pattern, token)),
            _ => false,
        };
        self.field == term.field && term.unigrams.iter().all(fitting)
    }
}
