//! Measures of the links, over labelled articles with the spans given.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Gazetteer, Linkable, link};
use crate::document::EntityKind;
use crate::entity::{Span, Text};

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !path.exists() {
        eprintln!("places: skipped, {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// The characters of a text that came from these code points of its original.
fn chars_of(text: &Text, original: &str, points: Range<usize>) -> Range<usize> {
    let bytes = |point: usize| original.char_indices().nth(point).map_or(original.len(), |(at, _)| at);
    let (from, to) = (bytes(points.start), bytes(points.end));
    let at = |byte: usize| (0..text.chars.len()).find(|at| text.original(*at..at + 1).start >= byte);
    at(from).unwrap_or(text.chars.len())..at(to).unwrap_or(text.chars.len())
}

fn span(kind: EntityKind, chars: Range<usize>) -> Span {
    Span { kind, chars, value: None, confidence: 1.0 }
}

#[test]
fn places_of_the_labelled_articles_are_linked() {
    for name in ["ner/gov_articles.jsonl", "ner/gov_articles_other_script.jsonl"] {
        let Some(path) = shared(name) else { return };
        let articles = std::fs::read_to_string(path).expect("readable");
        let (mut given, mut right, mut linked, mut invented) = (0, 0, 0, 0);
        for line in articles.lines() {
            let article: Value = serde_json::from_str(line).expect("JSON");
            for (text, want, got) in linked_places(&article) {
                given += usize::from(want.is_some());
                linked += usize::from(want.is_some() && got.is_some());
                right += usize::from(want.is_some() && want == got);
                invented += usize::from(want.is_none() && got.is_some());
                if want != got {
                    eprintln!("{} {text}: {got:?}, not {want:?}", article["id"]);
                }
            }
        }
        eprintln!("{name}: {right} of {given} right, {linked} linked; {invented} linked that have no value");
        assert!(right * 10 >= given * 9, "{right} of {given}");
    }
}

/// The places of an article: text, value wanted and value given.
fn linked_places(article: &Value) -> Vec<(String, Option<String>, Option<String>)> {
    let (original, headline) = (article["text"].as_str().expect("text"), article["title"].as_str().expect("title"));
    let (title, body) = (Text::new(headline), Text::new(original));
    let entities = article["entities"].as_array().expect("entities");
    let number = |value: &Value| value.as_u64().expect("a number") as usize;
    let labelled = entities.iter().filter_map(|entity| {
        let kind = match entity[2].as_str()? {
            "LOC" => EntityKind::Place,
            "ORG" => EntityKind::Organisation,
            _ => return None,
        };
        Some((
            span(kind, chars_of(&body, original, number(&entity[0])..number(&entity[1]))),
            entity[3].as_str().map(String::from),
        ))
    });
    let (mut spans, wanted): (Vec<Span>, Vec<Option<String>>) = labelled.unzip();
    let source = article["source"].as_str();
    link(
        Gazetteer::embedded(),
        &mut Linkable { title: &title, of_title: &mut [], body: &body, of_body: &mut spans, source },
    );
    let places = spans.into_iter().zip(wanted).filter(|(span, _)| span.kind == EntityKind::Place);
    places.map(|(span, want)| (body.slice(span.chars).to_owned(), want, span.value)).collect()
}
