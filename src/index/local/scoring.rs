//! The order by words: BM25 over the words of body and title, term at a time over a dense row of scores, and a little
//! for the string itself. Constants from measurements on eleven query sets.

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

use super::matching::Clock;
use super::phrase::Occurrences;
use super::read;
use super::schema::Fields;
use crate::index::{IndexError, WordWeight};

/// Saturation of a frequency, as Robertson and Spärck Jones have it.
const K1: f32 = 1.2;
/// Share of the length that counts, in bodies and in the short titles.
const BODY_B: f32 = 0.75;
const TITLE_B: f32 = 0.5;
/// A title counts so much more than a body: 1.5 was the best of 1.0 to 2.0 on two of three sets with titles.
const TITLE: f32 = 1.5;
/// Weight of the string itself beside the words: a hit that was cut otherwise everywhere still has a place, and no
/// chance neighbour outranks a word.
const STRING: f32 = 0.25;

/// The words of a query with their weights over the whole index.
pub(super) struct Scorer {
    words: Vec<Word>,
    body_average: f32,
    title_average: f32,
    /// Share of the words' weight that a document must have.
    minimum: f32,
    ideal: f32,
}

struct Word {
    text: String,
    unigram: bool,
    weight: f32,
    body_idf: f32,
    title_idf: f32,
}

impl Scorer {
    pub fn new(searcher: &Searcher, fields: Fields, words: &[WordWeight], minimum: f32) -> Result<Self, IndexError> {
        let documents = searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum::<u64>() as f32;
        let average = |field: Field| -> Result<f32, IndexError> {
            let mut tokens = 0;
            for reader in searcher.segment_readers() {
                tokens += reader.inverted_index(field).map_err(read)?.total_num_tokens();
            }
            Ok((tokens as f32 / documents.max(1.0)).max(1.0))
        };
        let idf = |field: Field, text: &str| -> Result<f32, IndexError> {
            let having = searcher.doc_freq(&Term::from_field_text(field, text)).map_err(read)? as f32;
            Ok((1.0 + (documents - having + 0.5) / (having + 0.5)).ln())
        };
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            let body = if word.unigram { fields.text } else { fields.body_words };
            let (body_idf, title_idf) = (idf(body, &word.text)?, idf(fields.title_words, &word.text)?);
            all.push(Word { text: word.text.clone(), unigram: word.unigram, weight: word.weight, body_idf, title_idf });
        }
        let ideal = all.iter().map(|word| word.weight * word.body_idf).sum();
        let (body_average, title_average) = (average(fields.body_words)?, average(fields.title_words)?);
        Ok(Self { words: all, body_average, title_average, minimum, ideal })
    }

    /// The most that the bodies' words can give, for scores that compare between queries.
    pub fn ideal(&self) -> f32 {
        (K1 + 1.0) * self.ideal
    }

    /// Scores of the documents of a segment, of those of `docs` alone where it is given. Where a minimum is asked for,
    /// only documents that have enough of the words stay.
    pub fn score(
        &self,
        reader: &SegmentReader,
        fields: Fields,
        docs: Option<Vec<DocId>>,
        clock: &Clock,
    ) -> Result<Vec<(DocId, f32)>, IndexError> {
        let rows = docs.as_ref().map_or(reader.max_doc() as usize, Vec::len);
        let mut row = Row { scores: vec![0.0; rows], shares: vec![0.0; rows], last: vec![0; rows] };
        for (number, word) in (1..).zip(&self.words) {
            for (field, average, b, times, idf) in [
                (
                    if word.unigram { fields.text } else { fields.body_words },
                    self.body_average,
                    BODY_B,
                    1.0,
                    word.body_idf,
                ),
                (fields.title_words, self.title_average, TITLE_B, TITLE, word.title_idf),
            ] {
                let inverted = reader.inverted_index(field).map_err(read)?;
                let term = Term::from_field_text(field, &word.text);
                let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs).map_err(read)?;
                let Some(postings) = postings else { continue };
                let lengths = if word.unigram { fields.body_words } else { field };
                let lengths = reader.get_fieldnorms_reader(lengths).map_err(read)?;
                let factors: Vec<f32> = (0..=255u8)
                    .map(tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm)
                    .map(|length| K1 * (1.0 - b + b * length as f32 / average))
                    .collect();
                let share = word.weight * word.body_idf;
                let most = times * word.weight * idf * (K1 + 1.0);
                each(postings, docs.as_deref(), clock, |at, doc, frequency| {
                    let factor = factors[usize::from(lengths.fieldnorm_id(doc))];
                    row.add(at, number, most * frequency / (frequency + factor), share);
                })?;
            }
        }
        let docs = docs.unwrap_or_else(|| (0..reader.max_doc()).collect());
        let scored = docs.into_iter().zip(row.scores).zip(row.shares);
        let enough = self.minimum * self.ideal;
        let kept = scored.filter(|(_, share)| self.minimum == 0.0 || (*share > 0.0 && *share >= enough));
        Ok(kept.map(|(scored, _)| scored).collect())
    }
}

/// Scores, and the weight of the words met, per document.
struct Row {
    scores: Vec<f32>,
    shares: Vec<f32>,
    /// Number of the word met last, so that one in title and body counts once.
    last: Vec<u16>,
}

impl Row {
    #[inline]
    fn add(&mut self, at: usize, number: u16, score: f32, share: f32) {
        self.scores[at] += score;
        if self.last[at] != number {
            self.last[at] = number;
            self.shares[at] += share;
        }
    }
}

/// Calls `give` with row, document and frequency for each posting, or for each that `docs` has.
fn each(
    mut postings: SegmentPostings,
    docs: Option<&[DocId]>,
    clock: &Clock,
    mut give: impl FnMut(usize, DocId, f32),
) -> Result<(), IndexError> {
    let Some(docs) = docs else {
        while postings.doc() != TERMINATED {
            give(postings.doc() as usize, postings.doc(), postings.term_freq() as f32);
            postings.advance();
            clock.tick()?;
        }
        return Ok(());
    };
    for (at, &doc) in docs.iter().enumerate() {
        if postings.doc() < doc && postings.seek(doc) == TERMINATED {
            break;
        }
        if postings.doc() == doc {
            give(at, doc, postings.term_freq() as f32);
        }
        clock.tick()?;
    }
    Ok(())
}

/// Adds what the strings of the query give, each with its weight, to scores in order of documents.
pub(super) fn add_strings(scores: &mut [(DocId, f32)], strings: &[(usize, Occurrences)], weights: &[f32]) {
    for (number, found) in strings {
        let weight = STRING * weights.get(*number).copied().unwrap_or(0.0);
        let mut at = 0;
        for (doc, count) in found.docs.iter().zip(&found.counts) {
            while scores.get(at).is_some_and(|(other, _)| other < doc) {
                at += 1;
            }
            if let Some((_, score)) = scores.get_mut(at).filter(|(other, _)| other == doc) {
                *score += weight * *count as f32 / (*count as f32 + K1);
            }
        }
    }
}
