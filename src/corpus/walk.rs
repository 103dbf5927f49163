//! The walk: from the paths named to a list of regular files, in the order of names, without opening anything.
//!
//! What a file holds is none of its business; that a folder cannot be read, or that something is no regular file, is.
//! Names that begin with a dot are passed by, unless they are named themselves; which of the others belong is `choice`.

use std::collections::{BTreeMap, HashSet};
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use super::choice::Choice;
use super::roots::{Start, is_hidden, names, starts};
use super::skip::{Fault, Skip, SkipReason};
use super::{CorpusError, ReadOptions};
use crate::document::Origin;

/// What the walk found.
#[derive(Debug)]
pub(super) struct Listing {
    /// The folders that were walked, in the order named.
    pub roots: Vec<Root>,
    /// Files, and what cannot be one.
    pub entries: Vec<Result<SourceFile, Skip>>,
}

/// A folder that a path named belongs to, and how much of it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Root {
    /// Name by which documents know it.
    pub name: String,
    /// Where it is, canonical.
    pub folder: PathBuf,
    /// When the walk began, nanoseconds since 1970 in UTC.
    pub walked_at: i64,
    /// Paths of the folders in it that were named, relative to it and empty for itself, and could be read to the last.
    pub seen: Vec<String>,
    /// The folders in it that were entered, relative to it, in order.
    pub folders: Vec<String>,
}

/// A regular file that the walk found.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    pub path: PathBuf,
    /// What its documents are known by; `record` is 0.
    pub origin: Origin,
    /// Its key, as [`Origin::file_key`] gives it.
    pub key: String,
    /// Its size on disk in bytes, as the walk saw it.
    pub bytes: u64,
    /// Time of its last change, nanoseconds since 1970 in UTC.
    pub modified: Option<i64>,
}

/// Lists the files below the paths.
pub(super) fn list(paths: &[PathBuf], options: &ReadOptions) -> Result<Listing, CorpusError> {
    let starts = starts(paths)?;
    let mut folders: Vec<&Path> = Vec::new();
    for start in &starts {
        if !folders.contains(&start.folder.as_path()) {
            folders.push(&start.folder);
        }
    }
    let mut roots = Vec::new();
    for (name, folder) in names(&folders).into_iter().zip(folders) {
        let (walked_at, seen, folders) = (nanoseconds(SystemTime::now()), Vec::new(), Vec::new());
        roots.push(Root { name, folder: folder.to_owned(), walked_at, seen, folders });
    }
    let mut entries = Vec::new();
    for start in &starts {
        let Some(root) = roots.iter_mut().find(|root| root.folder == start.folder) else { continue };
        let walk = Walk { name: &root.name.clone(), start, follow_links: options.follow_links };
        walk.list(&mut Choice::new(&start.folder, options)?, root, &mut entries);
    }
    if let Some(chosen) = &options.files {
        keep(chosen, &mut roots, &mut entries);
    }
    Ok(Listing { roots, entries })
}

/// Of everything, keeps the files of a list alone, and tells which of them are not there; what else is there is left as it
/// is.
fn keep(chosen: &[PathBuf], roots: &mut [Root], entries: &mut Vec<Result<SourceFile, Skip>>) {
    let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let mut missed: BTreeMap<PathBuf, &PathBuf> = chosen.iter().map(|path| (real(path), path)).collect();
    entries.retain(|entry| entry.as_ref().is_ok_and(|file| missed.remove(&file.path).is_some()));
    let root = roots.first().map_or(String::new(), |root| root.name.clone());
    for path in missed.into_values() {
        let origin = Origin { root: root.clone(), path: path.to_string_lossy().into_owned(), ..Origin::default() };
        let error = "it is listed, and is none of the files of the folders".to_owned();
        entries.push(Err(Skip::new(&origin, None, SkipReason::Unreadable { error }.into())));
    }
    for root in roots {
        root.seen.clear();
        root.folders.clear();
    }
}

/// Nanoseconds since 1970 in UTC.
pub(crate) fn nanoseconds(time: SystemTime) -> i64 {
    let signed = |length: Duration| i64::try_from(length.as_nanos()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -signed(before.duration()), signed)
}

/// One path to walk.
struct Walk<'a> {
    name: &'a str,
    start: &'a Start,
    follow_links: bool,
}

