//! Files held against what is known of them, so that only what changed is read; and what became of each, once it is done.
//!
//! Where such records are kept, and what becomes of files that are no longer there, is left to others.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::skip::Skip;
use super::walk::SourceFile;
use crate::document::{Document, FileRecord, SkippedRecord, hex};

/// Nanoseconds in which a file may change again without another time to show for it.
const TICK: i64 = 20_000_000;
/// Bytes that are hashed at once.
const BUFFER: usize = 256 << 10;

/// How a file stands to what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// Nothing is known of it.
    New,
    /// Its bytes, or how it would be read, are others.
    Changed,
    /// Nothing was read from it last time; it is tried again.
    Skipped,
    /// Nothing has changed.
    Unchanged,
    /// It was taken out for good and is not read.
    Forgotten,
}

/// How many files a run came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileCounts {
    /// Read for the first time.
    pub new: u64,
    /// Read again, because they changed.
    pub changed: u64,
    /// Tried again, because they gave nothing before.
    pub retried: u64,
    /// Left as they were.
    pub unchanged: u64,
    /// Passed by, because they were taken out for good.
    pub forgotten: u64,
    /// Found under another name: read as new, and the old name is gone.
    pub renamed: u64,
    /// No longer there: their documents left the index.
    pub gone: u64,
}

/// The files that are done, shared between who reads them and who remembers them.
#[derive(Clone, Debug, Default)]
pub struct Finished {
    known: Arc<HashMap<String, FileRecord>>,
    /// What has not changed is read all the same.
    again: bool,
    done: Arc<Mutex<(Vec<FileRecord>, FileCounts)>>,
}

impl Finished {
    /// Nothing is done yet; what is known of files, by their keys.
    pub(super) fn new(known: Arc<HashMap<String, FileRecord>>, again: bool) -> Self {
        Self { known, again, done: Arc::default() }
    }

    /// What became of the files done since the last call: every document of them was given before.
    pub fn take(&self) -> Vec<FileRecord> {
        std::mem::take(&mut self.lock().0)
    }

    /// How many files were come by.
    pub fn counts(&self) -> FileCounts {
        self.lock().1
    }

    fn lock(&self) -> MutexGuard<'_, (Vec<FileRecord>, FileCounts)> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a file is to be read, as far as one can tell without reading it. What need not be is done.
    pub(super) fn wants(&self, file: &SourceFile, reading: &str) -> bool {
        let record = self.known.get(&file.key);
        let change = compare(file, record, reading, self.again);
        let mut done = self.lock();
        if change == FileChange::Unchanged {
            let modified = settled(file);
            let record = record.filter(|record| record.modified != modified);
            done.0.extend(record.map(|record| FileRecord { modified, ..record.clone() }));
        }
        let counts = &mut done.1;
        let count = match change {
            FileChange::New => &mut counts.new,
            FileChange::Changed => &mut counts.changed,
            FileChange::Skipped => &mut counts.retried,
            FileChange::Unchanged => &mut counts.unchanged,
            FileChange::Forgotten => &mut counts.forgotten,
        };
        *count += 1;
        !matches!(change, FileChange::Unchanged | FileChange::Forgotten)
    }

    /// A file is done. What was known of one that could not be read now is kept, and it is tried again.
    pub(super) fn push(&self, Draft { mut record, keeps_old }: Draft) {
        if let Some(old) = self.known.get(&record.key()).filter(|old| keeps_old && old.documents > 0) {
            let FileRecord { skipped, skips, .. } = record;
            record = FileRecord { modified: None, hash: None, skipped, skips, ..old.clone() };
        }
        self.lock().0.push(record);
    }
}

/// How a file stands to its record: by its size and its time, and where only the time is another, by its bytes. `again` takes
/// every file that is known for changed.
pub(super) fn compare(file: &SourceFile, record: Option<&FileRecord>, reading: &str, again: bool) -> FileChange {
    match record {
        None => FileChange::New,
        Some(record) if record.forgotten => FileChange::Forgotten,
        Some(record) if record.documents == 0 && record.skipped > 0 => FileChange::Skipped,
        Some(record) if again || record.bytes != file.bytes || record.reading != reading => FileChange::Changed,
        Some(record) if record.modified.is_some() && record.modified == file.modified => FileChange::Unchanged,
        Some(record) if record.hash.is_some() && hash(file).ok() == record.hash => FileChange::Unchanged,
        Some(_) => FileChange::Changed,
    }
}

/// The time of a file's last change, if it is so long ago that another change would show.
fn settled(file: &SourceFile) -> Option<i64> {
    let now = super::walk::nanoseconds(std::time::SystemTime::now());
    file.modified.filter(|modified| now.saturating_sub(*modified) > TICK)
}

fn hash(file: &SourceFile) -> io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; BUFFER]);
    let mut file = File::open(&file.path)?;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// The record of a file that is being read.
pub(super) struct Draft {
    record: FileRecord,
    /// It could not be read now.
    keeps_old: bool,
}

impl Draft {
    /// Before the first byte is read: a later change must show.
    pub(super) fn new(file: &SourceFile, reading: &str) -> Self {
        let (bytes, modified) = (file.bytes, settled(file));
        let record = FileRecord { bytes, modified, reading: reading.to_owned(), ..FileRecord::new(&file.origin) };
        Self { record, keeps_old: false }
    }

    /// What the walk could not take for a file.
    pub(super) fn of_skip(skip: &Skip, reading: &str) -> Self {
        let (root, path, path_bytes) = (skip.root.clone(), skip.path.clone(), skip.path_bytes.clone());
        let record = FileRecord { root, path, path_bytes, reading: reading.to_owned(), ..FileRecord::default() };
        let mut draft = Self { record, keeps_old: false };
        draft.skip(skip);
        draft
    }

    /// Counts what the file gave.
    pub(super) fn add(&mut self, read: &Result<Document, Skip>) {
        let record = &mut self.record;
        match read {
            Ok(document) => {
                record.documents += 1;
                record.with_losses += u64::from(!document.losses.is_empty());
                // The documents of an archive have hashes of their own.
                let whole = document.file_hash.as_ref().filter(|_| document.origin.entry.is_none());
                record.hash = record.hash.take().or(whole.cloned());
            }
            Err(skip) => self.skip(skip),
        }
    }

    /// Whether the file has given nothing at all, not even a reason.
    pub(super) fn is_bare(&self) -> bool {
        self.record.documents + self.record.skipped == 0
    }

    /// The file was read to its end.
    pub(super) fn hashed(&mut self, hash: Option<String>) {
        self.record.hash = self.record.hash.take().or(hash);
    }

    pub(super) fn skip(&mut self, skip: &Skip) {
        self.keeps_old |= skip.keeps_old();
        let record = &mut self.record;
        record.skipped += 1;
        if record.skips.len() < FileRecord::MOST_SKIPS {
            let (within, kind) = (skip.within(), skip.reason.kind());
            record.skips.push(SkippedRecord { within, kind, message: skip.message.clone() });
        }
    }
}
