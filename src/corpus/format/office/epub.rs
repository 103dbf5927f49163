//! Books, `.epub`: one document a chapter, that is, a file of the book's reading order, with its own title and the
//! book's under `book`.
//!
//! A chapter is what a reader opens, quotes and counts by; a whole book as one document would be found by any two words.
//! The table of contents and what holds no text, as a cover, are left out.

use std::collections::HashMap;

use super::super::super::date;
use super::super::super::reader::Reading;
use super::super::super::skip::{Fault, Skip, SkipReason};
use super::super::markup::{Piece, walk};
use super::super::record::split_names;
use super::super::{Items, html};
use super::package::Package;
use crate::document::Document;

/// Gives the chapters of a book.
pub(in super::super) fn read(bytes: &[u8], base: Document, reading: &Reading) -> Result<Items, Fault> {
    let mut package = Package::open(bytes, reading.max_bytes)?;
    let container = package.required("META-INF/container.xml")?;
    let path = root_file(&container)?;
    let book = Book::new(&package.required(&path)?)?;
    let rights = package.text("META-INF/encryption.xml")?.unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut items, mut number) = (Vec::new(), 0);
    for href in &book.chapters {
        let name = resolved(folder, href);
        // Fonts may be garbled without anything being locked.
        if rights.contains(&format!("URI=\"{name}\"")) {
            return Err(SkipReason::Encrypted.into());
        }
        let base = book.chapter(&base, number + 1);
        let origin = base.origin.clone();
        let read = package.required(&name).and_then(|page| html::chapter(&page, &book.title, base));
        let is_blank = |document: &Document| document.body.trim().is_empty();
        if read.as_ref().is_ok_and(is_blank) {
            continue;
        }
        number += 1;
        items.push(read.map_err(|fault| Skip::new(&origin, Some(number), fault)));
    }
    if items.is_empty() {
        let message = "is a book without text: run text recognition (OCR) on its pages first";
        return Err(Fault::new(SkipReason::NoText, message));
    }
    Ok(Box::new(items.into_iter()))
}

/// The path of the part that describes the book.
fn root_file(container: &str) -> Result<String, Fault> {
    let mut path = None;
    walk(container, &mut |piece, _| {
        if let Piece::Open(element) = piece {
            path = path.take().or_else(|| element.get("full-path"));
        }
        path.is_none()
    })?;
    path.ok_or_else(|| Fault::malformed(None, "it does not say where its book is"))
}

/// What is known about a book.
#[derive(Default)]
struct Book {
    title: String,
    authors: Vec<String>,
    date: String,
    publisher: String,
    /// The files of its chapters, in their order.
    chapters: Vec<String>,
}

impl Book {
    fn new(package: &str) -> Result<Self, Fault> {
        let (mut book, mut files, mut contents, mut open) = (Self::default(), HashMap::new(), None, String::new());
        walk(package, &mut |piece, _| {
            match piece {
                Piece::Open(element) => {
                    open = element.name().to_string();
                    let get = |name| element.get(name).unwrap_or_default();
                    match element.name() {
                        "item" if get("properties").split(' ').any(|property| property == "nav") => {
                            contents = Some(get("id"));
                        }
                        "item" => drop(files.insert(get("id"), get("href"))),
                        "itemref" => book.chapters.extend(files.remove(&get("idref"))),
                        _ => {}
                    }
                }
                Piece::Text(text) => match open.as_str() {
                    "title" if book.title.is_empty() => book.title = text.trim().to_string(),
                    "creator" => book.authors.extend(split_names(text)),
                    "date" if book.date.is_empty() => book.date = text.trim().to_string(),
                    "publisher" if book.publisher.is_empty() => book.publisher = text.trim().to_string(),
                    _ => {}
                },
                Piece::Close(_) => open.clear(),
            }
            true
        })?;
        Ok(book)
    }

    /// The beginnings of a chapter's document.
    fn chapter(&self, base: &Document, number: u64) -> Document {
        let mut document = base.clone();
        document.origin.record = number;
        document.authors.clone_from(&self.authors);
        document.date = date::parse(&self.date);
        document.source = Some(self.publisher.clone()).filter(|publisher| !publisher.is_empty());
        if !self.title.is_empty() {
            document.extra.push(("book".into(), self.title.clone()));
        }
        let facts = [
            ("authors", !document.authors.is_empty()),
            ("date", document.date.is_some()),
            ("source", document.source.is_some()),
        ];
        let found = facts.iter().filter(|(_, is_there)| *is_there);
        document.found.extend(found.map(|(field, _)| (field.to_string(), "book".into())));
        document
    }
}

/// The name of a part that another in a folder refers to.
fn resolved(folder: &str, href: &str) -> String {
    let plain = href.split('#').next().unwrap_or("");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in plain.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    unescaped(&parts.join("/"))
}

/// Without the escapes of an address: `%E7%AC%AC` is 第.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_parts() {
        let rows = [
            ("OEBPS", "Text/1.xhtml#a", "OEBPS/Text/1.xhtml"),
            ("OEBPS/x", "../%E7%AC%AC.html", "OEBPS/第.html"),
            ("", "./a%.html", "a%.html"),
        ];
        for (folder, href, name) in rows {
            assert_eq!(resolved(folder, href), name);
        }
    }
}
