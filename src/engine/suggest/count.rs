//! How many documents hold a string, and how the authors write it.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::error::Error;
use crate::index::{Ask, Found, Place, Snapshot, Sort, Stream, WordWeight};
use crate::query::{Meaning, Term};
use crate::snippet::{Needle, Text, shown};

/// Documents that are looked into for the way that a string is written.
const LOOKED_INTO: usize = 3;
/// Bytes of a text that are looked through.
const LONGEST_TEXT: usize = 1 << 20;

/// A corpus that is asked many small questions.
#[derive(Clone, Copy)]
pub(super) struct Counter<'a> {
    pub snapshot: &'a dyn Snapshot,
    pub deadline: Option<Instant>,
}

impl Counter<'_> {
    /// In how many documents a folded string stands, exactly.
    pub fn documents(&self, folded: &str) -> Result<u64, Error> {
        Term::quoted(folded).map_or(Ok(0), |term| self.total(&Meaning::Term(term)))
    }

    /// How many documents a meaning has.
    pub fn total(&self, meaning: &Meaning) -> Result<u64, Error> {
        Ok(self.ask(meaning, &[], 0)?.total)
    }

    /// In how many documents at least a string stands that is a word of the corpus: next to no work.
    pub fn documents_of_word(&self, word: &str) -> Result<u64, Error> {
        let mut most = 0;
        for stream in [Stream::BodyWords, Stream::TitleWords] {
            most = most.max(self.snapshot.frequencies(stream, &[word])?.iter().sum());
        }
        Ok(most)
    }

    /// In how many documents a word stands as a word, in title or body, and how one of them writes it. Asked of the
    /// words alone, which is a small part of the work that the string would be.
    pub fn word(&self, word: &str) -> Result<(u64, String), Error> {
        let weights = [WordWeight { text: word.to_owned(), weight: 1.0, unigram: false }];
        let found = self.ask(&Meaning::Everything, &weights, 1)?;
        Ok((found.total, self.written_in(word, &places(&found))?))
    }

    /// Some documents that hold all of these strings.
    pub fn with_all(&self, strings: &[String], limit: usize) -> Result<Vec<Place>, Error> {
        let terms: Option<Vec<Meaning>> = strings.iter().map(|text| Term::quoted(text).map(Meaning::Term)).collect();
        let Some(terms) = terms else { return Ok(Vec::new()) };
        let meaning = if terms.len() == 1 { terms.into_iter().next() } else { Some(Meaning::And(terms)) };
        meaning.map_or(Ok(Vec::new()), |meaning| Ok(places(&self.ask(&meaning, &[], limit)?)))
    }

    /// A folded string as most of a few documents write it.
    pub fn written(&self, folded: &str) -> Result<String, Error> {
        let Some(term) = Term::quoted(folded) else { return Ok(folded.to_owned()) };
        self.written_in(folded, &places(&self.ask(&Meaning::Term(term), &[], LOOKED_INTO)?))
    }

    fn written_in(&self, folded: &str, places: &[Place]) -> Result<String, Error> {
        let Some(Term { unigrams, .. }) = Term::quoted(folded) else { return Ok(folded.to_owned()) };
        let needle = Needle::new(unigrams, 1.0);
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        for document in self.snapshot.fetch(places)? {
            for text in [begin(&document.title), begin(&document.body)] {
                let matches = Text::new(text).places(std::slice::from_ref(&needle));
                if let Some((_, range)) = matches.into_iter().next() {
                    // Signs and blanks within it (共建“一带一路) are the text's, not the string's.
                    let keeps = |c: &char| c.is_alphanumeric() || folded.contains(*c);
                    *forms.entry(shown(&text[range]).chars().filter(keeps).collect()).or_default() += 1;
                }
            }
        }
        Ok(forms.into_iter().rev().max_by_key(|(_, count)| *count).map_or(folded.to_owned(), |(form, _)| form))
    }

    /// What a meaning, or, where words are given, what any of them finds.
    fn ask(&self, meaning: &Meaning, words: &[WordWeight], limit: usize) -> Result<Found, Error> {
        let minimum = if words.is_empty() { 0.0 } else { f32::MIN_POSITIVE };
        let (sort, deadline) = (Sort::Relevance, self.deadline);
        let ask = Ask { words, minimum, sort, limit, deadline, ..Ask::all(meaning) };
        Ok(self.snapshot.search(&ask)?)
    }
}

fn places(found: &Found) -> Vec<Place> {
    found.candidates.iter().map(|candidate| candidate.place).collect()
}

/// The first part of a text, which of nearly every text is the whole.
pub(super) fn begin(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_TEXT)]
}
