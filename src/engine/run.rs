//! One run over an iterator of documents: rounds on several threads, and what there is to report of them.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::entry::{entry, field_name};
use super::ingest::{Ingest, IngestReport, Progress};
use super::naming::Names;
use super::open::is_stale;
use super::report::size;
use super::{Engine, clock};
use crate::analysis::{self, Segmenter};
use crate::document::{Document, Entry, Origin, Pairs};
use crate::entity::Recogniser;
use crate::error::Error;
use crate::index::{IndexError, State, Writer};

/// Documents, and bytes of their texts, that go to a thread together.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 256 << 10;
/// Batches that wait for a thread.
const WAITING: usize = 2;
/// Time between two looks of the observer.
const LOOK: Duration = Duration::from_millis(100);
/// Time between two commits at most, in a run that has more than one.
const UNCOMMITTED: Duration = Duration::from_secs(20);
/// Names of keys of `extra` that an index remembers.
const MOST_NAMES: usize = 1000;
/// Fingerprint of the words where not all documents were cut with the same dictionary.
const MIXED: &str = "mixed";

/// A run over an iterator.
pub(super) struct Run<'a, E> {
    engine: Engine,
    segmenter: Segmenter,
    /// Recognises what documents name, in an index that has entities.
    recogniser: Option<Recogniser>,
    writer: Box<dyn Writer>,
    desk: Desk<'a, E>,
    hook: Option<Hook<'a, E>>,
    pub commit_every: usize,
    /// A run that is stopped leaves the index as it was.
    pub all_or_nothing: bool,
}

/// What is done before a commit.
type Hook<'a, E> = Box<dyn FnMut(Committing<'_, E>) -> Result<(), IndexError> + 'a>;

/// A commit that is about to be made.
#[cfg_attr(not(feature = "files"), expect(dead_code, reason = "only folders look at their commits"))]
pub(super) struct Committing<'a, E> {
    /// What it will carry.
    pub state: &'a mut State,
    pub report: &'a mut IngestReport<E>,
    pub writer: &'a dyn Writer,
    /// It is the last of a run that was not stopped.
    pub is_last: bool,
}

/// What the documents of a run are told about their time of indexing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// They are indexed now: each commit has a later time than the one before it.
    New,
    /// They were indexed before.
    Kept,
}

/// What the thread that reads the iterator keeps.
struct Desk<'a, E> {
    observer: &'a mut (dyn FnMut(&Progress) -> ControlFlow<()> + Send),
    gone: fn(&E) -> Option<String>,
    state: State,
    times: Times,
    /// The file of the last document.
    last: Origin,
    /// Files whose old documents were taken away in this run.
    files: HashSet<String>,
    /// Hashes of the keys met in this run.
    keys: HashSet<u64>,
    /// Hashes of the records' own ids.
    ids: HashSet<u64>,
    /// The first document of a file takes all older ones of the file away.
    whole_files: bool,
    /// There was nothing in the index, so that a key met the first time has no older document.
    fresh: bool,
    progress: Progress,
    report: IngestReport<E>,
    began: Instant,
    looked: Instant,
}

/// A document, and whether one of its key came before it in this run.
struct Change {
    document: Document,
    replaces: bool,
}

/// Documents on their way to a thread.
#[derive(Default)]
struct Batch {
    changes: Vec<Change>,
    bytes: usize,
}

/// Why a round ended.
enum End {
    Full,
    Exhausted,
    Stopped,
}

