//! All documents that a query means, one after another, of one snapshot: whatever is committed or merged meanwhile, none
//! is left out or given twice. Only a page of them is in memory.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::document::{Day, Document};
use crate::engine::guard::guarded;
use crate::engine::{Engine, SearchRequest};
use crate::error::Error;
use crate::index::{Place, Snapshot};
use crate::query::{Complaint, Field};
use crate::snippet::{self, Needle};

/// Documents in memory at a time.
const PAGE: usize = 64;

/// What an export is of. Serialises to a line `{"type":"export","version":1,…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "export")]
#[non_exhaustive]
pub struct ExportHeader {
    /// Version of the lines: 1.
    pub version: u32,
    /// The program that wrote it, with its version.
    pub program: String,
    /// Fingerprint of fold and unigrams that the index was made with.
    pub fold: String,
    /// Fingerprint of the words that the index was made with.
    pub words: String,
    /// Time of the index's last commit, RFC 3339 in UTC.
    pub indexed_at: String,
    /// Documents of the index.
    pub documents: u64,
    /// The query as asked.
    pub query: String,
    /// The query as it was understood, in canonical form.
    pub understood: String,
    /// Only documents of this day, month or year or later.
    pub since: Option<String>,
    /// Only documents of this day, month or year or earlier.
    pub until: Option<String>,
    /// How many documents follow.
    pub total: u64,
    /// Documents without a date that only a range of dates left out.
    pub undated_left_out: u64,
}

/// A document and its printed id.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exported {
    /// Printed id.
    pub id: String,
    /// The document.
    pub document: Document,
}

/// Documents by date, the earliest first and those without a date last, then by key.
pub struct Export {
    /// What it is of.
    pub header: ExportHeader,
    /// What had to be read as text, or left out, of the query.
    pub complaints: Vec<Complaint>,
    snapshot: Arc<dyn Snapshot>,
    needles: [Vec<Needle>; 2],
    places: std::vec::IntoIter<Place>,
    page: std::vec::IntoIter<Exported>,
}

impl Engine {
    /// All documents that a request means exactly. Its limit, offset, order and near answers mean nothing here.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn export(&self, request: &SearchRequest) -> Result<Export, Error> {
        guarded(|| self.begin_export(request))
    }

    fn begin_export(&self, request: &SearchRequest) -> Result<Export, Error> {
        let mut selection = self.select(request)?;
        let candidates = &mut selection.candidates;
        candidates.sort_by_key(|candidate| (candidate.date.unwrap_or(Day(i32::MAX)), candidate.order, candidate.place));
        let state = selection.snapshot.state();
        let header = ExportHeader {
            version: 1,
            program: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
            fold: state.fold.clone(),
            words: state.words.clone(),
            indexed_at: state.indexed_at.clone(),
            documents: selection.snapshot.counts()?.documents,
            query: request.query.clone(),
            understood: selection.canonical.clone(),
            since: request.since.map(|date| date.to_string()),
            until: request.until.map(|date| date.to_string()),
            total: selection.candidates.len() as u64,
            undated_left_out: selection.dated.undated_left_out,
        };
        Ok(Export {
            header,
            needles: [Field::Title, Field::Text].map(|field| selection.needles(field)),
            places: selection.places().into_iter(),
            page: Vec::new().into_iter(),
            complaints: selection.complaints,
            snapshot: selection.snapshot,
        })
    }
}

impl Export {
    /// Bytes of title and body of a document that match the query, in order.
    pub fn marks(&self, document: &Document) -> [Vec<Range<usize>>; 2] {
        let [title, body] = &self.needles;
        [snippet::matches(&document.title, title), snippet::matches(&document.body, body)]
    }

    fn next_page(&mut self) -> Result<(), Error> {
        let places: Vec<Place> = self.places.by_ref().take(PAGE).collect();
        let ids = self.snapshot.ids(&places)?;
        let documents = self.snapshot.fetch(&places)?;
        let page: Vec<Exported> =
            ids.into_iter().zip(documents).map(|(id, document)| Exported { id, document }).collect();
        self.page = page.into_iter();
        Ok(())
    }
}

impl Iterator for Export {
    type Item = Result<Exported, Error>;

    /// After an error nothing follows.
    fn next(&mut self) -> Option<Self::Item> {
        if self.page.len() == 0
            && let Err(error) = guarded(|| self.next_page())
        {
            self.places = Vec::new().into_iter();
            return Some(Err(error));
        }
        self.page.next().map(Ok)
    }
}
