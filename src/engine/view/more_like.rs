//! Articles like one: its most telling words, asked for as a weighted query.
//!
//! The words are those of the greatest tf·idf, as expansion by relevance feedback takes them (Lavrenko and Croft 2001; in
//! the form RM3 with a single document); each weighs by the logarithm of how often it stands, a title's word as often as
//! five of the body's, since the order counts its rarity already.

use std::collections::HashMap;
use std::time::Instant;

use super::written::written_forms;
use crate::analysis::{fold, is_function_word, unigrams};
use crate::document::Document;
use crate::engine::collapse::{collapse, shown, tell};
use crate::engine::guard::guarded;
use crate::engine::hits::{Asked, Found, Kind, hits};
use crate::engine::rank::Ranked;
use crate::engine::{Engine, Limit, SearchRequest, SearchResponse, Summary, Total, clock, search};
use crate::error::Error;
use crate::index::{Ask, Snapshot, Stream, WordWeight};
use crate::query::{Field, Meaning, Piece, Term};

/// Words that are asked for at most. Tried on 333 stories with known tags, as the share of (at most ten) stories of the same
/// tag among the first ten, each change by itself: 20, 25 and 30 words .365, .360 and .353; with 25 words a title's word
/// as five, three and one of the body .360, .346 and .290; a least share of .15, .1 and .05 .360, .363 and .365. Fitted
/// and measured on the same stories: differences below .01 say nothing.
const MOST_WORDS: usize = 20;
/// Share of the words' weight that an article must have to be like the other.
const LEAST_SHARE: f32 = 0.1;
/// A word of the title counts as so many of the body.
const TITLE: f32 = 5.0;

impl Engine {
    /// The articles that are like the one that an id, a path, `path#id` or a key names, the most alike first and itself
    /// left out: those with a part of its most telling words. Of the request limit, offset, dates, passages and time
    /// count, and its query does not. The words are the canonical query of the answer. `None` where no document, or more
    /// than one, has the id.
    ///
    /// # Errors
    /// The index cannot be read, was made by another analysis, or the time is over.
    pub fn more_like(&self, id: &str, request: &SearchRequest) -> Result<Option<SearchResponse>, Error> {
        guarded(|| self.alike(id, request))
    }

    fn alike(&self, id: &str, request: &SearchRequest) -> Result<Option<SearchResponse>, Error> {
        let began = Instant::now();
        let (snapshot, families) = self.grouped()?;
        let [itself] = snapshot.find(id)?[..] else { return Ok(None) };
        let Some(document) = snapshot.fetch(&[itself])?.pop() else { return Ok(None) };
        let words = self.telling(&document, &*snapshot)?;
        let ask = Ask { words: &words, minimum: LEAST_SHARE, ..request.ask(&Meaning::Everything) };
        let found = if words.is_empty() { crate::index::Found::default() } else { snapshot.search(&ask)? };
        let ideal = found.ideal.max(f32::MIN_POSITIVE);
        let others = found.candidates.into_iter().filter(|other| other.place != itself);
        let mut alike: Vec<Ranked> = others.map(|other| Ranked::by_words(other, ideal)).collect();
        let total = Total { value: alike.len() as u64, relation: "eq" };
        let groups = shown(alike.iter().map(|ranked| &ranked.candidate), families.groups()) as u64;
        let mut members = HashMap::new();
        for group in alike.iter().filter_map(|ranked| families.groups().get(&ranked.candidate.order)) {
            *members.entry(*group).or_default() += 1;
        }
        if request.collapse {
            let lists = [(alike, Kind::Exact), (Vec::new(), Kind::Expanded), (Vec::new(), Kind::Near)];
            [(alike, _), ..] = collapse(lists, families.groups(), &mut members);
        }
        let limit = match request.limit {
            Limit::Hits(hits) => hits,
            Limit::All => usize::MAX,
        };
        let ranked = (1..).zip(alike).skip(request.offset).take(limit);
        let page: Vec<_> = ranked.map(|(rank, alike)| (rank, alike, Kind::Exact)).collect();
        let orders: Vec<u64> = page.iter().map(|(_, ranked, _)| ranked.candidate.order).collect();
        let request = SearchRequest { query: id.to_owned(), ..request.clone() };
        let names: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let written = written_forms(&*snapshot, &[itself], &names)?;
        let terms: Vec<Term> = words.iter().map(|word| term(word, &written[&word.text])).collect();
        let terms: Vec<&Term> = terms.iter().collect();
        let asked = Asked { terms: &terms, words: &words };
        let marked = Found {
            snapshot: &*snapshot,
            request: &request,
            asked,
            otherwise: None,
            substitutions: &[],
            recognised: &[],
            recogniser: None,
            outside: Vec::new(),
            families: &families,
        };
        let mut hits = hits(&marked, page)?;
        if request.collapse && !request.ids_only {
            tell(&*snapshot, &families, &members, &mut hits, &orders)?;
        }
        let dated = search::Dated { undated_left_out: found.undated_left_out, inferred: found.inferred };
        let coverage = search::coverage(&*snapshot, dated)?;
        let summary = Summary {
            version: 1,
            query: request.query,
            total,
            groups,
            relaxed: 0,
            suggestions: Vec::new(),
            coverage,
            took_ms: clock::since(began),
        };
        let canonical = terms.iter().map(|term| term.written.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Some(SearchResponse { hits, summary, facets: Vec::new(), complaints: Vec::new(), canonical }))
    }

    /// The words that tell most of a document, the most telling first.
    fn telling(&self, document: &Document, snapshot: &dyn Snapshot) -> Result<Vec<WordWeight>, Error> {
        let mut frequencies: HashMap<String, f32> = HashMap::new();
        for (text, hard_wrapped, times) in
            [(&document.title, false, TITLE), (&document.body, document.hard_wrapped, 1.0)]
        {
            self.inner.segmenter.cut(&fold(text), hard_wrapped, |word| {
                if !is_function_word(word) {
                    *frequencies.entry(word.to_owned()).or_default() += times;
                }
            });
        }
        let words: Vec<(String, f32)> = frequencies.into_iter().collect();
        let names: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        let all = snapshot.counts()?.documents as f32;
        let having = snapshot.frequencies(Stream::BodyWords, &names)?;
        let rarity = |having: u64| (1.0 + (all - having as f32 + 0.5).max(0.0) / (having as f32 + 0.5)).ln();
        // A word that this document alone has finds no other.
        let rated = words.iter().zip(having).filter(|(_, having)| *having > 1);
        let mut rated: Vec<(f32, &str, f32)> =
            rated.map(|((word, frequency), having)| (frequency * rarity(having), word.as_str(), *frequency)).collect();
        rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        rated.truncate(MOST_WORDS);
        let weight = |(_, word, frequency): (f32, &str, f32)| WordWeight {
            text: word.to_owned(),
            weight: 1.0 + frequency.ln(),
            unigram: false,
        };
        Ok(rated.into_iter().map(weight).collect())
    }
}

/// A word as what is marked in the passages.
fn term(word: &WordWeight, written: &str) -> Term {
    let unigrams = unigrams(&word.text).into_iter().map(|unigram| Piece::Token(unigram.text)).collect();
    Term { field: Field::Text, written: written.to_owned(), unigrams, quoted: true, weight: word.weight }
}
