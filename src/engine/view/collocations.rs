//! Words that stand near a query more often than chance would have it.
//!
//! The window is so many words to either side, within one sentence; words of one character count for the distance alone,
//! since the index has no count of them. A word in the windows of two occurrences counts once, and words that are part of
//! an occurrence count nowhere. The table behind G² is: words in the windows and all other words of the collection, this
//! word and the others.

use std::time::Instant;

use serde::Serialize;

use super::ViewSummary;
use super::association::{expected, log_ratio, table_log_likelihood};
use super::near::{Near, Reader, Word};
use super::occurrences::{Counting, Occurrences};
use super::reading::read_all;
use crate::analysis::is_function_word;
use crate::engine::guard::guarded;
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::WordCounts;

/// Which words are listed, and how near they must stand.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CollocationOptions {
    /// Words to either side; 5 by default.
    pub window: usize,
    /// Leaves out words that stand near less often; 5 by default.
    pub minimum: u64,
    /// How many words to give, those of the greatest G² first; 50 by default.
    pub limit: Limit,
    /// Lists function words too.
    pub all_words: bool,
    /// How occurrences are counted.
    pub counting: Counting,
}

impl Default for CollocationOptions {
    fn default() -> Self {
        let (limit, counting) = (Limit::Hits(50), Counting::default());
        Self { window: 5, minimum: 5, limit, all_words: false, counting }
    }
}

/// The words that stand near.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Collocations {
    /// The words, those of the greatest G² first.
    pub words: Vec<Collocate>,
    /// Words of two characters or more in all windows together.
    pub window_words: u64,
    /// Such words in all documents of the index, without those that are part of an occurrence.
    pub all_words: u64,
    /// Documents and occurrences.
    pub summary: ViewSummary,
}

/// A word that stands near more often than chance. Serialises to a line `{"type":"collocate",…}` of version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "collocate")]
#[non_exhaustive]
pub struct Collocate {
    /// The word in its commonest written form.
    pub word: String,
    /// How often it stands near.
    pub observed: u64,
    /// How often chance would have it.
    pub expected: f64,
    /// How often it stands in the whole collection, outside of occurrences.
    pub all: u64,
    /// G² of the table of two by two.
    pub g2: f64,
    /// Binary logarithm of how many times commoner it is near than elsewhere.
    pub log_ratio: Option<f64>,
}

impl Engine {
    /// Lists the words that stand near a query's terms more often than chance, in all documents that it means. Of the
    /// request query, dates and time count.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn collocations(&self, request: &SearchRequest, options: &CollocationOptions) -> Result<Collocations, Error> {
        guarded(|| self.near_words(request, options))
    }

    fn near_words(&self, request: &SearchRequest, options: &CollocationOptions) -> Result<Collocations, Error> {
        let (began, deadline) = (Instant::now(), request.deadline());
        let selection = self.select(request)?;
        let occurrences = Occurrences::new(&selection, &options.counting);
        let reader = Reader { occurrences: &occurrences, segmenter: &self.inner.segmenter, window: options.window };
        let gathered: Vec<Near> =
            read_all(self, &selection, &occurrences, deadline, |near: &mut Near, _, document| {
                reader.read(near, document)
            })?;
        let near = gathered.into_iter().reduce(Near::join).unwrap_or_default();
        let counts = selection.snapshot.word_counts([&selection.places(), &[]])?;
        let all_words = counts.tokens.all.saturating_sub(near.inside);
        let mut words = rated(&near, &counts, all_words, options);
        words.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
        let rows = words.len() as u64;
        if let Limit::Hits(limit) = options.limit {
            words.truncate(limit);
        }
        let window_words = near.window;
        let summary = ViewSummary::new(&request.query, selection, Some(near.counted), rows, began)?;
        Ok(Collocations { words, window_words, all_words, summary })
    }
}

/// The words that are near often enough, and more often than chance.
fn rated(near: &Near, counts: &WordCounts, all_words: u64, options: &CollocationOptions) -> Vec<Collocate> {
    let listed = |(folded, word): &(&String, &Word)| {
        word.near >= options.minimum.max(1) && (options.all_words || !is_function_word(folded))
    };
    let rated = |(folded, word): (&String, &Word)| {
        let all = counts.words.get(folded).map_or(0, |count| count.all).saturating_sub(word.inside);
        // An index whose words were cut otherwise may know fewer of them.
        let all = all.max(word.near);
        let elsewhere = (all - word.near, all_words.saturating_sub(near.window));
        Collocate {
            word: word.forms.commonest().unwrap_or(folded).to_owned(),
            observed: word.near,
            expected: expected(near.window, all, all_words),
            all,
            g2: table_log_likelihood(word.near, near.window, all, all_words),
            log_ratio: log_ratio(word.near, near.window, elsewhere.0, elsewhere.1),
        }
    };
    let rated = near.words.iter().filter(listed).map(rated);
    rated.filter(|word| word.observed as f64 > word.expected).collect()
}
