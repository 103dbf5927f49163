//! The words of a document, for `词:`: which there are, and how a string was cut that is none.

use std::cell::OnceCell;

use super::page::Page;
use super::stream::{Span, Stream};
use crate::analysis::Segmenter;
use crate::query::{Field, Term};

/// The words of one document, cut when they are first asked for.
pub(super) struct Words<'a> {
    segmenter: &'a Segmenter,
    all: OnceCell<Vec<String>>,
}

impl<'a> Words<'a> {
    pub fn new(segmenter: &'a Segmenter) -> Self {
        Self { segmenter, all: OnceCell::new() }
    }

    /// The words of title and body.
    fn of(&self, page: &Page<'_>) -> &[String] {
        self.all.get_or_init(|| {
            let mut words = Vec::new();
            let streams = page.streams(&Field::Text);
            for (name, _, folded) in streams.iter().flat_map(|stream| stream.parts()) {
                let hard_wrapped = name == "body" && page.document.hard_wrapped;
                self.segmenter.cut(&folded.text, hard_wrapped, |word| words.push(word.to_owned()));
            }
            words
        })
    }

    /// Whether a term is one of them.
    pub fn has(&self, page: &Page<'_>, term: &Term) -> bool {
        let word: String = term.tokens().collect();
        self.of(page).contains(&word)
    }

    /// The words and characters, as written, that a stretch of one text was cut into, whole to both sides.
    pub fn cut(&self, page: &Page<'_>, stream: &Stream<'_>, (first, last): Span) -> Vec<String> {
        let Some((name, text, folded)) = stream.parts().nth(stream.part(first)) else { return Vec::new() };
        let (start, end) = (stream.folded(first).start, stream.folded(last).end);
        let (mut at, mut words) = (0, Vec::new());
        let hard_wrapped = name == "body" && page.document.hard_wrapped;
        self.segmenter.cut(&folded.text, hard_wrapped, |word| {
            // A word that blanks run through stands nowhere as it is.
            let Some(found) = folded.text[at..].find(word).map(|found| at + found) else { return };
            at = found + word.len();
            if found < end && at > start {
                words.push(found..at);
            }
        });
        let (mut cut, mut at) = (Vec::new(), words.first().map_or(start, |word| word.start.min(start)));
        let mut push = |range: std::ops::Range<usize>| {
            cut.extend(
                text.get(folded.original(range)).filter(|written| !written.trim().is_empty()).map(str::to_owned),
            );
        };
        for word in words {
            let alone = folded.text[at..word.start.max(at)].char_indices().map(|(offset, c)| (at + offset, c));
            alone.for_each(|(from, c)| push(from..from + c.len_utf8()));
            at = word.end;
            push(word);
        }
        let alone = folded.text[at..end.max(at)].char_indices().map(|(offset, c)| (at + offset, c));
        alone.for_each(|(from, c)| push(from..from + c.len_utf8()));
        cut
    }
}
