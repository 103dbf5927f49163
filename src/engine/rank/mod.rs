//! The second look at the best candidates: what the words cannot tell is read from where the unigrams stand.
//!
//! How early, how close together and how completely the words of the query stand in a document, by their positions in
//! title and body; no text is read, and membership is settled before. The formula and its constants were fitted together on
//! eleven query sets; each part alone is worth .01 to .02 of nDCG@10, and leaving any one out costs at most .003.

mod asked;
mod ranked;
mod standing;

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

pub(super) use ranked::{AGEING, HOT, Ranked};

use asked::{Rows, bigrams, pairs, parts};
use standing::Standing;

use crate::analysis::{PARAGRAPH, SENTENCE as SENTENCE_MARK, is_function_word};
use crate::document::Document;
use crate::index::WordWeight;
use crate::query::Term;

/// Candidates that are looked at again: 48 lose .0004 of nDCG@10 against 64 and .0009 against 100, 30 lose .002.
pub(super) const WINDOW: usize = 48;
/// Positions of a text that are looked at; the rest is beyond what being early could reward.
pub(super) const MOST_POSITIONS: u32 = 22_000;

const BY_WORDS: f32 = 0.67;
const BIGRAMS: f32 = 0.33;
const EARLY: f32 = 0.50;
const SENTENCE: f32 = 0.50;
const NEAR: f32 = 0.20;
const ALL_WORDS: f32 = 0.15;
const EXACT: f32 = 0.30;
/// Set by hand, for names alone: over the query sets it moves nDCG@10 by .001 at most, up or down.
const SUBJECT: f32 = 0.15;

/// Unigrams after which a first place counts half.
const EARLY_HALF: f32 = 500.0;
/// Unigrams between two words after which their nearness counts half.
const NEAR_HALF: f32 = 6.0;
/// Unigrams between two words of the query that still belong together.
const PAIR_GAP: usize = 4;
/// Saturation of a bigram's frequency, for a text of average length.
const SATURATION: f32 = 0.8;

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Component {
    /// `words`: BM25 of the words and strings of the query, as a share of what its words could give; `bigrams`: pairs of
    /// neighbouring characters, by rarity; `early`: how early the words stand; `sentence`: how much of the query the best
    /// sentence has; `near`: how close neighbouring words stand; `all_words`: all are there; `whole_terms`: share of the
    /// terms that stand whole; `subject`: how much the document is about the names among the terms; `freshness`: what the age takes away; `as_written`: no folding was needed, told and asked
    /// only of hits that are alike in all else, between which it decides.
    pub name: &'static str,
    /// How much of it there is; 0 to 1, but for `words`, which a title can raise above.
    pub value: f32,
    /// What the formula makes of it: the part adds value × weight.
    pub weight: f32,
}

impl Component {
    /// What the part adds to the score.
    pub fn score(&self) -> f32 {
        self.value * self.weight
    }
}

/// What of the query is looked for.
pub(super) struct Evidence {
    /// The unigrams whose positions are read. In a text that has been read, a unigram is its place here, from 1.
    pub tokens: Vec<String>,
    /// Rows of unigrams, each once.
    rows: Vec<Vec<u32>>,
    /// The rows that begin with each unigram.
    beginning: Vec<Vec<usize>>,
    /// The unigrams that end a sentence.
    marks: [u32; 2],
    /// Rows of the words, with their rarity.
    words: Vec<(usize, f32)>,
    bigrams: Vec<(usize, f32)>,
    /// What each row counts in a sentence.
    gains: Vec<f32>,
    /// Neighbouring words: their numbers, the unigrams between them in the query.
    pairs: Vec<(usize, usize, u32)>,
    /// Pairs that a row belongs to, each with the row of the other word.
    partners: Vec<Vec<(usize, usize)>>,
    /// The rows of each term, and the term as written.
    terms: Vec<(Vec<usize>, String)>,
    words_sum: f32,
    bigrams_sum: f32,
    average_han: f32,
}

