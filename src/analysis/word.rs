//! Words: jieba's precise cut of the folded text, for ranking and statistics; never for membership.
//!
//! A line break is a border unless the lines are wrapped by width, and a blank is one unless single Han characters
//! stand spaced out, as OCR leaves them. Words of one character are left out: unigrams already know their frequency.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::dictionary::Dictionary;
use super::han;

/// A piece is handed to jieba at a time; one line of 200 MB would take gigabytes of its scratch memory.
const PIECE: usize = 64 * 1024;

/// Cuts folded text into words with one dictionary; cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Segmenter {
    dictionary: Dictionary,
}

impl Segmenter {
    /// A segmenter over a dictionary; nothing is loaded before the first cut.
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary }
    }

    /// The dictionary it cuts with.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Calls `each` with every word of a folded text, in order, of two characters or more.
    pub fn cut(&self, folded: &str, hard_wrapped: bool, mut each: impl FnMut(&str)) {
        let joined = joined(folded, hard_wrapped);
        let mut rest = joined.as_ref();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(piece_end(rest));
            for word in self.dictionary.jieba().cut(piece, true) {
                if is_word(word.word) {
                    each(word.word);
                }
            }
            rest = after;
        }
    }
}

/// The words of a folded text with the default dictionary.
pub fn words_of(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    Segmenter::new(Dictionary::default()).cut(folded, false, |word| words.push(word.to_owned()));
    words
}

/// A word has two characters or more and begins with a letter, a digit or a Han character.
#[inline]
fn is_word(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next().is_some_and(|c| han::is_han(c) || c.is_alphanumeric());
    first && characters.next().is_some()
}

/// Whether a word says little: particles, pronouns, question words. They count half in the order.
pub fn is_function_word(folded: &str) -> bool {
    static WORDS: LazyLock<std::collections::HashSet<String>> = LazyLock::new(|| {
        let lines = include_str!("data/function_words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split_whitespace()).map(super::fold).collect()
    });
    WORDS.contains(folded)
}

/// Where to end the next piece: behind the last sentence mark, else break, else character that fits.
fn piece_end(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let window = &text[..text.floor_char_boundary(PIECE)];
    let end =
        ["。", "!", "?", "\n", ";", ",", " "].iter().filter_map(|mark| Some(window.rfind(mark)? + mark.len())).next();
    end.unwrap_or(window.len())
}

/// Takes out the blanks and breaks that are no borders of words.
fn joined(folded: &str, hard_wrapped: bool) -> Cow<'_, str> {
    let spaced = spaced_out(folded);
    let broken = hard_wrapped && folded.contains('\n');
    if !(spaced || broken) {
        return Cow::Borrowed(folded);
    }
    let mut text = String::with_capacity(folded.len());
    let mut characters = folded.chars().peekable();
    while let Some(c) = characters.next() {
        let between =
            text.chars().next_back().is_some_and(han::is_han) && characters.peek().is_some_and(|&c| han::is_han(c));
        if !(between && (c == '\n' && hard_wrapped || c == ' ' && spaced)) {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// Whether three Han characters in a row stand alone between blanks: `脱 贫 攻 坚`.
fn spaced_out(folded: &str) -> bool {
    let mut alone = 0;
    folded.contains(' ')
        && folded.split(' ').any(|part| {
            let single = part.chars().next().is_some_and(|c| han::is_han(c) && c.len_utf8() == part.len());
            alone = if single { alone + 1 } else { 0 };
            alone == 3
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_whole_where_lines_and_blanks_split_them() {
        let cut = |text: &str, hard_wrapped| {
            let mut words = Vec::new();
            Segmenter::new(Dictionary::default()).cut(text, hard_wrapped, |word| words.push(word.to_owned()));
            words
        };
        assert_eq!(cut("改革\n开放", false), ["改革", "开放"]);
        assert!(cut("推进改革开\n放", true).concat().contains("开放"));
        assert!(cut("经 济 发 展", false).contains(&"经济".to_owned()));
    }

    #[test]
    fn a_long_text_is_cut_at_sentence_borders() {
        let text = "改革开放。".repeat(10_000);
        assert!(text[..piece_end(&text)].ends_with('。'));
    }
}
