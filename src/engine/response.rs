//! What a search answers. It serialises to the lines that the program prints as JSON, field for field.

use serde::Serialize;

use super::FacetCounts;
use super::rank::Component;
use crate::index::{Candidate, Place};
use crate::query::{Complaint, Substitution};
use crate::snippet::Snippet;

/// Hits and what there is to know about them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SearchResponse {
    /// Exact hits, the best first, then near ones.
    pub hits: Vec<Hit>,
    /// The answer as a whole.
    pub summary: Summary,
    /// What had to be read as text, or left out, of the query.
    pub complaints: Vec<Complaint>,
    /// The query in canonical form.
    pub canonical: String,
    /// Counts over all exact hits, in the order of [`SearchRequest::facets`](super::SearchRequest::facets).
    pub facets: Vec<FacetCounts>,
}

/// A document found. Serialises to a line `{"type":"hit",…}` of version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "hit")]
#[non_exhaustive]
pub struct Hit {
    /// The query as asked.
    pub query: String,
    /// Place in the order, from 1.
    pub rank: u64,
    /// Score; comparable within one answer only.
    pub score: f32,
    /// The document's printed id: `show` takes it.
    pub id: String,
    /// Path relative to the folder that was indexed; `None` for a document that is no file.
    pub path: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Headline, as written.
    pub title: String,
    /// Date as exact as it is known: `2018-03-05`, `2018-03` or `2018`.
    pub date: Option<String>,
    /// The date is worked out from something else than a whole written date.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub date_inferred: bool,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Terms of the query that a near hit lacks; empty for an exact one.
    pub lacks: Vec<String>,
    /// What stands for terms that the document has not as typed: synonyms, numerals, pinyin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub through: Vec<Substitution>,
    /// The best passages.
    pub snippets: Vec<Snippet>,
    /// Other hits that are printings of the same text, where the request takes them together and there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reprints: Option<OtherPrintings>,
    /// What the score is made of, where the request asks for it.
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "explain")]
    pub components: Vec<Component>,
    /// It is an answer in other words, or to the loosened query only.
    #[serde(skip)]
    pub near: bool,
    #[serde(skip)]
    pub(crate) place: Place,
}

/// Printings of a hit's text that are not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OtherPrintings {
    /// How many of the hits they are.
    pub count: u64,
    /// The earliest printing in the index, where it is not the hit itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Earliest>,
}

/// The earliest printing of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Earliest {
    /// Printed id.
    pub id: String,
    /// Date as exact as it is known.
    pub date: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
}

/// An answer as a whole. Serialises to a line `{"type":"summary","version":1,…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "summary")]
#[non_exhaustive]
pub struct Summary {
    /// Version of the lines: 1.
    pub version: u32,
    /// The query as asked.
    pub query: String,
    /// Documents found exactly; near ones are not among them.
    pub total: Total,
    /// Families of reprints among them, a document without any as one: how many different texts there are.
    pub groups: u64,
    /// How many near answers follow the exact ones.
    pub relaxed: u64,
    /// Queries that may be meant instead, as the corpus writes them, the likeliest first; none where enough was found.
    pub suggestions: Vec<String>,
    /// What the answer could look into.
    pub coverage: Coverage,
    /// Milliseconds that it took.
    pub took_ms: f64,
}

/// How many documents were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Total {
    /// How many.
    pub value: u64,
    /// `eq`: exactly so many.
    pub relation: &'static str,
}

/// What an answer could look into.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Documents of the index.
    pub documents: u64,
    /// Those that lost something between file and index.
    pub with_losses: u64,
    /// Files that could not be read when they were indexed.
    pub skipped: u64,
    /// Documents without a date that a range of dates left out.
    pub undated_left_out: u64,
    /// Documents found whose date is only inferred, where dates decide which are found or their order.
    #[serde(skip_serializing_if = "is_none")]
    pub inferred_dates: u64,
    /// Further documents that hold the query with the text outside their main text counted in;
    /// [`SearchRequest::outside`](super::SearchRequest::outside) finds these.
    #[serde(skip_serializing_if = "is_none")]
    pub outside: u64,
    /// Time of the last commit, RFC 3339 in UTC.
    pub indexed_at: String,
    /// Names of the roots that have changed since; filled by who looks, as [`Engine::outdated`](super::Engine::outdated).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<String>,
    /// The latest time of indexing of what was looked into: as
    /// [`SearchRequest::indexed_after`](super::SearchRequest::indexed_after) it asks for what comes later.
    #[serde(skip)]
    pub indexed_until: i64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Hit {
    /// A hit of which nothing but its place in the answer is known yet.
    pub(super) fn bare(query: &str, rank: u64, candidate: &Candidate) -> Self {
        Self {
            query: query.to_owned(),
            rank,
            score: candidate.score,
            id: String::new(),
            path: None,
            url: None,
            title: String::new(),
            date: None,
            date_inferred: false,
            source: None,
            lacks: Vec::new(),
            through: Vec::new(),
            snippets: Vec::new(),
            reprints: None,
            components: Vec::new(),
            near: false,
            place: candidate.place,
        }
    }
}
