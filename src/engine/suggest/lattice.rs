//! The corpus's own words over a row of places of which each may be one of several characters: the likeliest rows of
//! words, by how common the words are and by what the changes cost.
//!
//! At each place the dictionary of the index is asked once for all words that may begin there; a beam keeps the best
//! rows up to each place.

use std::collections::HashMap;

use super::Reason;
use crate::error::Error;
use crate::index::{Snapshot, Stream, TermPattern};

/// Rows that are kept up to each place, and words that may begin there.
const BEAM: usize = 40;
const WORDS: usize = 240;
/// Characters that may stand alone at one spot.
const ALONE_AT_ONCE: usize = 12;
/// Characters of the longest word that is looked for.
const LONGEST: usize = 8;
/// What a character costs that stands alone, beside how rare it is: the same as in the cut of a query.
const ALONE: f32 = 4.0;

/// A place of a term.
pub(super) struct Spot {
    /// The character that was asked for; `None` where any of the others will do.
    pub own: Option<char>,
    /// The characters that may stand there, sorted.
    pub characters: Vec<char>,
    /// What each other character costs, in natural logarithms, and why it may stand there.
    pub changes: HashMap<char, (f32, Reason)>,
}

/// A string near to another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    /// Folded.
    pub text: String,
    /// How unlikely the changes are, in natural logarithms.
    pub cost: f32,
    /// How unlikely changes and words are together.
    pub evidence: f32,
    /// Characters that are changed.
    pub changes: usize,
    pub reason: Reason,
    /// It is a word of the corpus.
    pub is_word: bool,
}

/// How rare words are in a corpus of so many documents.
#[derive(Clone, Copy)]
pub(super) struct Rarity(pub f32);

impl Rarity {
    pub fn of_word(self, documents: u64) -> f32 {
        (self.0 / (documents as f32 + 0.5)).ln().max(0.0) + 0.1
    }

    pub fn alone(self, documents: u64) -> f32 {
        self.of_word(documents) + ALONE
    }
}

/// A row of words up to a place.
#[derive(Clone, Copy)]
struct Row {
    evidence: f32,
    cost: f32,
    changes: usize,
    reason: Option<Reason>,
    /// The row before the last word, as place and number, and the word.
    before: (usize, usize),
    word: usize,
}

/// The likeliest rows of words with at least one change, or, where nothing was asked for exactly, all rows.
pub(super) fn rows(spots: &[Spot], most_changes: usize, snapshot: &dyn Snapshot) -> Result<Vec<Near>, Error> {
    let rarity = Rarity(snapshot.counts()?.documents.max(1) as f32);
    let start = Row { evidence: 0.0, cost: 0.0, changes: 0, reason: None, before: (0, 0), word: 0 };
    let mut beams: Vec<Vec<Row>> = vec![Vec::new(); spots.len() + 1];
    beams[0].push(start);
    let mut words: Vec<(String, f32)> = Vec::new();
    for at in 0..spots.len() {
        beams[at].sort_by(|a, b| a.evidence.total_cmp(&b.evidence));
        beams[at].truncate(BEAM);
        if beams[at].is_empty() {
            continue;
        }
        let first = words.len();
        let end = spots.len().min(at + LONGEST);
        let characters = spots[at..end].iter().map(|spot| spot.characters.clone()).collect();
        let pattern = TermPattern { characters, shortest: 2.min(end - at), open_end: false };
        let found = snapshot.terms(&pattern, WORDS)?;
        words.extend(found.into_iter().map(|(word, documents)| (word, rarity.of_word(documents))));
        let alone = alone(&spots[at], snapshot)?.into_iter();
        words.extend(alone.map(|(character, documents)| (character, rarity.alone(documents))));
        for (word, (text, rarity)) in words.iter().enumerate().skip(first) {
            let change = Change::of(text, &spots[at..]);
            for number in 0..beams[at].len() {
                let row = beams[at][number];
                if row.changes + change.changes <= most_changes {
                    let next = change.behind(row, *rarity, (at, number), word);
                    beams[at + change.length].push(next);
                }
            }
        }
    }
    Ok(finished(&beams, &words, spots.iter().all(|spot| spot.own.is_some())))
}

/// The characters that may stand alone at a spot: the one that was asked for, or the commonest of those that will do.
fn alone(spot: &Spot, snapshot: &dyn Snapshot) -> Result<Vec<(String, u64)>, Error> {
    let characters: Vec<String> = match spot.own {
        Some(own) => vec![own.to_string()],
        None => spot.characters.iter().copied().map(String::from).collect(),
    };
    let frequencies = snapshot.frequencies(Stream::Text, &characters.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut known: Vec<(String, u64)> = characters.into_iter().zip(frequencies).collect();
    known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    known.truncate(ALONE_AT_ONCE);
    Ok(known)
}

/// What a word changes of the places that it covers.
struct Change {
    length: usize,
    changes: usize,
    cost: f32,
    reason: Option<Reason>,
}

impl Change {
    fn of(word: &str, spots: &[Spot]) -> Self {
        let mut change = Self { length: 0, changes: 0, cost: 0.0, reason: None };
        for (c, spot) in word.chars().zip(spots) {
            change.length += 1;
            if let Some(&(cost, reason)) = spot.changes.get(&c).filter(|_| spot.own != Some(c)) {
                change.changes += 1;
                change.cost += cost;
                change.reason = change.reason.max(Some(reason));
            }
        }
        change
    }

    fn behind(&self, row: Row, rarity: f32, before: (usize, usize), word: usize) -> Row {
        Row {
            evidence: row.evidence + rarity + self.cost,
            cost: row.cost + self.cost,
            changes: row.changes + self.changes,
            reason: row.reason.max(self.reason),
            before,
            word,
        }
    }
}

fn finished(beams: &[Vec<Row>], words: &[(String, f32)], changed_only: bool) -> Vec<Near> {
    let mut last: Vec<Row> = beams.last().into_iter().flatten().copied().collect();
    last.retain(|row| row.changes > 0 || !changed_only);
    last.sort_by(|a, b| a.evidence.total_cmp(&b.evidence));
    let near = |row: &Row| {
        let (mut parts, mut row) = (vec![words[row.word].0.as_str()], *row);
        let found = Near {
            text: String::new(),
            cost: row.cost,
            evidence: row.evidence,
            changes: row.changes,
            reason: row.reason.unwrap_or(Reason::Pinyin),
            is_word: row.before.0 == 0,
        };
        while row.before.0 > 0 {
            row = beams[row.before.0][row.before.1];
            parts.push(&words[row.word].0);
        }
        parts.reverse();
        Near { text: parts.concat(), ..found }
    };
    last.iter().take(4 * BEAM).map(near).collect()
}
