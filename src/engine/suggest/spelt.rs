//! Pinyin in queries: what of the corpus is spelt like this.

use std::collections::HashMap;

use super::count::Counter;
use super::lattice::{Spot, rows};
use crate::analysis::pinyin::ways;
use crate::analysis::unigrams;
use crate::error::Error;
use crate::index::{Snapshot, Stream, TermPattern};

/// Readings that are given at most.
const MOST: usize = 10;
/// Initials alone say little: a word of two has hundreds of neighbours.
const FEWEST_INITIALS: usize = 3;

/// Words and names of the corpus, folded, that a text in pinyin, or in pinyin and Han, can stand for, with how many
/// documents have them, the most first. None for Latin words that the corpus itself has.
pub(in crate::engine) fn pinyin_readings(snapshot: &dyn Snapshot, text: &str) -> Result<Vec<(String, u64)>, Error> {
    let tokens = unigrams(text);
    let latin: Vec<&str> =
        tokens.iter().map(|token| token.text.as_str()).filter(|token| token.len() > 1 && token.is_ascii()).collect();
    if !latin.is_empty() && snapshot.frequencies(Stream::Text, &latin)?.iter().all(|documents| *documents > 0) {
        return Ok(Vec::new());
    }
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let ways: Vec<_> =
        ways(text, false).into_iter().filter(|way| way.len() >= FEWEST_INITIALS || letters > way.len()).collect();
    let mut found: HashMap<String, u64> = HashMap::new();
    for way in &ways {
        for (word, documents) in snapshot.terms(&TermPattern::whole(way.clone()), MOST)? {
            found.insert(word, documents);
        }
    }
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if found.is_empty()
        && let Some(way) = ways.first().filter(|way| way.len() > 1)
    {
        let spots: Vec<Spot> =
            way.iter().map(|class| Spot { own: None, characters: class.clone(), changes: HashMap::new() }).collect();
        found = rows(&spots, 0, snapshot)?.into_iter().take(MOST).map(|row| (row.text, 0)).collect();
    }
    found.truncate(MOST);
    let counter = Counter { snapshot, deadline: None };
    for (text, documents) in &mut found {
        *documents = counter.documents(text)?;
    }
    found.retain(|(_, documents)| *documents > 0);
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}
