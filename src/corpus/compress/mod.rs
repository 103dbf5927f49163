//! Opening a file, or an entry of an archive: compression is undone as a stream, and its growth is bounded.
//!
//! Compression is told by its first bytes, whatever the name says (`decoder`), what is taken from the disk is counted
//! and hashed (`counted`), and what comes out of it may only grow so far (`growth`). Nothing is ever unpacked to the
//! disk. What an archive with several files in it holds is left to `archive`.

mod counted;
mod decoder;
mod growth;

use std::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::skip::{Fault, SkipReason};
use super::walk::{SourceFile, irregular};

use counted::Counted;
pub(super) use counted::Taken;
use decoder::{Compression, MAGIC};
pub(super) use growth::{Budget, Growth};

/// Bytes kept back to tell what a file is.
const HEAD: usize = 64 << 10;

/// The decompressed bytes of a file after its head; reading them fails on damage and on a bomb.
pub(super) struct Opened {
    /// The first bytes, or all there are.
    pub head: Vec<u8>,
    /// Archives that it lies in: none for a file on disk.
    pub depth: u8,
    /// The ending that stands for its kind where that is known better than by its name: `html`, or none at all.
    pub kind: Option<&'static str>,
    /// The charset that whoever sent it has declared.
    pub charset: Option<String>,
    /// What all that comes out of the same file on disk may grow to.
    pub budget: Arc<Budget>,
    /// Bytes before decompression, where they are known.
    size: Option<u64>,
    compression: Option<Compression>,
    rest: Box<dyn Read + Send>,
    /// What ended the head, told to whoever reads on.
    cut: Option<io::Error>,
    taken: Arc<Taken>,
    growth: Growth,
    /// The file once more, where it is not compressed: for what is read from its end.
    file: Option<File>,
}

