//! TAR: entries one behind another, with long names as GNU and POSIX write them.
//!
//! The headers are the `tar` crate's, which keeps long names in memory: what it reads between two entries is bounded
//! here. Sparse files are refused, for a few bytes of them stand for any number.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tar::{EntryType, Header};

use super::super::compress::Opened;
use super::super::skip::{Fault, SkipReason};
use super::names::Names;
use super::pipe::{Entry, Sender};
use super::{damage, damaged};

/// Its name in messages.
const FORMAT: &str = "tar";
/// Bytes of a header, and of the blocks that everything is filled up to.
const BLOCK: usize = 512;
/// Bytes of headers and names between two entries, at the most.
const BETWEEN: u64 = 1 << 20;

/// Whether bytes begin with the header of an entry: its own sum must be right.
pub(super) fn begins(head: &[u8]) -> bool {
    let Some(block) = head.get(..BLOCK) else { return false };
    let sum: u32 =
        block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { (*byte).into() }).sum();
    // 256 is the sum of nothing but NULs.
    sum > 256 && Header::from_byte_slice(block).cksum().is_ok_and(|stated| stated == sum)
}

/// Walks the entries of a TAR.
pub(super) fn walk(opened: Opened, sender: &mut Sender) -> Result<(), Fault> {
    if let Err(fault) = walk_all(opened, sender) {
        sender.cut(fault);
    }
    Ok(())
}

fn walk_all(opened: Opened, sender: &mut Sender) -> Result<(), Fault> {
    let (allowed, zeros) = (Arc::new(AtomicU64::new(BETWEEN)), Arc::new(AtomicU64::new(0)));
    let stream = Stream { head: 0, opened, allowed: Arc::clone(&allowed), zeros: Arc::clone(&zeros) };
    let mut archive = tar::Archive::new(stream);
    if entries(&mut archive, &allowed, sender)?.is_break() {
        return Ok(());
    }
    if zeros.load(Ordering::Relaxed) < BLOCK as u64 {
        return Err(damaged(FORMAT, "it lacks the mark of its end"));
    }
    // To the last byte, where compressed data has its sum, and a file its hash.
    allowed.store(u64::MAX, Ordering::Relaxed);
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|error| damage(FORMAT, &error))?;
    Ok(())
}

fn entries(
    archive: &mut tar::Archive<Stream>,
    allowed: &AtomicU64,
    sender: &mut Sender,
) -> Result<ControlFlow<()>, Fault> {
    let mut names = Names::default();
    for entry in archive.entries().map_err(|error| damage(FORMAT, &error))? {
        let mut entry = entry.map_err(|error| damage(FORMAT, &error))?;
        let kind = entry.header().entry_type();
        let size = entry.size();
        // What of it is not read here is passed over before the next header.
        let stored = entry.header().entry_size().unwrap_or(size).max(if kind.is_gnu_sparse() { 0 } else { size });
        allowed.store(stored.saturating_add(BETWEEN), Ordering::Relaxed);
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let name = names.shown(&entry.path_bytes());
        let refused = if is_sparse(&mut entry) { Some(sparse()) } else { refusal(kind) };
        let flow = match refused {
            Some(fault) => sender.skip(name, fault),
            None => {
                let mut whole = Whole { bytes: &mut entry, left: size };
                sender.entry(Entry { name, size: Some(size), ..Entry::default() }, &mut whole)
            }
        };
        if flow.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Whether most of a file is left out; newer archivers say so in the names of what they add.
fn is_sparse<R: Read>(entry: &mut tar::Entry<'_, R>) -> bool {
    let is_sparse = entry.header().entry_type().is_gnu_sparse();
    let added = entry.pax_extensions().ok().flatten();
    is_sparse
        || added
            .is_some_and(|mut added| added.any(|one| one.is_ok_and(|one| one.key_bytes().starts_with(b"GNU.sparse."))))
}

fn sparse() -> Fault {
    Fault::new(SkipReason::NotRegular, "is stored with its empty stretches left out: pack it without --sparse")
}

/// Why an entry of a kind is not read.
fn refusal(kind: EntryType) -> Option<Fault> {
    match kind {
        EntryType::Regular | EntryType::Continuous => None,
        EntryType::Symlink | EntryType::Link => {
            let message = "is a link in an archive, which is not followed: nothing to do";
            Some(Fault::new(SkipReason::SymbolicLink, message))
        }
        _ => {
            let message = "is no regular file but a pipe, a device or the like: nothing to do";
            Some(Fault::new(SkipReason::NotRegular, message))
        }
    }
}

/// The bytes of an entry, all of them: an archive that was cut ends too early without an error.
struct Whole<'a, R> {
    bytes: &'a mut R,
    left: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer).map_err(|error| io::Error::other(damage(FORMAT, &error)))?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::Error::other(damaged(FORMAT, format!("it ends {} bytes too early", self.left))));
        }
        Ok(read)
    }
}

/// The bytes of the archive, as many as may be read before the next entry is reached.
struct Stream {
    opened: Opened,
    /// Bytes of the head that were given out.
    head: usize,
    allowed: Arc<AtomicU64>,
    /// NULs at the end of what was read so far.
    zeros: Arc<AtomicU64>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = &self.opened.head[self.head..];
        let read = if head.is_empty() {
            self.opened.read(buffer).map_err(|error| io::Error::other(self.opened.fault(&error)))?
        } else {
            let length = head.len().min(buffer.len());
            buffer[..length].copy_from_slice(&head[..length]);
            self.head += length;
            length
        };
        let spent =
            self.allowed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(read as u64));
        if spent.is_err() {
            return Err(io::Error::other(damaged(
                FORMAT,
                format!("it has more than {BETWEEN} bytes of names in a row"),
            )));
        }
        let zeros = buffer[..read].iter().rev().take_while(|byte| **byte == 0).count();
        let before = if zeros == read { self.zeros.load(Ordering::Relaxed) } else { 0 };
        self.zeros.store(before + zeros as u64, Ordering::Relaxed);
        Ok(read)
    }
}
