//! A text analysed once, and where the needles occur in it: the same fold and unigrams as the index's, position by
//! position. Which passages to show is left to `passage`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use super::{Needle, walk};
use crate::analysis::{Folded, Kind, Unigrams};
use crate::query::Piece;

/// A field of a document, analysed once for every question about its matches.
pub struct Text<'a> {
    pub(super) original: &'a str,
    pub(super) units: Vec<Unit>,
    folded: Folded,
    /// Numbers whose unigram is not their folded text (`1,000` is 1000), by the index of the unit.
    rewritten: Vec<(usize, String)>,
    /// Bytes of the original that are shown only where nothing else can be, in order.
    pub(super) aside: Vec<Range<usize>>,
}

/// A unigram that is no mark, and the mark before it.
pub(super) struct Unit {
    /// Bytes of the original.
    pub original: Range<usize>,
    /// The characters up to its two ends, without glosses: what a reader counts.
    pub columns: Range<usize>,
    pub mark: Option<Kind>,
    /// How closely it follows the one before it.
    pub bond: Bond,
    kind: Kind,
    folded: Range<usize>,
}

/// A stretch of a text.
pub(crate) struct Stretch {
    /// Bytes of the original.
    pub original: Range<usize>,
    /// Bytes of the folded text.
    pub folded: Range<usize>,
}

/// What parts a unit from the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bond {
    /// A passage may begin or end here.
    Free,
    /// Letters and digits with no blank between: C919, 18:30, 2018.3.5.
    Run,
    /// They come from one character: ㎡.
    Character,
}

/// A needle found: the index of the needle and of its first and last unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Occurrence {
    pub needle: usize,
    pub first: usize,
    pub last: usize,
}

impl<'a> Text<'a> {
    /// Analyses a text, in time linear in its length.
    pub fn new(original: &'a str) -> Self {
        let folded = Folded::new(original);
        let mut units: Vec<Unit> = Vec::with_capacity(original.len() / 3);
        let mut rewritten = Vec::new();
        let (mut mark, mut run) = (None, 0);
        let mut ruler = Ruler { text: original, glosses: &folded.glosses, at: 0, column: 0 };
        for (text, kind, range) in Unigrams::new(&folded) {
            if kind.is_mark() {
                mark = Some(kind);
                continue;
            }
            if let Cow::Owned(text) = text {
                rewritten.push((units.len(), text));
            }
            let original = folded.original_behind(&mut run, range.clone());
            let columns = ruler.column(original.start)..ruler.column(original.end);
            units.push(Unit { original, columns, mark: mark.take(), bond: Bond::Free, kind, folded: range });
        }
        for at in 1..units.len() {
            units[at].bond = bond(original, &units[at - 1], &units[at]);
        }
        Self { original, units, folded, rewritten, aside: Vec::new() }
    }

    /// The same, of which some stretches of bytes, in order, are shown only where nothing else can be: lines that stand in
    /// many texts.
    pub(crate) fn aside(self, aside: Vec<Range<usize>>) -> Self {
        Self { aside, ..self }
    }

    /// Every match of the needles: byte ranges of the original, in order; what overlaps, touches or is parted by a
    /// gloss alone is one.
    pub fn matches(&self, needles: &[Needle]) -> Vec<Range<usize>> {
        self.merged(self.occurrences(needles).iter().map(|found| self.range(found.first, found.last)))
    }

