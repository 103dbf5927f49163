//! Did you mean: strings of the corpus near to a term that it has rarely or never.
//!
//! `near` and `spelt` give strings that may be meant, by sound, shape, slips of the hand or pinyin; here they are held
//! against the corpus: a suggestion has clearly more documents than what was asked for. Nothing is ever applied.

mod asked;
mod complete;
mod count;
mod lattice;
mod near;
mod slips;
mod spelt;
mod variants;

use std::time::Instant;

use serde::Serialize;

use super::guard::guarded;
use super::{Engine, SearchRequest};
use crate::error::Error;
use crate::index::Snapshot;
use crate::query::Query;
use asked::{Asked, asked};
use count::Counter;
use lattice::Near;

pub use complete::Completion;
pub(super) use spelt::pinyin_readings;

/// A query with so many documents or more needs no other.
pub(super) const FEW: u64 = 3;
/// Suggestions that are given at most.
const MOST: usize = 5;
/// Strings that are counted, the likeliest first, and those among them that are no words: a millisecond or two each.
const COUNTED: usize = 24;
const COUNTED_IN_TEXTS: usize = 10;
/// Documents that a suggestion has at least where the query has none: the most of this, and one of so many of the
/// corpus, so that a corpus of a dozen articles has suggestions too.
const LEAST: u64 = 5;
const ONE_IN: u64 = 400;
/// What the corpus has is most likely right: a suggestion for it has so many times as many documents.
const TIMES: u64 = 50;
/// Of two characters nearly every pair is like some common word.
const TIMES_OF_TWO: u64 = 1_000;

/// How much less likely than the first one a suggestion may be, in natural logarithms.
const WEAKER: f32 = 3.0;

/// A string that may be meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The query with the string in its place, as the corpus writes it.
    pub text: String,
    /// Documents that it finds.
    pub documents: u64,
    /// How it differs from what was asked for.
    pub reason: Reason,
}

/// How a suggestion differs from what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Characters of the same sound: 布署 for 部署.
    Homophone,
    /// Characters of nearly the same shape: 己经 for 已经.
    LookAlike,
    /// Two neighbours are swapped: 五镇龙 for 五龙镇.
    Swapped,
    /// A character was missing: 脱攻坚 for 脱贫攻坚.
    Missing,
    /// A character was too many: 脱脱贫攻坚 for 脱贫攻坚.
    Superfluous,
    /// It was asked for in pinyin: zhangzhiming for 张智明.
    Pinyin,
}

impl Engine {
    /// What else may be meant by a query, the likeliest first; empty where the query finds enough, or nothing near to
    /// it does.
    ///
    /// ```
    /// use xunzhang::{Document, Engine};
    ///
    /// let engine = Engine::in_memory()?;
    /// engine.ingest((0..5).map(|n| Document::new(n.to_string(), "", "部署脱贫攻坚工作。")))?;
    /// assert_eq!(engine.suggest("布署")?[0].text, "部署");
    /// # Ok::<(), xunzhang::Error>(())
    /// ```
    ///
    /// # Errors
    /// The query cannot be read, or the index cannot.
    pub fn suggest(&self, query: &str) -> Result<Vec<Suggestion>, Error> {
        guarded(|| self.suggestions(query))
    }

    fn suggestions(&self, query: &str) -> Result<Vec<Suggestion>, Error> {
        let snapshot = self.snapshot()?;
        let query = SearchRequest::new(query).parsed(&*snapshot)?.query;
        let counter = Counter { snapshot: &*snapshot, deadline: None };
        let total = counter.total(&query.meaning()?)?;
        if total < FEW { suggestions(&query, total, &*snapshot, None) } else { Ok(Vec::new()) }
    }
}

/// What else may be meant by a query that finds few documents.
pub(super) fn suggestions(
    query: &Query,
    total: u64,
    snapshot: &dyn Snapshot,
    deadline: Option<Instant>,
) -> Result<Vec<Suggestion>, Error> {
    let counter = Counter { snapshot, deadline };
    let asked = asked(query);
    if let Some(whole) = Asked::in_pinyin(&asked, query.text()) {
        return pinyin_suggestions(&whole, query, counter);
    }
    let mut weakest: Option<(u64, &Asked)> = None;
    for term in asked.iter().filter(|term| term.characters().is_some()) {
        let documents = counter.documents(&term.folded)?;
        if documents < weakest.map_or(FEW, |(fewest, _)| fewest) {
            weakest = Some((documents, term));
        }
    }
    let Some((documents, term)) = weakest else { return Ok(Vec::new()) };
    let found = better(term, documents, counter)?;
    let alone = asked.len() == 1;
    let mut suggestions = Vec::new();
    for (near, _) in found.into_iter().take(MOST) {
        let text = term.replaced(query.text(), &counter.written(&near.text)?);
        let documents = if alone { counter.documents(&near.text)? } else { whole(&text, counter)? };
        if documents > total {
            suggestions.push(Suggestion { text, documents, reason: near.reason });
        }
    }
    Ok(suggestions)
}

/// Strings near to a term that have clearly more documents, the likeliest first.
fn better(term: &Asked, documents: u64, counter: Counter<'_>) -> Result<Vec<(Near, u64)>, Error> {
    let Some(characters) = term.characters() else { return Ok(Vec::new()) };
    let mut near = near::near(&characters, documents == 0, &counter)?;
    let all = counter.snapshot.counts()?.documents;
    let mut least = LEAST.min(all.div_ceil(ONE_IN)).max(1);
    if documents > 0 {
        near.retain(|near| near.changes == 1 && matches!(near.reason, Reason::Homophone | Reason::LookAlike));
        least = documents * if characters.len() == 2 { TIMES_OF_TWO } else { TIMES };
    }
    let mut in_texts = 0;
    near.retain(|near| {
        in_texts += usize::from(!near.is_word);
        near.is_word || in_texts <= COUNTED_IN_TEXTS
    });
    near.truncate(COUNTED);
    let mut found = counted(near, least, counter)?;
    found.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let best = found.first().map_or(0.0, weight);
    found.retain(|near| weight(near) >= best - WEAKER);
    Ok(found)
}

/// How likely a string is meant: how many documents have it, against how rare the slip is.
fn weight((near, documents): &(Near, u64)) -> f32 {
    (*documents as f32).ln() - near.cost
}

/// The strings that have enough documents, with their number, or with the least that it can be.
fn counted(near: Vec<Near>, least: u64, counter: Counter<'_>) -> Result<Vec<(Near, u64)>, Error> {
    let mut found = Vec::new();
    for near in near {
        let documents =
            if near.is_word { counter.documents_of_word(&near.text)? } else { counter.documents(&near.text)? };
        if documents >= least {
            found.push((near, documents));
        }
    }
    Ok(found)
}

fn pinyin_suggestions(asked: &Asked, query: &Query, counter: Counter<'_>) -> Result<Vec<Suggestion>, Error> {
    let mut suggestions = Vec::new();
    for (text, documents) in pinyin_readings(counter.snapshot, &asked.folded)?.into_iter().take(MOST) {
        let text = asked.replaced(query.text(), &counter.written(&text)?);
        suggestions.push(Suggestion { text, documents, reason: Reason::Pinyin });
    }
    Ok(suggestions)
}

/// Documents of a whole query.
fn whole(text: &str, counter: Counter<'_>) -> Result<u64, Error> {
    let parsed = SearchRequest::new(text).parsed(counter.snapshot)?;
    counter.total(&parsed.query.meaning()?)
}
