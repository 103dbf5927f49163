//! NEW POLICY TERMS FROM A CORPUS: quotations, numeral formulas, and strings of words that stick together, are varied in what
//! stands beside them and follow the verbs by which policies are carried out. Each proposal comes with its evidence; who
//! accepts it is another.
//!
//! One pass, in bounded memory: at most 3.5 million counts of strings by their hashes (70 MB) and 200,000 candidates
//! with what was seen of them (80 MB at most). Where a bound is reached the rarest are forgotten, so that rare
//! strings are counted a little short and frequent ones rightly (lossy counting).

mod candidate;
mod counts;
mod extract;
mod select;

use std::collections::HashMap;

use crate::analysis::{Dictionary, Segmenter};
use crate::document::Day;
use candidate::Candidate;
use counts::Counts;
use serde::Serialize;

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LearnOptions {
    /// Documents that a term must stand in; 8 by default.
    pub documents: u32,
    /// Longest term in characters; 16 by default.
    pub longest: usize,
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self { documents: 8, longest: 16 }
    }
}

/// A string that may be a policy term, and what speaks for it. Serialises to an object `{"type":"term_proposal",…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "term_proposal")]
#[non_exhaustive]
pub struct Proposal {
    /// The term as it is written most often.
    #[serde(rename = "term")]
    pub written: String,
    /// The same, folded.
    #[serde(skip)]
    pub term: String,
    /// How much speaks for it; only the order means something.
    pub score: f64,
    /// How often it was seen, from when on it was watched.
    pub count: u32,
    /// Documents it was seen in.
    pub documents: u32,
    /// Share of its occurrences that stand in quotation marks, 0 to 1.
    pub quoted: f64,
    /// Share that stands behind a verb of carrying out or before a noun of policy, 0 to 1.
    pub cued: f64,
    /// The smaller entropy of the words on its left and on its right, in bits.
    pub entropy: f64,
    /// The smallest pointwise mutual information over the places where it can be split in two, in bits; none of a term of
    /// one word.
    pub pmi: Option<f64>,
    /// Months it was seen in.
    pub months: u32,
    /// The earliest day it was seen on.
    #[serde(serialize_with = "date")]
    pub first: Option<Day>,
    /// A piece of text that has it, as written.
    pub example: String,
}

/// A day as `2018-03-05`.
fn date<S: serde::Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// Reads texts and proposes terms.
pub struct Learner {
    options: LearnOptions,
    segmenter: Segmenter,
    counts: Counts,
    candidates: HashMap<u64, Candidate>,
    /// Documents read.
    documents: u32,
    /// Candidates in fewer documents were forgotten.
    forgotten: u32,
}

impl Learner {
    /// A learner that has read nothing.
    pub fn new(options: LearnOptions) -> Self {
        Self {
            options,
            segmenter: Segmenter::new(Dictionary::default()),
            counts: Counts::default(),
            candidates: HashMap::new(),
            documents: 0,
            forgotten: 1,
        }
    }

    /// Reads a document: its title, its text, and the first day it may be of.
    pub fn add(&mut self, title: &str, body: &str, day: Option<Day>) {
        self.documents += 1;
        for text in [title, body] {
            self.read(text, day);
        }
        self.counts.keep_within_bounds();
        self.forget();
    }

    /// The best proposals, those of the greatest score first. `is_name` tells what is a person, a place or a body, folded,
    /// and no term.
    pub fn proposals(&self, limit: usize, is_name: &dyn Fn(&str) -> bool) -> Vec<Proposal> {
        select::proposals(self, limit, is_name)
    }
}

/// Whether a string is a name by the tags of the dictionary: of names alone, or a body's or a person's with what stands
/// beside it (北京大学, 习近平总书记). Without weights this is what keeps names from being proposed.
pub fn looks_like_a_name(segmenter: &Segmenter, term: &str) -> bool {
    let mut tags: Vec<String> = Vec::new();
    segmenter.places(term, false, |word, _| tags.push(segmenter.tag(word).unwrap_or_default()));
    let is_name = |tag: &String| matches!(tag.as_str(), "nr" | "nrt" | "nrfg" | "ns" | "nt");
    let (Some(first), Some(last)) = (tags.first(), tags.last()) else { return true };
    tags.iter().all(is_name) || is_name(last) || (first.starts_with("nr") || first == "nt")
}

#[cfg(test)]
mod tests;
