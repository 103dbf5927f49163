//! The border that no panic passes: the engine below panics on some damaged files, and a panic must not take an embedder's
//! program with it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::Error;
use crate::index::IndexError;

/// Does a piece of work; a panic in it is an index that cannot be read.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(damaged()))
}

/// What a panic over an index means.
pub(super) fn damaged() -> Error {
    IndexError::Read { reason: "a part of it is not what it was when it was written".to_owned() }.into()
}
