//! ARCHIVES: files with other files in them, read one entry after another and never unpacked to the disk.
//!
//! What an archive is, is told by its first bytes. A thread walks it (`zip`, `tar`, `seven_zip`, `warc`) and hands on
//! the bytes of its entries (`pipe`); each is opened and read as a file is, archives among them. Names inside are never
//! paths (`names`). A broken entry costs only itself, a cut archive what is behind the cut.

mod names;
mod pipe;
mod seven_zip;
mod source;
mod tar;
mod warc;
mod zip;

use std::io;
use std::sync::Arc;

use super::compress::{Budget, Opened, fault};
use super::format::{self, Items};
use super::reader::Reading;
use super::skip::{Fault, Skip, SkipReason};
use crate::document::{Document, Origin};

use pipe::{Entry, Next, Pipe, PipeReader};
use source::Source;

/// Archives, one in another, that are read.
pub(super) const DEEPEST: u8 = 2;
/// Entries of one archive that are read.
const ENTRIES: u64 = 1_000_000;
/// Memory that one decompressor may ask for, in KiB. 7-Zip's strongest usual setting takes 64 MiB.
const MEMORY: usize = 160 << 10;

/// What an error of reading an archive means: one of the disk has a number, damage has none; what the archive's own stream
/// told goes before.
fn damage(format: &str, error: &io::Error) -> Fault {
    match fault(error, None) {
        Fault { reason: SkipReason::Unreadable { .. }, .. } if error.raw_os_error().is_none() => {
            damaged(format, error.to_string())
        }
        fault => fault,
    }
}

fn damaged(format: &str, error: impl Into<String>) -> Fault {
    SkipReason::Decompression { format: format.into(), error: error.into() }.into()
}

/// A kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Archive {
    Zip,
    Tar,
    SevenZip,
    Warc,
}

impl Archive {
    /// The archive that a file is by its first bytes; the ending of its name may promise one.
    ///
    /// # Errors
    /// It does not begin as its name promises.
    pub(super) fn of(head: &[u8], ending: &str) -> Result<Option<Self>, Fault> {
        match (Self::told(head, ending), Self::promised(ending)) {
            (None, Some(promised)) => {
                let format = promised.name();
                Err(damaged(format, format!("it does not begin as {format} data does")))
            }
            (told, _) => Ok(told),
        }
    }

    fn told(head: &[u8], ending: &str) -> Option<Self> {
        match head {
            _ if zip::begins(head) => (!zip::is_document(head, ending)).then_some(Self::Zip),
            [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Some(Self::SevenZip),
            [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..] => Some(Self::Warc),
            _ if tar::begins(head) => Some(Self::Tar),
            _ => None,
        }
    }

    /// The archive that the ending of a name promises, that of compression left out.
    fn promised(ending: &str) -> Option<Self> {
        match ending {
            "zip" => Some(Self::Zip),
            "tar" | "tgz" | "tbz" | "tbz2" | "txz" | "tzst" => Some(Self::Tar),
            "7z" => Some(Self::SevenZip),
            "warc" => Some(Self::Warc),
            _ => None,
        }
    }

    /// Its name in messages.
    fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::SevenZip => "7z",
            Self::Warc => "warc",
        }
    }
}

/// Whether the ending of a name promises an archive.
#[cfg(feature = "formats")]
pub(super) fn is_promised(ending: &str) -> bool {
    Archive::promised(ending).is_some()
}

/// Gives the documents of an archive, entry by entry.
pub(super) fn read(archive: Archive, mut opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let depth = opened.depth + 1;
    if depth > DEEPEST {
        return Err(SkipReason::TooDeep { limit: DEEPEST }.into());
    }
    if matches!(archive, Archive::Zip | Archive::SevenZip) {
        opened.forget_hash();
    }
    let budget = Arc::clone(&opened.budget);
    let grown = Arc::clone(&budget);
    let pipe = match archive {
        Archive::Tar => Pipe::start(move |sender| tar::walk(opened, sender))?,
        Archive::Warc => Pipe::start(move |sender| warc::walk(opened, sender))?,
        Archive::Zip => {
            let source = Source::new(opened, reading.max_bytes)?;
            Pipe::start(move |sender| zip::walk(source, &grown, sender))?
        }
        Archive::SevenZip => {
            let source = Source::new(opened, reading.max_bytes)?;
            Pipe::start(move |sender| seven_zip::walk(source, &grown, sender))?
        }
    };
    let (origin, reading) = (origin.clone(), reading.clone());
    Ok(Box::new(Entries { pipe, origin, reading, depth, budget, facts: Facts::default(), current: None }))
}

/// What an archive says about an entry beside its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Facts {
    url: Option<String>,
    /// Names and values for `extra`.
    extra: Vec<(String, String)>,
    /// Number of the entry among those of one name, from the second on; 0 for the first.
    number: u64,
}

impl Facts {
    fn fill(&self, document: &mut Document) {
        if document.url.is_none() && self.url.is_some() {
            document.url.clone_from(&self.url);
            document.found.push(("url".into(), "address of the record".into()));
        }
        document.extra.extend(self.extra.iter().cloned());
        if document.origin.record == 0 {
            document.origin.record = self.number;
        }
    }
}

/// The documents of the entries that a pipe brings.
struct Entries {
    /// Dropped after the entry that is being read.
    current: Option<Items>,
    pipe: Pipe,
    /// Of the archive itself.
    origin: Origin,
    reading: Reading,
    /// Of the entries.
    depth: u8,
    budget: Arc<Budget>,
    /// Of the entry that is being read.
    facts: Facts,
}

impl Iterator for Entries {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut item) = self.current.as_mut().and_then(Iterator::next) {
                let number = (self.facts.number > 0).then_some(self.facts.number);
                match &mut item {
                    Ok(document) => self.facts.fill(document),
                    Err(skip) => skip.record = skip.record.or(number),
                }
                return Some(item);
            }
            self.current = None;
            match self.pipe.next()? {
                Next::Entry(entry, bytes) => self.current = Some(self.open(entry, bytes)),
                Next::Skip(name, fault) => return Some(Err(Skip::new(&self.origin.inside(&name), None, fault))),
                Next::Fault(fault) => return Some(Err(Skip::new(&self.origin, None, fault))),
            }
        }
    }
}

impl Entries {
    fn open(&mut self, entry: Entry, bytes: PipeReader) -> Items {
        let Entry { name, size, kind, charset, facts } = entry;
        let origin = self.origin.inside(&name);
        self.facts = facts;
        // The name of a page is its address, which promises nothing.
        let promises = if kind.is_some() { "" } else { &name };
        let opened = Opened::entry(Box::new(bytes), size, promises, self.depth, Arc::clone(&self.budget));
        let items = opened.and_then(|mut opened| {
            (opened.kind, opened.charset) = (kind, charset);
            format::read(opened, &origin, &self.reading)
        });
        items.unwrap_or_else(|fault| Box::new(std::iter::once(Err(Skip::new(&origin, None, fault)))))
    }
}
