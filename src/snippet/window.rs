//! Windows over the units of a text: where a passage around a match may begin and end. A window lies within one
//! paragraph and, as far as its length allows, begins and ends with a sentence, else with a clause, and cuts through
//! no match, no run of letters and digits and no character. Which window is best is left to `passage`.

use std::ops::Range;

use super::text::{Bond, Occurrence, Unit};
use crate::analysis::Kind;

/// Characters that a passage has at least, where its paragraph has as many.
const SHORTEST: usize = 60;
/// Characters that a passage has at most, where no match is longer.
const LONGEST: usize = 120;
/// Characters that a long match, or runs that must not be cut, can make of it.
const UTMOST: usize = 400;
/// Characters shown before a match at least, where there are so many, however long the match is.
const LEAD: usize = 30;

/// A stretch of units to be shown for a match.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub units: Range<usize>,
    /// The match it was made for, which it may have to cut off.
    anchor: Option<Occurrence>,
}

impl Window {
    /// Whether an occurrence is in it, whole unless it is the one that the window was made for.
    pub fn shows(&self, occurrence: &Occurrence) -> bool {
        let whole = self.units.start <= occurrence.first && occurrence.last < self.units.end;
        whole || self.anchor.as_ref() == Some(occurrence)
    }
}

/// The units, the occurrences by first unit, and the borders between units that none of them crosses.
pub(super) struct Frame<'a> {
    units: &'a [Unit],
    occurrences: &'a [Occurrence],
    crossed: Vec<bool>,
}

impl<'a> Frame<'a> {
    pub fn new(units: &'a [Unit], occurrences: &'a [Occurrence]) -> Self {
        let mut crossed = vec![false; units.len() + 1];
        let mut from = 0;
        for occurrence in occurrences {
            from = from.max(occurrence.first + 1);
            if from <= occurrence.last {
                crossed[from..=occurrence.last].fill(true);
                from = occurrence.last + 1;
            }
        }
        Self { units, occurrences, crossed }
    }

    /// The first sentences from a unit on.
    pub fn opening(&self, first: usize) -> Window {
        Window { units: first..self.end(first, first, &self.paragraph(first, &[])), anchor: None }
    }