impl<'a, E: Send> Run<'a, E> {
    /// A run that adds to an index.
    ///
    /// # Errors
    /// The index was made by another analysis, or has a writer already.
    pub fn new(engine: &Engine, how: Ingest<'a>) -> Result<Self, Error> {
        // Nobody else writes from here on, so that what the state says stays true.
        let mut run = Self::over(engine, how, State::default(), Times::New)?;
        let snapshot = engine.inner.backend.snapshot()?;
        let mut state = snapshot.state().clone();
        if is_stale(&state) {
            return Err(engine.stale());
        }
        let dictionary = engine.inner.segmenter.dictionary();
        let fresh = snapshot.counts()?.documents == 0;
        let same = fresh || state.words == dictionary.fingerprint();
        state.words = if same { dictionary.fingerprint() } else { MIXED.to_owned() };
        state.fold = analysis::fingerprint();
        state.dictionary = dictionary.user_words().to_owned();
        // An index has entities in all of its documents or in none.
        let had = !state.entities.is_empty();
        if had && !fresh || fresh && engine.inner.entities.unwrap_or(true) {
            let fingerprint = engine.inner.recogniser().fingerprint();
            let same = fresh || state.entities == fingerprint;
            state.entities = if same { fingerprint } else { MIXED.to_owned() };
        }
        if fresh {
            state.pairs = engine.pairs(engine.inner.pairs.unwrap_or(false));
        }
        run.desk.fresh = fresh;
        Ok(run.carrying(state))
    }

    /// A run whose commits carry this state.
    pub fn over(engine: &Engine, how: Ingest<'a>, state: State, times: Times) -> Result<Self, Error> {
        let writer = engine.inner.writer(engine.inner.threads)?;
        let report = IngestReport {
            documents: 0,
            bytes: 0,
            losses: Vec::new(),
            skipped: Vec::new(),
            ambiguous: Vec::new(),
            encodings: BTreeMap::new(),
            families: 0,
            reprints: 0,
            index_bytes: 0,
            #[cfg(feature = "files")]
            files: crate::corpus::FileCounts::default(),
            took_ms: 0.0,
        };
        let now = Instant::now();
        let desk = Desk {
            observer: how.observer,
            gone: |_| None,
            state,
            times,
            last: Origin::default(),
            files: HashSet::new(),
            keys: HashSet::new(),
            ids: HashSet::new(),
            whole_files: true,
            fresh: false,
            progress: Progress::default(),
            report,
            began: now,
            looked: now,
        };
        let (engine, segmenter) = (engine.clone(), engine.inner.segmenter.clone());
        let recogniser = engine.recogniser_of(&desk.state);
        Ok(Self {
            engine,
            segmenter,
            recogniser,
            writer,
            desk,
            hook: None,
            commit_every: how.commit_every.max(1),
            all_or_nothing: false,
        })
    }

    /// Cuts by other words than the engine's.
    pub fn with(mut self, segmenter: Segmenter) -> Self {
        self.segmenter = segmenter;
        self
    }

    /// What the commits carry, where it is known only after the writer is there.
    pub fn carrying(mut self, state: State) -> Self {
        self.recogniser = self.engine.recogniser_of(&state);
        self.desk.state = state;
        self
    }

    /// Whether the observer asks to stop, before the first document.
    pub fn is_stopped(&mut self) -> bool {
        (self.desk.observer)(&self.desk.progress).is_break()
    }

    /// Replaces documents one by one: what else a file has stays.
    pub fn by_document(mut self) -> Self {
        self.desk.whole_files = false;
        self
    }

    /// Loads what cuts and what recognises beside whatever is done until the first document comes.
    #[cfg(feature = "files")]
    pub fn load_ahead(&self) {
        let (segmenter, recogniser) = (self.segmenter.clone(), self.recogniser.clone());
        std::thread::spawn(move || {
            segmenter.dictionary().load();
            recogniser.iter().for_each(Recogniser::load);
        });
    }

    /// Says of which file a failure takes the documents away.
    #[cfg(feature = "files")]
    pub fn gone(mut self, gone: fn(&E) -> Option<String>) -> Self {
        self.desk.gone = gone;
        self
    }

