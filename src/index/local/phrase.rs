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
    pub fn push(&mut self, doc: DocId, count: u32) {
        self.docs.push(doc);
        self.counts.push(count);
    }
}

/// What stands at a place of the string: one token, or any of several.
#[derive(Clone)]
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

/// A row of places in a field, of which each slot fills one.
pub(super) struct Wanted<'a> {
    pub field: Field,
    /// What stands at each of its places; at those that no slot fills anything may.
    pub slots: &'a [Slot],
    /// How many places there are.
    pub length: u32,
    /// For each document, the position before which it must end.
    pub before: Option<Column<u64>>,
}

/// The postings of a row of places, for documents that come in order.
pub(super) struct Row {
    parts: Vec<Part>,
    length: u32,
    before: Option<Column<u64>>,
    others: Vec<u32>,
}

impl Row {
    pub fn open(reader: &SegmentReader, wanted: &Wanted<'_>, record: IndexRecordOption) -> Result<Self, IndexError> {
        let mut parts = Vec::with_capacity(wanted.slots.len());
        for slot in wanted.slots {
            parts.push(Part::open(reader, wanted.field, slot, record)?);
        }
        parts.sort_by_key(Part::documents);
        Ok(Self { parts, length: wanted.length, before: wanted.before.clone(), others: Vec::new() })
    }

    /// Moves every part to `doc` or behind; the furthest place reached, and whether all stand at `doc`.
    pub fn advance(&mut self, doc: DocId) -> (DocId, bool) {
        for part in &mut self.parts {
            let reached = part.seek(doc);
            if reached != doc {
                return (reached, false);
            }
        }
        (doc, true)
    }

    /// Where the row begins in a document that has all of its parts, in order.
    pub fn starts(&mut self, doc: DocId, starts: &mut Vec<u32>) {
        starts.clear();
        let limit = self.before.as_ref().map(|column| column.first(doc).unwrap_or_default());
        let last = match limit {
            None => u64::from(u32::MAX),
            Some(limit) if limit >= u64::from(self.length) => limit - u64::from(self.length),
            Some(_) => return,
        };
        let Some((first, rest)) = self.parts.split_first_mut() else { return };
        first.starts(doc, starts);
        starts.retain(|start| u64::from(*start) <= last);
        let others = &mut self.others;
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
                return;
            }
        }
    }

    /// How often the row stands in a document that has all of its parts.
    fn count(&mut self, doc: DocId, starts: &mut Vec<u32>) -> u32 {
        if let ([single], None) = (self.parts.as_slice(), &self.before) {
            return single.postings.iter().filter(|one| one.doc() == doc).map(Postings::term_freq).sum();
        }
        self.starts(doc, starts);
        starts.len() as u32
    }
}

/// The occurrences of a string, in the documents of `within` or in all; deleted ones are among them.
pub(super) fn occurrences(
    reader: &SegmentReader,
    wanted: &Wanted<'_>,
    within: Option<&[DocId]>,
    clock: &Clock,
) -> Result<Occurrences, IndexError> {
    let record = match (wanted.slots.len(), &wanted.before) {
        (1, None) => IndexRecordOption::WithFreqs,
        _ => IndexRecordOption::WithFreqsAndPositions,
    };
    let mut row = Row::open(reader, wanted, record)?;
    let mut found = Occurrences::default();
    let mut within = within.map(<[DocId]>::iter);
    let mut starts = Vec::new();
    let mut doc = 0;
    loop {
        // The next document that `within` allows, then the next that every part has.
        if let Some(within) = &mut within {
            let Some(&next) = within.find(|&&next| next >= doc) else { break };
            doc = next;
        }
        let (reached, agreed) = row.advance(doc);
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
        let count = row.count(doc, &mut starts);
        if count > 0 {
            found.push(doc, count);
        }
        doc += 1;
        clock.tick()?;
    }
    Ok(found)
}
