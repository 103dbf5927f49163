//! Why a file or a record gave no document: a typed reason, and the sentence that tells it to a person.
//!
//! Nothing is skipped silently: whatever the walk or a reader passes over ends here. Counting, printing and the
//! exit code are left to the engine and the program.

use std::fmt;
use std::io;

use serde::Serialize;

use super::format;
use crate::document::Origin;

/// Endings of documents from before 2007, and of those that are made like them.
const OLD: [&str; 8] = ["doc", "dot", "wps", "wpt", "xls", "et", "ppt", "dps"];

/// A file, or a record of one, that gave no document. `Display` is one line: path, why, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Skip {
    /// Name of the folder that was read.
    pub root: String,
    /// Path relative to the root; empty for the root itself.
    pub path: String,
    /// Name inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Number of the record in the file, counted from 1; `None` for a whole file, or for the rest of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// What happened, for a program.
    pub reason: SkipReason,
    /// What happened, probably why, and what to do, for a person.
    pub message: String,
    /// The path's bytes where they are no UTF-8.
    #[serde(skip)]
    pub path_bytes: Option<Vec<u8>>,
    /// The key of the file, as [`Origin::file_key`] gives it.
    #[serde(skip)]
    pub file_key: String,
}

impl Skip {
    pub(super) fn new(origin: &Origin, record: Option<u64>, fault: Fault) -> Self {
        let Fault { reason, message } = fault;
        let Origin { root, path, path_bytes, entry, .. } = origin.clone();
        Self { root, path, entry, record, reason, message, path_bytes, file_key: origin.file_key() }
    }

    /// What stands behind the path of the file: `!news/1.txt` for an entry of an archive, `#3` for record 3, nothing for
    /// the file itself.
    pub fn within(&self) -> String {
        let entry = self.entry.as_ref().map_or(String::new(), |entry| format!("!{entry}"));
        let record = self.record.map_or(String::new(), |record| format!("#{record}"));
        entry + &record
    }

    /// Whether the file itself could not be opened or read now, so that what was indexed of it before is kept.
    pub fn keeps_old(&self) -> bool {
        matches!(self.reason, SkipReason::Unreadable { .. })
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slash = if self.path.is_empty() { "" } else { "/" };
        write!(f, "{}{slash}{}", self.root, self.path)?;
        write!(f, "{}: {}", self.within(), self.message)
    }
}

/// What kept a file or a record from becoming a document; as JSON `kind` and the fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SkipReason {
    /// No byte in it.
    Empty,
    /// No text in any charset known here.
    Binary,
    /// The system refused to open or to read it.
    Unreadable {
        /// The system's own words.
        error: String,
    },
    /// More bytes than allowed.
    TooLarge {
        /// Bytes it has, or those seen before reading was given up.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// Does not follow its format.
    Malformed {
        /// Line of the (decompressed) file, counted from 1, where there are lines.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
        /// What the parser said.
        reason: String,
    },
    /// A symbolic link that is not followed.
    SymbolicLink,
    /// A pipe, a socket or a device.
    NotRegular,
    /// It can be opened only with a password.
    Encrypted,
    /// Pages without any text: pictures of a scanner's.
    NoTextLayer {
        /// How many pages.
        pages: u64,
    },
    /// A kind of file that is read only by a helper program, and none was named.
    NoHelper,
    /// The helper program that reads this kind of file gave nothing: the file broke it, or it could not be run.
    Broken {
        /// How it ended.
        reason: String,
    },
    /// The helper program was stopped, for it took too long.
    TookTooLong {
        /// Seconds that it was given.
        seconds: u64,
    },
    /// The helper program needed more memory than it was given.
    TooMuchMemory {
        /// Bytes that it was given.
        limit: u64,
    },
    /// A kind of file that this version does not read.
    UnknownFormat {
        /// The name's ending without its dot, in lower case.
        extension: String,
    },
    /// Neither a title nor a body.
    NoText,
    /// Compressed data, or an archive, that is cut short or damaged.
    Decompression {
        /// `gzip`, `zstd`, `bzip2`, `xz`, `zip`, `tar`, `7z` or `warc`.
        format: String,
        /// What the decompressor said.
        error: String,
    },
    /// It grows as no text does when it is decompressed.
    TooCompressed,
    /// An archive in an archive in an archive.
    TooDeep {
        /// Archives, one in another, that are read.
        limit: u8,
    },
    /// An archive with more entries than allowed: those beyond.
    TooManyEntries {
        /// Entries that are read.
        limit: u64,
    },
    /// Pictures, redirections, errors and the like that a web archive holds beside pages.
    NoPages {
        /// How many there are.
        records: u64,
    },
}

impl SkipReason {
    /// The kind, as it stands in JSON: `malformed`.
    pub fn kind(&self) -> String {
        let kind = serde_json::to_value(self).ok().and_then(|json| json["kind"].as_str().map(str::to_owned));
        kind.unwrap_or_default()
    }
}

