//! Someone or something that texts name: how it is written, when it is spoken of, and with whom and what.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use serde::Serialize;

use super::association::{expected, table_log_likelihood};
use super::facets::{Facet, Named, count};
use super::{Bar, HistogramRequest, Unit};
use crate::analysis::name_token;
use crate::document::Document;
use crate::engine::guard::guarded;
use crate::engine::naming::named;
use crate::engine::select::Selection;
use crate::engine::subject::known_as;
use crate::engine::{Coverage, Engine, Limit, SearchRequest, clock, search};
use crate::error::Error;
use crate::explain::Named as Mentioned;
use crate::index::{Candidate, Place, Snapshot, Sort};
use crate::snippet::shown;

/// Documents whose texts are read for the ways of writing, the latest ones.
const MOST_READ: usize = 2_000;
const PAGE: usize = 256;
/// Who and what is met in fewer documents than this is chance.
const LEAST_TOGETHER: u64 = 2;

/// What to look at.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EntityRequest {
    /// Any of its names, in either script.
    pub name: String,
    /// What it is; `None` for what most documents know by this name.
    pub kind: Option<Named>,
    /// The unit of time.
    pub unit: Option<Unit>,
    /// How many to give of each kind that is met with it; 0 for ten.
    pub met: usize,
}

impl EntityRequest {
    /// Whatever is known by a name.
    pub fn of(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// Someone or something that texts name. Serialises to one JSON object of version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EntityPage {
    /// Version of the object: 1.
    pub version: u32,
    /// The name as asked.
    pub name: String,
    /// `person`, `place`, `org`, `policy`, `number` or `law`.
    pub kind: Named,
    /// The query that finds its documents.
    pub query: String,
    /// Documents that name it.
    pub documents: u64,
    /// Passages that it said, in the documents that were read.
    pub passages: u64,
    /// How many documents were read for `variants`, `titles` and `passages`: the latest.
    pub read: u64,
    /// The ways in which it is written, the commonest first.
    pub variants: Vec<Variant>,
    /// Titles that stand beside it, by the first document that has each.
    pub titles: Vec<Title>,
    /// People, places, organisations and policy terms named in the same documents more often than chance, by significance
    /// within each kind.
    pub met: Vec<Met>,
    /// The first document that has a date.
    pub first: Option<Mentioning>,
    /// The last document that has a date.
    pub last: Option<Mentioning>,
    /// Documents over time.
    pub bars: Vec<Bar>,
    /// What the answer could look into.
    pub coverage: Coverage,
    /// Milliseconds that it took.
    pub took_ms: f64,
}

/// A way of writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Variant {
    /// As it stands in texts.
    pub text: String,
    /// Documents that write it so.
    pub documents: u64,
    /// How often they do.
    pub mentions: u64,
}

/// A title of a person over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Title {
    /// As it stands in texts.
    pub title: String,
    /// Documents that have it.
    pub documents: u64,
    /// Date of the first of them that has one.
    pub first: Option<String>,
    /// Date of the last of them that has one.
    pub last: Option<String>,
}

/// Someone or something that is named in the same documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Met {
    /// What it is.
    pub kind: Named,
    /// Its name, as most documents write it.
    pub name: String,
    /// Documents that name both.
    pub together: u64,
    /// Documents that name it.
    pub documents: u64,
    /// Documents that would name both by chance.
    pub expected: f64,
    /// G² of the table of two by two over documents: above 15.13, p < 0.0001.
    pub log_likelihood: f64,
}

/// A document that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mentioning {
    /// As it is printed.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: String,
}

impl Engine {
    /// What the documents tell of someone or something; `None` where none names it.
    ///
    /// # Errors
    /// The index cannot be read, or was made without entities.
    pub fn entity(&self, request: &EntityRequest) -> Result<Option<EntityPage>, Error> {
        guarded(|| self.page_of(request))
    }

