//! Where a term stands in the documents of a segment: rows of places, with what its wildcards stand for between.
//!
//! A term without wildcards is one row. A `?` between Han characters is a place of a row that anything but a mark may
//! fill; a `*` parts two rows, between which at most [`MAX_GAP`] places lie and no mark.

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED};

use super::matching::{Clock, MARKS};
use super::phrase::{Buffers, Occurrences, Row, Slot, Wanted, occurrences};
use crate::document::Pairs;
use crate::index::IndexError;
use crate::query::MAX_GAP;

/// A term to be found in a field.
pub(super) struct Layout {
    pub field: Field,
    /// At least one.
    pub blocks: Vec<Block>,
    /// What stands before every token of the field, also before its marks.
    pub prefix: String,
    /// For each document, the position before which the term must end.
    pub before: Option<Column<u64>>,
    /// Where pairs of the field's unigrams have postings of their own.
    pub pairs: Option<(Field, Pairs)>,
}

/// A row of places.
#[derive(Default)]
pub(super) struct Block {
    pub slots: Vec<Slot>,
    pub length: u32,
    /// Places that anything but a mark may fill.
    pub free: Vec<u32>,
}

impl Layout {
    /// Whether a single row without free places is all: the postings alone decide.
    fn is_plain(&self) -> bool {
        matches!(self.blocks.as_slice(), [block] if block.free.is_empty())
    }

    fn wanted<'a>(&'a self, block: &'a Block) -> Wanted<'a> {
        let before = self.before.clone();
        Wanted { field: self.field, slots: &block.slots, length: block.length, before, pairs: self.pairs.as_ref() }
    }

    /// The occurrences of the term, in the documents of `within` or in all; deleted ones are among them.
    pub fn occurrences(
        &self,
        reader: &SegmentReader,
        within: Option<&[DocId]>,
        clock: &Clock,
    ) -> Result<Occurrences, IndexError> {
        let mut found: Option<Occurrences> = None;
        for block in &self.blocks {
            let within = found.as_ref().map_or(within, |found| Some(&found.docs));
            found = Some(occurrences(reader, &self.wanted(block), within, clock)?);
        }
        let found = found.unwrap_or_default();
        if self.is_plain() {
            return Ok(found);
        }
        let mut places = Places::open(reader, self)?;
        let mut kept = Occurrences::default();
        for doc in found.docs {
            let count = places.read(doc, clock)?.map_or(0, |stretches| stretches.firsts(|_| true).len());
            if count > 0 {
                kept.push(doc, count as u32);
            }
            clock.tick()?;
        }
        Ok(kept)
    }
}

/// Reads the occurrences of a term, document by document in rising order.
pub(super) struct Places {
    rows: Vec<(Row, u32, Vec<u32>)>,
    /// Positions of marks, where the term has anything free.
    marks: Option<Marks>,
}

impl Places {
    pub fn open(reader: &SegmentReader, layout: &Layout) -> Result<Self, IndexError> {
        let mut rows = Vec::with_capacity(layout.blocks.len());
        for block in &layout.blocks {
            let row = Row::open(reader, &layout.wanted(block), IndexRecordOption::WithFreqsAndPositions)?;
            rows.push((row, block.length, block.free.clone()));
        }
        let marks = match layout.is_plain() {
            true => None,
            false => Some(Marks::open(reader, layout.field, &layout.prefix, &MARKS)?),
        };
        Ok(Self { rows, marks })
    }

    /// Where the rows of the term stand in a document; `None` where one of them does not.
    pub fn read(&mut self, doc: DocId, clock: &Clock) -> Result<Option<Stretches<'_>>, IndexError> {
        let marks = match &mut self.marks {
            Some(marks) => marks.of(doc, clock)?,
            None => &[],
        };
        let mut rows = Vec::with_capacity(self.rows.len());
        for (row, length, free) in &mut self.rows {
            if row.advance(doc) != (doc, true) {
                return Ok(None);
            }
            let mut places = Buffers::default();
            row.starts(doc, &mut places, clock)?;
            places.starts.retain(|start| free.iter().all(|free| marks.binary_search(&(start + free)).is_err()));
            if places.starts.is_empty() {
                return Ok(None);
            }
            rows.push((places.starts, *length));
        }
        Ok(Some(Stretches { rows, marks }))
    }
}

