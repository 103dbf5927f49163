//! All documents that a query means exactly: what every view over many hits starts from.

use std::sync::Arc;
use std::time::Instant;

use super::search::Dated;
use super::words::positive;
use super::{Engine, SearchRequest, Undated};
use crate::document::Day;
use crate::error::Error;
use crate::index::{Ask, Candidate, Place, Snapshot};
use crate::query::{Complaint, Field, Meaning, ParseOptions, Parsed, parse};
use crate::snippet::Needle;

/// A query as understood, and every document that it means, on one snapshot.
pub(super) struct Selection {
    pub snapshot: Arc<dyn Snapshot>,
    pub meaning: Meaning,
    /// The query in canonical form.
    pub canonical: String,
    /// What had to be read as text, or left out, of the query.
    pub complaints: Vec<Complaint>,
    /// All documents, in the order of the request; scores are by words alone.
    pub candidates: Vec<Candidate>,
    /// What dates did to them.
    pub dated: Dated,
}

impl Engine {
    /// The documents that a request means exactly. Its limit, offset, near answers and passages mean nothing here.
    pub(super) fn select(&self, request: &SearchRequest) -> Result<Selection, Error> {
        self.select_on(self.snapshot()?, request)
    }

    /// The same on a snapshot that is open, so that the places of several selections agree.
    pub(super) fn select_on(&self, snapshot: Arc<dyn Snapshot>, request: &SearchRequest) -> Result<Selection, Error> {
        let parsed = request.parsed(&*snapshot)?;
        let typed = parsed.query.meaning()?;
        let expanded = if request.expand { self.expansion(&typed, &*snapshot)? } else { None };
        let meaning = expanded.map_or(typed, |(expanded, _)| expanded);
        let found = snapshot.search(&request.ask(&meaning))?;
        Ok(Selection {
            canonical: parsed.query.to_string(),
            complaints: parsed.complaints,
            candidates: found.candidates,
            dated: Dated { undated_left_out: found.undated_left_out, inferred: found.inferred },
            snapshot,
            meaning,
        })
    }
}

impl Selection {
    /// Where the documents are.
    pub fn places(&self) -> Vec<Place> {
        self.candidates.iter().map(|candidate| candidate.place).collect()
    }

    /// What of the query stands in titles ([`Field::Title`]) or in bodies ([`Field::Text`]), each term once.
    pub fn needles(&self, place: Field) -> Vec<Needle> {
        super::hits::needles(&positive(&self.meaning), place)
    }
}

impl SearchRequest {
    /// The query, read with the keys that the documents of a snapshot have.
    pub(super) fn parsed(&self, snapshot: &dyn Snapshot) -> Result<Parsed, Error> {
        let extra: Vec<String> = snapshot.state().extra_fields.iter().cloned().collect();
        let options = ParseOptions { strict: self.strict, literal: self.literal, extra_fields: &extra };
        let parsed = parse(&self.query, &options)?;
        match parsed.query.recognised() {
            Some(field) if snapshot.state().entities.is_empty() && snapshot.counts()?.documents > 0 => {
                Err(Error::NoEntities { what: format!("{}:", field.name()) })
            }
            _ => Ok(parsed),
        }
    }

    /// All documents of a meaning, on the days and in the order of the request, from now on.
    pub(super) fn ask<'a>(&self, meaning: &'a Meaning) -> Ask<'a> {
        let (dates, indexed_after) = (self.dates(), self.indexed_after);
        Ask { dates, indexed_after, sort: self.sort, deadline: self.deadline(), ..Ask::all(meaning) }
    }

    /// When an answer that is asked for now must be there; a time that no clock can tell is no limit.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline_from(Instant::now())
    }

    /// The same for an answer that was asked for at a moment.
    pub(super) fn deadline_from(&self, began: Instant) -> Option<Instant> {
        self.timeout.and_then(|timeout| began.checked_add(timeout))
    }

    /// The days that `since` and `until` allow, and whether documents without a date stay.
    pub(super) fn dates(&self) -> Option<(std::ops::RangeInclusive<Day>, bool)> {
        (self.since.is_some() || self.until.is_some()).then(|| {
            let first = self.since.map_or(Day(i32::MIN), |since| since.first);
            let last = self.until.map_or(Day(i32::MAX), |until| until.last);
            (first..=last, self.undated == Undated::Include)
        })
    }
}
