//! A body that may be of any size, looked through a piece at a time: the first piece that has what is wanted is
//! enough, and no text of a hundred megabytes is taken apart for one passage.

use std::ops::Range;

use super::families::Families;
use crate::analysis::edge_lines;
use crate::snippet::{Needle, Snippet, Text};

/// Bytes of a piece: a book of a million characters is one.
const PIECE: usize = 4 << 20;
/// Bytes that two pieces share, so that a match on their border is in one of them.
const SHARED: usize = 4 << 10;

/// A body and its first piece, which of nearly every text is the whole.
pub(super) struct Body<'a> {
    text: &'a str,
    first: Text<'a>,
}

impl<'a> Body<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, first: Text::new(&text[..end(text, 0)]) }
    }

    /// The body of a document of an index, in which some lines recur: passages stand elsewhere where they can.
    pub fn of(text: &'a str, families: &Families) -> Self {
        let lines = edge_lines(text).into_iter().filter(|line| families.is_boilerplate(line.hash));
        let body = Self::new(text);
        Self { first: body.first.aside(lines.map(|line| line.bytes).collect()), ..body }
    }

    /// The later pieces, each with where it begins.
    fn later(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        pieces(self.text).skip(1).map(|(at, _, piece)| (at, piece))
    }

    /// Whether a needle stands in the body.
    pub fn contains(&self, needle: &Needle) -> bool {
        self.first.contains(needle) || self.later().any(|(_, piece)| Text::new(piece).contains(needle))
    }

    /// Passages of the first piece that has a match; without one, how the body begins.
    pub fn passages(&self, needles: &[Needle], limit: usize) -> Vec<Snippet> {
        let opening = self.first.passages("body", needles, limit);
        if is_marked(&opening) || limit == 0 {
            return opening;
        }
        let of_piece = |(at, piece)| {
            let here: Vec<Needle> = needles.iter().map(|needle| moved(needle, at)).collect();
            let mut snippets = Text::new(piece).passages("body", &here, limit);
            snippets.iter_mut().for_each(|snippet| snippet.shift(at));
            Some(snippets).filter(|snippets| is_marked(snippets))
        };
        self.later().find_map(of_piece).unwrap_or(opening)
    }
}

/// A needle as a piece knows it that begins at a byte.
fn moved(needle: &Needle, at: usize) -> Needle {
    let here = |range: &Range<usize>| Some(range.start.checked_sub(at)?..range.end - at);
    let within = needle.within.as_ref().map(|within| within.iter().filter_map(here).collect());
    Needle { within, ..needle.clone() }
}

/// A text in pieces: where each begins, and the bytes of the text that are its own. What begins there is found whole in
/// the piece, with what stands beside it, and in no other.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, Range<usize>, &str)> {
    let next = |at: usize| (end(text, at) < text.len()).then(|| text.floor_char_boundary(end(text, at) - SHARED));
    std::iter::successors(Some(0), move |&at| next(at)).map(move |at| {
        let first = if at == 0 { 0 } else { at + SHARED / 2 };
        let last = next(at).map_or(text.len(), |next| next + SHARED / 2);
        (at, first..last, &text[at..end(text, at)])
    })
}

/// Whether a passage marks anything.
pub(super) fn is_marked(snippets: &[Snippet]) -> bool {
    snippets.iter().any(|snippet| !snippet.marks.is_empty())
}

/// Where the piece ends that begins at `at`.
fn end(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.saturating_add(PIECE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Piece;

    #[test]
    fn a_match_is_found_in_every_piece_and_on_their_borders() {
        let needle = Needle::new(["甲", "乙"].map(|token| Piece::Token(token.into())).to_vec(), 1.0);
        for before in [0, 10, PIECE / 3 - 1, PIECE / 3, PIECE - SHARED / 3, 2 * PIECE / 3] {
            let text = format!("{}甲乙。{}", "天。".repeat(before / 2), "地。".repeat(PIECE / 4));
            let body = Body::new(&text);
            let snippets = body.passages(std::slice::from_ref(&needle), 1);
            let original = snippets[0].marks[0].original.clone();
            assert_eq!(&text[original], "甲乙", "{before}");
            assert!(body.contains(&needle), "{before}");
        }
        let text = "天。".repeat(PIECE / 2);
        let body = Body::new(&text);
        assert!(!body.contains(&needle) && !is_marked(&body.passages(std::slice::from_ref(&needle), 1)));
    }
}
