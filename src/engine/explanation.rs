//! What an explanation says. It serialises to the object that the program prints as JSON, field for field.

use serde::Serialize;

use crate::explain::{Cause, Part};

/// Why a document is a hit of a query, or why it is none. Serialises to an object `{"type":"why","version":1,…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "why")]
#[non_exhaustive]
pub struct Explanation {
    /// Version of the object: 1.
    pub version: u32,
    /// The document's printed id; the one asked for where the index has no such document.
    pub id: String,
    /// The query as asked.
    pub query: String,
    /// The query in canonical form.
    pub canonical: String,
    /// Path relative to the folder that was indexed; `None` for a document that is no file.
    pub path: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Headline, as written.
    pub title: String,
    /// Date as exact as it is known: `2018-03-05`, `2018-03` or `2018`.
    pub date: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// It is an exact hit, whatever limit and offset show of the hits.
    pub is_hit: bool,
    /// Its place among all hits, exact ones first, then those in other words, then near ones, from 1; `None` if it is neither.
    pub rank: Option<u64>,
    /// It is among the answers in other words or the near ones only.
    pub near: bool,
    /// Each part of the query that is no combination, and how the document stands to it.
    pub terms: Vec<Part>,
    /// Why it is no hit, or none of those that are shown; the most telling first. Empty for a hit that is shown.
    pub causes: Vec<TermCause>,
}

/// A cause, and the part of the query that it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TermCause {
    /// The part, as a query writes it; `None` where the cause is about the query as a whole.
    pub term: Option<String>,
    /// The cause.
    #[serde(flatten)]
    pub cause: Cause,
}

impl Explanation {
    /// An explanation of which nothing is known yet but the question.
    pub(super) fn bare(id: String, query: String, canonical: String) -> Self {
        Self {
            version: 1,
            id,
            query,
            canonical,
            path: None,
            url: None,
            title: String::new(),
            date: None,
            source: None,
            is_hit: false,
            rank: None,
            near: false,
            terms: Vec::new(),
            causes: Vec::new(),
        }
    }
}
