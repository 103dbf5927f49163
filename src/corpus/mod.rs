//! FILES → DOCUMENTS, or a Skip with its reason. The only code that reads articles.
//!
//! [`Corpus::open`] lists the files below some paths (`walk`); [`Corpus::documents`] reads them one after another
//! (`reader`): opened and decompressed (`compress`), archives entry by entry (`archive`), decoded (`decode`, `charset`) and
//! taken apart by the kind of file (`format`, one file per kind); what can crash or hang its reader is read in a process of
//! its own (`helper`). What a key of a record means is `fields`, what an article says about its own date,
//! source and authors is `dateline`. Analysing and storing the documents is left to others.
//!
//! Files and folders whose names begin with a dot are no part of a corpus. Everything else ends as documents, as
//! documents with losses, or as a [`Skip`].

mod archive;
mod charset;
mod choice;
mod compress;
mod date;
mod dateline;
mod decode;
mod error;
mod fields;
mod finished;
mod format;
#[cfg(feature = "formats")]
mod helper;
mod mojibake;
mod reader;
mod roots;
mod skip;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

pub use error::{CorpusError, FieldError};
pub use finished::{FileChange, FileCounts, Finished};
#[cfg(feature = "formats")]
pub use helper::{Helper, serve_as_helper};
pub use reader::Documents;
pub use skip::{Skip, SkipReason};
pub use walk::Root;
pub(crate) use walk::nanoseconds;

use fields::Field;
use reader::Reading;
use walk::{Listing, SourceFile};

use crate::document::{FileRecord, Origin};

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
    /// Charsets of files whose paths fit a pattern as git has them, and the label; the last that fits holds, and goes before
    /// `encoding`.
    pub encodings: Vec<(String, String)>,
    /// Bytes, decompressed, of the largest file that is read whole. Lines of JSON are streamed: there it limits a
    /// single line, which is never longer than 64 MiB.
    pub max_bytes: u64,
    /// Bytes of the longest text that is taken whole, 16 MiB: what is behind is cut off and told as a
    /// [`Loss`](crate::document::Loss). Analysing a text takes about eight times its bytes on each thread.
    pub max_text: u64,
    /// Patterns of files to read, as git writes them; none reads all.
    pub include: Vec<String>,
    /// Patterns of files and folders to pass by.
    pub exclude: Vec<String>,
    /// Folders to pass by, as that of the index itself.
    pub outside: Vec<PathBuf>,
    /// Reads these files alone, of those below the paths; `None` reads all.
    pub files: Option<Vec<PathBuf>>,
    /// Reads files again that have not changed.
    pub again: bool,
    /// What becomes of documents whose files are gone.
    pub missing: Missing,
    /// The program that reads PDFs, in a process for each; without one each is a [`Skip`].
    #[cfg(feature = "formats")]
    pub helper: Option<Helper>,
}

/// What becomes of documents whose files are gone from a folder that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// They leave the index, unless the folder is empty or more than a tenth of its files is gone: an unmounted disk must
    /// not empty an index.
    #[default]
    Remove,
    /// They leave the index.
    Prune,
    /// They stay.
    Keep,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            fields: Vec::new(),
            follow_links: false,
            encoding: None,
            encodings: Vec::new(),
            max_bytes: 256 << 20,
            max_text: 16 << 20,
            include: Vec::new(),
            exclude: Vec::new(),
            outside: Vec::new(),
            files: None,
            again: false,
            missing: Missing::default(),
            #[cfg(feature = "formats")]
            helper: None,
        }
    }
}

