//! The families of an index: worked out behind a run, kept as a part of it, and at hand for whoever asks.

use std::sync::{Arc, PoisonError};

use super::Engine;
use super::families::{COMPARED, Compared, Families, PART, work_out};
use super::open::is_stale;
use crate::error::Error;
use crate::index::{IndexError, Part, Snapshot, State, Writer};

/// How often a snapshot is opened anew because a later commit has done away with its part.
const ATTEMPTS: usize = 5;

/// The families that an engine read last, and the name and the rows of the part that they are of.
pub(super) type Known = Option<(Part, Arc<Families>)>;

impl Engine {
    /// What is committed now, if this analysis may ask it, and its families.
    pub(super) fn grouped(&self) -> Result<(Arc<dyn Snapshot>, Arc<Families>), Error> {
        let (snapshot, families) = self.grouped_or_stale()?;
        if is_stale(snapshot.state()) { Err(self.stale()) } else { Ok((snapshot, families)) }
    }

    /// The same of an index of any analysis.
    pub(super) fn grouped_or_stale(&self) -> Result<(Arc<dyn Snapshot>, Arc<Families>), Error> {
        let mut attempt = 1;
        loop {
            let snapshot = self.inner.backend.snapshot()?;
            match self.families(&*snapshot) {
                Err(Error::Index(IndexError::Read { .. })) if attempt < ATTEMPTS => attempt += 1,
                families => return Ok((snapshot, families?)),
            }
        }
    }

    /// The families of a snapshot; none where they were never worked out.
    pub(super) fn families(&self, snapshot: &dyn Snapshot) -> Result<Arc<Families>, Error> {
        let Some(part) = snapshot.state().parts.iter().find(|part| part.of(PART).is_some()) else {
            return Ok(Arc::default());
        };
        let mut known = self.inner.families.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, families)) = known.as_ref().filter(|(of, _)| of == part) {
            return Ok(Arc::clone(families));
        }
        // What cannot be read as families is worked out anew by the next run.
        let families = Arc::new(Families::read(&snapshot.part(&part.name)?).unwrap_or_default());
        *known = Some((part.clone(), Arc::clone(&families)));
        Ok(families)
    }

    /// Works out the families of what is committed, where it has changed, and attaches them to what is committed next. Says
    /// whether it did, how many families there are and how many documents are in one.
    pub(super) fn group(&self, writer: &dyn Writer, state: &mut State) -> Result<(bool, (u64, u64)), Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let kept = |kind: &str| snapshot.state().parts.iter().find(|part| part.of(kind).is_some());
        let known = kept(PART).map(|_| self.families(&*snapshot)).transpose()?;
        // What cannot be read is compared again.
        let compared = || kept(COMPARED).and_then(|part| snapshot.part(&part.name).ok());
        let compared = || compared().map_or_else(Compared::default, |bytes| Compared::read(&bytes));
        let worked_out = work_out(&*snapshot, self.inner.threads, known.as_deref(), compared)?;
        let Some((families, compared)) = worked_out else {
            return Ok((false, known.map_or((0, 0), |families| families.counts())));
        };
        let mut attach = |kind: &str, rows: u64, bytes: &[u8]| -> Result<(), Error> {
            let part = Part::next(kind, rows, &state.parts);
            writer.attach(&part.name, bytes)?;
            state.parts.retain(|part| part.of(kind).is_none());
            state.parts.push(part);
            Ok(())
        };
        attach(PART, families.counts().1, &families.bytes())?;
        attach(COMPARED, compared.len() as u64, &compared.bytes())?;
        Ok((true, families.counts()))
    }
}
