//! JSON-LD of a page: date, source and authors of the article that it describes, also where that is one of a graph.

use serde_json::Value;

use super::super::date;
use super::record::split_names;
use crate::document::Document;

/// Levels of a value that are looked through.
const DEEPEST: usize = 6;

/// Fills what a document does not know yet from scripts of JSON-LD.
pub(super) fn fill(scripts: &[String], document: &mut Document) {
    let values: Vec<Value> = scripts.iter().filter_map(|script| serde_json::from_str(script.trim()).ok()).collect();
    let mut articles = Vec::new();
    values.iter().for_each(|value| gather(value, DEEPEST, &mut articles));
    for article in articles {
        let mut note = |field: &str| document.found.push((field.to_string(), "JSON-LD".to_string()));
        let text = |keys: &[&str]| keys.iter().find_map(|key| article[*key].as_str()).map(str::trim);
        if document.date.is_none()
            && let Some(date) = text(&["datePublished", "pubDate", "dateCreated"]).and_then(date::parse)
        {
            document.date = Some(date);
            note("date");
        }
        let source = ["sourceOrganization", "publisher"].iter().find_map(|key| name(&article[*key]));
        if let Some(source) = source.filter(|_| document.source.is_none()) {
            document.source = Some(source);
            note("source");
        }
        if document.authors.is_empty() {
            document.authors = names(&article["author"]);
            if !document.authors.is_empty() {
                note("authors");
            }
        }
        if let Some(editor) = name(&article["editor"]).filter(|_| document.editor.is_none()) {
            document.editor = Some(editor);
            note("editor");
        }
    }
}

/// The objects of a value that have a day of publication, outer ones first.
fn gather<'a>(value: &'a Value, depth: usize, articles: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) if depth > 0 => values.iter().for_each(|value| gather(value, depth - 1, articles)),
        Value::Object(fields) => {
            if fields.contains_key("datePublished") || fields.contains_key("pubDate") {
                articles.push(value);
            } else if depth > 0 {
                ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"]
                    .iter()
                    .filter_map(|key| fields.get(*key))
                    .for_each(|value| gather(value, depth - 1, articles));
            }
        }
        _ => {}
    }
}

/// A name as text, or that of an object.
fn name(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value["name"].as_str())?.trim();
    (!text.is_empty() && !text.starts_with("http")).then(|| text.to_string())
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(names).collect(),
        value => name(value).map(|name| split_names(&name)).unwrap_or_default(),
    }
}
