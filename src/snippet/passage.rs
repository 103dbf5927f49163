//! The best passages of a text, and how one is cut out of it: on borders of unigrams, with the signs that belong to
//! them. Where a window may begin and end is left to `window`.

use std::cmp::Reverse;
use std::ops::Range;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::display::Display;
use super::text::{Occurrence, Text};
use super::window::{Frame, Window};
use super::{Needle, Snippet};
use crate::analysis::fold;

/// Signs before the first or behind the last unigram of a passage: at most this many characters of them.
const EDGE: usize = 20;

/// Places of needles that a passage is chosen among, the first ones of a text, or its share of them where several are
/// wanted: a book has fewer.
const MOST_PLACES: usize = 100_000;
const LEAST_PLACES: usize = 1_000;

impl Text<'_> {
    /// The best passages, at most `limit`, best first: each of 60 to 120 characters where the text allows, within one
    /// paragraph, from the start of a sentence to the end of one where that fits. Best is the greatest weight of
    /// different needles that no better passage shows, then of all its needles, then most matches, then earliest.
    /// No two overlap; a match longer than a passage makes it longer, up to 400 characters. A text without a match
    /// gives its first sentences, one without a unigram nothing.
    pub fn passages(&self, field: &'static str, needles: &[Needle], limit: usize) -> Vec<Snippet> {
        if self.units.is_empty() || limit == 0 {
            return Vec::new();
        }
        let weights: Vec<f32> = needles.iter().map(|needle| needle.weight).collect();
        let mut occurrences = self.first_occurrences(needles, (MOST_PLACES / limit).max(LEAST_PLACES));
        if occurrences.iter().any(|found| !self.is_aside(found.first)) {
            occurrences.retain(|found| !self.is_aside(found.first));
        }
        self.chosen(field, &occurrences, &weights, limit)
    }

    /// Whether a unit is shown only where nothing else can be.
    fn is_aside(&self, unit: usize) -> bool {
        let at = self.units[unit].original.start;
        self.aside.iter().any(|stretch| stretch.contains(&at))
    }

    /// The passage that shows most of some stretches, each a range of bytes, with all of them marked that it shows;
    /// `None` where no unigram is in any.
    pub(super) fn around(&self, field: &'static str, ranges: &[Range<usize>]) -> Option<Snippet> {
        let stretch = |(needle, range): (usize, &Range<usize>)| {
            let first = self.units.partition_point(|unit| unit.original.end <= range.start);
            let end = self.units.partition_point(|unit| unit.original.start < range.end);
            (first < end).then(|| Occurrence { needle, first, last: end - 1 })
        };
        let occurrences: Vec<Occurrence> = ranges.iter().enumerate().filter_map(stretch).collect();
        if occurrences.is_empty() {
            return None;
        }
        self.chosen(field, &occurrences, &vec![1.0; ranges.len()], 1).pop()
    }

    /// The best passages for occurrences that come by their first unit, by the weights of what occurs.
    fn chosen(&self, field: &'static str, occurrences: &[Occurrence], weights: &[f32], limit: usize) -> Vec<Snippet> {
        let frame = Frame::new(&self.units, occurrences);
        let mut choice = Choice { frame: &frame, weights, shown: vec![false; weights.len()], taken: Vec::new() };
        let mut snippets = Vec::new();
        while snippets.len() < limit
            && let Some(window) = choice.best()
        {
            snippets.push(self.snippet(field, &window, occurrences));
            choice.take(window);
        }
        if snippets.is_empty() {
            let first = (0..self.units.len()).find(|unit| !self.is_aside(*unit)).unwrap_or(0);
            snippets.push(self.snippet(field, &frame.opening(first), &[]));
        }
        snippets
    }

    fn snippet(&self, field: &'static str, window: &Window, occurrences: &[Occurrence]) -> Snippet {
        let range = self.cut_out(&window.units);
        let last = |occurrence: &Occurrence| occurrence.last.min(window.units.end - 1);
        let inside = occurrences.iter().filter(|occurrence| window.shows(occurrence));
        let marks = self.merged(inside.map(|occurrence| self.range(occurrence.first, last(occurrence))));
        let mut display = Display::new(self.original, self.glosses());
        let mut at = range.start;
        let marks = marks.into_iter().map(|mark| {
            display.show(at..mark.start);
            at = mark.end;
            display.mark(mark)
        });
        let marks = marks.collect();
        display.show(at..range.end);
        Snippet { field, text: display.text, range: [range.start, range.end], marks }
    }

    /// Bytes of the original from the signs before a window's first unit to those behind its last one.
    fn cut_out(&self, units: &Range<usize>) -> Range<usize> {
        let first = self.units[units.start].original.start;
        let last = self.units[units.end - 1].original.end;
        let before = self.original.get(self.border(units.start)..first).unwrap_or_default();
        let behind = self.original.get(last..self.border(units.end)).unwrap_or_default();
        let far = before.char_indices().rev().nth(EDGE - 1).map_or(0, |(at, _)| at);
        let start = first - before[far..].trim_start_matches(|c: char| c.is_whitespace() || belongs_before(c)).len();
        let glosses = self.behind_glosses(last).min(last + behind.len()) - last;
        let near = behind[glosses..].char_indices().nth(EDGE).map_or(behind.len(), |(at, _)| glosses + at);
        let near = near + behind[near..].find(|c| !belongs_before(c)).unwrap_or(behind.len() - near);
        start..last + behind[..near].trim_end().len()
    }

    /// Where the signs between a unit and the one before it part: behind hard marks, blanks and closing brackets;
    /// where there are none, before opening brackets.
    pub(super) fn border(&self, unit: usize) -> usize {
        let start = unit.checked_sub(1).map_or(0, |before| self.units[before].original.end);
        let start = self.behind_glosses(start);
        let end = self.units.get(unit).map_or(self.original.len(), |unit| unit.original.start);
        let Some(gap) = self.original.get(start..end).filter(|gap| !gap.is_empty()) else { return end };
        if unit == self.units.len() {
            return start + gap.find(['\n', '\r']).unwrap_or(gap.len());
        }
        let border = match gap.char_indices().rfind(|&(_, c)| closes(c)) {
            Some((at, c)) => at + c.len_utf8(),
            None if unit == 0 => 0,
            None => gap.trim_end_matches(opens).len(),
        };
        start + border + gap[border..].find(|c| !belongs_before(c)).unwrap_or(gap.len() - border)
    }
}

