//! Which key of a record is which field of a document.
//!
//! The keys that the caller names go first, then the usual names in their order. What a value means for its field is
//! left to the readers of records.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::FieldError;
use crate::analysis::fold;

/// A field of a document that a key can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Title,
    Body,
    Date,
    Source,
    Authors,
    Editor,
    Url,
}

impl Field {
    /// The field of one of our own names.
    pub(super) fn named(name: &str) -> Result<Self, FieldError> {
        let wanted = name.trim().to_lowercase();
        let wanted = if wanted == "authors" { "author" } else { wanted.as_str() };
        let found = USUAL.iter().find(|(_, name, _)| *name == wanted);
        found.map(|(field, ..)| *field).ok_or_else(|| FieldError::UnknownField { field: name.to_string() })
    }
}

/// Our names of the fields, and the usual keys in the order of preference.
const USUAL: [(Field, &str, &[&str]); 8] = [
    (Field::Id, "id", &["id", "_id", "docid", "doc_id", "编号"]),
    (Field::Title, "title", &["title", "headline", "标题", "name", "subject"]),
    (Field::Body, "body", &["text", "body", "content", "正文", "article", "内容", "description"]),
    (
        Field::Date,
        "date",
        &[
            "date",
            "pubdate",
            "publish_date",
            "published",
            "published_at",
            "publish_time",
            "time",
            "datetime",
            "日期",
            "发布时间",
            "发布日期",
        ],
    ),
    (Field::Source, "source", &["source", "media", "来源", "site", "publisher"]),
    (Field::Authors, "author", &["author", "authors", "byline", "作者", "记者"]),
    (Field::Editor, "editor", &["editor", "编辑", "责任编辑"]),
    (Field::Url, "url", &["url", "link", "href", "链接"]),
];

/// The usual keys, plain, with their field and place.
static RANKS: LazyLock<HashMap<String, (Field, usize)>> = LazyLock::new(|| {
    let mut ranks = HashMap::new();
    for (field, _, keys) in &USUAL {
        for (rank, key) in keys.iter().enumerate() {
            ranks.entry(plain(key)).or_insert((*field, rank));
        }
    }
    ranks
});

/// A key as it is compared: folded, so that case, width and script do not matter.
fn plain(key: &str) -> String {
    fold(key.trim())
}

/// The keys that fill fields: those that the caller named, then the usual ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    named: Vec<(Field, String)>,
}

impl Keys {
    /// Takes pairs of our name of a field and a key.
    pub(super) fn new(fields: &[(String, String)]) -> Result<Self, FieldError> {
        let named = fields.iter().map(|(field, key)| Ok((Field::named(field)?, plain(key))));
        Ok(Self { named: named.collect::<Result<_, _>>()? })
    }

    /// Which field a key may fill, and how well: 0 is best.
    pub(super) fn rank(&self, key: &str) -> Option<(Field, usize)> {
        let key = plain(key);
        match self.named.iter().position(|(_, named)| *named == key) {
            Some(rank) => Some((self.named[rank].0, rank)),
            None => RANKS.get(&key).map(|(field, rank)| (*field, self.named.len() + rank)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_either_case_and_script_and_the_named_go_first() {
        let keys = Keys::new(&[("body".into(), "Main Text".into())]).expect("a known field");
        let field = |key| keys.rank(key).map(|(field, _)| field);
        assert_eq!(
            (field("TITLE"), field("標題"), field("來源")),
            (Some(Field::Title), Some(Field::Title), Some(Field::Source))
        );
        assert_eq!((field("Doc_ID"), field("ｕｒｌ"), field("栏目")), (Some(Field::Id), Some(Field::Url), None));
        assert_eq!(keys.rank("main text"), Some((Field::Body, 0)));
        let place = |key| keys.rank(key).map(|(_, rank)| rank);
        assert!(place("text") < place("content") && place("content") < place("description"));
        assert!(matches!(Keys::new(&[("colour".into(), "x".into())]), Err(FieldError::UnknownField { .. })));
    }
}
