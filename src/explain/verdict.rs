//! A document held against a meaning: every part of it, whether it stands, and which parts decide.

use super::named::Named;
use super::nearness;
use super::page::Page;
use super::part::{Part, Role, dates};
use super::recognised;
use super::words::Words;
use crate::analysis::Segmenter;
use crate::document::Document;
use crate::query::{Chain, Meaning, Term};

/// What a document is to a meaning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// All of it holds.
    pub holds: bool,
    /// Its parts that are no combination, in the order of the query.
    pub parts: Vec<Part>,
}

/// Holds a document, and what is named in it, against what a query means.
///
/// ```
/// use xunzhang::Document;
/// use xunzhang::analysis::{Dictionary, Segmenter};
/// use xunzhang::explain::{Cause, explain};
/// use xunzhang::query::{ParseOptions, parse};
///
/// let meaning = parse("改革开放", &ParseOptions::default())?.query.meaning()?;
/// let document = Document::new("1", "", "坚持改革，开放不停步。");
/// let verdict = explain(&meaning, &document, &[], &Segmenter::new(Dictionary::default()));
/// assert!(matches!(verdict.parts[0].causes[0], Cause::AcrossAMark { .. }));
/// # Ok::<(), xunzhang::query::QueryError>(())
/// ```
pub fn explain(meaning: &Meaning, document: &Document, named: &[Named], segmenter: &Segmenter) -> Verdict {
    let mut reader = Reader { page: Page::new(document, named), words: Words::new(segmenter), parts: Vec::new() };
    let tree = reader.read(meaning, Role::Required);
    tree.decide(&mut reader.parts);
    Verdict { holds: tree.holds(), parts: reader.parts }
}

/// A meaning whose parts are numbered, with what holds of it.
enum Tree {
    Part(usize, bool),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    /// A nearness, and the terms that it relates.
    Near(Box<Tree>, Box<Tree>),
}

impl Tree {
    fn holds(&self) -> bool {
        match self {
            Self::Part(_, holds) => *holds,
            Self::All(trees) => trees.iter().all(Self::holds),
            Self::Any(trees) => trees.iter().any(Self::holds),
            Self::Not(tree) => !tree.holds(),
            Self::Near(near, _) => near.holds(),
        }
    }

    /// Marks the parts for which it holds, or for which it does not.
    fn decide(&self, parts: &mut [Part]) {
        match self {
            Self::Part(at, _) => parts[*at].decides = true,
            Self::Not(tree) => tree.decide(parts),
            Self::Near(near, terms) if terms.holds() => near.decide(parts),
            Self::Near(_, terms) => terms.decide(parts),
            Self::All(trees) | Self::Any(trees) => {
                let holds = self.holds();
                trees.iter().filter(|tree| tree.holds() == holds).for_each(|tree| tree.decide(parts));
            }
        }
    }
}

struct Reader<'a> {
    page: Page<'a>,
    words: Words<'a>,
    parts: Vec<Part>,
}

impl Reader<'_> {
    fn read(&mut self, meaning: &Meaning, role: Role) -> Tree {
        match meaning {
            Meaning::Everything => Tree::All(Vec::new()),
            Meaning::And(all) => Tree::All(all.iter().map(|meaning| self.read(meaning, role)).collect()),
            Meaning::Or(any) => Tree::Any(any.iter().map(|meaning| self.read(meaning, alternative(role))).collect()),
            Meaning::Not(meaning) => Tree::Not(Box::new(self.read(meaning, Role::Excluded))),
            Meaning::Dates(range) => self.part(dates(self.page.document, range, false), role),
            Meaning::Term(term) => self.term(term, role),
            Meaning::Near(chain) => self.near(chain, role),
        }
    }

    fn term(&mut self, term: &Term, role: Role) -> Tree {
        let part = Part::of(&self.page, term, &self.words);
        self.part(part, role)
    }

    fn near(&mut self, chain: &Chain, role: Role) -> Tree {
        let operands = std::iter::once(&chain.first).chain(chain.rest.iter().map(|(_, terms)| terms));
        let mut all = Vec::new();
        for terms in operands {
            let role = if terms.len() > 1 { alternative(role) } else { role };
            all.push(Tree::Any(terms.iter().map(|term| self.term(term, role)).collect()));
        }
        let part = if chain.first.iter().any(Term::is_speaker) {
            recognised::passages(&self.page, chain)
        } else {
            nearness::part(&self.page, chain)
        };
        Tree::Near(Box::new(self.part(part, role)), Box::new(Tree::All(all)))
    }

    fn part(&mut self, part: Part, role: Role) -> Tree {
        let stands = part.stands;
        self.parts.push(Part { role, ..part });
        Tree::Part(self.parts.len() - 1, stands)
    }
}

/// The role of one of several, any of which will do.
fn alternative(role: Role) -> Role {
    if role == Role::Excluded { role } else { Role::Alternative }
}
