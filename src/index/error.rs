//! What can go wrong where documents live.

use std::path::PathBuf;

/// An index that cannot do what was asked, why, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is no index at the path.
    #[error("there is no index in {}: make one with `xunzhang index FOLDER --index {}`", .path.display(), .path.display())]
    Missing {
        /// Folder of the index.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error("{} is no index of xunzhang ({reason}): name another folder, or move what is there away", .path.display())]
    NotAnIndex {
        /// Folder of the index.
        path: PathBuf,
        /// What was found instead.
        reason: String,
    },
    /// The index is of another format.
    #[error("the index is of format {found}, and this program reads format {expected}: {next}")]
    Format {
        /// Format of the index.
        found: u32,
        /// Format of this program.
        expected: u32,
        /// What to do.
        next: String,
    },
    /// Another writer is at work.
    #[error("another process is writing to the index{owner}: wait until it ends, then try again")]
    Locked {
        /// ` (process 4711)` where it is known.
        owner: String,
    },
    /// The writer was closed by an earlier error.
    #[error("the writer was closed by an earlier error: open a new one and give again what was not committed")]
    WriterClosed,
    /// The index cannot be written.
    #[error("the index cannot be written: {reason}. What was committed before is intact; {next}, then index again")]
    Write {
        /// What the system said.
        reason: String,
        /// What to do.
        next: &'static str,
    },
    /// The index cannot be read.
    #[error("the index cannot be read: {reason}. It may be damaged; index the folder again into a new index")]
    Read {
        /// What the system said.
        reason: String,
    },
    /// The deadline passed before the answer was complete.
    #[error("the query took longer than it was given; ask a more telling one, or give it more time")]
    Deadline,
    /// The query asks for a field that this index cannot answer.
    #[error("the field {field}: cannot be searched in this index; ask without it")]
    Field {
        /// Name of the field.
        field: String,
    },
    /// A wildcard stands for too many terms.
    #[error("{pattern} stands for more than {most} terms of this index; write more of it")]
    TooManyTerms {
        /// The pattern.
        pattern: String,
        /// How many are allowed.
        most: usize,
    },
}
