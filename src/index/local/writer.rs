//! The one writer. After any error it is closed, because tantivy's own goes on answering Ok to everything while it
//! indexes nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError, RwLock};

use serde_json::to_string;
use tantivy::directory::Directory;
use tantivy::directory::error::LockError;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::folder::Folder;
use super::mentions;
use super::packed::packed;
use super::schema::{FORMAT, Fields};
use super::{LocalIndex, PART, Payload, part, write};
use crate::document::{Entry, NAME_END};
use crate::index::{IndexError, Receipt, State, Writer};

/// Bytes that one thread gathers at most before it writes a segment, and at least.
const ARENA: usize = 256 << 20;
const LEAST_ARENA: usize = 16 << 20;
/// A whole string in the index is at most so long; the engine below drops longer ones.
const LONGEST: usize = 32 << 10;
/// Bytes of a value that is counted, and how many of a kind a document may have: a column of more than 4 GB crashes
/// the merge that makes it.
const LONGEST_VALUE: usize = 200;
const MOST_VALUES: usize = 64;
/// How many values of what is recognised: a book names thousands.
const MOST_NAMED: usize = 1_000;
/// Who holds the lock; read for the message alone.
const OWNER: &str = "writer.pid";

/// The writer of a [`LocalIndex`].
pub(super) struct LocalWriter {
    /// `None` once an error has closed it.
    inner: RwLock<Option<IndexWriter>>,
    /// What it writes to; knows the first failure, also of a merge.
    folder: Folder,
    fields: Fields,
    /// Names of parts that may lie in the folder.
    parts: Mutex<BTreeSet<String>>,
}

impl LocalWriter {
    pub fn open(index: &LocalIndex, threads: usize, memory: usize) -> Result<Self, IndexError> {
        let folder = index.directory.anew();
        let handle = LocalIndex::handle(folder.clone()).map_err(|error| write(&error))?;
        let threads = threads.clamp(1, 8).min((memory / LEAST_ARENA).max(1));
        let arena = (memory / threads).clamp(LEAST_ARENA, ARENA);
        let inner = handle.writer_with_num_threads(threads, arena * threads).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked { owner: owner(index) },
            error => write(&error),
        })?;
        // What a run left that was killed or failed takes room, and a later one may come to the same names. The commit that
        // tells what is left must itself be durable before.
        folder.sync_directory().map_err(|error| write(&error))?;
        inner.garbage_collect_files().wait().map_err(|error| write(&error))?;
        let state = index.state_of(&index.read_meta()?)?;
        let mut parts: BTreeSet<String> = state.parts.into_iter().map(|part| part.name).collect();
        if let Some(path) = &index.path {
            sweep(path);
            parts.extend(lying(path));
            // The lock is the file system's; this only names its owner in a message, so a failure changes nothing.
            let _ = std::fs::write(path.join(OWNER), std::process::id().to_string());
        }
        Ok(Self { inner: RwLock::new(Some(inner)), folder, fields: index.fields, parts: Mutex::new(parts) })
    }

    /// Does something with the writer; an error closes it, and so does a merge that has failed since.
    fn with(&self, act: impl FnOnce(&IndexWriter) -> tantivy::Result<()>) -> Result<(), IndexError> {
        let error = {
            let inner = self.inner.read().map_err(|_| IndexError::WriterClosed)?;
            let writer = inner.as_ref().ok_or(IndexError::WriterClosed)?;
            match self.folder.failure() {
                Some(reason) => write(&reason),
                None => match act(writer) {
                    Ok(()) => return Ok(()),
                    Err(error) => write(&error),
                },
            }
        };
        Err(self.close().unwrap_or(error))
    }

    /// Deletes the parts that a durable commit does not name. One that cannot be deleted is tried again by the next writer.
    fn drop_parts(&self, state: &State) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_named = |name: &String| state.parts.iter().any(|part| part.name == *name);
        parts.retain(|name| is_named(name) || self.folder.delete(&part(name)).is_err());
    }

    /// Drops the writer and says what stopped it. Where no write has failed, a thread knows it that is joined before a
    /// commit, which never comes.
    fn close(&self) -> Option<IndexError> {
        let mut writer = self.inner.write().unwrap_or_else(PoisonError::into_inner).take()?;
        match self.folder.failure() {
            Some(reason) => Some(write(&reason)),
            None => writer.prepare_commit().err().map(|error| self.told(&error)),
        }
    }

    /// The error as it is told: the failure to write that lies at its bottom, where there is one.
    fn told(&self, error: &TantivyError) -> IndexError {
        self.folder.failure().map_or_else(|| write(error), |reason| write(&reason))
    }
}

