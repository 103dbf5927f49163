//! The iterator over a corpus: one file after another, each as the documents and skips that its format makes of it.
//!
//! One file is open at a time. Which files there are is left to `walk`, what is in them to `format`.

use std::fmt;
use std::iter::once;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;

use super::compress::Opened;
use super::decode::charset;
use super::fields::Keys;
use super::format::{self, Items};
#[cfg(feature = "formats")]
use super::helper::Helper;
use super::skip::{Fault, Skip};
use super::walk::{Listing, SourceFile};
use super::{CorpusError, ReadOptions};
use crate::document::Document;

/// What the options mean, worked out once.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub keys: Arc<Keys>,
    /// The charset that overrides detection.
    pub encoding: Option<&'static Encoding>,
    pub max_bytes: u64,
    /// The program that reads what can crash its reader.
    #[cfg(feature = "formats")]
    pub helper: Option<Arc<Helper>>,
}

impl Reading {
    pub(super) fn new(options: &ReadOptions) -> Result<Self, CorpusError> {
        let known =
            |label: &String| charset(label).ok_or_else(|| CorpusError::UnknownEncoding { label: label.clone() });
        let encoding = options.encoding.as_ref().map(known).transpose()?;
        Ok(Self {
            keys: Arc::new(Keys::new(&options.fields)?),
            encoding,
            max_bytes: options.max_bytes,
            #[cfg(feature = "formats")]
            helper: options.helper.clone().map(Arc::new),
        })
    }
}

/// The documents of a corpus, file by file, and a [`Skip`] for whatever gave none.
pub struct Documents {
    files: std::vec::IntoIter<Result<SourceFile, Skip>>,
    reading: Reading,
    read_bytes: Arc<AtomicU64>,
    /// Bytes on disk of the files begun, as the walk saw them.
    begun: u64,
    current: Option<Items>,
}

impl Documents {
    pub(super) fn new(listing: Listing, reading: Reading, read_bytes: Arc<AtomicU64>) -> Self {
        Self { files: listing.entries.into_iter(), reading, read_bytes, begun: 0, current: None }
    }

    fn open(&mut self, file: &SourceFile) -> Items {
        self.begun += file.bytes;
        let opened = match format::refusal(&file.origin.path) {
            Some(fault) => Err(fault),
            None => Opened::new(file, Arc::clone(&self.read_bytes)),
        };
        let items = opened.and_then(|opened| format::read(opened, &file.origin, &self.reading));
        items.unwrap_or_else(|fault: Fault| Box::new(once(Err(Skip::new(&file.origin, None, fault)))))
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            if self.current.take().is_some() {
                // A file that was given up early counts whole, so that a progress bar reaches its end.
                self.read_bytes.fetch_max(self.begun, Ordering::Relaxed);
            }
            match self.files.next()? {
                Ok(file) => self.current = Some(self.open(&file)),
                Err(skip) => return Some(Err(skip)),
            }
        }
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Documents").field("files_left", &self.files.len()).finish_non_exhaustive()
    }
}
