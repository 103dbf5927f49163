//! Lines of JSON: a record a line, in a file of any size.
//!
//! Each line is parsed and judged by itself, so that a bad one costs only itself. Reading and decoding lines is left to
//! `lines`, what a record means to `record`.

use super::super::compress::Opened;
use super::super::reader::Reading;
use super::super::skip::{Fault, Skip, SkipReason};
use super::lines::{Line, Lines};
use super::record::Records;
use super::{Items, json};
use crate::document::{Document, Loss, Origin};

/// Gives the documents of a file of lines.
pub(super) fn read(opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let lines = Lines::open(opened, reading)?;
    let base = Document { origin: origin.clone(), charset: lines.charset(), ..Document::default() };
    Ok(Box::new(LinesOfJson {
        lines,
        records: Records::new(reading.keys.clone(), base),
        origin: origin.clone(),
        record: 0,
        is_done: false,
    }))
}

struct LinesOfJson {
    lines: Lines,
    records: Records,
    origin: Origin,
    /// Records so far; blank lines are none.
    record: u64,
    is_done: bool,
}

impl Iterator for LinesOfJson {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let length = match self.lines.advance() {
                Ok(0) => return self.end(),
                Ok(length) => length,
                Err(fault) => {
                    self.is_done = true;
                    return Some(Err(Skip::new(&self.origin, None, fault)));
                }
            };
            if self.lines.is_blank() {
                continue;
            }
            self.record += 1;
            let limit = self.lines.limit;
            let read = match length > limit {
                true => Err(SkipReason::TooLarge { bytes: length, limit }.into()),
                false => self.document(),
            };
            return Some(read.map_err(|fault| Skip::new(&self.origin, Some(self.record), fault)));
        }
        None
    }
}

impl LinesOfJson {
    /// A file without any record must not vanish from the report.
    fn end(&mut self) -> Option<Result<Document, Skip>> {
        self.is_done = true;
        let is_bare = self.record == 0 && self.lines.number > 0;
        let bare = Skip::new(&self.origin, None, SkipReason::NoText.into());
        is_bare.then_some(Err(bare))
    }

    /// The document of the line that was read.
    fn document(&mut self) -> Result<Document, Fault> {
        let (number, start) = (self.lines.number, self.lines.start);
        let halves = |count| Loss::Undecodable { charset: "JSON escapes".into(), offset: start, count };
        let Line { text, losses } = self.lines.line();
        let (records, record) = (&mut self.records, self.record);
        json::parse_line(&text, number, |value, count| {
            let mut document = records.document(value, record)?;
            document.losses.extend(losses);
            document.losses.extend((count > 0).then(|| halves(count)));
            Ok(document)
        })
    }
}
