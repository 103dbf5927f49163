//! Tables of text, `.csv` and `.tsv`: a record a row, in a file of any size, its fields by the names in the first row.
//!
//! A row may span lines; one that is broken costs only its first line, and reading goes on at the next. Rows are taken
//! apart by csv-core, the parser below the csv crate, which takes them line by line. Which sign parts the cells is found
//! out by `header`; reading and decoding lines is left to `lines`, what a record means to `record`.

mod header;

use std::borrow::Cow;
use std::collections::VecDeque;

use csv_core::{ReadRecordResult, Reader};

use self::header::Header;
use super::super::compress::Opened;
use super::super::reader::Reading;
use super::super::skip::{Fault, Skip, SkipReason};
use super::Items;
use super::lines::{Line, Lines};
use super::record::Records;
use super::value::Value;
use crate::document::{Document, Loss, Origin};

/// Bytes of a row of several lines at the most: where a quotation mark is never closed, all lines below are held.
const LONGEST: usize = 16 << 20;
/// Rows that are never closed, after which the rest of a file is given up: each of them is read again.
const RETRIES: u32 = 16;

/// Gives the documents of a table.
pub(super) fn read(opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let mut source = Source { lines: Lines::open(opened, reading)?, again: VecDeque::new() };
    let mut header = None;
    while header.is_none() {
        let Some(row) = source.next()? else { return Err(SkipReason::NoText.into()) };
        header = Header::new(row, &mut source, &reading.keys)?;
    }
    let header = header.ok_or_else(|| Fault::from(SkipReason::NoText))?;
    let base = Document { origin: origin.clone(), ..Document::default() };
    Ok(Box::new(Table {
        parser: parser(header.delimiter),
        header,
        source,
        records: Records::new(reading.keys.clone(), base),
        origin: origin.clone(),
        record: 0,
        retries: 0,
        is_done: false,
    }))
}

fn parser(delimiter: u8) -> Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).terminator(csv_core::Terminator::Any(b'\n')).build()
}

/// A line without its end.
struct Row {
    text: String,
    /// Its number in the file, counted from 1.
    number: u64,
    /// Bytes of it in the file; where there are more than allowed, the text is cut.
    bytes: u64,
    is_too_long: bool,
    /// It is the last, and has no end.
    is_cut: bool,
    losses: Vec<Loss>,
}

/// Lines, those that are to be read again first.
struct Source {
    lines: Lines,
    again: VecDeque<Row>,
}

impl Source {
    /// The next line that is not blank, or any line inside a row.
    fn next(&mut self) -> Result<Option<Row>, Fault> {
        if let Some(row) = self.again.pop_front() {
            return Ok(Some(row));
        }
        let bytes = self.lines.advance()?;
        let (number, is_too_long) = (self.lines.number, bytes > self.lines.limit);
        let Line { text, losses } = self.lines.line();
        let is_cut = !text.ends_with('\n') && !is_too_long;
        let text = text.trim_end_matches('\n').trim_end_matches('\r').to_string();
        Ok((bytes > 0).then_some(Row { text, number, bytes, is_too_long, is_cut, losses }))
    }
}

/// The cells of a row, joined, and where each ends.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    filled: usize,
}

impl Cells {
    /// Adds a line to the row; whether it ends there.
    fn add(&mut self, line: &str, parser: &mut Reader, delimiter: u8) -> bool {
        let delimiters = line.bytes().filter(|byte| *byte == delimiter).count();
        self.text.resize(self.filled + line.len() + 2, 0);
        self.ends.resize(self.count + delimiters + 2, 0);
        for part in [line.as_bytes(), b"\n"] {
            let mut rest = part;
            while !rest.is_empty() {
                let (text, ends) = (&mut self.text[self.filled..], &mut self.ends[self.count..]);
                let (result, read, written, ended) = parser.read_record(rest, text, ends);
                rest = &rest[read..];
                self.filled += written;
                self.count += ended;
                match result {
                    ReadRecordResult::Record => return true,
                    // There is room for all of it.
                    ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return false,
                    ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
                }
            }
        }
        false
    }

    fn iter(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let cells = starts.zip(&self.ends[..self.count]);
        cells.map(|(start, end)| String::from_utf8_lossy(&self.text[start..*end]))
    }
}

struct Table {
    source: Source,
    parser: Reader,
    header: Header,
    records: Records,
    origin: Origin,
    /// Records so far; empty rows are none.
    record: u64,
    retries: u32,
    is_done: bool,
}

impl Iterator for Table {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.source.next() {
                Ok(None) => return self.end(),
                Ok(Some(row)) if row.text.trim().is_empty() && !row.is_too_long => {}
                Ok(Some(row)) => {
                    if let Some(read) = self.row(row).transpose() {
                        let number = (self.record > 0).then_some(self.record);
                        return Some(read.map_err(|fault| Skip::new(&self.origin, number, fault)));
                    }
                }
                Err(fault) => {
                    self.is_done = true;
                    return Some(Err(Skip::new(&self.origin, None, fault)));
                }
            }
        }
        None
    }
}

impl Table {
    fn end(&mut self) -> Option<Result<Document, Skip>> {
        self.is_done = true;
        let message = "has a row of names and no other: nothing to do, or fetch it again";
        let bare = Skip::new(&self.origin, None, Fault::new(SkipReason::NoText, message));
        (self.record == 0).then_some(Err(bare))
    }

    /// The document of the row that begins with a line; none where all its cells are empty.
    fn row(&mut self, first: Row) -> Result<Option<Document>, Fault> {
        self.record += 1;
        let number = first.number;
        let mut cells = Cells::default();
        self.parser.reset();
        let mut rows = vec![first];
        let mut held = 0;
        loop {
            let row = rows.last().ok_or_else(|| Fault::from(SkipReason::NoText))?;
            if row.is_too_long {
                return Err(SkipReason::TooLarge { bytes: row.bytes, limit: self.source.lines.limit }.into());
            }
            held += row.text.len();
            if cells.add(&row.text, &mut self.parser, self.header.delimiter) {
                break;
            }
            let next = if held > LONGEST { None } else { self.source.next()? };
            let Some(next) = next else {
                self.retries += 1;
                self.is_done = self.retries > RETRIES;
                return Err(self.broken(rows, number, "a quotation mark is not closed"));
            };
            rows.push(next);
        }
        let (count, columns) = (cells.count, self.header.names.len());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.record -= 1;
            return Ok(None);
        }
        if cells.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
            return Err(self.broken(rows, number, &format!("it has {count} cells, and {columns} columns have names")));
        }
        if count < columns && rows.last().is_some_and(|row| row.is_cut) {
            return Err(Fault::malformed(Some(number), "it is cut short"));
        }
        let names = self.header.names.iter().map(|name| Cow::Borrowed(name.as_str()));
        let record = names.zip(cells.iter().map(Value::Text)).collect();
        let mut document = self.records.document(Value::Object(record), self.record)?;
        document.losses.extend(rows.into_iter().flat_map(|row| row.losses));
        Ok(Some(document))
    }

    /// The fault of a row, whose other lines are read again.
    fn broken(&mut self, rows: Vec<Row>, number: u64, reason: &str) -> Fault {
        for row in rows.into_iter().skip(1).rev() {
            self.source.again.push_front(row);
        }
        Fault::malformed(Some(number), reason)
    }
}
