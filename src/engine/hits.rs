//! Candidates into hits: facts, passages, and what a near one lacks.

use std::collections::HashSet;

use super::body::{Body, is_marked};
use super::families::Families;
use super::naming::named;
use super::rank::Ranked;
use super::recognised::marks;
use super::relax::is_bare;
use super::{Hit, SearchRequest};
use crate::analysis::unigrams;
use crate::document::{Document, Entities};
use crate::entity::Recogniser;
use crate::error::Error;
use crate::index::{Place, Snapshot, WordWeight};
use crate::query::{Field, Piece, Substitution, Term};
use crate::snippet::{Needle, Snippet, Text};

/// Documents that are fetched at a time.
const PAGE: usize = 256;
/// What a single word of a loosened term counts in the choice of passages, beside a term's 1.
const WORD: f32 = 0.3;

/// Passages of a hit: each is chosen anew among all that a text could give.
const MOST_PASSAGES: usize = 100;

/// What was asked and found.
pub(super) struct Found<'a> {
    pub snapshot: &'a dyn Snapshot,
    pub request: &'a SearchRequest,
    pub asked: Asked<'a>,
    /// What else the terms may be, where that is kept apart.
    pub otherwise: Option<Asked<'a>>,
    /// What stands for terms.
    pub substitutions: &'a [Substitution],
    /// The terms that ask for what was recognised, and what recognises.
    pub recognised: &'a [&'a Term],
    pub recogniser: Option<&'a Recogniser>,
    /// What is looked for outside main texts.
    pub outside: Vec<Needle>,
    /// What recurs in the index.
    pub families: &'a Families,
}

/// The terms and words of a question.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub terms: &'a [&'a Term],
    pub words: &'a [WordWeight],
}

/// How a hit was found.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// As asked.
    Exact,
    /// In other words: by synonyms, numerals, pinyin.
    Expanded,
    /// By the loosened query.
    Near,
}

/// Ranked candidates, each with how it was found, as hits.
pub(super) fn hits(found: &Found<'_>, ranked: Vec<(u64, Ranked, Kind)>) -> Result<Vec<Hit>, Error> {
    let places: Vec<Place> = ranked.iter().map(|(_, ranked, _)| ranked.candidate.place).collect();
    let ids = found.snapshot.ids(&places)?;
    let kinds: Vec<Kind> = ranked.iter().map(|(.., kind)| *kind).collect();
    let mut hits: Vec<Hit> = ranked
        .into_iter()
        .zip(ids)
        .map(|((rank, ranked, kind), id)| {
            let near = kind != Kind::Exact;
            let hit = Hit { id, near, ..Hit::bare(&found.request.query, rank, &ranked.candidate) };
            Hit { components: if found.request.explain { ranked.explained() } else { Vec::new() }, ..hit }
        })
        .collect();
    if found.request.ids_only {
        return Ok(hits);
    }
    for (page, kinds) in hits.chunks_mut(PAGE).zip(kinds.chunks(PAGE)) {
        let places: Vec<Place> = page.iter().map(|hit| hit.place).collect();
        let named = named_in(found, &places)?;
        for (at, document) in found.snapshot.fetch(&places)?.into_iter().enumerate() {
            fill(&mut page[at], kinds[at], document, found, named.get(at));
        }
    }
    Ok(hits)
}

/// What was recognised in documents, where the question asks for any of it.
fn named_in(found: &Found<'_>, places: &[Place]) -> Result<Vec<Entities>, Error> {
    if found.recognised.is_empty() { Ok(Vec::new()) } else { Ok(found.snapshot.entities(places)?) }
}

