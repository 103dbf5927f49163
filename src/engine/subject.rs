//! Terms that name somebody or something the index knows: articles that are about it come before those that mention it.

use crate::analysis::name_token;
use crate::error::Error;
use crate::index::{Place, Snapshot, Stream};
use crate::query::{Field, KINDS, Piece, Term};

/// Mentions after which it is half as sure as it can be that a document is about what it names; one in the title counts
/// three, a person beside his title two.
const HALF: f32 = 3.0;

/// The field under which most documents know a name, if any does.
pub(super) fn known_as(token: &str, snapshot: &dyn Snapshot) -> Result<Option<Field>, Error> {
    let mut most = (0, None);
    for (kind, field) in KINDS {
        let documents = snapshot.frequencies(Stream::Names(kind), &[token])?.first().copied().unwrap_or_default();
        if documents > most.0 {
            most = (documents, Some(field));
        }
    }
    Ok(most.1)
}

/// The names among the terms of a query.
pub(super) struct Subjects {
    /// Each as its field asks for it.
    names: Vec<Term>,
    /// How many terms there are in all.
    terms: usize,
}

impl Subjects {
    /// The terms that are names as a whole, under the kind that most documents know them by.
    pub fn of(terms: &[&Term], snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let mut names = Vec::new();
        let asked = terms.iter().filter(|term| term.field == Field::Text && !term.is_pattern());
        for term in asked.filter(|_| !snapshot.state().entities.is_empty()) {
            let token = name_token(&term.written);
            let field = known_as(&token, snapshot)?;
            names.extend(field.map(|field| Term { field, unigrams: vec![Piece::Token(token)], ..(*term).clone() }));
        }
        Ok(Self { names, terms: terms.len() })
    }

    /// How much each document is about the names, 0 to 1, in the order of the places.
    pub fn shares(&self, snapshot: &dyn Snapshot, places: &[Place]) -> Result<Vec<f32>, Error> {
        let mut shares = vec![0.0; places.len()];
        if self.names.is_empty() {
            return Ok(shares);
        }
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_unstable_by_key(|at| places[*at]);
        let sorted: Vec<Place> = order.iter().map(|at| places[*at]).collect();
        for name in &self.names {
            for (at, count) in order.iter().zip(snapshot.occurrences(&[name], &sorted)?) {
                shares[*at] += count as f32 / (count as f32 + HALF) / self.terms as f32;
            }
        }
        Ok(shares)
    }
}
