//! Documents and occurrences over time, each beside what the whole collection has then, so that a rise can be told from
//! a collection that grew.

use std::collections::HashMap;

use serde::Serialize;

use super::counting::occurrences;
use super::{Facet, Period, Unit};
use crate::document::Day;
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::{Place, Row};
use crate::query::Complaint;

/// Units of the calendar that are listed without a gap; of more, those without a document are left out.
const MOST_UNITS: i64 = 10_000;

/// What to count over time.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HistogramRequest {
    /// The query. Its dates limit the collection too; its limit, order and near answers mean nothing here.
    pub search: SearchRequest,
    /// The periods.
    pub periods: Periods,
    /// Counts each value for itself, beside what the collection has of it.
    pub group_by: Option<Facet>,
    /// How many values, those with the most documents first.
    pub groups: Limit,
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
    /// How often its terms stand in them.
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
        let selection = self.select(&request.search)?;
        let mut places = selection.places();
        places.sort_unstable();
        let counts = occurrences(&selection, &places)?;
        let snapshot = &*selection.snapshot;
        let column = request.group_by.as_ref().map(|facet| facet.column(snapshot)).transpose()?.flatten();
        let mut hits = places.iter().copied().zip(counts).peekable();
        let mut tally = Tally::of(request);
        let values = snapshot.rows(column.as_ref(), None, &mut |row| {
            let hit = hits.next_if(|(place, _): &(Place, u64)| *place == row.place);
            tally.count(row, hit.map(|(_, count)| count));
        })?;
        Ok(Histogram {
            canonical: selection.canonical,
            complaints: selection.complaints,
            documents: tally.documents,
            occurrences: tally.occurrences,
            apart: tally.apart,
            ..tally.bars(&values, column.is_some())
        })
    }
}

/// What a group has in a period.
#[derive(Clone, Copy, Default)]
struct Cell {
    documents: u64,
    occurrences: u64,
    all_documents: u64,
    all_han: u64,
}

/// Number of a value, or none.
type Group = Option<u32>;

/// What has been counted so far.
struct Tally<'a> {
    request: &'a HistogramRequest,
    dates: Option<(std::ops::RangeInclusive<Day>, bool)>,
    cells: HashMap<(Group, i32), Cell>,
    documents: u64,
    occurrences: u64,
    /// Documents of the query in each group.
    groups: HashMap<Group, u64>,
    apart: Apart,
}

impl<'a> Tally<'a> {
    fn of(request: &'a HistogramRequest) -> Self {
        Self {
            request,
            dates: request.search.dates(),
            cells: HashMap::new(),
            documents: 0,
            occurrences: 0,
            groups: HashMap::new(),
            apart: Apart::default(),
        }
    }

    /// Counts a document of the collection; `hit` is how often the query's terms stand in it, if it is one of the query's.
    fn count(&mut self, row: &Row<'_>, hit: Option<u64>) {
        let grouped = self.request.group_by.is_some();
        let groups: Vec<Group> = match row.values {
            [] => vec![None],
            values => values.iter().copied().map(Some).collect(),
        };
        if let Some(count) = hit {
            self.documents += 1;
            self.occurrences += count;
            if grouped {
                groups.iter().for_each(|group| *self.groups.entry(*group).or_default() += 1);
            }
        }
        let numbers = match self.numbers(row) {
            Ok(numbers) => numbers,
            Err(apart) => {
                let (documents, occurrences) = apart(&mut self.apart);
                *documents += u64::from(hit.is_some());
                *occurrences += hit.unwrap_or_default();
                return;
            }
        };
        for number in numbers {
            for group in &groups {
                let cell = self.cells.entry((*group, number)).or_default();
                cell.documents += u64::from(hit.is_some());
                cell.occurrences += hit.unwrap_or_default();
                cell.all_documents += 1;
                cell.all_han += row.han;
            }
        }
    }

