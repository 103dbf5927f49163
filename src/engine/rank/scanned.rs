//! A candidate's text, folded, and where words stand in it.

use super::MOST_BYTES;
use crate::analysis::Folded;
use crate::document::Document;

/// A document's title and text, folded, with its sentences: the title is the first.
pub(super) struct Scanned {
    text: String,
    pub chars: usize,
    /// Bytes and characters before each sentence.
    pub sentences: Vec<(usize, usize)>,
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
        Self { text, chars, sentences }
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

    /// Whether a term stands in the text, whatever signs stand between its characters.
    pub fn holds(&self, term: &str) -> bool {
        if self.text.contains(term) {
            return true;
        }
        let Some(first) = term.chars().next() else { return false };
        let mut buffer = [0; 4];
        let first = first.encode_utf8(&mut buffer);
        self.text.match_indices(&*first).any(|(byte, _)| begins_with(&self.text[byte..], term))
    }
}

/// Whether a text begins with a term when soft signs and blanks are passed over.
fn begins_with(text: &str, term: &str) -> bool {
    let mut wanted = term.chars();
    let Some(mut next) = wanted.next() else { return true };
    for c in text.chars() {
        if c == next {
            match wanted.next() {
                Some(c) => next = c,
                None => return true,
            }
        } else if c.is_alphanumeric() || matches!(c, '。' | '!' | '?' | ';' | ',' | ':') {
            return false;
        }
    }
    false
}
