//! Near strings that the corpus has, for common terms too: how scanners and hands got a term wrong, or what else was
//! read as it.

use std::collections::HashSet;
use std::ops::Range;

use super::asked::asked;
use super::count::{Counter, begin};
use super::lattice::Near;
use super::near::{near, spot};
use super::{Reason, Suggestion, counted};
use crate::analysis::fold;
use crate::engine::Engine;
use crate::engine::guard::guarded;
use crate::error::Error;
use crate::query::{ParseOptions, parse};

/// Strings that are counted, and of those that the corpus has, how many are looked at in how many texts each, with so
/// many bytes around them.
const COUNTED: usize = 600;
const LOOKED_AT: usize = 100;
const TEXTS: usize = 3;
const AROUND: usize = 30;

impl Engine {
    /// Strings of the corpus near to a term, the most documents first: others of the same sound or shape, and slips.
    ///
    /// A term is one of 2 to 12 Han characters; for others, and for queries of several terms, there are none.
    ///
    /// # Errors
    /// The query cannot be read, or the index cannot.
    pub fn variants(&self, query: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        guarded(|| self.strings_near(query, limit))
    }

    fn strings_near(&self, query: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        let snapshot = self.snapshot()?;
        let query = parse(query, &ParseOptions::default())?.query;
        let counter = Counter { snapshot: &*snapshot, deadline: None };
        let terms = asked(&query);
        let [term] = terms.as_slice() else { return Ok(Vec::new()) };
        let Some(characters) = term.characters() else { return Ok(Vec::new()) };
        let mut all = one_changed(&characters);
        let mut known: HashSet<String> = all.iter().map(|near| near.text.clone()).collect();
        all.extend(near(&characters, true, &counter)?.into_iter().filter(|near| known.insert(near.text.clone())));
        // Counted as strings, all of them.
        all.iter_mut().for_each(|near| near.is_word = false);
        all.truncate(COUNTED);
        let mut found = counted(all, 1, counter)?;
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cost.total_cmp(&b.0.cost)));
        let mut variants = Vec::new();
        for (near, documents) in found.into_iter().take(LOOKED_AT) {
            if variants.len() < limit && self.stands_alone(&near.text, counter)? {
                variants.push(Suggestion { text: counter.written(&near.text)?, documents, reason: near.reason });
            }
        }
        Ok(variants)
    }

    /// Whether a string is somewhere more than the end of one word and the begin of another: 议经 out of 会议|经过.
    fn stands_alone(&self, folded: &str, counter: Counter<'_>) -> Result<bool, Error> {
        for place in counter.with_all(&[folded.to_owned()], TEXTS)? {
            for document in counter.snapshot.fetch(&[place])? {
                let alone = [begin(&document.title), begin(&document.body)].into_iter().any(|text| {
                    let text = fold(text);
                    text.match_indices(folded).any(|(at, _)| self.has_borders(&text, at..at + folded.len()))
                });
                if alone {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether no word of the text around a stretch crosses one of its ends.
    fn has_borders(&self, text: &str, stretch: Range<usize>) -> bool {
        let from = text.floor_char_boundary(stretch.start.saturating_sub(AROUND));
        let around = &text[from..text.ceil_char_boundary(stretch.end + AROUND)];
        let (start, end) = (stretch.start - from, stretch.end - from);
        let (mut at, mut crossed) = (0, false);
        self.inner.segmenter.cut(around, false, |word| {
            if let Some(found) = around[at..].find(word) {
                let (first, last) = (at + found, at + found + word.len());
                crossed |= (first < start && last > start) || (first < end && last > end);
                at = last;
            }
        });
        !crossed
    }
}

/// Every string with one character of the same sound or shape in the place of another, the cheapest first.
fn one_changed(characters: &[char]) -> Vec<Near> {
    let mut all = Vec::new();
    for (at, &own) in characters.iter().enumerate() {
        for (c, (cost, reason)) in spot(own).changes {
            let mut changed = characters.to_vec();
            changed[at] = c;
            let reason: Reason = reason;
            all.push(Near { text: changed.iter().collect(), cost, evidence: cost, changes: 1, reason, is_word: false });
        }
    }
    all.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.text.cmp(&b.text)));
    all
}
