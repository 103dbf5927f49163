//! Markdown: the facts of the front matter, the first heading as title, and the rest as the author wrote it.
//!
//! Signs of emphasis, of lists and of tables stay: they are soft for search, and what is shown is the original.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::fields::Keys;
use super::super::skip::Fault;
use super::record::Records;
use super::text::without_blank_lines;
use super::value::Value;
use crate::document::Document;

/// Makes the document of a Markdown text.
pub(super) fn read(text: &str, base: Document) -> Result<Document, Fault> {
    let (front, text) = front_matter(text);
    let text = without_blank_lines(text);
    let mut document = facts(front, text, base)?;
    let first = text.lines().next().unwrap_or("");
    let heading = first.strip_prefix("# ").map(|heading| heading.trim().trim_end_matches('#').trim_end());
    // A heading other than the title of the front matter is part of the text.
    let Some(heading) = heading.filter(|heading| document.title.is_empty() || *heading == document.title) else {
        return Ok(document);
    };
    if document.title.is_empty() && !heading.is_empty() {
        document.title = heading.to_string();
        document.found.push(("title".into(), "first heading".into()));
    }
    document.body = without_blank_lines(&text[first.len()..]).to_string();
    Ok(document)
}

/// The lines between the two `---` that a file begins with, and the text below.
fn front_matter(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else { return ("", text) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return (&rest[..at], &rest[at + line.len()..]);
        }
        at += line.len();
    }
    ("", text)
}

/// The document with the facts of `key: value` lines, which are read as the keys of a record are.
fn facts(front: &str, text: &str, base: Document) -> Result<Document, Fault> {
    let body = (Cow::Borrowed("text"), Value::Text(Cow::Borrowed(text)));
    // Lines with an indent or a hyphen belong to nested values, which are no facts of an article.
    let pairs = front.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-']));
    let pairs = pairs.filter_map(|line| line.split_once(':'));
    let pairs = pairs.map(|(key, value)| (Cow::Borrowed(key.trim()), scalar(value.trim())));
    let record = Value::Object(std::iter::once(body).chain(pairs).collect());
    let mut document = Records::new(Arc::new(Keys::default()), base).document(record, 0)?;
    let fields = [
        ("title", !document.title.is_empty()),
        ("date", document.date.is_some()),
        ("source", document.source.is_some()),
        ("authors", !document.authors.is_empty()),
        ("editor", document.editor.is_some()),
    ];
    let found = fields.iter().filter(|(_, is_there)| *is_there);
    document.found.extend(found.map(|(field, _)| (field.to_string(), "front matter".into())));
    Ok(document)
}

/// A value of YAML as far as front matter has it: a plain or quoted string, or a list in brackets.
fn scalar(value: &str) -> Value<'_> {
    let unquoted = |text: &str| text.trim().trim_matches(['"', '\'']).to_string();
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => Value::List(list.split(',').map(|part| Value::Text(Cow::Owned(unquoted(part)))).collect()),
        None => Value::Text(Cow::Owned(unquoted(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        read(text, Document::default()).expect("a text")
    }

    #[test]
    fn front_matter_gives_facts_and_the_text_stays_as_it_is() {
        let text = "---\ntitle: \"通知\"\ndate: 2018-03-05\nauthor: [张三, '李四']\n栏目: 要闻\ntags:\n  - a\n---\n\n# 通知\n\n\
                    **今年**计划[造林](http://a/b)三千亩。\n\n- 甲\n";
        let read = document(text);
        assert_eq!((read.title.as_str(), read.authors.join("|").as_str()), ("通知", "张三|李四"));
        assert_eq!(read.date.map(|d| d.to_string()).as_deref(), Some("2018-03-05"));
        assert_eq!(read.body, "**今年**计划[造林](http://a/b)三千亩。\n\n- 甲");
        assert!(read.extra.contains(&("栏目".into(), "要闻".into())));
    }

    #[test]
    fn the_first_heading_is_the_title_unless_there_is_another() {
        let read = document("# 标题 #\r\n\r\n正文\r\n## 二\r\n末");
        assert_eq!((read.title.as_str(), read.body.as_str()), ("标题", "正文\r\n## 二\r\n末"));
        let other = document("---\ntitle: 甲\n---\n# 乙\n正文");
        assert_eq!((other.title.as_str(), other.body.as_str()), ("甲", "# 乙\n正文"));
        assert_eq!(document("---\n正文").body, "---\n正文");
    }
}
