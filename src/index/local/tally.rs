//! How often each word stands in a segment: its frequencies added up straight from the postings, live documents alone.

use tantivy::index::SegmentReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentOrdinal, TERMINATED};

use super::collecting::address;
use super::read;
use crate::index::{IndexError, Place, WordCount, WordCounts};

const ALIVE: u8 = 1;
const SETS: [u8; 2] = [2, 4];

/// What each document of a segment belongs to.
pub(super) struct Members {
    flags: Vec<u8>,
}

impl Members {
    pub fn new(segment: SegmentOrdinal, reader: &SegmentReader, sets: [&[Place]; 2]) -> Self {
        let mut flags = vec![0; reader.max_doc() as usize];
        reader.doc_ids_alive().for_each(|doc| flags[doc as usize] = ALIVE);
        for (places, flag) in sets.into_iter().zip(SETS) {
            for (_, doc) in places.iter().map(|&place| address(place)).filter(|(other, _)| *other == segment) {
                if let Some(flags) = flags.get_mut(doc as usize).filter(|flags| **flags & ALIVE != 0) {
                    *flags |= flag;
                }
            }
        }
        Self { flags }
    }

    /// Adds the words of a field.
    pub fn count(&self, reader: &SegmentReader, field: Field, counts: &mut WordCounts) -> Result<(), IndexError> {
        let inverted = reader.inverted_index(field).map_err(read)?;
        let mut terms = inverted.terms().stream().map_err(read)?;
        while terms.advance() {
            let postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs);
            let count = self.of(postings.map_err(read)?);
            counts.tokens.add(count);
            let word = String::from_utf8_lossy(terms.key());
            match counts.words.get_mut(word.as_ref()) {
                Some(known) => known.add(count),
                None => drop(counts.words.insert(word.into_owned(), count)),
            }
        }
        Ok(())
    }

    fn of(&self, mut postings: impl Postings) -> WordCount {
        let mut count = WordCount::default();
        while postings.doc() != TERMINATED {
            let (flags, frequency) = (self.flags[postings.doc() as usize], u64::from(postings.term_freq()));
            count.all += if flags & ALIVE != 0 { frequency } else { 0 };
            for (set, flag) in count.in_sets.iter_mut().zip(SETS) {
                *set += if flags & flag != 0 { frequency } else { 0 };
            }
            postings.advance();
        }
        count
    }
}
