//! Which documents of a segment a query means: exactly, by unigrams, dates and their combination.

use std::cell::Cell;
use std::time::Instant;

use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;

use super::exact::{as_written, word, words};
use super::glob::Expansions;
use super::phrase::{Occurrences, Slot};
use super::places::{Block, Layout};
use super::read;
use super::schema::Fields;
use crate::document::{Day, NAME_END, Pairs};
use crate::index::IndexError;
use crate::query::{self, DateRange, Meaning, Piece, Term};

/// The three marks, any of which a mark of a query matches.
pub(super) const MARKS: [&str; 3] = ["，", "。", "¶"];

/// Steps between two looks at the clock; one takes nanoseconds.
const LOOK: usize = 4_096;

/// Watches the deadline of a search.
pub(super) struct Clock {
    deadline: Option<Instant>,
    ticks: Cell<usize>,
}

impl Clock {
    pub fn new(deadline: Option<Instant>) -> Self {
        Self { deadline, ticks: Cell::new(0) }
    }

    /// Looks at the clock now and then.
    #[inline]
    pub fn tick(&self) -> Result<(), IndexError> {
        self.spend(1)
    }

    /// Counts so many steps at once, and looks at the clock now and then.
    #[inline]
    pub fn spend(&self, steps: usize) -> Result<(), IndexError> {
        let ticks = self.ticks.get().saturating_add(steps);
        self.ticks.set(if ticks < LOOK { ticks } else { 0 });
        if ticks < LOOK { Ok(()) } else { self.check() }
    }

    /// # Errors
    /// [`IndexError::Deadline`] once it has passed.
    pub fn check(&self) -> Result<(), IndexError> {
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => Err(IndexError::Deadline),
            _ => Ok(()),
        }
    }
}

/// A segment that is asked.
pub(super) struct Matcher<'a> {
    pub reader: &'a SegmentReader,
    pub fields: Fields,
    pub clock: &'a Clock,
    /// The pairs that have postings of their own.
    pub pairs: &'a Pairs,
    /// What the wildcards of the query stand for in the whole index.
    pub expansions: &'a Expansions,
    /// Occurrences of the terms that count in the order, by their number in the query.
    pub strings: Vec<(usize, Occurrences)>,
}

