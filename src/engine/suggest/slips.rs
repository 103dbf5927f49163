//! Slips of the hand: swapped neighbours, a character too many, a character that is missing.
//!
//! The first two are few strings, and how the corpus's words cut them tells the likely ones. What is missing is read
//! out of the corpus: from words with a gap, and from texts that have the parts on both sides of the gap.

use std::collections::HashMap;

use super::Reason;
use super::count::{Counter, begin};
use super::lattice::{Near, Rarity};
use crate::analysis::{is_han, unigrams};
use crate::error::Error;
use crate::index::{Snapshot, Stream, TermPattern};

const SWAPPED: f32 = 3.0;
const DOUBLED: f32 = 1.5;
const SUPERFLUOUS: f32 = 5.5;
const MISSING: f32 = 4.0;

/// Characters of the longest word that is looked for.
const LONGEST: usize = 8;
/// Words with a gap that are looked at, and texts.
const WORDS: usize = 6;
const TEXTS: usize = 12;

/// Strings with two neighbours swapped, or without one of the characters; at its ends nearly every string that is not
/// found has a shorter one that is, so only a doubled character counts there.
pub(super) fn swapped_or_superfluous(characters: &[char], snapshot: &dyn Snapshot) -> Result<Vec<Near>, Error> {
    let mut strings: Vec<(Vec<char>, f32, Reason)> = Vec::new();
    for at in 1..characters.len() {
        let mut swapped = characters.to_vec();
        swapped.swap(at - 1, at);
        strings.push((swapped, SWAPPED, Reason::Swapped));
    }
    // Of three characters every two are some word, and a name without one of its own is another's.
    for at in (0..characters.len()).filter(|_| characters.len() > 2) {
        let mut shorter = characters.to_vec();
        let c = shorter.remove(at);
        let doubled = shorter.get(at) == Some(&c) || (at > 0 && shorter[at - 1] == c);
        let at_an_end = at == 0 || at == shorter.len();
        if doubled || (characters.len() > 3 && !at_an_end) {
            strings.push((shorter, if doubled { DOUBLED } else { SUPERFLUOUS }, Reason::Superfluous));
        }
    }
    strings.retain(|(string, ..)| string != characters);
    let mut cut = Cut::new(snapshot)?;
    strings.into_iter().map(|(string, cost, reason)| cut.near(string.iter().collect(), cost, reason)).collect()
}

/// Strings with a character more, out of words and texts.
pub(super) fn missing(characters: &[char], counter: &Counter<'_>) -> Result<Vec<Near>, Error> {
    let mut strings: Vec<String> = Vec::new();
    for gap in 1..characters.len() {
        for start in gap.saturating_sub(LONGEST - 1)..gap {
            strings.extend(with_gap(characters, start, gap, counter.snapshot)?);
        }
        // A single character says too little for all the texts that have it.
        let shorter = gap.min(characters.len() - gap);
        if shorter > 1 {
            strings.extend(between(&characters[..gap], &characters[gap..], counter)?);
        }
    }
    strings.sort_unstable();
    strings.dedup();
    let mut cut = Cut::new(counter.snapshot)?;
    strings.into_iter().map(|text| cut.near(text, MISSING, Reason::Missing)).collect()
}

/// The strings in which a word begins at `start` and has a character more at the gap.
fn with_gap(
    characters: &[char],
    start: usize,
    gap: usize,
    snapshot: &dyn Snapshot,
) -> Result<impl Iterator<Item = String>, Error> {
    let mut classes: Vec<Vec<char>> = characters[start..].iter().map(|&c| vec![c]).collect();
    classes.insert(gap - start, Vec::new());
    classes.truncate(LONGEST);
    let words =
        snapshot.terms(&TermPattern { shortest: gap - start + 1, characters: classes, open_end: false }, WORDS)?;
    Ok(words.into_iter().map(move |(word, _)| {
        let behind = start + word.chars().count() - 1;
        characters[..start].iter().copied().chain(word.chars()).chain(characters[behind..].iter().copied()).collect()
    }))
}

/// Strings of a few texts that have one Han character between two parts.
pub(super) fn between(left: &[char], right: &[char], counter: &Counter<'_>) -> Result<Vec<String>, Error> {
    let parts: [String; 2] = [left.iter().collect(), right.iter().collect()];
    let places = counter.with_all(&parts, TEXTS)?;
    let mut strings = Vec::new();
    for document in counter.snapshot.fetch(&places)? {
        for text in [begin(&document.title), begin(&document.body)] {
            // A mark is a character of its own here, so that nothing matches across it.
            let tokens: Vec<char> = unigrams(text).iter().map(|unigram| single(&unigram.text)).collect();
            for window in tokens.windows(left.len() + 1 + right.len()) {
                let fits = window.starts_with(left) && window.ends_with(right) && is_han(window[left.len()]);
                if fits {
                    strings.push(window.iter().collect());
                }
            }
        }
    }
    Ok(strings)
}

/// The only character of a token, or one that fits nowhere.
fn single(token: &str) -> char {
    let mut characters = token.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => c,
        _ => '\0',
    }
}

/// The cheapest cut of strings into the corpus's words; words are asked for once.
struct Cut<'a> {
    snapshot: &'a dyn Snapshot,
    rarity: Rarity,
    known: HashMap<String, f32>,
}

impl<'a> Cut<'a> {
    fn new(snapshot: &'a dyn Snapshot) -> Result<Self, Error> {
        Ok(Self { snapshot, rarity: Rarity(snapshot.counts()?.documents.max(1) as f32), known: HashMap::new() })
    }

    fn near(&mut self, text: String, cost: f32, reason: Reason) -> Result<Near, Error> {
        let characters: Vec<char> = text.chars().collect();
        let evidence = self.cost(&characters)? + cost;
        let is_word = characters.len() <= LONGEST && self.word(&characters)?.is_finite();
        Ok(Near { text, cost, evidence, changes: 1, reason, is_word })
    }

    fn cost(&mut self, characters: &[char]) -> Result<f32, Error> {
        let mut least = vec![0.0_f32];
        for end in 1..=characters.len() {
            let mut cost = f32::INFINITY;
            for start in end.saturating_sub(LONGEST)..end {
                cost = cost.min(least[start] + self.word(&characters[start..end])?);
            }
            least.push(cost);
        }
        Ok(least[characters.len()])
    }

    fn word(&mut self, characters: &[char]) -> Result<f32, Error> {
        let word: String = characters.iter().collect();
        if let Some(cost) = self.known.get(&word) {
            return Ok(*cost);
        }
        let documents = |stream| Ok::<u64, Error>(self.snapshot.frequencies(stream, &[&word])?.iter().sum());
        let cost = if characters.len() == 1 {
            self.rarity.alone(documents(Stream::Text)?)
        } else {
            match documents(Stream::BodyWords)? + documents(Stream::TitleWords)? {
                0 => f32::INFINITY,
                known => self.rarity.of_word(known),
            }
        };
        self.known.insert(word, cost);
        Ok(cost)
    }
}
