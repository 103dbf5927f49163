//! PDF: its text layer, read by a helper process, for a PDF can crash or hang any reader.
//!
//! The library is hayro-interpret 0.9 (MIT or Apache-2.0, 53 crates): it runs a page's drawing and tells each sign with
//! its place, and knows the 61 predefined CMaps, so that a Chinese PDF without ToUnicode is read, too. PDFs of reportlab,
//! fpdf2, WeasyPrint, matplotlib (Type 3 and 42), cairo, MuPDF and LibreOffice give all their text. On the same files
//! pdf-extract 0.12 panics wherever a font is by a predefined CMap, gives nothing of what is encrypted with an empty
//! password, and has no columns. pdf_oxide 0.3 was left aside: 141 crates, a reader of office files among them. Lines, columns,
//! paragraphs and what recurs around pages are ours: `page` takes the signs, `rows` and `columns` order them, `running`
//! takes headers and footers away, `paragraphs` joins lines.

mod columns;
mod page;
mod paragraphs;
mod rows;
mod running;

use super::super::dateline;
use super::super::helper::{Reply, Text};
use super::super::reader::Reading;
use super::super::skip::{Fault, SkipReason};
use super::properties::Properties;
use super::{Items, one};
use crate::document::{DateSpan, Document, Loss};

/// Gives the document of a PDF.
pub(super) fn read(bytes: &[u8], base: Document, reading: &Reading) -> Result<Items, Fault> {
    let helper = reading.helper.as_ref().ok_or_else(|| Fault::from(SkipReason::NoHelper))?;
    match helper.run(bytes)? {
        Reply::Text(text) => document(*text, base).and_then(one),
        Reply::Encrypted => Err(SkipReason::Encrypted.into()),
        Reply::Malformed(reason) => Err(Fault::malformed(None, reason)),
        Reply::Panicked => Err(SkipReason::Broken { reason: "its reader panicked".into() }.into()),
    }
}

fn document(text: Text, base: Document) -> Result<Document, Fault> {
    if text.body.is_empty() && text.heading.is_empty() {
        return Err(match text.pages {
            0 => Fault::malformed(None, "it has no page"),
            pages => SkipReason::NoTextLayer { pages }.into(),
        });
    }
    let properties = Properties {
        title: text.title,
        author: text.author,
        created: DateSpan::parse(&text.created),
        modified: DateSpan::parse(&text.modified),
    };
    let mut document = match text.heading.is_empty() {
        true => properties.document(&text.body, "", base)?,
        false => {
            let found = vec![("title".to_string(), "largest type".to_string())];
            let mut document = Document { title: text.heading, body: text.body, found, ..base };
            dateline::read(&mut document);
            properties.fill(&mut document);
            document
        }
    };
    document.rest = text.rest;
    if !text.without_text.is_empty() {
        document.losses.push(Loss::PagesWithoutText { pages: text.without_text });
    }
    if text.unknown > 0 {
        let charset = "a font that does not say what its signs are".to_string();
        document.losses.push(Loss::Undecodable { charset, offset: 0, count: text.unknown });
    }
    Ok(document)
}

/// Reads a PDF, within the helper.
pub(super) fn convert(bytes: Vec<u8>) -> Reply {
    let read = match page::read(bytes) {
        Ok(read) => read,
        Err(reply) => return reply,
    };
    let mut pages: Vec<rows::Page> = read.pages.into_iter().map(rows::Page::new).collect();
    let without_text = pages.iter().zip(1..).filter(|(page, _)| page.is_picture()).map(|(_, number)| number).collect();
    let rest = running::remove(&mut pages);
    let paragraphs::Flowed { heading, body } = paragraphs::flow(&pages);
    Reply::Text(Box::new(Text { heading, body, rest, without_text, pages: pages.len() as u64, ..read.facts }))
}
