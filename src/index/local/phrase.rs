//! A string of unigrams in one segment: which documents hold it, and how often. Read straight from the postings,
//! the rarest unigram first.

use std::collections::{HashMap, HashSet};

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::matching::Clock;
use crate::document::Pairs;
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

/// Calls `visit` with the number and the positions of each of some documents, which come in rising order, that have a
/// term.
pub(super) fn positions(
    reader: &SegmentReader,
    term: &Term,
    docs: impl Iterator<Item = (DocId, usize)>,
    clock: &Clock,
    mut visit: impl FnMut(usize, &[u32]),
) -> Result<(), IndexError> {
    let inverted = reader.inverted_index(term.field()).map_err(read)?;
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions).map_err(read)?;
    let Some(mut postings) = postings else { return Ok(()) };
    let mut positions = Vec::new();
    for (doc, number) in docs {
        if postings.doc() < doc && postings.seek(doc) == TERMINATED {
            break;
        }
        if postings.doc() == doc {
            postings.positions(&mut positions);
            clock.spend(positions.len())?;
            visit(number, &positions);
        }
    }
    Ok(())
}

/// What stands at a place of the string: one token, or any of several.
#[derive(Clone)]
pub(super) struct Slot {
    pub offset: u32,
    pub tokens: Vec<String>,
}

/// The postings of all slots of the same tokens.
struct Part {
    /// Where in the row they stand, in order.
    offsets: Vec<u32>,
    /// More than one for slots of several tokens.
    postings: Vec<SegmentPostings>,
}

impl Part {
    fn open(
        reader: &SegmentReader,
        field: Field,
        tokens: &[String],
        record: IndexRecordOption,
    ) -> Result<Self, IndexError> {
        let inverted = reader.inverted_index(field).map_err(read)?;
        let mut postings = Vec::with_capacity(tokens.len());
        for token in tokens {
            postings.extend(inverted.read_postings(&Term::from_field_text(field, token), record).map_err(read)?);
        }
        Ok(Self { offsets: Vec::new(), postings })
    }

    fn documents(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.doc_freq())).sum()
    }

    /// The first document of the part at or behind `target`.
    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.iter_mut().map(|postings| reach(postings, target)).min().unwrap_or(TERMINATED)
    }

    /// Where its tokens stand in a document, in order.
    fn positions(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == doc) {
            postings.append_positions_with_offset(0, positions);
        }
        if self.postings.len() > 1 {
            positions.sort_unstable();
        }
    }
}

/// The first document at or behind `target`.
fn reach(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
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
    /// Where pairs of its unigrams have postings of their own.
    pub pairs: Option<&'a (Field, Pairs)>,
}

impl Wanted<'_> {
    /// The tokens of its pairs that have postings, with their field.
    fn paired(&self) -> Vec<(Field, String)> {
        let Some((field, pairs)) = self.pairs else { return Vec::new() };
        let token = |two: &[Slot]| match two {
            [Slot { offset, tokens: first }, Slot { offset: next, tokens: second }] if offset + 1 == *next => {
                let ([first], [second]) = (first.as_slice(), second.as_slice()) else { return None };
                pairs.of(first, second).map(|token| (*field, token))
            }
            _ => None,
        };
        self.slots.windows(2).filter_map(token).collect()
    }
}

/// Steps through places after which a row is matched against the whole text at once: of texts that repeat themselves
/// every slot has many places.
const MANY: usize = 1 << 20;

/// The postings of a row of places, for documents that come in order.
pub(super) struct Row {
    /// Postings of pairs in it, the rarest first: they only say where it cannot be.
    pairs: Vec<SegmentPostings>,
    parts: Vec<Part>,
    length: u32,
    /// Each of its places is filled by one part, and no two parts have a token in common.
    is_solid: bool,
    before: Option<Column<u64>>,
}

impl Row {
    pub fn open(reader: &SegmentReader, wanted: &Wanted<'_>, record: IndexRecordOption) -> Result<Self, IndexError> {
        let mut slots: HashMap<&[String], Vec<u32>> = HashMap::new();
        for slot in wanted.slots {
            slots.entry(&slot.tokens).or_default().push(slot.offset);
        }
        let mut parts = Vec::with_capacity(slots.len());
        let mut tokens = HashSet::new();
        let mut is_solid = wanted.slots.len() == wanted.length as usize;
        for (own, offsets) in slots {
            is_solid &= own.iter().all(|token| tokens.insert(token));
            parts.push(Part { offsets, ..Part::open(reader, wanted.field, own, record)? });
        }
        parts.sort_by_key(|part| (part.documents(), part.offsets.first().copied()));
        let mut pairs = Vec::new();
        for (field, token) in wanted.paired() {
            // A pair that stands nowhere in the segment has no postings, and neither has the row.
            let part = Part::open(reader, field, &[token], IndexRecordOption::Basic)?;
            pairs.push(part.postings.into_iter().next().unwrap_or_else(SegmentPostings::empty));
        }
        pairs.sort_by_key(SegmentPostings::doc_freq);
        Ok(Self { pairs, parts, length: wanted.length, is_solid, before: wanted.before.clone() })
    }

    /// Moves every part to `doc` or behind; the furthest place reached, and whether all stand at `doc`.
    pub fn advance(&mut self, doc: DocId) -> (DocId, bool) {
        for pair in &mut self.pairs {
            let reached = reach(pair, doc);
            if reached != doc {
                return (reached, false);
            }
        }
        for part in &mut self.parts {
            let reached = part.seek(doc);
            if reached != doc {
                return (reached, false);
            }
        }
        (doc, true)
    }

