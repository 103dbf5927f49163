//! One file per kind of text, and the list of them: what a file is, by its content, and by its name where the content
//! says nothing.
//!
//! A kind gets decoded text, or the bytes of a file that is no plain text, or a stream of bytes where a file may have
//! any size, and gives documents. Opening, decompressing and decoding are done outside, once for all kinds.

#[cfg(feature = "formats")]
mod attached;
mod content;
mod head;
mod html;
mod json;
mod jsonl;
mod kind;
mod lines;
mod linked;
mod markdown;
#[cfg(feature = "formats")]
mod markup;
mod page;
mod properties;
mod record;
mod rtf;
mod strip;
mod table;
mod text;
mod value;
mod writer;

#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
mod office;
#[cfg(feature = "formats")]
mod pdf;
#[cfg(feature = "formats")]
mod xml;

use std::iter::once;

use super::archive::{self, Archive};
use super::compress::Opened;
use super::decode::{self, Decoded};
use super::reader::Reading;
use super::skip::{Fault, Skip, SkipReason};
use crate::document::{Document, Origin};

/// What a file gives.
pub(super) type Items = Box<dyn Iterator<Item = Result<Document, Skip>> + Send>;

/// A kind of file: the endings of its names, and how its text becomes documents.
struct Format {
    endings: &'static [&'static str],
    read: Reader,
}

#[derive(Clone, Copy)]
enum Reader {
    /// The text of one document; the base has its origin, hash and losses.
    One(fn(&str, Document) -> Result<Document, Fault>),
    /// The bytes of a file that is no plain text; the base has its origin and hash.
    Bytes(fn(&[u8], Document, &Reading) -> Result<Items, Fault>),
    /// A text of records.
    Records(fn(Decoded, Document, &Reading) -> Items),
    /// A stream of records.
    Stream(fn(Opened, &Origin, &Reading) -> Result<Items, Fault>),
}

/// Every kind there is.
const FORMATS: &[Format] = &[
    Format { endings: &["txt", "text"], read: Reader::One(text::read) },
    Format { endings: &["md", "markdown"], read: Reader::One(markdown::read) },
    Format { endings: &["html", "htm", "shtml", "xhtml"], read: Reader::One(html::read) },
    Format { endings: &["json"], read: Reader::Records(json::read) },
    Format { endings: &["jsonl", "ndjson"], read: Reader::Stream(jsonl::read) },
    Format { endings: &["csv", "tsv"], read: Reader::Stream(table::read) },
    Format { endings: &["rtf"], read: Reader::Bytes(rtf::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["xml", "rss", "atom"], read: Reader::Records(xml::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["eml", "mht", "mhtml"], read: Reader::Stream(mail::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["docx", "docm", "dotx"], read: Reader::Bytes(office::docx::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["odt", "ott"], read: Reader::Bytes(office::odt::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["epub"], read: Reader::Bytes(office::epub::read) },
    #[cfg(feature = "formats")]
    Format { endings: &["pdf"], read: Reader::Bytes(pdf::read) },
];

/// Endings of what is no text, blank-separated.
const BINARY: &str = include_str!("../data/binary_endings.txt");

/// The first ending of each kind that is read, as a sentence lists them.
pub(super) fn endings() -> String {
    let endings: Vec<String> = FORMATS.iter().map(|format| format!(".{}", format.endings[0])).collect();
    endings.join(", ")
}

/// Why a file of this name is not even opened.
pub(super) fn refusal(path: &str) -> Option<Fault> {
    let extension = ending(path);
    let mut lists = BINARY.lines().filter(|line| !line.starts_with('#'));
    let is_known = lists.any(|list| list.split(' ').any(|known| known == extension));
    is_known.then(|| SkipReason::UnknownFormat { extension }.into())
}

/// Whether files with this ending are read.
pub(super) fn is_known(ending: &str) -> bool {
    FORMATS.iter().any(|format| format.endings.contains(&ending))
}

/// Reads one file, whatever it is, an archive with it.
pub(super) fn read(opened: Opened, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let name = origin.entry.as_deref().unwrap_or(&origin.path);
    let named = opened.kind.map_or_else(|| ending(name), str::to_string);
    let kind = kind::of(&opened.head, &named);
    // A document that is a package of parts is no archive.
    if matches!(kind, None | Some("zip"))
        && let Some(archive) = Archive::of(&opened.head, &named)?
    {
        return archive::read(archive, opened, origin, reading);
    }
    let wanted = kind.unwrap_or(&named);
    match FORMATS.iter().find(|format| format.endings.contains(&wanted)).map(|format| format.read) {
        Some(Reader::Stream(read)) => read(opened, origin, reading),
        Some(reader) => whole(opened, reader, origin, reading),
        None if kind.is_some() => Err(SkipReason::UnknownFormat { extension: wanted.to_string() }.into()),
        None => whole(opened, Reader::One(text::read), origin, reading),
    }
}

/// A file that is held in memory at once.
fn whole(mut opened: Opened, reader: Reader, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let sent = opened.charset.take();
    let (bytes, file_hash) = opened.read_whole(reading.max_bytes)?;
    let mut base = Document { origin: origin.clone(), file_hash, ..Document::default() };
    if let Reader::Bytes(read) = reader {
        return read(&bytes, base, reading);
    }
    let declared = sent.or_else(|| html::declared_charset(&bytes));
    let decoded = decode::read(bytes, reading.encoding, declared.as_deref())?;
    base.charset = decoded.charset();
    match reader {
        Reader::Records(read) => Ok(read(decoded, base, reading)),
        Reader::One(read) => one(read(&decoded.text, Document { losses: decoded.loss.into_iter().collect(), ..base })?),
        Reader::Bytes(_) | Reader::Stream(_) => one(base),
    }
}

/// The only document of a file.
fn one(document: Document) -> Result<Items, Fault> {
    if document.title.trim().is_empty() && document.body.trim().is_empty() {
        return Err(Fault::new(SkipReason::NoText, "has no text in it: remove it, or fetch it again"));
    }
    Ok(Box::new(once(Ok(document))))
}

/// Reads a file within a helper process.
#[cfg(feature = "formats")]
pub(super) fn convert(bytes: Vec<u8>) -> super::helper::Reply {
    pdf::convert(bytes)
}

/// The ending of a name in lower case, that of compression left out.
fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let packed = ["gz", "zst", "zstd", "bz2", "xz"].iter().find_map(|end| name.strip_suffix(end)?.strip_suffix('.'));
    let name = packed.unwrap_or(&name);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_names() {
        let rows = [
            ("a/B.TXT", "txt"),
            ("a.b/c", ""),
            ("x.jsonl.gz", "jsonl"),
            ("x.Tar.ZST", "tar"),
            ("README.gz", ""),
            ("a.zip!b/c.md", "md"),
        ];
        for (path, expected) in rows {
            assert_eq!(ending(path), expected, "{path}");
        }
    }
}
