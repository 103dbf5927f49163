//! The loosened query: what still holds of it where it has few exact answers.
//!
//! Bare terms loosen into their words, of which a share must match; `NOT`, dates, fields and quotes hold. A single
//! short term is never loosened into pieces (张智明 is not 张 and 智明), unless it is a question: 什么是月代？ asks for
//! 月代, and no text holds it whole.

use super::Relax;
use crate::error::Error;
use crate::index::{Snapshot, Stream};
use crate::query::{Field, Meaning, Term};

/// Near answers at most.
const MOST: usize = 200;
/// Unigrams of a single term that is still never loosened.
const SHORT: usize = 6;
/// Share of the words' weight that a near answer must have.
const MINIMUM: f32 = 0.1;

/// What a near answer must be.
pub(super) struct Loosened {
    /// What holds without change.
    pub held: Meaning,
    /// Share of the words' weight that must match.
    pub minimum: f32,
    /// How many to give at most.
    pub most: usize,
}

impl Loosened {
    /// The loosened query, where the request and the query allow one.
    pub fn of(
        meaning: &Meaning,
        relax: Relax,
        total: u64,
        terms: &[&Term],
        is_question: bool,
        snapshot: &dyn Snapshot,
    ) -> Result<Option<Self>, Error> {
        let bare = terms.iter().filter(|term| is_bare(term)).count();
        if !may_relax(relax, total) || bare == 0 {
            return Ok(None);
        }
        if let [single] = terms
            && !is_question
        {
            let whole = single.tokens().collect::<String>();
            let known = snapshot.frequencies(Stream::BodyWords, &[&whole])?.iter().any(|documents| *documents > 0);
            if single.unigrams.len() <= SHORT || known {
                return Ok(None);
            }
        }
        let held = held(meaning).unwrap_or(Meaning::Everything);
        Ok(Some(Self { held, minimum: MINIMUM, most: MOST }))
    }
}

/// A term that loosens.
pub(super) fn is_bare(term: &Term) -> bool {
    term.field == Field::Text && !term.quoted
}

/// What of a meaning holds: `None` where nothing of it does.
fn held(meaning: &Meaning) -> Option<Meaning> {
    match meaning {
        Meaning::Term(term) if is_bare(term) => None,
        Meaning::And(parts) => {
            let mut kept: Vec<Meaning> = parts.iter().filter_map(held).collect();
            if kept.iter().all(|part| matches!(part, Meaning::Not(_))) && !kept.is_empty() {
                kept.insert(0, Meaning::Everything);
            }
            if kept.len() < 2 { kept.pop() } else { Some(Meaning::And(kept)) }
        }
        // One loose way in is a way in.
        Meaning::Or(parts) => {
            let kept: Vec<Meaning> = parts.iter().filter_map(held).collect();
            (kept.len() == parts.len()).then_some(Meaning::Or(kept))
        }
        other => Some(other.clone()),
    }
}

/// Whether near answers may follow at all.
fn may_relax(relax: Relax, total: u64) -> bool {
    match relax {
        Relax::Never => false,
        Relax::Auto => total < 10,
        Relax::Always => true,
    }
}