    /// The occurrences that a window shows.
    pub fn shown_in(&self, window: &Window) -> impl Iterator<Item = &'a Occurrence> {
        let first = self.occurrences.partition_point(|occurrence| occurrence.first < window.units.start);
        let end = self.occurrences.partition_point(|occurrence| occurrence.first < window.units.end);
        self.occurrences[first..end].iter().filter(|occurrence| window.shows(occurrence))
    }

    /// The windows worth comparing, each around an occurrence outside the units `taken`, which none of them overlaps.
    pub fn windows(&self, taken: &[Range<usize>]) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        let mut latest: [Option<(usize, usize)>; 4] = [None; 4];
        let mut room = 0..0;
        for anchor in self.occurrences {
            if !room.contains(&anchor.first) {
                room = self.paragraph(anchor.first, taken);
            }
            if taken.iter().any(|taken| taken.start <= anchor.last && anchor.first < taken.end) {
                continue;
            }
            for (start, latest) in self.starts(anchor, room.start).into_iter().zip(&mut latest) {
                let Some(start) = start else { continue };
                if latest.is_some_and(|(begun, end)| begun == start && anchor.last < end) {
                    continue;
                }
                let end = self.end(start, anchor.last, &room);
                *latest = Some((start, end));
                windows.push(Window { units: self.grown(start, end, room.start)..end, anchor: Some(*anchor) });
            }
        }
        windows
    }

    /// The units of the paragraph around a unit, as far as no window taken stands before or behind it; empty if one
    /// holds it. A border that a match crosses is none: paragraphs that a match joins are shown as one.
    fn paragraph(&self, unit: usize, taken: &[Range<usize>]) -> Range<usize> {
        let behind = taken.partition_point(|taken| taken.start <= unit);
        let low = behind.checked_sub(1).map_or(0, |before| taken[before].end);
        let high = taken.get(behind).map_or(self.units.len(), |taken| taken.start);
        if low > unit {
            return 0..0;
        }
        let is_border = |&at: &usize| self.strength(at) == Some(Kind::Paragraph) && !self.crossed[at];
        let start = (low..=unit).rev().find(is_border).unwrap_or(low);
        start..(unit + 1..high).find(is_border).unwrap_or(high)
    }

    /// Where a window for a match may begin: with its sentence, with the clause that leaves as much room behind the
    /// match as before it, with its own clause; with none of them near, some way before it.
    fn starts(&self, anchor: &Occurrence, low: usize) -> [Option<usize>; 4] {
        let reach = LONGEST.saturating_sub(self.width(anchor.first, anchor.last + 1)).max(LEAD);
        let (mut sentence, mut clause, mut own_clause, mut near) = (None, None, None, None);
        for at in (low..=anchor.first).rev() {
            let before = self.units[anchor.first].columns.start.saturating_sub(self.units[at].columns.start);
            if before > reach {
                break;
            }
            if !self.is_border(at) {
                continue;
            }
            if at == low || self.strength(at) >= Some(Kind::Sentence) {
                sentence = Some(at);
                break;
            }
            if self.strength(at).is_some() {
                own_clause = own_clause.or(Some(at));
                clause = if before <= reach / 2 { Some(at) } else { clause };
            }
            near = if before <= LEAD { Some(at) } else { near };
        }
        let near = near.filter(|_| sentence.is_none() && own_clause.is_none());
        // A run that never ends has no border in reach.
        let none = sentence.or(own_clause).or(near).is_none() && self.is_free(anchor.first);
        [sentence, clause, own_clause, near.or(none.then_some(anchor.first))]
    }

    /// Where a window that begins at `start` and shows `last` ends best.
    fn end(&self, start: usize, last: usize, room: &Range<usize>) -> usize {
        let mut ends = Ends::default();
        for at in last + 1..=room.end {
            let width = self.width(start, at);
            if width > UTMOST || (width > LONGEST && ends.any.is_some()) {
                break;
            }
            if at < room.end && !self.is_border(at) {
                continue;
            }
            ends.any = Some(at);
            if at == room.end || self.strength(at) >= Some(Kind::Sentence) {
                ends.sentence = Some((at, width));
            } else if self.strength(at).is_some() {
                ends.clause = Some((at, width));
            }
        }
        ends.best().unwrap_or_else(|| {
            let near = (start + 1..=room.end).take_while(|&at| self.width(start, at) <= UTMOST);
            near.filter(|&at| self.bond(at) != Bond::Character).last().unwrap_or(start + 1)
        })
    }

    /// An earlier start, by whole sentences, for a window that a paragraph's end left short.
    fn grown(&self, start: usize, end: usize, low: usize) -> usize {
        let mut grown = start;
        if start != low && self.strength(start) < Some(Kind::Sentence) {
            return start;
        }
        for at in (low..start).rev() {
            if self.width(grown, end) >= SHORTEST || self.width(at, end) > LONGEST {
                break;
            }
            if self.is_border(at) && (at == low || self.strength(at) >= Some(Kind::Sentence)) {
                grown = at;
            }
        }
        grown
    }

    /// Characters from the start of a unit to the end of the one before `end`.
    fn width(&self, start: usize, end: usize) -> usize {
        self.units[end - 1].columns.end.saturating_sub(self.units[start].columns.start)
    }

    /// The mark before a unit.
    fn strength(&self, at: usize) -> Option<Kind> {
        self.units.get(at).map_or(Some(Kind::Paragraph), |unit| unit.mark)
    }

    /// Whether a passage may begin or end before this unit.
    fn is_border(&self, at: usize) -> bool {
        self.bond(at) == Bond::Free && !self.crossed[at]
    }

    /// Whether a cut here goes at least through no match and no character.
    fn is_free(&self, at: usize) -> bool {
        self.bond(at) != Bond::Character && !self.crossed[at]
    }

    fn bond(&self, at: usize) -> Bond {
        self.units.get(at).map_or(Bond::Free, |unit| unit.bond)
    }
}

/// Ends of a window that have been seen, the last of each sort, and the width there.
#[derive(Default)]
struct Ends {
    sentence: Option<(usize, usize)>,
    clause: Option<(usize, usize)>,
    any: Option<usize>,
}

impl Ends {
    fn best(&self) -> Option<usize> {
        let long = |end: &(usize, usize)| end.1 >= SHORTEST;
        let by_length = self.sentence.filter(long).or(self.clause.filter(long));
        by_length.or(self.sentence).or(self.clause).map(|(at, _)| at).or(self.any)
    }
}
