//! Why an id is no document of an index, as far as the index remembers.

use std::sync::Arc;

use super::ledger::Ledger;
use crate::document::FileRecord;
use crate::error::Error;
use crate::explain::NotIndexed;
use crate::index::Snapshot;

/// Ids of other documents of the same file that are named.
const MOST_IDS: usize = 5;

/// Why an id that nothing is found by is no document.
pub(super) fn reason(id: &str, snapshot: &Arc<dyn Snapshot>) -> Result<NotIndexed, Error> {
    let state = snapshot.state();
    let ledger = Ledger::of(Arc::clone(snapshot))?;
    for record in ledger.records().filter(|record| record.skipped > 0) {
        let FileRecord { root, path, skips, .. } = record;
        let id = id.strip_prefix(root.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
        let Some(within) = id.strip_prefix(path.as_str()) else { continue };
        // A whole file that was skipped has none of its records either.
        let skip = skips.iter().find(|skip| skip.within == within || skip.within.is_empty() && within.starts_with('#'));
        if let Some(skip) = skip {
            let path = format!("{root}/{path}{}", skip.within);
            return Ok(NotIndexed::Skipped { path, message: skip.message.clone() });
        }
    }
    for (at, _) in id.match_indices('#') {
        let places = snapshot.find(&id[..at])?;
        if !places.is_empty() {
            let ids = snapshot.ids(&places[..places.len().min(MOST_IDS)])?;
            return Ok(NotIndexed::NotInFile { path: id[..at].to_owned(), documents: places.len() as u64, ids });
        }
    }
    let named = ledger.records().map(|record| record.skips.len()).sum::<usize>() as u64;
    let unnamed = state.skipped.values().sum::<u64>().saturating_sub(named);
    Ok(NotIndexed::Unknown { unnamed, indexed_at: state.indexed_at.clone() })
}
