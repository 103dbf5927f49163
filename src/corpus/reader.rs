//! The iterator over a corpus: one file after another, each as the documents and skips that its format makes of it.
//!
//! One file is open at a time. Which files there are is left to `walk`, what is in them to `format`.

use std::fmt;
use std::iter::once;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::compress::Opened;
use super::decode::charset;
use super::fields::Keys;
use super::finished::{Draft, Finished};
use super::format::{self, Items};
use super::skip::{Fault, Skip};
use super::walk::{Listing, SourceFile};
use super::{CorpusError, ReadOptions, dateline};
use crate::document::{DateSpan, Document};

/// What the options mean, worked out once.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub keys: Arc<Keys>,
    /// The charset that overrides detection.
    pub encoding: Option<&'static Encoding>,
    /// Charsets of files that fit a pattern.
    encodings: Vec<(Gitignore, &'static Encoding)>,
    pub max_bytes: u64,
    /// Tells whether a file would be read in the same way again.
    pub fingerprint: String,
}

/// Version of what is read from files: a file that another version has read is read again.
const VERSION: u32 = 1;

impl Reading {
    pub(super) fn new(options: &ReadOptions) -> Result<Self, CorpusError> {
        let known =
            |label: &String| charset(label).ok_or_else(|| CorpusError::UnknownEncoding { label: label.clone() });
        let encoding = options.encoding.as_ref().map(known).transpose()?;
        let of_pattern = |(pattern, label): &(String, String)| Ok((rule(pattern)?, known(label)?));
        let encodings = options.encodings.iter().map(of_pattern).collect::<Result<_, CorpusError>>()?;
        let fingerprint = fingerprint(options);
        let keys = Arc::new(Keys::new(&options.fields)?);
        Ok(Self { keys, encoding, encodings, max_bytes: options.max_bytes, fingerprint })
    }

    /// The charset that overrides detection for a file.
    fn encoding_of(&self, path: &str) -> Option<&'static Encoding> {
        let mut fitting = self.encodings.iter().rev().filter(|(rule, _)| rule.matched(path, false).is_ignore());
        fitting.next().map(|(_, encoding)| *encoding).or(self.encoding)
    }
}

/// What of the options decides what a file gives. Its size does not: a file that was too large is tried again.
fn fingerprint(options: &ReadOptions) -> String {
    let ReadOptions { fields, encoding, encodings, .. } = options;
    let plain = fields.is_empty() && encoding.is_none() && encodings.is_empty();
    if plain { VERSION.to_string() } else { format!("{VERSION} {fields:?} {encoding:?} {encodings:?}") }
}

/// A pattern of paths below a root.
fn rule(pattern: &str) -> Result<Gitignore, CorpusError> {
    let wrong = |error: ignore::Error| CorpusError::Pattern { pattern: pattern.into(), reason: error.to_string() };
    let mut rules = GitignoreBuilder::new("");
    rules.add_line(None, pattern).map_err(wrong)?;
    rules.build().map_err(wrong)
}

/// The documents of a corpus, file by file, and a [`Skip`] for whatever gave none.
pub struct Documents {
    files: std::vec::IntoIter<Result<SourceFile, Skip>>,
    reading: Reading,
    read_bytes: Arc<AtomicU64>,
    /// Bytes on disk of the files begun, as the walk saw them.
    begun: u64,
    current: Option<(Items, Draft)>,
    finished: Finished,
    /// The date of the last document of the file that had one.
    before: Option<DateSpan>,
}

impl Documents {
    pub(super) fn new(listing: Listing, reading: Reading, read_bytes: Arc<AtomicU64>, finished: Finished) -> Self {
        let files = listing.entries.into_iter();
        Self { files, reading, read_bytes, begun: 0, current: None, finished, before: None }
    }

    fn open(&mut self, file: &SourceFile) -> Items {
        let opened = match format::refusal(&file.origin.path) {
            Some(fault) => Err(fault),
            None => Opened::new(file, Arc::clone(&self.read_bytes)),
        };
        let encoding = self.reading.encoding_of(&file.origin.path);
        let items = if encoding == self.reading.encoding {
            opened.and_then(|opened| format::read(opened, &file.origin, &self.reading))
        } else {
            let reading = Reading { encoding, ..self.reading.clone() };
            opened.and_then(|opened| format::read(opened, &file.origin, &reading))
        };
        items.unwrap_or_else(|fault: Fault| Box::new(once(Err(Skip::new(&file.origin, None, fault)))))
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((items, draft)) = &mut self.current
                && let Some(mut item) = items.next()
            {
                if let Ok(document) = &mut item {
                    dateline::finish(document, self.before);
                    self.before = document.date.or(self.before);
                }
                draft.add(&item);
                return Some(item);
            }
            self.before = None;
            if let Some((_, draft)) = self.current.take() {
                self.finished.push(draft);
            }
            // A file that was given up early, or passed by, counts whole, so that a progress bar reaches its end.
            self.read_bytes.fetch_max(self.begun, Ordering::Relaxed);
            match self.files.next()? {
                Ok(file) => {
                    self.begun += file.bytes;
                    if self.finished.wants(&file, &self.reading.fingerprint) {
                        let draft = Draft::new(&file, &self.reading.fingerprint);
                        self.current = Some((self.open(&file), draft));
                    }
                }
                Err(skip) => {
                    self.finished.push(Draft::of_skip(&skip, &self.reading.fingerprint));
                    return Some(Err(skip));
                }
            }
        }
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Documents").field("files_left", &self.files.len()).finish_non_exhaustive()
    }
}
