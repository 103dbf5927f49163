//! The roots: which folder each path named belongs to, and the names by which documents know those folders.
//!
//! Listing what is in them is left to `walk`.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::CorpusError;

/// The paths, canonical, without those that another comes by anyway.
pub(super) fn starts(paths: &[PathBuf]) -> Result<Vec<Start>, CorpusError> {
    let mut starts = Vec::new();
    for path in paths {
        let start = reach(path)?;
        if !starts.contains(&start) {
            starts.push(start);
        }
    }
    let inner: Vec<bool> = starts.iter().map(|start| starts.iter().any(|outer| covers(outer, start))).collect();
    Ok(starts.into_iter().zip(inner).filter(|(_, inner)| !inner).map(|(start, _)| start).collect())
}

/// A path named, canonical, and the folder that it belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub path: PathBuf,
    pub folder: PathBuf,
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

pub(super) fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The last component of each folder, with as many before it as it takes to tell them apart.
pub(super) fn names(folders: &[&Path]) -> Vec<String> {
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
