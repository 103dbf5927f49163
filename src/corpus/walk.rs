//! The walk: from the paths named to a list of regular files, in the order of names, without opening anything.
//!
//! What a file holds is none of its business; that a folder cannot be read, or that something is no regular file, is.
//! Names that begin with a dot are passed by, unless they are named themselves.

use std::collections::HashSet;
use std::fs::FileType;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::CorpusError;
use super::skip::{Fault, Skip, SkipReason};
use crate::document::Origin;

/// What the walk found, root by root.
#[derive(Debug)]
pub(super) struct Listing {
    /// Names of the roots.
    pub roots: Vec<String>,
    /// Files, and what cannot be one.
    pub entries: Vec<Result<SourceFile, Skip>>,
}

/// A regular file that the walk found.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    pub path: PathBuf,
    /// What its documents are known by; `record` is 0.
    pub origin: Origin,
    /// Its size on disk in bytes, as the walk saw it.
    pub bytes: u64,
}

/// Lists the files below the paths.
pub(super) fn list(paths: &[PathBuf], follow_links: bool) -> Result<Listing, CorpusError> {
    let mut starts = Vec::new();
    for path in paths {
        let start = reach(path)?;
        if !starts.contains(&start) {
            starts.push(start);
        }
    }
    let inner: Vec<bool> = starts.iter().map(|start| starts.iter().any(|outer| covers(outer, start))).collect();
    let starts: Vec<Start> =
        starts.into_iter().zip(inner).filter(|(_, inner)| !inner).map(|(start, _)| start).collect();
    let mut folders: Vec<&Path> = Vec::new();
    for start in &starts {
        if !folders.contains(&start.folder.as_path()) {
            folders.push(&start.folder);
        }
    }
    let roots = names(&folders);
    let mut entries = Vec::new();
    for start in &starts {
        let name = folders.iter().position(|folder| *folder == start.folder).map_or("", |at| roots[at].as_str());
        Root { name, start, follow_links }.list(&mut entries);
    }
    Ok(Listing { roots, entries })
}

/// A path named, canonical, and the folder that it belongs to.
#[derive(PartialEq, Eq)]
struct Start {
    path: PathBuf,
    folder: PathBuf,
}

fn reach(path: &Path) -> Result<Start, CorpusError> {
    let unreachable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => CorpusError::NotFound { path: path.to_path_buf() },
        _ => CorpusError::Unreachable { path: path.to_path_buf(), source },
    };
    let start = path.canonicalize().map_err(unreachable)?;
    let is_folder = start.metadata().map_err(unreachable)?.is_dir();
    let folder = start.parent().filter(|_| !is_folder).unwrap_or(&start).to_path_buf();
    Ok(Start { path: start, folder })
}

/// Whether the walk of one path comes by the other anyway; it does not enter hidden folders.
fn covers(outer: &Start, inner: &Start) -> bool {
    outer != inner && inner.path.strip_prefix(&outer.path).is_ok_and(|below| !below.iter().any(is_hidden))
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The last component of each folder, with as many before it as it takes to tell them apart.
fn names(folders: &[&Path]) -> Vec<String> {
    let parts = |folder: &Path| -> Vec<String> {
        let named = folder.components().filter(|part| !matches!(part, Component::RootDir | Component::Prefix(_)));
        named.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let parts: Vec<Vec<String>> = folders.iter().map(|folder| parts(folder)).collect();
    let mut lengths = vec![1; folders.len()];
    loop {
        let name = |at: usize| parts[at][parts[at].len().saturating_sub(lengths[at])..].join("/");
        let names: Vec<String> = (0..folders.len()).map(name).collect();
        let is_shared = |at: &usize| names.iter().filter(|name| **name == names[*at]).count() > 1;
        let longer: Vec<usize> =
            (0..folders.len()).filter(is_shared).filter(|at| lengths[*at] < parts[*at].len()).collect();
        if longer.is_empty() {
            return names;
        }
        longer.into_iter().for_each(|at| lengths[at] += 1);
    }
}

/// One path to walk.
struct Root<'a> {
    name: &'a str,
    start: &'a Start,
    follow_links: bool,
}

impl Root<'_> {
    fn list(&self, entries: &mut Vec<Result<SourceFile, Skip>>) {
        let walk = WalkDir::new(&self.start.path).follow_links(self.follow_links).sort_by_file_name().into_iter();
        let mut walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
        let (mut seen, mut linked) = (HashSet::new(), Vec::new());
        while let Some(entry) = walk.next() {
            if let Some((skip, is_folder)) = entry.as_ref().ok().and_then(|entry| self.leaves(entry)) {
                entries.push(Err(skip));
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            match entry.map_or_else(|error| Some(Err(self.failed(error))), |entry| self.file(entry)) {
                Some(Ok(file)) if self.follow_links => match file.path.canonicalize() {
                    // A file that is there by itself is known by its own path, not by that of a link to it.
                    Ok(real) if real != file.path => linked.push((real, file)),
                    _ if seen.insert(file.path.clone()) => entries.push(Ok(file)),
                    _ => {}
                },
                found => entries.extend(found),
            }
        }
        linked.retain(|(real, _)| seen.insert(real.clone()));
        for (_, file) in linked {
            entries.push(Ok(file));
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
                Ok(SourceFile { path: entry.into_path(), origin, bytes })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_of_one_name_are_told_apart_by_their_parents() {
        let name = |folders: &[&str]| names(&folders.iter().map(Path::new).collect::<Vec<_>>());
        assert_eq!(name(&["/a/articles", "/b/articles", "/c/news"]), ["a/articles", "b/articles", "news"]);
        assert_eq!(name(&["/x/a/n", "/y/a/n", "/z/n"]), ["x/a/n", "y/a/n", "z/n"]);
        assert_eq!(name(&["/n", "/b/n"]), ["n", "b/n"]);
        assert_eq!(name(&["/"]), [""]);
    }

    #[test]
    fn a_hidden_folder_inside_is_not_covered() {
        let start = |path: &str| Start { path: path.into(), folder: path.into() };
        assert!(covers(&start("/a"), &start("/a/b")));
        assert!(!covers(&start("/a"), &start("/a/.b")) && !covers(&start("/a"), &start("/ab")));
    }
}
