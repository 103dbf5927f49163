//! A term against a stream that does not hold it: only marks, brackets or undecodable bytes are in the way. The
//! comparisons leave the marks out and look at the row of unigrams alone; what each finds is a typed cause with its
//! place. Other characters are left to `likeness`, and characters apart to `apart`.

use super::cause::Cause;
use super::place::{Border, Place};
use super::stream::Stream;
use crate::analysis::Kind;
use crate::query::Piece;

/// Unigrams of a bracket that is passed over in search of the term behind it.
const LONGEST_BRACKET: usize = 4;

/// A term and a stream without it.
pub(super) struct Comparison<'a> {
    pub(super) stream: &'a Stream<'a>,
    /// The unigrams of the term that are no marks.
    pub(super) asked: Vec<&'a str>,
    /// Whether a mark was asked for before each of them.
    pub(super) marked: Vec<bool>,
}

impl<'a> Comparison<'a> {
    pub fn new(stream: &'a Stream<'a>, pieces: &'a [Piece]) -> Self {
        let (mut asked, mut marked, mut mark) = (Vec::new(), Vec::new(), false);
        for piece in pieces {
            match piece {
                Piece::AnyMark => mark = true,
                Piece::Token(token) => {
                    asked.push(token.as_str());
                    marked.push(std::mem::take(&mut mark));
                }
                // A row without wildcards is what is compared.
                Piece::Any | Piece::Gap | Piece::Pattern(_) => {}
            }
        }
        Self { stream, asked, marked }
    }

    /// What comes near, and what of it stands at all.
    pub fn causes(&self) -> Vec<Cause> {
        let near = [
            self.parted(),
            self.bracketed(),
            self.number(),
            self.longer_run(),
            self.parted_otherwise(),
            self.other_character(),
        ];
        let mut causes: Vec<Cause> = near.into_iter().flatten().collect();
        if causes.is_empty() {
            causes.extend(self.apart());
            causes.push(self.absent());
        }
        causes
    }

    pub(super) fn len(&self) -> usize {
        self.stream.solid.len()
    }

    pub(super) fn token(&self, at: usize) -> &'a str {
        self.stream.token(self.stream.solid[at])
    }

    /// A place that marks some unigrams, by their numbers.
    pub(super) fn place(&self, at: &[usize]) -> Option<Place> {
        let positions: Vec<usize> = at.iter().map(|&at| self.stream.solid[at]).collect();
        self.stream.places(&positions).into_iter().next()
    }

    /// The place of a row of unigrams, marks and all.
    pub(super) fn row(&self, first: usize, last: usize) -> Vec<Place> {
        self.stream.places(&(self.stream.solid[first]..=self.stream.solid[last]).collect::<Vec<_>>())
    }

    /// The kind of the mark before a unigram.
    pub(super) fn mark(&self, at: usize) -> Option<Kind> {
        let before = self.stream.solid[at].checked_sub(1)?;
        Some(self.stream.kind(before)).filter(|kind| kind.is_mark())
    }

    /// Where the unigrams stand in a row, whatever marks are between.
    fn in_a_row(&self) -> impl Iterator<Item = usize> {
        let starts = (self.len() + 1).saturating_sub(self.asked.len());
        (0..starts).filter(|&first| (first..).zip(&self.asked).all(|(at, asked)| self.token(at) == *asked))
    }

    /// Only marks are other than asked; of several places, the one with the weakest mark.
    fn parted(&self) -> Option<Cause> {
        let strongest = |first: usize| {
            let inner = (1..self.asked.len()).filter(|&at| !self.marked[at]);
            inner.filter_map(|at| self.mark(first + at)).max()
        };
        let (mark, first) = self.in_a_row().map(|first| (strongest(first), first)).min()?;
        let last = first + self.asked.len() - 1;
        let places = self.row(first, last);
        if places.len() > 1 {
            return Some(Cause::AcrossTitleAndBody { places });
        }
        let place = places.into_iter().next()?;
        Some(match mark.and_then(Border::of) {
            Some(mark) => Cause::AcrossAMark { mark, place },
            None => Cause::MarkMissing { place },
        })
    }

    /// A bracket of letters or digits stands in it that is no reading.
    fn bracketed(&self) -> Option<Cause> {
        (0..self.len()).find_map(|first| {
            let (mut at, mut next, mut bracket) = (first, 0, None);
            while next < self.asked.len() {
                if at < self.len() && self.token(at) == self.asked[next] {
                    (at, next) = (at + 1, next + 1);
                } else {
                    let end = self.bracket_end(at).filter(|_| next > 0)?;
                    bracket = bracket.or(Some((at, end)));
                    at = end;
                }
            }
            let (open, end) = bracket?;
            let solid = &self.stream.solid;
            let inside = self.stream.written(solid[open], solid[end - 1]);
            Some(Cause::GlossNotSkipped {
                bracket: format!("({inside})"),
                character: self.stream.written(solid[open - 1], solid[open - 1]).to_owned(),
                place: self.row(first, at - 1).into_iter().next()?,
            })
        })
    }

    /// The unigram behind a bracket that begins here and holds letters or digits alone.
    fn bracket_end(&self, at: usize) -> Option<usize> {
        let gap = |at: usize| {
            let (before, behind) = (*self.stream.solid.get(at.checked_sub(1)?)?, *self.stream.solid.get(at)?);
            self.stream.same_part(before, behind).then(|| self.stream.gap(before, behind))
        };
        gap(at)?.contains(['(', '（', '[', '［', '【', '〔']).then_some(())?;
        let is_run = |at: usize| matches!(self.stream.kind(self.stream.solid[at]), Kind::Letters | Kind::Digits);
        let end = (at + 1..=at + LONGEST_BRACKET).find(|&end| !is_run(end - 1) || gap(end).is_none_or(closes))?;
        (is_run(end - 1) && gap(end).is_some_and(closes)).then_some(end)
    }

    /// A place where undecodable bytes stand in for some of its unigrams.
    pub fn gap_of_loss(&self) -> Option<Place> {
        let length = self.asked.len();
        let broken = |at: &usize| {
            let (before, behind) = (self.stream.solid[at - 1], self.stream.solid[*at]);
            self.stream.same_part(before, behind) && self.stream.gap(before, behind).contains('\u{FFFD}')
        };
        let stands = |from: usize, asked: &[&str]| {
            from + asked.len() <= self.len() && (from..).zip(asked).all(|(at, asked)| self.token(at) == *asked)
        };
        (1..self.len()).filter(broken).find_map(|at| {
            let head = (1..length).rev().find(|&head| head <= at && stands(at - head, &self.asked[..head]))?;
            let tail = (1..length - head).rev().find(|&tail| stands(at, &self.asked[length - tail..]));
            let last = tail.map_or(at, |tail| at + tail - 1);
            (tail.is_some() || head * 2 >= length).then(|| self.row(at - head, last).into_iter().next()).flatten()
        })
    }
}

fn closes(gap: &str) -> bool {
    gap.contains([')', '）', ']', '］', '】', '〕'])
}
