//! The lines of a concordance, made document by document, with the key that each is sorted or drawn by.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::kwic::{ConcordanceLine, KwicOptions, KwicSort};
use super::occurrences::Occurrences;
use super::summary::Counted;
use crate::analysis::fold;
use crate::document::Document;
use crate::index::{Candidate, Place};
use crate::snippet::Text;

/// Characters on each side at most: a page's worth, and what pieces of a large text share.
const WIDEST: usize = 500;

/// Where a line stands: by chance where a sample is drawn, then by what is sorted by, then by document and place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub drawn: u64,
    text: String,
    date: i32,
    order: u64,
    in_body: bool,
    start: usize,
    term: usize,
}

/// A line that is kept, and the document that it is of.
pub(super) struct Kept {
    pub key: Key,
    pub place: Place,
    pub line: ConcordanceLine,
}

/// What a thread gathered.
#[derive(Default)]
pub(super) struct Gathered {
    pub counted: Counted,
    pub lines: Vec<Kept>,
}

/// Makes the lines.
pub(super) struct View<'a> {
    pub options: &'a KwicOptions,
    pub occurrences: &'a Occurrences,
    /// Its terms, by number.
    pub terms: Vec<&'a str>,
    /// Lines that may still be wanted.
    pub kept: usize,
}

impl View<'_> {
    /// Gathers the lines of a document, and keeps no more than may be wanted.
    pub fn gather(&self, gathered: &mut Gathered, candidate: &Candidate, document: &Document) {
        let mut count = 0;
        self.occurrences.visit(document, |field, text, at, found| {
            for (term, range) in found {
                let moved = [range.start + at, range.end + at];
                let line = self.line(self.terms[*term], field, text, range.clone(), moved, document);
                let key = self.key(candidate, &line, *term);
                gathered.lines.push(Kept { key, place: candidate.place, line });
            }
            count += found.len() as u64;
        });
        gathered.counted.document(count);
        if gathered.lines.len() >= self.kept.saturating_mul(2).max(4096) {
            shrink(&mut gathered.lines, self.kept);
        }
    }

    fn line(
        &self,
        term: &str,
        field: &'static str,
        text: &Text<'_>,
        place: Range<usize>,
        range: [usize; 2],
        document: &Document,
    ) -> ConcordanceLine {
        let context = text.context(place, self.options.width.min(WIDEST));
        ConcordanceLine {
            term: term.to_owned(),
            id: String::new(),
            date: document.date.map(|date| date.to_string()),
            source: document.source.clone(),
            field,
            range,
            left: context.left,
            node: context.node,
            right: context.right,
        }
    }

    fn key(&self, candidate: &Candidate, line: &ConcordanceLine, term: usize) -> Key {
        let text = match self.options.sort {
            KwicSort::Date => String::new(),
            KwicSort::Left => fold(&line.left).chars().rev().collect(),
            KwicSort::Right => fold(&line.right),
            KwicSort::Source => line.source.clone().unwrap_or_else(|| char::MAX.to_string()),
        };
        let (date, in_body, start) =
            (candidate.date.map_or(i32::MAX, |day| day.0), line.field == "body", line.range[0]);
        let drawn = match self.options.sample {
            Some(_) => draw(self.options.seed, candidate.order, in_body, start, term),
            None => 0,
        };
        Key { drawn, text, date, order: candidate.order, in_body, start, term }
    }
}

/// A number by chance for an occurrence: those with the least are the sample, however the documents are stored and
/// whoever reads them.
fn draw(seed: u64, order: u64, in_body: bool, start: usize, term: usize) -> u64 {
    let mut hash = Sha256::new();
    [seed, order, u64::from(in_body), start as u64, term as u64]
        .iter()
        .for_each(|part| hash.update(part.to_le_bytes()));
    hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Leaves the first lines alone, in no order.
pub(super) fn shrink(lines: &mut Vec<Kept>, limit: usize) {
    if limit < lines.len() {
        lines.select_nth_unstable_by(limit, |a, b| a.key.cmp(&b.key));
        lines.truncate(limit);
    }
}
