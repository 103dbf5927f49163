//! Lines of a file of any size, decoded one by one: only one of them is held in memory.
//!
//! The charset is decided once, by the first lines; each line is decoded by itself, so that a bad one costs only
//! itself. What a line means is left to `jsonl` and `table`.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::compress::Opened;
use super::super::decode::{Decoded, decide, decode, named};
use super::super::reader::Reading;
use super::super::skip::Fault;
use crate::document::Loss;

/// Bytes of one line at the most, whatever the options allow.
const LONGEST: u64 = 64 << 20;
/// Room for lines that is kept from one to the next, in bytes.
const ROOM: usize = 1 << 20;

/// A stream of lines.
pub(super) struct Lines {
    reader: Box<dyn Source + Send>,
    buffer: Vec<u8>,
    encoding: &'static Encoding,
    /// Whether a line beyond ASCII decided the charset.
    is_known: bool,
    forced: Option<&'static Encoding>,
    /// What the whole file lost before it was split into lines.
    damage: Option<Loss>,
    /// Bytes of a line at the most.
    pub limit: u64,
    /// Bytes and lines read so far.
    offset: u64,
    pub number: u64,
    /// Where the line in the buffer begins, in bytes of the file.
    pub start: u64,
}

/// A line as text.
pub(super) struct Line<'a> {
    pub text: Cow<'a, str>,
    /// What it lost when it was decoded.
    pub losses: Vec<Loss>,
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

impl Lines {
    /// Begins to read the lines of a file.
    pub(super) fn open(mut opened: Opened, reading: &Reading) -> Result<Self, Fault> {
        let whole_lines = opened.head.iter().rposition(|byte| *byte == b'\n').map_or(opened.head.len(), |at| at + 1);
        let (encoding, _) = decide(&opened.head[..whole_lines], reading.encoding, None);
        let is_known = !opened.head[..whole_lines].is_ascii();
        if encoding == UTF_16LE || encoding == UTF_16BE {
            // Its line ends are no bytes of their own, so such a file is decoded whole, up to the limit.
            let (bytes, _) = opened.read_whole(reading.max_bytes)?;
            let Decoded { text, loss, .. } = decode(&bytes, encoding);
            let lines = Self::new(Box::new(Cursor::new(text.into_bytes())), reading);
            return Ok(Self { damage: loss, is_known: true, ..lines });
        }
        opened.forget_hash();
        let head = std::mem::take(&mut opened.head);
        let reader = Cursor::new(head).chain(BufReader::with_capacity(256 << 10, opened));
        Ok(Self { encoding, is_known, ..Self::new(Box::new(reader), reading) })
    }

    fn new(reader: Box<dyn Source + Send>, reading: &Reading) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            encoding: UTF_8,
            is_known: false,
            forced: reading.encoding,
            damage: None,
            limit: reading.max_bytes.min(LONGEST),
            offset: 0,
            number: 0,
            start: 0,
        }
    }

    /// The charset of the first lines, where it is not UTF-8.
    pub(super) fn charset(&self) -> Option<String> {
        named(self.encoding)
    }

    /// Reads the next line into the buffer, at most the limit of it; its whole length in bytes, 0 at the end.
    pub(super) fn advance(&mut self) -> Result<u64, Fault> {
        self.buffer.clear();
        self.buffer.shrink_to(ROOM);
        let room = self.limit.saturating_add(1);
        let read = self.reader.by_ref().take(room).read_until(b'\n', &mut self.buffer);
        let whole = read.and_then(|read| match self.buffer.last() {
            Some(byte) if *byte != b'\n' && read as u64 == room => Ok((read + self.reader.skip_until(b'\n')?) as u64),
            _ => Ok(read as u64),
        });
        let length = whole.map_err(|error| self.reader.fault(&error))?;
        self.start = self.offset;
        self.offset += length;
        self.number += u64::from(length > 0);
        Ok(length)
    }

    /// Whether the line in the buffer is blank.
    pub(super) fn is_blank(&self) -> bool {
        self.buffer.trim_ascii().is_empty()
    }

    /// The line in the buffer, decoded, with its end.
    pub(super) fn line(&mut self) -> Line<'_> {
        if self.encoding == UTF_8
            && let Ok(text) = std::str::from_utf8(&self.buffer)
        {
            let text = text.trim_start_matches('\u{FEFF}');
            let damage = self.damage.clone().filter(|_| text.contains(char::REPLACEMENT_CHARACTER));
            return Line { text: Cow::Borrowed(text), losses: damage.into_iter().collect() };
        }
        if !self.is_known && !self.buffer.is_ascii() {
            (self.encoding, _) = decide(&self.buffer, self.forced, None);
            self.is_known = true;
        }
        let Decoded { text, mut loss, .. } = decode(&self.buffer, self.encoding);
        if let Some(Loss::Undecodable { offset, .. }) = &mut loss {
            *offset += self.start;
        }
        Line { text: Cow::Owned(text), losses: loss.into_iter().collect() }
    }
}
