//! WHERE DOCUMENTS LIVE. The narrow waist: trait [`Backend`], and the plain types that cross it.
//!
//! A backend stores entries as they come and answers a [`Meaning`](crate::query::Meaning) on a [`Snapshot`]; it never folds, cuts or parses a
//! text. [`local`] is the embedded one, and the only folder that names its engine.

mod ask;
mod error;
pub mod local;
mod pattern;
mod state;

use std::sync::Arc;
use std::time::Instant;

use crate::document::{Day, Document, Entities, EntityKind, Entry};
use crate::query::Term;

pub use ask::{Ask, Candidate, Found, Freshness, Sort, WordWeight};
pub use error::IndexError;
pub use pattern::TermPattern;
pub use state::{Part, RootState, State};

/// A place where documents live.
pub trait Backend: Send + Sync {
    /// The one writer, on so many threads, which together hold about so many bytes before they write.
    ///
    /// # Errors
    /// Another writer is at work, here or in another process, or the index cannot be written.
    fn writer(&self, threads: usize, memory: usize) -> Result<Box<dyn Writer>, IndexError>;

    /// What is committed now; later commits do not change it. Never waits for a writer.
    ///
    /// # Errors
    /// The index cannot be read.
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError>;
}

/// Adds and removes documents. Nothing is visible or durable before [`Writer::commit`] answers.
///
/// After any error the writer is closed: every further call is [`IndexError::WriterClosed`], and what was not
/// committed must be given again to a new one.
pub trait Writer: Send + Sync {
    /// Adds documents. The caller removes older ones of the same keys first.
    ///
    /// # Errors
    /// The index cannot be written.
    fn add(&self, entries: &[Entry]) -> Result<(), IndexError>;

    /// Removes the document of a key.
    ///
    /// # Errors
    /// The index cannot be written.
    fn remove(&self, key: &str) -> Result<(), IndexError>;

    /// Removes every document of a file.
    ///
    /// # Errors
    /// The index cannot be written.
    fn remove_file(&self, file_key: &str) -> Result<(), IndexError>;

    /// Keeps bytes beside the documents as a part of this name, which replaces one of the same name that no commit names:
    /// visible and durable with the commit whose state names it in [`State::parts`]. A part that a commit no longer names is
    /// deleted.
    ///
    /// # Errors
    /// The index cannot be written.
    fn attach(&self, name: &str, bytes: &[u8]) -> Result<(), IndexError>;

    /// Makes what was added and removed visible and durable, with the state.
    ///
    /// # Errors
    /// The index cannot be written; what was committed before stays.
    fn commit(&mut self, state: &State) -> Result<Receipt, IndexError>;

    /// Rewrites whatever still holds removed documents, so that nothing of them is left in the index.
    ///
    /// # Errors
    /// The index cannot be written; what was committed stays.
    fn purge(&mut self) -> Result<(), IndexError>;

    /// Waits for merges in the background and lets go of the lock.
    ///
    /// # Errors
    /// A merge failed; what was committed stays.
    fn finish(self: Box<Self>) -> Result<(), IndexError>;
}

/// What a commit acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Number of the commit, rising.
    pub commit: u64,
}

/// A document of a snapshot; of no use with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub u64);

/// The documents of one commit.
pub trait Snapshot: Send + Sync {
    /// What was remembered with the commit; the default where nothing was committed yet.
    fn state(&self) -> &State;

    /// The bytes of a part that the state names.
    ///
    /// # Errors
    /// The index cannot be read, or a later commit has done away with the part: open a new snapshot.
    fn part(&self, name: &str) -> Result<Vec<u8>, IndexError>;

    /// How many documents there are.
    ///
    /// # Errors
    /// The index cannot be read.
    fn counts(&self) -> Result<Counts, IndexError>;

