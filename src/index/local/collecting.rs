//! From scored documents of all segments to the best of them in a stable order.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocId, SegmentOrdinal};

use super::matching::Days;
use super::read;
use crate::document::Day;
use crate::index::{Ask, Candidate, Freshness, IndexError, Place, Sort};

/// Candidates that are gathered at least before they are thinned out.
const ROOM: usize = 256;

/// Gathers candidates, and never many more than are wanted.
pub(super) struct Collector<'a> {
    sort: Sort,
    freshness: Option<Freshness>,
    /// The latest date of the index.
    latest: Day,
    limit: usize,
    candidates: Vec<Candidate>,
    /// The least score of those kept when they were thinned out last: what is below is none of the best.
    least: f32,
    /// How many were given in all.
    pub total: u64,
    /// Groups to count, and how many of each were given.
    numbers: Option<&'a HashMap<u64, u32>>,
    pub groups: HashMap<u32, u64>,
}

impl<'a> Collector<'a> {
    pub fn new(ask: &Ask<'a>, latest: Day) -> Self {
        let Ask { sort, freshness, limit, .. } = *ask;
        let (candidates, groups) = (Vec::new(), HashMap::new());
        let (least, total, numbers) = (f32::NEG_INFINITY, 0, ask.groups);
        Self { sort, freshness, latest, limit, candidates, least, total, numbers, groups }
    }

    /// Takes the scored documents of a segment, of which deleted ones are left out.
    pub fn take(
        &mut self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        scored: impl Iterator<Item = (DocId, f32)>,
    ) -> Result<(), IndexError> {
        let days = Days::open(reader)?;
        let order: Column<u64> = reader.fast_fields().u64("order").map_err(read)?;
        let room = self.limit.saturating_mul(2).max(ROOM);
        // Where the score alone decides, a date and a key are read only of what may stay.
        let by_score = self.sort == Sort::Relevance && self.freshness.is_none();
        for (doc, score) in scored {
            self.total += 1;
            if let Some(group) = self.numbers.and_then(|numbers| numbers.get(&order.first(doc)?)) {
                *self.groups.entry(*group).or_default() += 1;
            }
            if by_score && score < self.least {
                continue;
            }
            let date = days.of(doc).map(|(first, _)| first);
            let order = order.first(doc).unwrap_or_default();
            let age = date.map(|date| self.latest.0.saturating_sub(date.0).max(0) as u32);
            let score = self.freshness.map_or(score, |freshness| score * freshness.kept(age));
            self.candidates.push(Candidate { place: place(segment, doc), score, date, age, order });
            if self.candidates.len() >= room {
                self.shrink();
            }
        }
        Ok(())
    }

    fn shrink(&mut self) {
        if self.limit < self.candidates.len() {
            let sort = self.sort;
            self.candidates.select_nth_unstable_by(self.limit, |a, b| compare(sort, a, b));
            self.candidates.truncate(self.limit);
            self.least = self.candidates.iter().map(|candidate| candidate.score).fold(f32::INFINITY, f32::min);
        }
    }

    /// The best, in order.
    pub fn finish(mut self) -> Vec<Candidate> {
        self.shrink();
        let sort = self.sort;
        self.candidates.sort_unstable_by(|a, b| compare(sort, a, b));
        self.candidates
    }
}

/// Ties go by date, the newest first, then by key.
fn compare(sort: Sort, a: &Candidate, b: &Candidate) -> Ordering {
    let newest = || b.date.cmp(&a.date);
    let oldest = || a.date.unwrap_or(Day(i32::MAX)).cmp(&b.date.unwrap_or(Day(i32::MAX)));
    let score = || Reverse(a.score).0.total_cmp(&b.score).reverse();
    let first = match sort {
        Sort::Relevance | Sort::Hot => score().then_with(newest),
        Sort::Newest => newest().then_with(score),
        Sort::Oldest => oldest().then_with(score),
    };
    first.then_with(|| a.order.cmp(&b.order))
}

/// A document's place in a snapshot: number of the segment, then of the document in it.
pub(super) fn place(segment: SegmentOrdinal, doc: DocId) -> Place {
    Place(u64::from(segment) << 32 | u64::from(doc))
}

/// The reverse of [`place`].
pub(super) fn address(place: Place) -> (SegmentOrdinal, DocId) {
    ((place.0 >> 32) as u32, place.0 as u32)
}
