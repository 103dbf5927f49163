//! A field of a document as the row of positions that the index has of it, with the way back to the author's text.
//! What a row lacks is left to the other files of this part.

use std::borrow::Cow;
use std::ops::Range;

use super::place::{Place, static_name};
use crate::analysis::{Folded, Kind, Unigrams};
use crate::query::{MAX_GAP, Piece};
use crate::snippet;

/// The first and the last position of a match.
pub(super) type Span = (usize, usize);

/// Texts one behind the other, a mark of a paragraph between two: title and body, or several authors.
pub(super) struct Stream<'a> {
    parts: Vec<Part<'a>>,
    units: Vec<Unit>,
    /// Numbers whose unigram is not their folded text, by their position.
    rewritten: Vec<(usize, String)>,
    /// Positions that are no marks.
    pub solid: Vec<usize>,
}

struct Part<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
    folded: Folded,
}

/// A position; small, for a text may have millions.
struct Unit {
    part: u32,
    kind: Kind,
    /// Bytes of the folded text; of a mark none.
    start: u32,
    end: u32,
}

impl<'a> Stream<'a> {
    /// Analyses texts, each with the name of its field.
    pub fn new(texts: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut all = Self { parts: Vec::new(), units: Vec::new(), rewritten: Vec::new(), solid: Vec::new() };
        for (name, text) in texts {
            let folded = Folded::new(&text);
            let part = all.parts.len() as u32;
            let mut border = !all.units.is_empty();
            for (token, kind, range) in Unigrams::new(&folded) {
                if std::mem::take(&mut border) {
                    all.units.push(Unit { part, kind: Kind::Paragraph, start: 0, end: 0 });
                }
                if let (Cow::Owned(token), false) = (token, kind.is_mark()) {
                    all.rewritten.push((all.units.len(), token));
                }
                if !kind.is_mark() {
                    all.solid.push(all.units.len());
                }
                all.units.push(Unit { part, kind, start: range.start as u32, end: range.end as u32 });
            }
            all.parts.push(Part { name, text, folded });
        }
        all
    }

    /// A single text.
    pub fn of(name: &'a str, text: &'a str) -> Self {
        Self::new([(Cow::Borrowed(name), Cow::Borrowed(text))])
    }

