//! Documents taken out for good: out of the answers, out of the stored texts, and passed by whenever their files are read
//! again.

use serde::Serialize;

use super::ledger::Ledger;
use super::{Engine, clock};
use crate::document::FileRecord;
use crate::error::Error;
use crate::index::{Place, Snapshot, State};

/// What was taken out for good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Forgotten {
    /// Printed ids of the documents.
    pub documents: Vec<String>,
    /// Files that are not read again, `root/path` each.
    pub files: Vec<String>,
}

impl Forgotten {
    /// Nothing has this name.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.files.is_empty()
    }
}

impl Engine {
    /// What [`Engine::forget`] would take out.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn would_forget(&self, name: &str) -> Result<Forgotten, Error> {
        let ledger = Ledger::load(|| self.inner.backend.snapshot())?;
        Ok(Named::new(name, &ledger, &*self.snapshot()?)?.forgotten)
    }

    /// Takes a file with all of its documents, or the documents that an id names, out of the index for good: their stored
    /// texts are gone when this answers, and they do not come back when their files are read again.
    ///
    /// # Errors
    /// The index cannot be written, or another writer is at work.
    pub fn forget(&self, name: &str) -> Result<Forgotten, Error> {
        let mut writer = self.inner.writer(1)?;
        let snapshot = self.snapshot()?;
        let mut ledger = Ledger::of(snapshot.clone())?;
        let named = Named::new(name, &ledger, &*snapshot)?;
        if named.forgotten.is_empty() {
            return Ok(named.forgotten);
        }
        let mut state = State { indexed_at: clock::now(), ..snapshot.state().clone() };
        for file in named.files {
            writer.remove_file(&file.key())?;
            let (documents, skipped, skips) = (0, 0, Vec::new());
            ledger.add(FileRecord { forgotten: true, hash: None, documents, skipped, skips, ..file });
        }
        for document in snapshot.fetch(&named.places)? {
            let key = document.key();
            writer.remove(&key)?;
            state.forgotten.insert(key);
        }
        ledger.write(&mut state, &*writer)?;
        writer.commit(&state)?;
        writer.purge()?;
        writer.finish()?;
        Ok(named.forgotten)
    }

    /// Lets everything that was taken out for good be read again by the next run; gives how many files and documents.
    ///
    /// # Errors
    /// The index cannot be written, or another writer is at work.
    pub fn remember_all(&self) -> Result<u64, Error> {
        let mut writer = self.inner.writer(1)?;
        let snapshot = self.snapshot()?;
        let mut ledger = Ledger::of(snapshot.clone())?;
        let mut state = State { indexed_at: clock::now(), ..snapshot.state().clone() };
        let files: Vec<FileRecord> = ledger.records().filter(|record| record.forgotten).cloned().collect();
        let count = (files.len() + state.forgotten.len()) as u64;
        files.into_iter().for_each(|file| ledger.add(FileRecord { gone: true, forgotten: false, ..file }));
        if !std::mem::take(&mut state.forgotten).is_empty() {
            // Their files have not changed, and must be read again nevertheless.
            let read: Vec<FileRecord> = ledger.records().filter(|record| record.documents > 0).cloned().collect();
            read.into_iter().for_each(|file| ledger.add(FileRecord { reading: String::new(), ..file }));
        }
        ledger.write(&mut state, &*writer)?;
        writer.commit(&state)?;
        writer.finish()?;
        Ok(count)
    }
}

/// What a name stands for.
struct Named {
    files: Vec<FileRecord>,
    /// Documents of other files.
    places: Vec<Place>,
    forgotten: Forgotten,
}

impl Named {
    fn new(name: &str, ledger: &Ledger, snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let is_it = |record: &&FileRecord| {
            let path = &record.path;
            path == name
                || name.strip_prefix(record.root.as_str()).is_some_and(|rest| rest.strip_prefix('/') == Some(path))
        };
        let there = ledger.records().filter(|record| !record.forgotten);
        let files: Vec<FileRecord> = there.filter(is_it).cloned().collect();
        let mut forgotten = Forgotten::default();
        forgotten.files.extend(files.iter().map(|record| format!("{}/{}", record.root, record.path)));
        let mut places = Vec::new();
        if files.is_empty() {
            places = snapshot.find(name)?;
            forgotten.documents = snapshot.ids(&places)?;
        }
        Ok(Self { files, places, forgotten })
    }
}