impl Writer for LocalWriter {
    fn add(&self, entries: &[Entry]) -> Result<(), IndexError> {
        // One batch wakes one thread once; a document at a time costs more in waking than in work.
        let batch: Vec<UserOperation> =
            entries.iter().map(|entry| UserOperation::Add(stored(&self.fields, entry))).collect();
        self.with(|writer| writer.run(batch).map(drop))
    }

    fn remove(&self, key: &str) -> Result<(), IndexError> {
        let term = Term::from_field_bytes(self.fields.key, &unhex(key));
        self.with(|writer| {
            writer.delete_term(term);
            Ok(())
        })
    }

    fn remove_file(&self, file_key: &str) -> Result<(), IndexError> {
        let term = Term::from_field_bytes(self.fields.file, &unhex(file_key));
        self.with(|writer| {
            writer.delete_term(term);
            Ok(())
        })
    }

    fn attach(&self, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        self.with(|_| Ok(self.folder.atomic_write(&part(name), bytes)?))
    }

    fn commit(&mut self, state: &State) -> Result<Receipt, IndexError> {
        let payload = to_string(&Payload { format: FORMAT, state: state.clone() })
            .map_err(|error| IndexError::Write { reason: error.to_string(), next: "report this" })?;
        let inner = self.inner.get_mut().map_err(|_| IndexError::WriterClosed)?;
        let committed = inner.as_mut().ok_or(IndexError::WriterClosed)?.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&payload);
            prepared.commit()
        });
        match committed {
            Ok(commit) => {
                self.drop_parts(state);
                Ok(Receipt { commit })
            }
            Err(error) => {
                inner.take();
                Err(self.told(&error))
            }
        }
    }

    fn purge(&mut self) -> Result<(), IndexError> {
        let inner = self.inner.get_mut().map_err(|_| IndexError::WriterClosed)?;
        let writer = inner.as_mut().ok_or(IndexError::WriterClosed)?;
        let held = |writer: &IndexWriter| -> tantivy::Result<Vec<SegmentId>> {
            let segments = writer.index().searchable_segment_metas()?.into_iter();
            Ok(segments.filter(SegmentMeta::has_deletes).map(|segment| segment.id()).collect())
        };
        let mut purge = || {
            for id in held(writer)? {
                // One that is being merged already is rewritten by that.
                drop(writer.merge(&[id]).wait());
            }
            writer.garbage_collect_files().wait()
        };
        purge().map(drop).map_err(|error| self.told(&error))
    }

    fn finish(self: Box<Self>) -> Result<(), IndexError> {
        let inner = self.inner.write().map_err(|_| IndexError::WriterClosed)?.take();
        let ended = inner.ok_or(IndexError::WriterClosed)?.wait_merging_threads();
        // The engine below keeps a failed merge to itself.
        match (self.folder.failure(), ended) {
            (Some(reason), _) => Err(write(&reason)),
            (None, ended) => ended.map_err(|error| write(&error)),
        }
    }
}

/// ` (process 4711)` where the owner of the lock left its number.
fn owner(index: &LocalIndex) -> String {
    let number = index.path.as_ref().and_then(|path| std::fs::read_to_string(path.join(OWNER)).ok());
    let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    number.map(|number| format!(" (process {number})")).unwrap_or_default()
}

/// Takes away what a killed writer left half-written: nobody else writes while we hold the lock.
fn sweep(path: &Path) {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp")) {
        let _ = std::fs::remove_file(entry.path());
    }
}

/// Names of the parts that lie in a folder, also of those that no commit came to name.
fn lying(path: &Path) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let name = |path: std::path::PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
    entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == PART)).filter_map(name)
}

/// The bytes of a key; one that is no hexadecimal stands for nothing.
pub(super) fn unhex(key: &str) -> Vec<u8> {
    let digit = |at: usize| key.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..key.len()).step_by(2).map_while(digit).collect()
}

