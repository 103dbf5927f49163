//! A term of which only characters or pieces stand: the shortest stretch that has them all, and the longest piece.

use std::collections::{HashMap, HashSet};

use super::cause::Cause;
use super::compare::Comparison;
use crate::analysis::Kind;

/// How many pairs of unigrams are compared in search of the longest piece: a page for a sentence, a book for a word.
const MOST_PAIRS: usize = 50_000_000;

impl Comparison<'_> {
    /// All of its unigrams, in the shortest stretch that has them.
    pub(super) fn apart(&self) -> Option<Cause> {
        let length = self.asked.len();
        let reach = if length == 2 { 5 } else { length * 4 };
        let mut needed: HashMap<&str, isize> = HashMap::new();
        self.asked.iter().for_each(|asked| *needed.entry(asked).or_default() += 1);
        let (mut missing, mut start, mut best) = (length, 0, None);
        for end in 0..self.len() {
            if let Some(count) = needed.get_mut(self.token(end)) {
                missing -= usize::from(*count > 0);
                *count -= 1;
            }
            while missing == 0 {
                if end - start < reach {
                    let disorder = self.in_order(start, end).is_none();
                    let found = (end - start, disorder, start, end);
                    // Characters of different sentences, or strewn over clauses, are together by chance.
                    let mark = self.stream.strongest_mark(self.stream.solid[start], self.stream.solid[end]);
                    let together = mark.is_none_or(|mark| mark == Kind::Clause && !disorder);
                    best = best.filter(|best| *best <= found || !together).or(together.then_some(found));
                }
                if let Some(count) = needed.get_mut(self.token(start)) {
                    *count += 1;
                    missing += usize::from(*count > 0);
                }
                start += 1;
            }
        }
        let (_, disorder, start, end) = best.filter(|_| length > 1)?;
        let at = self.in_order(start, end).unwrap_or_else(|| self.any_order(start, end));
        let place = self.place(&at)?;
        let solid = &self.stream.solid;
        let between = |pair: &[usize]| {
            let written = |(first, last): (usize, usize)| self.stream.written(solid[first], solid[last]).to_owned();
            (pair[0] + 1 < pair[1]).then(|| written((pair[0] + 1, pair[1] - 1)))
        };
        let between = at.windows(2).filter_map(between).collect();
        Some(Cause::CharactersApart { between, in_order: !disorder, place })
    }

    /// Its unigrams between two ends, in the order of the term.
    fn in_order(&self, start: usize, end: usize) -> Option<Vec<usize>> {
        let mut at = start;
        let found = |asked: &&str| {
            let here = (at..=end).find(|&at| self.token(at) == *asked)?;
            at = here + 1;
            Some(here)
        };
        self.asked.iter().map(found).collect()
    }

    fn any_order(&self, start: usize, end: usize) -> Vec<usize> {
        let mut left = self.asked.clone();
        let mut take = |at: &usize| {
            left.iter().position(|asked| self.token(*at) == *asked).map(|place| left.swap_remove(place)).is_some()
        };
        (start..=end).filter(|at| take(at)).collect()
    }

    /// The longest piece that stands without a mark in it, and what stands nowhere.
    pub(super) fn absent(&self) -> Cause {
        let length = self.len().min(MOST_PAIRS / self.asked.len().max(1));
        let (mut before, mut best) = (vec![0; self.asked.len() + 1], (1, 0));
        for at in 0..length {
            let free = self.mark(at).is_none();
            for next in (0..self.asked.len()).rev() {
                let equal = self.token(at) == self.asked[next];
                before[next + 1] = if equal { if free { before[next] + 1 } else { 1 } } else { 0 };
                if before[next + 1] > best.0 {
                    best = (before[next + 1], at);
                }
            }
        }
        let piece = (best.0 > 1).then(|| self.row(best.1 + 1 - best.0, best.1).into_iter().next()).flatten();
        let present: HashSet<&str> = (0..self.len()).map(|at| self.token(at)).collect();
        let mut missing: Vec<String> = Vec::new();
        for asked in self.asked.iter().filter(|asked| !present.contains(**asked)) {
            if !missing.iter().any(|known| known == asked) {
                missing.push((*asked).to_owned());
            }
        }
        Cause::Absent { piece, missing }
    }
}