    /// Whether no unigram is in it.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub fn kind(&self, at: usize) -> Kind {
        self.units[at].kind
    }

    /// The unigram at a position; of a mark nothing.
    pub fn token(&self, at: usize) -> &str {
        if self.kind(at) == Kind::Digits
            && let Ok(place) = self.rewritten.binary_search_by_key(&at, |(at, _)| *at)
        {
            return &self.rewritten[place].1;
        }
        &self.parts[self.part(at)].folded.text[self.folded(at)]
    }

    /// Whether two positions are of one text.
    pub fn same_part(&self, one: usize, other: usize) -> bool {
        self.units[one].part == self.units[other].part
    }

    /// The first and the last position of every match of a row of pieces, in order; those that begin alike differ in
    /// what their gaps take.
    pub fn spans(&self, pieces: &[Piece]) -> Vec<Span> {
        let spans = |first| self.ends(pieces, first).into_iter().map(move |end| (first, end - 1));
        let mut spans: Vec<Span> = (0..self.units.len()).flat_map(spans).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// Where a row of pieces may end that begins at a position.
    fn ends(&self, pieces: &[Piece], at: usize) -> Vec<usize> {
        let mut next = at;
        for (number, piece) in pieces.iter().enumerate() {
            if *piece == Piece::Gap {
                let rest = &pieces[number + 1..];
                let free = |end: &usize| *end == next || !self.is_mark(*end - 1);
                let reach = (next..=self.units.len()).take(MAX_GAP as usize + 1).take_while(free);
                return reach.flat_map(|from| self.ends(rest, from)).collect();
            }
            if next >= self.units.len() || !self.fits(piece, next) {
                return Vec::new();
            }
            next += 1;
        }
        if next > at { vec![next] } else { Vec::new() }
    }

    fn fits(&self, piece: &Piece, at: usize) -> bool {
        match piece {
            Piece::AnyMark => self.is_mark(at),
            _ if self.is_mark(at) => false,
            Piece::Token(token) => self.token(at) == token,
            Piece::Pattern(pattern) => snippet::fits(pattern, self.token(at)),
            Piece::Any | Piece::Gap => true,
        }
    }

    /// Whether a position is a mark.
    pub fn is_mark(&self, at: usize) -> bool {
        self.kind(at).is_mark()
    }

    /// The strongest mark from one position to another.
    pub fn strongest_mark(&self, first: usize, last: usize) -> Option<Kind> {
        self.units[first..=last].iter().map(|unit| unit.kind).filter(|kind| kind.is_mark()).max()
    }

    /// The number of the text that a position is of.
    pub fn part(&self, at: usize) -> usize {
        self.units[at].part as usize
    }

    /// The texts, each with its name, as written and folded.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str, &Folded)> {
        self.parts.iter().map(|part| (part.name.as_ref(), part.text.as_ref(), &part.folded))
    }

    /// Bytes of the folded text that a position came from.
    pub fn folded(&self, at: usize) -> Range<usize> {
        let unit = &self.units[at];
        unit.start as usize..unit.end as usize
    }

    /// Bytes of the original that a position came from.
    pub fn original(&self, at: usize) -> Range<usize> {
        self.parts[self.part(at)].folded.original(self.folded(at))
    }

    /// The original between the ends of two positions of one text: what stands between two characters.
    pub fn gap(&self, before: usize, behind: usize) -> &str {
        let (end, start) = (self.original(before).end, self.original(behind).start);
        self.text(before).get(end..start).unwrap_or_default()
    }

    /// The original from one position to another of the same text.
    pub fn written(&self, first: usize, last: usize) -> &str {
        self.text(first).get(self.original(first).start..self.original(last).end).unwrap_or_default()
    }

    /// Whether a reading that folding left out stands between two positions of one text.
    pub fn has_gloss(&self, before: usize, behind: usize) -> bool {
        let (end, start) = (self.original(before).end, self.original(behind).start);
        let glosses = &self.parts[self.part(before)].folded.glosses;
        glosses.iter().any(|gloss| gloss.start >= end && gloss.end <= start)
    }

    fn text(&self, at: usize) -> &str {
        &self.parts[self.part(at)].text
    }

    /// Where positions stand, as a reader finds them: one place for each text that has some. Neighbours are marked as
    /// one.
    pub fn places(&self, positions: &[usize]) -> Vec<Place> {
        let of_texts = positions.chunk_by(|one, other| self.same_part(*one, *other));
        of_texts.filter_map(|positions| self.place(positions)).collect()
    }

    fn place(&self, positions: &[usize]) -> Option<Place> {
        let (first, last) = (*positions.first()?, *positions.last()?);
        let runs = positions.chunk_by(|one, other| one + 1 == *other);
        let ranges: Vec<Range<usize>> =
            runs.filter_map(|run| Some(self.original(*run.first()?).start..self.original(*run.last()?).end)).collect();
        Some(self.place_of(self.part(first), self.original(first).start..self.original(last).end, &ranges))
    }

    /// A stretch of a text as a place, with what is marked of it.
    pub fn place_of(&self, part: usize, bytes: Range<usize>, marked: &[Range<usize>]) -> Place {
        let part = &self.parts[part];
        Place {
            field: part.name.clone().into_owned(),
            written: part.text.get(bytes.clone()).unwrap_or_default().to_owned(),
            passage: snippet::around(static_name(&part.name), &part.text, marked),
            bytes,
        }
    }

    /// The whole of it as written, each text behind the other.
    pub fn values(&self) -> Vec<String> {
        self.parts.iter().map(|part| part.text.clone().into_owned()).collect()
    }
}
