//! The compressions that are undone: told by their first bytes, each with its decompressor.
//!
//! How far the result may grow is left to `growth`; how much memory a decompressor may take is decided here.

use std::io::{self, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;

use super::super::skip::{Fault, SkipReason};
use super::counted::Counted;

/// Bytes that it takes to tell them apart.
pub(super) const MAGIC: usize = 10;
/// Bytes that decompressors take from the file at once.
const BUFFER: usize = 64 << 10;
/// Memory that an XZ stream may ask for, in KiB: its strongest usual setting takes 65 MiB. Zstandard has a limit of its
/// own, a window of 128 MiB, and the others take less than 8 MiB.
const MEMORY: u32 = 160 << 10;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Compression {
    /// The compression of bytes that begin so, under a name that may promise one.
    ///
    /// # Errors
    /// They do not begin as the name promises.
    pub(super) fn of(start: &[u8], name: &str) -> Result<Option<Self>, Fault> {
        match (Self::told(start), Self::promised(name)) {
            (None, Some(promised)) => {
                let format = promised.name().to_string();
                let error = format!("it does not begin as {format} data does");
                Err(SkipReason::Decompression { format, error }.into())
            }
            (told, _) => Ok(told),
        }
    }

    fn told(start: &[u8]) -> Option<Self> {
        match start {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            // A block, or the end where there is none: `BZh` alone may begin a text.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Self::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }

    /// The compression that a name promises by its ending.
    fn promised(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
        match ending.as_str() {
            "gz" | "tgz" => Some(Self::Gzip),
            "zst" | "zstd" | "tzst" => Some(Self::Zstd),
            "bz2" | "tbz" | "tbz2" => Some(Self::Bzip2),
            "xz" | "txz" => Some(Self::Xz),
            _ => None,
        }
    }

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// The decompressed bytes; parts that follow each other in one file are one stream.
    pub(super) fn undo(self, bytes: Counted) -> io::Result<Box<dyn Read + Send>> {
        let bytes = BufReader::with_capacity(BUFFER, bytes);
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(bytes)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(bytes)?),
            Self::Bzip2 => Box::new(MultiBzDecoder::new(bytes)),
            Self::Xz => Box::new(XzReader::new_mem_limit(bytes, true, MEMORY)),
        })
    }
}
