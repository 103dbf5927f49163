//! What to mark of a document for terms that ask for what was recognised: the mentions that answer, the passages of a
//! speaker, and what was looked for in these.

use std::collections::BTreeMap;
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
    for (text, in_title, needles) in [(&document.title, true, title), (&document.body, false, &mut *body)] {
        let answers = named.iter().filter(|one| one.in_title == in_title && names.iter().any(|term| one.answers(term)));
        needles.extend(at(text, answers.map(|one| &one.bytes)));
    }
    let passages: Vec<Range<usize>> =
        named.iter().filter(|one| speakers.iter().any(|term| one.answers(term))).map(|one| one.bytes.clone()).collect();
    if said.is_empty() {
        body.extend(at(&document.body, passages.iter()));
        return;
    }
    // The words beside a speaker are marked where he said them, and nowhere else.
    body.retain(|known| said.iter().all(|term| term.unigrams != known.unigrams));
    let inside = |term: &&Term| Needle { within: Some(passages.clone()), ..needle(term) };
    body.extend(said.iter().map(inside));
}

/// What stands in stretches of a text, there and nowhere else: one needle for all that are written alike, so that a passage
/// is not chosen for naming the same again.
fn at<'a>(text: &str, stretches: impl Iterator<Item = &'a Range<usize>>) -> Vec<Needle> {
    let mut alike: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for bytes in stretches {
        if let Some(written) = text.get(bytes.clone()) {
            alike.entry(written).or_default().push(bytes.clone());
        }
    }
    let needle = |(written, within)| Needle { within: Some(within), ..Needle::new(pieces_of(written), 1.0) };
    alike.into_iter().map(needle).filter(|needle| !needle.unigrams.is_empty()).collect()
}
