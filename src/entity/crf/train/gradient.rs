//! The gradient: forward and backward over a sentence, then one step of AdaGrad (Duchi, Hazan and Singer 2011) for the
//! features of its characters.

use super::TrainOptions;
use super::lesson::Lesson;
use crate::entity::crf::label::{CLOSERS, LABELS, OPENERS, ROOM, may_follow, opens};

/// A number for each label.
type Row = [f32; ROOM];
/// A character whose labels are all as sure as this teaches nothing more.
const LEARNT: f32 = 1e-3;

/// Weights while they are learnt.
pub(super) struct Learner {
    /// By number of the feature.
    pub weights: Vec<Row>,
    pub transitions: [Row; LABELS],
    pub start: Row,
    /// Sums of the squares of all steps so far.
    squares: Vec<Row>,
    transition_squares: [Row; LABELS],
    start_squares: Row,
    rate: f32,
    decay: f32,
    drop: f32,
    random: Random,
}

impl Learner {
    pub fn new(features: usize, options: &TrainOptions) -> Self {
        Self {
            weights: vec![[0.0; ROOM]; features],
            transitions: [[0.0; ROOM]; LABELS],
            start: [0.0; ROOM],
            squares: vec![[0.1; ROOM]; features],
            transition_squares: [[1.0; ROOM]; LABELS],
            start_squares: [1.0; ROOM],
            rate: options.rate,
            decay: options.decay,
            drop: options.drop,
            random: Random(0x9E37_79B9_7F4A_7C15),
        }
    }

    /// Learns from every lesson once, in an order by chance; gives the mean loss of a character.
    pub fn epoch(&mut self, lessons: &[Lesson]) -> f64 {
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, self.random.below(last + 1));
        }
        let mut ways = Ways::default();
        let (mut loss, mut characters) = (0.0, 0);
        for lesson in order.into_iter().map(|number| &lessons[number]) {
            loss += self.learn(lesson, &mut ways);
            characters += lesson.labels.len();
        }
        loss / (characters.max(1) as f64)
    }

    fn learn(&mut self, lesson: &Lesson, ways: &mut Ways) -> f64 {
        ways.seen.clear();
        ways.seen_ends.clear();
        ways.scores.clear();
        for at in 0..lesson.labels.len() {
            let mut score = [0.0; ROOM];
            for &feature in lesson.features(at) {
                if self.drop > 0.0 && self.random.chance() < self.drop {
                    continue;
                }
                ways.seen.push(feature);
                let row = &self.weights[feature as usize];
                (0..ROOM).for_each(|label| score[label] += row[label]);
            }
            ways.seen_ends.push(ways.seen.len());
            ways.scores.push(score);
        }
        let loss = ways.run(&self.transitions, &self.start, &lesson.labels);
        self.step(ways);
        loss
    }

    /// Moves every weight along its gradient.
    fn step(&mut self, ways: &Ways) {
        for (before, row) in ways.transition_gradient.iter().enumerate() {
            step(&mut self.transitions[before], &mut self.transition_squares[before], row, self.rate, 0.0);
        }
        step(&mut self.start, &mut self.start_squares, &ways.start_gradient, self.rate, 0.0);
        let mut first = 0;
        for (gradient, &end) in ways.gradient.iter().zip(&ways.seen_ends) {
            let learnt = gradient.iter().all(|part| part.abs() < LEARNT);
            for &feature in ways.seen[first..end].iter().filter(|_| !learnt) {
                let feature = feature as usize;
                step(&mut self.weights[feature], &mut self.squares[feature], gradient, self.rate, self.decay);
            }
            first = end;
        }
    }
}

#[inline]
fn step(weights: &mut Row, squares: &mut Row, gradient: &Row, rate: f32, decay: f32) {
    for label in 0..ROOM {
        let part = gradient[label] - decay * weights[label];
        squares[label] += part * part;
        weights[label] += rate * part / squares[label].sqrt();
    }
}

/// The sums over all ways through a sentence, and what follows from them.
#[derive(Default)]
struct Ways {
    /// The features that are seen this time, one character after the other, and where those of each end.
    seen: Vec<u32>,
    seen_ends: Vec<usize>,
    scores: Vec<Row>,
    /// Factors of each character's labels, the greatest of them 1.
    factors: Vec<Row>,
    forward: Vec<Row>,
    /// What divides `forward` so that each row sums to 1.
    scales: Vec<f32>,
    backward: Vec<Row>,
    gradient: Vec<Row>,
    transition_gradient: [Row; LABELS],
    start_gradient: Row,
}

