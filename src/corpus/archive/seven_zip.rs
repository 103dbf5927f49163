//! 7Z: entries block by block; the files of a block are compressed together, so that damage costs the rest of it.
//!
//! Structure and decompression are the `sevenz-rust2` crate's, with a limit of memory.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};

use super::super::compress::{Budget, Growth};
use super::super::skip::{Fault, SkipReason};
use super::names::Names;
use super::pipe::{Entry, Sender};
use super::source::Source;
use super::{MEMORY, damage, damaged};

/// Its name in messages.
const FORMAT: &str = "7z";
/// Where Unix archivers put the mode among the attributes, the mark that they did, and the bits and values of kinds.
const MODE: u32 = 16;
const HAS_MODE: u32 = 0x8000;
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;
const LINK: u32 = 0o120_000;

/// Walks the entries of a 7Z.
pub(super) fn walk(mut source: Source, budget: &Arc<Budget>, sender: &mut Sender) -> Result<(), Fault> {
    let size = source.size();
    let password = Password::empty();
    let archive = Archive::read_with_memory_limit(&mut source, &password, MEMORY).map_err(told)?;
    let mut growth = Growth::new(Arc::clone(budget));
    for block in 0..archive.blocks.len() {
        let first = archive.stream_map.block_first_file_index.get(block).copied().unwrap_or(0);
        let decoder = BlockDecoder::new_with_memory_limit(1, MEMORY, block, &archive, &password, &mut source);
        let entries = decoder.entry_count();
        if archive.is_file_encrypted(first) {
            for entry in &archive.files[first..first + entries] {
                if !entry.is_directory && sender.skip(shown(entry), SkipReason::Encrypted.into()).is_break() {
                    return Ok(());
                }
            }
            continue;
        }
        let mut walk = Walk { sender, growth: &mut growth, size, seen: 0, is_over: false };
        let walked = decoder.for_each_entries(&mut |entry, bytes| Ok(walk.entry(entry, bytes).is_continue()));
        let Walk { seen, is_over, .. } = walk;
        if is_over {
            return Ok(());
        }
        // The entry that broke has told of it by itself; those behind it are lost with it.
        if let Err(error) = walked
            && (seen < entries || seen == 0)
        {
            let Fault { reason, message } = told(error);
            let message = format!("{message}; {} entries compressed together are lost", entries - seen);
            if sender.fault(Fault::new(reason, message)).is_break() {
                return Ok(());
            }
        }
    }
    let without_bytes =
        archive.stream_map.file_block_index.iter().zip(&archive.files).filter(|(block, _)| block.is_none());
    for (_, entry) in without_bytes.filter(|(_, entry)| !entry.is_directory && !entry.is_anti_item) {
        if sender.skip(shown(entry), SkipReason::Empty.into()).is_break() {
            break;
        }
    }
    Ok(())
}

/// The walk over one block.
struct Walk<'a> {
    sender: &'a mut Sender,
    growth: &'a mut Growth,
    /// Bytes of the archive.
    size: u64,
    /// Entries met so far.
    seen: usize,
    /// Nobody listens any more.
    is_over: bool,
}

impl Walk<'_> {
    fn entry(&mut self, entry: &ArchiveEntry, bytes: &mut dyn Read) -> ControlFlow<()> {
        self.seen += 1;
        if entry.is_directory || entry.is_anti_item {
            return ControlFlow::Continue(());
        }
        let (name, size) = (shown(entry), entry.size);
        let mut grown = Grown { bytes, growth: self.growth, size: self.size, is_bomb: false };
        let flow = match refusal(entry) {
            Some(fault) => self.sender.skip(name, fault),
            None => self.sender.entry(Entry { name, size: Some(size), ..Entry::default() }, &mut grown),
        };
        self.is_over = flow.is_break();
        // What follows in the block would have to be decompressed behind it.
        if grown.is_bomb { ControlFlow::Break(()) } else { flow }
    }
}

fn shown(entry: &ArchiveEntry) -> String {
    Names::default().shown(entry.name.as_bytes())
}

/// Why an entry is not read.
fn refusal(entry: &ArchiveEntry) -> Option<Fault> {
    let attributes = entry.windows_attributes;
    match (attributes >> MODE) & KIND {
        _ if attributes & HAS_MODE == 0 => None,
        0 | PLAIN => None,
        LINK => {
            let message = "is a symbolic link in an archive, which is not followed: nothing to do";
            Some(Fault::new(SkipReason::SymbolicLink, message))
        }
        _ => Some(SkipReason::NotRegular.into()),
    }
}

/// The bytes of an entry, with the growth of the whole archive watched and damage told.
struct Grown<'a> {
    bytes: &'a mut dyn Read,
    growth: &'a mut Growth,
    size: u64,
    is_bomb: bool,
}

impl Read for Grown<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer).map_err(|error| io::Error::other(damage(FORMAT, &error)))?;
        let grown = self.growth.add(read as u64, self.size);
        self.is_bomb |= grown.is_err();
        grown.map(|()| read)
    }
}

fn told(error: Error) -> Fault {
    match error {
        Error::Io(error, _) | Error::FileOpen(error, _) => damage(FORMAT, &error),
        Error::PasswordRequired | Error::MaybeBadPassword(_) => SkipReason::Encrypted.into(),
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => SkipReason::Encrypted.into(),
        Error::UnsupportedCompressionMethod(method) => {
            damaged(FORMAT, format!("compressed by {method}, which is not read here"))
        }
        Error::MaxMemLimited { actaul_kb, .. } => {
            damaged(FORMAT, format!("it asks for {} MiB of memory", actaul_kb >> 10))
        }
        Error::ChecksumVerificationFailed | Error::NextHeaderCrcMismatch => damaged(FORMAT, "a checksum is wrong"),
        Error::Other(error) | Error::Unsupported(error) => damaged(FORMAT, error.into_owned()),
        error => damaged(FORMAT, error.to_string()),
    }
}
