//! What of a query is looked for in candidates: rows of unigrams, each once, and what they are to the query.

use std::collections::HashMap;

use super::PAIR_GAP;
use crate::analysis::{is_function_word, unigrams};
use crate::query::{Piece, Term};

/// Rows of unigrams: a text is read by the numbers of these alone.
#[derive(Default)]
pub(super) struct Rows {
    /// The unigrams; the number of each is its place here, from 1.
    pub tokens: Vec<String>,
    /// Numbers of the unigrams in a row.
    pub rows: Vec<Vec<u32>>,
    numbers: HashMap<String, u32>,
    known: HashMap<Vec<u32>, usize>,
}

impl Rows {
    /// The number of a row.
    pub fn row(&mut self, tokens: &[&str]) -> usize {
        let row: Vec<u32> = tokens.iter().map(|token| self.token(token)).collect();
        let next = self.rows.len();
        *self.known.entry(row).or_insert_with_key(|row| {
            self.rows.push(row.clone());
            next
        })
    }

    /// The number of a unigram.
    pub fn token(&mut self, token: &str) -> u32 {
        if let Some(number) = self.numbers.get(token) {
            return *number;
        }
        self.tokens.push(token.to_owned());
        let number = self.tokens.len() as u32;
        self.numbers.insert(token.to_owned(), number);
        number
    }

    /// The row of a word, if it has a unigram.
    pub fn word(&mut self, word: &str) -> Option<usize> {
        let own = unigrams(word);
        let own: Vec<&str> = own.iter().map(|unigram| unigram.text.as_str()).collect();
        (!own.is_empty()).then(|| self.row(&own))
    }
}

/// The rows of a term, parted where it has a mark or a wildcard.
pub(super) fn parts(term: &Term) -> Vec<Vec<&str>> {
    let mut parts = vec![Vec::new()];
    for piece in &term.unigrams {
        match (piece, parts.last_mut()) {
            (Piece::Token(token), Some(part)) => part.push(token.as_str()),
            _ => parts.push(Vec::new()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The distinct pairs of neighbouring unigrams, and runs of letters and digits by themselves. The rarity of a pair that
/// is no word is put together from its unigrams': between that of the rarer one and that of two strangers.
pub(super) fn bigrams(
    terms: &[Vec<Vec<&str>>],
    rows: &mut Rows,
    idf: &dyn Fn(&str) -> Option<f32>,
    rarest: f32,
) -> Vec<(usize, f32)> {
    let mut bigrams: HashMap<usize, f32> = HashMap::new();
    let one = |token: &str| idf(token).unwrap_or(0.6 * rarest);
    for part in terms.iter().flatten() {
        for pair in part.windows(2) {
            let text = pair.concat();
            if !is_function_word(&text) {
                let strangers = 0.75 * (one(pair[0]) + one(pair[1]));
                bigrams.insert(rows.row(pair), idf(&text).unwrap_or(strangers).min(rarest));
            }
        }
        for run in part.iter().filter(|token| token.chars().nth(1).is_some()) {
            bigrams.insert(rows.row(&[run]), one(run));
        }
    }
    let mut bigrams: Vec<(usize, f32)> = bigrams.into_iter().collect();
    bigrams.sort_by_key(|(row, _)| *row);
    bigrams
}

/// Words that stand next to each other in a term: their rows, and the unigrams between them there.
pub(super) fn pairs(terms: &[Vec<Vec<&str>>], words: &[(usize, f32)], rows: &mut Rows) -> Vec<(usize, usize, u32)> {
    let mut pairs = Vec::new();
    for part in terms.iter().flatten() {
        let part: Vec<u32> = part.iter().map(|token| rows.token(token)).collect();
        let first = |row: &[u32]| part.windows(row.len()).position(|stretch| stretch == row);
        let mut placed: Vec<(usize, usize, usize)> = Vec::new();
        for (number, (word, _)) in words.iter().enumerate() {
            let row = &rows.rows[*word];
            placed.extend(first(row).map(|start| (start, start + row.len(), number)));
        }
        placed.sort_unstable();
        for two in placed.windows(2) {
            let gap = two[1].0.saturating_sub(two[0].1);
            if gap <= PAIR_GAP {
                pairs.push((two[0].2, two[1].2, gap as u32));
            }
        }
    }
    pairs
}
