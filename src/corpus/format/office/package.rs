//! The parts of a package: a ZIP in memory, of which single parts are read, each up to a limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::super::decode;
use super::super::super::skip::{Fault, SkipReason};
use super::super::html;

/// Bytes that a part may grow to whatever it is, and bytes for one compressed byte beyond: a list of a thousand equal
/// rows has 80.
const HARMLESS: u64 = 16 << 20;
const RATIO: u64 = 200;

/// A package, and how many bytes of it may still be read.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limit: u64,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package, of which `limit` bytes at most will be read.
    pub(super) fn open(bytes: &'a [u8], limit: u64) -> Result<Self, Fault> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(SkipReason::Encrypted.into());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        Ok(Self { archive, limit, left: limit })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// A part as text; `None` where there is none of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let declared = html::declared_charset(&bytes);
        Ok(Some(decode::read(bytes, None, declared.as_deref())?.text))
    }

    /// A part without which there is no document.
    pub(super) fn required(&mut self, name: &str) -> Result<String, Fault> {
        self.text(name)?.ok_or_else(|| Fault::malformed(None, format!("it has no part {name}")))
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(fault(&error)),
        };
        let packed = part.compressed_size();
        let room = self.left.min(HARMLESS.max(packed.saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        let read = part.take(room + 1).read_to_end(&mut bytes);
        read.map_err(|error| Fault::malformed(None, format!("its part {name} is damaged: {error}")))?;
        match bytes.len() as u64 {
            length if length <= room => {
                self.left -= length;
                Ok(Some(bytes))
            }
            length if room == self.left => Err(SkipReason::TooLarge { bytes: length, limit: self.limit }.into()),
            _ => Err(SkipReason::TooCompressed.into()),
        }
    }
}

fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            SkipReason::Encrypted.into()
        }
        error => Fault::malformed(None, error.to_string()),
    }
}
