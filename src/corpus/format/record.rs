//! The document that a record makes: fields by their keys, and what no field takes under its own name.
//!
//! Which key is which field is left to `fields`, splitting a file into records to `json` and `jsonl`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::date;
use super::super::fields::{Field, Keys};
use super::super::skip::{Fault, SkipReason};
use super::value::Value;
use crate::document::{Document, Loss};

/// Entries of `extra` that one document keeps; what is beyond is a loss.
const EXTRA: usize = 1000;
/// Different keys of one file whose field is remembered.
const REMEMBERED: usize = 10_000;

type Flat<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// Makes documents of one file's records.
pub(super) struct Records {
    keys: Arc<Keys>,
    base: Document,
    ranks: HashMap<String, Option<(Field, usize)>>,
    /// Hashes of the ids so far: only to tell that one comes again.
    seen: HashSet<u64>,
}

impl Records {
    /// Every document begins as a copy of `base`.
    pub(super) fn new(keys: Arc<Keys>, base: Document) -> Self {
        Self { keys, base, ranks: HashMap::new(), seen: HashSet::new() }
    }

    /// The document of a record; `number` counts from 1, or is 0 where the file is one document.
    pub(super) fn document(&mut self, value: Value<'_>, number: u64) -> Result<Document, Fault> {
        let Value::Object(entries) = value else {
            let message = "is no object in braces, so it has neither a title nor a body: correct the record";
            return Err(Fault::new(SkipReason::NoText, message));
        };
        let mut flat = Flat::with_capacity(entries.len());
        flatten(entries, &mut flat);
        let mut document = self.base.clone();
        document.origin.record = number;
        let mut ranked: Vec<_> =
            flat.iter().enumerate().filter_map(|(at, (key, _))| Some((self.rank(key)?, at))).collect();
        ranked.sort_by_key(|((_, rank), at)| (*rank, *at));
        let mut taken = vec![false; flat.len()];
        for ((field, _), at) in ranked {
            taken[at] = fill(&mut document, field, &flat[at].1);
        }
        keep_rest(&mut document, flat, &taken);
        if document.title.trim().is_empty() && document.body.trim().is_empty() {
            return Err(SkipReason::NoText.into());
        }
        document.origin.repeated = document.id.as_ref().is_some_and(|id| !self.seen.insert(hash(id)));
        Ok(document)
    }

    fn rank(&mut self, key: &str) -> Option<(Field, usize)> {
        if let Some(rank) = self.ranks.get(key) {
            return *rank;
        }
        let rank = self.keys.rank(key);
        if self.ranks.len() < REMEMBERED {
            self.ranks.insert(key.to_string(), rank);
        }
        rank
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Writes the objects inside an object as keys with dots.
fn flatten<'a>(entries: Flat<'a>, flat: &mut Flat<'a>) {
    for (key, value) in entries {
        match value {
            Value::Object(inner) => {
                let dotted = |(name, value)| (Cow::Owned(format!("{key}.{name}")), value);
                flatten(inner.into_iter().map(dotted).collect(), flat);
            }
            value => flat.push((key, value)),
        }
    }
}

/// Fills a field if it is free and the value fits; whether it did.
fn fill(document: &mut Document, field: Field, value: &Value<'_>) -> bool {
    let Some(text) = written(value).filter(|text| !text.trim().is_empty()) else { return false };
    let slot = match field {
        Field::Id => &mut document.id,
        Field::Source => &mut document.source,
        Field::Editor => &mut document.editor,
        Field::Url => &mut document.url,
        Field::Date if document.date.is_none() => {
            document.date = date::parse(&text);
            return document.date.is_some();
        }
        Field::Authors if document.authors.is_empty() => {
            document.authors = authors(value);
            return true;
        }
        Field::Title if document.title.is_empty() => {
            document.title = text.trim().to_string();
            return true;
        }
        Field::Body if document.body.is_empty() => {
            document.body = text.into_owned();
            return true;
        }
        Field::Date | Field::Authors | Field::Title | Field::Body => return false,
    };
    let is_free = slot.is_none();
    if is_free {
        *slot = Some(text.trim().to_string());
    }
    is_free
}

/// A value as one text: paragraphs where it is a list of strings.
fn written<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Printed(text) => Some(Cow::Borrowed(text)),
        Value::List(values) => {
            let parts: Option<Vec<_>> = values.iter().filter(|value| **value != Value::Null).map(written).collect();
            Some(Cow::Owned(parts?.join("\n\n")))
        }
        Value::Null | Value::Object(_) => None,
    }
}

fn authors(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::List(values) => values.iter().flat_map(authors).collect(),
        value => split_names(&written(value).unwrap_or_default()),
    }
}

/// Names between enumeration marks.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let names = text.split(['、', ',', '，', ';', '；', '/']).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_string).collect()
}

