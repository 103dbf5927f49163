//! A query into a response.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;
use std::time::Instant;

use super::collapse::{Lists, collapse, families_among, shown, tell};
use super::families::Families;
use super::guard::guarded;
use super::hits::{self, Asked, Found, Kind};
use super::rank::{AGEING, Evidence, HOT, MOST_POSITIONS, Ranked, WINDOW};
use super::relax::Loosened;
use super::subject::Subjects;
use super::suggest::{FEW, suggestions};
use super::words::{of_text, positive, words};
use super::{Coverage, Engine, FacetCounts, Limit, Relax, SearchRequest, SearchResponse, Summary, Total, clock, view};
use crate::analysis::line_of;
use crate::document::Day;
use crate::error::Error;
use crate::index::{Ask, Candidate, Freshness, IndexError, Place, Shape, Snapshot, Sort, Stream, WordWeight};
use crate::query::{Field, Meaning, Parsed, Query, Substitution, Term};
use crate::snippet::Needle;

/// Hits in other words at most.
const MOST_BESIDES: usize = 200;

impl Engine {
    /// Answers a query.
    ///
    /// # Errors
    /// The query has nothing to search for, is too large, or (strict) has a fault; the index cannot be read, was made by
    /// another analysis, or the time is over.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        guarded(|| self.answer(request))
    }

    fn answer(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let began = Instant::now();
        let (snapshot, families) = self.grouped()?;
        let parsed = request.parsed(&*snapshot)?;
        let typed = parsed.query.meaning()?;
        let Meant { meaning, besides, substitutions } = self.meant(typed, request, &*snapshot)?;
        let meaning = if request.outside { meaning.outside().unwrap_or(meaning) } else { meaning };
        let search = Search::new(self, &*snapshot, request, &meaning, began)?;
        let Exact { ranked: mut exact, dated, total, mut members } = search.exact(families.groups())?;
        let groups = families_among(total, &members);
        let facets = facets(&*snapshot, request, &exact, &parsed.query)?;
        if !request.collapse {
            exact.truncate(search.wanted());
        }
        // What stands in other words follows behind the last exact hit, and is looked for once that is at hand.
        let besides = besides.as_ref().filter(|_| total <= exact.len() as u64);
        let other = besides.map(|besides| Search::new(self, &*snapshot, request, besides, began)).transpose()?;
        let (expanded, near) = search.behind(&exact, total, other.as_ref())?;
        let relaxed = (expanded.len() + near.len()) as u64;
        let recogniser = if search.recognised.is_empty() { None } else { self.recogniser_of(snapshot.state()) };
        let found = Found {
            snapshot: &*snapshot,
            request,
            asked: Asked { terms: &search.terms, words: &search.words },
            otherwise: other.as_ref().map(|other| Asked { terms: &other.terms, words: &other.words }),
            substitutions: &substitutions,
            recognised: &search.recognised,
            recogniser: recogniser.as_ref(),
            outside: outside(&meaning),
            families: &families,
        };
        let mut lists = [(exact, Kind::Exact), (expanded, Kind::Expanded), (near, Kind::Near)];
        if request.collapse {
            lists = collapse(lists, families.groups(), &mut members);
        }
        let page = page(request, lists);
        let orders: Vec<u64> = page.iter().map(|(_, ranked, _)| ranked.candidate.order).collect();
        let mut hits = hits::hits(&found, page)?;
        if request.collapse && !request.ids_only {
            tell(&*snapshot, &families, &members, &mut hits, &orders)?;
        }
        let coverage = Coverage { outside: search.outside(), ..coverage(&*snapshot, dated)? };
        let suggestions = search.suggestions(&parsed.query, total);
        let Parsed { query, complaints, .. } = parsed;
        let summary = Summary {
            version: 1,
            query: request.query.clone(),
            total: Total { value: total, relation: "eq" },
            groups,
            relaxed,
            suggestions,
            coverage,
            took_ms: clock::since(began),
        };
        Ok(SearchResponse { hits, summary, complaints, canonical: query.to_string(), facets })
    }
}

/// What is looked for, and what is looked for beside it.
pub(super) struct Meant {
    pub meaning: Meaning,
    /// What stands in other words, where that follows behind the exact answers.
    pub besides: Option<Meaning>,
    pub substitutions: Vec<Substitution>,
}

