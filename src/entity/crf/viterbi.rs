//! The best labels of a sentence, and how sure a span of them is. Scores are whole numbers of 1/[`UNIT`] of a natural
//! logarithm in 16 bits that stop at the ends, so that a loop over 16 labels is two vector instructions.

use super::label::{CLOSERS, LABELS, OPENERS, ROOM, may_follow};

/// A score for each label.
pub(super) type Row = [i16; ROOM];
/// How many units of a score are one natural logarithm.
pub(super) const UNIT: f32 = 24.0;
/// The score of what cannot be: far below all others, and far above the end of the numbers.
const NEVER: i16 = -20_000;
/// A score so far below another, 20 natural logarithms, is nothing beside it.
const FAR: u16 = 480;
/// Labels within a span, its beginning apart: three kinds inside and at the end.
const WITHIN: usize = LABELS - OPENERS;
/// Characters on each side of a span that its confidence looks at.
const AROUND: usize = 2;

/// What it costs to go from one label to the next.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    /// From the label to each.
    pub from: [Row; LABELS],
    /// To begin a sentence with each.
    pub start: Row,
    /// From the beginning, and from the inside, of each kind to its inside, and then to its end: what `from` has, side by
    /// side.
    begun: [i16; 8],
    gone_on: [i16; 8],
    /// The same as factors, for confidence.
    factors: [[f32; ROOM]; LABELS],
    /// The factor of a score so far below another.
    below: Vec<f32>,
}

impl Transitions {
    /// Scores of what may follow what; those of what may not are ignored.
    pub fn new(mut from: [Row; LABELS], mut start: Row) -> Self {
        let mut factors = [[0.0; ROOM]; LABELS];
        for (before, row) in from.iter_mut().enumerate() {
            for label in 0..ROOM {
                match label < LABELS && may_follow(before, label) {
                    true => factors[before][label] = (f32::from(row[label]) / UNIT).exp(),
                    false => row[label] = NEVER,
                }
            }
        }
        start[OPENERS..].fill(NEVER);
        let below = (0..FAR).map(|distance| (-(distance as f32) / UNIT).exp()).collect();
        let within = |first: usize| {
            std::array::from_fn(|lane| match lane < WITHIN {
                true => from[first + lane % 3][OPENERS + lane],
                false => NEVER,
            })
        };
        let (begun, gone_on) = (within(1), within(OPENERS));
        Self { from, start, begun, gone_on, factors, below }
    }

    /// Finds the best labels of a sentence of one character or more. `best` is room for its scores.
    pub fn decode(&self, scores: &[Row], best: &mut Vec<Row>, labels: &mut Vec<u8>) {
        best.clear();
        let Some(first) = scores.first() else { return labels.clear() };
        let mut last = add(first, &self.start);
        best.push(last);
        for score in &scores[1..] {
            last = self.step(&last, score);
            best.push(last);
        }
        let label = greatest(CLOSERS.iter().map(|&label| (label, last[label])));
        self.trace(best, label, labels);
    }

    /// The best scores that end with each label, one character on; that of outside is the zero, so that they stay small.
    #[inline]
    fn step(&self, last: &Row, score: &Row) -> Row {
        let mut openers = [NEVER; 8];
        for &closer in &CLOSERS {
            let row = &self.from[closer];
            for label in 0..8 {
                openers[label] = openers[label].max(last[closer].saturating_add(row[label]));
            }
        }
        let mut next = [NEVER; ROOM];
        next[..OPENERS].copy_from_slice(&openers[..OPENERS]);
        let within = |first: usize| -> [i16; 8] { std::array::from_fn(|lane| last[first + lane % 3]) };
        let (begun, gone_on) = (within(1), within(OPENERS));
        let mut inside = [0; 8];
        for lane in 0..8 {
            let begun = begun[lane].saturating_add(self.begun[lane]);
            inside[lane] = begun.max(gone_on[lane].saturating_add(self.gone_on[lane]));
        }
        next[OPENERS..LABELS].copy_from_slice(&inside[..WITHIN]);
        let zero = next[0].saturating_add(score[0]);
        let mut row = add(&next, score);
        row.iter_mut().for_each(|score| *score = score.saturating_sub(zero).max(NEVER));
        row
    }

    /// Goes back from the last label along the best ways.
    fn trace(&self, best: &[Row], mut label: usize, labels: &mut Vec<u8>) {
        labels.clear();
        labels.resize(best.len(), 0);
        for at in (0..best.len()).rev() {
            labels[at] = label as u8;
            let Some(before) = at.checked_sub(1).map(|at| &best[at]) else { break };
            let through = |from: usize| (from, before[from].saturating_add(self.from[from][label]));
            label = match label < OPENERS {
                true => greatest(CLOSERS.iter().map(|&from| through(from))),
                false => {
                    let kind = (label - OPENERS) % 3;
                    greatest([1 + kind, OPENERS + kind].into_iter().map(through))
                }
            };
        }
    }

