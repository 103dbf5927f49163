//! Documents and occurrences over time, each beside what the whole collection has then, so that a rise can be told from
//! a collection that grew.

use serde::Serialize;

use super::counting::occurrences;
use super::occurrences::Counting;
use super::tally::Tally;
use super::{Facet, Period, Unit};
use crate::engine::guard::guarded;
use crate::engine::select::Selection;
use crate::engine::words::{of_text, positive};
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::Place;
use crate::query::Complaint;

/// What to count over time.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HistogramRequest {
    /// The query. Its dates limit the collection too; its limit, order and near answers mean nothing here.
    pub search: SearchRequest,
    /// The periods.
    pub periods: Periods,
    /// Counts each value for itself, beside what the collection has of it; dates group nothing.
    pub group_by: Option<Facet>,
    /// How many values, those with the most documents first.
    pub groups: Limit,
    /// What is an occurrence.
    pub counting: Counting,
}

/// Periods to count by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periods {
    /// Units of the calendar, from the first that has a document to the last, or what `since` and `until` say.
    Calendar(Unit),
    /// Periods with names, which may overlap.
    Named(Vec<Period>),
}

impl Default for Periods {
    fn default() -> Self {
        Self::Calendar(Unit::Year)
    }
}

impl HistogramRequest {
    /// Counts a query by units of the calendar.
    pub fn new(query: impl Into<String>, unit: Unit) -> Self {
        Self { search: SearchRequest::new(query), periods: Periods::Calendar(unit), ..Self::default() }
    }
}

/// Documents and occurrences over time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Histogram {
    /// The query in canonical form.
    pub canonical: String,
    /// What had to be read as text, or left out, of the query.
    pub complaints: Vec<Complaint>,
    /// One for each group and period, in their order.
    pub bars: Vec<Bar>,
    /// Documents of the query, in all.
    pub documents: u64,
    /// Occurrences in them.
    pub occurrences: u64,
    /// Those that are in no bar for their dates.
    pub apart: Apart,
    /// Values that have documents and are not shown.
    pub groups_left_out: u64,
    /// Units of the calendar without a document are left out, for there are too many.
    pub gaps_left_out: bool,
}

/// What is in no bar: documents, and occurrences in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Apart {
    /// Without a date.
    pub undated: (u64, u64),
    /// With a date that covers more than a period: a year, when months are counted.
    pub broader: (u64, u64),
    /// With a date in none of the periods.
    pub outside: (u64, u64),
}

/// A period, of one group where there are groups. A date counts where the whole of it lies within the period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bar {
    /// Value that the documents have; empty for those that have none, and where nothing is grouped.
    pub group: String,
    /// Name of the period.
    pub period: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Documents of the query; `None` where the collection, of this group, has no document then.
    pub documents: Option<u64>,
    /// Those of them whose date is only inferred.
    pub inferred: u64,
    /// How often its terms stand in them; `None` also where it asks for no string of title or body.
    pub occurrences: Option<u64>,
    /// Documents of the collection, of this group.
    pub all_documents: u64,
    /// Han characters in them.
    pub all_han: u64,
    /// Occurrences for each million Han characters of the collection.
    pub per_million_han: Option<f64>,
    /// Documents of the query for each thousand of the collection.
    pub per_thousand_documents: Option<f64>,
}

impl Engine {
    /// Counts documents and occurrences over time.
    ///
    /// # Errors
    /// As [`Engine::search`]; no document has a key that groups are made of.
    pub fn histogram(&self, request: &HistogramRequest) -> Result<Histogram, Error> {
        guarded(|| self.over_time(&self.select(&request.search)?, request))
    }

    /// Counts the documents of a selection, which the request's query gave.
    pub(super) fn over_time(&self, selection: &Selection, request: &HistogramRequest) -> Result<Histogram, Error> {
        let mut places = selection.places();
        places.sort_unstable();
        let counts = occurrences(self, &request.search, selection, &places, &request.counting)?;
        let snapshot = &*selection.snapshot;
        let column = request.group_by.as_ref().map(|facet| facet.column(snapshot)).transpose()?.flatten();
        let mut hits = places.iter().copied().zip(counts).peekable();
        let mut tally = Tally::of(request);
        let values = snapshot.rows(column.as_ref(), None, &mut |row| {
            let hit = hits.next_if(|(place, _): &(Place, u64)| *place == row.place);
            tally.count(row, hit.map(|(_, count)| count));
        })?;
        let (mut bars, groups_left_out, gaps_left_out) = tally.bars(&values, column.is_some());
        if of_text(&positive(&selection.meaning)).is_empty() {
            // Only names or dates are asked for, which no string counts.
            bars.iter_mut().for_each(|bar| (bar.occurrences, bar.per_million_han) = (None, None));
        }
        Ok(Histogram {
            canonical: selection.canonical.clone(),
            complaints: selection.complaints.clone(),
            bars,
            documents: tally.documents,
            occurrences: tally.occurrences,
            apart: tally.apart,
            groups_left_out,
            gaps_left_out,
        })
    }
}
