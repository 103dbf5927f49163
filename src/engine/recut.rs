//! A change of the user's dictionary: which documents it cuts otherwise, what that does to the order, and the change
//! itself, in which only these are cut again, from their stored texts. What is found never depends on it.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use serde::Serialize;

use super::guard::guarded;
use super::ingest::{Ingest, IngestReport};
use super::run::{Run, Times};
use super::{Engine, EngineOptions, SearchRequest};
use crate::analysis::{Dictionary, Folded, Segmenter, fold, unigrams};
use crate::document::Document;
use crate::error::Error;
use crate::index::{Ask, Place, Snapshot, Sort, State};
use crate::query::{Field, Meaning, Piece, Term};

/// Documents that are read at a time.
const PAGE: usize = 256;
/// Ranks that are compared.
const RANKS: usize = 20;

/// What a change of the dictionary does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename = "dictionary_change")]
#[non_exhaustive]
pub struct DictionaryChange {
    /// Words that are new, or have another frequency or tag, as given.
    pub added: Vec<String>,
    /// Words that are gone.
    pub removed: Vec<String>,
    /// How many documents have any of these strings.
    pub looked_at: u64,
    /// Printed ids of the documents that are cut otherwise.
    pub affected: Vec<String>,
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

    /// What another dictionary would do; nothing is changed. Where queries are given, all documents are cut by it into an
    /// index in memory, which takes as long as indexing them.
    ///
    /// # Errors
    /// A line of the dictionary is faulty, a query cannot be read, the index cannot be read.
    pub fn dictionary_change(&self, words: &str, queries: &[String]) -> Result<DictionaryChange, Error> {
        guarded(|| {
            let snapshot = self.snapshot()?;
            let (mut change, affected) = self.affected(words, &*snapshot)?;
            change.affected = snapshot.ids(&affected)?;
            if !queries.is_empty() {
                let after = self.changed_copy(words)?;
                change.queries =
                    queries.iter().map(|query| ranks(self, &after, query)).collect::<Result<_, Error>>()?;
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
        let snapshot = self.snapshot()?;
        let (_, affected) = self.affected(words, &*snapshot)?;
        let dictionary = Dictionary::with_words(words)?;
        let old = snapshot.state();
        // An index of several dictionaries stays one.
        let whole = old.words.is_empty() || old.words == self.inner.segmenter.dictionary().fingerprint();
        let words = if whole { dictionary.fingerprint() } else { old.words.clone() };
        let state = State { words, dictionary: dictionary.user_words().to_owned(), ..old.clone() };
        let mut run = Run::over(self, how, state, Times::Kept)?.with(Segmenter::new(dictionary)).by_document();
        (run.commit_every, run.all_or_nothing) = (usize::MAX, true);
        let mut failure = None;
        let report = run.all(documents(&*snapshot, &affected, &mut failure));
        failure.map_or(report, Err)
    }

    /// What differs between the dictionaries, and the documents that are cut otherwise.
    fn affected(&self, words: &str, snapshot: &dyn Snapshot) -> Result<(DictionaryChange, Vec<Place>), Error> {
        let new = Segmenter::new(Dictionary::with_words(words)?);
        let old = &self.inner.segmenter;
        let (added, removed) = differences(old.dictionary().user_words(), words);
        let strings = added.iter().chain(&removed).map(|line| line.split_whitespace().next().unwrap_or_default());
        let terms: Vec<Meaning> = strings.filter_map(term).collect();
        let mut change = DictionaryChange { added, removed, ..DictionaryChange::default() };
        let mut affected = Vec::new();
        if terms.is_empty() {
            return Ok((change, affected));
        }
        let (meaning, words) = (Meaning::Or(terms), &[][..]);
        let ask = Ask {
            meaning: &meaning,
            words,
            minimum: 0.0,
            dates: None,
            indexed_after: None,
            sort: Sort::Newest,
            freshness: None,
            limit: usize::MAX,
            deadline: None,
        };
        let mut places: Vec<Place> =
            snapshot.search(&ask)?.candidates.iter().map(|candidate| candidate.place).collect();
        places.sort_unstable();
        change.looked_at = places.len() as u64;
        for page in places.chunks(PAGE) {
            let documents = snapshot.fetch(page)?;
            let otherwise = |(_, document): &(&Place, &Document)| cut(document, old) != cut(document, &new);
            affected.extend(page.iter().zip(&documents).filter(otherwise).map(|(place, _)| *place));
        }
        Ok((change, affected))
    }

    /// An engine in memory over the same documents, cut by other words.
    fn changed_copy(&self, words: &str) -> Result<Self, Error> {
        let mut options = EngineOptions { threads: self.inner.threads, ..EngineOptions::default() };
        options.dictionary = Some(words.to_owned());
        let copy = Self::over(Box::new(crate::index::local::LocalIndex::in_memory()?), None, &options)?;
        let snapshot = self.snapshot()?;
        let mut last = None;
        let all = std::iter::from_fn(|| {
            let page = snapshot.scan(last, PAGE).ok()?;
            last = page.last().map(|(place, _)| *place).or(last);
            (!page.is_empty()).then_some(page)
        });
        copy.ingest(all.flatten().map(|(_, document)| document))?;
        Ok(copy)
    }
}

/// The best hits of a query by both engines.
fn ranks(before: &Engine, after: &Engine, query: &str) -> Result<RankChanges, Error> {
    let mut request = SearchRequest::new(query).limit(RANKS).relax(super::Relax::Never);
    request.ids_only = true;
    let (before, after) = (before.search(&request)?, after.search(&request)?);
    let mut ranks: BTreeMap<(u64, String), (Option<u64>, Option<u64>)> = BTreeMap::new();
    let new: HashMap<&str, u64> = after.hits.iter().map(|hit| (hit.id.as_str(), hit.rank)).collect();
    let old: HashMap<&str, u64> = before.hits.iter().map(|hit| (hit.id.as_str(), hit.rank)).collect();
    for hit in before.hits.iter().chain(&after.hits) {
        let (one, other) = (old.get(hit.id.as_str()).copied(), new.get(hit.id.as_str()).copied());
        if one != other {
            ranks.insert((one.or(other).unwrap_or_default(), hit.id.clone()), (one, other));
        }
    }
    let moved = ranks.into_iter().map(|((_, id), (one, other))| (id, one, other)).collect();
    Ok(RankChanges { query: query.to_owned(), total: before.summary.total.value, moved })
}

/// The documents of some places; a page that cannot be read is the last, and its failure is told.
fn documents<'a>(
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

/// Lines of the new dictionary that the old one has not, and words of the old one that the new one has not.
fn differences(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let entries = |text: &str| -> BTreeMap<String, String> {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        let entry = |line: &str| {
            let word = line.split_whitespace().next().filter(|word| !word.starts_with('#'))?;
            Some((fold(word), line.split_whitespace().collect::<Vec<_>>().join(" ")))
        };
        lines.filter_map(entry).collect()
    };
    let (old, new) = (entries(old), entries(new));
    let added = new.iter().filter(|(word, line)| old.get(*word) != Some(line)).map(|(_, line)| line.clone());
    let removed = old.iter().filter(|(word, _)| !new.contains_key(*word)).map(|(_, line)| line.clone());
    (added.collect(), removed.collect())
}

/// A word as a string that a document may have.
fn term(word: &str) -> Option<Meaning> {
    let piece = |unigram: crate::analysis::Unigram| match unigram.kind.is_mark() {
        true => Piece::AnyMark,
        false => Piece::Token(unigram.text),
    };
    let unigrams: Vec<Piece> = unigrams(word).into_iter().map(piece).collect();
    let term = Term { field: Field::Text, written: word.to_owned(), unigrams, quoted: true, weight: 1.0 };
    (!term.unigrams.is_empty()).then_some(Meaning::Term(term))
}
