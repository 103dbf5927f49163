//! What archives with their list at the end are read from: a file on disk, or one inside another held in memory.
//!
//! A jump inside the bytes held costs nothing, for such a reader jumps before every entry. What the bytes mean is left
//! to others.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::compress::Opened;
use super::super::skip::Fault;

/// Bytes taken from the file at once.
const BUFFER: usize = 64 << 10;

/// Bytes to jump in.
pub(super) struct Source {
    bytes: Bytes,
    /// Bytes that may still be read.
    allowed: Arc<AtomicU64>,
}

enum Bytes {
    File(Window),
    Memory(Cursor<Vec<u8>>),
}

impl Source {
    /// A file on disk is read where it is needed, anything else at once, up to `limit` bytes.
    pub(super) fn new(opened: Opened, limit: u64) -> Result<Self, Fault> {
        let head = opened.head.len() as u64;
        let bytes = match opened.into_file() {
            Ok((file, size, total)) => Bytes::File(Window::new(file, size, total, head)),
            Err(opened) => Bytes::Memory(Cursor::new(opened.read_whole(limit)?.0)),
        };
        Ok(Self { bytes, allowed: Arc::new(AtomicU64::new(u64::MAX)) })
    }

    /// Bytes in it.
    pub(super) fn size(&self) -> u64 {
        match &self.bytes {
            Bytes::File(window) => window.size,
            Bytes::Memory(bytes) => bytes.get_ref().len() as u64,
        }
    }

    /// How many more bytes may be read, to be set by whoever reads: a list is held in memory many times its size.
    pub(super) fn allowed(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.allowed)
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.bytes {
            Bytes::File(window) => window.read(buffer)?,
            Bytes::Memory(bytes) => bytes.read(buffer)?,
        };
        let spent =
            self.allowed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(read as u64));
        spent.map_err(|_| io::Error::other("its list of entries is too large"))?;
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.bytes {
            Bytes::File(window) => window.seek(to),
            Bytes::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// A part of a file, held in memory.
struct Window {
    file: File,
    size: u64,
    /// Where the next byte is read.
    at: u64,
    /// What is held, and where it begins in the file.
    held: Vec<u8>,
    start: u64,
    /// Bytes not yet counted in the total of the run: what is read again counts once.
    uncounted: u64,
    total: Arc<AtomicU64>,
}

impl Window {
    /// A file of which the first `counted` bytes count in the total already.
    fn new(file: File, size: u64, total: Arc<AtomicU64>, counted: u64) -> Self {
        Self { file, size, at: 0, held: Vec::new(), start: 0, uncounted: size.saturating_sub(counted), total }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.held.clear();
        self.start = self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.by_ref().take(BUFFER as u64).read_to_end(&mut self.held)? as u64;
        let counted = read.min(self.uncounted);
        self.uncounted -= counted;
        self.total.fetch_add(counted, Ordering::Relaxed);
        Ok(())
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let inside = |window: &Self| window.at.checked_sub(window.start).filter(|at| *at < window.held.len() as u64);
        if inside(self).is_none() {
            self.fill()?;
        }
        let Some(at) = inside(self) else { return Ok(0) };
        let held = &self.held[at as usize..];
        let length = held.len().min(buffer.len());
        buffer[..length].copy_from_slice(&held[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a jump before the beginning"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_reads_what_the_file_has_wherever_it_jumps_and_counts_it_once() {
        use std::io::Write;
        let mut file = tempfile::tempfile().expect("a temporary file");
        let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n * 7 / 3) as u8).collect();
        file.write_all(&bytes).expect("the disk takes bytes");
        let total = Arc::new(AtomicU64::new(0));
        let mut window = Window::new(file, bytes.len() as u64, Arc::clone(&total), 0);
        for at in [299_990, 0, 70_000, 65_000, 70_010, 150_000, 299_000, 300_000] {
            window.seek(SeekFrom::Start(at)).expect("a place");
            let mut read = [0; 10];
            let length = window.read(&mut read).expect("bytes");
            assert_eq!(read[..length], bytes[at as usize..][..length], "{at}");
            assert_eq!(length, 10.min(bytes.len() - at as usize));
        }
        assert_eq!(window.seek(SeekFrom::End(-5)).ok(), Some(299_995));
        assert!(window.seek(SeekFrom::Current(-300_000)).is_err());
        io::copy(&mut window, &mut io::sink()).expect("bytes");
        assert!(total.load(Ordering::Relaxed) <= 300_000);
    }
}
