//! WHAT IS AN OCCURRENCE: the one rule by which views count how often a query stands in a document.
//!
//! Every place of a term of the query in title and body counts, except that what stands within a longer listed term, or
//! within a longer term of the same query, counts for the longer: 中国特色社会主义 within
//! 习近平新时代中国特色社会主义思想 is no occurrence of the shorter. A place that overlaps the one before it of the same
//! term (人人 in 人人人) does not count either. Listed are the policy terms of the library and what the caller adds;
//! nested counting counts everything. A term of `标题:` stands in titles alone, one of `原:` as it is written alone; other
//! fields and what is excluded count nowhere. Of a nearness each term counts wherever it stands, and so does one of `词:`.

use std::cmp::Reverse;
use std::ops::Range;

use crate::analysis::policy_terms;
use crate::document::Document;
use crate::engine::body::pieces;
use crate::engine::hits;
use crate::engine::select::Selection;
use crate::engine::words::{of_text, positive};
use crate::query::{Field, Piece, pieces_of};
use crate::snippet::{Needle, Text};

/// How occurrences are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counting {
    /// Terms that keep their parts for themselves, beside the listed policy terms.
    pub terms: Vec<String>,
    /// Counts a term also where it stands within a longer one.
    pub nested: bool,
}

/// A place where a term of the query stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Occurrence {
    /// Number of the term; [`Occurrences::terms`] has it.
    pub term: usize,
    /// `title` or `body`.
    pub field: &'static str,
    /// Bytes of the stored field.
    pub range: Range<usize>,
}

/// Counts the terms of a query in documents.
pub(in crate::engine) struct Occurrences {
    terms: Vec<Term>,
    /// What to look for in titles, and in bodies: terms, then longer ones that keep their parts for themselves.
    wanted: [Wanted; 2],
    /// No longer term may hold one of these.
    is_unlisted: bool,
    nested: bool,
}

/// Needles, of which the first are terms, and the numbers of these.
struct Wanted {
    needles: Vec<Needle>,
    numbers: Vec<usize>,
}

struct Term {
    written: String,
    needle: Needle,
    titles_only: bool,
}

impl Occurrences {
    /// What to count for a selection.
    pub fn new(selection: &Selection, counting: &Counting) -> Self {
        let mut terms: Vec<Term> = Vec::new();
        for term in of_text(&positive(&selection.meaning)) {
            let (titles_only, needle) = (term.field == Field::Title, Needle { weight: 1.0, ..hits::needle(term) });
            match terms.iter_mut().find(|known| known.needle == needle) {
                Some(known) => known.titles_only &= titles_only,
                None => {
                    terms.push(Term { written: term.written.clone(), needle, titles_only });
                }
            }
        }
        let all = policy_terms().map(listed).chain(counting.terms.iter().map(|term| listed(term)));
        let may_hold_one = |listed: &Needle| terms.iter().any(|term| may_hold(&listed.unigrams, &term.needle.unigrams));
        let listed: Vec<Needle> = if counting.nested { Vec::new() } else { all.filter(may_hold_one).collect() };
        let wanted = [true, false].map(|titles| Wanted::new(&terms, &listed, titles));
        Self { terms, wanted, is_unlisted: listed.is_empty(), nested: counting.nested }
    }

    /// The terms that are counted, as typed, each once.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &str> {
        self.terms.iter().map(|term| term.written.as_str())
    }

    /// Whether there is nothing to count: the query has no term of title or body.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the postings of the terms tell how often they stand: none stands within another, or within itself, and
    /// each is a plain string of title or body.
    pub fn is_told_by_postings(&self) -> bool {
        let is_plain = |term: &Term| {
            let plain = term.needle.unigrams.iter().all(|piece| matches!(piece, Piece::Token(_) | Piece::AnyMark));
            plain && term.needle.written.is_none()
        };
        let alone = |term: &Term| {
            let own = &term.needle.unigrams;
            let overlaps = (1..own.len()).any(|shift| own[shift..] == own[..own.len() - shift]);
            !overlaps && !self.terms.iter().any(|other| may_hold(&other.needle.unigrams, own))
        };
        self.terms.iter().all(is_plain) && (self.nested || (self.is_unlisted && self.terms.iter().all(alone)))
    }

    /// Every occurrence in a document, in the order of the text, the title first.
    pub fn in_document(&self, document: &Document) -> Vec<Occurrence> {
        let mut all = Vec::new();
        self.visit(document, |field, _, at, found| {
            let moved = |(term, range): &(usize, Range<usize>)| (*term, range.start + at..range.end + at);
            all.extend(found.iter().map(moved).map(|(term, range)| Occurrence { term, field, range }));
        });
        all
    }

    /// How many occurrences there are in a document.
    pub fn count(&self, document: &Document) -> u64 {
        self.in_document(document).len() as u64
    }

    /// Calls `each` for title and body, each piece by piece where it is of more than some megabytes: the name of the
    /// field, the text, where it begins in the field, and the occurrences in it, each in one piece alone.
    pub fn visit(
        &self,
        document: &Document,
        mut each: impl FnMut(&'static str, &Text<'_>, usize, &[(usize, Range<usize>)]),
    ) {
        for ((field, whole), wanted) in
            [("title", &document.title), ("body", &document.body)].into_iter().zip(&self.wanted)
        {
            let Wanted { needles, numbers } = wanted;
            for (at, own, piece) in pieces(whole) {
                let text = Text::new(piece);
                let mut found = self.counted(text.places(needles), numbers);
                found.retain(|(_, range)| own.contains(&(range.start + at)));
                each(field, &text, at, &found);
            }
        }
    }

    /// The places that count.
    fn counted(&self, mut places: Vec<(usize, Range<usize>)>, numbers: &[usize]) -> Vec<(usize, Range<usize>)> {
        places.sort_by_key(|(needle, range)| (range.start, Reverse(range.end), *needle));
        let mut counted = Vec::new();
        // Where the longest place ends that began, and the last one of each term.
        let (mut reach, mut ends) = (0, vec![0; numbers.len()]);
        for (needle, range) in places {
            let within = range.end <= reach;
            reach = reach.max(range.end);
            let Some(&term) = numbers.get(needle) else { continue };
            if self.nested || (!within && range.start >= ends[needle]) {
                ends[needle] = range.end;
                counted.push((term, range));
            }
        }
        counted
    }
}

impl Wanted {
    fn new(terms: &[Term], listed: &[Needle], titles: bool) -> Self {
        let here = |(_, term): &(usize, &Term)| titles || !term.titles_only;
        let (numbers, mut needles): (Vec<usize>, Vec<Needle>) =
            terms.iter().enumerate().filter(here).map(|(at, term)| (at, term.needle.clone())).unzip();
        needles.extend_from_slice(listed);
        Self { needles, numbers }
    }
}

/// A listed term as it is looked for.
fn listed(term: &str) -> Needle {
    Needle::new(pieces_of(term), 1.0)
}

/// Whether a longer string has a shorter one within, or may have, where that has wildcards.
fn may_hold(longer: &[Piece], shorter: &[Piece]) -> bool {
    let is_plain = |piece: &Piece| matches!(piece, Piece::Token(_) | Piece::AnyMark);
    let within = || longer.len() > shorter.len() && longer.windows(shorter.len()).any(|part| part == shorter);
    !shorter.iter().all(is_plain) || within()
}
