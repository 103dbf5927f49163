//! A sentence ready to be learnt from: its features by number, and its labels.

use super::Example;
use crate::entity::crf::features::{Feature, features};
use crate::entity::crf::label::{KINDS, OUTSIDE, label};
use crate::entity::crf::sentence::sentences;
use crate::entity::lexicon::{Alphabet, Lexicon};
use crate::entity::text::Text;

/// A sentence.
pub(super) struct Lesson {
    /// A label for each character.
    pub labels: Vec<u8>,
    /// The features of all characters, one after the other.
    features: Vec<u32>,
    /// Where those of each character end.
    ends: Vec<u32>,
}

impl Lesson {
    /// The features of a character.
    pub fn features(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.features[start as usize..self.ends[at] as usize]
    }

    /// Gives features other numbers, or none.
    pub fn renumber(&mut self, new: impl Fn(u32) -> Option<u32>) {
        let (mut features, mut ends) = (Vec::with_capacity(self.features.len()), Vec::with_capacity(self.ends.len()));
        for at in 0..self.ends.len() {
            features.extend(self.features(at).iter().filter_map(|&old| new(old)));
            ends.push(features.len() as u32);
        }
        (self.features, self.ends) = (features, ends);
    }
}

/// The sentences of an example.
pub(super) fn lessons(
    example: &Example,
    alphabet: &mut Alphabet,
    lexicon: &Lexicon,
    mut number: impl FnMut(Feature) -> u32,
    into: &mut Vec<Lesson>,
) {
    let text = Text::new(&example.text);
    let labels = labels(example, &text);
    for range in sentences(&text.chars) {
        let chars = &text.chars[range.clone()];
        for &c in chars {
            alphabet.add(c);
        }
        let mut lesson = Lesson { labels: labels[range].to_vec(), features: Vec::new(), ends: Vec::new() };
        for of_character in features(alphabet, lexicon, chars) {
            lesson.features.extend(of_character.into_iter().map(&mut number));
            lesson.ends.push(lesson.features.len() as u32);
        }
        into.push(lesson);
    }
}

/// The labels of a folded text. An entity that a cut between sentences runs through is left out.
fn labels(example: &Example, text: &Text) -> Vec<u8> {
    let mut labels = vec![OUTSIDE as u8; text.chars.len()];
    let bytes: Vec<usize> = example.text.char_indices().map(|(at, _)| at).chain([example.text.len()]).collect();
    let folded: Vec<usize> = (0..text.chars.len()).map(|at| text.original(at..at + 1).start).collect();
    let cuts: Vec<usize> = sentences(&text.chars).map(|range| range.end).collect();
    for (range, kind) in &example.entities {
        let Some(kind) = KINDS.iter().position(|known| known == kind) else { continue };
        let (Some(&start), Some(&end)) = (bytes.get(range.start), bytes.get(range.end)) else { continue };
        let (start, end) = (folded.partition_point(|&at| at < start), folded.partition_point(|&at| at < end));
        if start >= end || cuts.iter().any(|&cut| start < cut && cut < end) {
            continue;
        }
        for (at, written) in labels[start..end].iter_mut().enumerate() {
            *written = label(kind, at, end - start) as u8;
        }
    }
    labels
}
