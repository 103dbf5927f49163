//! What an index knows of the files that it was made from: a part beside the documents, in chunks that grow like those of a
//! log-structured tree, so that a commit writes what is new and now and then what is about as much.
//!
//! What a record says is left to `document`, what follows from it to `folder`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::document::FileRecord;
use crate::error::Error;
use crate::index::{IndexError, Part, Snapshot, State, Writer};

/// Kind of the parts.
const KIND: &str = "files";
/// Level of compression: hashes, which are most of it, do not shrink.
const LEVEL: i32 = 1;
/// A snapshot that has lost a part to a later commit is taken anew so many times.
const ATTEMPTS: usize = 5;

/// The records of an index, and those that a run adds.
pub(super) struct Ledger {
    snapshot: Arc<dyn Snapshot>,
    known: Arc<HashMap<String, FileRecord>>,
    /// What the run has added, by key.
    new: HashMap<String, FileRecord>,
    /// What is not written yet.
    waiting: Vec<FileRecord>,
    /// Chunks that this run has written.
    written: HashMap<String, Vec<FileRecord>>,
}

impl Ledger {
    /// The records that a snapshot names.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn of(snapshot: Arc<dyn Snapshot>) -> Result<Self, IndexError> {
        let mut known = HashMap::new();
        for part in snapshot.state().parts.iter().filter(|part| part.of(KIND).is_some()) {
            for record in decode(&snapshot.part(&part.name)?)? {
                // A record taken away leaves nothing to know.
                match record.gone {
                    true => known.remove(&record.key()),
                    false => known.insert(record.key(), record),
                };
            }
        }
        let (new, waiting, written) = (HashMap::new(), Vec::new(), HashMap::new());
        Ok(Self { snapshot, known: Arc::new(known), new, waiting, written })
    }

    /// The records of whatever is committed now.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn load(snapshot: impl Fn() -> Result<Arc<dyn Snapshot>, IndexError>) -> Result<Self, Error> {
        let mut attempt = 1;
        loop {
            match Self::of(snapshot()?) {
                Err(IndexError::Read { .. }) if attempt < ATTEMPTS => attempt += 1,
                ledger => return Ok(ledger?),
            }
        }
    }

    /// How many records a state names, at least as many as there are.
    #[cfg(feature = "files")]
    pub fn rows(state: &State) -> u64 {
        state.parts.iter().filter(|part| part.of(KIND).is_some()).map(|part| part.rows).sum()
    }

    /// What was known before the run, by the keys of files.
    #[cfg(any(feature = "files", test))]
    pub fn known(&self) -> &Arc<HashMap<String, FileRecord>> {
        &self.known
    }

    /// Every record there is, in no order.
    pub fn records(&self) -> impl Iterator<Item = &FileRecord> {
        let old = self.known.iter().filter(|(key, _)| !self.new.contains_key(*key)).map(|(_, record)| record);
        old.chain(self.new.values()).filter(|record| !record.gone)
    }

    /// What the run has added.
    #[cfg(feature = "files")]
    pub fn added(&self) -> impl Iterator<Item = &FileRecord> {
        self.new.values()
    }

    /// Adds what became of a file.
    pub fn add(&mut self, record: FileRecord) {
        self.new.insert(record.key(), record.clone());
        self.waiting.push(record);
    }

    /// Writes what was added since, and what the state says of it.
    ///
    /// # Errors
    /// The index cannot be read or written.
    pub fn write(&mut self, state: &mut State, writer: &dyn Writer) -> Result<(), IndexError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut rows = self.waiting.len() as u64;
        let mut chunks: Vec<Part> = state.parts.iter().filter(|part| part.of(KIND).is_some()).cloned().collect();
        let next = Part::next(KIND, 0, &state.parts);
        let mut merged = Vec::new();
        while let Some(last) = chunks.pop_if(|last| last.rows <= 2 * rows) {
            rows += last.rows;
            merged.push(last.name);
        }
        let mut records: BTreeMap<String, FileRecord> = BTreeMap::new();
        for name in merged.iter().rev() {
            let chunk = match self.written.remove(name) {
                Some(chunk) => chunk,
                None => decode(&self.snapshot.part(name)?)?,
            };
            records.extend(chunk.into_iter().map(|record| (record.key(), record)));
        }
        records.extend(std::mem::take(&mut self.waiting).into_iter().map(|record| (record.key(), record)));
        // Below the first chunk there is nothing left to take away.
        records.retain(|_, record| !record.gone || !chunks.is_empty());
        let records: Vec<FileRecord> = records.into_values().collect();
        let part = Part { rows: records.len() as u64, ..next };
        writer.attach(&part.name, &encode(&records)?)?;
        self.written.insert(part.name.clone(), records);
        state.parts.retain(|part| part.of(KIND).is_none() || chunks.contains(part));
        state.parts.push(part);
        state.skipped = self.skipped();
        Ok(())
    }

    /// How many files and records of each root gave no document.
    fn skipped(&self) -> BTreeMap<String, u64> {
        let mut skipped = BTreeMap::new();
        for record in self.records().filter(|record| record.skipped > 0) {
            *skipped.entry(record.root.clone()).or_default() += record.skipped;
        }
        skipped
    }
}

/// A record a line, compressed.
fn encode(records: &[FileRecord]) -> Result<Vec<u8>, IndexError> {
    let mut lines = Vec::with_capacity(records.len() * 128);
    for record in records {
        serde_json::to_writer(&mut lines, record).map_err(wrong)?;
        lines.push(b'\n');
    }
    zstd::encode_all(lines.as_slice(), LEVEL).map_err(wrong)
}

fn decode(bytes: &[u8]) -> Result<Vec<FileRecord>, IndexError> {
    let lines = zstd::decode_all(bytes).map_err(wrong)?;
    let lines = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(wrong)).collect()
}

fn wrong(error: impl std::fmt::Display) -> IndexError {
    IndexError::Read { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;
    use crate::index::Backend;
    use crate::index::local::LocalIndex;

    fn record(number: usize, gone: bool) -> FileRecord {
        let origin = Origin { root: "新闻".into(), path: format!("{number}.txt"), ..Origin::default() };
        let mut record = FileRecord::new(&origin);
        (record.documents, record.gone, record.skipped) = (1, gone, u64::from(number.is_multiple_of(7)));
        record
    }

    #[test]
    fn chunks_stay_few_and_say_what_was_said_last() {
        let index = LocalIndex::in_memory().expect("memory");
        let mut state = State::default();
        let mut most = 0;
        for round in 0..50 {
            let mut ledger = Ledger::load(|| index.snapshot()).expect("an index of ours");
            let mut writer = index.writer(1, 64 << 20).expect("one writer");
            for number in round * 3..round * 3 + 5 {
                ledger.add(record(number, number % 11 == 3));
            }
            ledger.write(&mut state, &*writer).expect("memory");
            writer.commit(&state).expect("memory");
            most = most.max(state.parts.len());
        }
        assert!(most <= 8, "{most} chunks");
        let ledger = Ledger::load(|| index.snapshot()).expect("an index of ours");
        let there = (0..152).filter(|number| number % 11 != 3);
        assert_eq!(ledger.known().len(), there.clone().count());
        assert!(there.clone().all(|number| ledger.known().contains_key(&record(number, false).key())));
        let skipped = there.filter(|number| number % 7 == 0).count() as u64;
        assert_eq!(state.skipped, BTreeMap::from([("新闻".to_owned(), skipped)]));
    }
}
