//! TEXT + MEANING → PASSAGES AND RANGES; never HTML, never colour.
//!
//! A [`Text`] is a field analysed once, by the same fold and unigrams as the index; it finds the [`Needle`]s, chooses
//! the passages that show most of them and says what to mark. Escaping, ellipses and colour are left to who prints.

mod context;
mod display;
mod passage;
mod text;
mod walk;
mod window;

use std::ops::Range;

use serde::Serialize;

use crate::query::Piece;

pub use context::Context;
pub use display::shown;
pub use text::Text;
pub(crate) use text::fits;

/// What to mark: a string of unigrams.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needle {
    /// Its unigrams; neither the first nor the last is a mark.
    pub unigrams: Vec<Piece>,
    /// How much it counts in the choice of passages; 1 for a term of the query, less for a word of a relaxed one.
    pub weight: f32,
    /// Only what is written so counts, from the first unigram to the last.
    pub written: Option<String>,
    /// Only what lies in one of these stretches of bytes counts, which are in order.
    pub within: Option<Vec<Range<usize>>>,
}

impl Needle {
    /// A string of unigrams, wherever it stands.
    pub fn new(unigrams: Vec<Piece>, weight: f32) -> Self {
        Self { unigrams, weight, written: None, within: None }
    }
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Snippet {
    /// `title` or `body`.
    pub field: &'static str,
    /// The passage as it is shown: the author's characters without glosses, line breaks as blanks, or as nothing between
    /// two Han characters.
    pub text: String,
    /// Bytes of the stored field that the passage covers.
    pub range: [usize; 2],
    /// What is marked, in order; no two overlap or touch.
    pub marks: Vec<Mark>,
}

impl Snippet {
    /// Moves the ranges of the field: the text that was looked through began at this byte of it.
    pub(crate) fn shift(&mut self, bytes: usize) {
        self.range = self.range.map(|at| at + bytes);
        for mark in &mut self.marks {
            mark.original = mark.original.start + bytes..mark.original.end + bytes;
        }
    }
}

/// A marked stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mark {
    /// Bytes of the snippet's text.
    #[serde(serialize_with = "pair")]
    pub bytes: Range<usize>,
    /// Characters of the snippet's text.
    #[serde(serialize_with = "pair")]
    pub chars: Range<usize>,
    /// UTF-16 units of the snippet's text.
    #[serde(serialize_with = "pair")]
    pub utf16: Range<usize>,
    /// Bytes of the stored field.
    #[serde(serialize_with = "pair")]
    pub original: Range<usize>,
}

fn pair<S: serde::Serializer>(range: &Range<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    [range.start, range.end].serialize(serializer)
}

/// Every match of the needles in a text: byte ranges, in order; what overlaps, touches or is parted by a gloss alone
/// is one. Where more is asked of the same text, make a [`Text`] of it once.
///
/// ```
/// use xunzhang::query::Piece;
/// use xunzhang::snippet::{Needle, matches};
///
/// let unigrams = ["脱", "贫", "攻", "坚"].map(|token| Piece::Token(token.to_owned())).to_vec();
/// let text = "打贏脫貧攻堅(jiān)戰";
/// let found = matches(text, &[Needle::new(unigrams, 1.0)]);
/// assert_eq!(&text[found[0].clone()], "脫貧攻堅");
/// ```
pub fn matches(text: &str, needles: &[Needle]) -> Vec<Range<usize>> {
    Text::new(text).matches(needles)
}

/// The best passages of one field, at most `limit`; see [`Text::passages`].
pub fn passages(field: &'static str, text: &str, needles: &[Needle], limit: usize) -> Vec<Snippet> {
    Text::new(text).passages(field, needles, limit)
}

/// Which of the needles occur in a text, one answer each in their order.
pub fn found(text: &str, needles: &[Needle]) -> Vec<bool> {
    Text::new(text).found(needles)
}

/// Bytes before and behind a stretch that [`around`] looks at: more than a passage ever takes.
const NEIGHBOURHOOD: usize = 4 << 10;

/// The passage around some stretches of a text, given as bytes in order, with those marked that it shows; `None` where
/// no unigram is in any of them. Only the neighbourhood of the first one is analysed, however long the text is.
pub fn around(field: &'static str, text: &str, ranges: &[Range<usize>]) -> Option<Snippet> {
    let first = ranges.first()?;
    let start = text.floor_char_boundary(first.start.saturating_sub(NEIGHBOURHOOD));
    let end = text.ceil_char_boundary(first.end.saturating_add(NEIGHBOURHOOD));
    let inside = ranges.iter().filter(|range| range.end <= end);
    let moved: Vec<Range<usize>> = inside.map(|range| range.start - start..range.end - start).collect();
    let mut snippet = Text::new(&text[start..end]).around(field, &moved)?;
    snippet.shift(start);
    Some(snippet)
}