impl Matcher<'_> {
    /// The documents, in order; deleted ones are among them. `number` counts the terms of the query.
    pub fn matching(
        &mut self,
        meaning: &Meaning,
        within: Option<&[DocId]>,
        number: &mut usize,
    ) -> Result<Vec<DocId>, IndexError> {
        self.clock.check()?;
        match meaning {
            Meaning::Term(term) => self.term(term, within, number),
            Meaning::Dates(range) => self.dates(range, within),
            Meaning::Near(chain) => {
                let found = self.near(chain, within)?;
                Ok(self.counted(found, number))
            }
            Meaning::Everything => Ok(within.map_or_else(|| (0..self.reader.max_doc()).collect(), <[_]>::to_vec)),
            Meaning::Or(parts) => self.any(parts, within, number),
            Meaning::And(parts) => self.all(parts, within, number),
            Meaning::Not(part) => {
                let all = self.matching(&Meaning::Everything, within, &mut 0)?;
                let out = self.excluded(part, &all)?;
                Ok(difference(&all, &out))
            }
        }
    }

    fn term(&mut self, term: &Term, within: Option<&[DocId]>, number: &mut usize) -> Result<Vec<DocId>, IndexError> {
        let found = self.occurrences(term, within)?;
        Ok(self.counted(found, number))
    }

    /// How often a term stands in the documents that have it.
    pub fn occurrences(&self, term: &Term, within: Option<&[DocId]>) -> Result<Occurrences, IndexError> {
        match term.field {
            query::Field::Word => words(self.reader, self.fields, &word(term), within, self.clock),
            query::Field::Exact => {
                let found = self.layout(term)?.occurrences(self.reader, within, self.clock)?;
                as_written(self.reader, self.fields, &term.written, found, self.clock)
            }
            _ => self.layout(term)?.occurrences(self.reader, within, self.clock),
        }
    }

    /// Keeps the occurrences for the order; gives the documents.
    fn counted(&mut self, found: Occurrences, number: &mut usize) -> Vec<DocId> {
        let docs = found.docs.clone();
        self.strings.push((*number, found));
        *number += 1;
        docs
    }

    /// The term as rows of places.
    pub fn layout(&self, term: &Term) -> Result<Layout, IndexError> {
        let before = match term.field {
            query::Field::Title => Some(self.reader.fast_fields().u64("title_length").map_err(read)?),
            _ => None,
        };
        let (field, prefix) = (self.field(&term.field)?, prefix(term));
        let mut blocks = vec![Block::default()];
        for piece in &term.unigrams {
            let tokens = match piece {
                Piece::Gap => {
                    blocks.push(Block::default());
                    continue;
                }
                Piece::Any => None,
                Piece::Token(token) => Some(vec![format!("{prefix}{token}")]),
                Piece::AnyMark => Some(MARKS.map(|mark| format!("{prefix}{mark}")).to_vec()),
                Piece::Pattern(pattern) => Some(self.expansions.of(field, &prefix, pattern).to_vec()),
            };
            if let Some(block) = blocks.last_mut() {
                match tokens {
                    Some(tokens) => block.slots.push(Slot { offset: block.length, tokens }),
                    None => block.free.push(block.length),
                }
                block.length += 1;
            }
        }
        let pairs =
            (field == self.fields.text && !self.pairs.is_empty()).then(|| (self.fields.pairs, self.pairs.clone()));
        Ok(Layout { field, blocks, prefix, before, pairs })
    }

    fn any(
        &mut self,
        parts: &[Meaning],
        within: Option<&[DocId]>,
        number: &mut usize,
    ) -> Result<Vec<DocId>, IndexError> {
        let mut docs = Vec::new();
        for part in parts {
            docs.extend(self.matching(part, within, number)?);
        }
        docs.sort_unstable();
        docs.dedup();
        Ok(docs)
    }

    /// Each part looks only at what the parts before it left; what excludes comes last.
    fn all(
        &mut self,
        parts: &[Meaning],
        within: Option<&[DocId]>,
        number: &mut usize,
    ) -> Result<Vec<DocId>, IndexError> {
        let mut numbered = Vec::with_capacity(parts.len());
        for part in parts {
            numbered.push((self.cost(part)?, part, *number));
            *number += terms(part);
        }
        numbered.sort_by_key(|(cost, ..)| *cost);
        let mut docs: Option<Vec<DocId>> = within.map(<[_]>::to_vec);
        for (_, part, mut number) in numbered {
            docs = Some(match (part, docs) {
                (Meaning::Not(part), Some(all)) => {
                    let out = self.excluded(part, &all)?;
                    difference(&all, &out)
                }
                (part, docs) => self.matching(part, docs.as_deref(), &mut number)?,
            });
        }
        Ok(docs.unwrap_or_default())
    }

    /// What a `Not` takes away; its terms count nothing in the order.
    fn excluded(&mut self, part: &Meaning, within: &[DocId]) -> Result<Vec<DocId>, IndexError> {
        let kept = self.strings.len();
        let out = self.matching(part, Some(within), &mut 0)?;
        self.strings.truncate(kept);
        Ok(out)
    }

    /// About how many documents a part looks at.
    fn cost(&self, meaning: &Meaning) -> Result<u64, IndexError> {
        let all = u64::from(self.reader.max_doc());
        Ok(match meaning {
            Meaning::Term(term) => {
                let layout = self.layout(term)?;
                let inverted = self.reader.inverted_index(layout.field).map_err(read)?;
                let mut rarest = all;
                for slot in layout.blocks.iter().flat_map(|block| &block.slots) {
                    let mut documents = 0;
                    for token in &slot.tokens {
                        let term = tantivy::Term::from_field_text(layout.field, token);
                        documents += u64::from(inverted.doc_freq(&term).map_err(read)?);
                    }
                    rarest = rarest.min(documents);
                }
                rarest
            }
            Meaning::Near(chain) => {
                let mut least = all;
                for terms in std::iter::once(&chain.first).chain(chain.rest.iter().map(|(_, terms)| terms)) {
                    let mut documents = 0;
                    for term in terms {
                        documents += self.cost(&Meaning::Term(term.clone()))?;
                    }
                    least = least.min(documents);
                }
                least
            }
            Meaning::Or(parts) => {
                let costs: Result<Vec<u64>, IndexError> = parts.iter().map(|part| self.cost(part)).collect();
                costs?.into_iter().sum::<u64>().min(all)
            }
            Meaning::And(parts) => {
                let costs: Result<Vec<u64>, IndexError> = parts.iter().map(|part| self.cost(part)).collect();
                costs?.into_iter().min().unwrap_or(all)
            }
            // Cheap where others have narrowed the field, dear alone.
            Meaning::Dates(_) | Meaning::Everything => all + 1,
            Meaning::Not(_) => all + 2,
        })
    }

    fn dates(&self, range: &DateRange, within: Option<&[DocId]>) -> Result<Vec<DocId>, IndexError> {
        let days = Days::open(self.reader)?;
        let inside = |doc: DocId| days.of(doc).is_some_and(|span| overlaps(span, range));
        Ok(match within {
            Some(docs) => docs.iter().copied().filter(|&doc| inside(doc)).collect(),
            None => (0..self.reader.max_doc()).filter(|&doc| inside(doc)).collect(),
        })
    }

    fn field(&self, field: &query::Field) -> Result<Field, IndexError> {
        posted(&self.fields, field)
    }
}

