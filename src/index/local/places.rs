//! Where a term stands in the documents of a segment: rows of places, with what its wildcards stand for between.
//!
//! A term without wildcards is one row. A `?` between Han characters is a place of a row that anything but a mark may
//! fill; a `*` parts two rows, between which at most [`MAX_GAP`] places lie and no mark.

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED};

use super::matching::{Clock, MARKS};
use super::phrase::{Occurrences, Row, Slot, Wanted, occurrences};
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
}

/// A row of places.
#[derive(Default)]
pub(super) struct Block {
    pub slots: Vec<Slot>,
    pub length: u32,
    /// Places that anything but a mark may fill.
    pub free: Vec<u32>,
}

/// First and last position of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub first: u32,
    pub last: u32,
}

impl Layout {
    /// Whether a single row without free places is all: the postings alone decide.
    fn is_plain(&self) -> bool {
        matches!(self.blocks.as_slice(), [block] if block.free.is_empty())
    }

    fn wanted<'a>(&'a self, block: &'a Block) -> Wanted<'a> {
        let before = self.before.clone();
        Wanted { field: self.field, slots: &block.slots, length: block.length, before }
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
        let (mut kept, mut spans) = (Occurrences::default(), Vec::new());
        for doc in found.docs {
            places.spans(doc, &mut spans);
            spans.dedup_by_key(|span| span.first);
            if !spans.is_empty() {
                kept.push(doc, spans.len() as u32);
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
    starts: Vec<u32>,
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
        Ok(Self { rows, marks, starts: Vec::new() })
    }

    /// Every occurrence in a document, by its first position, then by its last.
    pub fn spans(&mut self, doc: DocId, spans: &mut Vec<Span>) {
        spans.clear();
        let marks = self.marks.as_mut().map_or(&[] as &[u32], |marks| marks.of(doc));
        let starts = &mut self.starts;
        for (number, (row, length, free)) in self.rows.iter_mut().enumerate() {
            if row.advance(doc) != (doc, true) {
                return spans.clear();
            }
            row.starts(doc, starts);
            starts.retain(|start| free.iter().all(|free| marks.binary_search(&(start + free)).is_err()));
            let whole = |start: u32| Span { first: start, last: start + *length - 1 };
            *spans = match number {
                0 => starts.iter().map(|&start| whole(start)).collect(),
                _ => joined(spans, starts, marks).map(|(first, start)| Span { first, ..whole(start) }).collect(),
            };
            spans.sort_unstable();
            spans.dedup();
        }
    }
}

/// Where the next row begins behind the spans so far: at most [`MAX_GAP`] places on, and no mark between.
fn joined<'a>(spans: &'a [Span], starts: &'a [u32], marks: &'a [u32]) -> impl Iterator<Item = (u32, u32)> + 'a {
    spans.iter().flat_map(move |span| {
        let mark = marks.get(marks.partition_point(|mark| *mark <= span.last)).copied().unwrap_or(u32::MAX);
        let behind = &starts[starts.partition_point(|start| *start <= span.last)..];
        let near = behind.iter().take_while(move |start| **start - span.last - 1 <= MAX_GAP && **start < mark);
        near.map(move |start| (span.first, *start))
    })
}

/// Reads the positions of marks, document by document in rising order.
pub(super) struct Marks {
    row: Row,
    starts: Vec<u32>,
    doc: DocId,
}

impl Marks {
    pub fn open(reader: &SegmentReader, field: Field, prefix: &str, marks: &[&str]) -> Result<Self, IndexError> {
        let slots = [Slot { offset: 0, tokens: marks.iter().map(|mark| format!("{prefix}{mark}")).collect() }];
        let wanted = Wanted { field, slots: &slots, length: 1, before: None };
        let row = Row::open(reader, &wanted, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Self { row, starts: Vec::new(), doc: TERMINATED })
    }

    /// The marks of a document, in order.
    pub fn of(&mut self, doc: DocId) -> &[u32] {
        if self.doc != doc {
            self.doc = doc;
            self.starts.clear();
            if self.row.advance(doc) == (doc, true) {
                self.row.starts(doc, &mut self.starts);
            }
        }
        &self.starts
    }
}
