//! Words of the term dictionaries that fit a pattern of character classes.
//!
//! A dictionary is an automaton over bytes; ours walks along with it and leaves every branch that no character of a
//! class begins. All dictionaries are read side by side in their order, so that a word is counted once for all of
//! them and no more words are kept than are asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::read;
use crate::index::{IndexError, TermPattern};

/// Words of the fields that fit, the most documents first.
pub(super) fn matching_terms(
    searcher: &Searcher,
    fields: [Field; 2],
    pattern: &TermPattern,
    limit: usize,
) -> Result<Vec<(String, u64)>, IndexError> {
    let mut inverted = Vec::new();
    for reader in searcher.segment_readers() {
        for field in fields {
            inverted.push(reader.inverted_index(field).map_err(read)?);
        }
    }
    let mut streams = Vec::with_capacity(inverted.len());
    for dictionary in &inverted {
        let mut stream = dictionary.terms().search(Classes(pattern)).into_stream().map_err(read)?;
        if stream.advance() {
            streams.push(stream);
        }
    }
    let mut best = Best { limit, kept: BinaryHeap::new() };
    let mut word = Vec::new();
    while let Some(first) = streams.iter().map(|stream| stream.key()).min() {
        word.clear();
        word.extend_from_slice(first);
        let mut documents = 0;
        streams.retain_mut(|stream| {
            let here = stream.key() == word;
            documents += if here { u64::from(stream.value().doc_freq) } else { 0 };
            !here || stream.advance()
        });
        best.take(&word, documents);
    }
    Ok(best.finish())
}

/// The best words so far, the least of them on top.
struct Best {
    limit: usize,
    kept: BinaryHeap<Reverse<(u64, Reverse<Vec<u8>>)>>,
}

impl Best {
    /// Words come in their own order: of two with as many documents the first one stays.
    fn take(&mut self, word: &[u8], documents: u64) {
        if self.kept.len() == self.limit {
            match self.kept.peek() {
                Some(Reverse((least, _))) if *least < documents => drop(self.kept.pop()),
                _ => return,
            }
        }
        self.kept.push(Reverse((documents, Reverse(word.to_vec()))));
    }

    fn finish(self) -> Vec<(String, u64)> {
        let word = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let sorted = self.kept.into_sorted_vec().into_iter();
        sorted.map(|Reverse((documents, Reverse(bytes)))| (word(bytes), documents)).collect()
    }
}

/// A pattern as an automaton over the bytes of UTF-8.
struct Classes<'a>(&'a TermPattern);

/// Characters passed, and of the next one the bits read so far and how many bytes are to come; `None` where no word
/// can fit any more.
type State = Option<(usize, u32, u8)>;

impl Automaton for Classes<'_> {
    type State = State;

    fn start(&self) -> State {
        Some((0, 0, 0))
    }

    fn is_match(&self, state: &State) -> bool {
        state.is_some_and(|(passed, _, rest)| rest == 0 && passed >= self.0.shortest)
    }

    fn can_match(&self, state: &State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let (passed, bits, rest) = (*state)?;
        let (bits, rest) = match (rest, byte) {
            (0, 0..0x80) => (u32::from(byte), 0),
            (0, 0xC0..0xE0) => (u32::from(byte & 0x1F), 1),
            (0, 0xE0..0xF0) => (u32::from(byte & 0x0F), 2),
            (0, 0xF0..) => (u32::from(byte & 0x07), 3),
            (1.., 0x80..0xC0) => (bits << 6 | u32::from(byte & 0x3F), rest - 1),
            _ => return None,
        };
        let possible = match self.0.characters.get(passed) {
            Some(class) => class.is_empty() || has_between(class, bits, rest),
            None => self.0.open_end,
        };
        possible.then_some(if rest == 0 { (passed + 1, 0, 0) } else { (passed, bits, rest) })
    }
}

/// Whether a sorted class has a character that begins with these bits, where so many bytes are to come.
fn has_between(class: &[char], bits: u32, rest: u8) -> bool {
    let (first, last) = (bits << (6 * rest), ((bits + 1) << (6 * rest)) - 1);
    let at = class.partition_point(|&c| u32::from(c) < first);
    class.get(at).is_some_and(|&c| u32::from(c) <= last)
}