    /// The documents that a query means, the best first.
    ///
    /// # Errors
    /// The index cannot be read, a field is unknown, or the deadline has passed.
    fn search(&self, ask: &Ask<'_>) -> Result<Found, IndexError>;

    /// Whole documents, in the order asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    fn fetch(&self, places: &[Place]) -> Result<Vec<Document>, IndexError>;

    /// What was recognised in documents, in the order asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    fn entities(&self, places: &[Place]) -> Result<Vec<Entities>, IndexError>;

    /// Ids of documents as they are printed, in the order asked for: `path#id` where another document has the same.
    ///
    /// # Errors
    /// The index cannot be read.
    fn ids(&self, places: &[Place]) -> Result<Vec<String>, IndexError>;

    /// The documents that an id, a path, `path#id` or a key names.
    ///
    /// # Errors
    /// The index cannot be read.
    fn find(&self, id: &str) -> Result<Vec<Place>, IndexError>;

    /// In how many documents each term stands; of replaced documents some may still be counted.
    ///
    /// # Errors
    /// The index cannot be read.
    fn frequencies(&self, stream: Stream, terms: &[&str]) -> Result<Vec<u64>, IndexError>;

    /// At most `limit` documents behind a place, in an order that stays: for walks through a whole index.
    ///
    /// # Errors
    /// The index cannot be read.
    fn scan(&self, after: Option<Place>, limit: usize) -> Result<Vec<(Place, Document)>, IndexError>;

    /// Goes through the columns of all documents, or of those at some places, which must be in order. Gives the values
    /// of the column, of which each row has numbers.
    ///
    /// # Errors
    /// The index cannot be read.
    fn rows(
        &self,
        column: Option<&Column>,
        within: Option<&[Place]>,
        visit: &mut dyn FnMut(&Row<'_>),
    ) -> Result<Vec<String>, IndexError>;

    /// How often the terms stand in documents, together, for each place of a list that is in order. Occurrences that
    /// overlap count each.
    ///
    /// # Errors
    /// The index cannot be read, or a field is unknown.
    fn occurrences(&self, terms: &[&Term], within: &[Place]) -> Result<Vec<u64>, IndexError>;

    /// Where unigrams stand in title and body of some documents, which come in any order: calls `visit` with the number of
    /// a document, of a unigram, and its positions in order. They count from the title's first unigram; a mark of a
    /// paragraph parts title and body. What stands nowhere in a document is not visited.
    ///
    /// # Errors
    /// The index cannot be read, or the deadline has passed.
    fn positions(
        &self,
        unigrams: &[&str],
        places: &[Place],
        deadline: Option<Instant>,
        visit: &mut dyn FnMut(usize, usize, &[u32]),
    ) -> Result<(), IndexError>;

    /// How often words stand in titles and bodies, all documents together and those of two sets.
    ///
    /// # Errors
    /// The index cannot be read.
    fn word_counts(&self, sets: [&[Place]; 2]) -> Result<WordCounts, IndexError>;

    /// Goes through the sketches of all documents.
    ///
    /// # Errors
    /// The index cannot be read.
    fn sketches(&self, visit: &mut dyn FnMut(&Sketched<'_>)) -> Result<(), IndexError>;

    /// Where the documents are whose keys begin with these eight bytes, in the order asked for; `None` where there is none.
    ///
    /// # Errors
    /// The index cannot be read.
    fn ordered(&self, orders: &[u64]) -> Result<Vec<Option<Place>>, IndexError>;

    /// What the order asks of each document beside its words, in the order asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    fn shapes(&self, places: &[Place]) -> Result<Vec<Shape>, IndexError>;

    /// Words that fit a pattern, the most documents first, then by their characters: those of bodies and those of
    /// titles together, so that a document which has a word in both counts twice; of replaced documents some may still
    /// be counted.
    ///
    /// # Errors
    /// The index cannot be read.
    fn terms(&self, pattern: &TermPattern, limit: usize) -> Result<Vec<(String, u64)>, IndexError>;
}

/// How many documents a snapshot has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub documents: u64,
    /// Those that lost something between file and index.
    pub with_losses: u64,
    /// Those without a date.
    pub undated: u64,
    /// Those whose date is only inferred.
    pub inferred: u64,
    /// Those that have text outside their main text.
    pub with_rest: u64,
    /// Han characters in all titles and bodies.
    pub han: u64,
    /// Bytes of all titles and bodies.
    pub bytes: u64,
}

/// Streams of tokens whose frequencies can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Unigrams of title and body.
    Text,
    /// Words of the body.
    BodyWords,
    /// Words of the title.
    TitleWords,
    /// Names of a kind, each a token.
    Names(EntityKind),
}

/// Columns of values as written, that documents can be counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Column {
    /// Newspaper, agency or site.
    Source,
    /// Each of the authors.
    Author,
    /// Folder of the path, `/` between parts; none for a file at the root.
    Folder,
    /// Another key of the sources, by its folded name.
    Extra(String),
    /// What was recognised, by a name of [`Streams::entity_values`](crate::document::Streams).
    Entity(&'static str),
}

/// What can be counted of a document without reading its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Where it is.
    pub place: Place,
    /// First and last day that its date covers.
    pub days: Option<(Day, Day)>,
    /// The date is only inferred.
    pub inferred: bool,
    /// Han characters of title and body.
    pub han: u64,
    /// When it was indexed, in seconds since 1970.
    pub indexed_at: i64,
    /// Numbers of its values in the column, each once.
    pub values: &'a [u32],
}

/// What reprints of a document are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketched<'a> {
    /// Where it is.
    pub place: Place,
    /// Begin of its key.
    pub order: u64,
    /// First day of its date.
    pub day: Option<Day>,
    /// Its sketch, as [`Streams::sketch`](crate::document::Streams::sketch) has it.
    pub sketch: &'a [u64],
    /// Its edge lines, as [`Streams::lines`](crate::document::Streams::lines) has them.
    pub lines: &'a [u64],
}

/// What a document looks like from afar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Han characters in title and body.
    pub han: u64,
    /// The edge lines, as [`Streams::lines`](crate::document::Streams::lines) has them.
    pub lines: Vec<u64>,
}

/// How often words stand in titles and bodies: occurrences, not documents; exact, whatever was replaced or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// Of all words together.
    pub tokens: WordCount,
    /// Of each word that a document of one of the sets has.
    pub words: std::collections::HashMap<String, WordCount>,
}

/// How often a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCount {
    /// In all documents.
    pub all: u64,
    /// In the documents of either set.
    pub in_sets: [u64; 2],
}

impl WordCount {
    /// Counts some more.
    pub fn add(&mut self, more: Self) {
        self.all += more.all;
        self.in_sets = [self.in_sets[0] + more.in_sets[0], self.in_sets[1] + more.in_sets[1]];
    }
}
