//! One element of XML as a record: its children and attributes by their names.
//!
//! The child that is the text gives its paragraphs; markup that a feed carries as text is undone. A record without such
//! a child has the text of its paragraphs.

use std::borrow::Cow;

use super::super::super::fields::{Field, Keys};
use super::super::super::skip::Fault;
use super::super::html;
use super::super::markup::{Element, Piece, walk};
use super::super::value::Value;
use super::super::writer::Writer;
use super::edge;

/// Names of feeds and exports, and ours for the same.
const KEYS: [(&str, &str); 8] = [
    ("encoded", "content"),
    ("creator", "author"),
    ("guid", "id"),
    ("summary", "description"),
    ("issued", "published"),
    ("updated", "time"),
    ("docno", "docid"),
    ("contributor", "editor"),
];
/// Children that are paragraphs of the record's text.
const PARAGRAPHS: [&str; 8] = ["p", "para", "paragraph", "section", "sect1", "段", "段落", "s"];
/// Attributes that say what an element without text means.
const TELLING: [&str; 4] = ["href", "term", "value", "resource"];

/// The key of a child by its name.
pub(super) fn key(name: &str) -> &str {
    KEYS.iter().find(|(theirs, _)| name.eq_ignore_ascii_case(theirs)).map_or(name, |(_, ours)| ours)
}

/// A child of the record that is open.
#[derive(Default)]
struct Child {
    key: String,
    is_text: bool,
    has_elements: bool,
    text: String,
    laid_out: Writer,
    /// Names of the elements that are open inside, and the text of each that ended.
    open: Vec<String>,
    inner: Vec<(String, String)>,
    telling: Option<String>,
}

/// The record of an element.
pub(super) fn value(xml: &str, keys: &Keys) -> Result<Value<'static>, Fault> {
    let (mut record, mut depth) = (Record { keys, entries: Vec::new(), body: Writer::default(), child: None }, 0);
    walk(xml, &mut |piece, _| {
        match piece {
            Piece::Open(element) => {
                match depth {
                    0 => element.attributes().for_each(|(name, value)| record.push(key(&name), value)),
                    1 => record.child = Some(Child::new(element, keys)),
                    _ => record.child.iter_mut().for_each(|child| child.open(element)),
                }
                depth += 1;
            }
            Piece::Text(text) => record.text(text),
            Piece::Close(name) => {
                depth -= 1;
                match depth {
                    0 => {}
                    1 => record.close(),
                    _ => record.child.iter_mut().for_each(|child| child.close(name)),
                }
            }
        }
        true
    })?;
    Ok(record.finish())
}

struct Record<'a> {
    keys: &'a Keys,
    entries: Vec<(String, Value<'static>)>,
    /// Text of the record itself, and its paragraphs.
    body: Writer,
    child: Option<Child>,
}

impl Record<'_> {
    fn push(&mut self, key: &str, value: String) {
        let is_author = matches!(self.keys.rank(key), Some((Field::Authors, _)));
        let value = Value::Text(Cow::Owned(value));
        match self.entries.iter_mut().find(|(own, _)| is_author && own == key) {
            Some((_, Value::List(values))) => values.push(value),
            _ if is_author => self.entries.push((key.to_string(), Value::List(vec![value]))),
            _ => self.entries.push((key.to_string(), value)),
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.child {
            None => self.body.text(text),
            Some(child) => child.text(text),
        }
    }

    fn close(&mut self) {
        let Some(child) = self.child.take() else { return };
        let Child { key, is_text, has_elements, text, laid_out, inner, telling, .. } = child;
        let has_markup = text.contains("</") || text.contains("<br") || text.contains("<p>") || text.contains("&lt;");
        if PARAGRAPHS.contains(&key.as_str()) {
            self.body.block(&laid_out.finish());
        } else if is_text {
            let text = if has_elements {
                laid_out.finish()
            } else if has_markup {
                html::fragment(&text)
            } else {
                text.trim().to_string()
            };
            self.push(&key, text);
        } else if has_elements {
            let name = inner.iter().position(|(name, _)| name == "name");
            match name.filter(|_| key == "author") {
                Some(at) => self.push(&key, inner[at].1.trim().to_string()),
                None => inner.iter().for_each(|(name, text)| self.push(&format!("{key}.{name}"), text.trim().into())),
            }
        } else {
            let text = Some(text.trim().to_string()).filter(|text| !text.is_empty()).or(telling);
            self.push(&key, text.unwrap_or_default());
        }
    }

    fn finish(mut self) -> Value<'static> {
        let is_body = |key: &String| matches!(self.keys.rank(key), Some((Field::Body, _)));
        let has_body = self.entries.iter().any(|(key, value)| is_body(key) && !is_empty(value));
        let own = std::mem::take(&mut self.body).finish();
        if !has_body && !own.trim().is_empty() {
            self.entries.push(("text".to_string(), Value::Text(Cow::Owned(own))));
        }
        Value::Object(self.entries.into_iter().map(|(key, value)| (Cow::Owned(key), value)).collect())
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

impl Child {
    fn new(element: &Element<'_>, keys: &Keys) -> Self {
        let key = key(element.name()).to_string();
        let is_text = matches!(keys.rank(&key), Some((Field::Body, _))) || PARAGRAPHS.contains(&key.as_str());
        let telling = TELLING.iter().find_map(|name| element.get(name));
        Self { key, is_text, telling, ..Self::default() }
    }

    fn open(&mut self, element: &Element<'_>) {
        self.has_elements = true;
        if self.is_text {
            edge(element.name(), &mut self.laid_out);
        } else {
            self.open.push(element.name().to_string());
            self.inner.push((self.open.join("."), String::new()));
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_text {
            self.laid_out.text(text);
        }
        match self.open.is_empty() {
            true => self.text.push_str(text),
            false => self.inner.last_mut().into_iter().for_each(|(_, inner)| inner.push_str(text)),
        }
    }

    fn close(&mut self, name: &str) {
        if self.is_text {
            edge(name, &mut self.laid_out);
        } else {
            self.open.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_and_attributes_are_the_keys() {
        let xml = "<item id='7'><title>题</title><dc:creator>张三</dc:creator><dc:creator>李四</dc:creator>\
                   <content:encoded><![CDATA[<p>甲</p><p>乙</p>]]></content:encoded><link href='http://a/b'/>\
                   <author><name>王五</name><email>a@b</email></author><place><city>天水</city></place></item>";
        let Ok(Value::Object(entries)) = value(xml, &Keys::default()) else { panic!("a record") };
        let printed = entries.iter().map(|(key, value)| format!("{key}={value:?}")).collect::<Vec<_>>().join(" ");
        for part in ["id=Text(\"7\")", "content=Text(\"甲\\n\\n乙\")", "link=Text(\"http://a/b\")", "place.city="] {
            assert!(printed.contains(part), "{part} in {printed}");
        }
        assert!(printed.contains("author=List([Text(\"张三\"), Text(\"李四\"), Text(\"王五\")])"), "{printed}");
    }

    #[test]
    fn a_record_without_a_text_has_that_of_its_paragraphs() {
        let xml = "<article><title>题</title><p>甲<b>乙</b></p><p>丙</p><栏目>要闻</栏目></article>";
        let Ok(Value::Object(entries)) = value(xml, &Keys::default()) else { panic!("a record") };
        assert_eq!(entries.last(), Some(&("text".into(), Value::Text("甲乙\n\n丙".into()))));
    }
}