impl Opened {
    /// Opens a file, undoes its compression and reads its head; `total` counts what is taken from the disk.
    pub(super) fn new(source: &SourceFile, total: Arc<AtomicU64>) -> Result<Self, Fault> {
        let unreadable = |error: io::Error| Fault::unreadable(&error);
        // The file may have been replaced since the walk saw it: looked at before it is opened, for a pipe would
        // block, and through the descriptor afterwards.
        if let Some(fault) = irregular(source.path.metadata().map_err(unreadable)?.file_type()) {
            return Err(fault);
        }
        let file = File::open(&source.path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if let Some(fault) = irregular(metadata.file_type()) {
            return Err(fault);
        }
        let (size, budget) = (Some(metadata.len()), Arc::new(Budget::new(metadata.len())));
        let again = file.try_clone().map_err(unreadable)?;
        let opened = Self::begin(Box::new(file), size, Taken::of_file(total), budget, &source.origin.path)?;
        let file = opened.compression.is_none().then_some(again);
        Ok(Self { file, ..opened })
    }

    /// The entry of an archive `depth` archives deep; `size` is what the archive says of it.
    pub(super) fn entry(
        bytes: Box<dyn Read + Send>,
        size: Option<u64>,
        name: &str,
        depth: u8,
        budget: Arc<Budget>,
    ) -> Result<Self, Fault> {
        Ok(Self { depth, ..Self::begin(bytes, size, Taken::of_entry(), budget, name)? })
    }

    fn begin(
        mut bytes: Box<dyn Read + Send>,
        size: Option<u64>,
        taken: Taken,
        budget: Arc<Budget>,
        name: &str,
    ) -> Result<Self, Fault> {
        let mut start = Vec::with_capacity(MAGIC);
        bytes.by_ref().take(MAGIC as u64).read_to_end(&mut start).map_err(|error| fault(&error, None))?;
        if start.is_empty() {
            return Err(SkipReason::Empty.into());
        }
        let (compression, taken) = (Compression::of(&start, name)?, Arc::new(taken));
        let counted = Counted::new(start, bytes, Arc::clone(&taken));
        let rest: Box<dyn Read + Send> = match compression {
            Some(compression) => compression.undo(counted).map_err(|error| Fault::unreadable(&error))?,
            None => Box::new(counted),
        };
        let growth = Growth::new(Arc::clone(&budget));
        let (head, cut, depth, kind, charset, file) = (Vec::new(), None, 0, None, None, None);
        let mut opened = Self { head, depth, kind, charset, budget, size, compression, rest, cut, taken, growth, file };
        opened.read_head()?;
        Ok(opened)
    }

    fn read_head(&mut self) -> Result<(), Fault> {
        let mut head = Vec::new();
        let read = self.by_ref().take(HEAD as u64).read_to_end(&mut head);
        self.head = head;
        match read {
            Err(error) if self.head.is_empty() => Err(self.fault(&error)),
            Ok(_) if self.head.is_empty() => Err(SkipReason::Empty.into()),
            read => {
                self.cut = read.err();
                Ok(())
            }
        }
    }

    /// Gives up the hash, for a file that is not read from its beginning to its end, or sooner without.
    pub(super) fn forget_hash(&mut self) {
        self.taken.forget_hash();
    }

    /// What is taken from the file while it is read.
    pub(super) fn taken(&self) -> Arc<Taken> {
        Arc::clone(&self.taken)
    }

    /// All bytes with the head, and the SHA-256 of the file on disk.
    ///
    /// # Errors
    /// There are more than `limit`, or reading fails.
    pub(super) fn read_whole(mut self, limit: u64) -> Result<(Vec<u8>, Option<String>), Fault> {
        let too_large = |bytes| Fault::from(SkipReason::TooLarge { bytes, limit });
        if let (None, Some(size)) = (self.compression, self.size)
            && size > limit
        {
            return Err(too_large(size));
        }
        let mut bytes = std::mem::take(&mut self.head);
        let more = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
        if let Err(error) = self.by_ref().take(more).read_to_end(&mut bytes) {
            return Err(self.fault(&error));
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        let hash = self.taken.hash();
        Ok((bytes, hash))
    }

    /// The file itself, for what is read from its end, with what counts the bytes taken from it; or back what is no
    /// plain file on disk.
    pub(super) fn into_file(mut self) -> Result<(File, u64, Arc<AtomicU64>), Box<Self>> {
        match self.file.take() {
            Some(file) => Ok((file, self.size.unwrap_or(0), self.taken.total())),
            None => Err(Box::new(self)),
        }
    }

    /// What an error of reading means.
    pub(super) fn fault(&self, error: &io::Error) -> Fault {
        fault(error, self.compression)
    }
}

/// Reads what follows the head, and watches its growth.
impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.cut.take() {
            return Err(error);
        }
        let read = self.rest.read(buffer)?;
        if self.compression.is_some() {
            self.growth.add(read as u64, self.taken.bytes())?;
        }
        Ok(read)
    }
}

/// What an error of reading means: the fault that it carries, damage of compressed data, or an error of the system.
pub(super) fn fault(error: &io::Error, compression: Option<Compression>) -> Fault {
    match (carried(error), compression) {
        (Some(fault), _) => fault.clone(),
        // An error of the disk has a number, one of the decompressor has none.
        (None, Some(compression)) if error.raw_os_error().is_none() => {
            let (format, error) = (compression.name().into(), error.to_string());
            SkipReason::Decompression { format, error }.into()
        }
        _ => Fault::unreadable(error),
    }
}

/// The fault that an error was made from, however often it was wrapped on its way.
fn carried(error: &io::Error) -> Option<&Fault> {
    let mut inner: &(dyn Error + 'static) = error.get_ref()?;
    loop {
        if let Some(fault) = inner.downcast_ref::<Fault>() {
            return Some(fault);
        }
        inner = match inner.downcast_ref::<io::Error>() {
            Some(error) => error.get_ref()?,
            None => inner.source()?,
        };
    }
}
