//! Counting over time, document by document: what each group has in each period, of the query and of the whole collection.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::Period;
use super::histogram::{Apart, Bar, HistogramRequest, Periods};
use crate::document::Day;
use crate::engine::Limit;
use crate::index::Row;

/// Units of the calendar that are listed without a gap; of more, those without a document are left out.
const MOST_UNITS: i64 = 10_000;

/// What a group has in a period.
#[derive(Clone, Copy, Default)]
struct Cell {
    documents: u64,
    inferred: u64,
    occurrences: u64,
    all_documents: u64,
    all_han: u64,
}

/// Number of a value, or none.
type Group = Option<u32>;

/// Why a document is in no period.
enum Why {
    Undated,
    Broader,
    Outside,
}

/// What has been counted so far.
pub(super) struct Tally<'a> {
    request: &'a HistogramRequest,
    dates: Option<(RangeInclusive<Day>, bool)>,
    cells: HashMap<(Group, i32), Cell>,
    /// Documents of the query, and occurrences in them.
    pub documents: u64,
    pub occurrences: u64,
    pub apart: Apart,
    /// Documents of the query in each group.
    groups: HashMap<Group, u64>,
}

impl<'a> Tally<'a> {
    pub fn of(request: &'a HistogramRequest) -> Self {
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
    pub fn count(&mut self, row: &Row<'_>, hit: Option<u64>) {
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
            Err(why) => {
                let (documents, occurrences) = match why {
                    Why::Undated => &mut self.apart.undated,
                    Why::Broader => &mut self.apart.broader,
                    Why::Outside => &mut self.apart.outside,
                };
                *documents += u64::from(hit.is_some());
                *occurrences += hit.unwrap_or_default();
                return;
            }
        };
        for number in numbers {
            for group in &groups {
                let cell = self.cells.entry((*group, number)).or_default();
                cell.documents += u64::from(hit.is_some());
                cell.inferred += u64::from(hit.is_some() && row.inferred);
                cell.occurrences += hit.unwrap_or_default();
                cell.all_documents += 1;
                cell.all_han += row.han;
            }
        }
    }

    /// The periods that the date of a document lies in, or why it lies in none.
    fn numbers(&self, row: &Row<'_>) -> Result<Vec<i32>, Why> {
        let days = row.days.ok_or(Why::Undated)?;
        let overlaps = |first: Day, last: Day| first <= days.1 && days.0 <= last;
        if self.dates.as_ref().is_some_and(|(range, _)| !overlaps(*range.start(), *range.end())) {
            return Err(Why::Outside);
        }
        let periods = match &self.request.periods {
            Periods::Calendar(unit) => return unit.whole(days).map(|number| vec![number]).ok_or(Why::Broader),
            Periods::Named(periods) => periods,
        };
        let inside = |period: &Period| period.first <= days.0 && days.1 <= period.last;
        let numbers: Vec<i32> =
            (0..).zip(periods).filter(|(_, period)| inside(period)).map(|(number, _)| number).collect();
        match numbers.is_empty() {
            false => Ok(numbers),
            true if periods.iter().any(|period| overlaps(period.first, period.last)) => Err(Why::Broader),
            true => Err(Why::Outside),
        }
    }

    /// The bars of the groups and periods that are shown; how many groups are not, and whether gaps are not.
    pub fn bars(&self, values: &[String], grouped: bool) -> (Vec<Bar>, u64, bool) {
        let (periods, gaps_left_out) = self.periods();
        let (groups, groups_left_out) = if grouped { self.shown_groups(values) } else { (vec![None], 0) };
        let name = |group: Group| group.and_then(|value| values.get(value as usize)).cloned().unwrap_or_default();
        let mut bars = Vec::with_capacity(groups.len() * periods.len());
        for group in groups {
            for (number, period) in &periods {
                let cell = self.cells.get(&(group, *number)).copied().unwrap_or_default();
                bars.push(cell.bar(name(group), period));
            }
        }
        (bars, groups_left_out, gaps_left_out)
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
            inferred: self.inferred,
            occurrences: known.then_some(self.occurrences),
            all_documents: self.all_documents,
            all_han: self.all_han,
            per_million_han: rate(self.occurrences, 1e6, self.all_han),
            per_thousand_documents: rate(self.documents, 1e3, self.all_documents),
        }
    }
}
