//! Folders kept true: of the files of a corpus only what changed is read, what is gone leaves the index, and what became of
//! each file is remembered with the commit that has its documents.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Engine;
use super::ingest::{Ingest, IngestReport};
use super::ledger::Ledger;
use super::run::{Committing, Run};
use crate::corpus::{Corpus, FileChange, Missing, Root, Skip, nanoseconds};
use crate::document::{FileRecord, SkippedRecord};
use crate::error::Error;
use crate::index::{RootState, State};

/// Of so many files of a root one may be gone before it looks like an unmounted disk.
const GONE: usize = 10;

/// Files that an answer looks at one by one, which takes some microseconds each.
const LOOKED: u64 = 1_000;

/// What a folder holds against what the index knows of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FolderStatus {
    /// Files that are new, `root/path` each.
    pub new: Vec<String>,
    /// Files that changed.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that gave nothing last time, which are tried again.
    pub skipped: Vec<String>,
    /// How many files are as they were.
    pub unchanged: u64,
    /// How many files were taken out for good.
    pub forgotten: u64,
}

/// A file or a record that gave no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SkippedFile {
    /// Name of the folder.
    pub root: String,
    /// Path relative to it, with the entry of an archive and the number of a record.
    pub path: String,
    /// Kind of the reason.
    pub kind: String,
    /// What happened, probably why, and what to do.
    pub message: String,
}

impl Engine {
    /// Adds the documents of files that are new or have changed; a file read again replaces all that was indexed of it
    /// before. Documents of files that are gone leave the index, as [`Missing`] says.
    ///
    /// # Errors
    /// As [`Engine::ingest_with`], and [`Error::Vanished`] before anything is changed.
    pub fn ingest_corpus(&self, mut corpus: Corpus, how: Ingest<'_>) -> Result<IngestReport<Skip>, Error> {
        let run = Run::new(self, how)?.gone(|skip: &Skip| (!skip.keeps_old()).then(|| skip.file_key.clone()));
        // Nobody else writes from here on.
        let snapshot = self.snapshot()?;
        let known = &snapshot.state().roots;
        let walked_at = known.values().map(|root| root.walked_at).max();
        if corpus.has_newer(walked_at.unwrap_or(i64::MIN)) {
            run.load_ahead();
        }
        let mut ledger = Ledger::load(|| self.inner.backend.snapshot())?;
        let vanished = vanished(&ledger, &corpus, known)?;
        drop(snapshot);
        let roots = corpus.walked().to_vec();
        let finished = corpus.knowing(ledger.known().clone());
        let keep = move |commit: Committing<'_, Skip>| {
            finished.take().into_iter().for_each(|record| ledger.add(record));
            if commit.is_last {
                let files = &mut commit.report.files;
                *files = finished.counts();
                files.renamed = renamed(&ledger, &vanished);
                files.gone = vanished.len() as u64 - files.renamed;
                for record in &vanished {
                    commit.writer.remove_file(&record.key())?;
                    ledger.add(FileRecord { gone: true, ..record.clone() });
                }
                remember(commit.state, &roots);
            }
            ledger.write(commit.state, commit.writer)
        };
        run.before_commits(keep).all(corpus.documents())
    }

    /// How the files of a corpus stand to what the index knows of them. Only those whose time alone is another are opened.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn status(&self, corpus: &Corpus) -> Result<FolderStatus, Error> {
        let ledger = Ledger::load(|| self.inner.backend.snapshot())?;
        let mut status = FolderStatus::default();
        for (origin, change) in corpus.changes(ledger.known()) {
            let named = match change {
                FileChange::New => &mut status.new,
                FileChange::Changed => &mut status.changed,
                FileChange::Skipped => &mut status.skipped,
                FileChange::Unchanged => {
                    status.unchanged += 1;
                    continue;
                }
                FileChange::Forgotten => {
                    status.forgotten += 1;
                    continue;
                }
            };
            named.push(format!("{}/{}", origin.root, origin.path));
        }
        let gone = missing(&ledger, corpus, &self.snapshot()?.state().roots);
        status.gone = gone.iter().flat_map(|(_, gone)| gone).map(|record| name(record)).collect();
        status.gone.sort();
        Ok(status)
    }

    /// The folders that were indexed, of those that are still there.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn roots(&self) -> Result<Vec<PathBuf>, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let folders = snapshot.state().roots.values().map(|root| PathBuf::from(&root.folder));
        Ok(folders.filter(|folder| folder.is_dir()).collect())
    }

    /// Every file and record that gave no document when it was read last, in the order of their paths; of a file with very
    /// many only the first are told.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn skipped(&self) -> Result<Vec<SkippedFile>, Error> {
        let ledger = Ledger::load(|| self.inner.backend.snapshot())?;
        let told = |record: &FileRecord| -> Vec<SkippedFile> {
            let FileRecord { root, path, skips, .. } = record;
            let one = |skip: &SkippedRecord| SkippedFile {
                root: root.clone(),
                path: format!("{path}{}", skip.within),
                kind: skip.kind.clone(),
                message: skip.message.clone(),
            };
            skips.iter().map(one).collect()
        };
        let mut records: Vec<&FileRecord> = ledger.records().filter(|record| record.skipped > 0).collect();
        records.sort_unstable_by_key(|record| (&record.root, &record.path));
        Ok(records.into_iter().flat_map(told).collect())
    }

    /// Names of the roots in whose folders something was added, taken away or renamed since they were read: an answer may
    /// be older than they are. A file that is changed in its place is noticed where there are at most a thousand, else by
    /// [`Engine::status`] alone.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn outdated(&self) -> Result<Vec<String>, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let state = snapshot.state();
        let is_later = |root: &RootState, folder: &String| {
            let modified = Path::new(&root.folder).join(folder).metadata().and_then(|folder| folder.modified());
            modified.is_ok_and(|modified| nanoseconds(modified) > root.walked_at)
        };
        let later = state.roots.iter().filter(|(_, root)| root.folders.iter().any(|folder| is_later(root, folder)));
        let mut later: BTreeSet<String> = later.map(|(name, _)| name.clone()).collect();
        if Ledger::rows(state) <= LOOKED {
            let ledger = Ledger::load(|| self.inner.backend.snapshot())?;
            let edited = ledger.records().filter(|record| is_edited(record, &state.roots));
            later.extend(edited.map(|record| record.root.clone()));
        }
        Ok(later.into_iter().collect())
    }
}

