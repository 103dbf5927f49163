//! The documents of a selection, read a page at a time on the engine's threads, so that no more than some pages of texts
//! are in memory whatever a query finds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::occurrences::Occurrences;
use crate::document::Document;
use crate::engine::Engine;
use crate::engine::guard::damaged;
use crate::engine::select::Selection;
use crate::error::Error;
use crate::index::{Candidate, IndexError, Place};

/// Documents that a thread reads at a time.
const PAGE: usize = 32;

/// Calls `each` with every document of a selection, in no order, and gives what each thread gathered. Where the query
/// has nothing to count, nothing is read.
pub(super) fn read_all<T: Default + Send>(
    engine: &Engine,
    selection: &Selection,
    occurrences: &Occurrences,
    deadline: Option<Instant>,
    each: impl Fn(&mut T, &Candidate, &Document) + Sync,
) -> Result<Vec<T>, Error> {
    let mut candidates = if occurrences.is_empty() { Vec::new() } else { selection.candidates.clone() };
    // Stored texts lie in the order of places.
    candidates.sort_unstable_by_key(|candidate| candidate.place);
    let pages: Vec<&[Candidate]> = candidates.chunks(PAGE).collect();
    let next = AtomicUsize::new(0);
    let gather = || -> Result<T, Error> {
        let mut gathered = T::default();
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(IndexError::Deadline.into());
            }
            let places: Vec<Place> = page.iter().map(|candidate| candidate.place).collect();
            for (candidate, document) in page.iter().zip(selection.snapshot.fetch(&places)?) {
                each(&mut gathered, candidate, &document);
            }
        }
        Ok(gathered)
    };
    let threads = engine.inner.threads.min(pages.len());
    if threads < 2 {
        return Ok(vec![gather()?]);
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(gather)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(damaged()))).collect()
    })
}
