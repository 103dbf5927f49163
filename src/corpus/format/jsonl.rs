//! Lines of JSON: a record a line, in a file of any size, of which only one line is held in memory.
//!
//! The charset is decided once, by the first lines; each line is decoded, parsed and judged by itself, so that a bad one
//! costs only itself. What a record means is left to `record`.

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::compress::Opened;
use super::super::decode::{Decoded, decide, decode, named};
use super::super::reader::Reading;
use super::super::skip::{Fault, Skip, SkipReason};
use super::record::Records;
use super::{Items, json};
use crate::document::{Document, Loss, Origin};

/// Bytes of one line at the most, whatever the options allow.
const LONGEST: u64 = 64 << 20;
/// Room for lines that is kept from one to the next, in bytes.
const ROOM: usize = 1 << 20;

/// Gives the documents of a file of lines.
pub(super) fn read(mut opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let whole_lines = opened.head.iter().rposition(|byte| *byte == b'\n').map_or(opened.head.len(), |at| at + 1);
    let (encoding, _) = decide(&opened.head[..whole_lines], reading.encoding, None);
    let is_known = !opened.head[..whole_lines].is_ascii();
    let base = Document { origin: origin.clone(), charset: named(encoding), ..Document::default() };
    let records = Records::new(reading.keys.clone(), base);
    if encoding == UTF_16LE || encoding == UTF_16BE {
        // Its line ends are no bytes of their own, so such a file is decoded whole, up to the limit.
        let (bytes, _) = opened.read_whole(reading.max_bytes)?;
        let Decoded { text, loss, .. } = decode(&bytes, encoding);
        let lines = Lines::new(Cursor::new(text.into_bytes()), records, origin, reading);
        return Ok(Box::new(Lines { damage: loss, is_known: true, ..lines }));
    }
    opened.forget_hash();
    let head = std::mem::take(&mut opened.head);
    let reader = Cursor::new(head).chain(BufReader::with_capacity(256 << 10, opened));
    Ok(Box::new(Lines { encoding, is_known, ..Lines::new(reader, records, origin, reading) }))
}

/// A stream of bytes, and what its errors mean.
trait Source: BufRead {
    fn fault(&self, error: &std::io::Error) -> Fault;
}

impl Source for Cursor<Vec<u8>> {
    fn fault(&self, error: &std::io::Error) -> Fault {
        Fault::unreadable(error)
    }
}

impl Source for Chain<Cursor<Vec<u8>>, BufReader<Opened>> {
    fn fault(&self, error: &std::io::Error) -> Fault {
        self.get_ref().1.get_ref().fault(error)
    }
}

struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    records: Records,
    origin: Origin,
    encoding: &'static Encoding,
    /// Whether a line beyond ASCII decided the charset.
    is_known: bool,
    forced: Option<&'static Encoding>,
    /// What the whole file lost before it was split into lines.
    damage: Option<Loss>,
    /// Bytes of a line at the most.
    limit: u64,
    /// Bytes and lines read so far.
    offset: u64,
    line: u64,
    /// Records so far; blank lines are none.
    record: u64,
    is_done: bool,
}

impl<R: Source> Iterator for Lines<R> {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let start = self.offset;
            let length = match self.read_line() {
                Ok(0) => break,
                Ok(length) => length,
                Err(fault) => {
                    self.is_done = true;
                    return Some(Err(Skip::new(&self.origin, None, fault)));
                }
            };
            if self.buffer.trim_ascii().is_empty() {
                continue;
            }
            self.record += 1;
            let read = match length > self.limit {
                true => Err(SkipReason::TooLarge { bytes: length, limit: self.limit }.into()),
                false => self.document(start),
            };
            return Some(read.map_err(|fault| Skip::new(&self.origin, Some(self.record), fault)));
        }
        self.is_done = true;
        // A file without any record must not vanish from the report.
        let is_bare = self.record == 0 && self.line > 0;
        self.line = 0;
        let bare = Skip::new(&self.origin, None, SkipReason::NoText.into());
        is_bare.then_some(Err(bare))
    }
}

impl<R: Source> Lines<R> {
    fn new(reader: R, records: Records, origin: &Origin, reading: &Reading) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            records,
            origin: origin.clone(),
            encoding: UTF_8,
            is_known: false,
            forced: reading.encoding,
            damage: None,
            limit: reading.max_bytes.min(LONGEST),
            offset: 0,
            line: 0,
            record: 0,
            is_done: false,
        }
    }

    /// Reads a line into the buffer, at most the limit of it; its whole length in bytes.
    fn read_line(&mut self) -> Result<u64, Fault> {
        self.buffer.clear();
        self.buffer.shrink_to(ROOM);
        let room = self.limit.saturating_add(1);
        let read = self.reader.by_ref().take(room).read_until(b'\n', &mut self.buffer);
        let whole = read.and_then(|read| match self.buffer.last() {
            Some(byte) if *byte != b'\n' && read as u64 == room => Ok((read + self.reader.skip_until(b'\n')?) as u64),
            _ => Ok(read as u64),
        });
        let length = whole.map_err(|error| self.reader.fault(&error))?;
        self.offset += length;
        self.line += u64::from(length > 0);
        Ok(length)
    }

    /// The document of the line in the buffer, which begins at a byte of the file.
    fn document(&mut self, start: u64) -> Result<Document, Fault> {
        let buffer = std::mem::take(&mut self.buffer);
        let document = match std::str::from_utf8(&buffer) {
            Ok(text) if self.encoding == UTF_8 => self.parsed(text.trim_start_matches('\u{FEFF}'), start, None),
            _ => self.decoded(&buffer, start),
        };
        self.buffer = buffer;
        document
    }

    /// A line that is no valid UTF-8.
    fn decoded(&mut self, line: &[u8], start: u64) -> Result<Document, Fault> {
        if !self.is_known && !line.is_ascii() {
            (self.encoding, _) = decide(line, self.forced, None);
            self.is_known = true;
        }
        let Decoded { text, mut loss, .. } = decode(line, self.encoding);
        if let Some(Loss::Undecodable { offset, .. }) = &mut loss {
            *offset += start;
        }
        self.parsed(&text, start, loss)
    }

    fn parsed(&mut self, text: &str, start: u64, loss: Option<Loss>) -> Result<Document, Fault> {
        let halves = |count| Loss::Undecodable { charset: "JSON escapes".into(), offset: start, count };
        let damage = self.damage.clone().filter(|_| text.contains(char::REPLACEMENT_CHARACTER));
        let (records, record) = (&mut self.records, self.record);
        json::parse_line(text, self.line, |value, count| {
            let mut document = records.document(value, record)?;
            document.losses.extend(loss);
            document.losses.extend(damage);
            document.losses.extend((count > 0).then(|| halves(count)));
            Ok(document)
        })
    }
}
