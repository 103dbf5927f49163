//! How often what a query asks for stands in each of its documents, by the rule of `occurrences`: from the postings where
//! they can tell, from the texts where terms may stand within each other.

use std::collections::HashMap;

use super::occurrences::{Counting, Occurrences};
use super::reading::read_all;
use crate::engine::select::Selection;
use crate::engine::words::{of_text, positive};
use crate::engine::{Engine, SearchRequest};
use crate::error::Error;
use crate::index::{Place, Snapshot};
use crate::query::{Field, Term};

/// For each of some places of a selection, in order, how often the terms of its query stand there, together.
pub(super) fn occurrences(
    engine: &Engine,
    request: &SearchRequest,
    selection: &Selection,
    places: &[Place],
    counting: &Counting,
) -> Result<Vec<u64>, Error> {
    let counter = Occurrences::new(selection, counting);
    if counter.is_told_by_postings() {
        return by_postings(&*selection.snapshot, &of_text(&positive(&selection.meaning)), places);
    }
    let counted =
        read_all(engine, selection, &counter, request.deadline(), |counted: &mut Vec<_>, candidate, document| {
            counted.push((candidate.place, counter.count(document)));
        })?;
    let counts: HashMap<Place, u64> = counted.into_iter().flatten().collect();
    Ok(places.iter().map(|place| counts.get(place).copied().unwrap_or_default()).collect())
}

/// Each term once: what stands in a title stands in the text, and is counted there. A term of `词:` counts as a string.
fn by_postings(snapshot: &dyn Snapshot, terms: &[&Term], places: &[Place]) -> Result<Vec<u64>, Error> {
    let mut distinct: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        let field = if term.field == Field::Title { Field::Title } else { Field::Text };
        let wider =
            |known: &Term| known.unigrams == term.unigrams && (known.field == Field::Text || known.field == field);
        if !distinct.iter().any(wider) {
            distinct.retain(|known| known.unigrams != term.unigrams);
            distinct.push(Term { field, ..(*term).clone() });
        }
    }
    Ok(snapshot.occurrences(&distinct.iter().collect::<Vec<_>>(), places)?)
}
