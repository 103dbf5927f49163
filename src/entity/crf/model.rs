//! Weights laid out for tagging: a table by character, one by pair of characters, one by group of words of the lists. A
//! sentence in, scores of each character's labels out.

use std::sync::atomic::{AtomicU64, Ordering};

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
    /// Tells its tables from those of others.
    number: u64,
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
    /// What the tables have of each pair.
    found: Vec<u32>,
    seconds: Vec<u32>,
    /// Pairs met last, each at the place of its hash, with what the tables have of it.
    memo: Vec<Met>,
    /// Whose tables these are.
    model: u64,
    /// The scores of the sentence's characters.
    pub scores: Vec<Row>,
}

/// A pair and what the tables have of it: the rows of its weights and the words that begin with it. Few pairs make most of
/// a text, and these stay in a near cache, where the tables do not.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    key: u32,
    rows: u32,
    second: u32,
}

/// Pairs that a thread remembers: 192 kB.
const MEMO_BITS: u32 = 14;

impl Model {
    pub fn new(weights: &Weights) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let lexicon = Lexicon::embedded();
        let mut alphabet = lexicon.alphabet().clone();
        let codes: Vec<u16> = weights.characters.iter().map(|&c| alphabet.add(c)).collect();
        let mut model = Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
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
                Some(Part::Pair { .. }) if !counts(weights) => {}
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
        self.look_up(chars, room);
        let Room { codes, sorts, found, seconds, scores, .. } = room;
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
        features::words(self.lexicon, codes, seconds, |group, at, beside| {
            scores[at] = add(&scores[at], &self.words[usize::from(group)][beside as usize]);
        });
    }

    /// What the tables have of all pairs, before anything is made of it: each look waits for memory, and so they wait
    /// together.
    fn look_up(&self, chars: &[char], room: &mut Room) {
        let Room { codes, sorts, found, seconds, memo, model, .. } = room;
        features::padded(&self.alphabet, chars, codes, sorts);
        if *model != self.number {
            *model = self.number;
            memo.clear();
            memo.resize(1 << MEMO_BITS, Met::default());
        }
        found.clear();
        seconds.clear();
        for pair in codes.windows(2) {
            let key = pair_key(pair[0], pair[1]);
            let met = &mut memo[(key.wrapping_mul(0x9E37_79B1) >> (32 - MEMO_BITS)) as usize];
            if met.key != key {
                *met = Met { key, rows: self.pairs.get(key), second: self.lexicon.second(pair[0], pair[1]) };
            }
            found.push(met.rows);
            seconds.push(met.second);
        }
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

/// Pairs that say less than this for any label, a sixth of a natural logarithm, are left out: F1 stays as it is (at most
/// .1 less on one set of eight), and a quarter of the tables is not to be waited for.
const LEAST: u8 = 4;

/// Whether a pair says enough for any label.
fn counts(weights: &[i8]) -> bool {
    weights.iter().any(|weight| weight.unsigned_abs() >= LEAST)
}

/// How many pairs of characters the weights know; their features follow each other pair by pair.
fn pairs_of(weights: &Weights) -> usize {
    let counted = weights.features.iter().filter(|(_, weights)| counts(weights));
    let pairs = counted.filter_map(|(feature, _)| match feature.part() {
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
