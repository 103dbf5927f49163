//! How often what a query asks for stands in its documents: the one place where that is decided.

use crate::engine::select::Selection;
use crate::engine::words::{of_text, positive};
use crate::error::Error;
use crate::index::Place;
use crate::query::{Field, Term};

/// For each of some places, in order, how often the terms of a query stand there, together: those of no `NOT`, in title
/// and body, each term once. Where one stands inside another, both count.
pub(super) fn occurrences(selection: &Selection, places: &[Place]) -> Result<Vec<u64>, Error> {
    let terms = of_text(&positive(&selection.meaning));
    let mut distinct: Vec<&Term> = Vec::with_capacity(terms.len());
    for term in &terms {
        let same = |other: &Term, field: &Field| other.unigrams == term.unigrams && other.field == *field;
        // What stands in a title stands in the text, and is counted there.
        let counted = term.field == Field::Title && terms.iter().any(|other| same(other, &Field::Text));
        if !counted && !distinct.iter().any(|other| same(other, &term.field)) {
            distinct.push(term);
        }
    }
    Ok(selection.snapshot.occurrences(&distinct, places)?)
}
