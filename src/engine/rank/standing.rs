//! How what is asked for stands in one candidate: read in a single walk over the unigrams that the query knows.

use super::Evidence;

/// Unigrams after which a sentence counts half.
const SENTENCE_HALF: f32 = 300.0;

/// What a walk finds.
pub(super) struct Standing {
    /// Where each row stands first.
    pub first: Vec<Option<u32>>,
    /// How often each row stands.
    pub counts: Vec<u32>,
    /// Unigrams between the closest occurrences of the words of each pair, in any order.
    pub gaps: Vec<Option<u32>>,
    /// What the best sentence has, less for one that stands late. The title is the first.
    pub sentence: f32,
}

impl Standing {
    /// Walks through a text: the numbers of its unigrams, 0 for those that nobody asked for.
    pub fn read(evidence: &Evidence, text: &[u32]) -> Self {
        let rows = evidence.rows.len();
        let (first, counts, gaps) = (vec![None; rows], vec![0; rows], vec![None; evidence.pairs.len()]);
        let mut walk = Walk {
            found: Self { first, counts, gaps, sentence: 0.0 },
            lasts: vec![None; rows],
            sentence: Sentence::default(),
        };
        for (at, &token) in (0..).zip(text) {
            if token == 0 {
                continue;
            }
            if evidence.marks.contains(&token) {
                walk.found.sentence = walk.found.sentence.max(walk.sentence.worth());
                walk.sentence = Sentence { start: at + 1, gain: 0.0 };
                continue;
            }
            for &row in &evidence.beginning[token as usize] {
                if text[at as usize..].starts_with(&evidence.rows[row]) {
                    walk.meet(evidence, row, at);
                }
            }
        }
        walk.found.sentence = walk.found.sentence.max(walk.sentence.worth());
        walk.found
    }
}

/// A walk under way.
struct Walk {
    found: Standing,
    /// Where each row stood last.
    lasts: Vec<Option<u32>>,
    sentence: Sentence,
}

impl Walk {
    /// A row stands here.
    fn meet(&mut self, evidence: &Evidence, row: usize, at: u32) {
        self.found.first[row].get_or_insert(at);
        self.found.counts[row] += 1;
        let before = self.lasts[row].replace(at);
        if before.is_none_or(|before| before < self.sentence.start) {
            self.sentence.gain += evidence.gains[row];
        }
        for &(pair, other) in &evidence.partners[row] {
            let Some(last) = self.lasts[other] else { continue };
            let gap = at.saturating_sub(last + evidence.rows[other].len() as u32);
            let least = &mut self.found.gaps[pair];
            *least = Some(least.map_or(gap, |known| known.min(gap)));
        }
    }
}

/// The sentence that the walk is in: where it begins, and what the rows in it are worth, each once.
#[derive(Default)]
struct Sentence {
    start: u32,
    gain: f32,
}

impl Sentence {
    fn worth(&self) -> f32 {
        self.gain / (1.0 + self.start as f32 / SENTENCE_HALF)
    }
}
