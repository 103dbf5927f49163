//! The terms of a query that may be mistyped, each with its place in the query.

use std::ops::Range;

use crate::analysis::pinyin::may_be_pinyin;
use crate::analysis::{fold, is_han};
use crate::query::{Field, Node, NodeKind, Query, Word};

/// Characters of a term that something is suggested for: fewer say nothing, more are a sentence.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;

/// A term as it was asked for.
pub(super) struct Asked {
    /// Bytes of the query.
    pub span: Range<usize>,
    pub folded: String,
    quoted: bool,
}

/// The terms that a document must have in its text, in the order of the query.
pub(super) fn asked(query: &Query) -> Vec<Asked> {
    let mut terms = Vec::new();
    collect(query.root(), &mut terms);
    terms
}

fn collect(node: &Node, terms: &mut Vec<Asked>) {
    match &node.kind {
        NodeKind::Word(Word { text, quoted, wildcards }) if wildcards.is_empty() => {
            terms.push(Asked { span: node.span.clone(), folded: fold(text.trim()), quoted: *quoted });
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|node| collect(node, terms)),
        NodeKind::Near(near) => {
            collect(&near.first, terms);
            near.rest.iter().for_each(|(_, node)| collect(node, terms));
        }
        NodeKind::Field(Field::Text | Field::Title, inner) | NodeKind::Weighted(inner, _) => collect(inner, terms),
        _ => {}
    }
}

impl Asked {
    /// The query as one string in pinyin, where all of it may be: `zhang zhiming`, `xi近平`.
    pub fn in_pinyin(terms: &[Self], query: &str) -> Option<Self> {
        let (first, last) = (terms.first()?, terms.last()?);
        let span = first.span.start..last.span.end;
        let between = query.get(span.clone())?;
        let bare = terms.iter().all(|term| !term.quoted) && (terms.len() == 1 || between.is_ascii());
        (bare && may_be_pinyin(between)).then(|| Self { span, folded: fold(between), quoted: false })
    }

    /// The characters of a term that is Han throughout and neither too short nor too long.
    pub fn characters(&self) -> Option<Vec<char>> {
        let characters: Vec<char> = self.folded.chars().collect();
        (LENGTHS.contains(&characters.len()) && characters.iter().all(|&c| is_han(c))).then_some(characters)
    }

    /// The query with another string in the place of this term.
    pub fn replaced(&self, query: &str, by: &str) -> String {
        let sign = if self.quoted { "\"" } else { "" };
        format!("{}{sign}{by}{sign}{}", &query[..self.span.start], &query[self.span.end..])
    }
}
