//! Weights laid out for tagging: a table by character, one by pair of characters, one by group of words of the lists. A
//! sentence in, scores of each character's labels out.

use super::features::{self, BESIDES, PADDING, PAIRS, Part, SINGLES, SORTS3, SORTS5};
use super::label::ROOM;
use super::viterbi::{Row, Transitions, add};
use super::weights::Weights;
use crate::entity::lexicon::{Alphabet, Lexicon, Table};

/// What it has of a pair of characters: a bit for each place that has a row, and the first of the rows above these bits.
const PLACES: u32 = PAIRS as u32;

/// A row as a file has it. Half the width is half the memory to wait for.
type Narrow = [i8; ROOM];

/// Weights ready for use.
#[derive(Clone, Debug)]
pub(super) struct Model {
    lexicon: &'static Lexicon,
    alphabet: Alphabet,
    /// By code and place.
    singles: Vec<[Narrow; SINGLES]>,
    /// From two codes to rows of `pair_rows`, whose first is zeros.
    pairs: Table,
    pair_rows: Vec<Narrow>,
    sorts3: Vec<Row>,
    sorts5: Vec<Row>,
    /// By group of words and where a character stands to it.
    words: Vec<[Row; BESIDES]>,
    pub transitions: Transitions,
}

/// Room that tagging uses again and again.
#[derive(Default)]
pub(super) struct Room {
    codes: Vec<u16>,
    sorts: Vec<u8>,
    /// What the tables have at each character.
    found: Vec<u32>,
    /// The scores of the sentence's characters.
    pub scores: Vec<Row>,
}

impl Model {
    pub fn new(weights: &Weights) -> Self {
        let lexicon = Lexicon::embedded();
        let mut alphabet = lexicon.alphabet().clone();
        let codes: Vec<u16> = weights.characters.iter().map(|&c| alphabet.add(c)).collect();
        let mut model = Self {
            lexicon,
            singles: vec![[[0i8; ROOM]; SINGLES]; alphabet.len()],
            alphabet,
            pairs: Table::with_capacity(pairs_of(weights)),
            pair_rows: vec![[0; ROOM]],
            sorts3: vec![[0; ROOM]; SORTS3],
            sorts5: vec![[0; ROOM]; SORTS5],
            words: vec![[[0; ROOM]; BESIDES]; lexicon.groups().len()],
            transitions: Transitions::new(weights.transitions, weights.start),
        };
        model.fill(weights, &codes);
        model
    }

    fn fill(&mut self, weights: &Weights, codes: &[u16]) {
        // Features know characters by their number in the weights, and the three numbers that are none.
        let first = Alphabet::default().len();
        let here = |code: u16| match usize::from(code).checked_sub(first) {
            Some(at) => codes.get(at).copied().unwrap_or(0),
            None => code,
        };
        let mut of_words = Vec::new();
        let mut last = (0, 0);
        for (feature, weights) in &weights.features {
            let narrow: Narrow = std::array::from_fn(|label| weights.get(label).copied().unwrap_or(0));
            let row = add_narrow(&[0; ROOM], &narrow);
            match feature.part() {
                Some(Part::Single { code, place }) => self.singles[usize::from(here(code))][place] = narrow,
                Some(Part::Pair { codes: [a, b], place }) => {
                    let key = pair_key(here(a), here(b));
                    // Rows of one pair follow each other in order of their places.
                    if last.0 != key {
                        last = (key, (self.pair_rows.len() as u32) << PLACES);
                    }
                    last.1 |= 1 << place;
                    self.pair_rows.push(narrow);
                    self.pairs.insert(key, last.1);
                }
                Some(Part::Sorts3(sorts)) => self.sorts3[sorts] = row,
                Some(Part::Sorts5(sorts)) => self.sorts5[sorts] = row,
                Some(Part::Word { .. }) => of_words.push((*feature, row)),
                None => {}
            }
        }
        for (group, rows) in self.lexicon.groups().iter().zip(&mut self.words) {
            for class in (0..u32::BITS as usize).filter(|class| group.classes >> class & 1 == 1) {
                for (beside, sum) in rows.iter_mut().enumerate() {
                    let feature = features::Feature::word(class, group.length, beside);
                    let found = of_words.binary_search_by_key(&feature, |(feature, _)| *feature);
                    *sum = found.map_or(*sum, |at| add(sum, &of_words[at].1));
                }
            }
        }
    }

    /// Scores the labels of a sentence's characters.
    pub fn score(&self, chars: &[char], room: &mut Room) {
        let Room { codes, sorts, found, scores } = room;
        features::padded(&self.alphabet, chars, codes, sorts);
        // All of the table first, for each look waits for memory, and so they wait together.
        found.clear();
        found.extend(codes.windows(2).map(|pair| self.pairs.get(pair_key(pair[0], pair[1]))));
        scores.clear();
        scores.extend((0..chars.len()).map(|at| {
            let (three, five) = features::sorts_at(sorts, at);
            let mut sum = add(&self.sorts3[three], &self.sorts5[five]);
            for place in 0..SINGLES {
                sum = add_narrow(&sum, &self.singles[usize::from(codes[at + place])][place]);
            }
            for place in 0..PAIRS {
                sum = add_narrow(&sum, &self.pair_rows[row_of(found[at + place], place)]);
            }
            sum
        }));
        features::words(self.lexicon, codes, found, |group, at, beside| {
            scores[at] = add(&scores[at], &self.words[usize::from(group)][beside as usize]);
        });
    }
}

fn pair_key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// The row of a pair for a place, by what the table has of the pair; the first row, of zeros, where there is none. Without
/// a branch, which could not be foreseen.
#[inline]
fn row_of(found: u32, place: usize) -> usize {
    let before = found & ((1 << place) - 1);
    let rank = (before & 1) + (before >> 1 & 1) + (before >> 2);
    let has = found >> place & 1;
    (((found >> PLACES) + rank) & has.wrapping_neg()) as usize
}

/// How many pairs of characters the weights know; their features follow each other pair by pair.
fn pairs_of(weights: &Weights) -> usize {
    let pairs = weights.features.iter().filter_map(|(feature, _)| match feature.part() {
        Some(Part::Pair { codes, .. }) => Some(codes),
        _ => None,
    });
    let mut last = None;
    pairs.filter(|codes| last.replace(*codes) != Some(*codes)).count()
}

#[inline]
fn add_narrow(score: &Row, row: &Narrow) -> Row {
    let mut sum = [0; ROOM];
    for label in 0..ROOM {
        sum[label] = score[label].saturating_add(i16::from(row[label]));
    }
    sum
}

const _: () = assert!(PADDING == SINGLES / 2);
