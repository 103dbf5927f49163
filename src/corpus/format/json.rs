//! JSON: an object is a document, an array is one of records; values one after another are records, too.
//!
//! The file is parsed value by value, so that what stands before a fault is kept. What a record means is left to
//! `record`.

use serde_json::Deserializer;

use super::super::decode::Decoded;
use super::super::reader::Reading;
use super::super::skip::{Fault, Skip, SkipReason};
use super::Items;
use super::record::Records;
use super::value::{Value, parse, without_lone_surrogates};
use crate::document::{Document, Loss};

/// Gives the documents of a text of JSON.
pub(super) fn read(decoded: Decoded, base: Document, reading: &Reading) -> Items {
    let Decoded { text, loss, .. } = decoded;
    let start = text.len() - text.trim_start().len();
    let in_array = text[start..].starts_with('[');
    let origin = base.origin.clone();
    let records = Records::new(reading.keys.clone(), base);
    let at = start + usize::from(in_array);
    let mut tree = Tree { text, at, in_array, number: 0, losses: loss.into_iter().collect(), is_done: false, records };
    Box::new(std::iter::from_fn(move || {
        let (number, read) = tree.next()?;
        Some(read.map_err(|fault| Skip::new(&origin, (number > 0).then_some(number), fault)))
    }))
}

struct Tree {
    text: String,
    /// Where the next value begins, blanks before it allowed.
    at: usize,
    in_array: bool,
    /// Records so far.
    number: u64,
    losses: Vec<Loss>,
    is_done: bool,
    records: Records,
}

impl Tree {
    /// The next record with its number, 0 where the file is one document.
    fn next(&mut self) -> Option<(u64, Result<Document, Fault>)> {
        let rest = self.text[self.at..].trim_start();
        let start = self.text.len() - rest.len();
        if self.is_done {
            return None;
        }
        if rest.is_empty() || self.in_array && rest.starts_with(']') {
            return self.end(start);
        }
        let mut values = Deserializer::from_str(rest).into_iter::<Value<'_>>();
        let value = match values.next()? {
            Ok(value) => value,
            Err(error) => return self.repair(&error, start),
        };
        let end = start + values.byte_offset();
        self.number += 1;
        let after = self.text[end..].trim_start();
        let number = if !self.in_array && self.number == 1 && after.is_empty() { 0 } else { self.number };
        let mut read = self.records.document(value, number);
        if let Ok(document) = &mut read
            && self.text[start..end].contains(char::REPLACEMENT_CHARACTER)
        {
            document.losses.extend(self.losses.iter().cloned());
        }
        self.step(end);
        Some((number, read))
    }

    /// Goes on behind a record; in an array a comma or the end must follow.
    fn step(&mut self, end: usize) {
        let rest = self.text[end..].trim_start();
        self.at = self.text.len() - rest.len();
        if self.in_array && rest.starts_with(',') {
            self.at += 1;
        }
    }

    /// Half characters are replaced in all that is ahead, and reading goes on; any other fault ends it.
    fn repair(&mut self, error: &serde_json::Error, start: usize) -> Option<(u64, Result<Document, Fault>)> {
        if is_lone_surrogate(error) {
            let (text, count) = without_lone_surrogates(&self.text[start..]);
            if count > 0 {
                let offset = start as u64;
                self.losses.push(Loss::Undecodable { charset: "JSON escapes".into(), offset, count });
                self.text.truncate(start);
                self.text.push_str(&text);
                return self.next();
            }
        }
        self.is_done = true;
        let line = (self.text[..start].matches('\n').count() + error.line()) as u64;
        let number = if self.in_array || self.number > 0 { self.number + 1 } else { 0 };
        Some((number, Err(Fault::malformed(Some(line), message(error)))))
    }

    /// Tells once of an array that was cut, or of what follows it.
    fn end(&mut self, at: usize) -> Option<(u64, Result<Document, Fault>)> {
        self.is_done = true;
        let line = self.text[..at].matches('\n').count() as u64 + 1;
        let rest = &self.text[at..];
        if self.number == 0 && rest.trim_end() == "]" {
            let message = "is an array without a record: nothing to do, or fetch it again";
            return Some((0, Err(Fault::new(SkipReason::NoText, message))));
        }
        let message = match rest.strip_prefix(']') {
            Some(after) if !after.trim().is_empty() => "text after the end of the array",
            None if self.in_array => "the array is not closed",
            None if self.number == 0 => "there is no value in it",
            _ => return None,
        };
        Some((0, Err(Fault::malformed(Some(line), message))))
    }
}

/// Parses one line of records, half characters replaced; the value is given to `read` with their number.
pub(super) fn parse_line<T>(
    text: &str,
    line: u64,
    read: impl FnOnce(Value<'_>, u64) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let malformed = |error: &serde_json::Error| Fault::malformed(Some(line), message(error));
    match parse(text) {
        Ok(value) => read(value, 0),
        Err(error) if is_lone_surrogate(&error) => {
            let (repaired, count) = without_lone_surrogates(text);
            parse(&repaired).map_err(|error| malformed(&error)).and_then(|value| read(value, count))
        }
        Err(error) => Err(malformed(&error)),
    }
}

/// Whether a fault is half a character, as in `"\ud83d"`: valid JSON that no text can hold.
fn is_lone_surrogate(error: &serde_json::Error) -> bool {
    let text = error.to_string();
    text.contains("surrogate") || text.contains("unexpected end of hex escape")
}

/// The parser's words without its own count of lines.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let words = text.split(" at line ").next().unwrap_or(&text);
    format!("{words}, byte {} of the line", error.column())
}
