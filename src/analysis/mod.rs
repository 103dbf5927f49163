//! TEXT → UNIGRAMS AND WORDS. Pure: no files, no engine.
//!
//! [`fold`] brings every way of writing the same characters to one form and keeps a map to the original;
//! [`unigrams`] cuts the folded text into the units of completeness, by rule and never by dictionary; [`Segmenter`]
//! cuts it into words, for ranking only. Asking and indexing call the same functions, and the two fingerprints here
//! tell an index whether it was made by this very analysis.

mod dictionary;
mod difference;
mod fold;
mod gloss;
mod han;
mod lines;
mod look_alike;
mod name;
mod numeral;
pub mod pinyin;
mod sketch;
mod terms;
mod unigram;
mod word;

pub use dictionary::{Dictionary, DictionaryError};
pub use difference::{Fate, Stretch, difference};
pub use fold::{Folded, fold};
pub use gloss::{glosses, sound_alike};
pub use han::{frequent_han, is_han};
pub(crate) use lines::{edge_lines, line_numbers, line_of};
pub use look_alike::look_alikes;
pub use name::name_token;
pub(crate) use numeral::number;
pub use numeral::numerals_otherwise;
pub(crate) use sketch::{SHINGLE, bare, length_of, shingles, shingles_of, sketch};
pub(crate) use terms::POLICY_TERMS;
pub use terms::policy_terms;
pub use unigram::{CLAUSE, Kind, PARAGRAPH, SENTENCE, Unigram, Unigrams, unigrams};
pub use word::{Segmenter, is_function_word, words_of};

use std::sync::LazyLock;

use crate::analysis::dictionary::hash;

/// Version of the rules of fold and unigrams; raised with every change of what they give.
const RULES: &str = "fold 1";

/// Names the analysis that decides membership: the rules and the data of fold and unigrams, 16 hexadecimal digits.
/// An index made by another cannot be searched before it is upgraded.
pub fn fingerprint() -> String {
    static OURS: LazyLock<String> = LazyLock::new(|| hash(&[RULES, han::CLASSES, gloss::READINGS]));
    OURS.clone()
}
