//! The words beside the occurrences of a query, counted document by document. Which of them are listed, and how sure it
//! is that they belong there, is left to `collocations`.

use std::collections::HashMap;
use std::ops::Range;

use super::occurrences::Occurrences;
use super::summary::Counted;
use super::written::Forms;
use crate::analysis::{Kind, Segmenter};
use crate::document::Document;
use crate::snippet::{Text, shown};

/// What was counted.
#[derive(Default)]
pub(super) struct Near {
    pub counted: Counted,
    /// Words in windows, and words that are part of an occurrence.
    pub window: u64,
    pub inside: u64,
    pub words: HashMap<String, Word>,
}

/// How often a word stands near, and as part of an occurrence.
#[derive(Default)]
pub(super) struct Word {
    pub near: u64,
    pub inside: u64,
    pub forms: Forms,
}

impl Near {
    /// Counts a word; it is copied the first time alone.
    fn word(&mut self, folded: &str, count: impl FnOnce(&mut Word)) {
        match self.words.get_mut(folded) {
            Some(word) => count(word),
            None => count(self.words.entry(folded.to_owned()).or_default()),
        }
    }

    /// Both together.
    pub fn join(mut self, other: Self) -> Self {
        self.counted = self.counted.join(other.counted);
        self.window += other.window;
        self.inside += other.inside;
        for (folded, word) in other.words {
            let known = self.words.entry(folded).or_default();
            known.near += word.near;
            known.inside += word.inside;
            known.forms.join(word.forms);
        }
        self
    }
}

/// Reads what stands near.
pub(super) struct Reader<'a> {
    pub occurrences: &'a Occurrences,
    pub segmenter: &'a Segmenter,
    /// Words to either side.
    pub window: usize,
}

/// A word of a sentence: folded, and its bytes in the text.
type Token = (String, Range<usize>);

impl Reader<'_> {
    /// Counts what stands near in a document.
    pub fn read(&self, near: &mut Near, document: &Document) {
        let mut count = 0;
        self.occurrences.visit(document, |field, text, at, found| {
            count += found.len() as u64;
            if found.is_empty() {
                return;
            }
            let piece = if field == "title" { &document.title[at..] } else { &document.body[at..] };
            let hard_wrapped = field == "body" && document.hard_wrapped;
            for sentence in text.stretches(Kind::Sentence) {
                let first = found.partition_point(|(_, range)| range.end <= sentence.original.start);
                let end = found.partition_point(|(_, range)| range.start < sentence.original.end);
                if first < end {
                    let tokens = self.tokens(text, sentence.folded, hard_wrapped);
                    self.count(near, &tokens, &found[first..end], piece);
                }
            }
        });
        near.counted.document(count);
    }

    fn tokens(&self, text: &Text<'_>, sentence: Range<usize>, hard_wrapped: bool) -> Vec<Token> {
        let (folded, mut tokens) = (text.folded(), Vec::new());
        self.segmenter.places(&folded.text[sentence.clone()], hard_wrapped, |word, range| {
            let original = folded.original(range.start + sentence.start..range.end + sentence.start);
            tokens.push((word.to_owned(), original));
        });
        tokens
    }

    fn count(&self, near: &mut Near, tokens: &[Token], found: &[(usize, Range<usize>)], piece: &str) {
        let (mut is_inside, mut is_near) = (vec![false; tokens.len()], vec![false; tokens.len()]);
        for (_, place) in found {
            let first = tokens.partition_point(|(_, range)| range.end <= place.start);
            let end = tokens.partition_point(|(_, range)| range.start < place.end);
            is_inside[first.min(end)..end].fill(true);
            is_near[first.saturating_sub(self.window)..(end + self.window).min(tokens.len())].fill(true);
        }
        let counted = tokens.iter().zip(is_inside.into_iter().zip(is_near));
        for ((folded, range), (is_inside, is_near)) in counted.filter(|((word, _), _)| word.chars().nth(1).is_some()) {
            if is_inside {
                near.inside += 1;
                near.word(folded, |word| word.inside += 1);
            } else if is_near {
                near.window += 1;
                near.word(folded, |word| {
                    word.near += 1;
                    word.forms.meet(&shown(&piece[range.clone()]));
                });
            }
        }
    }
}
