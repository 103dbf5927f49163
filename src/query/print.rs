//! The canonical form of a query: ASCII operators, `"`, the Chinese names of fields, and brackets wherever one
//! operator stands inside another. Parsed again, it means and prints the same.

use std::fmt;

use super::ast::{Node, NodeKind, Proximity, Query, Word};
use super::field::{DATES, Field, is_name_char};
use super::parse::{ParseOptions, read};
use super::sign::{char_at, is_special, narrow};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root)
    }
}

impl Query {
    /// How deep brackets stand in the canonical form.
    pub(super) fn depth(&self) -> usize {
        self.root.depth()
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Word(word) => write!(f, "{}", written(word, None)),
            NodeKind::Dates(range) => write!(f, "{DATES}:{range}"),
            NodeKind::And(nodes) => self.joined(f, nodes, " "),
            NodeKind::Or(nodes) => self.joined(f, nodes, " OR "),
            NodeKind::Not(inner) => {
                write!(f, "NOT ")?;
                self.inner(f, inner)
            }
            NodeKind::Near(near) => {
                self.inner(f, &near.first)?;
                near.rest.iter().try_for_each(|(proximity, node)| {
                    write!(f, " {proximity} ")?;
                    self.inner(f, node)
                })
            }
            NodeKind::Field(field, inner) => match &inner.kind {
                // Directly behind its name an address is one string, signs and all; in brackets it is a term.
                NodeKind::Word(word) if field.is_address() && !word.quoted && !is_direct(word, field) => {
                    write!(f, "{}:({})", field.name(), written(word, None))
                }
                NodeKind::Word(word) => write!(f, "{}:{}", field.name(), written(word, Some(field))),
                _ => {
                    write!(f, "{}:", field.name())?;
                    self.inner(f, inner)
                }
            },
            NodeKind::Weighted(inner, weight) => {
                self.inner(f, inner)?;
                write!(f, "^{weight}")
            }
        }
    }
}

impl Node {
    fn joined(&self, f: &mut fmt::Formatter<'_>, nodes: &[Self], between: &str) -> fmt::Result {
        for (at, node) in nodes.iter().enumerate() {
            if at > 0 {
                write!(f, "{between}")?;
            }
            self.inner(f, node)?;
        }
        Ok(())
    }

    fn inner(&self, f: &mut fmt::Formatter<'_>, inner: &Self) -> fmt::Result {
        if self.brackets(inner) { write!(f, "({inner})") } else { write!(f, "{inner}") }
    }

    /// Whether a part of this node stands in brackets.
    fn brackets(&self, inner: &Self) -> bool {
        use NodeKind::{And, Dates, Field, Near, Not, Or, Weighted, Word};
        match (&self.kind, &inner.kind) {
            (Weighted(..), Word(word)) => !takes_weight(word, None),
            (Weighted(..), Field(field, value)) => match &value.kind {
                Word(word) => !takes_weight(word, Some(field)),
                _ => false,
            },
            (Field(..), Dates(_)) => true,
            (_, Word(_) | Dates(_)) => false,
            (_, And(_) | Or(_) | Near(_)) => true,
            (Near(_) | Field(..) | Weighted(..), Not(_)) => true,
            (Field(..) | Weighted(..), Weighted(..)) | (Field(..), Field(..)) => true,
            (_, Not(_) | Weighted(..) | Field(..)) => false,
        }
    }

    fn depth(&self) -> usize {
        let deepest = match &self.kind {
            NodeKind::Word(_) | NodeKind::Dates(_) => return 0,
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().map(|node| self.below(node)).max(),
            NodeKind::Near(near) => {
                near.rest.iter().map(|(_, node)| node).chain([&near.first]).map(|node| self.below(node)).max()
            }
            NodeKind::Not(inner) | NodeKind::Field(_, inner) | NodeKind::Weighted(inner, _) => Some(self.below(inner)),
        };
        deepest.unwrap_or(0)
    }

    fn below(&self, inner: &Self) -> usize {
        inner.depth() + usize::from(self.brackets(inner))
    }
}

