//! The families of an index: worked out behind a run, kept as a part of it, and at hand for whoever asks.

use std::sync::{Arc, PoisonError};

use super::Engine;
use super::families::{Families, PART, work_out};
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
    fn families(&self, snapshot: &dyn Snapshot) -> Result<Arc<Families>, Error> {
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

    /// Works out the families of what is committed, where it has changed, and attaches them to what is committed next; says
    /// whether it did.
    pub(super) fn group(&self, writer: &dyn Writer, state: &mut State) -> Result<bool, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        let known = if snapshot.state().parts.iter().any(|part| part.of(PART).is_some()) {
            Some(self.families(&*snapshot)?)
        } else {
            None
        };
        let Some(families) = work_out(&*snapshot, self.inner.threads, known.as_deref())? else { return Ok(false) };
        let part = Part::next(PART, families.counts().1, &state.parts);
        writer.attach(&part.name, &families.bytes())?;
        state.parts.retain(|part| part.of(PART).is_none());
        state.parts.push(part);
        Ok(true)
    }
}
