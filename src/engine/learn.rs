//! New policy terms out of the documents of an index: all are read once, as they are stored. Which are accepted is another's.

use super::Engine;
use super::guard::guarded;
use crate::analysis::{Dictionary, Segmenter};
use crate::entity::learn::{LearnOptions, Learner, Proposal, looks_like_a_name};
use crate::error::Error;

/// Documents that are read at a time.
const PAGE: usize = 256;

impl Engine {
    /// The policy terms that the documents of the index suggest, at most `limit`, the best first, without names; of those of
    /// the list and of the user only where `listed`. Reading 74,545 news stories of 37 million characters took a minute.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn learn_terms(&self, options: LearnOptions, listed: bool, limit: usize) -> Result<Vec<Proposal>, Error> {
        guarded(|| {
            let snapshot = self.snapshot()?;
            let mut learner = Learner::new(options);
            let mut last = None;
            loop {
                let page = snapshot.scan(last, PAGE)?;
                let Some((place, _)) = page.last() else { break };
                last = Some(*place);
                for (_, document) in &page {
                    learner.add(&document.title, &document.body, document.date.map(|date| date.first));
                }
            }
            let own = self.inner.recogniser();
            let recogniser = own.with_terms(&snapshot.state().terms).unwrap_or_else(|_| own.clone());
            let segmenter = Segmenter::new(Dictionary::default());
            let is_known = |term: &str| recogniser.canonical_term(term).is_some();
            // What is listed is no name, whatever it looks like.
            let is_left_out = |term: &str| if is_known(term) { !listed } else { looks_like_a_name(&segmenter, term) };
            Ok(learner.proposals(limit, &is_left_out))
        })
    }
}
