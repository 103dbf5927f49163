//! From tokens to the tree of what was typed.

use std::ops::Range;

use super::ast::{Near, Node, NodeKind, Query, Word};
use super::error::{Complaint, Fault, QueryError};
use super::lex::{Token, TokenKind, lex, note};
use super::sign::narrow;
use super::{MAX_BYTES, MAX_DEPTH};
use crate::analysis::unigrams;

/// How to read a query.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions<'a> {
    /// The first complaint is an error.
    pub strict: bool,
    /// The whole query is one quoted string, whatever it holds.
    pub literal: bool,
    /// Names of other fields, keys of `extra`; they are folded before they are compared.
    pub extra_fields: &'a [String],
}

/// A query that was read, and what was wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What was typed.
    pub query: Query,
    /// What had to be read as text, or left out; at most 32 of them, none in a strict reading.
    pub complaints: Vec<Complaint>,
}

/// Reads a query.
///
/// ```
/// use xunzhang::query::{ParseOptions, parse};
///
/// let parsed = parse("标题：（扶贫｜脱贫） “一户一策” -表态", &ParseOptions::default())?;
/// assert!(parsed.complaints.is_empty());
/// assert_eq!(parsed.query.to_string(), r#"标题:(扶贫 OR 脱贫) "一户一策" NOT 表态"#);
/// # Ok::<(), xunzhang::query::QueryError>(())
/// ```
///
/// # Errors
///
/// Lenient, only what leaves nothing to ask or is beyond a limit: [`Fault::NothingToSearch`], [`Fault::TooLong`],
/// [`Fault::TooDeep`], [`Fault::TooManyTerms`]. Strict, also whatever would be a complaint.
pub fn parse(text: &str, options: &ParseOptions<'_>) -> Result<Parsed, QueryError> {
    let parsed = read(text, options)?;
    if options.strict
        && let Some(first) = parsed.complaints.iter().min_by_key(|complaint| complaint.span.start)
    {
        return Err(QueryError::new(first.fault.clone(), text, first.span.clone()));
    }
    if parsed.query.depth() > MAX_DEPTH {
        return Err(QueryError::new(Fault::TooDeep, text, 0..text.len()));
    }
    Ok(parsed)
}

/// Reads a query, but for what only the caller's wishes make an error.
pub(super) fn read(text: &str, options: &ParseOptions<'_>) -> Result<Parsed, QueryError> {
    let nothing = || QueryError::new(Fault::NothingToSearch, text, 0..text.len());
    if text.len() > MAX_BYTES {
        return Err(QueryError::new(Fault::TooLong { bytes: text.len() }, text, 0..0));
    }
    if unigrams(text).is_empty() {
        return Err(nothing());
    }
    if options.literal {
        let word = Word { text: text.to_owned(), quoted: true, wildcards: Vec::new() };
        let root = Node::new(0..text.len(), NodeKind::Word(word));
        return Ok(Parsed { query: Query { text: text.to_owned(), root }, complaints: Vec::new() });
    }
    let (tokens, mut complaints) = lex(text, options)?;
    let tokens = settle(text, tokens, &mut complaints);
    let mut parser = Parser { text, tokens: &tokens, at: 0, complaints };
    let root = parser.sequence().ok_or_else(nothing)?;
    Ok(Parsed { query: Query { text: text.to_owned(), root }, complaints: parser.complaints })
}

/// Makes text of the operators that lack an operand.
fn settle(text: &str, tokens: Vec<Token>, complaints: &mut Vec<Complaint>) -> Vec<Token> {
    use TokenKind::{And, Close, Dates, Field, Near, Not, Open, Or, Weight, Word};
    let mut settled: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(mut token) = rest.next() {
        let before = settled.last().is_some_and(|last| matches!(last.kind, Word(_) | Dates(_) | Close | Weight(_)));
        let behind = rest.peek().is_some_and(|next| matches!(next.kind, Word(_) | Dates(_) | Open | Field(_)));
        let negated = matches!(rest.peek(), Some(Token { kind: Not, .. }));
        let side = match token.kind {
            And | Or if !before => "before it",
            Near(_) if !before => "before it",
            And | Or | Not if !behind && !negated => "behind it",
            Near(_) if !behind => "directly behind it",
            _ => {
                settled.push(token);
                continue;
            }
        };
        let operator = text[token.span.clone()].to_owned();
        note(complaints, Fault::Dangling { operator: operator.clone(), side }, token.span.clone());
        if !unigrams(&operator).is_empty() {
            token.kind = Word(super::ast::Word { text: operator, quoted: false, wildcards: Vec::new() });
            settled.push(token);
        }
    }
    settled
}