fn stored(fields: &Fields, entry: &Entry) -> TantivyDocument {
    let (document, streams) = (&entry.document, &entry.streams);
    let streams_bytes = streams.text.len() + streams.title_words.len() + streams.body_words.len();
    let mut stored = TantivyDocument::with_capacity(streams_bytes + document.title.len() + document.body.len() + 1024);
    let key = unhex(&document.key());
    let order = key.iter().take(8).fold(0, |order, &byte| order << 8 | u64::from(byte));
    stored.add_bytes(fields.key, &key);
    stored.add_bytes(fields.file, &unhex(&document.origin.file_key()));
    stored.add_u64(fields.order, order);
    stored.add_text(fields.id, cut(&document.label()));
    stored.add_text(fields.place, cut(&document.origin.place()));
    if let Some(date) = document.date {
        stored.add_i64(fields.first_day, i64::from(date.first.0));
        stored.add_i64(fields.last_day, i64::from(date.last.0));
        if date.inferred {
            stored.add_u64(fields.inferred, 1);
            stored.add_text(fields.flags, INFERRED);
        }
    } else {
        stored.add_text(fields.flags, UNDATED);
    }
    if !document.losses.is_empty() {
        stored.add_text(fields.flags, LOSSES);
    }
    if !streams.rest.is_empty() {
        stored.add_text(fields.flags, REST);
    }
    stored.add_u64(fields.title_length, streams.title_length);
    stored.add_u64(fields.han, streams.han);
    streams.sketch.iter().for_each(|number| stored.add_u64(fields.sketch, *number));
    streams.lines.iter().for_each(|number| stored.add_u64(fields.lines, *number));
    stored.add_u64(fields.bytes, (document.title.len() + document.body.len()) as u64);
    for (field, stream) in [
        (fields.text, &streams.text),
        (fields.pairs, &streams.pairs),
        (fields.title_words, &streams.title_words),
        (fields.body_words, &streams.body_words),
        (fields.source, &streams.source),
        (fields.authors, &streams.authors),
        (fields.editor, &streams.editor),
        (fields.path, &streams.path),
        (fields.url, &streams.url),
        (fields.extra, &streams.extra),
        (fields.said, &streams.said),
        (fields.rest, &streams.rest),
    ] {
        if !stream.is_empty() {
            stored.add_text(field, stream);
        }
    }
    for (kind, stream) in &streams.names {
        if let Some(field) = fields.names(*kind) {
            stored.add_text(field, stream);
        }
    }
    columns(&mut stored, fields, entry);
    if let Some(mentions) = mentions::stored(&entry.entities) {
        stored.add_bytes(fields.mentions, &mentions);
    }
    stored.add_bytes(fields.stored_title, &packed(&document.title));
    stored.add_bytes(fields.stored_body, &packed(&document.body));
    // A document is plain data: it serialises, or the programmer has made a mistake that a test finds.
    stored.add_bytes(fields.facts, &serde_json::to_vec(document).unwrap_or_default());
    stored
}

/// The values that documents are counted by, as written.
fn columns(stored: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let document = &entry.document;
    if let Some(source) = document.source.as_ref().filter(|source| !source.is_empty()) {
        stored.add_text(fields.source_value, short(source));
    }
    for author in document.authors.iter().filter(|author| !author.is_empty()).take(MOST_VALUES) {
        stored.add_text(fields.author_values, short(author));
    }
    if let Some(folder) = document.origin.folder() {
        stored.add_text(fields.folder_value, short(&folder));
    }
    for (name, value) in entry.streams.extra_values.iter().take(MOST_VALUES) {
        stored.add_text(fields.extra_values, format!("{name}{NAME_END}{}", short(value)));
    }
    for (name, value) in entry.streams.entity_values.iter().take(MOST_NAMED) {
        stored.add_text(fields.entity_values, format!("{name}{NAME_END}{}", short(value)));
    }
    if let Some(seconds) = document.indexed_at {
        stored.add_i64(fields.indexed_at, seconds);
    }
}

/// Flags of a document.
pub(super) const UNDATED: &str = "undated";
pub(super) const LOSSES: &str = "losses";
pub(super) const INFERRED: &str = "inferred";
pub(super) const REST: &str = "rest";

/// The start of a value that is counted.
fn short(value: &str) -> &str {
    &value[..value.floor_char_boundary(LONGEST_VALUE)]
}

/// The start of a text, as far as a whole string may go.
pub(super) fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}