    fn page_of(&self, request: &EntityRequest) -> Result<Option<EntityPage>, Error> {
        let began = Instant::now();
        let snapshot = self.snapshot()?;
        let token = name_token(&request.name);
        let kind = match request.kind {
            Some(kind) => Some(kind),
            None => known_as(&token, &*snapshot)?.and_then(Named::asked_by),
        };
        let Some(kind) = kind.filter(|_| !token.is_empty()) else { return Ok(None) };
        let query = format!("{}:\"{}\"", kind.field().name(), request.name.replace('"', "\"\""));
        let mut search = SearchRequest::new(&query);
        search.sort = Sort::Newest;
        let selection = self.select_on(snapshot, &search)?;
        if selection.candidates.is_empty() {
            return Ok(None);
        }
        let snapshot = &*selection.snapshot;
        let Some(recogniser) = self.recogniser_of(snapshot.state()) else { return Ok(None) };
        let mut reading = Reading::default();
        let latest: Vec<Place> = selection.places().into_iter().take(MOST_READ).collect();
        for places in latest.chunks(PAGE) {
            let documents = snapshot.fetch(places)?;
            for (document, entities) in documents.iter().zip(snapshot.entities(places)?) {
                let named = named(document, &entities, &recogniser);
                let of_field = named.iter().filter(|one| one.field == kind.field() && one.tokens.contains(&token));
                reading.document(document, of_field);
                reading.passages += named.iter().filter(|one| one.is_said_by(&token)).count() as u64;
            }
        }
        let (variants, titles, passages) = reading.finish();
        let dated = || selection.candidates.iter().filter(|candidate| candidate.date.is_some());
        let histogram = HistogramRequest::new(&query, request.unit.unwrap_or(Unit::Month));
        Ok(Some(EntityPage {
            version: 1,
            name: request.name.clone(),
            kind,
            documents: selection.candidates.len() as u64,
            passages,
            read: latest.len() as u64,
            variants,
            titles,
            met: met(&selection, &token, if request.met == 0 { 10 } else { request.met })?,
            first: mentioning(dated().next_back(), snapshot)?,
            last: mentioning(dated().next(), snapshot)?,
            bars: self.over_time(&selection, &histogram)?.bars,
            coverage: search::coverage(snapshot, search::Dated::default())?,
            took_ms: clock::since(began),
            query,
        }))
    }
}

fn mentioning(candidate: Option<&Candidate>, snapshot: &dyn Snapshot) -> Result<Option<Mentioning>, Error> {
    let Some(candidate) = candidate else { return Ok(None) };
    let ids = snapshot.ids(&[candidate.place])?;
    let document = snapshot.fetch(&[candidate.place])?.pop();
    Ok(ids.into_iter().next().zip(document).map(|(id, document)| Mentioning {
        id,
        title: shown(document.shown_title()),
        date: document.date.map(|date| date.to_string()).unwrap_or_default(),
    }))
}

/// Those that are named in the same documents more often than chance, by significance within each kind.
fn met(selection: &Selection, token: &str, most: usize) -> Result<Vec<Met>, Error> {
    let snapshot = &*selection.snapshot;
    let mut places = selection.places();
    places.sort_unstable();
    let (own, all) = (places.len() as u64, snapshot.counts()?.documents);
    let mut met = Vec::new();
    for kind in [Named::Person, Named::Place, Named::Organisation, Named::Policy] {
        let facet = Facet::Named(kind);
        let whole = count(snapshot, &facet, None, Limit::All, None)?;
        let whole: HashMap<String, u64> =
            whole.values.into_iter().map(|value| (name_token(&value.value), value.documents)).collect();
        let here = count(snapshot, &facet, Some(&places), Limit::All, None)?;
        let mut of_kind: Vec<Met> = here
            .values
            .into_iter()
            .filter_map(|value| {
                let other = name_token(&value.value);
                let (together, documents) = (value.documents, *whole.get(&other)?);
                let chance = expected(own, documents, all);
                let counts = other != token && together >= LEAST_TOGETHER && together as f64 > chance;
                counts.then(|| Met {
                    kind,
                    name: value.value,
                    together,
                    documents,
                    expected: chance,
                    log_likelihood: table_log_likelihood(together, own, documents, all),
                })
            })
            .collect();
        of_kind.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.name.cmp(&b.name)));
        met.extend(of_kind.into_iter().take(most));
    }
    Ok(met)
}

/// What is read from texts.
#[derive(Default)]
struct Reading {
    variants: HashMap<String, (u64, u64)>,
    titles: HashMap<String, Title>,
    passages: u64,
}

impl Reading {
    /// Takes the mentions of a document.
    fn document<'a>(&mut self, document: &Document, mentions: impl Iterator<Item = &'a Mentioned>) {
        let (mut written, mut titles) = (HashSet::new(), HashSet::new());
        for one in mentions {
            let text = if one.in_title { &document.title } else { &document.body };
            let Some(own) = text.get(one.bytes.clone()) else { continue };
            let variant = self.variants.entry(shown(own)).or_default();
            variant.0 += u64::from(written.insert(own));
            variant.1 += 1;
            let Some(title) = one.title.clone().and_then(|title| text.get(title)) else { continue };
            let known = self.titles.entry(shown(title)).or_insert_with(|| Title {
                title: shown(title),
                documents: 0,
                first: None,
                last: None,
            });
            if titles.insert(title) {
                known.documents += 1;
                // Documents come from the latest to the earliest.
                let date = document.date.map(|date| date.to_string());
                known.last = known.last.take().or_else(|| date.clone());
                known.first = date.or_else(|| known.first.take());
            }
        }
    }

    fn finish(self) -> (Vec<Variant>, Vec<Title>, u64) {
        let variant = |(text, (documents, mentions))| Variant { text, documents, mentions };
        let mut variants: Vec<Variant> = self.variants.into_iter().map(variant).collect();
        variants.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.text.cmp(&b.text)));
        let mut titles: Vec<Title> = self.titles.into_values().collect();
        titles.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| a.title.cmp(&b.title)));
        (variants, titles, self.passages)
    }
}
