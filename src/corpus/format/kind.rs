//! What a file is by its first bytes, whatever its name: as the ending that such files commonly have.
//!
//! Only what cannot be anything else is told here; text without a mark of its kind is left to its name.

use encoding_rs::{Encoding, UTF_8};

use super::html;

/// Bytes in which a PDF may begin, and a page or a letter shows what it is.
const START: usize = 4 << 10;
/// Endings of pages, for which a declaration of XML says nothing.
const PAGES: [&str; 4] = ["html", "htm", "shtml", "xhtml"];
/// Endings of tables that spreadsheets have; a plain text under one of them is a table.
const SHEETS: [&str; 2] = ["xls", "et"];
/// The name that an encrypted document of Word's keeps its content under, in UTF-16 as it stands in the file.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// The kind of a file that begins with these bytes; `named` is the ending of its name.
pub(super) fn of<'a>(head: &[u8], named: &'a str) -> Option<&'a str> {
    let start = &head[..head.len().min(START)];
    let plain = start.trim_ascii_start();
    if plain.starts_with(b"%PDF-") || named == "pdf" && contains(start, b"%PDF-") {
        return Some("pdf");
    }
    if plain.starts_with(b"{\\rtf") {
        return Some("rtf");
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(package(head, named));
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(compound(head, named));
    }
    let text = decoded(start);
    if html::is_page(&text) {
        return Some("html");
    }
    if is_letter(&text) {
        return Some("eml");
    }
    let text = text.trim_start();
    if ["<?xml", "<rss", "<feed"].iter().any(|mark| text.starts_with(mark)) && !PAGES.contains(&named) {
        return Some(if text.contains("<html") { "html" } else { "xml" });
    }
    SHEETS.contains(&named).then_some("csv")
}

/// A document that is a ZIP, by the names of its first parts; for any other archive `zip`.
fn package<'a>(head: &[u8], named: &'a str) -> &'a str {
    const MARKS: [(&[u8], &str); 6] = [
        (b"mimetypeapplication/epub+zip", "epub"),
        (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
        (b"mimetypeapplication/vnd.oasis.opendocument", "ods"),
        (b"word/", "docx"),
        (b"xl/", "xlsx"),
        (b"ppt/", "pptx"),
    ];
    let is_marked = |mark: &[u8]| match mark.starts_with(b"mimetype") {
        true => head.get(30..).is_some_and(|name| name.starts_with(mark)),
        // The first entries of such a package are its list of parts and its relations.
        false => {
            (head[30..].starts_with(b"[Content_Types].xml")
                || head[30..].starts_with(b"_rels/")
                || head[30..].starts_with(b"docProps/")
                || head[30..].starts_with(mark))
                && entries(head).any(|name| name.starts_with(mark))
        }
    };
    let found = MARKS.iter().find(|(mark, _)| head.len() > 30 && is_marked(mark)).map(|(_, kind)| *kind);
    let by_name = || ["docx", "docm", "dotx", "odt", "ott", "epub"].contains(&named).then_some(named);
    found.or_else(by_name).unwrap_or("zip")
}

/// The names of the entries whose headers stand in the first bytes of a ZIP.
fn entries(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts = head.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x03\x04");
    starts.filter_map(|(at, _)| {
        let length = usize::from(u16::from_le_bytes([*head.get(at + 26)?, *head.get(at + 27)?]));
        head.get(at + 30..at + 30 + length)
    })
}

/// A container of Microsoft's: an old binary document, or a new one that is encrypted.
fn compound<'a>(head: &[u8], named: &'a str) -> &'a str {
    const OLD: [&str; 8] = ["doc", "dot", "wps", "wpt", "xls", "et", "ppt", "dps"];
    match named {
        "docx" | "docm" | "dotx" => named,
        _ if contains(head, ENCRYPTED) => "docx",
        _ if OLD.contains(&named) => named,
        _ => "doc",
    }
}

/// The first characters, in UTF-16 where there is its mark; what is beyond ASCII does not matter here.
fn decoded(start: &[u8]) -> String {
    match Encoding::for_bom(start) {
        Some((encoding, length)) if encoding != UTF_8 => {
            encoding.decode_without_bom_handling(&start[length..]).0.into_owned()
        }
        Some((_, length)) => String::from_utf8_lossy(&start[length..]).into_owned(),
        None => String::from_utf8_lossy(start).into_owned(),
    }
}

/// Whether a text begins with the header of a letter, or of a page saved as one.
fn is_letter(text: &str) -> bool {
    let is_field = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    };
    let mut header = text.lines().skip_while(|line| line.starts_with("From ")).take_while(|line| is_field(line));
    header.any(|line| line.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("mime-version:")))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        let utf16: Vec<u8> = "\u{FEFF}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 100]].concat();
        let sealed = [old.as_slice(), ENCRYPTED].concat();
        let epub = [b"PK\x03\x04".as_slice(), &[0; 26], b"mimetypeapplication/epub+zip"].concat();
        let rows: [(&[u8], &str, Option<&str>); 18] = [
            (b"%PDF-1.4", "txt", Some("pdf")),
            (b"junk\n%PDF-1.4", "pdf", Some("pdf")),
            (b"on %PDF-1.4", "txt", None),
            (b"{\\rtf1", "doc", Some("rtf")),
            (b"<!DOCTYPE HTML>", "doc", Some("html")),
            (&utf16, "txt", Some("html")),
            (b"PK\x03\x04", "docx", Some("docx")),
            (b"PK\x03\x04", "txt", Some("zip")),
            (&epub, "zip", Some("epub")),
            (&old, "doc", Some("doc")),
            (&old, "txt", Some("doc")),
            (&sealed, "doc", Some("docx")),
            (b"<?xml version='1.0'?><rss>", "txt", Some("xml")),
            (b"<?xml version='1.0'?><html>", "txt", Some("html")),
            (b"From: a\r\nMIME-Version: 1.0\r\n", "doc", Some("eml")),
            (b"From: a\r\n\r\nMIME-Version: 1.0\r\n", "txt", None),
            (b"a\tb", "xls", Some("csv")),
            (b"text", "txt", None),
        ];
        for (head, named, kind) in rows {
            assert_eq!(of(head, named), kind, "{named} {:?}", String::from_utf8_lossy(head));
        }
    }
}
