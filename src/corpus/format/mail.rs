//! Letters, `.eml`, and pages that a browser saved as one, `.mht`: subject, day and sender, and the text of the best part.
//!
//! MIME is taken apart by mail-parser 0.11 (0.12 and later need a newer Rust than ours); the text of each part is decoded
//! by our own `decode`, which knows what gb2312 stands for and counts what is lost. Attachments are named in `extra`; reading
//! them is left to `attached`.

use std::iter::once;
use std::sync::Arc;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::super::archive::DEEPEST;
use super::super::compress::Opened;
use super::super::decode::{self, Decoded};
use super::super::reader::Reading;
use super::super::skip::{Fault, SkipReason};
use super::attached::{Letter, attached};
use super::{Items, html, text};
use crate::document::{DateSpan, Document, Loss, Origin};

/// Gives the document of a letter, and behind it those of what is attached.
pub(super) fn read(opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let (depth, budget) = (opened.depth + 1, Arc::clone(&opened.budget));
    let (bytes, file_hash) = opened.read_whole(reading.max_bytes)?;
    let message = MessageParser::default().parse(&bytes).filter(|message| !message.headers().is_empty());
    let message = message.ok_or_else(|| Fault::malformed(None, "it has no header"))?;
    let base = Document { origin: origin.clone(), file_hash, ..Document::default() };
    // Of a letter in a letter in an archive only the names are known.
    let attached = if depth > DEEPEST { Vec::new() } else { attached(&message) };
    let is_carrier = !attached.is_empty();
    let outer = Letter { origin: origin.clone(), reading: reading.clone(), depth, budget };
    let documents = outer.documents(attached);
    match letter(&message, &bytes, base, reading) {
        Ok(document) => Ok(Box::new(once(Ok(document)).chain(documents))),
        // What only brings something else need not say anything.
        Err(Fault { reason: SkipReason::NoText, .. }) if is_carrier => Ok(Box::new(documents)),
        Err(fault) => Err(fault),
    }
}

fn letter(message: &Message<'_>, bytes: &[u8], base: Document, reading: &Reading) -> Result<Document, Fault> {
    let parts = texts(message, reading);
    let saved = saved_page(message);
    let mut document = match &parts[..] {
        [] => base,
        [Part { decoded, is_page: true }, ..] if saved.is_some() => html::read(&decoded.text, base)?,
        [Part { decoded, is_page: false }] => text::read(&decoded.text, base)?,
        parts => Document { body: joined(parts)?, ..base },
    };
    document.losses.extend(parts.into_iter().filter_map(|part| part.decoded.loss));
    match saved {
        Some(address) => {
            document.url = document.url.take().or(Some(address)).filter(|url| url.starts_with("http"));
            if document.title.is_empty() {
                name(&mut document, message);
            }
        }
        None => head(&mut document, message),
    }
    let attached = message.attachments().filter_map(|part| part.attachment_name());
    document.extra.extend(attached.map(|name| ("attachment".to_string(), name.to_string())));
    document.losses.extend(cut(message, bytes, document.body.len()));
    if document.body.trim().is_empty() && document.title.trim().is_empty() {
        return Err(SkipReason::NoText.into());
    }
    Ok(document)
}

/// A part as text.
struct Part {
    decoded: Decoded,
    is_page: bool,
}

/// The parts that are the letter: as pages where there are any, for plain copies of them are often poor.
fn texts(message: &Message<'_>, reading: &Reading) -> Vec<Part> {
    let pages: Vec<Part> = message.html_bodies().filter_map(|part| decoded(part, message, reading)).collect();
    let has_text = pages.iter().any(|part| !part.decoded.text.trim().is_empty());
    if has_text { pages } else { message.text_bodies().filter_map(|part| decoded(part, message, reading)).collect() }
}

fn decoded(part: &MessagePart<'_>, message: &Message<'_>, reading: &Reading) -> Option<Part> {
    let (text, is_page) = match &part.body {
        PartType::Text(text) => (text, false),
        PartType::Html(text) => (text, true),
        _ => return None,
    };
    let bytes = bytes(part, message);
    let named = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_string);
    let read = |bytes: Vec<u8>| {
        let declared = named.or_else(|| html::declared_charset(&bytes));
        decode::read(bytes, reading.encoding, declared.as_deref()).ok()
    };
    // What the parser made of a damaged part is better than nothing.
    let decoded = bytes.and_then(read).unwrap_or_else(|| Decoded {
        text: text.to_string(),
        loss: None,
        encoding: encoding_rs::UTF_8,
    });
    Some(Part { decoded, is_page })
}

