//! The second look at the best candidates: what the words cannot tell is read from title and text.
//!
//! How early, how close together and how completely the words of the query stand in a document, measured by scanning
//! the folded text; membership is settled before. The formula and its constants were fitted together on eleven query
//! sets; each part alone is worth .01 to .02 of nDCG@10, and leaving any one out costs at most .003.

mod asked;
mod ranked;
mod scanned;

use std::collections::HashMap;

use serde::Serialize;

pub(super) use ranked::{AGEING, HOT, Ranked};

use asked::{bigrams, pairs, squeezed};
use scanned::Scanned;

use crate::analysis::{fold, is_function_word};
use crate::document::Document;
use crate::index::WordWeight;
use crate::query::Term;

/// Candidates that are looked at again: 48 lose .0004 of nDCG@10 against 64 and .0009 against 100, 30 lose .002, and
/// each costs the reading of a text.
pub(super) const WINDOW: usize = 48;
/// Bytes of a text that are looked at; the rest is beyond what being early could reward.
const MOST_BYTES: usize = 64 << 10;

const BY_WORDS: f32 = 0.67;
const BIGRAMS: f32 = 0.33;
const EARLY: f32 = 0.50;
const SENTENCE: f32 = 0.50;
const NEAR: f32 = 0.20;
const ALL_WORDS: f32 = 0.15;
const EXACT: f32 = 0.30;
/// Of two documents alike in all else, the one written as asked comes first.
const AS_WRITTEN: f32 = 0.01;

/// Characters after which a first place counts half.
const EARLY_HALF: f32 = 500.0;
/// Characters after which a sentence counts half.
const SENTENCE_HALF: f32 = 300.0;
/// Characters between two words after which their nearness counts half.
const NEAR_HALF: f32 = 6.0;
/// Characters between two words of the query that still belong together.
const PAIR_GAP: usize = 4;
/// Saturation of a bigram's frequency, for a text of average length.
const SATURATION: f32 = 0.8;

/// Bigrams of a query above which those that a text has not are left out first.
const MANY: usize = 64;

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Component {
    /// `words`: BM25 of the words and strings of the query, as a share of what its words could give; `bigrams`: pairs of
    /// neighbouring characters, by rarity; `early`: how early the words stand; `sentence`: how much of the query the best
    /// sentence has; `near`: how close neighbouring words stand; `all_words`: all are there; `whole_terms`: share of the
    /// terms that stand whole; `as_written`: no folding was needed; `freshness`: what the age takes away.
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
    words: Vec<(String, f32)>,
    bigrams: Vec<(String, f32)>,
    /// Neighbouring words: their numbers, the characters between them in the query.
    pairs: Vec<(usize, usize, usize)>,
    /// The terms, folded without signs, and as written.
    terms: Vec<(String, String)>,
    words_sum: f32,
    bigrams_sum: f32,
    average_chars: f32,
}

impl Evidence {
    /// What to look for: the words with their rarity, and the bigrams of the terms.
    pub fn new(terms: &[&Term], words: &[WordWeight], idf: &HashMap<String, f32>, average_chars: f32) -> Self {
        let known = |text: &str| idf.get(text).copied();
        let rarest = idf.values().copied().fold(1.0, f32::max);
        let content = |word: &&WordWeight| !is_function_word(&word.text);
        let words: Vec<(String, f32)> = words
            .iter()
            .filter(content)
            .map(|word| (word.text.clone(), word.weight * known(&word.text).unwrap_or(0.6 * rarest)))
            .collect();
        let folded: Vec<(String, String)> =
            terms.iter().map(|term| (squeezed(&fold(&term.written)), term.written.clone())).collect();
        let bigrams = bigrams(&folded, &known, rarest);
        let pairs = pairs(&folded, &words);
        let words_sum = words.iter().map(|(_, idf)| idf).sum();
        let bigrams_sum = bigrams.iter().map(|(_, idf)| idf).sum();
        Self { words, bigrams, pairs, terms: folded, words_sum, bigrams_sum, average_chars }
    }

