//! The words that mark the hits of a query: those commoner in them than in the rest of the collection, or than in the
//! hits of another query. Counts are occurrences, exact, out of the index's own postings of words.

use std::collections::HashMap;
use std::time::Instant;

use serde::Serialize;

use super::ViewSummary;
use super::association::{log_likelihood, log_ratio, per_million};
use super::written::written_forms;
use crate::analysis::is_function_word;
use crate::engine::guard::guarded;
use crate::engine::select::Selection;
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::{Place, Snapshot, WordCount, WordCounts};

/// Which words are listed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KeynessOptions {
    /// Leaves out words that stand less often on the side where they are commoner; 5 by default.
    pub minimum: u64,
    /// How many words to give, those of the greatest G² first; 50 by default.
    pub limit: Limit,
    /// Lists function words too.
    pub all_words: bool,
    /// Lists the words that are rarer in the hits instead.
    pub rarer: bool,
}

impl Default for KeynessOptions {
    fn default() -> Self {
        Self { minimum: 5, limit: Limit::Hits(50), all_words: false, rarer: false }
    }
}

/// The words that mark the hits.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Keyness {
    /// The words, those of the greatest G² first.
    pub words: Vec<Keyword>,
    /// Words of two characters or more in the hits.
    pub total: u64,
    /// Such words in what they are held against.
    pub reference_total: u64,
    /// Documents of the query.
    pub summary: ViewSummary,
}

/// A word that is commoner on one side. Serialises to a line `{"type":"keyword",…}` of version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "keyword")]
#[non_exhaustive]
pub struct Keyword {
    /// The word in its commonest written form.
    pub word: String,
    /// How often it stands in the hits.
    pub count: u64,
    /// How often it stands in what they are held against.
    pub reference: u64,
    /// Its count per million words of the hits.
    pub per_million: Option<f64>,
    /// Its count per million words of the reference.
    pub reference_per_million: Option<f64>,
    /// G² of the two corpora.
    pub g2: f64,
    /// Binary logarithm of how many times commoner it is in the hits; negative where it is rarer.
    pub log_ratio: Option<f64>,
}

impl Engine {
    /// Lists the words that are commoner in the documents of a query than in all others of the index, or than in those
    /// of another request. Of the requests query, dates and time count.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn keyness(
        &self,
        request: &SearchRequest,
        reference: Option<&SearchRequest>,
        options: &KeynessOptions,
    ) -> Result<Keyness, Error> {
        guarded(|| self.key_words(request, reference, options))
    }

    fn key_words(
        &self,
        request: &SearchRequest,
        reference: Option<&SearchRequest>,
        options: &KeynessOptions,
    ) -> Result<Keyness, Error> {
        let began = Instant::now();
        let selection = self.select(request)?;
        let other = reference.map(|other| self.select_on(selection.snapshot.clone(), other)).transpose()?;
        let places = selection.places();
        let others = other.as_ref().map(Selection::places);
        let counts = selection.snapshot.word_counts([&places, others.as_deref().unwrap_or_default()])?;
        let sides = |count: &WordCount| match others {
            Some(_) => count.in_sets,
            None => [count.in_sets[0], count.all - count.in_sets[0]],
        };
        let (mut words, totals) = contrast(&counts, sides, options);
        let rows = words.len() as u64;
        // A word that is rarer in the hits may stand in none of them.
        let shown_by = match (&others, options.rarer) {
            (Some(others), true) => others,
            _ => &places,
        };
        finish(&*selection.snapshot, shown_by, &mut words, options.limit)?;
        let mut summary = ViewSummary::new(&request.query, selection, None, rows, began)?;
        summary.complaints.extend(other.into_iter().flat_map(|other| other.complaints));
        Ok(Keyness { words, total: totals[0], reference_total: totals[1], summary })
    }
}

/// The words that are commoner on the first of two sides of what was counted, still in folded form, the greatest G²
/// first; and how many words there are on either side.
pub(super) fn contrast(
    counts: &WordCounts,
    sides: impl Fn(&WordCount) -> [u64; 2],
    options: &KeynessOptions,
) -> (Vec<Keyword>, [u64; 2]) {
    let totals = sides(&counts.tokens);
    let listed = counts.words.iter().filter(|(word, _)| options.all_words || !is_function_word(word));
    let rated = listed.map(|(word, count)| keyword(word, sides(count), totals));
    let wanted = |word: &Keyword| {
        let (ratio, side) = match options.rarer {
            true => (word.log_ratio.map(|ratio| -ratio), word.reference),
            false => (word.log_ratio, word.count),
        };
        side >= options.minimum.max(1) && ratio.is_some_and(|ratio| ratio > 0.0)
    };
    let mut words: Vec<Keyword> = rated.filter(wanted).collect();
    words.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
    (words, totals)
}

fn keyword(folded: &str, [count, reference]: [u64; 2], totals: [u64; 2]) -> Keyword {
    Keyword {
        word: folded.to_owned(),
        count,
        reference,
        per_million: per_million(count, totals[0]),
        reference_per_million: per_million(reference, totals[1]),
        g2: log_likelihood(count, totals[0], reference, totals[1]),
        log_ratio: log_ratio(count, totals[0], reference, totals[1]),
    }
}

/// Leaves as many words as are asked for, in the written form that these documents have.
pub(super) fn finish(
    snapshot: &dyn Snapshot,
    places: &[Place],
    words: &mut Vec<Keyword>,
    limit: Limit,
) -> Result<(), Error> {
    if let Limit::Hits(limit) = limit {
        words.truncate(limit);
    }
    let folded: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
    let mut written: HashMap<String, String> = written_forms(snapshot, places, &folded)?;
    words.iter_mut().for_each(|word| word.word = written.remove(&word.word).unwrap_or_default());
    Ok(())
}