/// What a part was sent as: the parser reads a text in a charset of its own choice.
pub(super) fn bytes(part: &MessagePart<'_>, message: &Message<'_>) -> Option<Vec<u8>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}

fn joined(parts: &[Part]) -> Result<String, Fault> {
    let text = |part: &Part| match part.is_page {
        true => html::chapter(&part.decoded.text, "", Document::default()).map(|page| whole(&page)),
        false => Ok(text::without_blank_lines(&part.decoded.text).to_string()),
    };
    let mut texts = parts.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    texts.retain(|text| !text.is_empty());
    Ok(texts.join("\n\n"))
}

/// Title and body, where the title is a heading of a letter.
fn whole(page: &Document) -> String {
    match page.title.is_empty() || page.body.starts_with(&page.title) {
        true => page.body.clone(),
        false => format!("{}\n\n{}", page.title, page.body),
    }
}

/// The address of a page that was saved: such a letter went to nobody.
fn saved_page(message: &Message<'_>) -> Option<String> {
    let is_sent = message.to().is_some() || message.received().is_some();
    let own = message.header_raw("Snapshot-Content-Location").map(|address| address.trim().to_string());
    let of_part = || message.html_bodies().find_map(|part| part.content_location().map(str::to_string));
    own.or_else(of_part).filter(|_| !is_sent)
}

/// What the header of a letter says.
fn head(document: &mut Document, message: &Message<'_>) {
    name(document, message);
    if let Some(date) = message.date() {
        document.date = DateSpan::new(date.year.into(), Some(date.month), Some(date.day));
        document.found.extend(document.date.map(|_| ("date".to_string(), "header".to_string())));
    }
    let sender = match message.from() {
        Some(Address::List(senders)) => senders.first(),
        Some(Address::Group(groups)) => groups.first().and_then(|group| group.addresses.first()),
        None => None,
    };
    let sender = sender.and_then(|sender| sender.name().or_else(|| sender.address()));
    if let Some(sender) = sender.map(str::trim).filter(|sender| !sender.is_empty()) {
        document.authors = vec![sender.to_string()];
        document.found.push(("authors".into(), "header".into()));
    }
}

/// The subject as title; one in bytes that no header may hold is decoded as a text is.
fn name(document: &mut Document, message: &Message<'_>) {
    let header = message.headers().iter().rev().find(|header| header.name().eq_ignore_ascii_case("subject"));
    let raw =
        header.and_then(|header| message.raw_message.get(header.offset_start() as usize..header.offset_end() as usize));
    let is_bytes = raw.is_some_and(|raw| !raw.is_ascii());
    let decoded = raw.filter(|_| is_bytes).and_then(|raw| decode::read(raw.to_vec(), None, None).ok());
    let subject = decoded.map(|decoded| decoded.text).or_else(|| message.subject().map(str::to_string));
    let Some(subject) = subject.map(|subject| subject.trim().to_string()).filter(|subject| !subject.is_empty()) else {
        return;
    };
    if let Some((_, rule)) = document.found.iter_mut().find(|(field, _)| field == "title") {
        // What was taken for the title of the text is its first line, and stays one.
        if document.title != subject {
            document.body = format!("{}\n\n{}", document.title, document.body);
        }
        *rule = "header".into();
    } else {
        document.found.push(("title".into(), "header".into()));
    }
    document.title = subject;
}

/// Whether the letter ends before its last part does.
fn cut(message: &Message<'_>, bytes: &[u8], kept: usize) -> Option<Loss> {
    let boundary = message.content_type().and_then(|kind| kind.attribute("boundary"))?;
    let end = format!("--{boundary}--");
    let is_whole = bytes.windows(end.len()).any(|window| window == end.as_bytes());
    (!is_whole).then_some(Loss::Cut { kept: kept as u64 })
}