    /// Whether a second look could tell anything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.bigrams.is_empty()
    }

    /// What each part of the formula gives a document, given its score by words as a share of what is possible. The
    /// score is their sum.
    pub fn components(&self, document: &Document, by_words: f32) -> [Component; 8] {
        let text = Scanned::new(document);
        let first = self.first_places(&text);
        let found: f32 = self.words.iter().zip(&first).filter(|(_, at)| at.is_some()).map(|((_, idf), _)| idf).sum();
        let all = !self.words.is_empty() && first.iter().all(Option::is_some);
        let part = |name, weight, value| Component { name, value, weight };
        [
            part("words", BY_WORDS, by_words),
            part("bigrams", BIGRAMS, self.bigram_score(&text)),
            part("early", EARLY, self.early(&first)),
            part("sentence", SENTENCE, self.sentence(&text)),
            part("near", NEAR, self.near(&text, found)),
            part("all_words", ALL_WORDS, f32::from(u8::from(all))),
            part("whole_terms", EXACT, self.exact(&text)),
            part("as_written", AS_WRITTEN, f32::from(u8::from(self.as_written(document)))),
        ]
    }

    fn first_places(&self, text: &Scanned) -> Vec<Option<usize>> {
        self.words.iter().map(|(word, _)| text.places(word).next()).collect()
    }

    fn early(&self, first: &[Option<usize>]) -> f32 {
        let gain = |((_, idf), at): (&(String, f32), &Option<usize>)| {
            at.map_or(0.0, |at| idf / (1.0 + at as f32 / EARLY_HALF))
        };
        share(self.words.iter().zip(first).map(gain).sum(), self.words_sum)
    }

    /// The bigrams that may stand in a text: of a long query few do, and each costs two walks through it.
    fn bigrams_in<'a>(&'a self, text: &'a Scanned) -> impl Iterator<Item = &'a (String, f32)> {
        let known = (self.bigrams.len() > MANY).then(|| text.pairs());
        self.bigrams.iter().filter(move |(bigram, _)| {
            let mut chars = bigram.chars();
            known.as_ref().is_none_or(|known| known.contains(&(chars.next(), chars.next())))
        })
    }

    fn bigram_score(&self, text: &Scanned) -> f32 {
        let saturation = SATURATION * (0.35 + 0.65 * text.chars as f32 / (1.1 * self.average_chars.max(1.0)));
        let gain = |(bigram, idf): &(String, f32)| {
            let count = text.places(bigram).count() as f32;
            idf * count / (count + saturation)
        };
        share(self.bigrams_in(text).map(gain).sum(), self.bigrams_sum)
    }

    /// The best sentence: words and bigrams in it, less for one that stands late.
    fn sentence(&self, text: &Scanned) -> f32 {
        let mut gains = vec![0.0_f32; text.sentences.len()];
        let evidence = self.words.iter().map(|(word, idf)| (word, *idf));
        for (wanted, gain) in evidence.chain(self.bigrams_in(text).map(|(bigram, idf)| (bigram, 0.5 * idf))) {
            let mut last = usize::MAX;
            for byte in text.bytes(wanted) {
                let sentence = text.sentences.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
                if sentence != last {
                    gains[sentence] += gain;
                    last = sentence;
                }
            }
        }
        let late = |at: usize| 1.0 + text.sentences[at].1 as f32 / SENTENCE_HALF;
        let best = gains.iter().enumerate().map(|(at, gain)| gain / late(at)).fold(0.0, f32::max);
        share(best, self.words_sum + 0.5 * self.bigrams_sum)
    }

    /// How close the neighbours of the query stand; the share of words that are there where it has none.
    fn near(&self, text: &Scanned, found: f32) -> f32 {
        if self.pairs.is_empty() {
            return share(found, self.words_sum);
        }
        let (mut gain, mut most) = (0.0, 0.0);
        for &(a, b, gap) in &self.pairs {
            let weight = self.words[a].1 + self.words[b].1;
            most += weight;
            if let Some(least) = text.least_gap(&self.words[a].0, &self.words[b].0) {
                gain += weight / (1.0 + least.saturating_sub(gap) as f32 / NEAR_HALF);
            }
        }
        share(gain, most)
    }

    /// Share of the terms that stand whole.
    fn exact(&self, text: &Scanned) -> f32 {
        let whole = self.terms.iter().filter(|(folded, _)| text.holds(folded)).count();
        share(whole as f32, self.terms.len() as f32)
    }

    fn as_written(&self, document: &Document) -> bool {
        self.terms.iter().all(|(_, written)| document.title.contains(written) || document.body.contains(written))
    }
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
