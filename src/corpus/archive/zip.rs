//! ZIP: entries by the list at the end of the file; of a file without that list, those before the cut.
//!
//! The list may lie: entries that share bytes are refused, growth is bounded for each entry and for all together. The
//! structure of the file is the `zip` crate's.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use zip::ZipArchive;
use zip::read::{ZipFile, ZipFileEntry, read_zipfile_from_stream};
use zip::result::ZipError;

use super::super::compress::{Budget, Growth};
use super::super::skip::{Fault, SkipReason};
use super::names::Names;
use super::pipe::{Entry, Sender};
use super::source::Source;
use super::{damage, damaged};

/// Its name in messages.
const FORMAT: &str = "zip";
/// Bytes of the list of entries, which takes some nine times as much in memory: half a million entries.
const LIST: u64 = 64 << 20;
/// Bytes of an entry's own header, its name left out.
const HEADER: u64 = 30;
/// Kinds of documents that are a ZIP inside.
const DOCUMENTS: [&str; 18] = [
    "docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm", "odt", "ods", "odp", "epub", "ofd", "xps", "pages",
    "numbers", "key", "wps", "et",
];
/// Names that the first entry of such a document has.
const FIRST: [&[u8]; 5] = [b"mimetype", b"[Content_Types].xml", b"_rels/", b"META-INF/", b"OFD.xml"];
/// The bits of a mode that tell what a file is, and the values of a plain file and of a link.
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;
const LINK: u32 = 0o120_000;

/// Whether bytes begin as a ZIP does, an empty one with it.
pub(super) fn begins(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..])
}

/// Whether a ZIP is one document, by its name or by its first entry.
pub(super) fn is_document(head: &[u8], ending: &str) -> bool {
    let first = head.get(HEADER as usize..).unwrap_or_default();
    DOCUMENTS.contains(&ending) || ending != "zip" && FIRST.iter().any(|name| first.starts_with(name))
}

/// Walks the entries of a ZIP.
pub(super) fn walk(mut source: Source, budget: &Arc<Budget>, sender: &mut Sender) -> Result<(), Fault> {
    let allowed = source.allowed();
    allowed.store(LIST, Ordering::Relaxed);
    let listed = ZipArchive::new(&mut source);
    allowed.store(u64::MAX, Ordering::Relaxed);
    let mut archive = match listed {
        Ok(archive) => archive,
        Err(error) => {
            if before_the_cut(source, budget, sender).is_continue() {
                sender.cut(fault(error));
            }
            return Ok(());
        }
    };
    let mut names = Names::default();
    archive.file_names_raw().for_each(|name| names.learn(name));
    let mut taken = Taken::default();
    for number in 0..archive.len() {
        let entry = archive.by_index_data(number).map_err(fault)?;
        if entry.is_dir() {
            continue;
        }
        let (name, size, packed) = (names.shown(entry.name_raw()), entry.size(), entry.compressed_size());
        let is_shared = !taken.add(&entry);
        let opened = match refusal(&entry, is_shared) {
            Some(fault) => Err(fault),
            None => archive.by_index(number).map_err(fault),
        };
        let flow = match opened {
            Ok(file) => {
                sender.entry(Entry { name, size: Some(size), ..Entry::default() }, &mut grown(file, packed, budget))
            }
            Err(fault) => sender.skip(name, fault),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if archive.has_duplicate_names() {
        let reason = "several entries of one name".to_string();
        let message = "has several entries of one name, of which the last was read: rename the others";
        return Err(Fault::new(SkipReason::Malformed { line: None, reason }, message));
    }
    Ok(())
}

/// The entries of a ZIP whose list is lost, as far as they tell their own sizes.
fn before_the_cut(mut source: Source, budget: &Arc<Budget>, sender: &mut Sender) -> ControlFlow<()> {
    let mut names = Names::default();
    if source.seek(SeekFrom::Start(0)).is_err() {
        return ControlFlow::Continue(());
    }
    while let Ok(Some(file)) = read_zipfile_from_stream(&mut source) {
        if file.is_dir() {
            continue;
        }
        let (name, size, packed) = (names.shown(file.name_raw()), file.size(), file.compressed_size());
        sender.entry(Entry { name, size: Some(size), ..Entry::default() }, &mut grown(file, packed, budget))?;
    }
    ControlFlow::Continue(())
}

/// Why an entry is not read.
fn refusal(entry: &ZipFileEntry<'_>, is_shared: bool) -> Option<Fault> {
    let kind = entry.unix_mode().map_or(0, |mode| mode & KIND);
    if entry.is_symlink() || kind == LINK {
        let message = "is a symbolic link in an archive, which is not followed: nothing to do";
        return Some(Fault::new(SkipReason::SymbolicLink, message));
    }
    if kind != 0 && kind != PLAIN {
        return Some(SkipReason::NotRegular.into());
    }
    if entry.encrypted() {
        return Some(SkipReason::Encrypted.into());
    }
    let reason = || "it shares bytes with another entry".to_string();
    let message =
        "shares its bytes with another entry, as a decompression bomb does: unpack it yourself if you trust it";
    is_shared.then(|| Fault::new(SkipReason::Malformed { line: None, reason: reason() }, message))
}

/// The stretches of the file that entries have taken, each by its beginning.
#[derive(Default)]
struct Taken(BTreeMap<u64, u64>);

impl Taken {
    /// Takes what an entry has at the least, its header with it; says whether it was free.
    fn add(&mut self, entry: &ZipFileEntry<'_>) -> bool {
        let start = entry.header_start();
        let length = HEADER + entry.compressed_size().saturating_add(entry.name_raw().len() as u64);
        let end = start.saturating_add(length);
        let is_free = self.0.range(..end).next_back().is_none_or(|(_, taken)| *taken <= start);
        if is_free {
            self.0.insert(start, end);
        }
        is_free
    }
}

/// The bytes of an entry, with their growth watched and damage told.
fn grown<'a, R: Read>(file: ZipFile<'a, R>, packed: u64, budget: &Arc<Budget>) -> Grown<ZipFile<'a, R>> {
    Grown { bytes: file, packed, growth: Growth::new(Arc::clone(budget)) }
}

struct Grown<R> {
    bytes: R,
    packed: u64,
    growth: Growth,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer).map_err(|error| io::Error::other(damage(FORMAT, &error)))?;
        self.growth.add(read as u64, self.packed)?;
        Ok(read)
    }
}

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) => damage(FORMAT, &error),
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            SkipReason::Encrypted.into()
        }
        ZipError::InvalidArchive(error) if error.contains("EOCD") => {
            damaged(FORMAT, "the list of its entries is missing")
        }
        ZipError::InvalidArchive(error) => damaged(FORMAT, error.into_owned()),
        error => damaged(FORMAT, error.to_string()),
    }
}
