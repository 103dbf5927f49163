//! What may stand for the terms of a query: the user's synonyms, numbers in another writing.

use super::Engine;
use crate::analysis::{fold, numerals_otherwise};
use crate::error::Error;
use crate::index::Snapshot;
use crate::query::{Meaning, Reason, Substitution, Term};

/// Stand-ins of one term at most.
const MOST: usize = 16;

impl Engine {
    /// The meaning in which terms may stand in other words, and these; `None` where no term has any.
    pub(super) fn expansion(
        &self,
        meaning: &Meaning,
        _snapshot: &dyn Snapshot,
    ) -> Result<Option<(Meaning, Vec<Substitution>)>, Error> {
        meaning.expanded(&|term| Ok(self.stand_ins(term)))
    }

    fn stand_ins(&self, term: &Term) -> Vec<(String, Reason)> {
        let synonyms = self.inner.synonyms.of(&term.written).into_iter().map(|text| (text, Reason::Synonym));
        let numerals = numerals_otherwise(&fold(&term.written)).into_iter().map(|text| (text, Reason::Numeral));
        synonyms.chain(numerals).take(MOST).collect()
    }
}