    /// How probable the span is that labels write over these characters, where what is more than two characters away is
    /// as the labels have it: the share of the ways through it among all ways.
    pub fn confidence(&self, scores: &[Row], labels: &[u8], start: usize, end: usize) -> f32 {
        let from = start.saturating_sub(AROUND);
        let to = (end + AROUND).min(labels.len());
        let mut all = self.first(labels, from);
        let mut through = all;
        for at in from..to {
            if at > from {
                (all, through) = (self.spread(&all), self.spread(&through));
            }
            let weights = self.weights(&scores[at]);
            (0..LABELS).for_each(|label| all[label] *= weights[label]);
            let sum: f32 = all.iter().sum();
            for label in 0..LABELS {
                // Within the span only its own labels count; that it ends there, they say too.
                let kept = !(start..end).contains(&at) || label == usize::from(labels[at]);
                all[label] /= sum;
                through[label] = if kept { through[label] * weights[label] / sum } else { 0.0 };
            }
        }
        let ends = |ways: &[f32; ROOM]| match labels.get(to) {
            Some(&next) => (0..LABELS).map(|label| ways[label] * self.factors[label][usize::from(next)]).sum::<f32>(),
            None => CLOSERS.iter().map(|&label| ways[label]).sum(),
        };
        let (through, all) = (ends(&through), ends(&all));
        if all > 0.0 { (through / all).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The ways to each label of the first character that is looked at, from the label before it.
    fn first(&self, labels: &[u8], at: usize) -> [f32; ROOM] {
        match at.checked_sub(1) {
            Some(before) => self.factors[usize::from(labels[before])],
            None => std::array::from_fn(|label| match label < OPENERS {
                true => (f32::from(self.start[label]) / UNIT).exp(),
                false => 0.0,
            }),
        }
    }

    fn spread(&self, ways: &[f32; ROOM]) -> [f32; ROOM] {
        let mut next = [0.0; ROOM];
        for (before, factors) in self.factors.iter().enumerate() {
            (0..ROOM).for_each(|label| next[label] += ways[before] * factors[label]);
        }
        next
    }

    /// The factors of a character's labels, the greatest of them 1.
    fn weights(&self, score: &Row) -> [f32; ROOM] {
        let most = score[..LABELS].iter().copied().max().unwrap_or(0);
        let factor = |label: usize| self.below.get(usize::from(most.abs_diff(score[label]))).copied().unwrap_or(0.0);
        std::array::from_fn(|label| if label < LABELS { factor(label) } else { 0.0 })
    }
}

/// Sums two rows.
#[inline]
pub(super) fn add(a: &Row, b: &Row) -> Row {
    let mut sum = [0; ROOM];
    for label in 0..ROOM {
        sum[label] = a[label].saturating_add(b[label]);
    }
    sum
}

/// The first of the labels with the greatest score.
fn greatest(labels: impl Iterator<Item = (usize, i16)>) -> usize {
    let better = |best: (usize, i16), next: (usize, i16)| if next.1 > best.1 { next } else { best };
    labels.reduce(better).map_or(0, |(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::super::label::opens;
    use super::*;

    /// All ways through a sentence of three characters, tried one by one.
    fn best_of_all(transitions: &Transitions, scores: &[Row; 3]) -> Vec<u8> {
        let mut best = (i32::MIN, Vec::new());
        for way in 0..LABELS.pow(3) {
            let labels = [way % LABELS, way / LABELS % LABELS, way / LABELS / LABELS];
            let joined = labels.windows(2).all(|pair| may_follow(pair[0], pair[1]));
            if labels[0] >= OPENERS || opens(labels[2]) || !joined {
                continue;
            }
            let steps = labels.windows(2).map(|pair| i32::from(transitions.from[pair[0]][pair[1]]));
            let marks = labels.iter().zip(scores).map(|(&label, row)| i32::from(row[label]));
            let score = i32::from(transitions.start[labels[0]]) + steps.chain(marks).sum::<i32>();
            if score > best.0 {
                best = (score, labels.iter().map(|&label| label as u8).collect());
            }
        }
        best.1
    }

    #[test]
    fn the_best_way_is_that_of_trying_all_and_more_score_is_more_sure() {
        let mut state = 7u32;
        let mut number = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 20) as i16 % 400 - 200
        };
        for _ in 0..30 {
            let mut from = [[0; ROOM]; LABELS];
            from.iter_mut().flatten().for_each(|score| *score = number());
            let transitions = Transitions::new(from, std::array::from_fn(|_| number()));
            let mut scores: [Row; 3] = std::array::from_fn(|_| std::array::from_fn(|_| number()));
            let (mut best, mut labels) = (Vec::new(), Vec::new());
            transitions.decode(&scores, &mut best, &mut labels);
            assert_eq!(labels, best_of_all(&transitions, &scores));
            let sure = transitions.confidence(&scores, &labels, 1, 2);
            scores[1][usize::from(labels[1])] += 30;
            let surer = transitions.confidence(&scores, &labels, 1, 2);
            assert!((0.0..=1.0).contains(&sure) && surer >= sure, "{sure} {surer}");
        }
    }
}
