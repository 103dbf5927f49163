//! An engine and how it is opened.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::grouped::Known;
use crate::analysis::{self, Dictionary, Segmenter};
use crate::entity::Recogniser;
use crate::error::Error;
use crate::index::local::LocalIndex;
use crate::index::{Backend, IndexError, Snapshot, State, Writer};
use crate::query::Synonyms;

/// Bytes that a run may take where nobody says otherwise.
const MEMORY: usize = 1 << 30;

/// An index and the analysis that it is asked with: ingests documents and answers queries. Cheap to clone, and shared
/// between threads.
#[derive(Clone)]
pub struct Engine {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub backend: Box<dyn Backend>,
    pub path: Option<PathBuf>,
    pub segmenter: Segmenter,
    pub synonyms: Synonyms,
    pub threads: usize,
    pub memory: usize,
    pub entities: Option<bool>,
    pub pairs: Option<bool>,
    /// Made when it is first needed: a query that names no field of entities needs none.
    recogniser: OnceLock<Recogniser>,
    /// The same with the terms of the index that were asked for last.
    with_terms: Mutex<Option<(String, Recogniser)>>,
    /// Families of reprints.
    pub families: Mutex<Known>,
}

impl Inner {
    /// The one writer of the index: it takes at most a third of the memory.
    pub fn writer(&self, threads: usize) -> Result<Box<dyn Writer>, IndexError> {
        self.backend.writer(threads, self.memory / 3)
    }

    pub fn recogniser(&self) -> &Recogniser {
        self.recogniser.get_or_init(Recogniser::new)
    }

    /// With the policy terms of an index.
    pub fn recogniser_with(&self, terms: &str) -> Recogniser {
        let own = self.recogniser();
        if terms.is_empty() {
            return own.clone();
        }
        let mut known = self.with_terms.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((of, recogniser)) if of == terms => recogniser.clone(),
            _ => {
                // Faulty terms are refused before an index takes them.
                let recogniser = own.with_terms(terms).unwrap_or_else(|_| own.clone());
                *known = Some((terms.to_owned(), recogniser.clone()));
                recogniser
            }
        }
    }
}

/// How to open an engine.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct EngineOptions {
    /// Makes the index where there is none.
    pub create: bool,
    /// The user's dictionary in jieba's format; `None` keeps the one that the index was made with.
    pub dictionary: Option<String>,
    /// Synonyms and abbreviations that queries may also mean.
    pub synonyms: Synonyms,
    /// Threads that analyse and store; 0 for as many as there are processors.
    pub threads: usize,
    /// Bytes of memory that a run may take, of which the writer takes at most a third; 0 for 1 GiB. It does not bound what a
    /// single document takes.
    pub memory: usize,
    /// Whether a new index, or one that is upgraded, recognises people, places and what else is named; `None` for a new
    /// one that does, and for one upgraded as it was.
    pub entities: Option<bool>,
    /// Whether a new index, or one that is upgraded, keeps postings of pairs of frequent characters: over many
    /// articles queries take about half the time, and the index is a twelfth larger. `None` for a new one without, and for one
    /// upgraded as it was.
    pub pairs: Option<bool>,
}

impl Engine {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`IndexError::Missing`] where there is none, and whatever keeps it from being read. An index of another analysis
    /// opens; searching and adding answer [`Error::Stale`] until it is upgraded.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_with(path, &EngineOptions::default())
    }

    /// Opens the index in a folder, or makes it.
    ///
    /// # Errors
    /// As [`Engine::open`], and a faulty line of the dictionary.
    pub fn open_with(path: impl AsRef<Path>, options: &EngineOptions) -> Result<Self, Error> {
        let path = path.as_ref();
        // A faulty dictionary is told before anything is made.
        options.dictionary.as_deref().map(Dictionary::with_words).transpose()?;
        let index = match LocalIndex::open(path) {
            Err(IndexError::Missing { .. }) if options.create => LocalIndex::create(path)?,
            answer => answer?,
        };
        Self::over(Box::new(index), Some(path), options)
    }

    /// An engine whose index lives in memory.
    ///
    /// # Errors
    /// None that is known; the signature is that of the others.
    pub fn in_memory() -> Result<Self, Error> {
        Self::over(Box::new(LocalIndex::in_memory()?), None, &EngineOptions::default())
    }

    /// An engine over any backend.
    ///
    /// # Errors
    /// The backend cannot be read, or a line of the dictionary is faulty.
    pub fn over(backend: Box<dyn Backend>, path: Option<&Path>, options: &EngineOptions) -> Result<Self, Error> {
        let dictionary = match &options.dictionary {
            Some(words) => words.clone(),
            None => backend.snapshot()?.state().dictionary.clone(),
        };
        let segmenter = Segmenter::new(Dictionary::with_words(&dictionary)?);
        let threads = match options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let memory = if options.memory == 0 { MEMORY } else { options.memory };
        let (path, synonyms) = (path.map(Path::to_owned), options.synonyms.clone());
        let EngineOptions { entities, pairs, .. } = *options;
        let (recogniser, with_terms, families) = (OnceLock::new(), Mutex::default(), Mutex::default());
        let inner = Inner {
            backend,
            path,
            segmenter,
            synonyms,
            threads,
            memory,
            entities,
            pairs,
            recogniser,
            with_terms,
            families,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Folder of the index; `None` where it lives in memory.
    pub fn path(&self) -> Option<&Path> {
        self.inner.path.as_deref()
    }

    /// What recognises the entities of an index in this state, if it has any.
    pub(super) fn recogniser_of(&self, state: &State) -> Option<Recogniser> {
        (!state.entities.is_empty()).then(|| self.inner.recogniser_with(&state.terms))
    }

    /// The characters of which an index keeps pairs, where it does.
    pub(super) fn pairs(&self, wanted: bool) -> String {
        if wanted { analysis::frequent_han() } else { String::new() }
    }

    /// The refusal of an index of another analysis, with the command that mends it.
    pub(super) fn stale(&self) -> Error {
        let command = self.path().map_or(String::new(), |path| format!(" --index {}", path.display()));
        Error::Stale { command: format!("xunzhang upgrade{command}") }
    }

    /// What is committed now, if this analysis may ask it.
    pub(super) fn snapshot(&self) -> Result<Arc<dyn Snapshot>, Error> {
        let snapshot = self.inner.backend.snapshot()?;
        if is_stale(snapshot.state()) { Err(self.stale()) } else { Ok(snapshot) }
    }
}

/// Whether an index was made by another fold, so that asking it would miss documents.
pub(super) fn is_stale(state: &State) -> bool {
    !state.fold.is_empty() && state.fold != analysis::fingerprint()
}
