//! What can be wrong with the request to read a corpus, before any file is read. What is wrong with a file is a skip.

use std::io;
use std::path::PathBuf;

/// A corpus that cannot be listed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A path that is not there.
    #[error("{}: there is no such file or folder: check its spelling, or mount what it is on", path.display())]
    NotFound {
        /// As it was given.
        path: PathBuf,
    },
    /// A path that is there but cannot be reached.
    #[error("{}: cannot be reached ({source}): check the permissions of its folders", path.display())]
    Unreachable {
        /// As it was given.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A charset that nobody knows.
    #[error(
        "{label}: is no charset known here: name one as utf-8, gb18030, big5 or utf-16le, or leave it to detection"
    )]
    UnknownEncoding {
        /// As it was given.
        label: String,
    },
    /// A pattern of files that cannot be read.
    #[error("{pattern}: is no pattern of files ({reason}): write it as for git, for example '*.txt' or '旧稿/**'")]
    Pattern {
        /// As it was given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A field mapping that means nothing.
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// A field mapping that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldError {
    /// Not of the form `FIELD=KEY`.
    #[error("{mapping}: is no mapping of a field: write it as FIELD=KEY, for example body=content")]
    NoMapping {
        /// As it was given.
        mapping: String,
    },
    /// A field that documents do not have.
    #[error("{field}: is no field of a document: use one of title, body, date, source, author, url, id, editor")]
    UnknownField {
        /// As it was given.
        field: String,
    },
}