/// The field whose postings hold a field of the query: a title is the first stretch of the text, and what must be
/// written so or be a word stands in it first of all.
pub(super) fn posted(fields: &Fields, field: &query::Field) -> Result<Field, IndexError> {
    use query::Field::{Author, Exact, Extra, Path, Rest, Said, Source, Text, Title, Url, Word};
    Ok(match field {
        Text | Title | Exact | Word => fields.text,
        Source => fields.source,
        Author => fields.authors,
        Path => fields.path,
        Url => fields.url,
        Extra(_) => fields.extra,
        Said => fields.said,
        Rest => fields.rest,
        other => match other.kind().and_then(|kind| fields.names(kind)) {
            Some(names) => names,
            None => return Err(IndexError::Field { field: other.name().to_owned() }),
        },
    })
}

/// First and last day of each document of a segment, and whether they are inferred.
pub(super) struct Days {
    first: Column<i64>,
    last: Column<i64>,
    inferred: Column<u64>,
}

impl Days {
    pub fn open(reader: &SegmentReader) -> Result<Self, IndexError> {
        let column = |name| reader.fast_fields().i64(name).map_err(read);
        let inferred = reader.fast_fields().u64("inferred").map_err(read)?;
        Ok(Self { first: column("first_day")?, last: column("last_day")?, inferred })
    }

    pub fn of(&self, doc: DocId) -> Option<(Day, Day)> {
        let day = |days: i64| Day(days as i32);
        Some((day(self.first.first(doc)?), day(self.last.first(doc)?)))
    }

    /// Whether the date is only inferred.
    pub fn is_inferred(&self, doc: DocId) -> bool {
        self.inferred.first(doc).is_some()
    }
}

fn overlaps((first, last): (Day, Day), range: &DateRange) -> bool {
    range.first.is_none_or(|from| last >= from) && range.last.is_none_or(|to| first <= to)
}

/// The terms of a part that count in the order.
pub(super) fn terms(meaning: &Meaning) -> usize {
    match meaning {
        Meaning::Term(_) | Meaning::Near(_) => 1,
        Meaning::And(parts) | Meaning::Or(parts) => parts.iter().map(terms).sum(),
        _ => 0,
    }
}

/// What stands before every token of the term's field.
pub(super) fn prefix(term: &Term) -> String {
    match &term.field {
        query::Field::Extra(name) => format!("{name}{NAME_END}"),
        _ => String::new(),
    }
}

/// What of `all` is not in `out`; both in order.
fn difference(all: &[DocId], out: &[DocId]) -> Vec<DocId> {
    let mut out = out.iter().peekable();
    let stays = |doc: &&DocId| {
        while out.next_if(|other| other < doc).is_some() {}
        out.peek() != Some(doc)
    };
    all.iter().filter(stays).copied().collect()
}
