//! Two answers beside each other, as of two periods: how often a query stands in both, and the words that mark the hits
//! of either.

use std::time::Instant;

use serde::Serialize;

use super::ViewSummary;
use super::association::{log_likelihood, log_ratio, per_million, table_log_likelihood};
use super::keyness::{KeynessOptions, Keyword, contrast, finish};
use super::occurrences::{Counting, Occurrences};
use super::reading::read_all;
use super::summary::Counted;
use crate::engine::guard::guarded;
use crate::engine::select::Selection;
use crate::engine::{Engine, SearchRequest};
use crate::error::Error;
use crate::index::{Place, WordCount};
use crate::query::Meaning;

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CompareOptions {
    /// Which words are listed; `rarer` means nothing here.
    pub words: KeynessOptions,
    /// How occurrences are counted.
    pub counting: Counting,
}

/// Two answers beside each other.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// The two sides.
    pub sides: [Side; 2],
    /// Occurrences per Han character, the first side against the second.
    pub occurrences: Difference,
    /// Documents that have the query, of all documents, the first side against the second.
    pub documents: Difference,
    /// Words that mark the hits of the first side against those of the second, and the reverse: there `count` is of the
    /// second side and `reference` of the first.
    pub words: [Vec<Keyword>; 2],
    /// The first side's answer.
    pub summary: ViewSummary,
}

/// One side of a comparison. Serialises to a line `{"type":"side",…}` of version 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename = "side")]
#[non_exhaustive]
pub struct Side {
    /// Documents that the query means.
    pub documents: u64,
    /// All documents of the same days, whatever is in them.
    pub all_documents: u64,
    /// Occurrences of the query's terms.
    pub occurrences: u64,
    /// Han characters in all documents of the same days.
    pub han: u64,
    /// Occurrences per million Han characters.
    pub per_million: Option<f64>,
    /// Words of two characters or more in the documents that the query means.
    pub words: u64,
    /// Documents that the query means per thousand documents of the same days.
    pub per_thousand_documents: Option<f64>,
}

/// How far two sides are apart. Serialises to a line `{"type":"difference",…}` of version 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "difference")]
#[non_exhaustive]
pub struct Difference {
    /// G².
    pub g2: f64,
    /// Binary logarithm of how many times commoner on the first side; `None` where there is nothing to compare.
    pub log_ratio: Option<f64>,
}

impl Engine {
    /// Sets two requests beside each other, as one query over two ranges of days. Of the requests query, dates and time
    /// count.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn compare(&self, requests: [&SearchRequest; 2], options: &CompareOptions) -> Result<Comparison, Error> {
        guarded(|| self.beside(requests, options))
    }

    fn beside(&self, requests: [&SearchRequest; 2], options: &CompareOptions) -> Result<Comparison, Error> {
        let began = Instant::now();
        let first = self.select(requests[0])?;
        let second = self.select_on(first.snapshot.clone(), requests[1])?;
        let (of_a, of_b) = (self.side(requests[0], &first, options)?, self.side(requests[1], &second, options)?);
        let (mut sides, counted) = ([of_a.0, of_b.0], [of_a.1, of_b.1]);
        let [a, b] = sides.clone();
        let occurrences = Difference {
            g2: log_likelihood(a.occurrences, a.han, b.occurrences, b.han),
            log_ratio: log_ratio(a.occurrences, a.han, b.occurrences, b.han),
        };
        let both = a.documents + b.documents;
        let documents = Difference {
            g2: table_log_likelihood(a.documents, a.all_documents, both, a.all_documents + b.all_documents),
            log_ratio: log_ratio(a.documents, a.all_documents, b.documents, b.all_documents),
        };
        let (of_first, of_second) = (first.places(), second.places());
        let counts = first.snapshot.word_counts([&of_first, &of_second])?;
        let words = |places: &[Place], side: usize| -> Result<(Vec<Keyword>, u64), Error> {
            let sides = |count: &WordCount| [count.in_sets[side], count.in_sets[1 - side]];
            let (mut words, totals) = contrast(&counts, sides, &options.words);
            finish(&*first.snapshot, places, &mut words, options.words.limit)?;
            Ok((words, totals[0]))
        };
        let ((words_a, total_a), (words_b, total_b)) = (words(&of_first, 0)?, words(&of_second, 1)?);
        let words = [words_a, words_b];
        (sides[0].words, sides[1].words) = (total_a, total_b);
        let rows = words.iter().map(Vec::len).sum::<usize>() as u64;
        let total = Some(counted[0].join(counted[1]));
        let mut summary = ViewSummary::new(&requests[0].query, first, total, rows, began)?;
        (summary.documents, summary.coverage.undated_left_out) =
            (both, summary.coverage.undated_left_out.max(second.dated.undated_left_out));
        Ok(Comparison { sides, occurrences, documents, words, summary })
    }

    fn side(
        &self,
        request: &SearchRequest,
        selection: &Selection,
        options: &CompareOptions,
    ) -> Result<(Side, Counted), Error> {
        let all = selection.snapshot.search(&request.ask(&Meaning::Everything))?.candidates;
        let places: Vec<Place> = all.iter().map(|candidate| candidate.place).collect();
        let han = selection.snapshot.shapes(&places)?.iter().map(|shape| shape.han).sum();
        let counter = Occurrences::new(selection, &options.counting);
        let counted: Vec<Counted> =
            read_all(self, selection, &counter, request.deadline(), |counted: &mut Counted, _, document| {
                counted.document(counter.count(document));
            })?;
        let counted = counted.into_iter().fold(Counted::default(), Counted::join);
        let (documents, all_documents) = (selection.candidates.len() as u64, all.len() as u64);
        let occurrences = counted.occurrences;
        let per_thousand_documents = per_million(documents, all_documents).map(|rate| rate / 1000.0);
        let per_million = per_million(occurrences, han);
        let side = Side { documents, all_documents, occurrences, han, per_million, words: 0, per_thousand_documents };
        Ok((side, counted))
    }
}
