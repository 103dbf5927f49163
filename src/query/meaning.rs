//! What a query means: terms, dates, and how they combine. No places, nothing of any engine.

use std::fmt;

use serde::Serialize;

use crate::document::NAME_END;

use super::ast::{Node, NodeKind, Proximity, Query, Word};
use super::dates::DateRange;
use super::error::{Fault, QueryError};
use super::field::Field;
use super::pieces::{pieces, pieces_of};
use super::print::with_narrow_wildcards;
use super::recognised::{in_passages, name_piece};

/// What is asked for. Lists have at least two parts and hold no list of their own kind; a `Not` stands only in an
/// `And` that has a part which is none, and holds no `Not`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Meaning {
    /// A field holds a string.
    Term(Term),
    /// All of them.
    And(Vec<Meaning>),
    /// Any of them.
    Or(Vec<Meaning>),
    /// Not this.
    Not(Box<Meaning>),
    /// The document's date overlaps the range.
    Dates(DateRange),
    /// Strings near each other in one stream.
    Near(Chain),
    /// Every document: what a query that only excludes takes away from.
    Everything,
}

/// A string to be found in a field, unigram by unigram.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// Where.
    pub field: Field,
    /// As typed, without quotes; wildcards in their narrow form.
    pub written: String,
    /// Its unigrams, at least one; neither the first nor the last is a mark.
    pub unigrams: Vec<Piece>,
    /// It stood in quotes: it is never loosened.
    pub quoted: bool,
    /// Weight in the order, 1 if none was given, from 0.01 to 100; never changes what is found.
    pub weight: f32,
}

impl Term {
    /// A string of title or body, as in quotes; `None` where nothing of it can be looked up.
    pub fn quoted(written: &str) -> Option<Self> {
        let unigrams = pieces_of(written);
        let (field, written) = (Field::Text, written.to_owned());
        (!unigrams.is_empty()).then_some(Self { field, written, unigrams, quoted: true, weight: 1.0 })
    }

    /// The unigrams of the term that are no marks and no wildcards.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.unigrams.iter().filter_map(|piece| match piece {
            Piece::Token(token) => Some(token.as_str()),
            _ => None,
        })
    }

    /// Whether it has wildcards.
    pub fn is_pattern(&self) -> bool {
        self.unigrams.iter().any(|piece| matches!(piece, Piece::Any | Piece::Gap | Piece::Pattern(_)))
    }
}

/// A position of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// This very unigram, folded.
    Token(String),
    /// Any one of the three marks.
    AnyMark,
    /// Any one unigram that is no mark.
    Any,
    /// Any [`MAX_GAP`](super::MAX_GAP) unigrams or fewer, of which none is a mark.
    Gap,
    /// A run of letters or of digits with wildcards: `?` for one character, `*` for any number of them, also none.
    Pattern(String),
}

/// Terms in a row, each near the one before it: of every list any term may stand, and each relation is between the
/// occurrences of two neighbours, which never overlap. Title and body are one stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chain {
    /// What the first may be.
    pub first: Vec<Term>,
    /// How near the next stands, and what it may be; at least one.
    pub rest: Vec<(Proximity, Vec<Term>)>,
}

impl Chain {
    /// All terms, in the order of the query.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.first.iter().chain(self.rest.iter().flat_map(|(_, terms)| terms))
    }
}

impl Query {
    /// What the query means.
    ///
    /// # Errors
    ///
    /// What a nearness cannot relate, and a wildcard in `原:` or `词:`.
    pub fn meaning(&self) -> Result<Meaning, QueryError> {
        let reader = Reader { query: self };
        Ok(positive(reader.node(&self.root, &Field::Text, 1.0)?))
    }
}

/// A lone exclusion takes away from everything.
fn positive(meaning: Meaning) -> Meaning {
    if matches!(meaning, Meaning::Not(_)) { Meaning::And(vec![Meaning::Everything, meaning]) } else { meaning }
}

/// Reads the tree.
pub(super) struct Reader<'a> {
    query: &'a Query,
}

