//! Counts per value over all documents that a query means: exact, from columns, without reading a text.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Serialize;

use super::Unit;
use crate::analysis::{fold, name_token};
use crate::engine::{Engine, Limit, SearchRequest};
use crate::error::Error;
use crate::index::{Column, Place, Snapshot};
use crate::query::{DateRange, Field, Query};

/// What documents are counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Facet {
    /// Newspaper, agency or site, as written.
    Source,
    /// Each of the authors, as written: a document counts for all of its authors.
    Author,
    /// Years, months or days that the date lies in.
    Date(Unit),
    /// Folder of the path.
    Folder,
    /// What was recognised: each once for a document, by its full name.
    Named(Named),
    /// Another key of the sources, by its name.
    Extra(String),
}

/// What is recognised in texts and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Named {
    /// People.
    Person,
    /// Places as written.
    Place,
    /// Provinces that places are or lie in.
    Province,
    /// Prefectures that places are or lie in.
    City,
    /// Counties that places are or lie in.
    County,
    /// Bodies, companies, schools.
    #[serde(rename = "org")]
    Organisation,
    /// Policy terms.
    Policy,
    /// Numbers of documents.
    Number,
    /// Laws, with their articles.
    Law,
    /// Those whose words stand there.
    Speaker,
}

impl Named {
    /// What a field of names asks for.
    pub(super) fn asked_by(field: Field) -> Option<Self> {
        let all = [Self::Person, Self::Place, Self::Organisation, Self::Policy, Self::Number, Self::Law, Self::Speaker];
        all.into_iter().find(|named| named.field() == field)
    }

    /// The field that asks for one.
    pub(super) fn field(self) -> Field {
        self.stored().1
    }

    /// Name of the values in the index, and of the field that asks for one.
    fn stored(self) -> (&'static str, Field) {
        match self {
            Self::Person => ("person", Field::Person),
            Self::Place => ("place", Field::Place),
            Self::Province => ("province", Field::Place),
            Self::City => ("city", Field::Place),
            Self::County => ("county", Field::Place),
            Self::Organisation => ("org", Field::Organisation),
            Self::Policy => ("policy", Field::Policy),
            Self::Number => ("number", Field::Number),
            Self::Law => ("law", Field::Law),
            Self::Speaker => ("speaker", Field::Said),
        }
    }
}

/// Names in English and Chinese; any other is that of another key.
const NAMES: [(&str, &str, Facet); 16] = [
    ("source", "来源", Facet::Source),
    ("author", "作者", Facet::Author),
    ("year", "年", Facet::Date(Unit::Year)),
    ("month", "月", Facet::Date(Unit::Month)),
    ("day", "日", Facet::Date(Unit::Day)),
    ("folder", "目录", Facet::Folder),
    ("person", "人", Facet::Named(Named::Person)),
    ("place", "地", Facet::Named(Named::Place)),
    ("province", "省", Facet::Named(Named::Province)),
    ("city", "市", Facet::Named(Named::City)),
    ("county", "县", Facet::Named(Named::County)),
    ("org", "机构", Facet::Named(Named::Organisation)),
    ("policy", "策", Facet::Named(Named::Policy)),
    ("number", "文号", Facet::Named(Named::Number)),
    ("law", "法规", Facet::Named(Named::Law)),
    ("speaker", "说", Facet::Named(Named::Speaker)),
];

impl Facet {
    /// What a name as typed names, in English or Chinese, in either script: any other is that of another key.
    ///
    /// ```
    /// use xunzhang::Facet;
    ///
    /// assert_eq!(Facet::named("來源"), Facet::Source);
    /// assert_eq!(Facet::named("栏目"), Facet::Extra("栏目".into()));
    /// ```
    pub fn named(name: &str) -> Self {
        let name = fold(name);
        let known = NAMES.iter().find(|(english, chinese, _)| *english == name || fold(chinese) == name);
        known.map_or(Self::Extra(name), |(.., facet)| facet.clone())
    }

    /// Name in English and in Chinese.
    pub fn names(&self) -> (&str, &str) {
        match self {
            Self::Extra(name) => (name, name),
            _ => NAMES
                .iter()
                .find(|(.., facet)| facet == self)
                .map_or(("", ""), |(english, chinese, _)| (english, chinese)),
        }
    }

    /// The column that holds its values, if it is no date.
    ///
    /// # Errors
    /// No document has a key of that name, or what texts name was not recognised.
    pub(super) fn column(&self, snapshot: &dyn Snapshot) -> Result<Option<Column>, Error> {
        Ok(match self {
            Self::Source => Some(Column::Source),
            Self::Author => Some(Column::Author),
            Self::Folder => Some(Column::Folder),
            Self::Date(_) => None,
            Self::Named(_) if snapshot.state().entities.is_empty() && snapshot.counts()?.documents > 0 => {
                return Err(Error::NoEntities { what: format!("counting by {self}") });
            }
            Self::Named(named) => Some(Column::Entity(named.stored().0)),
            Self::Extra(name) => {
                let name = fold(name);
                let known = &snapshot.state().extra_fields;
                if !known.contains(&name) {
                    return Err(Error::Facet { name, known: known.iter().cloned().collect() });
                }
                Some(Column::Extra(name))
            }
        })
    }