fn fill(hit: &mut Hit, kind: Kind, document: Document, found: &Found<'_>, entities: Option<&Entities>) {
    let (title, body) = (Text::new(&document.title), Body::of(&document.body, found.families));
    let asked = found.otherwise.filter(|_| kind == Kind::Expanded).unwrap_or(found.asked);
    let (mut of_title, mut of_body) = (needles(asked.terms, Field::Title), needles(asked.terms, Field::Text));
    let holds = |term: &&&Term| {
        let needle = needle(term);
        title.contains(&needle) || (term.field != Field::Title && body.contains(&needle))
    };
    if kind == Kind::Near {
        hit.lacks = asked.terms.iter().filter(|term| !holds(term)).map(|term| term.written.clone()).collect();
        let words: Vec<Needle> = word_needles(asked).collect();
        of_title.extend(words.iter().cloned());
        of_body.extend(words);
    } else if !found.substitutions.is_empty() {
        hit.through =
            through(found.substitutions, &asked.terms.iter().filter(holds).map(|term| &term.written).collect());
    }
    if let Some((entities, recogniser)) = entities.zip(found.recogniser) {
        let named = named(&document, entities, recogniser);
        marks(found.recognised, &named, &document, [&mut of_title, &mut of_body]);
    }
    let most = found.request.snippets.0.min(MOST_PASSAGES);
    hit.snippets = snippets(&title, &of_title, &body, &of_body, most);
    if !is_marked(&hit.snippets) && !found.outside.is_empty() {
        let outside = Text::new(&document.rest).passages("rest", &found.outside, most);
        if is_marked(&outside) {
            hit.snippets = outside;
        }
    }
    hit.path = (!document.origin.path.is_empty()).then(|| document.origin.place());
    hit.title = if document.title.trim().is_empty() { document.headline } else { document.title };
    hit.url = document.url;
    hit.source = document.source;
    hit.date_inferred = document.date.is_some_and(|date| date.inferred);
    hit.date = document.date.map(|date| date.to_string());
}

/// What stands in a document for terms that do not, given what stands there.
fn through(substitutions: &[Substitution], standing: &Vec<&String>) -> Vec<Substitution> {
    let stands = |one: &&Substitution| standing.contains(&&one.instead) && !standing.contains(&&one.term);
    substitutions.iter().filter(stands).cloned().collect()
}

/// Passages of the body; where it has no match, the title's, if that has one, else how the body begins.
fn snippets(title: &Text<'_>, of_title: &[Needle], body: &Body<'_>, of_body: &[Needle], limit: usize) -> Vec<Snippet> {
    let of_body = body.passages(of_body, limit);
    if is_marked(&of_body) {
        return of_body;
    }
    let of_title = title.passages("title", of_title, limit);
    if is_marked(&of_title) || of_body.is_empty() { of_title } else { of_body }
}

/// What of terms to mark in titles, or in bodies, where a term of titles marks nothing; each once.
pub(super) fn needles(terms: &[&Term], place: Field) -> Vec<Needle> {
    let marks = |term: &&&Term| term.field.is_in_text() && (term.field != Field::Title || place == Field::Title);
    let mut known = HashSet::new();
    let mut needles: Vec<Needle> = Vec::new();
    for term in terms.iter().filter(marks) {
        let needle = needle(term);
        if known.insert((&term.unigrams, needle.written.clone())) {
            needles.push(needle);
        }
    }
    needles
}

/// A term as it is looked for in a text.
pub(super) fn needle(term: &Term) -> Needle {
    let own = || {
        let unigrams = unigrams(&term.written);
        let range = unigrams.first()?.range.start..unigrams.last()?.range.end;
        term.written.get(range).map(str::to_owned)
    };
    let written = if term.field == Field::Exact { own() } else { None };
    Needle { written, ..Needle::new(term.unigrams.clone(), term.weight) }
}

/// The words of the terms that loosen, where they are unigrams in a row.
fn word_needles(asked: Asked<'_>) -> impl Iterator<Item = Needle> {
    let mut needles = Vec::new();
    for word in asked.words {
        for term in asked.terms.iter().filter(|term| is_bare(term)) {
            needles.extend(within(&word.text, term).map(|unigrams| Needle::new(unigrams, WORD * word.weight)));
        }
    }
    needles.into_iter()
}

/// The unigrams of a term that a word is made of.
fn within(word: &str, term: &Term) -> Option<Vec<Piece>> {
    let from = |start: usize| {
        let mut joined = String::new();
        for (end, piece) in term.unigrams.iter().enumerate().skip(start) {
            let Piece::Token(token) = piece else { return None };
            joined.push_str(token);
            if joined == word {
                return Some(term.unigrams[start..=end].to_vec());
            }
            if !word.starts_with(&joined) {
                return None;
            }
        }
        None
    };
    (0..term.unigrams.len()).find_map(from)
}
