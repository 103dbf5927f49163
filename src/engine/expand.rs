//! What may stand for the terms of a query: the user's synonyms, numbers in another writing, words that Latin letters
//! which the corpus does not have are the pinyin of.

use super::Engine;
use super::suggest::pinyin_readings;
use crate::analysis::{fold, is_han, numerals_otherwise};
use crate::error::Error;
use crate::index::Snapshot;
use crate::query::{Meaning, StandsBy, Substitution, Term};

/// Stand-ins of one term at most.
const MOST: usize = 16;

impl Engine {
    /// The meaning in which terms may stand in other words, and these; `None` where no term has any.
    pub(super) fn expansion(
        &self,
        meaning: &Meaning,
        snapshot: &dyn Snapshot,
    ) -> Result<Option<(Meaning, Vec<Substitution>)>, Error> {
        meaning.expanded(&|term| self.stand_ins(term, snapshot))
    }

    fn stand_ins(&self, term: &Term, snapshot: &dyn Snapshot) -> Result<Vec<(String, StandsBy)>, Error> {
        let synonyms = self.inner.synonyms.of(&term.written).into_iter().map(|text| (text, StandsBy::Synonym));
        let numerals = numerals_otherwise(&fold(&term.written)).into_iter().map(|text| (text, StandsBy::Numeral));
        let latin = term.written.contains(|c: char| c.is_alphabetic() && !is_han(c));
        let spelt = if latin { pinyin_readings(snapshot, &term.written)? } else { Vec::new() };
        let spelt = spelt.into_iter().map(|(text, _)| (text, StandsBy::Pinyin));
        Ok(synonyms.chain(numerals).chain(spelt).take(MOST).collect())
    }
}