impl Engine {
    /// What stands for terms belongs to the total where that is asked for, and below the line else.
    pub(super) fn meant(
        &self,
        typed: Meaning,
        request: &SearchRequest,
        snapshot: &dyn Snapshot,
    ) -> Result<Meant, Error> {
        if !request.expand && (request.relax == Relax::Never || request.outside) {
            return Ok(Meant { meaning: typed, besides: None, substitutions: Vec::new() });
        }
        let (expanded, substitutions) = self.expansion(&typed, snapshot)?.unzip();
        let (meaning, besides) = match expanded {
            Some(expanded) if request.expand => (expanded, None),
            expanded => (typed, expanded),
        };
        Ok(Meant { meaning, besides, substitutions: substitutions.unwrap_or_default() })
    }
}

/// The hits that are asked for, with their ranks: exact ones first, then those in other words, then near ones.
fn page(request: &SearchRequest, lists: Lists) -> Vec<(u64, Ranked, Kind)> {
    let all = lists.into_iter().flat_map(|(list, kind)| list.into_iter().map(move |ranked| (ranked, kind)));
    let limit = match request.limit {
        Limit::Hits(hits) => hits,
        Limit::All => usize::MAX,
    };
    let ranked = (1..).zip(all).skip(request.offset).take(limit);
    ranked.map(|(rank, (ranked, kind))| (rank, ranked, kind)).collect()
}

/// What the request counts all exact hits by.
fn facets(
    snapshot: &dyn Snapshot,
    request: &SearchRequest,
    exact: &[Ranked],
    query: &Query,
) -> Result<Vec<FacetCounts>, Error> {
    if request.facets.is_empty() {
        return Ok(Vec::new());
    }
    let mut places: Vec<Place> = exact.iter().map(|ranked| ranked.candidate.place).collect();
    places.sort_unstable();
    let count = |facet| view::count(snapshot, facet, Some(&places), request.facet_values, Some(query));
    request.facets.iter().map(count).collect()
}

/// The positions of a text that its lines take which recur in the index.
fn boilerplate(lines: &[u64], families: &Families) -> impl Iterator<Item = Range<usize>> {
    let lines = lines.iter().map(|number| line_of(*number));
    lines.filter(|(hash, _)| families.is_boilerplate(*hash)).map(|(_, positions)| positions)
}

/// What is looked for outside main texts.
fn outside(meaning: &Meaning) -> Vec<Needle> {
    positive(meaning).into_iter().filter(|term| term.field == Field::Rest).map(hits::needle).collect()
}

/// What dates did to an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dated {
    pub undated_left_out: u64,
    pub inferred: u64,
}

pub(super) fn coverage(snapshot: &dyn Snapshot, dated: Dated) -> Result<Coverage, Error> {
    let (counts, state) = (snapshot.counts()?, snapshot.state());
    Ok(Coverage {
        outdated: Vec::new(),
        documents: counts.documents,
        with_losses: counts.with_losses,
        skipped: state.skipped.values().sum(),
        undated_left_out: dated.undated_left_out,
        inferred_dates: dated.inferred,
        outside: 0,
        indexed_at: state.indexed_at.clone(),
        indexed_until: state.indexed_until,
    })
}

/// What a query means exactly.
pub(super) struct Exact {
    /// The best of them, in order.
    pub ranked: Vec<Ranked>,
    /// What dates did to them.
    pub dated: Dated,
    /// How many there are in all.
    pub total: u64,
    /// How many of all are in each group.
    pub members: HashMap<u32, u64>,
}

/// One search under way.
pub(super) struct Search<'a> {
    snapshot: &'a dyn Snapshot,
    request: &'a SearchRequest,
    meaning: &'a Meaning,
    terms: Vec<&'a Term>,
    /// Those that ask for what was recognised in texts.
    recognised: Vec<&'a Term>,
    words: Vec<WordWeight>,
    dates: Option<(RangeInclusive<Day>, bool)>,
    deadline: Option<Instant>,
    evidence: OnceCell<Evidence>,
    /// What recurs in the index.
    families: Arc<Families>,
}

impl<'a> Search<'a> {
    pub fn new(
        engine: &Engine,
        snapshot: &'a dyn Snapshot,
        request: &'a SearchRequest,
        meaning: &'a Meaning,
        began: Instant,
    ) -> Result<Self, Error> {
        let all = positive(meaning);
        let (terms, mut recognised) = (of_text(&all), all);
        recognised.retain(|term| term.field.is_recognised());
        let words = words(&terms, snapshot, &engine.inner.segmenter)?;
        let dates = request.dates();
        let deadline = request.deadline_from(began);
        // A part that a later commit has done away with is no reason to fail: what recurs is only of the order.
        let (evidence, families) = (OnceCell::new(), engine.families(snapshot).unwrap_or_default());
        Ok(Self { snapshot, request, meaning, terms, recognised, words, dates, deadline, evidence, families })
    }

