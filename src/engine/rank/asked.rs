//! What of a query is looked for in the texts of candidates: its bigrams, and which of its words are neighbours.

use std::collections::HashSet;

use super::PAIR_GAP;
use crate::analysis::is_function_word;

/// A folded text without its signs and blanks, which stand between no two characters of a term.
pub(super) fn squeezed(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The distinct pairs of neighbouring characters. The rarity of one that is no word is put together from its
/// characters': between that of the rarer one and that of two strangers.
pub(super) fn bigrams(
    terms: &[(String, String)],
    idf: &dyn Fn(&str) -> Option<f32>,
    rarest: f32,
) -> Vec<(String, f32)> {
    let mut bigrams: Vec<(String, f32)> = Vec::new();
    let mut known = HashSet::new();
    for (term, _) in terms {
        let chars: Vec<char> = term.chars().collect();
        for pair in chars.windows(2) {
            let text: String = pair.iter().collect();
            if is_function_word(&text) || !known.insert(text.clone()) {
                continue;
            }
            let one = |c: char| idf(c.encode_utf8(&mut [0; 4])).unwrap_or(0.6 * rarest);
            let strangers = 0.75 * (one(pair[0]) + one(pair[1]));
            let weight = idf(&text).unwrap_or(strangers).min(rarest);
            bigrams.push((text, weight));
        }
    }
    bigrams
}

/// Words that stand next to each other in a term.
pub(super) fn pairs(terms: &[(String, String)], words: &[(String, f32)]) -> Vec<(usize, usize, usize)> {
    let mut pairs = Vec::new();
    for (term, _) in terms {
        let mut placed: Vec<(usize, usize, usize)> = Vec::new();
        for (number, (word, _)) in words.iter().enumerate() {
            if let Some(byte) = term.find(word.as_str()) {
                let start = term[..byte].chars().count();
                placed.push((start, start + word.chars().count(), number));
            }
        }
        placed.sort_unstable();
        for two in placed.windows(2) {
            let gap = two[1].0.saturating_sub(two[0].1);
            if gap <= PAIR_GAP {
                pairs.push((two[0].2, two[1].2, gap));
            }
        }
    }
    pairs
}