/// Where each row of a term begins in one document, and its length. Occurrences are chains of neighbours: of a `*`
/// there may be dozens from one place, so they are never listed, only where they may begin and end.
pub(super) struct Stretches<'a> {
    rows: Vec<(Vec<u32>, u32)>,
    marks: &'a [u32],
}

impl Stretches<'_> {
    /// A single row at a single place.
    #[cfg(test)]
    pub fn of_one(first: u32, length: u32) -> Self {
        Self { rows: vec![(vec![first], length)], marks: &[] }
    }

    /// Leaves out what holds one of these marks.
    pub fn keep_whole(&mut self, marks: &[u32]) {
        for (starts, length) in &mut self.rows {
            starts.retain(|start| {
                marks.get(marks.partition_point(|mark| mark < start)).is_none_or(|mark| *mark >= start + *length)
            });
        }
    }

    /// First positions of the occurrences whose last position is wanted, in order; asked of positions in order.
    pub fn firsts(&self, mut wanted: impl FnMut(u32) -> bool) -> Vec<u32> {
        let mut rows = self.rows.iter().rev();
        let Some((starts, length)) = rows.next() else { return Vec::new() };
        let mut firsts: Vec<u32> = starts.iter().copied().filter(|start| wanted(start + length - 1)).collect();
        for (starts, length) in rows {
            let mut at = 0;
            let reaches = |start: &u32| {
                let last = start + length - 1;
                while firsts.get(at).is_some_and(|first| *first <= last) {
                    at += 1;
                }
                firsts.get(at).is_some_and(|first| self.joins(last, *first))
            };
            firsts = starts.iter().copied().filter(reaches).collect();
        }
        firsts
    }

    /// Last positions of the occurrences whose first position is wanted, in order; asked of positions in order.
    pub fn lasts(&self, mut wanted: impl FnMut(u32) -> bool) -> Vec<u32> {
        let mut rows = self.rows.iter();
        let Some((starts, length)) = rows.next() else { return Vec::new() };
        let mut lasts: Vec<u32> =
            starts.iter().filter(|start| wanted(**start)).map(|start| start + length - 1).collect();
        for (starts, length) in rows {
            let mut at = 0;
            let is_reached = |start: &&u32| {
                while lasts.get(at).is_some_and(|last| last < *start) {
                    at += 1;
                }
                at.checked_sub(1).is_some_and(|before| self.joins(lasts[before], **start))
            };
            lasts = starts.iter().filter(is_reached).map(|start| start + length - 1).collect();
        }
        lasts
    }

    /// Whether a gap may lie between a row that ends at `last` and one that begins at `first`, the nearest to it.
    fn joins(&self, last: u32, first: u32) -> bool {
        let mark = self.marks.get(self.marks.partition_point(|mark| *mark <= last));
        first - last - 1 <= MAX_GAP && mark.is_none_or(|mark| *mark > first)
    }
}

/// Reads the positions of marks, document by document in rising order.
pub(super) struct Marks {
    row: Row,
    places: Buffers,
    doc: DocId,
}

impl Marks {
    pub fn open(reader: &SegmentReader, field: Field, prefix: &str, marks: &[&str]) -> Result<Self, IndexError> {
        let slots = [Slot { offset: 0, tokens: marks.iter().map(|mark| format!("{prefix}{mark}")).collect() }];
        let wanted = Wanted { field, slots: &slots, length: 1, before: None, pairs: None };
        let row = Row::open(reader, &wanted, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Self { row, places: Buffers::default(), doc: TERMINATED })
    }

    /// The marks of a document, in order.
    pub fn of(&mut self, doc: DocId, clock: &Clock) -> Result<&[u32], IndexError> {
        if self.doc != doc {
            self.doc = doc;
            self.places.starts.clear();
            if self.row.advance(doc) == (doc, true) {
                self.row.starts(doc, &mut self.places, clock)?;
            }
        }
        Ok(&self.places.starts)
    }
    /// The marks of the document that was read last.
    pub fn last_read(&self) -> &[u32] {
        &self.places.starts
    }
}