/// Keeps what no field took, up to a limit.
fn keep_rest(document: &mut Document, flat: Flat<'_>, taken: &[bool]) {
    let mut is_cut = false;
    for ((key, value), _) in flat.into_iter().zip(taken).filter(|(_, taken)| !**taken) {
        is_cut |= !keep(&mut document.extra, &key.replace('\0', ""), value);
    }
    if is_cut {
        let kept = document.extra.iter().map(|(key, value)| (key.len() + value.len()) as u64).sum();
        document.losses.push(Loss::Cut { kept });
    }
}

/// Keeps a value under its own name; whether there was room.
fn keep(extra: &mut Vec<(String, String)>, key: &str, value: Value<'_>) -> bool {
    let text = match value {
        Value::Text(text) => text.into_owned(),
        Value::Printed(text) => text,
        Value::List(values) => return values.into_iter().all(|value| keep(extra, key, value)),
        Value::Object(entries) => {
            return entries.into_iter().all(|(name, value)| keep(extra, &format!("{key}.{name}"), value));
        }
        Value::Null => return true,
    };
    let has_room = extra.len() < EXTRA;
    // A name is what an entry is asked for by: without one it cannot be.
    if has_room && !key.trim().is_empty() {
        extra.push((key.to_string(), text));
    }
    has_room
}

#[cfg(test)]
mod tests {
    use super::super::value::parse;
    use super::*;

    fn document(json: &str, fields: &[(&str, &str)]) -> Result<Document, Fault> {
        let fields: Vec<_> = fields.iter().map(|(ours, theirs)| (ours.to_string(), theirs.to_string())).collect();
        let keys = Keys::new(&fields).expect("known fields");
        Records::new(Arc::new(keys), Document::default()).document(parse(json).expect("JSON"), 1)
    }

    #[test]
    fn usual_names_fill_fields_and_the_rest_is_kept_in_order() {
        let json = r#"{"z":1,"Doc_ID":7,"content":"乙","text":"甲","標題":"题","published_at":1520208000,"date":"昨天",
            "tags":["a","b"],"meta":{"k":true,"deep":{"n":null,"m":"x"}},"作者":"张三、李四","media":"报","n\u0000":"","":"x"}"#;
        let document = document(json, &[]).expect("a document");
        assert_eq!((document.id.as_deref(), document.body.as_str(), document.title.as_str()), (Some("7"), "甲", "题"));
        assert_eq!(document.date.map(|d| d.to_string()).as_deref(), Some("2018-03-05"));
        assert_eq!((document.authors.len(), document.source.as_deref()), (2, Some("报")));
        let extra: Vec<_> = document.extra.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(extra, ["z=1", "content=乙", "date=昨天", "tags=a", "tags=b", "meta.k=true", "meta.deep.m=x", "n="]);
    }

    #[test]
    fn named_keys_go_first_and_bodies_come_in_many_shapes() {
        let named: &[(&str, &str)] = &[("body", "a.b")];
        let rows = [
            (r#"{"text":"甲","a":{"b":"乙"}}"#, named, "乙"),
            (r#"{"text":"甲"}"#, named, "甲"),
            (r#"{"body":["甲","乙"]}"#, &[], "甲\n\n乙"),
            (r#"{"body":"<p>甲</p><p>乙</p>"}"#, &[], "<p>甲</p><p>乙</p>"),
            (r#"{"text":"","content":"甲"}"#, &[], "甲"),
            (r#"{"title":"甲","text":""}"#, &[], ""),
        ];
        for (json, fields, body) in rows {
            assert_eq!(document(json, fields).expect("a document").body, body, "{json}");
        }
        for json in [r#"{"id":1,"text":" "}"#, "[1]", "3"] {
            assert!(document(json, &[]).is_err_and(|fault| fault.reason == SkipReason::NoText), "{json}");
        }
    }

    #[test]
    fn an_id_that_comes_again_is_marked_and_what_is_too_much_is_a_loss() {
        let keys = Arc::new(Keys::new(&[]).expect("no fields"));
        let mut records = Records::new(keys, Document::default());
        let mut repeated = |json| records.document(parse(json).expect("JSON"), 1).expect("a document").origin.repeated;
        assert_eq!(
            [r#"{"id":"a","text":"甲"}"#, r#"{"id":"b","text":"甲"}"#, r#"{"id":"a","text":"乙"}"#].map(&mut repeated),
            [false, false, true]
        );
        let many = format!(r#"{{"text":"甲","n":[{}1]}}"#, "1,".repeat(EXTRA));
        let cut = document(&many, &[]).expect("a document");
        assert_eq!((cut.extra.len(), cut.losses), (EXTRA, vec![Loss::Cut { kept: 2000 }]));
    }
}
