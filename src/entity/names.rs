//! What a mention is called: every name by which it may be asked for, and the values that documents are counted by.

use super::Recogniser;
use super::place::{Gazetteer, levels};
use crate::analysis::name_token;
use crate::document::{EntityKind, Mention};

impl Recogniser {
    /// Every name of a mention: as written, in full, a law also without its article, a place by everything that it lies
    /// in, a policy term as the list writes it.
    pub fn names(&self, mention: &Mention, text: &str) -> Vec<String> {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        let mut names = vec![written.to_owned()];
        match mention.kind {
            EntityKind::Place => {
                let gazetteer = Gazetteer::embedded();
                let code = mention.value.as_ref().and_then(|value| value.parse().ok());
                names.extend(levels(gazetteer, written, mention.value.as_deref()).into_iter().map(|(_, name)| name));
                let above = code.into_iter().flat_map(|code| gazetteer.ancestors(code)).map(|division| division.code);
                for code in above.chain(code) {
                    names.extend(gazetteer.names(code).into_iter().map(str::to_owned));
                }
            }
            EntityKind::Policy => names.push(self.term(written)),
            EntityKind::Law => {
                for name in std::iter::once(written).chain(mention.value.as_deref()) {
                    names.extend([name.to_owned(), whole_law(name).to_owned()]);
                }
            }
            _ => names.extend(mention.value.clone()),
        }
        names
    }

    /// The values that a document is counted by for a mention, each behind the name of what it is counted by: `person`,
    /// `place`, `province`, `city`, `county`, `org`, `policy`, `number`, `law`.
    pub fn values(&self, mention: &Mention, text: &str) -> Vec<(&'static str, String)> {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        let whole = mention.value.clone().unwrap_or_else(|| written.to_owned());
        match mention.kind {
            EntityKind::Person => vec![("person", whole)],
            EntityKind::Place => {
                let levels = levels(Gazetteer::embedded(), written, mention.value.as_deref());
                let finest = levels.last().map_or_else(|| written.to_owned(), |(_, name)| name.clone());
                let above = levels.into_iter().map(|(level, name)| (level.name(), name));
                above
                    .filter(|(level, _)| ["province", "city", "county"].contains(level))
                    .chain([("place", finest)])
                    .collect()
            }
            EntityKind::Organisation => vec![("org", whole)],
            EntityKind::Policy => vec![("policy", self.term(written))],
            EntityKind::Number => vec![("number", whole)],
            EntityKind::Law => vec![("law", whole_law(&whole).to_owned())],
            _ => Vec::new(),
        }
    }
}

impl Recogniser {
    /// A policy term as the list writes it first.
    fn term(&self, written: &str) -> String {
        self.rules().terms.canonical(written).unwrap_or(written).to_owned()
    }
}

/// A law without its article: 《安全生产法》 of 《安全生产法》第十二条.
fn whole_law(law: &str) -> &str {
    let closed = law.find(['》', '〉']).map(|at| at + '》'.len_utf8());
    let end = closed.or_else(|| law.find('第').filter(|at| *at > 0)).unwrap_or(law.len());
    law.get(..end).filter(|name| !name_token(name).is_empty()).unwrap_or(law)
}
