//! What an index remembers of its making: plain data that travels with each commit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What an index remembers of its making; travels with each commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct State {
    /// Fingerprint of fold and unigrams.
    pub fold: String,
    /// Fingerprint of the words.
    pub words: String,
    /// Fingerprint of what recognises entities; empty where none are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entities: String,
    /// The characters of which each two have postings of their own; empty where none do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pairs: String,
    /// The user's dictionary.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dictionary: String,
    /// The user's policy terms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub terms: String,
    /// Time of the last commit, RFC 3339 in UTC.
    pub indexed_at: String,
    /// Files skipped when each root was read last.
    pub skipped: BTreeMap<String, u64>,
    /// Where the roots are that were read, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub roots: BTreeMap<String, RootState>,
    /// Keys of documents that were taken out for good, whatever their files hold.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub forgotten: BTreeSet<String>,
    /// Folded names of the keys of `extra` that some document has.
    pub extra_fields: BTreeSet<String>,
    /// What is kept beside the documents, in the order written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The latest time of indexing that a document has ever had, seconds since 1970 in UTC. Later with every commit, so
    /// that what comes after an answer is told by it alone.
    pub indexed_until: i64,
}

/// A folder that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RootState {
    /// Where it is.
    pub folder: String,
    /// When it was walked, nanoseconds since 1970 in UTC.
    pub walked_at: i64,
    /// The folders in it that were entered, relative to it, at most [`RootState::MOST_FOLDERS`].
    pub folders: Vec<String>,
}

impl RootState {
    /// Folders that are remembered: they travel with every commit, and every query may look at them.
    pub const MOST_FOLDERS: usize = 500;
}

/// Bytes kept beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it holds, `-` and a number: `files-7`.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
}

impl Part {
    /// A part of a kind that has the number behind all others of its kind.
    pub fn next(kind: &str, rows: u64, parts: &[Self]) -> Self {
        let number = parts.iter().filter_map(|part| part.of(kind)).max().map_or(1, |last| last + 1);
        Self { name: format!("{kind}-{number}"), rows }
    }

    /// Its number, where it is of a kind.
    pub fn of(&self, kind: &str) -> Option<u64> {
        self.name.strip_prefix(kind)?.strip_prefix('-')?.parse().ok()
    }
}
