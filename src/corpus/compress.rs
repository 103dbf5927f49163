//! Opening a file: the descriptor is checked again, compression is undone as a stream, and its growth is bounded.
//!
//! Compression is told by its first bytes, whatever the name says. Nothing is ever unpacked to the disk, and an archive
//! with several files in it is left to others.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::skip::{Fault, SkipReason};
use super::walk::{SourceFile, irregular};
use crate::document::hex;

/// Decompressed bytes for one compressed byte, at the most. Articles stay below 10.
const RATIO: u64 = 100;
/// Growth below this is no danger, and no sign: a page of one repeated letter grows a thousand times.
const HARMLESS: u64 = 16 << 20;
/// Bytes kept back to tell what a file is.
const HEAD: usize = 64 << 10;
/// Bytes that decompressors take from the file at once.
const BUFFER: usize = 64 << 10;

/// The decompressed bytes of a file after its head; reading them fails on damage and on a bomb.
pub(super) struct Opened {
    /// The first bytes, or all there are.
    pub head: Vec<u8>,
    /// Bytes on disk when it was opened.
    size: u64,
    rest: Decoder,
    grown: u64,
}

enum Decoder {
    Plain(Counted),
    Gzip(Box<MultiGzDecoder<BufReader<Counted>>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Counted>>>),
}

/// A file with the bytes already taken from it, counted and hashed on the way.
struct Counted {
    file: io::Chain<io::Cursor<Vec<u8>>, File>,
    hash: Option<Sha256>,
    bytes: u64,
    total: Arc<AtomicU64>,
}

/// The mark of an error that the growth caused.
#[derive(Debug, thiserror::Error)]
#[error("too much growth")]
struct Grown;

impl Opened {
    /// Opens a file, undoes its compression and reads its head; `total` counts what is taken from the disk.
    pub(super) fn new(source: &SourceFile, total: Arc<AtomicU64>) -> Result<Self, Fault> {
        let unreadable = |error: io::Error| Fault::unreadable(&error);
        // The file may have been replaced since the walk saw it: looked at before it is opened, for a pipe would
        // block, and through the descriptor afterwards.
        if let Some(fault) = irregular(source.path.metadata().map_err(unreadable)?.file_type()) {
            return Err(fault);
        }
        let mut file = File::open(&source.path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if let Some(fault) = irregular(metadata.file_type()) {
            return Err(fault);
        }
        let mut start = Vec::with_capacity(4);
        file.by_ref().take(4).read_to_end(&mut start).map_err(unreadable)?;
        if start.is_empty() {
            return Err(SkipReason::Empty.into());
        }
        let rest = Decoder::new(start, file, total, compression(&source.origin.path))?;
        let mut opened = Self { head: Vec::new(), size: metadata.len(), rest, grown: 0 };
        opened.read_head()?;
        Ok(opened)
    }

    fn read_head(&mut self) -> Result<(), Fault> {
        let mut head = Vec::new();
        let read = self.by_ref().take(HEAD as u64).read_to_end(&mut head);
        self.head = head;
        read.map_err(|error| self.fault(&error))?;
        if self.head.is_empty() { Err(SkipReason::Empty.into()) } else { Ok(()) }
    }

    /// Gives up the hash, for a file whose documents are given out before its end is known.
    pub(super) fn forget_hash(&mut self) {
        match &mut self.rest {
            Decoder::Plain(file) => file.hash = None,
            Decoder::Gzip(decoder) => decoder.get_mut().get_mut().hash = None,
            Decoder::Zstd(decoder) => decoder.get_mut().get_mut().hash = None,
        }
    }

    /// All bytes with the head, and the SHA-256 of the file on disk.
    ///
    /// # Errors
    /// There are more than `limit`, or reading fails.
    pub(super) fn read_whole(mut self, limit: u64) -> Result<(Vec<u8>, Option<String>), Fault> {
        let too_large = |bytes| Fault::from(SkipReason::TooLarge { bytes, limit });
        if matches!(self.rest, Decoder::Plain(_)) && self.size > limit {
            return Err(too_large(self.size));
        }
        let mut bytes = std::mem::take(&mut self.head);
        let more = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
        if let Err(error) = self.by_ref().take(more).read_to_end(&mut bytes) {
            return Err(self.fault(&error));
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        let hash = self.counted().hash.clone().map(|hash| hex(&hash.finalize()));
        Ok((bytes, hash))
    }

    /// What an error of reading means.
    pub(super) fn fault(&self, error: &io::Error) -> Fault {
        let format = match &self.rest {
            _ if error.get_ref().is_some_and(|inner| inner.is::<Grown>()) => return SkipReason::TooCompressed.into(),
            // An error of the disk has a number, one of the decompressor has none.
            Decoder::Gzip(_) if error.raw_os_error().is_none() => "gzip",
            Decoder::Zstd(_) if error.raw_os_error().is_none() => "zstd",
            _ => return Fault::unreadable(error),
        };
        SkipReason::Decompression { format: format.into(), error: error.to_string() }.into()
    }

    fn counted(&self) -> &Counted {
        match &self.rest {
            Decoder::Plain(file) => file,
            Decoder::Gzip(decoder) => decoder.get_ref().get_ref(),
            Decoder::Zstd(decoder) => decoder.get_ref().get_ref(),
        }
    }
}

impl Decoder {
    fn new(start: Vec<u8>, file: File, total: Arc<AtomicU64>, named: Option<&str>) -> Result<Self, Fault> {
        let magic = start.clone();
        let file = io::Cursor::new(start).chain(file);
        let counted = Counted { file, hash: Some(Sha256::new()), bytes: 0, total };
        Ok(match (magic.as_slice(), named) {
            ([0x1F, 0x8B, ..], _) => {
                Self::Gzip(Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, counted))))
            }
            ([0x28, 0xB5, 0x2F, 0xFD], _) => {
                let decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(BUFFER, counted));
                Self::Zstd(Box::new(decoder.map_err(|error| Fault::unreadable(&error))?))
            }
            (_, Some(format)) => {
                let error = format!("it does not begin as {format} data does");
                return Err(SkipReason::Decompression { format: format.into(), error }.into());
            }
            _ => Self::Plain(counted),
        })
    }
}

/// The compression that a name promises.
fn compression(path: &str) -> Option<&'static str> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    match ending.as_str() {
        "gz" => Some("gzip"),
        "zst" | "zstd" => Some("zstd"),
        _ => None,
    }
}

/// Reads what follows the head, and watches its growth.
impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.rest {
            Decoder::Plain(file) => return file.read(buffer),
            Decoder::Gzip(decoder) => decoder.read(buffer)?,
            Decoder::Zstd(decoder) => decoder.read(buffer)?,
        };
        self.grown += read as u64;
        if self.grown > HARMLESS && self.grown / RATIO > self.counted().bytes {
            return Err(io::Error::other(Grown));
        }
        Ok(read)
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(hash) = &mut self.hash {
            hash.update(&buffer[..read]);
        }
        self.bytes += read as u64;
        self.total.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
