//! A candidate's text, folded, and where words stand in it.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::MOST_BYTES;
use crate::analysis::Folded;
use crate::document::Document;

/// A document's title and text, folded, with its sentences: the title is the first.
pub(super) struct Scanned {
    text: String,
    pub chars: usize,
    /// Bytes and characters before each sentence.
    pub sentences: Vec<(usize, usize)>,
    /// The text without soft signs and blanks, once it is needed.
    solid: OnceCell<String>,
}

impl Scanned {
    pub fn new(document: &Document) -> Self {
        let body = &document.body[..document.body.floor_char_boundary(MOST_BYTES)];
        let mut text = Folded::new(&document.title).text;
        text.push('\n');
        text.push_str(&Folded::new(body).text);
        let mut sentences = vec![(0, 0)];
        let mut chars = 0;
        for (byte, c) in text.char_indices() {
            chars += 1;
            if matches!(c, '。' | '!' | '?' | ';' | '\n') {
                sentences.push((byte + c.len_utf8(), chars));
            }
        }
        Self { text, chars, sentences, solid: OnceCell::new() }
    }

    pub fn bytes<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
        memchr::memmem::find_iter(self.text.as_bytes(), wanted.as_bytes())
    }

    /// Places in characters, about: a Han character is three bytes long.
    pub fn places<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.bytes(wanted).map(|byte| byte / 3)
    }

    /// Characters between the closest occurrences of two words, in any order.
    pub fn least_gap(&self, a: &str, b: &str) -> Option<usize> {
        let (starts, others): (Vec<usize>, Vec<usize>) = (self.bytes(a).collect(), self.bytes(b).collect());
        let mut least = None;
        let mut at = 0;
        for start in starts {
            while others.get(at + 1).is_some_and(|other| *other <= start) {
                at += 1;
            }
            for &other in others.iter().skip(at).take(2) {
                let gap = if other >= start {
                    other.saturating_sub(start + a.len())
                } else {
                    start.saturating_sub(other + b.len())
                };
                least = Some(least.map_or(gap, |known: usize| known.min(gap)));
            }
        }
        least.map(|bytes| bytes / 3)
    }

    /// Every character with the one behind it.
    pub fn pairs(&self) -> HashSet<(Option<char>, Option<char>)> {
        let behind = self.text.chars().skip(1).map(Some);
        self.text.chars().map(Some).zip(behind).collect()
    }

    /// Whether a term stands in the text, whatever signs stand between its characters.
    pub fn holds(&self, term: &str) -> bool {
        self.text.contains(term) || self.solid.get_or_init(|| solid(&self.text)).contains(term)
    }
}

/// A text without soft signs and blanks.
fn solid(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '。' | '!' | '?' | ';' | ',' | ':')).collect()
}