    /// Where the row begins in a document that has all of its parts, in order.
    pub fn starts(&mut self, doc: DocId, places: &mut Buffers, clock: &Clock) -> Result<(), IndexError> {
        places.starts.clear();
        let limit = self.before.as_ref().map(|column| column.first(doc).unwrap_or_default());
        let last = match limit {
            None => u64::from(u32::MAX),
            Some(limit) if limit >= u64::from(self.length) => limit - u64::from(self.length),
            Some(_) => return Ok(()),
        };
        let Buffers { starts, positions } = places;
        let (mut steps, mut begun) = (0, false);
        for part in &mut self.parts {
            part.positions(doc, positions);
            clock.spend(positions.len())?;
            for &offset in &part.offsets {
                if begun {
                    steps += starts.len();
                    clock.spend(starts.len())?;
                    keep_shifted(starts, positions, offset);
                    if steps > MANY && self.is_solid {
                        self.align(doc, places, clock)?;
                        places.starts.retain(|start| u64::from(*start) <= last);
                        return Ok(());
                    }
                } else {
                    let shifted = positions.iter().filter_map(|at| at.checked_sub(offset));
                    starts.extend(shifted.filter(|start| u64::from(*start) <= last));
                    begun = true;
                }
            }
            if starts.is_empty() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The same by one walk through the text, as Knuth, Morris and Pratt have it.
    fn align(&mut self, doc: DocId, places: &mut Buffers, clock: &Clock) -> Result<(), IndexError> {
        let Buffers { starts, positions } = places;
        starts.clear();
        let mut pattern = vec![0; self.length as usize];
        let mut text: Vec<u32> = Vec::new();
        for (number, part) in (1..).zip(&mut self.parts) {
            part.offsets.iter().for_each(|offset| pattern[*offset as usize] = number);
            part.positions(doc, positions);
            clock.spend(positions.len())?;
            let length = positions.last().map_or(0, |last| *last as usize + 1);
            text.resize(text.len().max(length), 0);
            positions.iter().for_each(|position| text[*position as usize] = number);
        }
        let borders = borders(&pattern);
        let mut fitting = 0;
        for (at, number) in text.iter().enumerate() {
            while fitting > 0 && (fitting == pattern.len() || pattern[fitting] != *number) {
                fitting = borders[fitting - 1];
            }
            fitting += usize::from(pattern[fitting] == *number);
            if fitting == pattern.len() {
                starts.push((at + 1 - fitting) as u32);
            }
        }
        clock.spend(text.len())
    }

    /// How often the row stands in a document that has all of its parts.
    fn count(&mut self, doc: DocId, places: &mut Buffers, clock: &Clock) -> Result<u32, IndexError> {
        if let ([single], 1, None) = (self.parts.as_slice(), self.length, &self.before) {
            return Ok(single.postings.iter().filter(|one| one.doc() == doc).map(Postings::term_freq).sum());
        }
        self.starts(doc, places, clock)?;
        Ok(places.starts.len() as u32)
    }
}

/// What was read of one document last; kept for its room.
#[derive(Default)]
pub(super) struct Buffers {
    pub starts: Vec<u32>,
    positions: Vec<u32>,
}

/// Keeps the starts of which a position lies `offset` behind; both in order.
fn keep_shifted(starts: &mut Vec<u32>, positions: &[u32], offset: u32) {
    let mut at = 0;
    starts.retain(|start| {
        let wanted = start.saturating_add(offset);
        while positions.get(at).is_some_and(|position| *position < wanted) {
            at += 1;
        }
        positions.get(at) == Some(&wanted)
    });
}

/// For each beginning of a row, the length of the longest shorter beginning that it ends with.
fn borders(row: &[u32]) -> Vec<usize> {
    let mut borders = vec![0; row.len()];
    for at in 1..row.len() {
        let mut border: usize = borders[at - 1];
        while border > 0 && row[border] != row[at] {
            border = borders[border - 1];
        }
        borders[at] = border + usize::from(row[border] == row[at]);
    }
    borders
}

/// The occurrences of a string, in the documents of `within` or in all; deleted ones are among them.
pub(super) fn occurrences(
    reader: &SegmentReader,
    wanted: &Wanted<'_>,
    within: Option<&[DocId]>,
    clock: &Clock,
) -> Result<Occurrences, IndexError> {
    // A row that is one pair is told by its postings alone.
    let pair = if wanted.length == 2 && wanted.before.is_none() { wanted.paired().pop() } else { None };
    let own = pair.map(|(field, token)| (field, [Slot { offset: 0, tokens: vec![token] }]));
    let whole =
        own.as_ref().map(|(field, slots)| Wanted { field: *field, slots, length: 1, before: None, pairs: None });
    let wanted = whole.as_ref().unwrap_or(wanted);
    let record = match (wanted.slots.len(), &wanted.before) {
        (1, None) => IndexRecordOption::WithFreqs,
        _ => IndexRecordOption::WithFreqsAndPositions,
    };
    let mut row = Row::open(reader, wanted, record)?;
    let mut found = Occurrences::default();
    let mut within = within.map(<[DocId]>::iter);
    let (mut places, mut doc) = (Buffers::default(), 0);
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
        let count = row.count(doc, &mut places, clock)?;
        if count > 0 {
            found.push(doc, count);
        }
        doc += 1;
        clock.tick()?;
    }
    Ok(found)
}
