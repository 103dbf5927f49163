//! A change of the user's dictionary: which documents it cuts otherwise, what that does to the order, and the change
//! itself, in which only these are cut again, from their stored texts. What is found never depends on it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::panic::resume_unwind;

use serde::Serialize;

use super::guard::guarded;
use super::ingest::{Ingest, IngestReport, Progress, stored};
use super::run::{Run, Times};
use super::{Engine, EngineOptions, Relax, SearchRequest};
use crate::analysis::{Dictionary, Folded, Segmenter, fold};
use crate::document::Document;
use crate::error::Error;
use crate::index::local::LocalIndex;
use crate::index::{Ask, Place, Snapshot, State};
use crate::query::{Meaning, Term};

/// Documents that are read at a time.
const PAGE: usize = 256;
/// Ranks that are compared.
const RANKS: usize = 20;

/// What a change of the dictionary does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename = "dictionary_change")]
#[non_exhaustive]
pub struct DictionaryChange {
    /// Lines whose word is new, as given.
    pub added: Vec<String>,
    /// Lines whose word is gone.
    pub removed: Vec<String>,
    /// Lines whose word is written otherwise or has another frequency or tag: before, and after.
    pub changed: Vec<(String, String)>,
    /// How many documents have any of these strings.
    pub holding: u64,
    /// Printed ids of the documents that are cut otherwise.
    pub affected: Vec<String>,
    /// How many of them have none of these strings. jieba takes a frequency as a share of all frequencies, so that a
    /// great one favours longer words everywhere: of 74,545 news stories, 一户一策 without a frequency cuts 1 otherwise that
    /// does not have it, with 1,000 2, with 100,000 230, with 10,000,000 7,360.
    pub elsewhere: u64,
    /// What it does to the order of queries.
    pub queries: Vec<RankChanges>,
}

/// What a change does to the best hits of a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RankChanges {
    /// The query.
    pub query: String,
    /// Hits, before and after; the same whatever the dictionary.
    pub total: u64,
    /// Printed id, rank before and rank after, of those among the best 20 before or after whose rank differs; `None` is
    /// a rank beyond.
    pub moved: Vec<(String, Option<u64>, Option<u64>)>,
}

impl Engine {
    /// The user's dictionary that this engine cuts with, as given: that of the index, unless it was opened with another.
    pub fn dictionary(&self) -> &str {
        self.inner.segmenter.dictionary().user_words()
    }

    /// What another dictionary would do; nothing is changed. Every document is cut by both, which takes half as long as
    /// indexing; where queries are given, it is also indexed in memory by the one and then the other, so that ranks differ
    /// by the words alone and not by what the index still counts of replaced documents.
    ///
    /// # Errors
    /// A line of the dictionary is faulty, a query cannot be read, the index cannot be read.
    pub fn dictionary_change(&self, words: &str, queries: &[String]) -> Result<DictionaryChange, Error> {
        guarded(|| {
            let snapshot = self.snapshot()?;
            let new = Segmenter::new(Dictionary::with_words(words)?);
            let affected = self.affected(&new, &*snapshot, &mut || false)?;
            let mut change = differences(self.dictionary(), words);
            let holding = holding(&change, &*snapshot)?;
            change.holding = holding.len() as u64;
            change.elsewhere = affected.iter().filter(|place| !holding.contains(place)).count() as u64;
            change.affected = snapshot.ids(&affected)?;
            if !queries.is_empty() {
                let before = self.best(self.dictionary(), queries, &*snapshot)?;
                let after = self.best(words, queries, &*snapshot)?;
                let both = queries.iter().zip(before.iter().zip(&after));
                change.queries = both.map(|(query, (before, after))| moves(query, before, after)).collect();
            }
            Ok(change)
        })
    }

    /// Takes another dictionary: the documents that it cuts otherwise are cut again, and replaced by one commit that also
    /// carries the dictionary. This engine goes on cutting as before; open the index anew to ask with the new words.
    ///
    /// # Errors
    /// As [`Engine::dictionary_change`]; another writer is at work; [`Error::Cancelled`], which leaves all as it was.
    pub fn change_dictionary(&self, words: &str, how: Ingest<'_>) -> Result<IngestReport, Error> {
        let new = Segmenter::new(Dictionary::with_words(words)?);
        // Nobody else writes from here on, so that what is looked at is what is replaced.
        let mut run = Run::over(self, how, State::default(), Times::Kept)?;
        let snapshot = self.snapshot()?;
        let affected = self.affected(&new, &*snapshot, &mut || run.is_stopped())?;
        let old = snapshot.state();
        // An index of several dictionaries stays one.
        let whole = old.words.is_empty() || old.words == self.inner.segmenter.dictionary().fingerprint();
        let fingerprint = if whole { new.dictionary().fingerprint() } else { old.words.clone() };
        let state = State { words: fingerprint, dictionary: words.to_owned(), ..old.clone() };
        run = run.carrying(state).with(new).by_document();
        (run.commit_every, run.all_or_nothing) = (usize::MAX, true);
        let mut failure = None;
        let report = run.all(documents(&*snapshot, &affected, &mut failure));
        failure.map_or(report, Err)
    }