impl Ways {
    /// Computes the gradients, and the loss of the sentence.
    fn run(&mut self, transitions: &[Row; LABELS], start: &Row, labels: &[u8]) -> f64 {
        let mut joins = [[0.0; ROOM]; LABELS];
        for (before, row) in joins.iter_mut().enumerate() {
            for label in (0..LABELS).filter(|&label| may_follow(before, label)) {
                row[label] = transitions[before][label].exp();
            }
        }
        let mut loss = self.forward(&joins, start);
        self.backward(&joins);
        self.gradients(&joins, labels);
        let mut before = None;
        for (score, label) in self.scores.iter().zip(labels.iter().map(|&label| usize::from(label))) {
            let join = before.map_or(start[label], |before: usize| transitions[before][label]);
            loss -= f64::from(score[label] + join);
            before = Some(label);
        }
        loss
    }

    /// Sums over the ways to each label; gives the logarithm of the sum over all.
    fn forward(&mut self, joins: &[Row; LABELS], start: &Row) -> f64 {
        self.factors.clear();
        self.forward.clear();
        self.scales.clear();
        let mut all = 0.0;
        let last = self.scores.len() - 1;
        for (at, score) in self.scores.iter().enumerate() {
            let most = score[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            let factors: Row =
                std::array::from_fn(|label| if label < LABELS { (score[label] - most).exp() } else { 0.0 });
            let mut row = [0.0; ROOM];
            match self.forward.last() {
                Some(before) => before.iter().zip(joins).for_each(|(ways, joins)| {
                    (0..ROOM).for_each(|label| row[label] += ways * joins[label]);
                }),
                None => (0..OPENERS).for_each(|label| row[label] = start[label].exp()),
            }
            (0..ROOM).for_each(|label| row[label] *= factors[label]);
            if at == last {
                (0..LABELS).filter(|&label| opens(label)).for_each(|label| row[label] = 0.0);
            }
            let scale = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|ways| *ways /= scale);
            all += f64::from(most) + f64::from(scale.ln());
            self.factors.push(factors);
            self.forward.push(row);
            self.scales.push(scale);
        }
        all
    }

    /// Sums over the ways from each label on.
    fn backward(&mut self, joins: &[Row; LABELS]) {
        let mut turned = [[0.0; ROOM]; LABELS];
        for (before, row) in joins.iter().enumerate() {
            (0..LABELS).for_each(|label| turned[label][before] = row[label]);
        }
        let mut row = [0.0; ROOM];
        CLOSERS.iter().for_each(|&label| row[label] = 1.0);
        self.backward.clear();
        self.backward.resize(self.scores.len(), row);
        for at in (1..self.scores.len()).rev() {
            let mut before = [0.0; ROOM];
            for (label, joins) in turned.iter().enumerate() {
                let ways = self.factors[at][label] * row[label] / self.scales[at];
                (0..ROOM).for_each(|from| before[from] += ways * joins[from]);
            }
            row = before;
            self.backward[at - 1] = row;
        }
    }

    /// What the labels have more than is expected.
    fn gradients(&mut self, joins: &[Row; LABELS], labels: &[u8]) {
        self.gradient.clear();
        self.transition_gradient = [[0.0; ROOM]; LABELS];
        for (at, label) in labels.iter().map(|&label| usize::from(label)).enumerate() {
            let (forward, backward) = (&self.forward[at], &self.backward[at]);
            let mut gradient: Row = std::array::from_fn(|label| -forward[label] * backward[label]);
            gradient[label] += 1.0;
            self.gradient.push(gradient);
            if let Some(before) = at.checked_sub(1) {
                let ways: Row =
                    std::array::from_fn(|label| self.factors[at][label] * backward[label] / self.scales[at]);
                for (from, row) in self.transition_gradient.iter_mut().enumerate() {
                    let here = self.forward[before][from];
                    (0..ROOM).for_each(|to| row[to] -= here * ways[to] * joins[from][to]);
                }
                self.transition_gradient[usize::from(labels[before])][label] += 1.0;
            }
        }
        self.start_gradient = self.gradient.first().copied().unwrap_or_default();
    }
}

/// Numbers by chance that are the same each time (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    fn below(&mut self, end: usize) -> usize {
        ((u64::from(self.next()) * end as u64) >> 32) as usize
    }

    /// At least 0, below 1.
    fn chance(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1 << 24) as f32
    }
}
