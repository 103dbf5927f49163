//! A query as it is understood: the tree of what it means, what each part looks up, and how many documents that finds.

use serde::Serialize;

use super::words::{of_text, positive, words};
use super::{Engine, SearchRequest};
use crate::error::Error;
use crate::index::{Ask, Snapshot};
use crate::query::{Chain, Meaning, Piece, Term};

/// A query as it is understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "parse")]
#[non_exhaustive]
pub struct Understanding {
    /// As typed.
    pub query: String,
    /// In canonical form.
    pub canonical: String,
    /// What had to be read as text, or left out.
    pub complaints: Vec<String>,
    /// What it means.
    pub tree: Branch,
    /// The words that give the order, each with its weight.
    pub words: Vec<(String, f32)>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Branch {
    /// `and`, `or`, `not`, `term`, `near`, `dates`, `everything`; below `near` also the relation to the part before:
    /// `NEAR/10`, `W/5`, `SENT`, `PARA`.
    pub what: String,
    /// A term as typed, or a range of days.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// Canonical name of the field, where it is not title and body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// The unigrams that must stand in a row: `，` is any mark, `?` any one unigram, `*` any eight or fewer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unigrams: Vec<String>,
    /// Weight in the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f32>,
    /// It stood in quotes, and is never loosened.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quoted: bool,
    /// How many documents the part finds by itself.
    pub documents: u64,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Branch>,
}

impl Engine {
    /// How a query is understood, and what each of its parts finds. Of the request only the query, `literal` and
    /// `strict` count.
    ///
    /// # Errors
    /// The query has nothing to search for, is too large, or (strict) has a fault; the index cannot be read.
    pub fn understand(&self, request: &SearchRequest) -> Result<Understanding, Error> {
        let snapshot = self.snapshot()?;
        let parsed = request.parsed(&*snapshot)?;
        let meaning = parsed.query.meaning()?;
        let words = words(&of_text(&positive(&meaning)), &*snapshot, &self.inner.segmenter)?;
        Ok(Understanding {
            query: request.query.clone(),
            canonical: parsed.query.to_string(),
            complaints: parsed.complaints.iter().map(ToString::to_string).collect(),
            tree: branch(&meaning, &*snapshot)?,
            words: words.into_iter().map(|word| (word.text, word.weight)).collect(),
        })
    }
}

fn branch(meaning: &Meaning, snapshot: &dyn Snapshot) -> Result<Branch, Error> {
    let parts = |parts: &[Meaning]| parts.iter().map(|part| branch(part, snapshot)).collect::<Result<Vec<_>, _>>();
    let mut branch = match meaning {
        Meaning::Term(term) => of_term("term", term),
        Meaning::And(all) => Branch { parts: parts(all)?, ..named("and") },
        Meaning::Or(all) => Branch { parts: parts(all)?, ..named("or") },
        Meaning::Not(part) => Branch { parts: parts(std::slice::from_ref(&**part))?, ..named("not") },
        Meaning::Dates(range) => Branch { written: range.to_string(), ..named("dates") },
        Meaning::Near(chain) => Branch { parts: of_chain(chain, snapshot)?, ..named("near") },
        Meaning::Everything => named("everything"),
    };
    branch.documents = count(meaning, snapshot)?;
    Ok(branch)
}

/// The operands of a chain, each with its relation to the one before it.
fn of_chain(chain: &Chain, snapshot: &dyn Snapshot) -> Result<Vec<Branch>, Error> {
    let rest = chain.rest.iter().map(|(proximity, terms)| (proximity.to_string(), terms));
    let operand = |(relation, terms): (String, &Vec<Term>)| {
        let any = terms.iter().map(|term| {
            let documents = count(&Meaning::Term(term.clone()), snapshot)?;
            Ok(Branch { documents, ..of_term(&relation, term) })
        });
        any.collect::<Result<Vec<_>, Error>>()
    };
    let all: Result<Vec<Vec<Branch>>, Error> =
        std::iter::once(("term".to_owned(), &chain.first)).chain(rest).map(operand).collect();
    Ok(all?.concat())
}

fn named(what: &str) -> Branch {
    let what = what.to_owned();
    let (written, field) = (String::new(), String::new());
    Branch { what, written, field, unigrams: Vec::new(), weight: None, quoted: false, documents: 0, parts: Vec::new() }
}

fn of_term(what: &str, term: &Term) -> Branch {
    let unigram = |piece: &Piece| match piece {
        Piece::Token(text) | Piece::Pattern(text) => text.clone(),
        Piece::AnyMark => "，".to_owned(),
        Piece::Any => "?".to_owned(),
        Piece::Gap => "*".to_owned(),
    };
    Branch {
        written: term.written.clone(),
        field: term.field.name().to_owned(),
        unigrams: term.unigrams.iter().map(unigram).collect(),
        weight: (term.weight != 1.0).then_some(term.weight),
        quoted: term.quoted,
        ..named(what)
    }
}

/// How many documents a part finds by itself.
fn count(meaning: &Meaning, snapshot: &dyn Snapshot) -> Result<u64, Error> {
    Ok(snapshot.search(&Ask { limit: 0, ..Ask::all(meaning) })?.total)
}
