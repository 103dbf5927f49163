//! The user's policy terms of an index: what a change of them reaches, and the change, in which only the documents that
//! have any of the strings are recognised again, from their stored texts. What terms find never depends on it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::guard::guarded;
use super::ingest::{Ingest, IngestReport};
use super::recut::documents;
use super::run::{Run, Times};
use super::{Engine, clock};
use crate::error::Error;
use crate::index::{Ask, Place, Snapshot, State};
use crate::query::{Meaning, Term};

/// What a change of the terms does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "terms_change")]
#[non_exhaustive]
pub struct TermsChange {
    /// Lines that are new.
    pub added: Vec<String>,
    /// Lines that are gone.
    pub removed: Vec<String>,
    /// Printed ids of the documents that have any of their strings: they are recognised again.
    pub affected: Vec<String>,
}

impl Engine {
    /// The user's policy terms of the index: a term a line, with its variants behind it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn terms(&self) -> Result<String, Error> {
        Ok(self.snapshot()?.state().terms.clone())
    }

    /// What other terms would do; nothing is changed.
    ///
    /// # Errors
    /// A line of the terms is faulty, the index cannot be read or was made without entities.
    pub fn terms_change(&self, terms: &str) -> Result<TermsChange, Error> {
        guarded(|| {
            let snapshot = self.snapshot()?;
            self.checked(terms, snapshot.state())?;
            let mut change = differences(&snapshot.state().terms, terms);
            change.affected = snapshot.ids(&holding(&change, &*snapshot)?)?;
            Ok(change)
        })
    }

    /// Takes other terms: the documents that have any of the strings that are new or gone are recognised again, and
    /// replaced by one commit that also carries the terms.
    ///
    /// # Errors
    /// As [`Engine::terms_change`]; another writer is at work; [`Error::Cancelled`], which leaves all as it was.
    pub fn change_terms(&self, terms: &str, how: Ingest<'_>) -> Result<IngestReport, Error> {
        self.checked(terms, self.snapshot()?.state())?;
        // Nobody else writes from here on, so that what is looked at is what is replaced.
        let run = Run::over(self, how, State::default(), Times::Kept)?;
        let snapshot = self.snapshot()?;
        let old = snapshot.state();
        let affected = holding(&differences(&old.terms, terms), &*snapshot)?;
        let state = State { terms: terms.to_owned(), indexed_at: clock::now(), ..old.clone() };
        let mut run = run.carrying(state).by_document();
        (run.commit_every, run.all_or_nothing) = (usize::MAX, true);
        let mut failure = None;
        let report = run.all(documents(&*snapshot, &affected, &mut failure));
        failure.map_or(report, Err)
    }

    fn checked(&self, terms: &str, state: &State) -> Result<(), Error> {
        if state.entities.is_empty() {
            return Err(Error::NoEntities { what: "a policy term".to_owned() });
        }
        self.inner.recogniser().with_terms(terms)?;
        Ok(())
    }
}

fn differences(old: &str, new: &str) -> TermsChange {
    let lines = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
    };
    let (old, new) = (lines(old), lines(new));
    TermsChange {
        added: new.difference(&old).cloned().collect(),
        removed: old.difference(&new).cloned().collect(),
        affected: Vec::new(),
    }
}

/// The documents that have any of the strings of a change, in the order of the index.
fn holding(change: &TermsChange, snapshot: &dyn Snapshot) -> Result<Vec<Place>, Error> {
    let written = change.added.iter().chain(&change.removed).flat_map(|line| line.split_whitespace());
    let terms: Vec<Meaning> =
        written.filter_map(|text| Term::quoted(text.trim_start_matches('-'))).map(Meaning::Term).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let meaning =
        if terms.len() == 1 { terms.into_iter().next().unwrap_or(Meaning::Everything) } else { Meaning::Or(terms) };
    let found = snapshot.search(&Ask::all(&meaning))?;
    let mut places: Vec<Place> = found.candidates.iter().map(|candidate| candidate.place).collect();
    places.sort_unstable();
    Ok(places)
}