    /// The periods that the date of a document lies in, or else where it is counted apart.
    fn numbers(&self, row: &Row<'_>) -> Result<Vec<i32>, fn(&mut Apart) -> &mut (u64, u64)> {
        let Some(days) = row.days else { return Err(|apart| &mut apart.undated) };
        let (first, last) = days;
        if self.dates.as_ref().is_some_and(|(range, _)| first > *range.end() || last < *range.start()) {
            return Err(|apart| &mut apart.outside);
        }
        match &self.request.periods {
            Periods::Calendar(unit) => match unit.whole(days) {
                Some(number) => Ok(vec![number]),
                None => Err(|apart| &mut apart.broader),
            },
            Periods::Named(periods) => {
                let inside = |period: &Period| period.first <= first && last <= period.last;
                let numbers: Vec<i32> =
                    (0..).zip(periods).filter(|(_, period)| inside(period)).map(|(number, _)| number).collect();
                let overlaps = |period: &Period| period.first <= last && first <= period.last;
                match numbers.is_empty() {
                    false => Ok(numbers),
                    true if periods.iter().any(overlaps) => Err(|apart| &mut apart.broader),
                    true => Err(|apart| &mut apart.outside),
                }
            }
        }
    }

    /// The bars of the groups and periods that are shown.
    fn bars(&self, values: &[String], grouped: bool) -> Histogram {
        let (periods, gaps_left_out) = self.periods();
        let (groups, groups_left_out) = if grouped { self.shown_groups(values) } else { (vec![None], 0) };
        let name = |group: &Group| group.and_then(|value| values.get(value as usize)).cloned().unwrap_or_default();
        let bars = groups.iter().flat_map(|group| {
            periods.iter().map(move |(number, period)| {
                let cell = self.cells.get(&(*group, *number)).copied().unwrap_or_default();
                cell.bar(name(group), period)
            })
        });
        Histogram {
            canonical: String::new(),
            complaints: Vec::new(),
            bars: bars.collect(),
            documents: 0,
            occurrences: 0,
            apart: self.apart,
            groups_left_out,
            gaps_left_out,
        }
    }

    fn periods(&self) -> (Vec<(i32, Period)>, bool) {
        let unit = match &self.request.periods {
            Periods::Named(periods) => return ((0..).zip(periods.iter().cloned()).collect(), false),
            Periods::Calendar(unit) => *unit,
        };
        let period = |number: i32| {
            let span = unit.span(number);
            (number, Period { name: span.to_string(), first: span.first, last: span.last })
        };
        let search = &self.request.search;
        let mut known: Vec<i32> = self.cells.keys().map(|(_, number)| *number).collect();
        known.sort_unstable();
        known.dedup();
        let first = search.since.map(|since| unit.number(since.first)).or(known.first().copied());
        let last = search.until.map(|until| unit.number(until.last)).or(known.last().copied());
        match first.zip(last) {
            Some((first, last)) if i64::from(last) - i64::from(first) < MOST_UNITS => {
                ((first..=last).map(period).collect(), false)
            }
            Some(_) => (known.into_iter().map(period).collect(), true),
            None => (Vec::new(), false),
        }
    }

    /// The groups that are shown, and how many are not; documents without a value come last.
    fn shown_groups(&self, values: &[String]) -> (Vec<Group>, u64) {
        let mut groups: Vec<(u32, u64)> =
            self.groups.iter().filter_map(|(group, documents)| Some(((*group)?, *documents))).collect();
        groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| values.get(a.0 as usize).cmp(&values.get(b.0 as usize))));
        let all = groups.len();
        if let Limit::Hits(most) = self.request.groups {
            groups.truncate(most);
        }
        let left_out = (all - groups.len()) as u64;
        let mut groups: Vec<Group> = groups.into_iter().map(|(group, _)| Some(group)).collect();
        groups.extend(self.groups.contains_key(&None).then_some(None));
        (groups, left_out)
    }
}

impl Cell {
    fn bar(self, group: String, period: &Period) -> Bar {
        let known = self.all_documents > 0;
        let rate = |part: u64, unit: f64, all: u64| (all > 0).then(|| part as f64 * unit / all as f64);
        Bar {
            group,
            period: period.name.clone(),
            from: period.first.to_string(),
            to: period.last.to_string(),
            documents: known.then_some(self.documents),
            occurrences: known.then_some(self.occurrences),
            all_documents: self.all_documents,
            all_han: self.all_han,
            per_million_han: rate(self.occurrences, 1e6, self.all_han),
            per_thousand_documents: rate(self.documents, 1e3, self.all_documents),
        }
    }
}