/// A reason with its sentence, before it is known which file it is about.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Fault {
    pub reason: SkipReason,
    pub message: String,
}

impl Fault {
    /// A fault with a sentence of its own.
    pub(super) fn new(reason: SkipReason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }

    pub(super) fn unreadable(error: &io::Error) -> Self {
        SkipReason::Unreadable { error: error.to_string() }.into()
    }

    pub(super) fn malformed(line: Option<u64>, reason: impl Into<String>) -> Self {
        SkipReason::Malformed { line, reason: reason.into() }.into()
    }
}

impl From<SkipReason> for Fault {
    /// The usual sentence.
    fn from(reason: SkipReason) -> Self {
        let message = match &reason {
            SkipReason::Empty => "is empty, probably a copy that failed: fetch it again".into(),
            SkipReason::Binary => "is no text: convert it to text first".into(),
            SkipReason::Unreadable { error } => format!(
                "cannot be read now ({error}): check its permissions and that it still exists, then run again; what \
                 was indexed of it before is kept"
            ),
            SkipReason::TooLarge { bytes, limit } => {
                format!("has {bytes} bytes or more, and {limit} are allowed: split it, or raise the limit")
            }
            SkipReason::Malformed { line: Some(line), reason } => {
                format!("line {line} is malformed ({reason}), probably cut short or edited by hand: correct it")
            }
            SkipReason::Malformed { line: None, reason } => {
                format!("is malformed ({reason}), probably cut short: fetch it again or correct it")
            }
            SkipReason::SymbolicLink => {
                "is a symbolic link, which is not followed: name its target as a path of its own to read it".into()
            }
            SkipReason::NotRegular => "is no regular file: copy its content into one to read it".into(),
            SkipReason::Encrypted => "is locked with a password: decrypt it, or save it without one".into(),
            SkipReason::NoTextLayer { pages } => {
                format!(
                    "has no text on any of its {pages} pages, which are pictures: run text recognition (OCR) on it first"
                )
            }
            SkipReason::NoHelper => {
                "is a PDF, which only a helper program may read, and none was named: set ReadOptions::helper".into()
            }
            SkipReason::Broken { reason } => {
                format!("cannot be read ({reason}), probably damaged or made to hurt: save it anew, or as text")
            }
            SkipReason::TookTooLong { seconds } => {
                format!("took more than {seconds} seconds to read, so it was given up: save it anew, or as text")
            }
            SkipReason::TooMuchMemory { limit } => {
                format!("takes more than {limit} bytes of memory to read: split it, or save it as text")
            }
            SkipReason::UnknownFormat { extension } if OLD.contains(&extension.as_str()) => {
                format!(
                    "is an old binary .{extension}, which is not read: open it in a word processor and save it anew"
                )
            }
            SkipReason::UnknownFormat { extension } => format!(
                "is of the kind .{extension}, and this version reads only {}, also compressed and in archives: convert it to \
                 one of them",
                format::endings()
            ),
            SkipReason::NoText => {
                "has neither a title nor a body: if its text has another name, say so with --field body=NAME".into()
            }
            SkipReason::Decompression { format, error } => {
                format!("is damaged {format} data ({error}), probably cut short while it was copied: fetch it again")
            }
            SkipReason::TooCompressed => {
                "grows more than a hundred times when decompressed, as no text does: decompress it yourself if you \
                 trust it"
                    .into()
            }
            SkipReason::TooDeep { limit } => {
                format!("is an archive in more than {limit} others: unpack the outer ones first")
            }
            SkipReason::TooManyEntries { limit } => {
                format!("has more than {limit} entries, and those beyond are left out: split it")
            }
            SkipReason::NoPages { records } => {
                format!("has {records} records that are no pages and were left out: nothing to do")
            }
        };
        Self { reason, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_is_a_kind_for_machines_and_a_line_for_people() {
        let origin = Origin { root: "news".into(), path: "a/b.jsonl".into(), ..Origin::default() };
        let skip = Skip::new(&origin, Some(3), Fault::malformed(Some(4), "EOF"));
        let json = serde_json::to_value(&skip).expect("plain data");
        assert_eq!(json["reason"], serde_json::json!({"kind": "malformed", "line": 4, "reason": "EOF"}));
        assert_eq!((json["path"].as_str(), json["record"].as_u64()), (Some("a/b.jsonl"), Some(3)));
        assert!(json.get("file_key").is_none() && skip.file_key == origin.file_key());
        assert!(skip.to_string().starts_with("news/a/b.jsonl#3: line 4 is malformed (EOF)"), "{skip}");
        assert!(!skip.keeps_old());
        let gone = Skip::new(&origin, None, Fault::unreadable(&io::ErrorKind::PermissionDenied.into()));
        assert!(gone.keeps_old() && !gone.to_string().contains('\n'));
        let empty = Skip::new(&origin, None, SkipReason::Empty.into());
        assert_eq!(serde_json::to_value(&empty).expect("plain data")["reason"]["kind"], "empty");
    }
}
