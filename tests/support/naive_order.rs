//! The order of the naive backend: words, strings, dates and keys, counted one by one.

use std::cmp::Ordering;

use xunzhang::document::{Document, Entry};
use xunzhang::index::{Ask, Candidate, Column, Sort, WordWeight};
use xunzhang::query::{Meaning, Term};

use super::occurrences;

/// A title's words count so much more than a body's, and a whole string so much beside a word.
const TITLE: f32 = 1.5;
const STRING: f32 = 0.25;

/// The score of a document, and the weight of the words that it has.
pub fn score(entry: &Entry, ask: &Ask<'_>, rarities: &[f32]) -> (f32, f32) {
    let saturated = |count: usize| count as f32 / (count as f32 + 1.2);
    let (mut score, mut share) = (0.0, 0.0);
    for (word, rarity) in ask.words.iter().zip(rarities) {
        let (body, title) = (in_body(entry, word), count(&entry.streams.title_words, &word.text));
        score += word.weight * rarity * (saturated(body) + TITLE * saturated(title));
        share += if body + title > 0 { word.weight * rarity } else { 0.0 };
    }
    let strings = strings(ask.meaning).into_iter();
    score += strings.map(|term| STRING * saturated(occurrences(entry, term).unwrap_or_default())).sum::<f32>();
    (score, share)
}

/// The terms that count in the order.
fn strings(meaning: &Meaning) -> Vec<&Term> {
    match meaning {
        Meaning::Term(term) => vec![term],
        Meaning::And(parts) | Meaning::Or(parts) => parts.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

pub fn in_body(entry: &Entry, word: &WordWeight) -> usize {
    count(if word.unigram { &entry.streams.text } else { &entry.streams.body_words }, &word.text)
}

pub fn count(stream: &str, token: &str) -> usize {
    stream.split_ascii_whitespace().filter(|other| *other == token).count()
}

/// Ties go by date, the newest first, then by key.
pub fn compare(sort: Sort, a: &Candidate, b: &Candidate) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    let newest = b.date.cmp(&a.date);
    let oldest = a.date.is_none().cmp(&b.date.is_none()).then(a.date.cmp(&b.date));
    let wanted = match sort {
        Sort::Newest => newest.then(by_score),
        Sort::Oldest => oldest.then(by_score),
        _ => by_score.then(newest),
    };
    wanted.then(a.order.cmp(&b.order))
}

/// The begin of a document's key, the last resort of every order.
pub fn order_of(entry: &Entry) -> u64 {
    u64::from_str_radix(&entry.document.key()[..16], 16).unwrap_or_default()
}

/// The values of a column that a document has.
pub fn values(entry: &Entry, column: Option<&Column>) -> Vec<String> {
    let Document { source, authors, origin, .. } = &entry.document;
    match column {
        Some(Column::Source) => source.iter().cloned().collect(),
        Some(Column::Author) => authors.clone(),
        Some(Column::Folder) => origin.path.rsplit_once('/').map(|(folder, _)| folder.to_owned()).into_iter().collect(),
        Some(Column::Extra(name)) => {
            let named = entry.streams.extra_values.iter().filter(|(own, _)| own == name);
            named.map(|(_, value)| value.clone()).collect()
        }
        Some(Column::Entity(name)) => {
            let named = entry.streams.entity_values.iter().filter(|(own, _)| own == name);
            named.map(|(_, value)| value.clone()).collect()
        }
        _ => Vec::new(),
    }
}
