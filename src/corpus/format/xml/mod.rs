//! XML: feeds and exports, a record for each element that repeats and has a title or a text; any other file is one
//! document of all its text.
//!
//! The text is walked twice: `survey` finds the records, and each is then read by itself by `entry`, so that what stands
//! before a fault is kept. What a record means is left to `record`.

mod entry;
mod survey;

use super::super::decode::Decoded;
use super::super::reader::Reading;
use super::super::skip::{Fault, Skip, SkipReason};
use super::markup::{Piece, walk};
use super::record::Records;
use super::writer::Writer;
use super::{Items, one, text};
use crate::document::{Document, Loss};
use survey::Survey;

/// Elements that stand within a line of text.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "big", "cite", "code", "em", "emphasis", "font", "hi", "i", "link", "mark", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// Gives the documents of a text of XML.
pub(super) fn read(decoded: Decoded, base: Document, reading: &Reading) -> Items {
    let Decoded { text, loss, .. } = decoded;
    let survey = Survey::new(&text, &reading.keys);
    let origin = base.origin.clone();
    if survey.records.is_empty() {
        let read = match survey.fault {
            Some(fault) => Err(fault),
            None => whole(&text, Document { losses: loss.into_iter().collect(), ..base }).and_then(one),
        };
        return read.unwrap_or_else(|fault| Box::new(std::iter::once(Err(Skip::new(&origin, None, fault)))));
    }
    let mut records = Records::new(reading.keys.clone(), base);
    let keys = reading.keys.clone();
    let Survey { records: found, source, fault, is_single } = survey;
    let mut numbers = (u64::from(!is_single)..).zip(found);
    let mut end = fault.map(|fault| Skip::new(&origin, None, fault));
    Box::new(std::iter::from_fn(move || {
        let Some((number, range)) = numbers.next() else { return end.take().map(Err) };
        let record = &text[range];
        let read = entry::value(record, &keys).and_then(|value| records.document(value, number));
        let read = read.map(|mut document| {
            if document.source.is_none() && !source.is_empty() {
                document.source = Some(source.clone());
                document.found.push(("source".into(), "feed".into()));
            }
            let is_damaged = record.contains(char::REPLACEMENT_CHARACTER);
            document.losses.extend(loss.clone().filter(|_: &Loss| is_damaged));
            document
        });
        Some(read.map_err(|fault| Skip::new(&origin, (number > 0).then_some(number), fault)))
    }))
}

/// All text of a file as one document.
fn whole(xml: &str, base: Document) -> Result<Document, Fault> {
    let (mut writer, mut title, mut in_title) = (Writer::default(), String::new(), false);
    walk(xml, &mut |piece, _| {
        match piece {
            Piece::Open(element) => {
                in_title = title.is_empty() && element.name().eq_ignore_ascii_case("title");
                edge(element.name(), &mut writer);
            }
            Piece::Text(text) if in_title => title.push_str(text),
            Piece::Text(text) => writer.text(text),
            Piece::Close(name) => {
                in_title = false;
                edge(name, &mut writer);
            }
        }
        true
    })?;
    let (body, title) = (writer.finish(), title.trim().to_string());
    if body.is_empty() && title.is_empty() {
        return Err(Fault::new(SkipReason::NoText, "has no text between its tags: nothing to do, or fetch it again"));
    }
    if title.is_empty() {
        return text::read(&body, base).map(|document| Document { hard_wrapped: false, ..document });
    }
    let found = vec![("title".to_string(), "title element".to_string())];
    Ok(Document { title, body, found, ..base })
}

/// The beginning or the end of an element in a text.
fn edge(name: &str, writer: &mut Writer) {
    if name == "br" || name == "lb" {
        writer.line_break();
    } else if !INLINE.contains(&name) {
        writer.paragraph();
    }
}
