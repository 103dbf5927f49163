//! What became of a file when it was read last: plain data that an index keeps beside the documents, so that the next run
//! does only what changed.

use serde::{Deserialize, Serialize};

use super::Origin;
use super::origin::file_key;

/// A file that was read, or that could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FileRecord {
    /// Name of the folder that was indexed.
    pub root: String,
    /// Path relative to the root, as [`Origin::path`].
    pub path: String,
    /// The path's bytes where they are no UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<Vec<u8>>,
    /// Size in bytes on the disk.
    pub bytes: u64,
    /// Time of its last change, nanoseconds since 1970 in UTC; none where it was too young to tell a later change by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<i64>,
    /// SHA-256 of its bytes in hexadecimal, where the whole file was in memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Fingerprint of how it was read: version of the reader, charset, fields.
    pub reading: String,
    /// Documents that it gave.
    pub documents: u64,
    /// How many of them lost something.
    #[serde(skip_serializing_if = "is_none")]
    pub with_losses: u64,
    /// How many records, or itself, gave no document.
    #[serde(skip_serializing_if = "is_none")]
    pub skipped: u64,
    /// The first of these, at most [`FileRecord::MOST_SKIPS`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<SkippedRecord>,
    /// It was taken out of the index for good.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub forgotten: bool,
    /// It is no longer known: takes an earlier record of the same file away.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

impl FileRecord {
    /// Skips of a file that are remembered one by one.
    pub const MOST_SKIPS: usize = 50;

    /// A record of a file of which nothing is known yet.
    pub fn new(origin: &Origin) -> Self {
        let Origin { root, path, path_bytes, .. } = origin.clone();
        Self { root, path, path_bytes, ..Self::default() }
    }

    /// The key of the file, as [`Origin::file_key`] gives it.
    pub fn key(&self) -> String {
        file_key(&self.root, &self.path, self.path_bytes.as_deref())
    }
}

/// A record of a file, or a whole file, that gave no document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SkippedRecord {
    /// What stands behind the path of the file: `!` and the entry of an archive, `#` and the number of a record.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub within: String,
    /// Kind of the reason, as a program reads it: `malformed`.
    pub kind: String,
    /// What happened, probably why, and what to do.
    pub message: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde calls")]
fn is_none(count: &u64) -> bool {
    *count == 0
}
