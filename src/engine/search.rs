//! A query into a response.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::hits::{self, Found};
use super::rank::{Evidence, WINDOW};
use super::relax::Loosened;
use super::words::{of_text, positive, words};
use super::{Coverage, Engine, Limit, SearchRequest, SearchResponse, Summary, Total, clock};
use crate::document::Day;
use crate::error::Error;
use crate::index::{Ask, Candidate, IndexError, Snapshot, Sort, Stream, WordWeight};
use crate::query::{Meaning, ParseOptions, Parsed, Term, parse};

impl Engine {
    /// Answers a query.
    ///
    /// # Errors
    /// The query has nothing to search for, is too large, or (strict) has a fault; the index cannot be read, was made by
    /// another analysis, or the time is over.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        // The engine below panics on some damaged files; a panic must not take an embedder's program with it.
        catch_unwind(AssertUnwindSafe(|| self.answer(request))).unwrap_or_else(|_| {
            Err(IndexError::Read { reason: "a part of it is not what it was when it was written".to_owned() }.into())
        })
    }

    fn answer(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let began = Instant::now();
        let snapshot = self.snapshot()?;
        let extra: Vec<String> = snapshot.state().extra_fields.iter().cloned().collect();
        let options = ParseOptions { strict: request.strict, literal: request.literal, extra_fields: &extra };
        let parsed = parse(&request.query, &options)?;
        let meaning = parsed.query.meaning()?;
        let search = Search::new(self, &*snapshot, request, &meaning, began)?;
        let (exact, undated_left_out, total) = search.exact()?;
        let near = search.near(&exact, total)?;
        let relaxed = near.len() as u64;
        let found = Found { snapshot: &*snapshot, request, terms: &search.terms, words: &search.words };
        let page = page(request, exact, near);
        let hits = hits::hits(&found, page)?;
        let coverage = coverage(&*snapshot, undated_left_out)?;
        let Parsed { query, complaints, .. } = parsed;
        let summary = Summary {
            version: 1,
            query: request.query.clone(),
            total: Total { value: total, relation: "eq" },
            relaxed,
            coverage,
            took_ms: clock::since(began),
        };
        Ok(SearchResponse { hits, summary, complaints, canonical: query.to_string() })
    }
}

/// The hits that are asked for, with their ranks: exact ones first, then near ones.
fn page(request: &SearchRequest, exact: Vec<Candidate>, near: Vec<Candidate>) -> Vec<(u64, Candidate, bool)> {
    let exact = exact.into_iter().map(|candidate| (candidate, false));
    let all = exact.chain(near.into_iter().map(|candidate| (candidate, true)));
    let limit = match request.limit {
        Limit::Hits(hits) => hits,
        Limit::All => usize::MAX,
    };
    let ranked = (1..).zip(all).skip(request.offset).take(limit);
    ranked.map(|(rank, (candidate, near))| (rank, candidate, near)).collect()
}

fn coverage(snapshot: &dyn Snapshot, undated_left_out: u64) -> Result<Coverage, Error> {
    let (counts, state) = (snapshot.counts()?, snapshot.state());
    Ok(Coverage {
        documents: counts.documents,
        with_losses: counts.with_losses,
        skipped: state.skipped.values().sum(),
        undated_left_out,
        indexed_at: state.indexed_at.clone(),
    })
}

/// One search under way.
struct Search<'a> {
    snapshot: &'a dyn Snapshot,
    request: &'a SearchRequest,
    meaning: &'a Meaning,
    terms: Vec<&'a Term>,
    words: Vec<WordWeight>,
    dates: Option<(RangeInclusive<Day>, bool)>,
    deadline: Option<Instant>,
}

impl<'a> Search<'a> {
    fn new(
        engine: &Engine,
        snapshot: &'a dyn Snapshot,
        request: &'a SearchRequest,
        meaning: &'a Meaning,
        began: Instant,
    ) -> Result<Self, Error> {
        let terms = of_text(&positive(meaning));
        let words = words(&terms, snapshot, &engine.inner.segmenter)?;
        let dates = request.dates();
        // A time that no clock can tell is no limit.
        let deadline = request.timeout.and_then(|timeout: Duration| began.checked_add(timeout));
        Ok(Self { snapshot, request, meaning, terms, words, dates, deadline })
    }

    /// How many of the best are needed for the page.
    fn wanted(&self) -> usize {
        match self.request.limit {
            Limit::All => usize::MAX,
            Limit::Hits(hits) => hits.saturating_add(self.request.offset).max(WINDOW),
        }
    }

