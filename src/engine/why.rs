//! Why a document is a hit of a query, or why it is none: the parts of the query held against its text, and its place
//! in the order of all hits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use super::explanation::{Explanation, TermCause};
use super::guard::guarded;
use super::naming::named;
use super::rank::Ranked;
use super::search::{Exact, Meant, Search};
use super::{Engine, Limit, Relax, SearchRequest, unindexed};
use crate::analysis::Segmenter;
use crate::document::Document;
use crate::error::Error;
use crate::explain::{Asks, Cause, Named, Part, Role, Verdict, dates, explain};
use crate::index::{Place, Snapshot};
use crate::query::{DateRange, Meaning};

/// What of a search decides about a document.
struct Standing<'a> {
    snapshot: &'a Arc<dyn Snapshot>,
    request: &'a SearchRequest,
    segmenter: &'a Segmenter,
    meaning: &'a Meaning,
    besides: Option<&'a Meaning>,
    canonical: String,
    exact: Vec<Place>,
    /// In other words.
    expanded: Vec<Place>,
    near: Vec<Place>,
    /// What would be near if near answers were always given.
    loose: Vec<Place>,
}

impl Engine {
    /// Explains what the documents that an id, a path, `path#id` or a key names are to a request: where each term
    /// stands, or what is there instead. One explanation for each such document; where there is none, one that says
    /// why.
    ///
    /// ```
    /// use xunzhang::explain::Cause;
    /// use xunzhang::{Document, Engine, SearchRequest};
    ///
    /// let engine = Engine::in_memory()?;
    /// engine.ingest([Document::new("1", "通知", "要认真布署脫貧攻堅(jiān)工作。")])?;
    /// let why = engine.why("1", &SearchRequest::new("脱贫攻坚 部署"))?;
    /// assert!(!why[0].is_hit && why[0].terms[0].places[0].place.written == "脫貧攻堅");
    /// assert!(matches!(&why[0].causes[0].cause, Cause::OtherCharacters { found, .. } if found == "布"));
    /// # Ok::<(), xunzhang::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn why(&self, id: &str, request: &SearchRequest) -> Result<Vec<Explanation>, Error> {
        guarded(|| self.explanations(id, request))
    }

    fn explanations(&self, id: &str, request: &SearchRequest) -> Result<Vec<Explanation>, Error> {
        let snapshot = self.snapshot()?;
        let query = request.parsed(&*snapshot)?.query;
        let Meant { meaning, besides, .. } = self.meant(query.meaning()?, request, &*snapshot)?;
        let places = snapshot.find(id)?;
        let mut standing = Standing {
            snapshot: &snapshot,
            request,
            segmenter: &self.inner.segmenter,
            meaning: &meaning,
            besides: besides.as_ref(),
            canonical: query.to_string(),
            exact: Vec::new(),
            expanded: Vec::new(),
            near: Vec::new(),
            loose: Vec::new(),
        };
        if places.is_empty() {
            return Ok(vec![standing.of_nothing(id)?]);
        }
        standing.search(self, &places)?;
        let ids = snapshot.ids(&places)?;
        let documents = snapshot.fetch(&places)?;
        let named = match self.recogniser_of(snapshot.state()).filter(|_| query.recognised().is_some()) {
            Some(recogniser) => {
                let both = documents.iter().zip(snapshot.entities(&places)?);
                both.map(|(document, entities)| named(document, &entities, &recogniser)).collect()
            }
            None => vec![Vec::new(); documents.len()],
        };
        Ok(places
            .into_iter()
            .zip(ids)
            .zip(documents.iter().zip(named))
            .map(|((place, id), (document, named))| standing.of(place, id, document, &named))
            .collect())
    }
}

