//! The parts' errors joined; nothing below imports this.

use crate::analysis::DictionaryError;
use crate::entity::TermsError;
use crate::index::IndexError;
use crate::query::{QueryError, SynonymsError};

/// Whatever the engine can fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query cannot be answered.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index cannot be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The user's dictionary has a faulty line.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// The user's synonyms have a faulty line.
    #[error(transparent)]
    Synonyms(#[from] SynonymsError),
    /// The user's policy terms have a faulty line.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// The index was made by another analysis.
    #[error(
        "the index was made by another version of the analysis, so answers would miss articles: run `{command}`, which \
         makes it anew from the stored texts"
    )]
    Stale {
        /// The command that mends it.
        command: String,
    },
    /// No document has a key of this name to be counted by.
    #[error(
        "no article has a key {name} to count by: source, author, year, month, day, folder{}",
        .known.iter().fold(String::new(), |all, name| all + ", " + name)
    )]
    Facet {
        /// The name, folded.
        name: String,
        /// Names of the keys that there are.
        known: Vec<String>,
    },
    /// People, places and what else is named were not recognised when the index was made.
    #[error(
        "{what} asks for what texts name, and this index was made without that: `xunzhang upgrade --with entities`, with the \
         same --index, makes it anew from the stored texts"
    )]
    NoEntities {
        /// A field of a query, or what was to be counted by.
        what: String,
    },
    /// More files are gone from a folder than go by themselves.
    #[error(
        "{gone} of {of} files of {root} are no longer in {}, as if a disk was not mounted: nothing was changed. Run again once they are \
         there, with --prune to take their articles out of the index, or with --keep-missing to keep them",
        folder.display()
    )]
    Vanished {
        /// Name of the root.
        root: String,
        /// Where it is.
        folder: std::path::PathBuf,
        /// Files that are gone.
        gone: u64,
        /// Files of the root that gave documents.
        of: u64,
    },
    /// The observer asked to stop; what was committed before stays.
    #[error("stopped as asked; {committed} documents are committed and can be searched")]
    Cancelled {
        /// Documents added and committed before the stop.
        committed: u64,
    },
}
