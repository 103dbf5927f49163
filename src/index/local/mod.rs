//! The embedded index: tantivy on a folder or in memory. The only folder of the source that names it.
//!
//! [`LocalIndex`] opens and makes indexes; `writer` adds and commits, `snapshot` answers. Membership is decided by
//! `matching` over unigrams with positions, the order by `scoring` over words.

mod collecting;
mod exact;
#[cfg(test)]
mod faults;
mod folder;
mod glob;
mod matching;
mod mentions;
mod near;
mod packed;
mod phrase;
mod places;
mod rows;
mod schema;
mod scoring;
mod snapshot;
mod tally;
mod terms;
mod tokens;
mod writer;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyError};

use super::{Backend, IndexError, Snapshot, State, Writer};
use folder::Folder;
use schema::{FORMAT, Fields};
use snapshot::LocalSnapshot;
use writer::LocalWriter;

/// Ending of the files that hold parts beside the documents.
const PART: &str = "part";
/// The file that names the segments and carries the payload of the last commit.
const META: &str = "meta.json";
/// Bytes of stored texts that are compressed together, of which a hit costs the reading: twice as much saves a fortieth of
/// the index, and ten hits take a twentieth longer.
const STORE_BLOCK: usize = 8 << 10;
/// Level of that compression: twice this saves less than a hundredth.
const STORE_LEVEL: i32 = 3;
/// A reader that finds a file gone, because a merge has replaced it, opens anew so many times.
const ATTEMPTS: usize = 20;

/// An index in a folder or in memory.
pub struct LocalIndex {
    directory: Folder,
    path: Option<PathBuf>,
    fields: Fields,
    /// What was opened last, and the bytes of [`META`] then.
    opened: Mutex<Option<(Vec<u8>, Arc<LocalSnapshot>)>>,
}

/// What travels with a commit.
#[derive(Default, Serialize, Deserialize)]
struct Payload {
    format: u32,
    state: State,
}

impl LocalIndex {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// There is none, the folder holds something else, or an index of another format.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if !path.join(META).exists() {
            let mut entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            return Err(match entries.any(|entry| !is_note(&entry.path())) {
                true => not_an_index(path, "no meta.json in it"),
                false => IndexError::Missing { path: path.to_owned() },
            });
        }
        let index = Self::over(MmapDirectory::open(path).map_err(read)?, Some(path));
        let meta = index.read_meta()?;
        index.state_of(&meta)?;
        Ok(index)
    }

    /// Makes an index in a folder that has none.
    ///
    /// # Errors
    /// The folder holds something else, or cannot be written.
    pub fn create(path: &Path) -> Result<Self, IndexError> {
        match Self::open(path) {
            Err(IndexError::Missing { .. }) => {}
            Err(error) => return Err(error),
            Ok(_) => return Err(not_an_index(path, "there is an index already")),
        }
        let new = path.ancestors().take_while(|folder| !folder.exists()).count();
        std::fs::create_dir_all(path).map_err(|error| write(&error))?;
        let index = Self::over(MmapDirectory::open(path).map_err(read)?, Some(path));
        index.make()?;
        sync_parents(path, new.max(1)).map_err(|error| write(&error))?;
        Ok(index)
    }

    /// Makes an index in memory.
    ///
    /// # Errors
    /// None that is known.
    pub fn in_memory() -> Result<Self, IndexError> {
        let index = Self::over(RamDirectory::create(), None);
        index.make()?;
        Ok(index)
    }

    fn over(directory: impl Directory, path: Option<&Path>) -> Self {
        let (directory, fields) = (Folder::new(directory), schema::schema().1);
        Self { directory, path: path.map(Path::to_owned), fields, opened: Mutex::default() }
    }

    fn make(&self) -> Result<(), IndexError> {
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(STORE_LEVEL) }),
            docstore_blocksize: STORE_BLOCK,
            ..IndexSettings::default()
        };
        let builder = Index::builder().schema(schema::schema().0).tokenizers(tokens::tokenizers()).settings(settings);
        builder.open_or_create(self.directory.anew()).map_err(|error| write(&error))?;
        Ok(())
    }

    /// The engine's own handle; a new one for each writer, since an old one may carry stale segments.
    fn handle(directory: Folder) -> Result<Index, TantivyError> {
        let mut index = Index::open(directory)?;
        index.set_tokenizers(tokens::tokenizers());
        Ok(index)
    }

    fn read_meta(&self) -> Result<Vec<u8>, IndexError> {
        self.directory.atomic_read(Path::new(META)).map_err(|error| match (error, &self.path) {
            (OpenReadError::FileDoesNotExist(_), Some(path)) => IndexError::Missing { path: path.clone() },
            (error, _) => IndexError::Read { reason: error.to_string() },
        })
    }

    /// The state in a `meta.json`; that of a new index where nothing was committed.
    fn state_of(&self, meta: &[u8]) -> Result<State, IndexError> {
        #[derive(Deserialize)]
        struct Meta {
            schema: Schema,
            payload: Option<String>,
        }
        let here = || self.path.clone().unwrap_or_default();
        let meta: Meta = serde_json::from_slice(meta).map_err(|error| not_an_index(&here(), &error.to_string()))?;
        let foreign =
            || not_an_index(&here(), "its meta.json was written by another program, or by another version of this one");
        let Some(payload) = meta.payload else {
            // Nothing was committed yet: only the fields tell whose it is.
            return if meta.schema == schema::schema().0 { Ok(State::default()) } else { Err(foreign()) };
        };
        let payload: Payload = serde_json::from_str(&payload).map_err(|_| foreign())?;
        if payload.format != FORMAT {
            let next = self.way_out(payload.format > FORMAT);
            return Err(IndexError::Format { found: payload.format, expected: FORMAT, next });
        }
        // Handles of fields are numbers: among other fields they would name the wrong ones.
        if meta.schema == schema::schema().0 { Ok(payload.state) } else { Err(foreign()) }
    }

    /// What to do with an index of another format, of which nothing but its articles' files can be used.
    fn way_out(&self, newer: bool) -> String {
        let here = self.path.as_ref().map_or("DIR".to_owned(), |path| path.display().to_string());
        let first = if newer { "take a newer xunzhang, or index" } else { "it cannot be upgraded in place: index" };
        format!(
            "{first} the folder of articles again, into another folder with `xunzhang index FOLDER --index NEW`, or into \
             this one once {here} is moved away or deleted, with `xunzhang index FOLDER --index {here}`"
        )
    }

    /// Opens what a `meta.json` names, whatever is committed meanwhile: state and documents are of one commit.
    fn open_snapshot(&self, meta: &[u8], state: State) -> Result<LocalSnapshot, TantivyError> {
        let index = Self::handle(self.directory.pinned(meta.to_vec()))?;
        LocalSnapshot::open(&index, self.fields, state, self.directory.anew())
    }
}

