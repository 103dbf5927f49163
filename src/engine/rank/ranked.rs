//! A candidate with what its score is made of.

use std::cmp::Ordering;

use super::{Component, Evidence, SUBJECT};
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

    /// The second look, at the unigrams of the document. The score by words already has the age in it.
    pub fn look(&mut self, evidence: &Evidence, text: &[u32], han: u64, subject: f32, freshness: Option<Freshness>) {
        let kept = freshness.map_or(1.0, |freshness| freshness.kept(self.candidate.age));
        let by_words = if kept > 0.0 { self.candidate.score / kept } else { 0.0 };
        self.components = evidence.components(text, han, by_words).to_vec();
        self.components.push(Component { name: "subject", value: subject, weight: SUBJECT });
        let score: f32 = self.components.iter().map(Component::score).sum();
        self.candidate.score = score * kept;
        if freshness.is_some() {
            self.components.push(Component { name: "freshness", value: 1.0 - kept, weight: -score });
        }
    }

    /// Tells whether it stands as written, which adds nothing to the score.
    pub fn tell_as_written(&mut self, as_written: bool) {
        let value = f32::from(u8::from(as_written));
        self.components.push(Component { name: "as_written", value, weight: 0.0 });
    }

    /// By score, then as written before folded, then the latest, then by key.
    pub fn before(&self, other: &Self) -> Ordering {
        let as_written =
            |ranked: &Self| ranked.components.iter().any(|part| part.name == "as_written" && part.value > 0.0);
        let (a, b) = (&self.candidate, &other.candidate);
        let written = || as_written(other).cmp(&as_written(self));
        let score = b.score.total_cmp(&a.score).then_with(written);
        score.then_with(|| b.date.cmp(&a.date)).then_with(|| a.order.cmp(&b.order))
    }
}
