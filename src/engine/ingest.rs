//! Documents into the index: from any iterator, from files, or from what the index stores already.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::ControlFlow;

use serde::Serialize;

use super::run::{Run, Times};
use super::{Engine, clock};
use crate::analysis;
use crate::document::{Document, Loss};
use crate::error::Error;
use crate::index::{IndexError, Snapshot, State};

/// Documents that are read at once.
const PAGE: usize = 256;

/// How to ingest documents; see [`Engine::ingest_with`].
pub struct Ingest<'a> {
    /// Called about ten times a second; a break stops the run after a last commit.
    pub observer: &'a mut (dyn FnMut(&Progress) -> ControlFlow<()> + Send),
    /// Documents between two commits at most; what is committed survives a kill. A run whose end is not its only commit also
    /// makes one every 20 seconds.
    pub commit_every: usize,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Documents taken from the iterator.
    pub documents: u64,
    /// Bytes of their titles and bodies.
    pub bytes: u64,
    /// Failures taken from the iterator.
    pub skipped: u64,
    /// Documents that a commit has made durable.
    pub committed: u64,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IngestReport<E = Infallible> {
    /// Documents added or replaced.
    pub documents: u64,
    /// Bytes of their titles and bodies.
    pub bytes: u64,
    /// Documents that lost something: printed id, and what.
    pub losses: Vec<(String, Vec<Loss>)>,
    /// What the iterator gave instead of documents.
    pub skipped: Vec<E>,
    /// Printed ids that more than one document of this run has; they are printed as `path#id`.
    pub ambiguous: Vec<String>,
    /// Documents of files by the charset that they were read as.
    pub encodings: BTreeMap<String, u64>,
    /// Texts of the whole index that were printed several times.
    pub families: u64,
    /// Their printings beside the earliest of each.
    pub reprints: u64,
    /// Bytes of the index on disk; 0 in memory.
    pub index_bytes: u64,
    /// What became of the files, where files were read.
    #[cfg(feature = "files")]
    pub files: crate::corpus::FileCounts,
    /// Milliseconds that it took.
    pub took_ms: f64,
}

impl Engine {
    /// Adds documents, each replacing the one of the same key, and commits.
    ///
    /// # Errors
    /// The index cannot be written, another writer is at work, or it was made by another analysis.
    pub fn ingest(&self, documents: impl IntoIterator<Item = Document>) -> Result<IngestReport, Error> {
        let mut observer = |_: &Progress| ControlFlow::Continue(());
        let how = Ingest { observer: &mut observer, commit_every: usize::MAX };
        self.ingest_with(documents.into_iter().map(Ok), how)
    }

    /// Adds the documents of an iterator that may fail now and then; failures are reported and end nothing.
    ///
    /// # Errors
    /// As [`Engine::ingest`], and [`Error::Cancelled`] where the observer asked to stop.
    pub fn ingest_with<E: Send>(
        &self,
        documents: impl Iterator<Item = Result<Document, E>>,
        how: Ingest<'_>,
    ) -> Result<IngestReport<E>, Error> {
        Run::new(self, how)?.all(documents)
    }

    /// Every document of the index, in no order that means anything, as it is now: later changes do not show.
    ///
    /// # Errors
    /// The index cannot be read; then the failure is the last that is given.
    pub fn documents(&self) -> Result<impl Iterator<Item = Result<Document, Error>> + use<>, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let (mut last, mut page) = (None, Vec::new().into_iter());
        let mut has_failed = false;
        Ok(std::iter::from_fn(move || {
            if page.len() == 0 && !has_failed {
                match snapshot.scan(last, PAGE) {
                    Ok(next) => {
                        last = next.last().map(|(place, _)| *place);
                        page = next.into_iter();
                    }
                    Err(error) => {
                        has_failed = true;
                        return Some(Err(error.into()));
                    }
                }
            }
            page.next().map(|(_, document)| Ok(document))
        }))
    }

    /// Removes the document of a key and commits; says whether there was one.
    ///
    /// # Errors
    /// The index cannot be written, or another writer is at work.
    pub fn remove(&self, key: &str) -> Result<bool, Error> {
        let snapshot = self.snapshot()?;
        let before = snapshot.counts()?.documents;
        let mut writer = self.inner.writer(1)?;
        writer.remove(key)?;
        let mut state = snapshot.state().clone();
        state.indexed_at = clock::now();
        writer.commit(&state)?;
        writer.finish()?;
        Ok(self.snapshot()?.counts()?.documents < before)
    }

    /// Analyses every stored document anew, after a change of fold or dictionary. The old index answers until one
    /// commit replaces it as a whole.
    ///
    /// # Errors
    /// The index cannot be read or written, and [`Error::Cancelled`], which leaves it as it was.
    pub fn upgrade(&self, how: Ingest<'_>) -> Result<IngestReport, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let old = snapshot.state();
        let state = State {
            fold: analysis::fingerprint(),
            words: self.inner.segmenter.dictionary().fingerprint(),
            dictionary: self.inner.segmenter.dictionary().user_words().to_owned(),
            entities: match self.inner.entities.unwrap_or(!old.entities.is_empty()) {
                true => self.inner.recogniser().fingerprint(),
                false => String::new(),
            },
            pairs: self.pairs(self.inner.pairs.unwrap_or(!old.pairs.is_empty())),
            terms: old.terms.clone(),
            skipped: old.skipped.clone(),
            parts: old.parts.clone(),
            indexed_until: old.indexed_until,
            roots: old.roots.clone(),
            forgotten: old.forgotten.clone(),
            ..State::default()
        };
        let mut run = Run::over(self, how, state, Times::Kept)?;
        run.commit_every = usize::MAX;
        run.all_or_nothing = true;
        let mut failure = None;
        let report = run.all(stored(&*snapshot, &mut failure));
        failure.map_or(report, |error| Err(error.into()))
    }
}

/// Every stored document; a page that cannot be read is the last, and its failure is told.
pub(super) fn stored<'a>(
    snapshot: &'a dyn Snapshot,
    failure: &'a mut Option<IndexError>,
) -> impl Iterator<Item = Result<Document, Infallible>> + 'a {
    let mut last = None;
    let mut page = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if page.len() == 0 {
            let next = snapshot.scan(last, PAGE).map_err(|error| *failure = Some(error)).ok()?;
            last = next.last().map(|(place, _)| *place);
            page = next.into_iter();
        }
        page.next().map(|(_, document)| Ok(document))
    })
}
