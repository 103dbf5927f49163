//! Keyword in context: every occurrence of a query in all hits, on one line with what stands beside it.

use std::collections::HashMap;
use std::time::Instant;

use serde::Serialize;

use super::ViewSummary;
use super::lines::{Gathered, Kept, View, shrink};
use super::occurrences::{Counting, Occurrences};
use super::reading::read_all;
use super::summary::Counted;
use crate::engine::guard::guarded;
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::{Place, Snapshot};

/// How a concordance is made.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KwicOptions {
    /// Characters on each side at most; 20 by default, never more than 500.
    pub width: usize,
    /// The order of the lines.
    pub sort: KwicSort,
    /// Keeps so many occurrences, drawn by chance from all.
    pub sample: Option<usize>,
    /// Decides the draw: the same seed draws the same occurrences of the same documents.
    pub seed: u64,
    /// How many lines to give, the first in the order; 100 by default.
    pub limit: Limit,
    /// How occurrences are counted.
    pub counting: Counting,
}

impl Default for KwicOptions {
    fn default() -> Self {
        let (sort, counting) = (KwicSort::default(), Counting::default());
        Self { width: 20, sort, sample: None, seed: 0, limit: Limit::Hits(100), counting }
    }
}

/// The order of the lines; ties go by date, then by place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KwicSort {
    /// The earliest date first; documents without a date last.
    #[default]
    Date,
    /// By the folded characters before the match, read from it outward.
    Left,
    /// By the folded characters behind the match.
    Right,
    /// By source; documents without one last.
    Source,
}

/// Every occurrence on a line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Concordance {
    /// The lines, in order.
    pub lines: Vec<ConcordanceLine>,
    /// Documents and occurrences, all of them, however many lines are given.
    pub summary: ViewSummary,
}

/// An occurrence in its context. Serialises to a line `{"type":"occurrence",…}` of version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "occurrence")]
#[non_exhaustive]
pub struct ConcordanceLine {
    /// The term of the query, as typed.
    pub term: String,
    /// The document's printed id.
    pub id: String,
    /// Its date as exact as it is known.
    pub date: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// `title` or `body`.
    pub field: &'static str,
    /// Bytes of the stored field that are the occurrence.
    pub range: [usize; 2],
    /// What stands before it, in the same paragraph, as it is shown.
    pub left: String,
    /// The occurrence, as it is shown.
    pub node: String,
    /// What stands behind it.
    pub right: String,
}

impl Engine {
    /// Lists every occurrence of a query's terms in all documents that it means. Of the request query, dates and time
    /// count.
    ///
    /// ```
    /// use xunzhang::{Document, Engine, KwicOptions, SearchRequest};
    ///
    /// let engine = Engine::in_memory()?;
    /// engine.ingest([Document::new("1", "", "全鎮(zhèn)扶貧工作會議召開，再談扶貧。")])?;
    /// let concordance = engine.kwic(&SearchRequest::new("扶贫"), &KwicOptions::default())?;
    /// let line = &concordance.lines[0];
    /// assert_eq!((line.left.as_str(), line.node.as_str()), ("全鎮", "扶貧"));
    /// assert_eq!(concordance.summary.occurrences, Some(2));
    /// # Ok::<(), xunzhang::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn kwic(&self, request: &SearchRequest, options: &KwicOptions) -> Result<Concordance, Error> {
        guarded(|| self.concordance(request, options))
    }

    fn concordance(&self, request: &SearchRequest, options: &KwicOptions) -> Result<Concordance, Error> {
        let (began, deadline) = (Instant::now(), request.deadline());
        let selection = self.select(request)?;
        let occurrences = Occurrences::new(&selection, &options.counting);
        let limit = match options.limit {
            Limit::Hits(lines) => lines,
            Limit::All => usize::MAX,
        };
        let (terms, kept) = (occurrences.terms().collect(), options.sample.unwrap_or(limit));
        let view = View { options, occurrences: &occurrences, terms, kept };
        let gathered: Vec<Gathered> =
            read_all(self, &selection, &occurrences, deadline, |gathered, candidate, document| {
                view.gather(gathered, candidate, document);
            })?;
        let counted = gathered.iter().map(|gathered| gathered.counted).fold(Counted::default(), Counted::join);
        let total = counted.occurrences;
        let mut lines: Vec<Kept> = gathered.into_iter().flat_map(|gathered| gathered.lines).collect();
        shrink(&mut lines, view.kept);
        lines.iter_mut().for_each(|line| line.key.drawn = 0);
        lines.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        lines.truncate(limit);
        let places: Vec<Place> = lines.iter().map(|line| line.place).collect();
        let ids = distinct_ids(&*selection.snapshot, &places)?;
        let named = |kept: Kept| ConcordanceLine { id: ids[&kept.place].clone(), ..kept.line };
        let lines: Vec<ConcordanceLine> = lines.into_iter().map(named).collect();
        let rows = options.sample.map_or(total, |sample| total.min(sample as u64));
        let summary = ViewSummary::new(&request.query, selection, Some(counted), rows, began)?;
        Ok(Concordance { lines, summary })
    }
}

fn distinct_ids(snapshot: &dyn Snapshot, places: &[Place]) -> Result<HashMap<Place, String>, Error> {
    let mut distinct = places.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let ids = snapshot.ids(&distinct)?;
    Ok(distinct.into_iter().zip(ids).collect())
}