    /// The documents that are cut otherwise, in the order of the index. All are cut: a document without a changed word may
    /// be among them, for the frequencies of all words weigh on each, and those that jieba finds by itself on each other.
    fn affected(
        &self,
        new: &Segmenter,
        snapshot: &dyn Snapshot,
        is_stopped: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<Place>, Error> {
        let (old, threads) = (&self.inner.segmenter, self.inner.threads);
        let mut affected = Vec::new();
        if old.dictionary().user_words() == new.dictionary().user_words() {
            return Ok(affected);
        }
        let mut last = None;
        loop {
            let page = snapshot.scan(last, PAGE * threads)?;
            let Some((place, _)) = page.last() else { return Ok(affected) };
            last = Some(*place);
            affected.extend(cut_otherwise(&page, threads, [old, new]));
            if is_stopped() {
                return Err(Error::Cancelled { committed: 0 });
            }
        }
    }

    /// The best hits of queries in an index in memory of the same documents, cut by these words.
    fn best(&self, words: &str, queries: &[String], snapshot: &dyn Snapshot) -> Result<Vec<Best>, Error> {
        let mut options = EngineOptions { threads: self.inner.threads, ..EngineOptions::default() };
        options.synonyms = self.inner.synonyms.clone();
        options.dictionary = Some(words.to_owned());
        options.entities = Some(!snapshot.state().entities.is_empty());
        options.pairs = Some(!snapshot.state().pairs.is_empty());
        let copy = Self::over(Box::new(LocalIndex::in_memory()?), None, &options)?;
        let mut failure = None;
        let mut observer = |_: &Progress| ControlFlow::Continue(());
        let how = Ingest { observer: &mut observer, commit_every: usize::MAX };
        copy.ingest_with(stored(snapshot, &mut failure), how)?;
        failure.map_or(Ok(()), Err)?;
        let best = |query: &String| {
            let mut request = SearchRequest::new(query).limit(RANKS).relax(Relax::Never);
            request.ids_only = true;
            let response = copy.search(&request)?;
            let ranks = response.hits.into_iter().map(|hit| (hit.id, hit.rank)).collect();
            Ok(Best { total: response.summary.total.value, ranks })
        };
        queries.iter().map(best).collect()
    }
}

/// The best hits of a query: how many there are in all, and the ranks of the first.
struct Best {
    total: u64,
    ranks: BTreeMap<String, u64>,
}

fn moves(query: &str, before: &Best, after: &Best) -> RankChanges {
    let ids: BTreeSet<&String> = before.ranks.keys().chain(after.ranks.keys()).collect();
    let ranks = |id: &String| (id.clone(), before.ranks.get(id).copied(), after.ranks.get(id).copied());
    let mut moved: Vec<_> = ids.into_iter().map(ranks).filter(|(_, before, after)| before != after).collect();
    moved.sort_by_key(|(_, before, after)| (before.or(*after), *after));
    RankChanges { query: query.to_owned(), total: before.total, moved }
}

/// Those of some documents that two segmenters cut differently, in order, looked for on several threads.
fn cut_otherwise(page: &[(Place, Document)], threads: usize, segmenters: [&Segmenter; 2]) -> Vec<Place> {
    let differs = |document: &Document| cut(document, segmenters[0]) != cut(document, segmenters[1]);
    let places = |part: &[(Place, Document)]| -> Vec<Place> {
        part.iter().filter(|(_, document)| differs(document)).map(|(place, _)| *place).collect()
    };
    std::thread::scope(|scope| {
        let parts = page.chunks(page.len().div_ceil(threads).max(1));
        let workers: Vec<_> = parts.map(|part| scope.spawn(move || places(part))).collect();
        let joined = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.flatten().collect()
    })
}

/// The documents that have any of the words of a change.
fn holding(change: &DictionaryChange, snapshot: &dyn Snapshot) -> Result<HashSet<Place>, Error> {
    let changed = change.changed.iter().map(|(_, after)| after);
    let lines = change.added.iter().chain(&change.removed).chain(changed);
    let words = lines.filter_map(|line| line.split_whitespace().next());
    let terms: Vec<Meaning> = words.filter_map(Term::quoted).map(Meaning::Term).collect();
    if terms.is_empty() {
        return Ok(HashSet::new());
    }
    let meaning = Meaning::Or(terms);
    Ok(snapshot.search(&Ask::all(&meaning))?.candidates.iter().map(|candidate| candidate.place).collect())
}

/// The documents of some places; a page that cannot be read is the last, and its failure is told.
pub(super) fn documents<'a>(
    snapshot: &'a dyn Snapshot,
    places: &'a [Place],
    failure: &'a mut Option<Error>,
) -> impl Iterator<Item = Result<Document, Infallible>> + 'a {
    let mut pages = places.chunks(PAGE);
    let mut page = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if page.len() == 0 {
            page = snapshot.fetch(pages.next()?).map_err(|error| *failure = Some(error.into())).ok()?.into_iter();
        }
        page.next().map(Ok)
    })
}

/// The words of title and body.
fn cut(document: &Document, segmenter: &Segmenter) -> Vec<String> {
    let mut words = Vec::new();
    for (text, hard_wrapped) in [(&document.title, false), (&document.body, document.hard_wrapped)] {
        segmenter.cut(&Folded::new(text).text, hard_wrapped, |word| words.push(word.to_owned()));
        words.push(String::new());
    }
    words
}

/// What differs between the lines of two dictionaries, by word; of two lines of one word the later holds.
fn differences(old: &str, new: &str) -> DictionaryChange {
    let entries = |text: &str| -> BTreeMap<String, String> {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        let entry = |line: &str| {
            let word = line.split_whitespace().next().filter(|word| !word.starts_with('#'))?;
            Some((fold(word), line.split_whitespace().collect::<Vec<_>>().join(" ")))
        };
        lines.filter_map(entry).collect()
    };
    let (mut old, mut change) = (entries(old), DictionaryChange::default());
    for (word, after) in entries(new) {
        match old.remove(&word) {
            None => change.added.push(after),
            Some(before) if before != after => change.changed.push((before, after)),
            Some(_) => {}
        }
    }
    change.removed = old.into_values().collect();
    change
}