impl Backend for LocalIndex {
    fn writer(&self, threads: usize, memory: usize) -> Result<Box<dyn Writer>, IndexError> {
        let writer = LocalWriter::open(self, threads, memory)?;
        Ok(Box::new(writer))
    }

    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError> {
        let mut opened = self.opened.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut attempt = 1;
        loop {
            let meta = self.read_meta()?;
            if let Some((_, snapshot)) = opened.as_ref().filter(|(known, _)| *known == meta) {
                return Ok(snapshot.clone());
            }
            match self.open_snapshot(&meta, self.state_of(&meta)?) {
                Ok(snapshot) => return Ok(opened.insert((meta, Arc::new(snapshot))).1.clone()),
                Err(error) if attempt < ATTEMPTS && is_gone(&error) => attempt += 1,
                Err(error) => return Err(read(error)),
            }
        }
    }
}

/// Makes new folders durable in the folders above them, as tantivy does for the files in an index.
#[cfg(unix)]
fn sync_parents(path: &Path, new: usize) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    path.ancestors().skip(1).take(new).try_for_each(|parent| std::fs::File::open(parent)?.sync_all())
}

/// Elsewhere a folder is durable when it is made.
#[cfg(not(unix))]
fn sync_parents(_: &Path, _: usize) -> std::io::Result<()> {
    Ok(())
}

/// Whether a file in an index's folder is a note for people, and no part of anything.
fn is_note(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with(".md")
}

fn is_gone(error: &TantivyError) -> bool {
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => true,
        TantivyError::IoError(error) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}

/// The file of a part.
fn part(name: &str) -> PathBuf {
    PathBuf::from(format!("{name}.{PART}"))
}

fn not_an_index(path: &Path, reason: &str) -> IndexError {
    IndexError::NotAnIndex { path: path.to_owned(), reason: reason.to_owned() }
}

fn read(error: impl std::fmt::Display) -> IndexError {
    IndexError::Read { reason: error.to_string() }
}

/// A failure to write, with the advice that fits it.
fn write(error: &impl std::fmt::Display) -> IndexError {
    let reason = error.to_string();
    let full =
        ["No space left", "StorageFull", "QuotaExceeded", "File too large"].iter().any(|sign| reason.contains(sign));
    let next = match (full, reason.contains("Permission denied") || reason.contains("Read-only")) {
        (true, _) => "make room on the disk",
        (_, true) => "let this user write to the index's folder",
        _ => "mend what the system names",
    };
    IndexError::Write { reason, next }
}
