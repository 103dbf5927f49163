//! The iterator over a corpus: one file after another, each as the documents and skips that its format makes of it.
//!
//! One file is open at a time. Which files there are is left to `walk`, what is in them to `format`.

use std::fmt;
use std::iter::once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::Encoding;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::compress::{Opened, Taken};
use super::decode::charset;
use super::fields::Keys;
use super::finished::{Draft, Finished};
use super::format::{self, Items};
#[cfg(feature = "formats")]
use super::helper::Helper;
use super::skip::{Fault, Skip, SkipReason};
use super::walk::SourceFile;
use super::{Corpus, CorpusError, Current, ReadOptions, dateline};
use crate::document::{DateSpan, Document, Loss, Origin};

/// What the options mean, worked out once.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub keys: Arc<Keys>,
    /// The charset that overrides detection.
    pub encoding: Option<&'static Encoding>,
    /// Charsets of files that fit a pattern.
    encodings: Vec<(Gitignore, &'static Encoding)>,
    pub max_bytes: u64,
    max_text: usize,
    /// Tells whether a file would be read in the same way again.
    pub fingerprint: String,
    /// The program that reads what can crash its reader.
    #[cfg(feature = "formats")]
    pub helper: Option<Arc<Helper>>,
}

/// Version of what is read from files: a file that another version has read is read again.
const VERSION: u32 = 1;
/// What is told of a file that gives nothing.
const BARE: &str = "holds nothing that is read: remove it, or fetch it again";

impl Reading {
    pub(super) fn new(options: &ReadOptions) -> Result<Self, CorpusError> {
        let known =
            |label: &String| charset(label).ok_or_else(|| CorpusError::UnknownEncoding { label: label.clone() });
        let encoding = options.encoding.as_ref().map(known).transpose()?;
        let of_pattern = |(pattern, label): &(String, String)| Ok((rule(pattern)?, known(label)?));
        let encodings = options.encodings.iter().map(of_pattern).collect::<Result<_, CorpusError>>()?;
        Ok(Self {
            keys: Arc::new(Keys::new(&options.fields)?),
            encoding,
            encodings,
            max_bytes: options.max_bytes,
            max_text: usize::try_from(options.max_text).unwrap_or(usize::MAX),
            fingerprint: fingerprint(options),
            #[cfg(feature = "formats")]
            helper: options.helper.clone().map(Arc::new),
        })
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

/// Cuts the texts of a document, whose analysis takes a multiple of their bytes.
fn cut(document: &mut Document, most: usize) {
    for text in [&mut document.title, &mut document.body, &mut document.rest] {
        if text.len() > most {
            text.truncate(text.floor_char_boundary(most));
            text.shrink_to_fit();
            document.losses.push(Loss::Cut { kept: text.len() as u64 });
        }
    }
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
    open: Option<Open>,
    current: Arc<Mutex<Current>>,
    finished: Finished,
    /// The date of the last document of the file, or of the entry in an archive, that had one.
    before: Option<(Option<String>, DateSpan)>,
}

/// The file that is being read.
struct Open {
    items: Items,
    origin: Origin,
    draft: Draft,
    taken: Option<Arc<Taken>>,
}

impl Documents {
    pub(super) fn new(corpus: Corpus) -> Self {
        let Corpus { listing, reading, read_bytes, current, finished, .. } = corpus;
        let files = listing.entries.into_iter();
        Self { files, reading, read_bytes, begun: 0, open: None, current, finished, before: None }
    }

    /// Tells which file comes now.
    fn tell(&self, file: &SourceFile) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.path.clone_from(&file.origin.path);
        current.files += 1;
    }

    fn open(&self, file: &SourceFile) -> Open {
        let draft = Draft::new(file, &self.reading.fingerprint);
        let opened = match format::refusal(&file.origin.path) {
            Some(fault) => Err(fault),
            None => Opened::new(file, Arc::clone(&self.read_bytes)),
        };
        let taken = opened.as_ref().ok().map(Opened::taken);
        let encoding = self.reading.encoding_of(&file.origin.path);
        let items = if encoding == self.reading.encoding {
            opened.and_then(|opened| format::read(opened, &file.origin, &self.reading))
        } else {
            let reading = Reading { encoding, ..self.reading.clone() };
            opened.and_then(|opened| format::read(opened, &file.origin, &reading))
        };
        let items = items.unwrap_or_else(|fault: Fault| Box::new(once(Err(Skip::new(&file.origin, None, fault)))));
        Open { items, origin: file.origin.clone(), draft, taken }
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(Open { items, draft, .. }) = &mut self.open
                && let Some(mut item) = items.next()
            {
                if let Ok(document) = &mut item {
                    cut(document, self.reading.max_text);
                    let entry = &document.origin.entry;
                    let before = self.before.as_ref().filter(|(other, _)| other == entry).map(|(_, date)| *date);
                    dateline::finish(document, before);
                    self.before = document.date.or(before).map(|date| (document.origin.entry.clone(), date));
                }
                draft.add(&item);
                return Some(item);
            }
            self.before = None;
            if let Some(Open { items, origin, mut draft, taken }) = self.open.take() {
                drop(items);
                draft.hashed(taken.and_then(|taken| taken.hash()));
                // Nothing vanishes from the report, nor stays in an index because nothing came in its place.
                let bare = draft.is_bare().then(|| Skip::new(&origin, None, Fault::new(SkipReason::NoText, BARE)));
                let bare = bare.inspect(|skip| draft.skip(skip));
                self.finished.push(draft);
                if let Some(skip) = bare {
                    return Some(Err(skip));
                }
            }
            // A file that was given up early, or passed by, counts whole, so that a progress bar reaches its end.
            self.read_bytes.fetch_max(self.begun, Ordering::Relaxed);
            match self.files.next()? {
                Ok(file) => {
                    self.begun += file.bytes;
                    self.tell(&file);
                    if self.finished.wants(&file, &self.reading.fingerprint) {
                        self.open = Some(self.open(&file));
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