    fn field(&self) -> Option<Field> {
        match self {
            Self::Source => Some(Field::Source),
            Self::Author => Some(Field::Author),
            Self::Folder => Some(Field::Path),
            Self::Date(_) => None,
            Self::Named(named) => Some(named.stored().1),
            Self::Extra(name) => Some(Field::Extra(fold(name))),
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().0)
    }
}

/// Documents per value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FacetCounts {
    /// What was counted by.
    pub facet: Facet,
    /// The values, the most documents first, ties by value; dates in their order.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub distinct: u64,
    /// Documents without a value.
    pub without: u64,
    /// Documents whose date covers more than one such unit of the calendar: a year, when months are counted.
    pub broader: u64,
}

/// A value and its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetValue {
    /// The value as written, cut after 200 bytes; a date as `2018`, `2018-03` or `2018-03-05`.
    pub value: String,
    /// How many documents have it.
    pub documents: u64,
    /// Those of them whose date is only inferred, where dates are counted.
    #[serde(skip_serializing_if = "is_none")]
    pub inferred: u64,
    /// The query narrowed to it; it may mean more documents, whose own value only contains this one. `None` where there
    /// is nothing to ask for.
    pub query: Option<String>,
}

impl Engine {
    /// Counts the documents of a query, or all, per value; `limit` is how many values to give.
    ///
    /// # Errors
    /// As [`Engine::search`]; no document has a key of that name, or what texts name was not recognised.
    pub fn facet(&self, facet: &Facet, limit: Limit, request: Option<&SearchRequest>) -> Result<FacetCounts, Error> {
        let Some(request) = request else { return count(&*self.snapshot()?, facet, None, limit, None) };
        let snapshot = self.snapshot()?;
        let query = request.parsed(&*snapshot)?.query;
        let selection = self.select_on(snapshot, request)?;
        let mut places = selection.places();
        places.sort_unstable();
        count(&*selection.snapshot, facet, Some(&places), limit, Some(&query))
    }
}

/// Counts some documents, whose places are in order, or all; `limit` is how many values to give, where they are no dates.
pub(in crate::engine) fn count(
    snapshot: &dyn Snapshot,
    facet: &Facet,
    within: Option<&[Place]>,
    limit: Limit,
    query: Option<&Query>,
) -> Result<FacetCounts, Error> {
    let column = facet.column(snapshot)?;
    let (mut without, mut broader) = (0, 0);
    let mut counts: Vec<u64> = Vec::new();
    let mut units: BTreeMap<i32, [u64; 2]> = BTreeMap::new();
    let values = snapshot.rows(column.as_ref(), within, &mut |row| match (facet, row.days) {
        (Facet::Date(unit), Some(days)) => match unit.whole(days) {
            Some(number) => {
                let unit = units.entry(number).or_default();
                *unit = [unit[0] + 1, unit[1] + u64::from(row.inferred)];
            }
            None => broader += 1,
        },
        _ if row.values.is_empty() => without += 1,
        _ => row.values.iter().for_each(|&value| {
            let value = value as usize;
            counts.resize(counts.len().max(value + 1), 0);
            counts[value] += 1;
        }),
    })?;
    let values = match facet {
        Facet::Date(unit) => units.into_iter().map(|(number, counts)| dated(*unit, number, counts, query)).collect(),
        _ => valued(values.into_iter().zip(counts).collect()),
    };
    let mut counted = FacetCounts { facet: facet.clone(), distinct: values.len() as u64, values, without, broader };
    if let Some(field) = facet.field() {
        if let Limit::Hits(most) = limit {
            counted.values.truncate(most);
        }
        let narrowed = |value: &str| query.and_then(|query| query.narrowed(&field, value));
        counted.values.iter_mut().for_each(|value| value.query = narrowed(&value.value));
    }
    Ok(counted)
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

/// A unit of the calendar with its documents, and those of them whose date is inferred.
fn dated(unit: Unit, number: i32, [documents, inferred]: [u64; 2], query: Option<&Query>) -> FacetValue {
    let span = unit.span(number);
    let range = DateRange { first: Some(span.first), last: Some(span.last) };
    FacetValue { value: span.to_string(), documents, inferred, query: query.map(|query| query.narrowed_to(range)) }
}

/// Values that differ in script, width or marks alone are one, shown as most documents write it; documents that write it
/// in several ways were told each once when they were indexed.
fn valued(mut counts: Vec<(String, u64)>) -> Vec<FacetValue> {
    let order = |a: &(String, u64), b: &(String, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
    counts.sort_by(order);
    let (mut numbers, mut joined): (HashMap<String, usize>, Vec<(String, u64)>) = (HashMap::new(), Vec::new());
    for (value, documents) in counts {
        let token = name_token(&value);
        match numbers.get(&token).filter(|_| !token.is_empty()) {
            Some(&known) => joined[known].1 += documents,
            None => {
                numbers.insert(token, joined.len());
                joined.push((value, documents));
            }
        }
    }
    joined.sort_by(order);
    joined.into_iter().map(|(value, documents)| FacetValue { value, documents, inferred: 0, query: None }).collect()
}
