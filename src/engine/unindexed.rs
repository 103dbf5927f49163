//! Why an id is no document of an index, as far as the index remembers.

use crate::error::Error;
use crate::explain::NotIndexed;
use crate::index::Snapshot;

/// Ids of other documents of the same file that are named.
const MOST_IDS: usize = 5;

/// Why an id that nothing is found by is no document.
pub(super) fn reason(id: &str, snapshot: &dyn Snapshot) -> Result<NotIndexed, Error> {
    let state = snapshot.state();
    for (root, files) in &state.skipped_files {
        let is_it = |path: &str| {
            id == path || id.strip_prefix(root.as_str()).is_some_and(|rest| rest.strip_prefix('/') == Some(path))
        };
        // A whole file that was skipped has none of its records either.
        let file = files
            .iter()
            .find(|file| is_it(&file.path) || id.split_once('#').is_some_and(|(path, _)| path == file.path));
        if let Some(file) = file {
            return Ok(NotIndexed::Skipped { path: format!("{root}/{}", file.path), message: file.message.clone() });
        }
    }
    for (at, _) in id.match_indices('#') {
        let places = snapshot.find(&id[..at])?;
        if !places.is_empty() {
            let ids = snapshot.ids(&places[..places.len().min(MOST_IDS)])?;
            return Ok(NotIndexed::NotInFile { path: id[..at].to_owned(), documents: places.len() as u64, ids });
        }
    }
    let named = state.skipped_files.values().map(Vec::len).sum::<usize>() as u64;
    let unnamed = state.skipped.values().sum::<u64>().saturating_sub(named);
    Ok(NotIndexed::Unknown { unnamed, indexed_at: state.indexed_at.clone() })
}
