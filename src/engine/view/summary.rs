//! What every view tells of itself as a whole.

use serde::Serialize;

use crate::engine::select::Selection;
use crate::engine::{Coverage, clock, search};
use crate::error::Error;
use crate::query::Complaint;

/// A view as a whole. Serialises to a line `{"type":"summary","version":1,…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "summary")]
#[non_exhaustive]
pub struct ViewSummary {
    /// Version of the lines: 1.
    pub version: u32,
    /// The query as asked.
    pub query: String,
    /// Documents that the query means.
    pub documents: u64,
    /// Occurrences of its terms in them; `None` where a view does not count them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<u64>,
    /// Documents that have an occurrence: fewer than `documents` where a term stands within longer ones alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents_with_occurrences: Option<u64>,
    /// Rows there are, of which a limit may have left some out.
    pub rows: u64,
    /// What the answer could look into.
    pub coverage: Coverage,
    /// Milliseconds that it took.
    pub took_ms: f64,
    /// The query in canonical form.
    #[serde(skip)]
    pub canonical: String,
    /// What had to be read as text, or left out, of the query.
    #[serde(skip)]
    pub complaints: Vec<Complaint>,
}

/// How often a query stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub occurrences: u64,
    /// Documents that have one.
    pub documents: u64,
}

impl Counted {
    /// Counts a document.
    pub fn document(&mut self, occurrences: u64) {
        self.occurrences += occurrences;
        self.documents += u64::from(occurrences > 0);
    }

    /// Both together.
    pub fn join(self, other: Self) -> Self {
        Self { occurrences: self.occurrences + other.occurrences, documents: self.documents + other.documents }
    }
}

impl ViewSummary {
    pub(super) fn new(
        query: &str,
        selection: Selection,
        counted: Option<Counted>,
        rows: u64,
        began: std::time::Instant,
    ) -> Result<Self, Error> {
        Ok(Self {
            version: 1,
            query: query.to_owned(),
            documents: selection.candidates.len() as u64,
            occurrences: counted.map(|counted| counted.occurrences),
            documents_with_occurrences: counted.map(|counted| counted.documents),
            rows,
            coverage: search::coverage(&*selection.snapshot, selection.dated)?,
            took_ms: clock::since(began),
            canonical: selection.canonical,
            complaints: selection.complaints,
        })
    }
}
