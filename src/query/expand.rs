//! A meaning in which terms may also stand in other words: synonyms, numerals, readings of pinyin.
//!
//! Only bare terms of title and body expand; what is quoted, excluded, or has wildcards stands as it is.

use serde::Serialize;

use super::field::Field;
use super::meaning::{Chain, Meaning, Piece, Term};
use super::pieces::pieces_of;

/// A term of a query and what may stand for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Substitution {
    /// The term as typed.
    pub term: String,
    /// What stands for it.
    pub instead: String,
    /// Why.
    pub reason: StandsBy,
}

/// By what a string stands for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StandsBy {
    /// The user's synonyms say so.
    Synonym,
    /// The same number in another writing.
    Numeral,
    /// The term is pinyin, and this reads so.
    Pinyin,
}

/// What may stand for a term, each with its reason.
pub type Alternatives<'a, E> = &'a dyn Fn(&Term) -> Result<Vec<(String, StandsBy)>, E>;

impl Meaning {
    /// The meaning in which every term may also be one of its alternatives, and these; `None` where nothing has any.
    ///
    /// # Errors
    /// What `alternatives` fails with.
    pub fn expanded<E>(&self, alternatives: Alternatives<'_, E>) -> Result<Option<(Self, Vec<Substitution>)>, E> {
        let mut substitutions = Vec::new();
        let meaning = expand(self, alternatives, &mut substitutions)?;
        Ok((!substitutions.is_empty()).then_some((meaning, substitutions)))
    }
}

fn expand<E>(
    meaning: &Meaning,
    alternatives: Alternatives<'_, E>,
    substitutions: &mut Vec<Substitution>,
) -> Result<Meaning, E> {
    let mut each = |parts: &[Meaning]| -> Result<Vec<Meaning>, E> {
        parts.iter().map(|part| expand(part, alternatives, substitutions)).collect()
    };
    Ok(match meaning {
        Meaning::And(parts) => Meaning::And(each(parts)?),
        Meaning::Or(parts) => {
            let flat = each(parts)?.into_iter().flat_map(|part| match part {
                Meaning::Or(inner) => inner,
                part => vec![part],
            });
            Meaning::Or(flat.collect())
        }
        Meaning::Term(term) => {
            let mut any: Vec<Meaning> =
                stand_ins(term, alternatives, substitutions)?.into_iter().map(Meaning::Term).collect();
            if any.len() == 1 { any.remove(0) } else { Meaning::Or(any) }
        }
        Meaning::Near(chain) => {
            let mut all = |terms: &[Term]| -> Result<Vec<Term>, E> {
                let each: Result<Vec<_>, E> =
                    terms.iter().map(|term| stand_ins(term, alternatives, substitutions)).collect();
                Ok(each?.concat())
            };
            let first = all(&chain.first)?;
            let rest: Result<Vec<_>, E> =
                chain.rest.iter().map(|(proximity, terms)| Ok((*proximity, all(terms)?))).collect();
            Meaning::Near(Chain { first, rest: rest? })
        }
        other => other.clone(),
    })
}

/// The term and what may stand for it.
fn stand_ins<E>(
    term: &Term,
    alternatives: Alternatives<'_, E>,
    substitutions: &mut Vec<Substitution>,
) -> Result<Vec<Term>, E> {
    let mut all = vec![term.clone()];
    if term.quoted || term.is_pattern() || !matches!(term.field, Field::Text | Field::Title) {
        return Ok(all);
    }
    for (instead, reason) in alternatives(term)? {
        let unigrams = pieces_of(&instead);
        let marked = unigrams.contains(&Piece::AnyMark) || unigrams.is_empty();
        if !marked && all.iter().all(|known| known.unigrams != unigrams) {
            substitutions.push(Substitution { term: term.written.clone(), instead: instead.clone(), reason });
            all.push(Term { written: instead, unigrams, ..term.clone() });
        }
    }
    Ok(all)
}