impl Standing<'_> {
    /// Finds all hits in their order: with no limit it is the one of every page.
    fn search(&mut self, engine: &Engine, asked: &[Place]) -> Result<(), Error> {
        let mut whole = self.request.clone();
        (whole.limit, whole.offset) = (Limit::All, 0);
        let began = Instant::now();
        let search = Search::new(engine, &**self.snapshot, &whole, self.meaning, began)?;
        let other = |meaning| Search::new(engine, &**self.snapshot, &whole, meaning, began);
        let Exact { ranked: exact, total, .. } = search.exact(&HashMap::new())?;
        let (expanded, near) = search.behind(&exact, total, self.besides.map(other).transpose()?.as_ref())?;
        (self.exact, self.expanded, self.near) = (places(&exact), places(&expanded), places(&near));
        let known: HashSet<Place> = self.exact.iter().chain(&self.expanded).copied().collect();
        if !asked.iter().all(|place| known.contains(place) || self.near.contains(place)) {
            let mut always = whole.clone();
            always.relax = Relax::Always;
            let loose = Search::new(engine, &**self.snapshot, &always, self.meaning, began)?;
            self.loose = places(&loose.near(&known, total)?);
        }
        Ok(())
    }

    fn of(&self, place: Place, id: String, document: &Document, named: &[Named]) -> Explanation {
        let among = |places: &[Place]| places.iter().position(|other| *other == place).map(|at| at as u64 + 1);
        let (exact, expanded, near) = (among(&self.exact), among(&self.expanded), among(&self.near));
        let before = [0, self.exact.len() as u64, (self.exact.len() + self.expanded.len()) as u64];
        let rank = [exact, expanded, near].into_iter().zip(before).find_map(|(at, before)| Some(at? + before));
        let verdict = self.verdict(document, named);
        let mut causes = match exact {
            Some(_) => Vec::new(),
            // Words were cut otherwise when the index was made.
            None if verdict.holds => vec![TermCause { term: None, cause: Cause::IndexDiffers }],
            None => reasons(&verdict),
        };
        let whole = |cause| TermCause { term: None, cause };
        if expanded.is_some() {
            causes.push(whole(Cause::InOtherWords));
        } else if exact.is_none() {
            causes.extend(self.nearness(place, near.is_some(), &verdict).map(whole));
        }
        causes.extend(rank.and_then(|rank| self.beyond(rank)).map(whole));
        Explanation {
            is_hit: exact.is_some(),
            rank,
            near: exact.is_none() && rank.is_some(),
            path: (!document.origin.path.is_empty()).then(|| document.origin.place()),
            url: document.url.clone(),
            title: document.shown_title().to_owned(),
            date: document.date.map(|date| date.to_string()),
            source: document.source.clone(),
            terms: verdict.parts,
            causes,
            ..self.bare(id)
        }
    }

    /// The parts of the query, and the days of the request as one more.
    fn verdict(&self, document: &Document, named: &[Named]) -> Verdict {
        let mut verdict = explain(self.meaning, document, named, self.segmenter);
        if let Some((range, undated)) = self.request.dates() {
            let open = |day: Option<crate::document::DateSpan>, end| day.map(|_| end);
            let range = DateRange {
                first: open(self.request.since, *range.start()),
                last: open(self.request.until, *range.end()),
            };
            let mut part = dates(document, &range, undated);
            part.decides = part.stands == verdict.holds || !part.stands;
            if verdict.holds && !part.stands {
                verdict.parts.iter_mut().for_each(|part| part.decides = false);
            }
            verdict.holds &= part.stands;
            verdict.parts.push(part);
        }
        verdict
    }

    /// How a document that is no exact hit stands to the near answers.
    fn nearness(&self, place: Place, near: bool, verdict: &Verdict) -> Option<Cause> {
        let in_text = |part: &Part| ["", "标题", "原", "词"].contains(&part.field.as_str());
        let is_text = |part: &&Part| part.asks == Asks::Term && part.role != Role::Excluded && in_text(part);
        if near {
            let lacks = verdict.parts.iter().filter(is_text).filter(|part| !part.stands);
            Some(Cause::NearOnly { lacks: lacks.map(|part| part.term.clone()).collect() })
        } else if self.loose.contains(&place) {
            Some(Cause::NearAnswersOff { exact: self.exact.len() as u64 })
        } else {
            (!self.near.is_empty()).then_some(Cause::NotNearEnough)
        }
    }

    /// Whether a rank is on none of the page that is asked for.
    fn beyond(&self, rank: u64) -> Option<Cause> {
        let offset = self.request.offset as u64;
        let limit = match self.request.limit {
            Limit::Hits(hits) => Some(hits as u64),
            Limit::All => None,
        };
        let shown = rank > offset && limit.is_none_or(|limit| rank - offset <= limit);
        (!shown).then_some(Cause::BeyondLimit { rank, limit, offset })
    }

    fn of_nothing(&self, id: &str) -> Result<Explanation, Error> {
        let cause = Cause::NotIndexed { reason: unindexed::reason(id, self.snapshot)? };
        Ok(Explanation { causes: vec![TermCause { term: None, cause }], ..self.bare(id.to_owned()) })
    }

    fn bare(&self, id: String) -> Explanation {
        Explanation::bare(id, self.request.query.clone(), self.canonical.clone())
    }
}

fn places(ranked: &[Ranked]) -> Vec<Place> {
    ranked.iter().map(|ranked| ranked.candidate.place).collect()
}

/// The causes of the parts that decide, the most telling first.
fn reasons(verdict: &Verdict) -> Vec<TermCause> {
    let mut reasons = Vec::new();
    for part in verdict.parts.iter().filter(|part| part.decides) {
        let of_part = |cause| TermCause { term: Some(part.term.clone()), cause };
        if part.role == Role::Excluded {
            let place = part.places.first().map(|standing| standing.place.clone());
            reasons.push(of_part(Cause::Excluded { place }));
        } else {
            reasons.extend(part.causes.iter().cloned().map(of_part));
        }
    }
    reasons.sort_by_key(|reason| reason.cause.order());
    reasons
}