    /// Does something before each commit.
    #[cfg(feature = "files")]
    pub fn before_commits(mut self, hook: impl FnMut(Committing<'_, E>) -> Result<(), IndexError> + 'a) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    /// Goes through the iterator and commits.
    pub fn all(mut self, documents: impl Iterator<Item = Result<Document, E>>) -> Result<IngestReport<E>, Error> {
        self.rounds(documents)?;
        self.end()
    }

    fn end(mut self) -> Result<IngestReport<E>, Error> {
        self.commit(true)?;
        let (is_new, (families, printings)) = self.engine.group(&*self.writer, &mut self.desk.state)?;
        if is_new {
            self.hook = None;
            self.commit(true)?;
        }
        (self.desk.report.families, self.desk.report.reprints) = (families, printings - families);
        self.writer.finish()?;
        (self.desk.observer)(&self.desk.progress).is_break();
        (self.desk.report.documents, self.desk.report.bytes) = (self.desk.progress.documents, self.desk.progress.bytes);
        self.desk.report.index_bytes = self.engine.path().map_or(0, size);
        self.desk.report.took_ms = clock::since(self.desk.began);
        Ok(self.desk.report)
    }

    /// Rounds with a commit between two of them; what the last one gave is not committed yet.
    fn rounds(&mut self, mut documents: impl Iterator<Item = Result<Document, E>>) -> Result<(), Error> {
        loop {
            match self.round(&mut documents)? {
                End::Full => self.commit(false)?,
                End::Exhausted => return Ok(()),
                End::Stopped if self.all_or_nothing => return Err(Error::Cancelled { committed: 0 }),
                End::Stopped => {
                    self.commit(false)?;
                    return Err(Error::Cancelled { committed: self.desk.progress.committed });
                }
            }
        }
    }

    fn round(&mut self, documents: &mut impl Iterator<Item = Result<Document, E>>) -> Result<End, Error> {
        let inner = &self.engine.inner;
        let (writer, desk, most) = (&*self.writer, &mut self.desk, self.commit_every);
        let (segmenter, recogniser) = (&self.segmenter, self.recogniser.as_ref());
        let pairs = &Pairs::new(&desk.state.pairs);
        if desk.times == Times::New {
            desk.state.indexed_until = clock::seconds().max(desk.state.indexed_until + 1);
        }
        let end = std::thread::scope(|scope| {
            let mut senders = Vec::with_capacity(inner.threads);
            let mut workers = Vec::with_capacity(inner.threads);
            for _ in 0..inner.threads {
                let (sender, receiver) = sync_channel(WAITING);
                senders.push(sender);
                workers.push(scope.spawn(move || work(&receiver, segmenter, recogniser, pairs, writer)));
            }
            let fed = desk.feed(documents, most, writer, &senders);
            drop(senders);
            let mut failure = fed.as_ref().err().map(|_| ());
            let mut error = None;
            for worker in workers {
                // A panic of the analysis is a fault of ours: it goes on up, and the writer is dropped with it.
                let worked = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                if let Err(cause) = worked {
                    failure = Some(());
                    error.get_or_insert(cause);
                }
            }
            match (failure, error) {
                (_, Some(error)) => Err(error),
                (_, None) => fed,
            }
        });
        Ok(end?)
    }

    fn commit(&mut self, is_last: bool) -> Result<(), Error> {
        self.desk.state.indexed_at = clock::now();
        if let Some(hook) = &mut self.hook {
            let (state, report) = (&mut self.desk.state, &mut self.desk.report);
            hook(Committing { state, report, writer: &*self.writer, is_last })?;
        }
        self.writer.commit(&self.desk.state)?;
        self.desk.progress.committed = self.desk.progress.documents;
        Ok(())
    }
}

impl<E> Desk<'_, E> {
    /// Hands documents to the threads until the round is full, the iterator ends or the observer breaks.
    fn feed(
        &mut self,
        documents: &mut impl Iterator<Item = Result<Document, E>>,
        most: usize,
        writer: &dyn Writer,
        senders: &[SyncSender<Vec<Change>>],
    ) -> Result<End, IndexError> {
        let mut batches: Vec<Batch> = senders.iter().map(|_| Batch::default()).collect();
        let (mut end, round) = (End::Full, Instant::now());
        for _ in 0..most {
            match documents.next() {
                None => end = End::Exhausted,
                Some(Ok(mut document)) => {
                    if self.times == Times::New {
                        document.indexed_at = Some(self.state.indexed_until);
                    }
                    self.note(&document);
                    let key = document.key();
                    let number = hash(&key);
                    let met = !self.keys.insert(number);
                    self.make_room(&document, &key, met, writer)?;
                    if self.state.forgotten.contains(&key) {
                        continue;
                    }
                    let thread = number as usize % senders.len();
                    batches[thread].push(Change { document, replaces: met }, &senders[thread])?;
                }
                Some(Err(failure)) => {
                    if let Some(file) = (self.gone)(&failure) {
                        self.take_away(file, writer)?;
                    }
                    self.progress.skipped += 1;
                    self.report.skipped.push(failure);
                }
            }
            if self.looked.elapsed() >= LOOK {
                self.looked = Instant::now();
                if (self.observer)(&self.progress).is_break() {
                    end = End::Stopped;
                }
                if most < usize::MAX && round.elapsed() >= UNCOMMITTED {
                    break;
                }
            }
            if !matches!(end, End::Full) {
                break;
            }
        }
        for (batch, sender) in batches.iter_mut().zip(senders) {
            batch.send(sender)?;
        }
        Ok(end)
    }

