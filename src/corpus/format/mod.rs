//! One file per kind of text, and the list of them: what a file is, by its name, and by its content where the name
//! says nothing.
//!
//! A kind gets decoded text, or a stream of bytes where a file may have any size, and gives documents. Opening,
//! decompressing and decoding are done outside, once for all kinds.

mod content;
mod head;
mod html;
mod json;
mod jsonl;
mod linked;
mod markdown;
mod page;
mod record;
mod strip;
mod text;
mod value;
mod writer;

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
    /// A text of records.
    Records(fn(Decoded, Document, &Reading) -> Items),
    /// A stream of records.
    Stream(fn(Opened, &Origin, &Reading) -> Result<Items, Fault>),
}

/// Every kind there is.
const FORMATS: [Format; 5] = [
    Format { endings: &["txt", "text"], read: Reader::One(text::read) },
    Format { endings: &["md", "markdown"], read: Reader::One(markdown::read) },
    Format { endings: &["html", "htm", "shtml", "xhtml"], read: Reader::One(html::read) },
    Format { endings: &["json"], read: Reader::Records(json::read) },
    Format { endings: &["jsonl", "ndjson"], read: Reader::Stream(jsonl::read) },
];

/// Endings of what is no text, blank-separated.
const BINARY: &str = include_str!("../data/binary_endings.txt");

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
    let ending = opened.kind.map_or_else(|| ending(name), str::to_string);
    if let Some(archive) = Archive::of(&opened.head, &ending)? {
        return archive::read(archive, opened, origin, reading);
    }
    let format = FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()));
    match format.map_or(Reader::One(sniff), |format| format.read) {
        Reader::Stream(read) => read(opened, origin, reading),
        reader => whole(opened, reader, origin, reading),
    }
}

/// A file that is held in memory at once.
fn whole(mut opened: Opened, reader: Reader, origin: &Origin, reading: &Reading) -> Result<Items, Fault> {
    let sent = opened.charset.take();
    let (bytes, file_hash) = opened.read_whole(reading.max_bytes)?;
    let declared = sent.or_else(|| html::declared_charset(&bytes));
    let decoded = decode::read(&bytes, reading.encoding, declared.as_deref())?;
    let charset = decoded.charset();
    let base = Document { origin: origin.clone(), file_hash, charset, ..Document::default() };
    let document = match reader {
        Reader::Records(read) => return Ok(read(decoded, base, reading)),
        Reader::One(read) => read(&decoded.text, Document { losses: decoded.loss.into_iter().collect(), ..base })?,
        Reader::Stream(_) => base,
    };
    if document.title.trim().is_empty() && document.body.trim().is_empty() {
        return Err(Fault::new(SkipReason::NoText, "has no text in it: remove it, or fetch it again"));
    }
    Ok(Box::new(once(Ok(document))))
}

/// A file whose name says nothing.
fn sniff(text: &str, base: Document) -> Result<Document, Fault> {
    if html::is_page(text) { html::read(text, base) } else { text::read(text, base) }
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
