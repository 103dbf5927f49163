//! What was typed: a tree whose every node has its place in the query.
//!
//! Built by the parser alone. [`Query`] prints itself in canonical form (`print`) and says what it means
//! (`meaning`).

use std::ops::Range;

use serde::Serialize;

use super::dates::DateRange;
use super::field::Field;

/// A query as it was typed. Its `Display` is the canonical form: parsed again, it means and prints the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) text: String,
    pub(super) root: Node,
}

impl Query {
    /// The query as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first field of what is recognised in texts that it asks for, if any.
    pub fn recognised(&self) -> Option<&Field> {
        self.root.recognised()
    }

    /// The whole of it.
    pub fn root(&self) -> &Node {
        &self.root
    }
}

/// A part of a query and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the query.
    pub span: Range<usize>,
    /// What stands there.
    pub kind: NodeKind,
}

/// What a part of a query is. Brackets leave no node of their own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NodeKind {
    /// A bare or quoted term.
    Word(Word),
    /// Days, months, years.
    Dates(DateRange),
    /// All of at least two.
    And(Vec<Node>),
    /// Any of at least two.
    Or(Vec<Node>),
    /// None of it.
    Not(Box<Node>),
    /// Near each other.
    Near(Box<Near>),
    /// A field over a term or a group.
    Field(Field, Box<Node>),
    /// A weight on a term or a group: `^2`.
    Weighted(Box<Node>, f32),
}

/// A bare or quoted term.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As typed, without quotes, escapes, and signs at the edges that belong to no term.
    pub text: String,
    /// It stood in quotes.
    pub quoted: bool,
    /// Bytes of `text` at which a wildcard (`*` or `?`, of either width) stands.
    pub wildcards: Vec<usize>,
}

/// A chain of terms near each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// The first operand.
    pub first: Node,
    /// Each further one with the operator before it; at least one.
    pub rest: Vec<(Proximity, Node)>,
}

/// How near two terms stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proximity {
    /// `NEAR/n`: at most n unigrams between, in either order.
    Near(u16),
    /// `W/n`: at most n unigrams between, in this order.
    Within(u16),
    /// `SENT`: in one sentence.
    Sentence,
    /// `PARA`: in one paragraph.
    Paragraph,
}

impl Node {
    fn recognised(&self) -> Option<&Field> {
        match &self.kind {
            NodeKind::Field(field, _) if field.is_recognised() => Some(field),
            NodeKind::Field(_, node) | NodeKind::Not(node) | NodeKind::Weighted(node, _) => node.recognised(),
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().find_map(Self::recognised),
            NodeKind::Near(near) => {
                near.first.recognised().or_else(|| near.rest.iter().find_map(|(_, node)| node.recognised()))
            }
            NodeKind::Word(_) | NodeKind::Dates(_) => None,
        }
    }

    pub(super) fn new(span: Range<usize>, kind: NodeKind) -> Self {
        Self { span, kind }
    }

    /// All of them; a list inside a list is one list.
    pub(super) fn all(nodes: Vec<Self>) -> Option<Self> {
        Self::list(nodes, NodeKind::And, |kind| match kind {
            NodeKind::And(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Any of them; a list inside a list is one list.
    pub(super) fn any(nodes: Vec<Self>) -> Option<Self> {
        Self::list(nodes, NodeKind::Or, |kind| match kind {
            NodeKind::Or(inner) => Ok(inner),
            other => Err(other),
        })
    }

    fn list(
        nodes: Vec<Self>,
        make: fn(Vec<Self>) -> NodeKind,
        open: fn(NodeKind) -> Result<Vec<Self>, NodeKind>,
    ) -> Option<Self> {
        let span = nodes.first()?.span.start..nodes.last()?.span.end;
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match open(node.kind) {
                Ok(inner) => flat.extend(inner),
                Err(kind) => flat.push(Self::new(node.span, kind)),
            }
        }
        if flat.len() == 1 { flat.pop() } else { Some(Self::new(span, make(flat))) }
    }

    /// The opposite; of an opposite, the thing itself.
    pub(super) fn not(span: Range<usize>, node: Self) -> Self {
        match node.kind {
            NodeKind::Not(inner) => *inner,
            _ => Self::new(span, NodeKind::Not(Box::new(node))),
        }
    }
}
