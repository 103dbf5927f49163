//! Names and words of the corpus that begin like this, in Han or in pinyin: for boxes that complete what is typed.

use std::collections::HashMap;

use serde::Serialize;

use super::count::Counter;
use crate::analysis::pinyin::{may_be_pinyin, ways};
use crate::analysis::{fold, is_han};
use crate::engine::Engine;
use crate::engine::guard::guarded;
use crate::error::Error;
use crate::index::{Snapshot, TermPattern};

/// Characters of a begin that is completed.
const LONGEST: usize = 24;
/// Characters of a begin that is tried as several words.
const SHORTEST_OF_SEVERAL: usize = 3;
/// Words that may follow the whole words of a begin.
const FOLLOWING: usize = 8;

/// A word or a name of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// As the corpus writes it.
    pub text: String,
    /// Documents that have it as a word; a string of several words is counted wherever it stands.
    pub documents: u64,
}

impl Engine {
    /// Words and names of the corpus that begin with a prefix, in Han (`天水`), in pinyin (`tians`) or by initials
    /// (`tsh`), the most documents first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn complete(&self, prefix: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        guarded(|| self.completions(prefix, limit))
    }

    fn completions(&self, prefix: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        let snapshot = self.snapshot()?;
        let folded = fold(prefix.trim());
        if folded.is_empty() || folded.chars().count() > LONGEST {
            return Ok(Vec::new());
        }
        let counter = Counter { snapshot: &*snapshot, deadline: None };
        let words = beginning(&folded, limit, &*snapshot)?.into_iter().map(|(word, _)| {
            let (documents, text) = counter.word(&word)?;
            Ok(Completion { text, documents })
        });
        let mut found = words.collect::<Result<Vec<_>, Error>>()?;
        if found.len() < limit {
            found.extend(following(&folded, limit - found.len(), counter)?);
        }
        found.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
        Ok(found)
    }
}

/// Words that begin like this, in every way to read it.
fn beginning(folded: &str, limit: usize, snapshot: &dyn Snapshot) -> Result<Vec<(String, u64)>, Error> {
    let mut patterns = vec![folded.chars().map(|c| vec![c]).collect::<Vec<_>>()];
    if may_be_pinyin(folded) {
        patterns.extend(ways(folded, true));
    }
    let mut found: HashMap<String, u64> = HashMap::new();
    for pattern in patterns {
        found.extend(snapshot.terms(&TermPattern::beginning(pattern), limit)?);
    }
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(limit);
    Ok(found)
}

/// Strings of several words: what follows the longest end of the prefix that a word begins with.
fn following(folded: &str, limit: usize, counter: Counter<'_>) -> Result<Vec<Completion>, Error> {
    let mut found = Vec::new();
    if folded.chars().count() < SHORTEST_OF_SEVERAL || !folded.chars().all(is_han) {
        return Ok(found);
    }
    for (at, _) in folded.char_indices().skip(1) {
        let (head, tail) = folded.split_at(at);
        for (word, _) in beginning(tail, FOLLOWING, counter.snapshot)? {
            let text = format!("{head}{word}");
            let documents = counter.documents(&text)?;
            if documents > 0 {
                found.push(Completion { text: counter.written(&text)?, documents });
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}
