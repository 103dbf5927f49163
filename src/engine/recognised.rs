//! What to mark of a document for terms that ask for what was recognised: the mentions that answer, the passages of a
//! speaker, and what was looked for in these.

use std::ops::Range;

use super::hits::needle;
use crate::document::Document;
use crate::explain::Named;
use crate::query::{Field, Term, pieces_of};
use crate::snippet::Needle;

/// Adds what to mark in the title and in the body.
pub(super) fn marks(terms: &[&Term], named: &[Named], document: &Document, [title, body]: [&mut Vec<Needle>; 2]) {
    let (speakers, rest): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.is_speaker());
    let (said, names): (Vec<&Term>, Vec<&Term>) = rest.into_iter().partition(|term| term.field == Field::Said);
    for one in named.iter().filter(|one| names.iter().any(|term| one.answers(term))) {
        let text = if one.in_title { &document.title } else { &document.body };
        let needles = if one.in_title { &mut *title } else { &mut *body };
        needles.extend(at(text, &one.bytes));
    }
    let passages: Vec<Range<usize>> =
        named.iter().filter(|one| speakers.iter().any(|term| one.answers(term))).map(|one| one.bytes.clone()).collect();
    if said.is_empty() {
        body.extend(passages.iter().filter_map(|passage| at(&document.body, passage)));
        return;
    }
    // The words beside a speaker are marked where he said them, and nowhere else.
    body.retain(|known| said.iter().all(|term| term.unigrams != known.unigrams));
    let inside = |term: &&Term| Needle { within: Some(passages.clone()), ..needle(term) };
    body.extend(said.iter().map(inside));
}

/// What stands in a stretch of a text, there and nowhere else.
fn at(text: &str, bytes: &Range<usize>) -> Option<Needle> {
    let unigrams = pieces_of(text.get(bytes.clone())?);
    let within = Some(vec![bytes.clone()]);
    (!unigrams.is_empty()).then(|| Needle { within, ..Needle::new(unigrams, 1.0) })
}
