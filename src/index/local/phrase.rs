//! A string of unigrams in one segment: which documents hold it, and how often. Read straight from the postings,
//! the rarest unigram first.

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::matching::Clock;
use crate::index::IndexError;
use crate::index::local::read;

/// Documents in order, each with how often the string stands in it.
#[derive(Default)]
pub(super) struct Occurrences {
    pub docs: Vec<DocId>,
    pub counts: Vec<u32>,
}

impl Occurrences {
    fn push(&mut self, doc: DocId, count: u32) {
        self.docs.push(doc);
        self.counts.push(count);
    }
}

/// What stands at a place of the string: one token, or any of several.
pub(super) struct Slot {
    pub offset: u32,
    pub tokens: Vec<String>,
}

/// The postings of one slot.
struct Part {
    offset: u32,
    /// More than one for a slot of several tokens.
    postings: Vec<SegmentPostings>,
}

impl Part {
    fn open(reader: &SegmentReader, field: Field, slot: &Slot, record: IndexRecordOption) -> Result<Self, IndexError> {
        let inverted = reader.inverted_index(field).map_err(read)?;
        let mut postings = Vec::with_capacity(slot.tokens.len());
        for token in &slot.tokens {
            postings.extend(inverted.read_postings(&Term::from_field_text(field, token), record).map_err(read)?);
        }
        Ok(Self { offset: slot.offset, postings })
    }

    fn documents(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.doc_freq())).sum()
    }

    /// The first document of the part at or behind `target`.
    fn seek(&mut self, target: DocId) -> DocId {
        let reach = |postings: &mut SegmentPostings| match postings.doc() < target {
            true => postings.seek(target),
            false => postings.doc(),
        };
        self.postings.iter_mut().map(reach).min().unwrap_or(TERMINATED)
    }

    /// Where the string would begin for each place of this slot in a document, in order.
    fn starts(&mut self, doc: DocId, starts: &mut Vec<u32>) {
        starts.clear();
        let several = self.postings.len() > 1;
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == doc) {
            postings.append_positions_with_offset(0, starts);
        }
        let offset = self.offset;
        starts.retain_mut(|position| {
            let inside = *position >= offset;
            *position = position.wrapping_sub(offset);
            inside
        });
        if several {
            starts.sort_unstable();
        }
    }
}

/// A string to be found.
pub(super) struct Wanted<'a> {
    pub field: Field,
    /// What stands at each of its places.
    pub slots: &'a [Slot],
    /// For each document, the position before which it must end.
    pub before: Option<Column<u64>>,
}

/// The occurrences of a string, in the documents of `within` or in all; deleted ones are among them.
pub(super) fn occurrences(
    reader: &SegmentReader,
    wanted: &Wanted<'_>,
    within: Option<&[DocId]>,
    clock: &Clock,
) -> Result<Occurrences, IndexError> {
    let Wanted { field, slots, before } = wanted;
    let record = match (slots.len(), before) {
        (1, None) => IndexRecordOption::WithFreqs,
        _ => IndexRecordOption::WithFreqsAndPositions,
    };
    let mut parts = Vec::with_capacity(slots.len());
    for slot in *slots {
        parts.push(Part::open(reader, *field, slot, record)?);
    }
    parts.sort_by_key(Part::documents);
    let mut found = Occurrences::default();
    let mut within = within.map(<[DocId]>::iter);
    let (mut starts, mut others) = (Vec::new(), Vec::new());
    let mut doc = 0;
    loop {
        // The next document that `within` allows, then the next that every part has.
        if let Some(within) = &mut within {
            let Some(&next) = within.find(|&&next| next >= doc) else { break };
            doc = next;
        }
        let (reached, agreed) = advance(&mut parts, doc);
        if reached == TERMINATED {
            break;
        }
        if !agreed {
            doc = reached;
            if let Some(rest) = &mut within {
                let skipped = rest.as_slice().partition_point(|&next| next < reached);
                *rest = rest.as_slice()[skipped..].iter();
            }
            continue;
        }
        let limit = before.as_ref().map(|column| column.first(doc).unwrap_or_default());
        let count = match (parts.as_mut_slice(), limit) {
            ([single], None) => single.postings.iter().filter(|one| one.doc() == doc).map(Postings::term_freq).sum(),
            (several, limit) => {
                let last = limit.map_or(u64::from(u32::MAX), |limit| limit.saturating_sub(slots.len() as u64));
                let room = limit.is_none_or(|limit| limit >= slots.len() as u64);
                if room { count(several, doc, last, &mut starts, &mut others) } else { 0 }
            }
        };
        if count > 0 {
            found.push(doc, count);
        }
        doc += 1;
        clock.tick()?;
    }
    Ok(found)
}

/// Moves every part to `doc` or behind; the furthest place reached, and whether all stand at `doc`.
fn advance(parts: &mut [Part], doc: DocId) -> (DocId, bool) {
    for part in parts {
        let reached = part.seek(doc);
        if reached != doc {
            return (reached, false);
        }
    }
    (doc, true)
}

/// How often the parts stand in a row in a document that has all of them, beginning at `last` or before.
fn count(parts: &mut [Part], doc: DocId, last: u64, starts: &mut Vec<u32>, others: &mut Vec<u32>) -> u32 {
    let Some((first, rest)) = parts.split_first_mut() else { return 0 };
    first.starts(doc, starts);
    starts.retain(|start| u64::from(*start) <= last);
    for part in rest {
        part.starts(doc, others);
        let mut at = 0;
        starts.retain(|start| {
            while others.get(at).is_some_and(|other| other < start) {
                at += 1;
            }
            others.get(at) == Some(start)
        });
        if starts.is_empty() {
            return 0;
        }
    }
    starts.len() as u32
}
