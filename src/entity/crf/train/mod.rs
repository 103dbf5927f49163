//! Training: examples in, bytes of weights out. Features are counted and numbered, the gradient learns their weights,
//! then weak ones are left out and the others rounded. The same examples in the same order give the same bytes.

mod gradient;
mod lesson;

use std::collections::HashMap;
use std::ops::Range;

use super::features::{Feature, Part};
use super::label::LABELS;
use super::viterbi::{Row, UNIT};
use super::weights::Weights;
use crate::document::EntityKind;
use crate::entity::lexicon::{Alphabet, Lexicon};
use gradient::Learner;
use lesson::Lesson;

/// A text with what is named in it.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The text, in any script.
    pub text: String,
    /// Ranges in characters of the text, without overlap. Kinds other than person, place and organisation are left out.
    pub entities: Vec<(Range<usize>, EntityKind)>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct TrainOptions {
    /// How often every example is seen.
    pub epochs: u32,
    /// A feature must occur that often.
    pub least_count: u32,
    /// Characters and pairs whose greatest weight is below this are left out; in natural logarithms.
    pub prune: f32,
    /// How much of a step AdaGrad makes.
    pub rate: f32,
    /// How strongly each step draws weights to 0.
    pub decay: f32,
    /// How likely it is, 0 to 1, that a feature is not seen when an example is: keeps one from deciding alone.
    pub drop: f32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 6, least_count: 2, prune: 0.1, rate: 0.1, decay: 1e-5, drop: 0.15 }
    }
}

/// What training made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trained {
    /// The weights, for [`Tagger::load`](super::Tagger::load).
    pub bytes: Vec<u8>,
    /// Sentences that were learnt from.
    pub sentences: u64,
    /// Features that were weighed.
    pub features: u64,
    /// Features that were kept.
    pub kept: u64,
}

/// Learns from examples. Tells the number of each epoch when it ends, and the mean loss of a character, in natural
/// logarithms.
pub fn train(
    examples: impl IntoIterator<Item = Example>,
    options: &TrainOptions,
    mut epoch: impl FnMut(u32, f64),
) -> Trained {
    let lexicon = Lexicon::embedded();
    let mut alphabet = lexicon.alphabet().clone();
    let mut numbering = Numbering::default();
    let mut lessons = Vec::new();
    for example in examples {
        lesson::lessons(&example, &mut alphabet, lexicon, |feature| numbering.number(feature), &mut lessons);
    }
    let features = numbering.frequent(options.least_count, &mut lessons);
    let mut learner = Learner::new(features.len(), options);
    for number in 1..=options.epochs {
        let loss = learner.epoch(&lessons);
        epoch(number, loss);
    }
    let weights = rounded(&learner, &features, &alphabet, options.prune);
    Trained {
        bytes: weights.to_bytes(),
        sentences: lessons.len() as u64,
        features: features.len() as u64,
        kept: weights.features.len() as u64,
    }
}

/// Numbers for features as they come, and how often each came.
#[derive(Default)]
struct Numbering {
    numbers: HashMap<Feature, u32>,
    counts: Vec<(Feature, u32)>,
}

impl Numbering {
    fn number(&mut self, feature: Feature) -> u32 {
        let next = self.counts.len() as u32;
        let number = *self.numbers.entry(feature).or_insert(next);
        match self.counts.get_mut(number as usize) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((feature, 1)),
        }
        number
    }

    /// Leaves the rare ones out and numbers the others anew; gives them by number.
    fn frequent(self, least: u32, lessons: &mut [Lesson]) -> Vec<Feature> {
        let mut kept = Vec::new();
        let mut number = |&(feature, count): &(Feature, u32)| {
            (count >= least).then(|| {
                kept.push(feature);
                kept.len() as u32 - 1
            })
        };
        let numbers: Vec<Option<u32>> = self.counts.iter().map(&mut number).collect();
        for lesson in lessons {
            lesson.renumber(|old| numbers[old as usize]);
        }
        kept
    }
}

/// The weights as a file holds them, without the weak ones.
fn rounded(learner: &Learner, features: &[Feature], alphabet: &Alphabet, prune: f32) -> Weights {
    let mut kept: Vec<(Feature, [i8; LABELS])> = Vec::new();
    for (&feature, row) in features.iter().zip(&learner.weights) {
        let strongest = row[..LABELS].iter().fold(0f32, |most, weight| most.max(weight.abs()));
        let of_characters = matches!(feature.part(), Some(Part::Single { .. } | Part::Pair { .. }));
        // Within a row that stays, half of that is enough: such weights turn a balance, but bytes add up.
        let least = if of_characters { prune } else { 0.0 };
        let weights = std::array::from_fn(|label| if row[label].abs() < least / 2.0 { 0 } else { byte(row[label]) });
        if strongest >= least && weights != [0; LABELS] {
            kept.push((feature, weights));
        }
    }
    kept.sort_unstable_by_key(|(feature, _)| *feature);
    let scores = |row: &[f32]| -> Row { std::array::from_fn(|label| (row[label] * UNIT).round() as i16) };
    Weights {
        characters: alphabet.characters().to_vec(),
        transitions: std::array::from_fn(|label| scores(&learner.transitions[label])),
        start: scores(&learner.start),
        features: kept,
    }
}

fn byte(weight: f32) -> i8 {
    (weight * UNIT).round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::crf::Tagger;

    fn examples() -> Vec<Example> {
        let example =
            |text: &str, range: Range<usize>, kind| Example { text: text.into(), entities: vec![(range, kind)] };
        let places = ["黑石镇", "白水鎮", "青山鎮(zhèn)", "红泥镇"];
        let people = ["喻初霁", "麻子皓", "匡又晴"];
        let place =
            |name: &&str| example(&format!("我昨天到{name}走亲戚。"), 4..4 + name.chars().count(), EntityKind::Place);
        let person = |name: &&str| example(&format!("区长{name}说得好。"), 2..5, EntityKind::Person);
        places.iter().map(place).chain(people.iter().map(person)).collect()
    }

    #[test]
    fn what_was_learnt_is_recognised_in_either_script_and_twice_the_same() {
        let options = TrainOptions { epochs: 20, least_count: 1, drop: 0.0, ..TrainOptions::default() };
        let mut losses = Vec::new();
        let trained = train(examples(), &options, |_, loss| losses.push(loss));
        assert_eq!(train(examples(), &options, |_, _| ()).bytes, trained.bytes);
        assert!(losses.len() == 20 && losses[19] < losses[0] / 2.0, "{losses:?}");
        let tagger = Tagger::load(&trained.bytes).expect("what was trained loads");
        let found = |text: &str| -> Vec<(EntityKind, String)> {
            tagger.mentions(text).into_iter().map(|m| (m.kind, text[m.bytes].to_owned())).collect()
        };
        assert_eq!(found("我昨天到白石鎮走親戚。"), [(EntityKind::Place, "白石鎮".into())]);
        assert_eq!(found("區長匡子晴說得好。"), [(EntityKind::Person, "匡子晴".into())]);
    }

    #[test]
    fn nothing_to_learn_from_makes_weights_that_find_nothing() {
        let trained = train([], &TrainOptions::default(), |_, _| ());
        let tagger = Tagger::load(&trained.bytes).expect("what was trained loads");
        assert!(tagger.mentions("天水市市长王军").is_empty());
    }
}
