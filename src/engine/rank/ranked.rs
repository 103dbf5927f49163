//! A candidate with what its score is made of.

use super::{Component, Evidence};
use crate::document::Document;
use crate::index::{Candidate, Freshness};

/// What age takes away under `--sort hot`: half after a month.
pub(in crate::engine) const HOT: Freshness = Freshness { weight: 1.0, half_life: 30.0 };
/// How articles age under a recency weight: half of the weight is gone after a year.
pub(in crate::engine) const AGEING: Freshness = Freshness { weight: 0.0, half_life: 365.0 };

/// A candidate on its way to a hit.
pub(in crate::engine) struct Ranked {
    pub candidate: Candidate,
    /// Empty without a second look: the words, and what the order made of them, are all.
    pub components: Vec<Component>,
}

impl Ranked {
    /// By words alone: the score as a share of what the words of the query could give.
    pub fn by_words(mut candidate: Candidate, ideal: f32) -> Self {
        candidate.score /= ideal;
        Self { candidate, components: Vec::new() }
    }

    /// What the score is made of.
    pub fn explained(self) -> Vec<Component> {
        match self.components.is_empty() {
            true => vec![Component { name: "words", value: self.candidate.score, weight: 1.0 }],
            false => self.components,
        }
    }

    /// The second look. The score by words already has the age in it.
    pub fn look(&mut self, evidence: &Evidence, document: &Document, freshness: Option<Freshness>) {
        let kept = freshness.map_or(1.0, |freshness| freshness.kept(self.candidate.age));
        let by_words = if kept > 0.0 { self.candidate.score / kept } else { 0.0 };
        self.components = evidence.components(document, by_words).to_vec();
        let score: f32 = self.components.iter().map(Component::score).sum();
        self.candidate.score = score * kept;
        if freshness.is_some() {
            self.components.push(Component { name: "freshness", value: 1.0 - kept, weight: -score });
        }
    }
}
