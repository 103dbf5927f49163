//! WARC: pages as a crawler stored them (ISO 28500), with what the server said about them.
//!
//! Pages are responses of success and of a kind that is read; each is an entry by its address. Requests, metadata and
//! the like are what an archive keeps for itself; pictures, redirections and errors are counted and told once. What an
//! HTTP answer consists of is left to `http`.

mod http;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use super::super::compress::Opened;
use super::super::format;
use super::super::skip::{Fault, SkipReason};
use super::pipe::{Entry, Sender};
use super::{Facts, damage, damaged};

/// Its name in messages.
const FORMAT: &str = "warc";
/// Bytes of the head of a record, and of an answer, at the most.
const HEAD: u64 = 64 << 10;
/// Kinds of what is left out that are told one by one.
const TOLD: usize = 5;
/// What servers call the kinds of files, and the endings of their names.
const KINDS: [(&str, &str); 9] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("application/pdf", "pdf"),
    ("application/msword", "doc"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/epub+zip", "epub"),
    ("application/rtf", "rtf"),
];

/// Names in lower case and values of a head.
type Fields = HashMap<String, String>;

/// Walks the records of a web archive.
pub(super) fn walk(mut opened: Opened, sender: &mut Sender) -> Result<(), Fault> {
    let head = std::mem::take(&mut opened.head);
    let mut stream = BufReader::new(Cursor::new(head).chain(Stream(opened)));
    let mut walk = Walk { sender, addresses: HashMap::new(), left_out: BTreeMap::new() };
    loop {
        match walk.record(&mut stream) {
            Ok(ControlFlow::Continue(true)) => {}
            Ok(ControlFlow::Continue(false)) => break,
            Ok(ControlFlow::Break(())) => return Ok(()),
            Err(fault) => {
                walk.sender.cut(fault);
                break;
            }
        }
    }
    walk.summary().map_or(Ok(()), Err)
}

struct Walk<'a> {
    sender: &'a mut Sender,
    /// Hashes of the addresses met, and how often.
    addresses: HashMap<u64, u64>,
    /// What was left out, and how often.
    left_out: BTreeMap<String, u64>,
}

impl Walk<'_> {
    /// Reads one record; whether there was one.
    fn record(&mut self, stream: &mut impl BufRead) -> Result<ControlFlow<(), bool>, Fault> {
        let Some(fields) = record_head(stream)? else { return Ok(ControlFlow::Continue(false)) };
        let length = fields.get("content-length").and_then(|length| length.parse().ok());
        let length: u64 = length.ok_or_else(|| damaged(FORMAT, "a record does not say how long it is"))?;
        let mut block = Whole { bytes: stream, left: length };
        let flow = self.block(&fields, &mut block)?;
        io::copy(&mut block, &mut io::sink()).map_err(|error| damage(FORMAT, &error))?;
        Ok(match flow {
            ControlFlow::Continue(()) => ControlFlow::Continue(true),
            ControlFlow::Break(()) => ControlFlow::Break(()),
        })
    }

    fn block(&mut self, fields: &Fields, block: &mut impl Read) -> Result<ControlFlow<()>, Fault> {
        let get = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let address = get("warc-target-uri").trim_matches(['<', '>']);
        let kind = match get("warc-type") {
            "response" if address.starts_with("http") => {
                let Some(mut answer) = http::answer(block, HEAD).map_err(|error| damage(FORMAT, &error))? else {
                    return Ok(self.leave_out("broken answers"));
                };
                if answer.status != 200 {
                    return Ok(self.leave_out(&format!("status {}", answer.status)));
                }
                if let Some(coding) = answer.unknown_coding() {
                    return Ok(self.leave_out(&format!("compressed as {coding}")));
                }
                let content_type = answer.content_type();
                let Some(entry) = self.entry(fields, address, &content_type) else {
                    return Ok(self.leave_out(kind_of(&content_type)));
                };
                return Ok(self.sender.entry(entry, &mut answer.body()));
            }
            "resource" | "conversion" => get("content-type"),
            _ => return Ok(ControlFlow::Continue(())),
        };
        match self.entry(fields, address, kind) {
            Some(entry) => Ok(self.sender.entry(entry, block)),
            None => Ok(self.leave_out(kind_of(kind))),
        }
    }

    /// The entry of a record, if its kind is one that is read.
    fn entry(&mut self, fields: &Fields, address: &str, content_type: &str) -> Option<Entry> {
        let kind = match kind_of(content_type) {
            "" => "",
            kind => KINDS.iter().find(|(name, ending)| *name == kind && format::is_known(ending))?.1,
        };
        let mut hasher = DefaultHasher::new();
        address.hash(&mut hasher);
        let times = self.addresses.entry(hasher.finish()).or_default();
        *times += 1;
        let number = if *times > 1 { *times } else { 0 };
        let (url, day) = (Some(address.to_string()), fields.get("warc-date"));
        // The day of the crawl is no day of publication, not even near it.
        let extra = day.map(|day| ("WARC-Date".to_string(), day.clone())).into_iter().collect();
        let (name, charset) = (address.to_string(), http::charset(content_type));
        Some(Entry { name, size: None, kind: Some(kind), charset, facts: Facts { url, extra, number } })
    }

    fn leave_out(&mut self, what: &str) -> ControlFlow<()> {
        let what = what.chars().filter(|c| !c.is_control()).take(40).collect();
        *self.left_out.entry(what).or_default() += 1;
        ControlFlow::Continue(())
    }

    /// What was left out, the commonest first.
    fn summary(&self) -> Option<Fault> {
        let records: u64 = self.left_out.values().sum();
        let mut counts: Vec<_> = self.left_out.iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let told: Vec<String> = counts.iter().take(TOLD).map(|(what, count)| format!("{count} {what}")).collect();
        let more = if counts.len() > TOLD { " and others" } else { "" };
        let list = told.join(", ");
        let message =
            format!("has {records} records that are no pages and were left out ({list}{more}): nothing to do");
        (records > 0).then(|| Fault::new(SkipReason::NoPages { records }, message))
    }
}

/// The kind that a content type names, without its parameters.
fn kind_of(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The fields of the next record; none at the end.
fn record_head(stream: &mut impl BufRead) -> Result<Option<Fields>, Fault> {
    let mut stream = stream.take(HEAD);
    let mut line = Vec::new();
    while line.trim_ascii().is_empty() {
        line.clear();
        if stream.read_until(b'\n', &mut line).map_err(|error| damage(FORMAT, &error))? == 0 {
            return Ok(None);
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(damaged(FORMAT, "no record begins where one should"));
    }
    match http::fields(&mut stream).map_err(|error| damage(FORMAT, &error))? {
        Some(fields) => Ok(Some(fields)),
        None => Err(damaged(FORMAT, "the head of a record is cut short, or larger than any")),
    }
}

/// The block of a record, all of it.
struct Whole<'a, R> {
    bytes: &'a mut R,
    left: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.bytes.read(&mut buffer[..room])?;
        self.left -= read as u64;
        if read == 0 && room > 0 {
            return Err(io::Error::other(damaged(FORMAT, format!("it ends {} bytes too early", self.left))));
        }
        Ok(read)
    }
}

/// The bytes of the archive behind its head, with what their errors mean.
struct Stream(Opened);

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| io::Error::other(self.0.fault(&error)))
    }
}