impl fmt::Display for Proximity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Near(distance) => write!(f, "NEAR/{distance}"),
            Self::Within(distance) => write!(f, "W/{distance}"),
            Self::Sentence => write!(f, "SENT"),
            Self::Paragraph => write!(f, "PARA"),
        }
    }
}

/// A term as it must be written to be read as this term, behind a field or alone.
fn written(word: &Word, field: Option<&Field>) -> String {
    if word.quoted {
        return format!("\"{}\"", word.text.replace('"', "\"\""));
    }
    let plain = Some(with_narrow_wildcards(word)).filter(|plain| is_balanced(plain));
    let mut candidates = plain.into_iter().chain([escaped(word, false)]);
    candidates.find(|candidate| reads_back(candidate, word, field)).unwrap_or_else(|| escaped(word, true))
}

/// Whether a term can stand directly behind the name of a field.
fn is_direct(word: &Word, field: &Field) -> bool {
    reads_back(&written(word, Some(field)), word, Some(field))
}

/// Whether every bracket in a text is closed in it: another could pair with one outside of the term.
fn is_balanced(text: &str) -> bool {
    let step = |depth: usize, c: char| match narrow(c) {
        '(' => Some(depth + 1),
        ')' => depth.checked_sub(1),
        _ => Some(depth),
    };
    text.chars().try_fold(0, step) == Some(0)
}

/// Whether a term, or a field and its term, takes a weight directly behind it: a bare number does not.
fn takes_weight(word: &Word, field: Option<&Field>) -> bool {
    let in_brackets = |field: &Field| field.is_address() && !is_direct(word, field);
    if word.quoted || field.is_some_and(in_brackets) {
        return true;
    }
    let lead = field.map_or(String::new(), |field| format!("{}:", field.name()));
    let extra: Vec<String> = field.iter().map(|field| field.name().to_owned()).collect();
    let options = ParseOptions { extra_fields: &extra, ..ParseOptions::default() };
    let weighted = read(&format!("{lead}{}^2", written(word, field)), &options);
    weighted.is_ok_and(|parsed| matches!(parsed.query.root.kind, NodeKind::Weighted(..)))
}

/// Whether this is read as just this term, in brackets as well as between blanks.
fn reads_back(candidate: &str, word: &Word, field: Option<&Field>) -> bool {
    // A name that is unknown here may be a field of the index.
    let name = &candidate[..candidate.find(|c| !is_name_char(c)).unwrap_or(0)];
    let colon = char_at(candidate, name.len()).is_some_and(|c| narrow(c) == ':');
    if field.is_none() && colon && name.contains(char::is_alphabetic) {
        return false;
    }
    let lead = field.map_or(String::new(), |field| format!("{}:", field.name()));
    let extra: Vec<String> = field.iter().map(|field| field.name().to_owned()).collect();
    let options = ParseOptions { extra_fields: &extra, ..ParseOptions::default() };
    let Ok(parsed) = read(&format!("({lead}{candidate})"), &options) else { return false };
    let kind = match (parsed.query.root.kind, field) {
        (NodeKind::Field(found, inner), Some(field)) if found == *field => inner.kind,
        (kind, None) => kind,
        _ => return false,
    };
    let text = with_narrow_wildcards(word);
    let same = |found: &Word| found.text == text && !found.quoted && found.wildcards.len() == word.wildcards.len();
    parsed.complaints.is_empty() && matches!(&kind, NodeKind::Word(found) if same(found))
}

/// The text of a term with ASCII wildcards.
pub(super) fn with_narrow_wildcards(word: &Word) -> String {
    word.text.char_indices().map(|(at, c)| if word.wildcards.contains(&at) { narrow(c) } else { c }).collect()
}

/// A backslash before every sign of the language and, if need be, before the word.
fn escaped(word: &Word, before: bool) -> String {
    let mut all = String::with_capacity(word.text.len() + 8);
    for (at, c) in word.text.char_indices() {
        let wildcard = word.wildcards.contains(&at);
        if (at == 0 && before) || (is_special(c) && !wildcard) {
            all.push('\\');
        }
        all.push(if wildcard { narrow(c) } else { c });
    }
    all
}
