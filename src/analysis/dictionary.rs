//! The dictionary behind the words: jieba's own, folded, with the user's words added.
//!
//! jieba's default dictionary is loaded once in a process, and only when something is cut (100 ms, 70 MB); a user's
//! words make a copy of it. Words pass the same fold as texts, or 著名 would never be cut again.

use std::sync::{Arc, LazyLock, OnceLock};

use jieba_rs::Jieba;
use sha2::{Digest, Sha256};

use super::fold::fold;
use crate::analysis::han;

/// Entries of jieba's dictionary whose folded form it lacks.
const FOLDED: &str = include_str!("data/dictionary.txt");

/// Version of jieba's dictionary and cut.
const JIEBA: &str = "jieba-rs 0.11 precise hmm";

static DEFAULT: LazyLock<Arc<Jieba>> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    for line in FOLDED.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split(' ');
        if let (Some(word), frequency) = (columns.next(), columns.next().and_then(|f| f.parse().ok())) {
            jieba.add_word(word, frequency, columns.next());
        }
    }
    Arc::new(jieba)
});

/// A dictionary of words; cheap to clone.
#[derive(Clone, Default)]
pub struct Dictionary {
    user: Arc<str>,
    jieba: Arc<OnceLock<Arc<Jieba>>>,
}

/// A line of a user's dictionary that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line} of the dictionary: {reason}. A line is a word, then optionally a frequency and a tag: 麦积区 1000 ns"
)]
#[non_exhaustive]
pub struct DictionaryError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl Dictionary {
    /// jieba's dictionary and the words of `text` in jieba's format: a line is a word, then optionally its frequency
    /// and its tag, parted by blanks; empty lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// The first line that has no word, or a frequency that is no whole number below a billion.
    pub fn with_words(text: &str) -> Result<Self, DictionaryError> {
        for (line, entry) in text.lines().enumerate() {
            check(entry).map_err(|reason| DictionaryError { line: line + 1, reason })?;
        }
        Ok(Self { user: text.into(), jieba: Arc::default() })
    }

    /// The user's words, as given.
    pub fn user_words(&self) -> &str {
        &self.user
    }

    /// Names the words that this dictionary cuts, 16 hexadecimal digits: with another only the order may differ.
    pub fn fingerprint(&self) -> String {
        hash(&[JIEBA, FOLDED, han::CLASSES, &self.user])
    }

    /// Loads the words, which is else done when they are first needed.
    pub fn load(&self) {
        self.jieba();
    }

    pub(super) fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            if self.user.trim().is_empty() {
                return DEFAULT.clone();
            }
            let mut jieba = Jieba::clone(&DEFAULT);
            for entry in self.user.lines().filter_map(entry) {
                jieba.add_word(&fold(entry.0), entry.1, entry.2);
            }
            Arc::new(jieba)
        })
    }
}

type UserEntry<'a> = (&'a str, Option<usize>, Option<&'a str>);

fn entry(line: &str) -> Option<UserEntry<'_>> {
    let line = line.trim_start_matches('\u{FEFF}').trim();
    let mut columns = line.split_whitespace();
    let word = columns.next().filter(|word| !word.starts_with('#'))?;
    let (frequency, tag) = match columns.next() {
        Some(second) => second.parse().map_or((None, Some(second)), |f| (Some(f), columns.next())),
        None => (None, None),
    };
    Some((word, frequency, tag))
}

fn check(line: &str) -> Result<(), String> {
    let Some((word, frequency, tag)) = entry(line) else { return Ok(()) };
    if super::unigrams(word).is_empty() {
        return Err(format!("\"{word}\" has no letter, digit or Han character"));
    }
    if frequency.is_some_and(|f: usize| f >= 1_000_000_000) {
        return Err(format!("the frequency of \"{word}\" is a billion or more"));
    }
    match tag {
        Some(tag) if frequency.is_none() && tag.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
            Err(format!("the frequency \"{tag}\" of \"{word}\" is no whole number"))
        }
        _ => Ok(()),
    }
}

/// The first 8 bytes of a SHA-256 over the parts, in hexadecimal.
pub(super) fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_word_is_cut_whole_and_a_bad_line_is_named() {
        let dictionary = Dictionary::with_words("# 人名\n張智明 900 nr\n五龍鎮\n").expect("well-formed");
        let mut words = Vec::new();
        crate::analysis::Segmenter::new(dictionary)
            .cut("书记张智明在五龙镇调研", false, |word| words.push(word.to_owned()));
        assert_eq!(words, ["书记", "张智明", "五龙镇", "调研"]);
        let error = Dictionary::with_words("好\n坏 1x2\n").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("line 2 of the dictionary: the frequency \"1x2\""), "{error}");
    }
}