impl Reader<'_> {
    fn node(&self, node: &Node, field: &Field, weight: f32) -> Result<Meaning, QueryError> {
        let each =
            |nodes: &[Node]| nodes.iter().map(|node| self.node(node, field, weight)).collect::<Result<Vec<_>, _>>();
        Ok(match &node.kind {
            NodeKind::Word(word) => Meaning::Term(self.term(word, field, weight, node)?),
            NodeKind::Dates(range) => Meaning::Dates(*range),
            NodeKind::And(nodes) => all(in_passages(each(nodes)?)),
            NodeKind::Or(nodes) => any(each(nodes)?),
            NodeKind::Not(inner) => match self.node(inner, field, weight)? {
                Meaning::Not(inner) => *inner,
                meaning => Meaning::Not(Box::new(meaning)),
            },
            NodeKind::Near(_) => self.near(node, field, weight)?,
            NodeKind::Field(field, inner) => self.node(inner, field, weight)?,
            NodeKind::Weighted(inner, own) => self.node(inner, field, (weight * own).clamp(0.01, 100.0))?,
        })
    }

    pub(super) fn term(&self, word: &Word, field: &Field, weight: f32, node: &Node) -> Result<Term, QueryError> {
        let unigrams = if field.is_recognised() { vec![name_piece(word, field)] } else { pieces(word) };
        let term =
            Term { field: field.clone(), written: with_narrow_wildcards(word), unigrams, quoted: word.quoted, weight };
        match field {
            Field::Exact | Field::Word if term.is_pattern() => {
                Err(self.fault(Fault::NoWildcards { name: field.name().to_owned() }, node))
            }
            Field::Word if term.unigrams.len() == 1 && word.text.chars().nth(1).is_none() => {
                Err(self.fault(Fault::ShortWord, node))
            }
            _ => Ok(term),
        }
    }

    pub(super) fn fault(&self, fault: Fault, node: &Node) -> QueryError {
        QueryError::new(fault, &self.query.text, node.span.clone())
    }
}

fn all(parts: Vec<Meaning>) -> Meaning {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Meaning::And(inner) => flat.extend(inner),
            part => flat.push(part),
        }
    }
    // One Everything is enough, and none where anything else is asked for.
    flat.retain(|part| *part != Meaning::Everything);
    if flat.iter().all(|part| matches!(part, Meaning::Not(_))) {
        flat.insert(0, Meaning::Everything);
    }
    Meaning::And(flat)
}

fn any(parts: Vec<Meaning>) -> Meaning {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Meaning::Or(inner) => flat.extend(inner),
            part => flat.push(positive(part)),
        }
    }
    Meaning::Or(flat)
}

impl fmt::Display for Meaning {
    /// On one line, as tests and people read it: `and(title:扶贫^2 "一户一策" not(表态))`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, name: &str, parts: &[Self]| {
            write!(f, "{name}(")?;
            for (at, part) in parts.iter().enumerate() {
                write!(f, "{}{part}", if at > 0 { " " } else { "" })?;
            }
            write!(f, ")")
        };
        match self {
            Self::Term(term) => write!(f, "{term}"),
            Self::And(parts) => list(f, "and", parts),
            Self::Or(parts) => list(f, "or", parts),
            Self::Not(part) => write!(f, "not({part})"),
            Self::Dates(range) => write!(f, "dates({range})"),
            Self::Near(chain) => write!(f, "near({chain})"),
            Self::Everything => write!(f, "everything"),
        }
    }
}

impl fmt::Display for Chain {
    /// `扶贫 NEAR/10 贷款|资金`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = |terms: &[Term]| terms.iter().map(Term::to_string).collect::<Vec<_>>().join("|");
        write!(f, "{}", any(&self.first))?;
        self.rest.iter().try_for_each(|(proximity, terms)| write!(f, " {proximity} {}", any(terms)))
    }
}

impl fmt::Display for Term {
    /// Its unigrams, with a blank only between two runs of letters or digits; `，` for any mark.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field != Field::Text {
            write!(f, "{}:", self.field.name())?;
        }
        let quote = if self.quoted { "\"" } else { "" };
        write!(f, "{quote}")?;
        let mut run = false;
        for piece in &self.unigrams {
            let text = match piece {
                Piece::Token(text) | Piece::Pattern(text) => text.trim_end_matches(NAME_END),
                Piece::AnyMark => "，",
                Piece::Any => "?",
                Piece::Gap => "*",
            };
            let is_run =
                matches!(piece, Piece::Token(_) | Piece::Pattern(_)) && text.chars().all(|c| c.is_ascii_graphic());
            write!(f, "{}{text}", if run && is_run { " " } else { "" })?;
            run = is_run;
        }
        write!(f, "{quote}")?;
        if self.weight == 1.0 { Ok(()) } else { write!(f, "^{}", self.weight) }
    }
}
