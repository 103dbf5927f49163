//! What is seen of a string that may be a term.

use crate::document::Day;

/// Neighbours that are told apart on either side.
const NEIGHBOURS: usize = 12;

/// A string and what was seen of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    pub text: String,
    /// As it stands most often, by a vote that needs no counts (Boyer and Moore 1981), and what that is ahead.
    pub written: String,
    ahead: u32,
    /// Characters at which its words end, but for the last.
    pub cuts: Vec<u8>,
    pub count: u32,
    pub documents: u32,
    pub quoted: u32,
    pub quoted_documents: u32,
    pub cued: u32,
    /// Occurrences beside what marks names, figures of speech and titles.
    pub against: u32,
    pub first: Option<Day>,
    pub months: Vec<i32>,
    pub example: String,
    left: Neighbours,
    right: Neighbours,
    last_document: u32,
    last_quoted: u32,
}

/// An occurrence.
pub(super) struct Seen<'a> {
    pub document: u32,
    pub day: Option<Day>,
    pub quoted: bool,
    pub cued: bool,
    pub against: bool,
    /// The words beside it, or the marks, as numbers.
    pub beside: [u32; 2],
    pub around: &'a str,
}

#[derive(Clone, Debug, Default)]
struct Neighbours {
    known: Vec<(u32, u32)>,
    others: u32,
}

impl Candidate {
    /// Takes the writing of an occurrence into account.
    pub fn vote(&mut self, folded: &str, written: &str) {
        if self.written == written {
            self.ahead += 1;
        } else if self.ahead > 0 {
            self.ahead -= 1;
        } else {
            (self.text, self.written, self.ahead) = (folded.to_owned(), written.to_owned(), 1);
        }
    }

    pub fn see(&mut self, seen: &Seen<'_>) {
        self.count += 1;
        self.quoted += u32::from(seen.quoted);
        self.cued += u32::from(seen.cued);
        self.against += u32::from(seen.against);
        if self.last_document != seen.document {
            self.last_document = seen.document;
            self.documents += 1;
        }
        if seen.quoted && self.last_quoted != seen.document {
            self.last_quoted = seen.document;
            self.quoted_documents += 1;
        }
        if let Some(day) = seen.day {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            let month = day.0 / 30;
            if let Err(at) = self.months.binary_search(&month)
                && self.months.len() < 24
            {
                self.months.insert(at, month);
            }
        }
        if self.example.is_empty() {
            self.example = seen.around.to_owned();
        }
        self.left.add(seen.beside[0]);
        self.right.add(seen.beside[1]);
    }

    /// Whether it was seen among the last documents.
    pub fn is_recent(&self, document: u32) -> bool {
        document - self.last_document < 2_000
    }

    /// The smaller entropy of its neighbours, in bits.
    pub fn entropy(&self) -> f64 {
        self.left.entropy().min(self.right.entropy())
    }
}

impl Neighbours {
    fn add(&mut self, neighbour: u32) {
        let full = self.known.len() == NEIGHBOURS;
        match self.known.iter_mut().find(|(known, _)| *known == neighbour) {
            Some((_, count)) => *count += 1,
            None if full => self.others += 1,
            None => self.known.push((neighbour, 1)),
        }
    }

    /// What is not told apart is taken for as many neighbours as the known have each the least.
    fn entropy(&self) -> f64 {
        let total = f64::from(self.known.iter().map(|(_, count)| count).sum::<u32>() + self.others);
        let term = |count: f64| if count > 0.0 { -(count / total) * (count / total).log2() } else { 0.0 };
        let known: f64 = self.known.iter().map(|(_, count)| term(f64::from(*count))).sum();
        let least = self.known.iter().map(|(_, count)| *count).min().unwrap_or(1).max(1);
        let parts = (f64::from(self.others) / f64::from(least)).ceil().max(1.0);
        known + parts * term(f64::from(self.others) / parts)
    }
}