fn opens(c: char) -> bool {
    use GeneralCategory::{InitialPunctuation, OpenPunctuation};
    c.is_whitespace() || matches!(c.general_category(), InitialPunctuation | OpenPunctuation)
}

fn closes(c: char) -> bool {
    use GeneralCategory::{ClosePunctuation, FinalPunctuation};
    c.is_whitespace()
        || matches!(c.general_category(), ClosePunctuation | FinalPunctuation)
        || (!c.is_alphanumeric()
            && fold(c.encode_utf8(&mut [0; 4])).starts_with([',', ':', ';', '!', '?', '.', '。', '…']))
}

/// Marks and joiners stand with the character before them.
fn belongs_before(c: char) -> bool {
    c == '\u{200D}' || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark)
}

/// What has been chosen, and what it leaves.
struct Choice<'a> {
    frame: &'a Frame<'a>,
    weights: &'a [f32],
    shown: Vec<bool>,
    /// Units of the passages chosen, in order.
    taken: Vec<Range<usize>>,
}

impl Choice<'_> {
    fn best(&self) -> Option<Window> {
        let windows = self.frame.windows(&self.taken);
        let scored = windows.into_iter().map(|window| (self.score(&window), window));
        let best = scored.reduce(|best, next| if next.0.exceeds(&best.0) { next } else { best });
        best.map(|(_, window)| window)
    }

    fn score(&self, window: &Window) -> Score {
        let mut different: Vec<usize> = self.frame.shown_in(window).map(|occurrence| occurrence.needle).collect();
        let matches = different.len();
        different.sort_unstable();
        different.dedup();
        let weight = |needle: &usize| self.weights[*needle];
        let fresh = different.iter().filter(|&&needle| !self.shown[needle]).map(weight).sum();
        let all = different.iter().map(weight).sum();
        Score { weights: [fresh, all], rest: (matches, Reverse(window.units.start)) }
    }

    fn take(&mut self, window: Window) {
        for occurrence in self.frame.shown_in(&window) {
            self.shown[occurrence.needle] = true;
        }
        let at = self.taken.partition_point(|taken| taken.start < window.units.start);
        self.taken.insert(at, window.units);
    }
}

struct Score {
    weights: [f32; 2],
    rest: (usize, Reverse<usize>),
}

impl Score {
    fn exceeds(&self, other: &Self) -> bool {
        let by_weight = |at: usize| self.weights[at].total_cmp(&other.weights[at]);
        by_weight(0).then_with(|| by_weight(1)).then_with(|| self.rest.cmp(&other.rest)).is_gt()
    }
}
