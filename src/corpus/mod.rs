//! FILES → DOCUMENTS, or a Skip with its reason. The only code that reads articles.
//!
//! [`Corpus::open`] lists the files below some paths (`walk`); [`Corpus::documents`] reads them one after another
//! (`reader`): opened and decompressed (`compress`), decoded (`decode`, `charset`) and taken apart by the kind of file
//! (`format`, one file per kind); what can crash or hang its reader is read in a process of its own (`helper`). What a key of a record means is `fields`, what an article says about its own date,
//! source and authors is `dateline`. Analysing and storing the documents is left to others.
//!
//! Files and folders whose names begin with a dot are no part of a corpus. Everything else ends as documents, as
//! documents with losses, or as a [`Skip`].

mod charset;
mod compress;
mod date;
mod dateline;
mod decode;
mod error;
mod fields;
mod format;
#[cfg(feature = "formats")]
mod helper;
mod reader;
mod skip;
mod walk;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use error::{CorpusError, FieldError};
#[cfg(feature = "formats")]
pub use helper::{Helper, serve_as_helper};
pub use reader::Documents;
pub use skip::{Skip, SkipReason};

use fields::Field;
use reader::Reading;
use walk::Listing;

/// How to read a corpus.
///
/// ```
/// let mut options = xunzhang::corpus::ReadOptions::default();
/// options.map_field("body=content")?;
/// assert_eq!(options.fields, [("body".to_string(), "content".to_string())]);
/// # Ok::<(), xunzhang::corpus::FieldError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Fields of a record under other names: ours (`title`, `body`, `date`, `source`, `author`, `url`, `id`, `editor`)
    /// and the key of the source, with dots for a key inside an object. These go before the usual names.
    pub fields: Vec<(String, String)>,
    /// Follow symbolic links to regular files and folders inside the same root. Without it each is a [`Skip`].
    pub follow_links: bool,
    /// Charset of every file without a byte-order mark, as `gbk` or `big5`; `None` detects it.
    pub encoding: Option<String>,
    /// Bytes, decompressed, of the largest file that is read whole. Lines of JSON are streamed: there it limits a
    /// single line, which is never longer than 64 MiB.
    pub max_bytes: u64,
    /// The program that reads PDFs, in a process for each; without one each is a [`Skip`].
    #[cfg(feature = "formats")]
    pub helper: Option<Helper>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            fields: Vec::new(),
            follow_links: false,
            encoding: None,
            max_bytes: 256 << 20,
            #[cfg(feature = "formats")]
            helper: None,
        }
    }
}

impl ReadOptions {
    /// Checks a mapping such as `body=content` and adds it.
    ///
    /// # Errors
    /// It has no `=`, an empty key, or a field that documents do not have.
    pub fn map_field(&mut self, mapping: &str) -> Result<(), FieldError> {
        let split = mapping.split_once('=').map(|(field, key)| (field.trim(), key.trim()));
        let (field, key) = split
            .filter(|(field, key)| !field.is_empty() && !key.is_empty())
            .ok_or_else(|| FieldError::NoMapping { mapping: mapping.to_string() })?;
        Field::named(field)?;
        self.fields.push((field.to_string(), key.to_string()));
        Ok(())
    }
}

/// The files of some paths, sorted, with their sizes.
///
/// ```no_run
/// use xunzhang::corpus::{Corpus, ReadOptions};
///
/// let corpus = Corpus::open(&["articles".into()], ReadOptions::default())?;
/// for read in corpus.documents() {
///     match read {
///         Ok(document) => println!("{}", document.title),
///         Err(skip) => eprintln!("{skip}"),
///     }
/// }
/// # Ok::<(), xunzhang::corpus::CorpusError>(())
/// ```
#[derive(Debug)]
pub struct Corpus {
    listing: Listing,
    reading: Reading,
    read_bytes: Arc<AtomicU64>,
}

impl Corpus {
    /// Lists the files of the folders and the files named, without opening any. A file named directly belongs to its
    /// folder; a path inside another one named is listed once.
    ///
    /// # Errors
    /// A path does not exist or cannot be reached, a field or a charset of the options is unknown.
    pub fn open(paths: &[PathBuf], options: ReadOptions) -> Result<Self, CorpusError> {
        let listing = walk::list(paths, options.follow_links)?;
        Ok(Self { listing, reading: Reading::new(&options)?, read_bytes: Arc::default() })
    }

    /// Number of files that will be read.
    pub fn files(&self) -> usize {
        self.listing.entries.iter().filter(|entry| entry.is_ok()).count()
    }

    /// Bytes of the files on disk, together.
    pub fn bytes(&self) -> u64 {
        self.listing.entries.iter().flatten().map(|file| file.bytes).sum()
    }

    /// Names of the roots, in the order named.
    pub fn roots(&self) -> Vec<String> {
        self.listing.roots.clone()
    }

    /// Bytes on disk read so far, shared with a progress bar; it ends at [`Corpus::bytes`] unless files change.
    pub fn read_bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read_bytes)
    }

    /// Reads the files one after another.
    pub fn documents(self) -> Documents {
        Documents::new(self.listing, self.reading, self.read_bytes)
    }
}
