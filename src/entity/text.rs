//! A text as recognition sees it: folded characters, with the way back to the bytes of the original.

use std::ops::Range;

use super::traits::{Traits, places};
use crate::analysis::Folded;
use crate::document::EntityKind;

/// A folded text by characters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    folded: Folded,
    /// Its characters.
    pub chars: Vec<char>,
    /// What is known of each.
    pub traits: Vec<Traits>,
    /// Where each begins in the folded text, in bytes, and where the last ends.
    starts: Vec<u32>,
}

/// Something recognised, by characters of a [`Text`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    /// What it is.
    pub kind: EntityKind,
    /// Where it stands.
    pub chars: Range<usize>,
    /// What it means, where that is not simply what is written: see [`Mention::value`](crate::document::Mention).
    pub value: Option<String>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

impl Text {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let folded = Folded::new(original);
        // Han takes three bytes a character: room for that is room enough for most texts.
        let most = folded.text.len() / 3 + 1;
        let mut text = Self {
            chars: Vec::with_capacity(most),
            traits: Vec::with_capacity(most),
            starts: Vec::with_capacity(most + 1),
            ..Self::default()
        };
        for (at, c) in folded.text.char_indices() {
            text.chars.push(c);
            text.traits.push(Traits::of(c));
            text.starts.push(at as u32);
        }
        text.starts.push(folded.text.len() as u32);
        Self { folded, ..text }
    }

    /// Every place with one of these traits, in order.
    pub fn places(&self, wanted: Traits) -> impl Iterator<Item = usize> {
        places(&self.traits, wanted)
    }

    /// What stands there, folded.
    pub fn slice(&self, chars: Range<usize>) -> &str {
        &self.folded.text[self.bytes(chars)]
    }

    /// Bytes of the original that these characters came from.
    pub fn original(&self, chars: Range<usize>) -> Range<usize> {
        self.folded.original(self.bytes(chars))
    }

    fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        self.starts[chars.start] as usize..self.starts[chars.end] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_lead_back_to_the_original() {
        let original = "五龍鎮(zhèn)脫貧";
        let text = Text::new(original);
        assert_eq!(text.chars.len(), 5);
        assert_eq!(text.slice(0..3), "五龙镇");
        assert_eq!(&original[text.original(3..5)], "脫貧");
    }
}
