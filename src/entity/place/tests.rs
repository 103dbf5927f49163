//! Measures of the links, over labelled articles with the spans given.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Gazetteer, Linkable, Safety, link};
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

/// The stories among these documents of a collection, by id.
fn stories(collection: &str, labels: &[Vec<&str>]) -> Option<HashMap<String, Value>> {
    let file = std::fs::File::open(shared(&format!("{collection}/docs.jsonl.gz"))?).expect("readable");
    let wanted: std::collections::HashSet<&str> = labels.iter().map(|label| label[0]).collect();
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let named =
        |line: &String| line.split('"').nth(3).is_some_and(|id| wanted.contains(&*format!("{collection}/{id}")));
    let stories = lines.map(|line| line.expect("text")).filter(named).map(|line| {
        let story: Value = serde_json::from_str(&line).expect("JSON");
        (format!("{collection}/{}", story["id"].as_str().expect("an id")), story)
    });
    Some(stories.collect())
}

/// The rest of each story's places are those that the list finds: what a model finds is another matter.
#[test]
fn labelled_places_of_stories_and_laws_are_linked() {
    let labels = include_str!("../../../tests/cases/place_links.tsv");
    let labels: Vec<Vec<&str>> =
        labels.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let (Some(mut stories), Some(laws)) = (stories("cctv", &labels), stories("laws", &labels)) else { return };
    stories.extend(laws);
    let (mut linked, mut right) = (0, 0);
    for label in &labels {
        let got = linked_label(&stories[label[0]], label[1].parse().expect("an offset"), label[2]);
        let want = (label[3] != "-").then(|| label[3].to_owned());
        linked += usize::from(got.is_some());
        right += usize::from(got.is_some() && got == want);
        if got != want {
            eprintln!("{} {}: {got:?}, not {want:?} ({})", label[0], label[2], label.get(4).unwrap_or(&"none"));
        }
    }
    eprintln!("{} labelled, {linked} linked, {right} of them right", labels.len());
    assert!(right * 100 >= linked * 95 && linked * 10 >= labels.len() * 8, "{right} of {linked} of {}", labels.len());
}

fn linked_label(story: &Value, offset: usize, name: &str) -> Option<String> {
    let (original, headline) = (story["text"].as_str().expect("text"), story["title"].as_str().unwrap_or_default());
    let (title, body) = (Text::new(headline), Text::new(original));
    let label = chars_of(&body, original, offset..offset + name.chars().count());
    assert_eq!(body.slice(label.clone()), crate::analysis::fold(name));
    let apart = |other: &Range<usize>| other.end <= label.start || other.start >= label.end;
    let found = Gazetteer::embedded().find(&body.chars).into_iter();
    let mut spans: Vec<Span> = found
        .filter(|found| found.safety >= Safety::Likely && apart(&found.chars))
        .map(|found| span(EntityKind::Place, found.chars))
        .collect();
    spans.push(span(EntityKind::Place, label.clone()));
    spans.sort_by_key(|span| span.chars.start);
    let source = story["source"].as_str();
    link(
        Gazetteer::embedded(),
        &mut Linkable { title: &title, of_title: &mut [], body: &body, of_body: &mut spans, source },
    );
    spans.into_iter().find(|span| span.chars == label).and_then(|span| span.value)
}

#[test]
fn the_list_is_read_in_full_and_folded() {
    let gazetteer = Gazetteer::embedded();
    for code in [110_000, 110_105, 620_503, 620_503_115, 441_900, 429_004, 810_001, 710_101] {
        let division = gazetteer.division(code).expect("a division");
        assert_eq!(gazetteer.names(code)[0], crate::analysis::fold(division.name), "{code}");
    }
    let chain: Vec<&str> = gazetteer.ancestors(620_503_115).iter().map(|division| division.name).collect();
    assert_eq!(chain, ["甘肃省", "天水市", "麦积区"]);
    assert_eq!(gazetteer.value(441_900_101), Some(441_900));
    assert!(gazetteer.covers(620_000, 620_503_115) && !gazetteer.covers(620_500, 620_600));
    assert_eq!(gazetteer.names(620_000), ["甘肃省", "甘肃", "甘", "陇", "gansu"]);
    eprintln!("the gazetteer holds {} bytes", gazetteer.memory());
}

fn value_of(text: &str, name: &str, title: &str, source: Option<&str>) -> Option<String> {
    let (title, body) = (Text::new(title), Text::new(text));
    let found = Gazetteer::embedded().find(&body.chars).into_iter().filter(|found| found.safety >= Safety::Likely);
    let mut spans: Vec<Span> = found.map(|found| span(EntityKind::Place, found.chars)).collect();
    link(
        Gazetteer::embedded(),
        &mut Linkable { title: &title, of_title: &mut [], body: &body, of_body: &mut spans, source },
    );
    spans.into_iter().find(|span| body.slice(span.chars.clone()) == name).and_then(|span| span.value)
}

#[test]
fn a_namesake_is_what_the_document_speaks_of() {
    let wulong = |text: &str, title: &str, source: Option<&str>| value_of(text, "五龙镇", title, source);
    assert_eq!(wulong("五龍鎮召開會議。", "", Some("林州新闻网")).as_deref(), Some("410581"));
    assert_eq!(wulong("五龙镇召开会议。", "", Some("天水在线")).as_deref(), Some("620503"));
    assert_eq!(wulong("五龙镇召开会议。", "苍溪县脱贫攻坚", None).as_deref(), Some("510824"));
    assert_eq!(wulong("五龙镇和马跑泉镇召开会议，甘泉镇也来了。", "", Some("天水日报")).as_deref(), Some("620503"));
    assert_eq!(wulong("五龙镇召开会议。", "", None), None);
    assert_eq!(value_of("江苏省徐州市鼓楼区、福州市鼓楼区。", "鼓楼区", "", None).as_deref(), Some("320302"));
    assert_eq!(value_of("原北道区的干部。", "北道区", "", None).as_deref(), Some("620503"));
    assert_eq!(value_of("韩国京畿道利川市发生火灾。", "利川市", "", None), None);
    assert_eq!(value_of("高雄市前鎮區、信義區。", "信义区", "", None), None);
}

/// What a user has is not always text.
#[test]
fn no_spans_and_no_text_are_no_trouble() {
    let (empty, text) = (Text::new(""), Text::new("天水"));
    let mut wild = [span(EntityKind::Place, 1..9), span(EntityKind::Organisation, 2..2), span(EntityKind::Place, 0..0)];
    link(
        Gazetteer::embedded(),
        &mut Linkable { title: &empty, of_title: &mut [], body: &text, of_body: &mut wild, source: Some("") },
    );
    assert!(wild.iter().all(|span| span.value.is_none()));
    assert!(Gazetteer::embedded().find(&[]).is_empty() && Gazetteer::embedded().look_up("").is_empty());
}
