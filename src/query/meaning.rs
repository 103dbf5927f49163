//! What a query means: terms, dates, and how they combine. No places, nothing of any engine.

use std::fmt;

use serde::Serialize;

use super::ast::{Node, NodeKind, Query, Word};
use super::dates::DateRange;
use super::error::{Fault, QueryError};
use super::field::Field;
use crate::analysis::unigrams;

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
    /// Every document: what a query that only excludes takes away from.
    Everything,
}

/// A string to be found in a field, unigram by unigram.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// Where.
    pub field: Field,
    /// As typed, without quotes.
    pub written: String,
    /// Its unigrams, at least one; neither the first nor the last is a mark.
    pub unigrams: Vec<Piece>,
    /// It stood in quotes: it is never loosened.
    pub quoted: bool,
    /// Weight in the order, 1 if none was given, from 0.01 to 100; never changes what is found.
    pub weight: f32,
}

impl Term {
    /// The unigrams of the term that are no marks.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.unigrams.iter().filter_map(|piece| match piece {
            Piece::Token(token) => Some(token.as_str()),
            Piece::AnyMark => None,
        })
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
}

impl Query {
    /// What the query means.
    ///
    /// # Errors
    ///
    /// [`Fault::NotYet`] for a form that is parsed but not answered: fields of entities, of numbers, `原:`, `词:`,
    /// wildcards, `NEAR/n`, `W/n`, `SENT`, `PARA`.
    pub fn meaning(&self) -> Result<Meaning, QueryError> {
        let reader = Reader { query: self };
        Ok(positive(reader.node(&self.root, &Field::Text, 1.0)?))
    }
}

/// A lone exclusion takes away from everything.
fn positive(meaning: Meaning) -> Meaning {
    if matches!(meaning, Meaning::Not(_)) { Meaning::And(vec![Meaning::Everything, meaning]) } else { meaning }
}

struct Reader<'a> {
    query: &'a Query,
}

impl Reader<'_> {
    fn node(&self, node: &Node, field: &Field, weight: f32) -> Result<Meaning, QueryError> {
        let each =
            |nodes: &[Node]| nodes.iter().map(|node| self.node(node, field, weight)).collect::<Result<Vec<_>, _>>();
        Ok(match &node.kind {
            NodeKind::Word(word) if !word.wildcards.is_empty() => {
                return Err(self.not_yet(node, &format!("the wildcard in {node}")));
            }
            NodeKind::Word(word) => Meaning::Term(term(word, field, weight)),
            NodeKind::Dates(range) => Meaning::Dates(*range),
            NodeKind::And(nodes) => all(each(nodes)?),
            NodeKind::Or(nodes) => any(each(nodes)?),
            NodeKind::Not(inner) => match self.node(inner, field, weight)? {
                Meaning::Not(inner) => *inner,
                meaning => Meaning::Not(Box::new(meaning)),
            },
            NodeKind::Near(near) => {
                let what = near.rest.first().map_or(String::new(), |(proximity, _)| proximity.to_string());
                return Err(self.not_yet(node, &what));
            }
            NodeKind::Field(field, _) if !is_answered(field) => {
                return Err(self.not_yet(node, &format!("{}:", field.name())));
            }
            NodeKind::Field(field, inner) => self.node(inner, field, weight)?,
            NodeKind::Weighted(inner, own) => self.node(inner, field, (weight * own).clamp(0.01, 100.0))?,
        })
    }

    fn not_yet(&self, node: &Node, what: &str) -> QueryError {
        QueryError::new(Fault::NotYet { what: what.to_owned() }, &self.query.text, node.span.clone())
    }
}

fn is_answered(field: &Field) -> bool {
    use Field::{Author, Extra, Path, Source, Text, Title, Url};
    matches!(field, Text | Title | Source | Author | Path | Url | Extra(_))
}

fn term(word: &Word, field: &Field, weight: f32) -> Term {
    let piece = |unigram: crate::analysis::Unigram| match unigram.kind.is_mark() {
        true => Piece::AnyMark,
        false => Piece::Token(unigram.text),
    };
    let unigrams = unigrams(&word.text).into_iter().map(piece).collect();
    Term { field: field.clone(), written: word.text.clone(), unigrams, quoted: word.quoted, weight }
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
            Self::Everything => write!(f, "everything"),
        }
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
                Piece::Token(text) => text,
                Piece::AnyMark => "，",
            };
            let is_run = text.chars().all(|c| c.is_ascii_graphic());
            write!(f, "{}{text}", if run && is_run { " " } else { "" })?;
            run = is_run;
        }
        write!(f, "{quote}")?;
        if self.weight == 1.0 { Ok(()) } else { write!(f, "^{}", self.weight) }
    }
}