    /// Takes away what was in the index before this run and is replaced: all of a file, or the one of a key.
    fn make_room(&mut self, document: &Document, key: &str, met: bool, writer: &dyn Writer) -> Result<(), IndexError> {
        if self.whole_files && !document.origin.path.is_empty() {
            if self.last.is_same_file(&document.origin) {
                return Ok(());
            }
            self.last = document.origin.clone();
            return self.take_away(document.origin.file_key(), writer);
        }
        if met || self.fresh { Ok(()) } else { writer.remove(key) }
    }

    /// Takes the old documents of a file away, the first time it is met.
    fn take_away(&mut self, file: String, writer: &dyn Writer) -> Result<(), IndexError> {
        if !self.files.contains(&file) {
            if !self.fresh {
                writer.remove_file(&file)?;
            }
            self.files.insert(file);
        }
        Ok(())
    }

    fn note(&mut self, document: &Document) {
        let bytes = (document.title.len() + document.body.len()) as u64;
        self.progress.documents += 1;
        self.progress.bytes += bytes;
        if !document.origin.path.is_empty() {
            let charset = document.charset.as_deref().unwrap_or("UTF-8");
            match self.report.encodings.get_mut(charset) {
                Some(count) => *count += 1,
                None => _ = self.report.encodings.insert(charset.to_owned(), 1),
            }
        }
        if !document.losses.is_empty() {
            self.report.losses.push((document.label(), document.losses.clone()));
        }
        if let Some(id) = &document.id
            && !self.ids.insert(hash(id))
            && !document.origin.path.is_empty()
        {
            self.report.ambiguous.push(id.clone());
        }
        for name in document.extra.iter().filter_map(|(name, _)| field_name(name)) {
            if self.state.extra_fields.len() < MOST_NAMES && !self.state.extra_fields.contains(&name) {
                self.state.extra_fields.insert(name);
            }
        }
    }
}

impl Batch {
    fn push(&mut self, change: Change, sender: &SyncSender<Vec<Change>>) -> Result<(), IndexError> {
        self.bytes += change.document.title.len() + change.document.body.len();
        self.changes.push(change);
        if self.changes.len() >= BATCH || self.bytes >= BATCH_BYTES { self.send(sender) } else { Ok(()) }
    }

    fn send(&mut self, sender: &SyncSender<Vec<Change>>) -> Result<(), IndexError> {
        let batch = std::mem::take(self).changes;
        // A thread that has failed tells its error when it is joined.
        if batch.is_empty() { Ok(()) } else { sender.send(batch).map_err(|_| IndexError::WriterClosed) }
    }
}

/// Analyses and stores what comes. Of two documents of one key in a run the later stays: the earlier is stored, then
/// taken away.
fn work(
    batches: &Receiver<Vec<Change>>,
    segmenter: &Segmenter,
    recogniser: Option<&Recogniser>,
    pairs: &Pairs,
    writer: &dyn Writer,
) -> Result<(), IndexError> {
    let mut names = Names::default();
    for batch in batches {
        let mut entries: Vec<Entry> = Vec::with_capacity(batch.len());
        for Change { document, replaces } in batch {
            if replaces {
                writer.add(&entries)?;
                entries.clear();
                writer.remove(&document.key())?;
            }
            let recogniser = recogniser.map(|recogniser| (recogniser, &mut names));
            entries.push(entry(document, segmenter, recogniser, pairs));
        }
        writer.add(&entries)?;
    }
    Ok(())
}

fn hash(value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