    /// What age takes away.
    fn freshness(&self) -> Option<Freshness> {
        match (self.request.sort, self.request.recency) {
            (Sort::Hot, _) => Some(HOT),
            (_, weight) if weight > 0.0 => Some(Freshness { weight: weight.min(1.0), ..AGEING }),
            _ => None,
        }
    }

    /// What else may be meant where little is found. A failure here is no failure of the answer.
    fn suggestions(&self, query: &Query, total: u64) -> Vec<String> {
        // A literal string has no place for another one.
        if total >= FEW || self.request.ids_only || self.request.literal {
            return Vec::new();
        }
        let found = suggestions(query, total, self.snapshot, self.deadline).unwrap_or_default();
        found.into_iter().map(|suggestion| suggestion.text).collect()
    }

    /// How many of the best are needed for the page.
    fn wanted(&self) -> usize {
        self.page_end().max(WINDOW)
    }

    /// How many hits there are up to the last of the page.
    fn page_end(&self) -> usize {
        match self.request.limit {
            Limit::All => usize::MAX,
            Limit::Hits(hits) => hits.saturating_add(self.request.offset),
        }
    }

    /// What follows behind the exact hits: what `other` finds in other words, then the near ones.
    pub fn behind(
        &self,
        exact: &[Ranked],
        total: u64,
        other: Option<&Search<'_>>,
    ) -> Result<(Vec<Ranked>, Vec<Ranked>), Error> {
        let mut known: HashSet<Place> = exact.iter().map(|ranked| ranked.candidate.place).collect();
        let expanded = match other {
            Some(other) if total <= exact.len() as u64 => other.besides(&known)?,
            _ => Vec::new(),
        };
        known.extend(expanded.iter().map(|ranked| ranked.candidate.place));
        let near = self.near(&known, total)?;
        Ok((expanded, near))
    }

    /// The exact hits, as many as the page needs where reprints are taken together.
    pub fn exact(&self, groups: &HashMap<u64, u32>) -> Result<Exact, Error> {
        let mut ask = Ask { groups: Some(groups), ..self.ask() };
        loop {
            let found = self.snapshot.search(&ask)?;
            let all = found.candidates.len() as u64 >= found.total;
            if !self.request.collapse || all || shown(found.candidates.iter(), groups) >= self.page_end() {
                let ranked = self.in_order(found.candidates, found.ideal)?;
                let dated = Dated { undated_left_out: found.undated_left_out, inferred: found.inferred };
                return Ok(Exact { ranked, dated, total: found.total, members: found.groups });
            }
            ask.limit = ask.limit.saturating_mul(4);
        }
    }

    /// How many more documents hold the query outside their main text. A failure here is no failure of the answer.
    fn outside(&self) -> u64 {
        if self.request.outside || self.request.ids_only {
            return 0;
        }
        let has_rest = self.snapshot.counts().is_ok_and(|counts| counts.with_rest > 0);
        let Some(meaning) = self.meaning.outside().filter(|_| has_rest) else { return 0 };
        let ask = Ask { meaning: &meaning, words: &[], sort: Sort::Relevance, freshness: None, limit: 0, ..self.ask() };
        self.snapshot.search(&ask).map_or(0, |found| found.total)
    }

