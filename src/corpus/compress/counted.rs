//! Bytes as they are taken from the disk: counted for the progress bar and for the growth, and hashed on the way.
//!
//! What they decompress to is left to `decoder`.

use std::io::{self, Cursor, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::document::hex;

/// What was taken from one file, or from one entry of an archive, so far.
pub(in super::super) struct Taken {
    bytes: AtomicU64,
    /// Bytes taken from the disk in the whole run.
    total: Arc<AtomicU64>,
    is_hashed: AtomicBool,
    /// SHA-256 of the file, once its end was reached.
    hash: OnceLock<String>,
}

impl Taken {
    pub(super) fn of_file(total: Arc<AtomicU64>) -> Self {
        Self { bytes: AtomicU64::new(0), total, is_hashed: AtomicBool::new(true), hash: OnceLock::new() }
    }

    /// An entry is taken from an archive that counts and hashes by itself.
    pub(super) fn of_entry() -> Self {
        Self { is_hashed: AtomicBool::new(false), ..Self::of_file(Arc::default()) }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn total(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.total)
    }

    /// SHA-256 of the file in hexadecimal, once its end was reached.
    pub(in super::super) fn hash(&self) -> Option<String> {
        self.hash.get().cloned()
    }

    pub(super) fn forget_hash(&self) {
        self.is_hashed.store(false, Ordering::Relaxed);
    }
}

/// A stream of which the first bytes were already taken.
pub(super) struct Counted {
    start: Cursor<Vec<u8>>,
    rest: Box<dyn Read + Send>,
    hash: Sha256,
    taken: Arc<Taken>,
}

impl Counted {
    pub(super) fn new(start: Vec<u8>, rest: Box<dyn Read + Send>, taken: Arc<Taken>) -> Self {
        Self { start: Cursor::new(start), rest, hash: Sha256::new(), taken }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = self.start.read(buffer)?;
        if read == 0 {
            read = self.rest.read(buffer)?;
        }
        if self.taken.is_hashed.load(Ordering::Relaxed) {
            match read {
                0 if !buffer.is_empty() => {
                    let hash = || hex(&std::mem::take(&mut self.hash).finalize());
                    self.taken.hash.get_or_init(hash);
                }
                _ => self.hash.update(&buffer[..read]),
            }
        }
        self.taken.bytes.fetch_add(read as u64, Ordering::Relaxed);
        self.taken.total.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
