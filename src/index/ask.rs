//! A question to a snapshot and what it finds, as plain types. How documents are matched and scored is the backends' own.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::Place;
use crate::document::Day;
use crate::query::Meaning;

/// A question to a snapshot.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// What a document must be.
    pub meaning: &'a Meaning,
    /// Words that give the order, each once.
    pub words: &'a [WordWeight],
    /// Share of the words' weight that a document must have, 0 to 1; 0 where `meaning` alone decides.
    pub minimum: f32,
    /// Days that the date must overlap, and whether documents without a date stay.
    pub dates: Option<(RangeInclusive<Day>, bool)>,
    /// Only documents that were indexed later than this, in seconds since 1970.
    pub indexed_after: Option<i64>,
    /// The order.
    pub sort: Sort,
    /// What age takes away from scores.
    pub freshness: Option<Freshness>,
    /// How many of the best to give.
    pub limit: usize,
    /// Numbers of groups of documents, by the begin of their keys: how many of each are found is counted.
    pub groups: Option<&'a HashMap<u64, u32>>,
    /// When to give up.
    pub deadline: Option<Instant>,
}

impl<'a> Ask<'a> {
    /// Every document of a meaning, the latest first, without a look at words or at the clock.
    pub fn all(meaning: &'a Meaning) -> Self {
        Self {
            meaning,
            words: &[],
            minimum: 0.0,
            dates: None,
            indexed_after: None,
            sort: Sort::Newest,
            freshness: None,
            limit: usize::MAX,
            groups: None,
            deadline: None,
        }
    }

    /// Whether dates decide which documents are found, or their order.
    pub fn decides_by_date(&self) -> bool {
        let by_order = self.sort != Sort::Relevance || self.freshness.is_some();
        self.dates.is_some() || by_order || self.meaning.has_dates()
    }
}

/// A word that gives the order.
#[derive(Clone, Debug, PartialEq)]
pub struct WordWeight {
    /// The word, folded.
    pub text: String,
    /// Its weight: 1, or less for a function word.
    pub weight: f32,
    /// It is a single unigram: its frequency stands with the unigrams.
    pub unigram: bool,
}

/// What age takes away from a score: it is multiplied by 1 - weight × (1 - 1 ÷ (1 + age ÷ half-life)), so that an archive
/// of decades still has an order among what is old.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Freshness {
    /// What the oldest lose, 0 to 1.
    pub weight: f32,
    /// Days after which half of that is lost. Age counts from the latest date of the index.
    pub half_life: f32,
}

impl Freshness {
    /// What is kept of a score at an age in days; documents without a date count as the oldest.
    pub fn kept(self, age: Option<u32>) -> f32 {
        let fresh = age.map_or(0.0, |days| 1.0 / (1.0 + days as f32 / self.half_life));
        1.0 - self.weight * (1.0 - fresh)
    }
}

/// The order of documents; ties go by date, the newest first, then by key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest date first; documents without a date last.
    Newest,
    /// The earliest date first; documents without a date last.
    Oldest,
    /// By relevance of which a month takes half, two months two thirds: what is written about it of late.
    Hot,
}

/// What a snapshot found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// How many documents there are in all, exactly.
    pub total: u64,
    /// Documents without a date that only the range of dates left out.
    pub undated_left_out: u64,
    /// Those of `total` whose date is only inferred, where [`Ask::decides_by_date`].
    pub inferred: u64,
    /// The most that the words of the question can give in a body: scores divided by it compare between questions.
    pub ideal: f32,
    /// Of each group, how many of all found are in it; nothing of groups of which none is.
    pub groups: HashMap<u32, u64>,
    /// The best of them.
    pub candidates: Vec<Candidate>,
}

/// A document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Where it is.
    pub place: Place,
    /// Score by words.
    pub score: f32,
    /// First day of its date.
    pub date: Option<Day>,
    /// Days from its date to the latest of the index.
    pub age: Option<u32>,
    /// Begin of its key: the last resort of every order.
    pub order: u64,
}