/// Each level gives `None` where there is nothing to search for. Recursion is through brackets alone, whose depth the
/// lexer limits.
struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    complaints: Vec<Complaint>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<&'a Token> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    fn accept(&mut self, kind: &TokenKind) -> bool {
        let found = self.peek() == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Up to the closing bracket, or the end.
    fn sequence(&mut self) -> Option<Node> {
        let mut all = Vec::new();
        while self.peek().is_some_and(|kind| *kind != TokenKind::Close) {
            all.extend(self.either());
        }
        Node::all(all)
    }

    fn either(&mut self) -> Option<Node> {
        let mut all = Vec::from_iter(self.both());
        while self.accept(&TokenKind::Or) {
            all.extend(self.both());
        }
        Node::any(all)
    }

    fn both(&mut self) -> Option<Node> {
        let mut all = Vec::from_iter(self.negation());
        while self.accept(&TokenKind::And) {
            all.extend(self.negation());
        }
        Node::all(all)
    }

    fn negation(&mut self) -> Option<Node> {
        let start = self.tokens.get(self.at).map_or(0, |token| token.span.start);
        let mut negated = false;
        while self.accept(&TokenKind::Not) {
            negated = !negated;
        }
        let node = self.near()?;
        Some(if negated { Node::not(start..node.span.end, node) } else { node })
    }

    fn near(&mut self) -> Option<Node> {
        let mut first = self.weighted();
        let mut rest = Vec::new();
        while let Some(TokenKind::Near(proximity)) = self.peek() {
            self.at += 1;
            match (self.weighted(), &first) {
                (Some(node), Some(_)) => rest.push((*proximity, node)),
                (node, None) => first = node,
                (None, Some(_)) => {}
            }
        }
        let first = first?;
        let Some((_, last)) = rest.last() else { return Some(first) };
        Some(Node::new(first.span.start..last.span.end, NodeKind::Near(Box::new(Near { first, rest }))))
    }

    fn weighted(&mut self) -> Option<Node> {
        let node = self.operand();
        let Some(TokenKind::Weight(weight)) = self.peek() else { return node };
        let end = self.next().map_or(0, |token| token.span.end);
        let node = node?;
        Some(Node::new(node.span.start..end, NodeKind::Weighted(Box::new(node), *weight)))
    }

    fn operand(&mut self) -> Option<Node> {
        let token = self.next()?;
        let node = match &token.kind {
            TokenKind::Word(word) => NodeKind::Word(word.clone()),
            TokenKind::Dates(range) => NodeKind::Dates(*range),
            TokenKind::Field(field) => {
                let inner = self.operand()?;
                return Some(Node::new(
                    token.span.start..inner.span.end,
                    NodeKind::Field(field.clone(), Box::new(inner)),
                ));
            }
            TokenKind::Open => return self.group(&token.span),
            // An operator whose operand turned out to be empty.
            _ => return None,
        };
        Some(Node::new(token.span.clone(), node))
    }

    fn group(&mut self, open: &Range<usize>) -> Option<Node> {
        let inner = self.sequence();
        let end = self.next().map_or(open.end, |token| token.span.end);
        match inner {
            Some(node) => Some(Node::new(open.start..end, node.kind)),
            None => {
                // What holds signs, as (^_^) does, is text that was never looked for.
                if !self.text[open.start..end].contains(|c: char| !c.is_whitespace() && !matches!(narrow(c), '(' | ')'))
                {
                    note(&mut self.complaints, Fault::Empty, open.start..end);
                }
                None
            }
        }
    }
}