impl ReadOptions {
    /// Takes a charset for all files, `gbk`, or for those whose paths fit a pattern, `旧稿/**=big5`.
    ///
    /// ```
    /// let mut options = xunzhang::corpus::ReadOptions::default();
    /// options.set_encoding("旧稿/**=big5");
    /// assert_eq!(options.encodings, [("旧稿/**".to_string(), "big5".to_string())]);
    /// ```
    pub fn set_encoding(&mut self, text: &str) {
        match text.rsplit_once('=') {
            Some((pattern, label)) => self.encodings.push((pattern.trim().to_string(), label.trim().to_string())),
            None => self.encoding = Some(text.trim().to_string()),
        }
    }

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

/// The file that is being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// Its path relative to the root; empty before the first.
    pub path: String,
    /// How many files were come by, itself among them.
    pub files: u64,
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
    current: Arc<Mutex<Current>>,
    /// Files of which nothing new is to be read, and what became of the others.
    finished: Finished,
    /// What becomes of documents whose files are gone.
    missing: Missing,
    /// Reads files again that have not changed.
    again: bool,
}

impl Corpus {
    /// Lists the files of the folders and the files named, without opening any. A file named directly belongs to its
    /// folder; a path inside another one named is listed once.
    ///
    /// # Errors
    /// A path does not exist or cannot be reached, a field, a charset or a pattern of the options cannot be understood.
    pub fn open(paths: &[PathBuf], options: ReadOptions) -> Result<Self, CorpusError> {
        let listing = walk::list(paths, &options)?;
        let (reading, finished) = (Reading::new(&options)?, Finished::default());
        let (missing, again) = (options.missing, options.again);
        let (read_bytes, current) = (Arc::default(), Arc::default());
        Ok(Self { listing, reading, read_bytes, current, finished, missing, again })
    }

    /// Reads no file of which nothing has changed since it became what is known of it, by the keys of files. Gives what
    /// becomes of the others while they are read.
    pub fn knowing(&mut self, known: Arc<HashMap<String, FileRecord>>) -> Finished {
        self.finished = Finished::new(known, self.again);
        self.finished.clone()
    }

    /// How each file that can be read stands to what is known of it; only one whose time alone is another is opened.
    pub fn changes<'a>(
        &'a self,
        known: &'a HashMap<String, FileRecord>,
    ) -> impl Iterator<Item = (&'a Origin, FileChange)> + 'a {
        let change = |file: &'a SourceFile| {
            let record = known.get(&file.key);
            (&file.origin, finished::compare(file, record, &self.reading.fingerprint, self.again))
        };
        self.listing.entries.iter().flatten().map(change)
    }

    /// What becomes of documents whose files are gone.
    pub fn missing(&self) -> Missing {
        self.missing
    }

    /// Whether a file was changed behind a moment, in nanoseconds since 1970.
    pub(crate) fn has_newer(&self, moment: i64) -> bool {
        self.listing.entries.iter().flatten().any(|file| file.modified.is_some_and(|modified| modified > moment))
    }

    /// Sizes in bytes, and times of the last change in nanoseconds since 1970, of the files of which nothing is known.
    pub fn new_files(&self, known: &HashMap<String, FileRecord>) -> HashSet<(u64, i64)> {
        let new = self.listing.entries.iter().flatten().filter(|file| !known.contains_key(&file.key));
        new.filter_map(|file| Some((file.bytes, file.modified?))).collect()
    }

    /// Keys of all that was found, also of what cannot be read.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.listing.entries.iter().map(|entry| match entry {
            Ok(file) => file.key.as_str(),
            Err(skip) => skip.file_key.as_str(),
        })
    }

    /// The folders that were walked, and how much of each was seen.
    pub fn walked(&self) -> &[Root] {
        &self.listing.roots
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
        self.listing.roots.iter().map(|root| root.name.clone()).collect()
    }

    /// Bytes on disk read so far, shared with a progress bar; it ends at [`Corpus::bytes`] unless files change.
    pub fn read_bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read_bytes)
    }

    /// The file that is being read, shared with a progress bar.
    pub fn current(&self) -> Arc<Mutex<Current>> {
        Arc::clone(&self.current)
    }

    /// Reads the files one after another.
    pub fn documents(self) -> Documents {
        Documents::new(self)
    }
}