    fn ask(&self) -> Ask<'_> {
        Ask {
            meaning: self.meaning,
            words: &self.words,
            minimum: 0.0,
            dates: self.dates.clone(),
            indexed_after: self.request.indexed_after,
            sort: self.request.sort,
            freshness: self.freshness(),
            // Facets count all of them.
            limit: if self.request.facets.is_empty() { self.wanted() } else { usize::MAX },
            groups: None,
            deadline: self.deadline,
        }
    }

    fn in_order(&self, candidates: Vec<Candidate>, ideal: f32) -> Result<Vec<Ranked>, Error> {
        match self.request.sort {
            Sort::Newest | Sort::Oldest => {
                Ok(candidates.into_iter().map(|candidate| Ranked::by_words(candidate, 1.0)).collect())
            }
            _ => self.look_again(candidates, ideal),
        }
    }

    /// What is found beside what is known, at most [`MOST_BESIDES`].
    fn besides(&self, known: &HashSet<Place>) -> Result<Vec<Ranked>, Error> {
        let mut ask = self.ask();
        ask.limit = MOST_BESIDES + known.len();
        let found = self.snapshot.search(&ask)?;
        let mut candidates = found.candidates;
        candidates.retain(|candidate| !known.contains(&candidate.place));
        candidates.truncate(MOST_BESIDES);
        self.in_order(candidates, found.ideal)
    }

    /// The near hits, in order, where the request and the query allow any.
    pub fn near(&self, known: &HashSet<Place>, total: u64) -> Result<Vec<Ranked>, Error> {
        let is_question = self.request.query.trim_end().ends_with(['？', '?']);
        if self.request.outside {
            return Ok(Vec::new());
        }
        let loosened = Loosened::of(self.meaning, self.request.relax, total, &self.terms, is_question, self.snapshot)?;
        let Some(loosened) = loosened else {
            return Ok(Vec::new());
        };
        let ask = Ask {
            meaning: &loosened.held,
            minimum: loosened.minimum,
            sort: Sort::Relevance,
            limit: loosened.most + known.len().min(2 * loosened.most),
            ..self.ask()
        };
        let found = self.snapshot.search(&ask)?;
        let mut candidates = found.candidates;
        candidates.retain(|candidate| !known.contains(&candidate.place));
        candidates.truncate(loosened.most);
        self.look_again(candidates, found.ideal)
    }

    /// Puts the best candidates in the order of the second look; the others stay behind them as they were.
    fn look_again(&self, candidates: Vec<Candidate>, ideal: f32) -> Result<Vec<Ranked>, Error> {
        let ideal = if ideal > 0.0 { ideal } else { 1.0 };
        let by_words = |candidate| Ranked::by_words(candidate, ideal);
        let mut ranked: Vec<Ranked> = candidates.into_iter().map(by_words).collect();
        if ranked.is_empty() {
            return Ok(ranked);
        }
        let (evidence, window) = (self.evidence()?, ranked.len().min(WINDOW));
        if evidence.is_empty() {
            return Ok(ranked);
        }
        let (best, rest) = ranked.split_at_mut(window);
        self.look(best, evidence)?;
        // Scores fall from the first hit to the last: the others begin below the lowest of the best.
        let lowest = best.last().map_or(0.0, |ranked| ranked.candidate.score);
        let highest = rest.first().map_or(0.0, |ranked| ranked.candidate.score).max(f32::MIN_POSITIVE);
        let scale = lowest.max(0.0) / highest.max(lowest);
        rest.iter_mut().for_each(|ranked| ranked.candidate.score *= scale);
        Ok(ranked)
    }

    /// Scores the best anew and puts them in order.
    fn look(&self, best: &mut [Ranked], evidence: &Evidence) -> Result<(), Error> {
        let places: Vec<Place> = best.iter().map(|ranked| ranked.candidate.place).collect();
        let tokens: Vec<&str> = evidence.tokens.iter().map(String::as_str).collect();
        let mut texts: Vec<Vec<u32>> = vec![Vec::new(); best.len()];
        self.snapshot.positions(&tokens, &places, self.deadline, &mut |at, token, positions| {
            let positions = &positions[..positions.partition_point(|position| *position < MOST_POSITIONS)];
            let length = positions.last().map_or(0, |last| *last as usize + 1).max(texts[at].len());
            texts[at].resize(length, 0);
            positions.iter().for_each(|position| texts[at][*position as usize] = token as u32 + 1);
        })?;
        let shares = Subjects::of(&self.terms, self.snapshot)?.shares(self.snapshot, &places)?;
        let looked = texts.iter_mut().zip(self.snapshot.shapes(&places)?).zip(shares);
        for (ranked, ((text, Shape { han, lines }), subject)) in best.iter_mut().zip(looked) {
            self.in_time()?;
            for positions in boilerplate(&lines, &self.families) {
                evidence.pass_over(text, positions);
            }
            ranked.look(evidence, text, han, subject, self.freshness());
        }
        best.sort_by(Ranked::before);
        // How a text is written is asked of those alone that are alike in all that the index tells.
        for alike in best.chunk_by_mut(|a, b| a.candidate.score == b.candidate.score).filter(|alike| alike.len() > 1) {
            for ranked in alike.iter_mut() {
                self.in_time()?;
                for document in self.snapshot.fetch(&[ranked.candidate.place])? {
                    ranked.tell_as_written(evidence.as_written(&document));
                }
            }
            alike.sort_by(Ranked::before);
        }
        Ok(())
    }

    fn in_time(&self) -> Result<(), Error> {
        match self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            true => Err(IndexError::Deadline.into()),
            false => Ok(()),
        }
    }

    fn evidence(&self) -> Result<&Evidence, Error> {
        if let Some(evidence) = self.evidence.get() {
            return Ok(evidence);
        }
        let evidence = Evidence::new(&self.terms, &self.words, &self.rarities()?, self.average_han()?);
        Ok(self.evidence.get_or_init(|| evidence))
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

    fn average_han(&self) -> Result<f32, Error> {
        let counts = self.snapshot.counts()?;
        Ok(counts.han as f32 / counts.documents.max(1) as f32)
    }
}
