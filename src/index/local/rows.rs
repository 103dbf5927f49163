//! What is counted of documents: their columns, and how often terms stand in them. No text is read; values are told by
//! their ordinals and looked up once each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Bound;

use tantivy::DocId;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;

use super::collecting::{address, place};
use super::matching::Days;
use super::read;
use super::schema::{AUTHOR_VALUES, ENTITY_VALUES, EXTRA_VALUES, FOLDER_VALUE, SOURCE_VALUE};
use crate::document::NAME_END;
use crate::index::{Column, IndexError, Place, Row};

/// Splits places that are in order into the documents of each segment.
pub(super) fn by_segment(within: &[Place], segments: usize) -> Vec<Vec<DocId>> {
    let mut docs = vec![Vec::new(); segments];
    for &place in within {
        let (segment, doc) = address(place);
        if let Some(docs) = docs.get_mut(segment as usize) {
            docs.push(doc);
        }
    }
    docs
}

/// The values of a column, each with one number in all segments.
pub(super) struct Values<'a> {
    column: Option<&'a Column>,
    numbers: HashMap<String, u32>,
    values: Vec<String>,
}

impl<'a> Values<'a> {
    pub fn new(column: Option<&'a Column>) -> Self {
        Self { column, numbers: HashMap::new(), values: Vec::new() }
    }

    pub fn finish(self) -> Vec<String> {
        self.values
    }

    /// Visits the rows of some documents of a segment.
    pub fn rows(
        &mut self,
        segment: u32,
        reader: &SegmentReader,
        docs: &[DocId],
        visit: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), IndexError> {
        let days = Days::open(reader)?;
        let han = reader.fast_fields().u64("han").map_err(read)?;
        let indexed_at = reader.fast_fields().i64("indexed_at").map_err(read)?;
        let strings = self.column.map(|column| Strings::open(reader, column)).transpose()?.flatten();
        let numbers = strings.as_ref().map(|strings| self.number(strings, docs)).transpose()?.unwrap_or_default();
        let mut values = Vec::new();
        for &doc in docs {
            values.clear();
            if let Some(strings) = &strings {
                values.extend(strings.ords(doc).filter_map(|ord| numbers.get(&ord)));
                values.sort_unstable();
                values.dedup();
            }
            visit(&Row {
                place: place(segment, doc),
                days: days.of(doc),
                inferred: days.is_inferred(doc),
                han: han.first(doc).unwrap_or_default(),
                indexed_at: indexed_at.first(doc).unwrap_or_default(),
                values: &values,
            });
        }
        Ok(())
    }

    /// The numbers of the ordinals that documents of a segment have, its values looked up once, in order.
    fn number(&mut self, strings: &Strings, docs: &[DocId]) -> Result<HashMap<u64, u32>, IndexError> {
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        numbers.extend(docs.iter().flat_map(|&doc| strings.ords(doc)).map(|ord| (ord, 0)));
        let mut sorted: Vec<u64> = numbers.keys().copied().collect();
        sorted.sort_unstable();
        let mut ords = sorted.iter();
        let take = |bytes: &[u8]| {
            let value = String::from_utf8_lossy(&bytes[strings.lead..]).into_owned();
            let next = self.values.len() as u32;
            let number = match self.numbers.entry(value) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    self.values.push(new.key().clone());
                    *new.insert(next)
                }
            };
            numbers.extend(ords.next().map(|ord| (*ord, number)));
        };
        strings.column.dictionary().sorted_ords_to_term_cb(&sorted, take).map_err(read)?;
        Ok(numbers)
    }
}

/// A column of strings in a segment, and which of its ordinals are meant.
struct Strings {
    column: StrColumn,
    meant: (Bound<u64>, Bound<u64>),
    /// Bytes before each value.
    lead: usize,
}

impl Strings {
    fn open(reader: &SegmentReader, column: &Column) -> Result<Option<Self>, IndexError> {
        let (field, name) = match column {
            Column::Source => (SOURCE_VALUE, None),
            Column::Author => (AUTHOR_VALUES, None),
            Column::Folder => (FOLDER_VALUE, None),
            Column::Extra(name) => (EXTRA_VALUES, Some(name.as_str())),
            Column::Entity(name) => (ENTITY_VALUES, Some(*name)),
        };
        let Some(column) = reader.fast_fields().str(field).map_err(read)? else { return Ok(None) };
        let Some(name) = name else {
            return Ok(Some(Self { column, meant: (Bound::Unbounded, Bound::Unbounded), lead: 0 }));
        };
        // Every value of the name lies between the name with its end and the name with the character behind that.
        let (first, behind) = (format!("{name}{NAME_END}"), format!("{name}\u{2}"));
        let (lower, upper) = (Bound::Included(first.as_bytes()), Bound::Excluded(behind.as_bytes()));
        let meant = column.dictionary().term_bounds_to_ord(lower, upper).map_err(read)?;
        Ok(Some(Self { column, meant, lead: first.len() }))
    }

    fn ords(&self, doc: DocId) -> impl Iterator<Item = u64> {
        use std::ops::RangeBounds;
        self.column.term_ords(doc).filter(|ord| self.meant.contains(ord))
    }
}
