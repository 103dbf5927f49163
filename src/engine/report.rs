//! What an index holds, in numbers.

use std::path::Path;

use serde::Serialize;

use super::open::is_stale;
use super::{Engine, Facet, Limit, Unit, view};
use crate::error::Error;
use crate::index::Snapshot;

/// Sources that are named.
const MOST_SOURCES: usize = 10;

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Folder of the index.
    pub path: Option<String>,
    /// Documents.
    pub documents: u64,
    /// Those that lost something between file and index.
    pub with_losses: u64,
    /// Those without a date.
    pub undated: u64,
    /// Those whose date is only inferred.
    pub inferred: u64,
    /// Files that could not be read when they were indexed.
    pub skipped: u64,
    /// Families of reprints.
    pub families: u64,
    /// Documents that are a reprint of an earlier one.
    pub reprints: u64,
    /// Han characters in all titles and bodies.
    pub han: u64,
    /// Bytes of all titles and bodies.
    pub text_bytes: u64,
    /// Bytes of the index on disk; 0 in memory.
    pub index_bytes: u64,
    /// Time of the last commit, RFC 3339 in UTC.
    pub indexed_at: String,
    /// Documents per source, the most first, at most ten.
    pub sources: Vec<(String, u64)>,
    /// Documents per year, the most first.
    pub years: Vec<(String, u64)>,
    /// Fingerprint of fold and unigrams that the index was made with.
    pub fold: String,
    /// Fingerprint of the words that the index was made with.
    pub words: String,
    /// Fingerprint of what recognised the entities; empty where none were.
    pub entities: String,
    /// Pairs of frequent characters have postings of their own.
    pub pairs: bool,
    /// The index must be upgraded before it can be searched.
    pub stale: bool,
    /// Words would be cut otherwise today; only the order may differ until it is upgraded.
    pub words_changed: bool,
    /// What texts name would be recognised otherwise today; words find the same.
    pub entities_changed: bool,
}

impl Engine {
    /// Whether words would be cut otherwise today than when the index was made: only the order may differ, until it is
    /// upgraded.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn words_changed(&self) -> Result<bool, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let made = &snapshot.state().words;
        Ok(!made.is_empty() && *made != self.inner.segmenter.dictionary().fingerprint())
    }

    /// What the index holds.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn stats(&self) -> Result<Stats, Error> {
        let (snapshot, families) = self.grouped_or_stale()?;
        let (counts, state) = (snapshot.counts()?, snapshot.state());
        let (families, members) = families.counts();
        Ok(Stats {
            path: self.path().map(|path| path.display().to_string()),
            documents: counts.documents,
            with_losses: counts.with_losses,
            undated: counts.undated,
            inferred: counts.inferred,
            skipped: state.skipped.values().sum(),
            families,
            reprints: members - families,
            han: counts.han,
            text_bytes: counts.bytes,
            index_bytes: self.path().map_or(0, size),
            indexed_at: state.indexed_at.clone(),
            sources: most(&*snapshot, &Facet::Source)?,
            years: most(&*snapshot, &Facet::Date(Unit::Year))?,
            fold: state.fold.clone(),
            words: state.words.clone(),
            entities: state.entities.clone(),
            pairs: !state.pairs.is_empty(),
            stale: is_stale(state),
            words_changed: self.words_changed()?,
            entities_changed: !state.entities.is_empty() && state.entities != self.inner.recogniser().fingerprint(),
        })
    }
}

/// Documents per value, the most first.
fn most(snapshot: &dyn Snapshot, facet: &Facet) -> Result<Vec<(String, u64)>, Error> {
    let counted = view::count(snapshot, facet, None, Limit::Hits(MOST_SOURCES), None)?;
    let mut values: Vec<(String, u64)> =
        counted.values.into_iter().map(|counted| (counted.value, counted.documents)).collect();
    values.sort_by_key(|(_, documents)| std::cmp::Reverse(*documents));
    Ok(values)
}

/// Bytes of the files of an index; it has no folders.
pub(super) fn size(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum()
}