/// Whether a file that gave documents is there with another size or time.
fn is_edited(record: &FileRecord, roots: &BTreeMap<String, RootState>) -> bool {
    let Some(root) = roots.get(&record.root).filter(|_| record.documents > 0 && record.path_bytes.is_none()) else {
        return false;
    };
    Path::new(&root.folder).join(&record.path).metadata().is_ok_and(|file| {
        let modified = file.modified().ok().map(nanoseconds);
        file.len() != record.bytes || record.modified.is_some() && modified != record.modified
    })
}

/// Where roots are, and which folders in them were entered.
fn remember(state: &mut State, roots: &[Root]) {
    for root in roots.iter().filter(|root| root.folders.iter().any(String::is_empty)) {
        let folders = root.folders.iter().take(RootState::MOST_FOLDERS).cloned().collect();
        let folder = root.folder.to_string_lossy().into_owned();
        state.roots.insert(root.name.clone(), RootState { folder, walked_at: root.walked_at, folders });
    }
}

/// `root/path`.
fn name(record: &FileRecord) -> String {
    format!("{}/{}", record.root, record.path)
}

/// Root by root, the files that are known and were not found in what was seen of it.
fn missing<'a>(
    ledger: &'a Ledger,
    corpus: &'a Corpus,
    roots: &BTreeMap<String, RootState>,
) -> Vec<(&'a Root, Vec<&'a FileRecord>)> {
    let found: HashSet<&str> = corpus.keys().collect();
    let is_other = |root: &Root| {
        // A root of the same name elsewhere is another folder, unless that one is gone: then it was moved.
        let known = roots.get(&root.name).map(|known| Path::new(&known.folder));
        known.is_some_and(|known| known != root.folder && known.is_dir())
    };
    let gone = |root: &'a Root| {
        let is_gone = |(key, record): &(&'a String, &'a FileRecord)| {
            !record.forgotten && record.root == root.name && below(root, record) && !found.contains(key.as_str())
        };
        ledger.known().iter().filter(is_gone).map(|(_, record)| record).collect()
    };
    corpus.walked().iter().filter(|root| !is_other(root)).map(|root| (root, gone(root))).collect()
}

/// Whether a file lies in what was seen of a root.
fn below(root: &Root, record: &FileRecord) -> bool {
    let inside = |folder: &String| {
        folder.is_empty() || record.path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    root.seen.iter().any(inside)
}

/// The files whose documents leave the index.
fn vanished(ledger: &Ledger, corpus: &Corpus, roots: &BTreeMap<String, RootState>) -> Result<Vec<FileRecord>, Error> {
    if corpus.missing() == Missing::Keep {
        return Ok(Vec::new());
    }
    let missing = missing(ledger, corpus, roots);
    for (root, gone) in missing.iter().filter(|_| corpus.missing() == Missing::Remove) {
        let before = ledger.known().values().filter(|record| record.root == root.name && record.documents > 0);
        let before = before.filter(|record| below(root, record)).count();
        let mut gone: Vec<&FileRecord> = gone.iter().copied().filter(|record| record.documents > 0).collect();
        if gone.len() * GONE > before {
            // A file that was only renamed has the size and the time of one that is new.
            let new = corpus.new_files(ledger.known());
            gone.retain(|record| !record.modified.is_some_and(|modified| new.contains(&(record.bytes, modified))));
        }
        let gone = gone.len();
        if gone * GONE > before {
            let folder = root.folder.clone();
            return Err(Error::Vanished { root: root.name.clone(), folder, gone: gone as u64, of: before as u64 });
        }
    }
    Ok(missing.into_iter().flat_map(|(_, gone)| gone).cloned().collect())
}

/// How many of the files that are gone are there under another name: what was read for the first time has their bytes.
fn renamed(ledger: &Ledger, vanished: &[FileRecord]) -> u64 {
    let mut gone: HashMap<&String, u64> = HashMap::new();
    for hash in vanished.iter().filter_map(|record| record.hash.as_ref()) {
        *gone.entry(hash).or_default() += 1;
    }
    let mut renamed = 0;
    for record in ledger.added().filter(|record| !ledger.known().contains_key(&record.key())) {
        if let Some(left) = record.hash.as_ref().and_then(|hash| gone.get_mut(hash)).filter(|left| **left > 0) {
            *left -= 1;
            renamed += 1;
        }
    }
    renamed
}
