//! The names that may stand before a colon, and what they name.

use serde::Serialize;

use crate::analysis::fold;
use crate::document::EntityKind;

/// What a term is looked for in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// Title and body: what a term without a field searches.
    #[default]
    Text,
    /// `标题:`
    Title,
    /// `来源:`
    Source,
    /// `作者:`
    Author,
    /// `路径:`
    Path,
    /// `网址:`
    Url,
    /// `人:`
    Person,
    /// `地:`
    Place,
    /// `机构:`
    Organisation,
    /// `策:`
    Policy,
    /// `说:`
    Said,
    /// `文号:`
    Number,
    /// `法规:`
    Law,
    /// `页外:`, what of a page is not its main text.
    Rest,
    /// `原:`, the original holds exactly these characters.
    Exact,
    /// `词:`, only where segmentation agrees.
    Word,
    /// Another key of the sources, by its folded name.
    Extra(String),
}

impl Field {
    /// The name that the canonical query uses; empty for [`Field::Text`].
    ///
    /// ```
    /// assert_eq!(xunzhang::query::Field::Title.name(), "标题");
    /// ```
    pub fn name(&self) -> &str {
        match self {
            Self::Extra(name) => name,
            _ => NAMES.iter().find(|(_, _, field)| field.as_ref() == Some(self)).map_or("", |(name, _, _)| name),
        }
    }

    /// Whether it is looked for in title and body, or in a title.
    pub fn is_in_text(&self) -> bool {
        matches!(self, Self::Text | Self::Title | Self::Exact | Self::Word)
    }

    /// What kind of names it holds, each a token; `None` for a field of unigrams.
    pub fn kind(&self) -> Option<EntityKind> {
        KINDS.iter().find(|(_, field)| field == self).map(|(kind, _)| *kind)
    }

    /// The field that asks for names of a kind; `None` for dates, which no field names.
    pub fn of_kind(kind: EntityKind) -> Option<Self> {
        KINDS.iter().find(|(own, _)| *own == kind).map(|(_, field)| field.clone())
    }

    /// Whether it holds what was recognised.
    pub fn is_recognised(&self) -> bool {
        *self == Self::Said || self.kind().is_some()
    }

    /// Whether a value is one string, marks and all: an address is not cut at its colon.
    pub(super) fn is_address(&self) -> bool {
        matches!(self, Self::Path | Self::Url)
    }
}

/// Kinds of what is recognised, and the fields that ask for their names.
pub(crate) const KINDS: [(EntityKind, Field); 6] = [
    (EntityKind::Person, Field::Person),
    (EntityKind::Place, Field::Place),
    (EntityKind::Organisation, Field::Organisation),
    (EntityKind::Policy, Field::Policy),
    (EntityKind::Law, Field::Law),
    (EntityKind::Number, Field::Number),
];

/// What a name names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named {
    /// `日期:`, whose value is no text.
    Dates,
    /// Any other.
    Field(Field),
}

/// The canonical name of dates.
pub(super) const DATES: &str = "日期";

/// Canonical name, English name, and the field; `None` stands for dates.
const NAMES: [(&str, &str, Option<Field>); 16] = [
    ("标题", "title", Some(Field::Title)),
    ("来源", "source", Some(Field::Source)),
    ("作者", "author", Some(Field::Author)),
    ("路径", "path", Some(Field::Path)),
    ("网址", "url", Some(Field::Url)),
    ("人", "person", Some(Field::Person)),
    ("地", "place", Some(Field::Place)),
    ("机构", "org", Some(Field::Organisation)),
    ("策", "policy", Some(Field::Policy)),
    ("说", "said", Some(Field::Said)),
    ("文号", "number", Some(Field::Number)),
    ("法规", "law", Some(Field::Law)),
    ("页外", "rest", Some(Field::Rest)),
    ("原", "exact", Some(Field::Exact)),
    ("词", "word", Some(Field::Word)),
    (DATES, "date", None),
];

/// Whether a character may be part of a name.
pub(crate) fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// What a name as typed names; `extra` holds the folded names of other keys.
pub(super) fn named(name: &str, extra: &[String]) -> Option<Named> {
    let name = fold(name);
    if let Some((_, _, field)) = NAMES.iter().find(|(own, english, _)| *own == name || *english == name) {
        return Some(field.clone().map_or(Named::Dates, Named::Field));
    }
    let known = !name.is_empty() && name.chars().all(is_name_char) && extra.contains(&name);
    known.then_some(Named::Field(Field::Extra(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_first() {
        let extra = [fold("欄目")];
        for (name, field) in [
            ("標題", Field::Title),
            ("TITLE", Field::Title),
            ("ｕｒｌ", Field::Url),
            ("來源", Field::Source),
            ("栏目", Field::Extra("栏目".into())),
        ] {
            assert_eq!(named(name, &extra), Some(Named::Field(field)), "{name}");
        }
        assert_eq!(named("Date", &extra), Some(Named::Dates));
        assert_eq!(named("新闻", &extra), None);
        assert!(NAMES.iter().all(|(name, english, _)| fold(name) == *name && fold(english) == *english));
    }
}