impl Walk<'_> {
    fn list(&self, choice: &mut Choice, root: &mut Root, entries: &mut Vec<Result<SourceFile, Skip>>) {
        let walk = WalkDir::new(&self.start.path).follow_links(self.follow_links).sort_by_file_name().into_iter();
        let mut belongs = |entry: &DirEntry| {
            entry.depth() == 0
                || !is_hidden(entry.file_name()) && choice.takes(entry.path(), entry.file_type().is_dir())
        };
        let mut walk = walk.filter_entry(|entry| belongs(entry));
        let (mut seen, mut linked, mut is_whole) = (HashSet::new(), Vec::new(), self.start.path.is_dir());
        while let Some(entry) = walk.next() {
            if let Some((skip, is_folder)) = entry.as_ref().ok().and_then(|entry| self.leaves(entry)) {
                entries.push(Err(skip));
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            if let Some(folder) = entry.as_ref().ok().filter(|entry| entry.file_type().is_dir()) {
                root.folders.push(self.origin(folder.path()).path);
            }
            match entry.map_or_else(|error| Some(Err(self.failed(error))), |entry| self.file(entry)) {
                Some(Ok(file)) if self.follow_links => match file.path.canonicalize() {
                    // A file that is there by itself is known by its own path, not by that of a link to it.
                    Ok(real) if real != file.path => linked.push((real, file)),
                    _ if seen.insert(file.path.clone()) => entries.push(Ok(file)),
                    _ => {}
                },
                Some(Err(skip)) => {
                    is_whole &= !skip.keeps_old();
                    entries.push(Err(skip));
                }
                found => entries.extend(found),
            }
        }
        linked.retain(|(real, _)| seen.insert(real.clone()));
        for (_, file) in linked {
            entries.push(Ok(file));
        }
        if is_whole {
            root.seen.push(self.origin(&self.start.path).path);
        }
    }

    /// The skip of a followed link that leads out of the folder, and whether it leads to a folder.
    fn leaves(&self, entry: &DirEntry) -> Option<(Skip, bool)> {
        let is_followed = self.follow_links && entry.depth() > 0 && entry.path_is_symlink();
        if !is_followed || !self.leads_out(entry) {
            return None;
        }
        let message =
            "is a symbolic link out of the folder, which is not followed: name its target as a path of its own";
        Some((self.skip(entry.path(), Fault::new(SkipReason::SymbolicLink, message)), entry.file_type().is_dir()))
    }

    fn file(&self, entry: DirEntry) -> Option<Result<SourceFile, Skip>> {
        if entry.file_type().is_dir() {
            return None;
        }
        if let Some(fault) = irregular(entry.file_type()) {
            return Some(Err(self.skip(entry.path(), fault)));
        }
        Some(match entry.metadata() {
            Ok(metadata) => {
                let (origin, bytes) = (self.origin(entry.path()), metadata.len());
                let modified = metadata.modified().ok().map(nanoseconds);
                let key = origin.file_key();
                Ok(SourceFile { path: entry.into_path(), origin, key, bytes, modified })
            }
            Err(error) => Err(self.failed(error)),
        })
    }

    fn leads_out(&self, entry: &DirEntry) -> bool {
        entry.path().canonicalize().is_ok_and(|real| !real.starts_with(&self.start.folder))
    }

    fn failed(&self, error: walkdir::Error) -> Skip {
        let path = error.path().unwrap_or(&self.start.path).to_path_buf();
        if error.loop_ancestor().is_some() {
            let fault = "is a symbolic link to a folder that it is in, which is not followed: nothing to do";
            return self.skip(&path, Fault::new(SkipReason::SymbolicLink, fault));
        }
        let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        if is_link && error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) {
            let fault = "is a symbolic link to nothing: remove it, or restore its target";
            return self.skip(&path, Fault::new(SkipReason::SymbolicLink, fault));
        }
        let error = error.into_io_error().unwrap_or_else(|| io::Error::other("the walk failed"));
        self.skip(&path, Fault::unreadable(&error))
    }

    fn skip(&self, path: &Path, fault: Fault) -> Skip {
        Skip::new(&self.origin(path), None, fault)
    }

    fn origin(&self, path: &Path) -> Origin {
        let relative = path.strip_prefix(&self.start.folder).unwrap_or(path);
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let path_bytes = bytes_of(relative);
        Origin { root: self.name.to_string(), path: parts.join("/"), path_bytes, ..Origin::default() }
    }
}

/// The bytes of a path that is no UTF-8.
#[cfg(unix)]
fn bytes_of(path: &Path) -> Option<Vec<u8>> {
    use std::os::unix::ffi::OsStrExt;
    path.to_str().is_none().then(|| path.as_os_str().as_bytes().to_vec())
}

#[cfg(not(unix))]
fn bytes_of(_: &Path) -> Option<Vec<u8>> {
    None
}

/// Why something is not opened: opening a pipe would wait for ever.
pub(super) fn irregular(kind: FileType) -> Option<Fault> {
    if kind.is_file() {
        return None;
    }
    if kind.is_symlink() {
        return Some(SkipReason::SymbolicLink.into());
    }
    let message = format!("is a {} and no regular file: copy its content into one to read it", special(kind));
    Some(Fault::new(SkipReason::NotRegular, message))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_dir() => "folder",
        _ if kind.is_fifo() => "pipe",
        _ if kind.is_socket() => "socket",
        _ if kind.is_block_device() || kind.is_char_device() => "device",
        _ => "special file",
    }
}

#[cfg(not(unix))]
fn special(kind: FileType) -> &'static str {
    if kind.is_dir() { "folder" } else { "special file" }
}