    /// Which of the needles occur, one answer each in their order.
    pub fn found(&self, needles: &[Needle]) -> Vec<bool> {
        let (mut found, mut lacking) = (vec![false; needles.len()], needles.len());
        self.each_occurrence(needles, |occurrence| {
            lacking -= usize::from(!std::mem::replace(&mut found[occurrence.needle], true));
            if lacking > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        found
    }

    /// Whether a needle occurs.
    pub fn contains(&self, needle: &Needle) -> bool {
        self.found(std::slice::from_ref(needle)) == [true]
    }

    /// Every place of every needle, in order: the number of the needle, and bytes of the original. Places overlap where
    /// needles do.
    pub fn places(&self, needles: &[Needle]) -> Vec<(usize, Range<usize>)> {
        let found = self.occurrences(needles);
        found.iter().map(|found| (found.needle, self.range(found.first, found.last))).collect()
    }

    /// The stretches of the text between marks as strong as `mark` or stronger: sentences, or paragraphs, from the first
    /// unigram of each to its last.
    pub(crate) fn stretches(&self, mark: Kind) -> Vec<Stretch> {
        let parts = self.units.iter().enumerate().filter(|(_, unit)| unit.mark >= Some(mark)).map(|(at, _)| at);
        let mut starts: Vec<usize> = std::iter::once(0).chain(parts).collect();
        starts.push(self.units.len());
        let stretch = |ends: &[usize]| {
            let (first, last) = (self.units.get(ends[0])?, self.units.get(ends[1].checked_sub(1)?)?);
            let (original, folded) = (first.original.start..last.original.end, first.folded.start..last.folded.end);
            Some(Stretch { original, folded })
        };
        starts.windows(2).filter_map(stretch).collect()
    }

    /// The folded text and the way back from it.
    pub(crate) fn folded(&self) -> &Folded {
        &self.folded
    }

    /// Every place of every needle, by its first unit, then by needle.
    pub(super) fn occurrences(&self, needles: &[Needle]) -> Vec<Occurrence> {
        self.first_occurrences(needles, usize::MAX)
    }

    /// The first places of the needles, at most so many.
    pub(super) fn first_occurrences(&self, needles: &[Needle], most: usize) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        self.each_occurrence(needles, |occurrence| {
            occurrences.push(occurrence);
            if occurrences.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        occurrences
    }

    /// Gives every place, by its first unit, then by needle.
    fn each_occurrence(&self, needles: &[Needle], mut give: impl FnMut(Occurrence) -> ControlFlow<()>) {
        let is_walked = |needle: &Needle| needle.unigrams.len() >= walk::LONG || needle.unigrams.contains(&Piece::Gap);
        let mut walked: Vec<Occurrence> = Vec::new();
        for (number, needle) in needles.iter().enumerate().filter(|(_, needle)| is_walked(needle)) {
            walked.extend(self.walk(&needle.unigrams).map(|(first, last)| Occurrence { needle: number, first, last }));
        }
        walked.sort_by_key(|found| (found.first, found.needle));
        let mut walked = walked.into_iter().peekable();
        let openings = Openings::new(needles, |needle| !is_walked(needle));
        let mut here: Vec<Occurrence> = Vec::new();
        for first in 0..self.units.len() {
            for &needle in openings.of(self.token(first)).iter().chain(&openings.patterns) {
                let last = self.last_of(&needles[needle].unigrams, first);
                here.extend(last.map(|last| Occurrence { needle, first, last }));
            }
            if walked.peek().is_some_and(|found| found.first == first) {
                here.extend(std::iter::from_fn(|| walked.next_if(|found| found.first == first)));
                here.sort_by_key(|found| found.needle);
            }
            for found in here.drain(..) {
                if self.is_written(&needles[found.needle], found.first, found.last) && give(found).is_break() {
                    return;
                }
            }
        }
    }

    fn is_written(&self, needle: &Needle, first: usize, last: usize) -> bool {
        let range = || self.range(first, last);
        needle.written.as_ref().is_none_or(|written| self.original[range()] == *written)
            && needle.within.as_ref().is_none_or(|within| {
                let (range, next) = (range(), within.partition_point(|stretch| stretch.start <= range().start));
                next.checked_sub(1).is_some_and(|at| range.end <= within[at].end)
            })
    }

    /// The last unit of a needle without gaps whose first one is here, if all of it is.
    pub(super) fn last_of(&self, pieces: &[Piece], first: usize) -> Option<usize> {
        let (mut next, mut mark) = (first, None);
        for piece in pieces {
            let fits = match piece {
                Piece::AnyMark if mark == Some(true) => return None,
                Piece::AnyMark => {
                    mark = Some(true);
                    continue;
                }
                piece => self.fits(piece, next),
            };
            let unit = self.units.get(next).filter(|_| fits)?;
            if mark.is_some_and(|mark| mark != unit.mark.is_some()) {
                return None;
            }
            (next, mark) = (next + 1, Some(false));
        }
        (mark != Some(true)).then(|| next - 1)
    }

    pub(super) fn fits(&self, piece: &Piece, unit: usize) -> bool {
        match piece {
            Piece::Token(token) => self.token(unit) == token,
            Piece::Pattern(pattern) => fits(pattern, self.token(unit)),
            Piece::Any => unit < self.units.len(),
            Piece::AnyMark | Piece::Gap => false,
        }
    }

    pub(super) fn token(&self, unit: usize) -> &str {
        let Some(Unit { folded, kind, .. }) = self.units.get(unit) else { return "" };
        if *kind == Kind::Digits
            && let Ok(place) = self.rewritten.binary_search_by_key(&unit, |(unit, _)| *unit)
        {
            return &self.rewritten[place].1;
        }
        &self.folded.text[folded.clone()]
    }

    /// Bytes of the original from one unit to another.
    pub(super) fn range(&self, first: usize, last: usize) -> Range<usize> {
        self.units[first].original.start..self.units[last].original.end
    }

    /// Byte ranges of the glosses, in order.
    pub(super) fn glosses(&self) -> &[Range<usize>] {
        &self.folded.glosses
    }

    /// Joins ranges that come by their starts where nothing that is shown parts them.
    pub(super) fn merged(&self, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= self.behind_glosses(last.end) => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    /// The end of the glosses that begin right here.
    pub(super) fn behind_glosses(&self, mut at: usize) -> usize {
        let first = self.glosses().partition_point(|gloss| gloss.start < at);
        for gloss in &self.glosses()[first..] {
            if gloss.start != at {
                break;
            }
            at = gloss.end;
        }
        at
    }
}

fn bond(text: &str, before: &Unit, unit: &Unit) -> Bond {
    let is_run = |unit: &Unit| unit.kind != Kind::Han;
    match text.get(before.original.end..unit.original.start) {
        None => Bond::Character,
        Some(gap) if is_run(before) && is_run(unit) && unit.mark.is_none() && !gap.contains(char::is_whitespace) => {
            Bond::Run
        }
        Some(_) => Bond::Free,
    }
}

/// Counts characters up to places that come in order, back steps within a character's expansion apart.
struct Ruler<'a> {
    text: &'a str,
    glosses: &'a [Range<usize>],
    at: usize,
    column: usize,
}

impl Ruler<'_> {
    fn column(&mut self, at: usize) -> usize {
        if at < self.at {
            return self.column - self.text[at..self.at].chars().count();
        }
        while let Some((gloss, rest)) = self.glosses.split_first().filter(|(gloss, _)| gloss.end <= at) {
            self.column += self.text[self.at..gloss.start].chars().count();
            (self.at, self.glosses) = (gloss.end, rest);
        }
        self.column += self.text[self.at..at].chars().count();
        self.at = at;
        self.column
    }
}

/// The needles by their first unigram.
struct Openings<'a> {
    /// Needles that begin with a pattern: any unigram may be their first.
    patterns: Vec<usize>,
    by_token: HashMap<&'a str, Vec<usize>>,
    /// Whether any first unigram ends with this byte: spares most units the hash.
    last_bytes: [bool; 256],
}

impl<'a> Openings<'a> {
    fn new(needles: &'a [Needle], wanted: impl Fn(&Needle) -> bool) -> Self {
        let mut openings = Self { patterns: Vec::new(), by_token: HashMap::new(), last_bytes: [false; 256] };
        for (at, needle) in needles.iter().enumerate().filter(|(_, needle)| wanted(needle)) {
            match needle.unigrams.first() {
                Some(Piece::Token(token)) => {
                    openings.by_token.entry(token).or_default().push(at);
                    openings.last_bytes[last_byte(token)] = true;
                }
                Some(Piece::Pattern(_)) => openings.patterns.push(at),
                _ => {}
            }
        }
        openings
    }

    fn of(&self, token: &str) -> &[usize] {
        if self.last_bytes[last_byte(token)] { self.by_token.get(token).map_or(&[], Vec::as_slice) } else { &[] }
    }
}

/// Whether a run fits a pattern of letters or digits: `?` is one character, `*` any number of them. Where it does not,
/// the last `*` takes one character more.
pub(crate) fn fits(pattern: &str, token: &str) -> bool {
    let (mut pattern, mut token) = (pattern.chars(), token.chars());
    let mut behind_star = None;
    loop {
        let (mut wanted, mut rest) = (pattern.clone(), token.clone());
        match (wanted.next(), rest.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                behind_star = Some((wanted.clone(), token.clone()));
                pattern = wanted;
            }
            (Some(sign), Some(c)) if sign == '?' || sign == c => (pattern, token) = (wanted, rest),
            _ => {
                let Some((behind, from)) = &mut behind_star else { return false };
                if from.next().is_none() {
                    return false;
                }
                (pattern, token) = (behind.clone(), from.clone());
            }
        }
    }
}

fn last_byte(token: &str) -> usize {
    token.as_bytes().last().map_or(0, |&byte| usize::from(byte))
}