    /// The exact hits, in order; documents without a date that were left out; how many there are in all.
    fn exact(&self) -> Result<(Vec<Candidate>, u64, u64), Error> {
        let ask = Ask {
            meaning: self.meaning,
            words: &self.words,
            minimum: 0.0,
            dates: self.dates.clone(),
            sort: self.request.sort,
            limit: self.wanted(),
            deadline: self.deadline,
        };
        let found = self.snapshot.search(&ask)?;
        let mut candidates = found.candidates;
        if self.request.sort == Sort::Relevance {
            self.look_again(&mut candidates, found.ideal)?;
        }
        Ok((candidates, found.undated_left_out, found.total))
    }

    /// The near hits, in order, where the request and the query allow any.
    fn near(&self, exact: &[Candidate], total: u64) -> Result<Vec<Candidate>, Error> {
        let is_question = self.request.query.trim_end().ends_with(['？', '?']);
        let loosened = Loosened::of(self.meaning, self.request.relax, total, &self.terms, is_question, self.snapshot)?;
        let Some(loosened) = loosened else {
            return Ok(Vec::new());
        };
        let ask = Ask {
            meaning: &loosened.held,
            words: &self.words,
            minimum: loosened.minimum,
            dates: self.dates.clone(),
            sort: Sort::Relevance,
            limit: loosened.most + exact.len().min(loosened.most),
            deadline: self.deadline,
        };
        let found = self.snapshot.search(&ask)?;
        let known: HashSet<_> = exact.iter().map(|candidate| candidate.place).collect();
        let mut candidates = found.candidates;
        candidates.retain(|candidate| !known.contains(&candidate.place));
        candidates.truncate(loosened.most);
        self.look_again(&mut candidates, found.ideal)?;
        Ok(candidates)
    }

    /// Puts the best candidates in the order of the second look; the others stay behind them as they were.
    fn look_again(&self, candidates: &mut [Candidate], ideal: f32) -> Result<(), Error> {
        let ideal = if ideal > 0.0 { ideal } else { 1.0 };
        candidates.iter_mut().for_each(|candidate| candidate.score /= ideal);
        let evidence = Evidence::new(&self.terms, &self.words, &self.rarities()?, self.average_chars()?);
        let window = candidates.len().min(WINDOW);
        if window < 2 || evidence.is_empty() {
            return Ok(());
        }
        let (best, rest) = candidates.split_at_mut(window);
        let places: Vec<_> = best.iter().map(|candidate| candidate.place).collect();
        for (candidate, document) in best.iter_mut().zip(self.snapshot.fetch(&places)?) {
            candidate.score = evidence.score(&document, candidate.score);
        }
        best.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| b.date.cmp(&a.date)).then_with(|| a.order.cmp(&b.order))
        });
        // Scores fall from the first hit to the last: the others begin below the lowest of the best.
        let lowest = best.last().map_or(0.0, |candidate| candidate.score);
        let highest = rest.first().map_or(0.0, |candidate| candidate.score).max(f32::MIN_POSITIVE);
        let scale = lowest.max(0.0) / highest.max(lowest);
        rest.iter_mut().for_each(|candidate| candidate.score *= scale);
        Ok(())
    }

    /// How rare the words and the characters of the query are: ln(1 + (N - n + .5) / (n + .5)).
    fn rarities(&self) -> Result<HashMap<String, f32>, Error> {
        let all = self.snapshot.counts()?.documents as f32;
        let idf = |having: u64| (1.0 + (all - having as f32 + 0.5).max(0.0) / (having as f32 + 0.5)).ln();
        let words: Vec<&str> = self.words.iter().filter(|word| !word.unigram).map(|word| word.text.as_str()).collect();
        let mut characters: Vec<String> = self.terms.iter().flat_map(|term| term.tokens().map(str::to_owned)).collect();
        characters.sort_unstable();
        characters.dedup();
        let characters: Vec<&str> = characters.iter().map(String::as_str).collect();
        let mut rarities = HashMap::new();
        for (stream, texts) in [(Stream::Text, characters), (Stream::BodyWords, words)] {
            let frequencies = self.snapshot.frequencies(stream, &texts)?;
            let known = texts.iter().zip(frequencies).filter(|(_, having)| *having > 0);
            rarities.extend(known.map(|(text, having)| ((*text).to_owned(), idf(having))));
        }
        Ok(rarities)
    }

    fn average_chars(&self) -> Result<f32, Error> {
        let counts = self.snapshot.counts()?;
        Ok(counts.bytes as f32 / 3.0 / counts.documents.max(1) as f32)
    }
}
