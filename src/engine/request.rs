//! What can be asked of a search.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Facet;
use crate::document::DateSpan;
use crate::index::Sort;

/// A search: the query and how to answer it.
///
/// ```
/// use xunzhang::{Relax, SearchRequest};
///
/// let request = SearchRequest::new("脱贫攻坚 五龙镇").limit(5).snippets(2).relax(Relax::Never);
/// assert_eq!(request.query, "脱贫攻坚 五龙镇");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SearchRequest {
    /// The query, in the query language.
    pub query: String,
    /// Reads the whole query as one quoted string.
    pub literal: bool,
    /// Makes the first complaint about the query an error.
    pub strict: bool,
    /// How many hits to give; 10 by default.
    pub limit: Limit,
    /// How many hits to pass over first.
    pub offset: usize,
    /// The order.
    pub sort: Sort,
    /// What the oldest documents lose of their score, 0 to 1: half of it after a year, counted from the latest date of
    /// the index. 0 by default: age counts nothing.
    pub recency: f32,
    /// Takes what stands in other words (synonyms, numerals, pinyin) for an exact answer, and into the total; else it
    /// follows behind the exact answers, labelled, unless near answers are off.
    pub expand: bool,
    /// Gives of each family of reprints the best hit alone, with how many there are. Totals, and what is counted, stay as
    /// they are; limit and offset count the hits that are given.
    pub collapse: bool,
    /// Tells with each hit what its score is made of.
    pub explain: bool,
    /// Only documents whose date reaches this day, month or year, or later.
    pub since: Option<DateSpan>,
    /// Only documents whose date reaches this day, month or year, or earlier.
    pub until: Option<DateSpan>,
    /// Only documents that were indexed later than this: seconds since 1970 in UTC, as [`Document::indexed_at`] has them.
    ///
    /// [`Document::indexed_at`]: crate::Document::indexed_at
    pub indexed_after: Option<i64>,
    /// What happens to documents without a date where `since` or `until` is given.
    pub undated: Undated,
    /// Only documents that hold the query outside their main text, in menus and footers, and not in it.
    pub outside: bool,
    /// Whether near answers follow where there are few exact ones.
    pub relax: Relax,
    /// Passages of each hit at most; 1 by default.
    pub snippets: Snippets,
    /// Gives ids, ranks and scores alone: no stored text is read for the hits.
    pub ids_only: bool,
    /// What to count all exact hits by.
    pub facets: Vec<Facet>,
    /// How many values of each facet to give, those with the most documents first; 10 by default. Dates are given all.
    pub facet_values: Limit,
    /// How long the search may take.
    pub timeout: Option<Duration>,
}

impl SearchRequest {
    /// A search with everything else as by default.
    pub fn new(query: impl Into<String>) -> Self {
        Self { query: query.into(), ..Self::default() }
    }

    /// Gives at most so many hits.
    pub fn limit(mut self, hits: usize) -> Self {
        self.limit = Limit::Hits(hits);
        self
    }

    /// Gives at most so many passages of each hit.
    pub fn snippets(mut self, passages: usize) -> Self {
        self.snippets = Snippets(passages);
        self
    }

    /// Says whether near answers follow.
    pub fn relax(mut self, relax: Relax) -> Self {
        self.relax = relax;
        self
    }
}

/// How many hits to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many at most.
    Hits(usize),
    /// All of them.
    All,
}

impl Default for Limit {
    fn default() -> Self {
        Self::Hits(10)
    }
}

/// Passages of each hit at most; a hundred are the most that are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snippets(pub usize);

impl Default for Snippets {
    fn default() -> Self {
        Self(1)
    }
}

/// What happens to documents without a date under a range of dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undated {
    /// They are left out, and the summary says how many.
    #[default]
    Exclude,
    /// They stay.
    Include,
}

/// Whether near answers follow the exact ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relax {
    /// Exact answers alone.
    Never,
    /// Near answers follow where a query of several terms, or of more than six unigrams that are no word of the index,
    /// has fewer than ten exact ones.
    #[default]
    Auto,
    /// Near answers follow whatever there is.
    Always,
}
