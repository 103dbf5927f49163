//! Wildcards in runs of letters and digits, expanded by the terms that the index has.

use std::collections::{BTreeSet, HashMap};

use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::matching::{posted, prefix};
use super::read;
use super::schema::Fields;
use crate::index::IndexError;
use crate::query::{Meaning, Piece, Term};

/// A wildcard expands to at most this many terms.
const MOST_TERMS: usize = 1_024;

/// The expansions of a query, by field and pattern.
#[derive(Default)]
pub(super) struct Expansions(HashMap<(Field, String), Vec<String>>);

impl Expansions {
    /// Looks every pattern of a query up.
    ///
    /// # Errors
    /// More than [`MOST_TERMS`] terms fit one, or the index cannot be read.
    pub fn new(searcher: &Searcher, fields: &Fields, meaning: &Meaning) -> Result<Self, IndexError> {
        let mut expansions = Self::default();
        expansions.add_all(searcher, fields, meaning)?;
        Ok(expansions)
    }

    fn add_all(&mut self, searcher: &Searcher, fields: &Fields, meaning: &Meaning) -> Result<(), IndexError> {
        let mut of_term = |term: &Term| -> Result<(), IndexError> {
            term.unigrams.iter().try_for_each(|piece| match piece {
                Piece::Pattern(pattern) => self.add(searcher, posted(fields, &term.field)?, &prefix(term), pattern),
                _ => Ok(()),
            })
        };
        match meaning {
            Meaning::Term(term) => of_term(term),
            Meaning::Near(chain) => chain.terms().try_for_each(of_term),
            Meaning::And(parts) | Meaning::Or(parts) => {
                parts.iter().try_for_each(|part| self.add_all(searcher, fields, part))
            }
            Meaning::Not(part) => self.add_all(searcher, fields, part),
            Meaning::Dates(_) | Meaning::Everything => Ok(()),
        }
    }

    fn add(&mut self, searcher: &Searcher, field: Field, prefix: &str, pattern: &str) -> Result<(), IndexError> {
        let key = (field, format!("{prefix}{pattern}"));
        if self.0.contains_key(&key) {
            return Ok(());
        }
        let glob = Glob::new(prefix, pattern);
        let mut terms = BTreeSet::new();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(field).map_err(read)?;
            let mut fitting = inverted.terms().search(&glob).into_stream().map_err(read)?;
            while fitting.advance() {
                terms.insert(String::from_utf8_lossy(fitting.key()).into_owned());
                if terms.len() > MOST_TERMS {
                    return Err(IndexError::TooManyTerms { pattern: pattern.to_owned(), most: MOST_TERMS });
                }
            }
        }
        self.0.insert(key, terms.into_iter().collect());
        Ok(())
    }

    /// The terms that fit a pattern that was looked up.
    pub fn of(&self, field: Field, prefix: &str, pattern: &str) -> &[String] {
        self.0.get(&(field, format!("{prefix}{pattern}"))).map_or(&[], Vec::as_slice)
    }
}

/// What the next byte must be.
enum Step {
    Byte(u8),
    /// One character.
    One,
    /// Any number of characters.
    Many,
}

/// A pattern as an automaton over bytes.
struct Glob {
    steps: Vec<Step>,
}

impl Glob {
    fn new(prefix: &str, pattern: &str) -> Self {
        let sign = |byte: u8| match byte {
            b'?' => Step::One,
            b'*' => Step::Many,
            byte => Step::Byte(byte),
        };
        Self { steps: prefix.bytes().map(Step::Byte).chain(pattern.bytes().map(sign)).collect() }
    }

    /// Adds a place and those behind what may stand for nothing.
    fn reach(&self, mut at: usize, places: &mut Vec<usize>) {
        loop {
            if !places.contains(&at) {
                places.push(at);
            }
            match self.steps.get(at) {
                Some(Step::Many) => at += 1,
                _ => return,
            }
        }
    }
}

impl Automaton for Glob {
    /// The places in the pattern that may be reached.
    type State = Vec<usize>;

    fn start(&self) -> Vec<usize> {
        let mut places = Vec::new();
        self.reach(0, &mut places);
        places
    }

    fn is_match(&self, state: &Vec<usize>) -> bool {
        state.contains(&self.steps.len())
    }

    fn can_match(&self, state: &Vec<usize>) -> bool {
        !state.is_empty()
    }

    fn accept(&self, state: &Vec<usize>, byte: u8) -> Vec<usize> {
        // A byte that goes on with a character belongs to the wildcard that took its first byte.
        let goes_on = byte & 0xC0 == 0x80;
        let mut places = Vec::new();
        for &at in state {
            if goes_on && at > 0 && matches!(self.steps[at - 1], Step::One) {
                self.reach(at, &mut places);
            }
            match self.steps.get(at) {
                Some(Step::Byte(wanted)) if *wanted == byte => self.reach(at + 1, &mut places),
                Some(Step::One) if !goes_on => self.reach(at + 1, &mut places),
                Some(Step::Many) => self.reach(at, &mut places),
                _ => {}
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_characters_and_not_bytes() {
        let fits = |pattern: &str, text: &str| {
            let glob = Glob::new("", pattern);
            let end = text.bytes().fold(glob.start(), |state, byte| glob.accept(&state, byte));
            glob.is_match(&end)
        };
        for (pattern, text) in [("91?", "919"), ("gpt*", "gpt"), ("gpt*", "gpts"), ("caf?s", "cafés"), ("*a*", "bab")]
        {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("91?", "91"), ("91?", "9199"), ("caf?", "cafés"), ("a*b", "abc")] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