impl Evidence {
    /// What to look for: the words with their rarity, and the bigrams of the terms.
    pub fn new(terms: &[&Term], words: &[WordWeight], idf: &HashMap<String, f32>, average_han: f32) -> Self {
        let known = |text: &str| idf.get(text).copied();
        let rarest = idf.values().copied().fold(1.0, f32::max);
        let mut rows = Rows::default();
        let marks = [SENTENCE_MARK, PARAGRAPH].map(|mark| rows.token(mark));
        let content = |word: &&WordWeight| !is_function_word(&word.text);
        let mut content_words: Vec<(usize, f32)> = Vec::with_capacity(words.len());
        for word in words.iter().filter(content) {
            content_words.extend(
                rows.word(&word.text).map(|row| (row, word.weight * known(&word.text).unwrap_or(0.6 * rarest))),
            );
        }
        let words = content_words;
        let stretches: Vec<Vec<Vec<&str>>> = terms.iter().map(|term| parts(term)).collect();
        let bigrams = bigrams(&stretches, &mut rows, &known, rarest);
        let pairs = pairs(&stretches, &words, &mut rows);
        let whole = |(term, parts): (&&Term, &Vec<Vec<&str>>)| {
            (parts.iter().map(|part| rows.row(part)).collect(), term.written.clone())
        };
        let terms = terms.iter().zip(&stretches).map(whole).collect();
        let Rows { tokens, rows, .. } = rows;
        let mut beginning = vec![Vec::new(); tokens.len() + 1];
        rows.iter().enumerate().for_each(|(number, row)| beginning[row[0] as usize].push(number));
        let mut gains = vec![0.0; rows.len()];
        words.iter().for_each(|(row, idf)| gains[*row] += idf);
        bigrams.iter().for_each(|(row, idf)| gains[*row] += 0.5 * idf);
        let mut partners = vec![Vec::new(); rows.len()];
        for (pair, (a, b, _)) in pairs.iter().enumerate() {
            let (a, b) = (words[*a].0, words[*b].0);
            partners[a].push((pair, b));
            partners[b].push((pair, a));
        }
        let words_sum = words.iter().map(|(_, idf)| idf).sum();
        let bigrams_sum = bigrams.iter().map(|(_, idf)| idf).sum();
        Self {
            tokens,
            rows,
            beginning,
            marks,
            words,
            bigrams,
            gains,
            pairs,
            partners,
            terms,
            words_sum,
            bigrams_sum,
            average_han,
        }
    }

    /// Whether a second look could tell anything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.bigrams.is_empty()
    }

    /// Leaves positions of a text out of the second look, but for the marks there, which still end sentences.
    pub fn pass_over(&self, text: &mut [u32], positions: Range<usize>) {
        let end = positions.end.min(text.len());
        let stretch = text.get_mut(positions.start..end).unwrap_or_default();
        stretch.iter_mut().filter(|token| !self.marks.contains(token)).for_each(|token| *token = 0);
    }

    /// What each part of the formula gives a document, given its unigrams by number, its Han characters, and its score by
    /// words as a share of what is possible. The score is their sum.
    pub fn components(&self, text: &[u32], han: u64, by_words: f32) -> [Component; 7] {
        let standing = Standing::read(self, text);
        let stand = |(row, _): &&(usize, f32)| standing.first[*row].is_some();
        let found: f32 = self.words.iter().filter(stand).map(|(_, idf)| idf).sum();
        let all = !self.words.is_empty() && self.words.iter().all(|word| stand(&word));
        let part = |name, weight, value| Component { name, value, weight };
        [
            part("words", BY_WORDS, by_words),
            part("bigrams", BIGRAMS, self.bigram_score(&standing, han)),
            part("early", EARLY, self.early(&standing)),
            part("sentence", SENTENCE, share(standing.sentence, self.words_sum + 0.5 * self.bigrams_sum)),
            part("near", NEAR, self.near(&standing, found)),
            part("all_words", ALL_WORDS, f32::from(u8::from(all))),
            part("whole_terms", EXACT, self.whole(&standing)),
        ]
    }

    /// Whether every term stands in a document as it was asked for.
    pub fn as_written(&self, document: &Document) -> bool {
        self.terms.iter().all(|(_, written)| document.title.contains(written) || document.body.contains(written))
    }

    fn early(&self, standing: &Standing) -> f32 {
        let gain =
            |(row, idf): &(usize, f32)| standing.first[*row].map_or(0.0, |at| idf / (1.0 + at as f32 / EARLY_HALF));
        share(self.words.iter().map(gain).sum(), self.words_sum)
    }

    fn bigram_score(&self, standing: &Standing, han: u64) -> f32 {
        let length = han.min(u64::from(MOST_POSITIONS)) as f32 / self.average_han.max(1.0);
        let saturation = SATURATION * (0.35 + 0.65 * length / 1.1);
        let gain = |(row, idf): &(usize, f32)| {
            let count = standing.counts[*row] as f32;
            idf * count / (count + saturation)
        };
        share(self.bigrams.iter().map(gain).sum(), self.bigrams_sum)
    }

    /// How close the neighbours of the query stand; the share of words that are there where it has none.
    fn near(&self, standing: &Standing, found: f32) -> f32 {
        if self.pairs.is_empty() {
            return share(found, self.words_sum);
        }
        let (mut gain, mut most) = (0.0, 0.0);
        for (&(a, b, gap), least) in self.pairs.iter().zip(&standing.gaps) {
            let weight = self.words[a].1 + self.words[b].1;
            most += weight;
            gain += least.map_or(0.0, |least| weight / (1.0 + least.saturating_sub(gap) as f32 / NEAR_HALF));
        }
        share(gain, most)
    }

    /// Share of the terms that stand whole.
    fn whole(&self, standing: &Standing) -> f32 {
        let stands = |(parts, _): &&(Vec<usize>, String)| parts.iter().all(|row| standing.first[*row].is_some());
        share(self.terms.iter().filter(stands).count() as f32, self.terms.len() as f32)
    }
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
