//! `NEAR/n`, `W/n`, `SENT` and `PARA`: what a chain of operands means.
//!
//! Each operator relates the two operands beside it: `甲 NEAR/5 乙 NEAR/5 丙` asks for a 乙 that has a 甲 and a 丙 near.
//! An operand is a term or a group: of a group joined by `OR` any may stand there; of one whose terms must all be
//! there, each for itself must. A group that is a chain itself is spliced in.

use super::ast::{Node, NodeKind, Proximity};
use super::error::Fault;
use super::field::Field;
use super::meaning::{Chain, Meaning, Reader, Term};
use super::{MAX_CHAINS, MAX_TERMS, QueryError};

/// Terms of which any may stand.
type Any = Vec<Term>;

impl Reader<'_> {
    pub(super) fn near(&self, node: &Node, field: &Field, weight: f32) -> Result<Meaning, QueryError> {
        let operands = self.operands(node, field, weight)?;
        let mut chains: Vec<Chain> = Vec::new();
        for (proximity, all) in operands {
            chains = match proximity {
                None => all.into_iter().map(|first| Chain { first, rest: Vec::new() }).collect(),
                Some(proximity) => {
                    if chains.len() * all.len() > MAX_CHAINS {
                        return Err(self.fault(Fault::TooManyTerms, node));
                    }
                    let longer = |chain: &Chain| {
                        all.iter().map(|any| chain.clone().with(proximity, any.clone())).collect::<Vec<_>>()
                    };
                    chains.iter().flat_map(longer).collect()
                }
            };
            if chains.iter().map(|chain| chain.terms().count()).sum::<usize>() > MAX_TERMS {
                return Err(self.fault(Fault::TooManyTerms, node));
            }
        }
        if chains.iter().any(|chain| !chain.is_of_one_stream()) {
            return Err(self.fault(Fault::NearFields, node));
        }
        let mut all: Vec<Meaning> = chains.into_iter().map(Meaning::Near).collect();
        Ok(match all.len() {
            1 => all.remove(0),
            _ => Meaning::And(all),
        })
    }

    /// The operands in a row, each with the operator before it; of each, what must all stand there.
    #[allow(clippy::type_complexity)]
    fn operands(
        &self,
        node: &Node,
        field: &Field,
        weight: f32,
    ) -> Result<Vec<(Option<Proximity>, Vec<Any>)>, QueryError> {
        let NodeKind::Near(near) = &node.kind else {
            return Ok(vec![(None, self.operand(node, field, weight)?)]);
        };
        let mut operands = self.operands(&near.first, field, weight)?;
        for (proximity, node) in &near.rest {
            let mut inner = self.operands(node, field, weight)?;
            inner[0].0 = Some(*proximity);
            operands.append(&mut inner);
        }
        Ok(operands)
    }

    fn operand(&self, node: &Node, field: &Field, weight: f32) -> Result<Vec<Any>, QueryError> {
        match &node.kind {
            NodeKind::Word(word) => Ok(vec![vec![self.term(word, field, weight, node)?]]),
            NodeKind::Field(field, inner) => self.operand(inner, field, weight),
            NodeKind::Weighted(inner, own) => self.operand(inner, field, (weight * own).clamp(0.01, 100.0)),
            NodeKind::And(nodes) => {
                let each: Result<Vec<_>, _> = nodes.iter().map(|node| self.operand(node, field, weight)).collect();
                Ok(each?.concat())
            }
            NodeKind::Or(nodes) => {
                let mut all = vec![Vec::new()];
                for inner in nodes {
                    let each = self.operand(inner, field, weight)?;
                    if all.len() * each.len() > MAX_CHAINS {
                        return Err(self.fault(Fault::TooManyTerms, node));
                    }
                    let joined =
                        |any: &Any| each.iter().map(|other| [any.as_slice(), other].concat()).collect::<Vec<_>>();
                    all = all.iter().flat_map(joined).collect();
                }
                Ok(all)
            }
            _ => Err(self.fault(Fault::NearOperand, node)),
        }
    }
}

impl Chain {
    fn with(mut self, proximity: Proximity, any: Any) -> Self {
        self.rest.push((proximity, any));
        self
    }

    /// Whether all terms stand in one stream of positions: title and body are one.
    fn is_of_one_stream(&self) -> bool {
        let stream = |term: &Term| if term.field == Field::Title { Field::Text } else { term.field.clone() };
        let mut streams = self.terms().map(stream);
        let first = streams.next();
        let related = |field: &Field| !matches!(field, Field::Exact | Field::Word) && !field.is_recognised();
        first.as_ref().is_some_and(related) && streams.all(|stream| Some(&stream) == first.as_ref())
    }
}
