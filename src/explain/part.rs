//! A part of a query that is no combination, and how a document stands to it: a term with its places, or a range of
//! dates.

use serde::Serialize;

use super::absence;
use super::cause::Cause;
use super::page::Page;
use super::place::{Place, Through, through};
use super::recognised;
use super::stream::Stream;
use super::words::Words;
use crate::analysis::unigrams;
use crate::document::Document;
use crate::query::{DateRange, Field, Term};

/// Places of a part that are shown.
pub(super) const MOST_PLACES: usize = 3;

/// A part of a query that is no combination, and how the document stands to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// As a query writes it.
    pub term: String,
    /// What it asks for.
    pub asks: Asks,
    /// The field asked for, as a query names it; empty for title and body.
    pub field: String,
    /// What it is for in the query.
    pub role: Role,
    /// It stands in the document.
    pub stands: bool,
    /// It is for this part that the document is a hit, or is none.
    pub decides: bool,
    /// How often it stands.
    pub count: u64,
    /// The first places where it stands.
    pub places: Vec<Standing>,
    /// Why it does not stand, the most telling first.
    pub causes: Vec<Cause>,
}

/// A place where a part stands, and how its writing differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// How the writing differs from the query's.
    pub through: Vec<Through>,
}

/// What a part asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Asks {
    /// A string in a field.
    Term,
    /// Terms near each other; each of them is a part of its own too.
    Nearness,
    /// A date.
    Dates,
}

/// What a part is for in its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// It must stand.
    Required,
    /// It or another must stand.
    Alternative,
    /// It must not stand.
    Excluded,
}

/// How a document stands to a range of dates; `undated` says whether one without a date belongs to it.
pub fn dates(document: &Document, range: &DateRange, undated: bool) -> Part {
    let asked = range.to_string();
    let cause = match document.date {
        None if undated => None,
        None => Some(Cause::Undated { range: asked.clone() }),
        Some(date) => {
            let overlaps =
                range.first.is_none_or(|first| date.last >= first) && range.last.is_none_or(|last| date.first <= last);
            (!overlaps).then(|| Cause::DateOutside { date: date.to_string(), range: asked.clone() })
        }
    };
    let (count, causes) = (u64::from(cause.is_none()), cause.into_iter().collect());
    Part { count, stands: count > 0, causes, ..Part::new(format!("日期:{asked}"), Asks::Dates, "日期") }
}

impl Part {
    pub(super) fn new(term: String, asks: Asks, field: &str) -> Self {
        let (places, causes, field) = (Vec::new(), Vec::new(), field.to_owned());
        Self { term, asks, field, role: Role::Required, stands: false, decides: false, count: 0, places, causes }
    }

    /// How a document stands to a term.
    pub(super) fn of(page: &Page<'_>, term: &Term, words: &Words<'_>) -> Self {
        if term.field.is_recognised() {
            return recognised::part(page, term);
        }
        let (count, places) = match term.field {
            Field::Exact => as_written(page, term),
            Field::Word if !words.has(page, term) => (0, Vec::new()),
            _ => matches(page, term),
        };
        let stands = count > 0;
        let causes = if stands { Vec::new() } else { absence::causes(page, term, words) };
        Self { stands, count, places, causes, ..Self::new(written(term), Asks::Term, term.field.name()) }
    }
}

fn matches(page: &Page<'_>, term: &Term) -> (u64, Vec<Standing>) {
    let asked = unigrams(&term.written);
    let (mut count, mut places) = (0, Vec::new());
    for stream in page.streams(&term.field) {
        let mut spans = stream.spans(&term.unigrams);
        spans.dedup_by_key(|(first, _)| *first);
        count += spans.len() as u64;
        for &(first, last) in spans.iter().take(MOST_PLACES.saturating_sub(places.len())) {
            let through = through(stream, first, term, &asked);
            let here = stream.places(&(first..=last).collect::<Vec<_>>());
            places.extend(here.into_iter().map(|place| Standing { place, through: through.clone() }));
        }
    }
    (count, places)
}

/// The places where the very characters of a term stand, if its unigrams stand anywhere.
fn as_written(page: &Page<'_>, term: &Term) -> (u64, Vec<Standing>) {
    let (mut count, mut places) = (0, Vec::new());
    let stands = |stream: &&&Stream<'_>| !stream.spans(&term.unigrams).is_empty();
    for stream in page.streams(&term.field).iter().filter(stands) {
        for (part, (_, text, _)) in stream.parts().enumerate() {
            for (at, _) in text.match_indices(&term.written) {
                count += 1;
                if places.len() < MOST_PLACES {
                    let bytes = at..at + term.written.len();
                    let place = stream.place_of(part, bytes.clone(), &[bytes]);
                    places.push(Standing { place, through: vec![Through::AsWritten] });
                }
            }
        }
    }
    (count, places)
}

/// A term as a query writes it.
pub(super) fn written(term: &Term) -> String {
    let quote = if term.quoted { "\"" } else { "" };
    match &term.field {
        Field::Text => format!("{quote}{}{quote}", term.written),
        field => format!("{}:{quote}{}{quote}", field.name(), term.written),
    }
}
