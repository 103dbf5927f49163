//! How far decompressed data may grow: a ratio for each stream, and a sum for all that comes out of one file on disk.
//!
//! What is decompressed, and when reading is given up, is left to others.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::skip::{Fault, SkipReason};

/// Decompressed bytes for one compressed byte, at the most. Articles stay below 10.
const RATIO: u64 = 100;
/// Growth below this is no danger, and no sign: a page of one repeated letter grows a thousand times.
const HARMLESS: u64 = 16 << 20;
/// Decompressed bytes of one file on disk, at the most: a hundred crawls of the largest sites.
const MOST: u64 = 1 << 40;

/// What all that comes out of one file on disk may grow to together, archives in archives with it.
pub(in super::super) struct Budget {
    left: AtomicU64,
}

impl Budget {
    /// The budget of a file of so many bytes; a small one may have many small entries.
    pub(in super::super) fn new(bytes: u64) -> Self {
        Self { left: AtomicU64::new(bytes.saturating_mul(RATIO).clamp(16 * HARMLESS, MOST)) }
    }

    fn spend(&self, bytes: u64) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }
}

/// The growth of one stream.
pub(in super::super) struct Growth {
    grown: u64,
    budget: Arc<Budget>,
}

impl Growth {
    pub(in super::super) fn new(budget: Arc<Budget>) -> Self {
        Self { grown: 0, budget }
    }

    /// Adds bytes that came out of `taken` compressed ones, all of the stream so far together.
    ///
    /// # Errors
    /// It has grown as no text does: [`SkipReason::TooCompressed`].
    pub(in super::super) fn add(&mut self, bytes: u64, taken: u64) -> io::Result<()> {
        self.grown += bytes;
        let is_bomb = self.grown > HARMLESS && self.grown / RATIO > taken;
        if is_bomb || !self.budget.spend(bytes) {
            return Err(io::Error::other(Fault::from(SkipReason::TooCompressed)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_may_grow_a_hundred_times_and_all_streams_of_a_file_together_no_more() {
        let mut growth = Growth::new(Arc::new(Budget::new(1 << 30)));
        assert!(growth.add(HARMLESS, 1).is_ok(), "a small one is no danger");
        assert!(growth.add(1, 1).is_err());
        let budget = Arc::new(Budget::new(4 << 20));
        let grown = |bytes| Growth::new(Arc::clone(&budget)).add(bytes, bytes).is_ok();
        assert!(grown(300 << 20) && grown(100 << 20) && !grown(1 << 20));
    }
}
