//! The first query in a folder that has articles and no index yet: a small corpus is indexed by itself, for a large one
//! the command is told.

use std::path::{Path, PathBuf};

use anyhow::bail;
use xunzhang::corpus::{Corpus, ReadOptions};
use xunzhang::index::IndexError;
use xunzhang::{Engine, EngineOptions, Error};

use crate::messages::Message;
use crate::place::{DEFAULT_CORPUS, Place};
use crate::progress::{Bar, watch};
use crate::talk::Talk;

/// A corpus of so many files, or of so many bytes, is not indexed unasked.
const FILES: usize = 2_000;
const BYTES: u64 = 50_000_000;

/// Opens the index; where it is the default one and not there yet, makes it of a small corpus.
pub fn open(place: &Place, options: EngineOptions, talk: Talk) -> anyhow::Result<Engine> {
    match Engine::open_with(&place.path, &options) {
        Err(Error::Index(IndexError::Missing { .. })) if !place.named => make(&place.path, options, talk),
        opened => Ok(opened?),
    }
}

fn make(index: &Path, mut options: EngineOptions, talk: Talk) -> anyhow::Result<Engine> {
    if !Path::new(DEFAULT_CORPUS).is_dir() {
        bail!(talk.text(Message::NoIndexNorCorpus { index }));
    }
    let corpus = Corpus::open(&[PathBuf::from(DEFAULT_CORPUS)], ReadOptions::default())?;
    let (files, bytes) = (corpus.files(), corpus.bytes());
    if files >= FILES || bytes >= BYTES {
        bail!(talk.text(Message::IndexByHand { index, corpus: DEFAULT_CORPUS, files, bytes }));
    }
    talk.tell(Message::MakingIndex { index, corpus: DEFAULT_CORPUS });
    options.create = true;
    let engine = Engine::open_with(index, &options)?;
    let bar = Bar::of_files(&corpus, talk.language);
    let report = watch(talk, bar, |how| engine.ingest_corpus(corpus, how))
        .inspect_err(|_| talk.tell(Message::NotWhole { index, corpus: DEFAULT_CORPUS }))?;
    talk.tell(Message::Indexed { documents: report.documents, bytes: report.bytes, took_ms: report.took_ms });
    let faults = report.skipped.len() + report.losses.len();
    if faults > 0 {
        talk.tell(Message::IndexedInPart { faults });
    }
    Ok(engine)
}
