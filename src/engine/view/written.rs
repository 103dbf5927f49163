//! How a word is written: what people see is the commonest written form, never the folded one that was counted.

use std::collections::HashMap;

use crate::analysis::{fold, unigrams};
use crate::engine::body::pieces;
use crate::error::Error;
use crate::index::{Place, Snapshot};
use crate::query::Piece;
use crate::snippet::{Needle, Text, shown};

/// Documents that are read at a time.
const PAGE: usize = 32;
/// Places of a word after which its commonest form is known well enough.
const ENOUGH: u64 = 25;

/// The written forms of one folded word, each with how often it was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms(HashMap<String, u64>);

impl Forms {
    /// Meets a form.
    pub fn meet(&mut self, form: &str) {
        match self.0.get_mut(form) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(form.to_owned(), 1)),
        }
    }

    /// Joins what another met.
    pub fn join(&mut self, other: Self) {
        other.0.into_iter().for_each(|(form, count)| *self.0.entry(form).or_default() += count);
    }

    fn met(&self) -> u64 {
        self.0.values().sum()
    }

    /// The commonest, the first in the order of code points among equals; `None` where none was met.
    pub fn commonest(&self) -> Option<&str> {
        let by_count = |a: &(&String, &u64), b: &(&String, &u64)| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0));
        self.0.iter().max_by(by_count).map(|(form, _)| form.as_str())
    }
}

/// The commonest written form of each folded word, out of the first documents at these places that have it.
pub(super) fn written_forms(
    snapshot: &dyn Snapshot,
    places: &[Place],
    words: &[&str],
) -> Result<HashMap<String, String>, Error> {
    let mut forms = vec![Forms::default(); words.len()];
    for page in places.chunks(PAGE) {
        let wanted: Vec<usize> = (0..words.len()).filter(|&word| forms[word].met() < ENOUGH).collect();
        if wanted.is_empty() {
            break;
        }
        let needles: Vec<Needle> = wanted.iter().map(|&word| needle(words[word])).collect();
        for document in snapshot.fetch(page)? {
            for (_, _, piece) in pieces(&document.title).chain(pieces(&document.body)) {
                for (needle, range) in Text::new(piece).places(&needles) {
                    let (word, form) = (wanted[needle], shown(&piece[range]));
                    // A sign of the word is no unigram: a form without it is another word's.
                    if fold(&form) == words[word] {
                        forms[word].meet(&form);
                    }
                }
            }
        }
    }
    let form = |(word, forms): (&&str, &Forms)| ((*word).to_owned(), forms.commonest().unwrap_or(word).to_owned());
    Ok(words.iter().zip(&forms).map(form).collect())
}

fn needle(word: &str) -> Needle {
    Needle::new(unigrams(word).into_iter().map(|unigram| Piece::Token(unigram.text)).collect(), 1.0)
}
