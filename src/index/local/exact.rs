//! What unigrams alone cannot tell: whether a string stands as it was written (`原:`), and whether it is a word
//! (`词:`).

use tantivy::index::SegmentReader;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, TantivyDocument};

use super::matching::Clock;
use super::packed::text;
use super::phrase::Occurrences;
use super::read;
use super::schema::Fields;
use crate::index::IndexError;
use crate::query::Term;

/// Stored texts that are kept unpacked, in blocks of the store.
const CACHE: usize = 4;

/// Those of `found` whose stored title or body has these very characters.
pub(super) fn as_written(
    reader: &SegmentReader,
    fields: Fields,
    written: &str,
    found: Occurrences,
    clock: &Clock,
) -> Result<Occurrences, IndexError> {
    let store = reader.get_store_reader(CACHE).map_err(read)?;
    let mut kept = Occurrences::default();
    for doc in found.docs {
        // Reading a text costs a hundred steps through postings.
        clock.check()?;
        let stored: TantivyDocument = store.get(doc).map_err(read)?;
        let count = |field| text(&stored, field).map(|text| text.matches(written).count() as u32);
        let count = count(fields.stored_title)? + count(fields.stored_body)?;
        if count > 0 {
            kept.push(doc, count);
        }
    }
    Ok(kept)
}

/// The word that a term asks for.
pub(super) fn word(term: &Term) -> String {
    term.tokens().collect()
}

/// The documents that have a word in title or body, by segmentation.
pub(super) fn words(
    reader: &SegmentReader,
    fields: Fields,
    word: &str,
    within: Option<&[DocId]>,
    clock: &Clock,
) -> Result<Occurrences, IndexError> {
    let mut counts: Vec<(DocId, u32)> = Vec::new();
    for field in [fields.title_words, fields.body_words] {
        let inverted = reader.inverted_index(field).map_err(read)?;
        let term = tantivy::Term::from_field_text(field, word);
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::WithFreqs).map_err(read)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            counts.push((postings.doc(), postings.term_freq()));
            postings.advance();
            clock.tick()?;
        }
    }
    counts.sort_unstable();
    counts.dedup_by(|second, first| {
        let same = first.0 == second.0;
        first.1 += if same { second.1 } else { 0 };
        same
    });
    let mut found = Occurrences::default();
    let inside = |doc: &DocId| within.is_none_or(|within| within.binary_search(doc).is_ok());
    counts.iter().filter(|(doc, _)| inside(doc)).for_each(|(doc, count)| found.push(*doc, *count));
    Ok(found)
}
