//! Promise: a text that was printed several times is one family, whatever headline, byline, script or cut it was printed
//! with; and one template with other facts is none. Measured on the groups of `../shared/data/near_duplicates`, on
//! reprints and templates made of the stories of `../shared/data/cctv`, which are skipped out loud where they are not
//! there, and always on a small set of our own. `XUNZHANG_FULL=1` takes all stories for company, else every twelfth.
//!
//! The groups of near_duplicates were computed by overlap alone: half of them are daily notices and yearly
//! announcements. So they are held to twice: as computed, against series (families alike); and as read by hand
//! (`data/reprints_read.txt`), against families.
#![cfg(feature = "files")]

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use xunzhang::index::local::LocalIndex;
use xunzhang::{Against, DateSpan, Document, Engine, EngineOptions, Reprints};

#[path = "support/variants.rs"]
mod variants;

use variants::{Random, other_facts, reprinted};

/// Stories that reprints are made of, and templates.
const STORIES: usize = 400;

#[test]
fn our_own_reprints_are_families_and_our_templates_are_not() {
    let engine = engine();
    let own = variants::own();
    engine.ingest(own.iter().map(|(_, document)| document.clone())).expect("indexed");
    let wanted = pairs(own.iter().map(|(text, document)| (text.clone(), document.label())));
    let found = Found::of(&engine, own.iter().map(|(_, document)| document.label()));
    assert_eq!(found.families, wanted);
    // What is alike is told apart from what is the same.
    let weather = engine.reprints("weather-1", Against::Nothing).expect("read").expect("there");
    assert_eq!((weather.total, weather.alike[0].id.as_str()), (1, "weather-5"));
}

#[test]
fn families_depend_on_the_documents_alone() {
    let own = variants::own();
    let documents: Vec<Document> = own.into_iter().map(|(_, document)| document).collect();
    let ids = || documents.iter().map(Document::label);
    let once = engine();
    once.ingest(documents.clone()).expect("indexed");
    // Backwards, one by one, each twice, with one between that goes again.
    let late = engine();
    for document in documents.iter().rev().chain(&documents) {
        late.ingest([document.clone()]).expect("indexed");
    }
    let passing = Document::new("passing", "夜校", documents[0].body.clone());
    late.ingest([passing.clone()]).expect("indexed");
    assert!(late.remove(&passing.key()).expect("removed"));
    late.ingest([documents[1].clone()]).expect("indexed");
    let order = |engine: &Engine, id: &str| -> Vec<String> {
        let reprints = engine.reprints(id, Against::Nothing).expect("read").expect("there");
        reprints.printings.into_iter().chain(reprints.alike).map(|printing| printing.id).collect()
    };
    for id in ids() {
        assert_eq!(order(&once, &id), order(&late, &id), "{id}");
    }
}

#[test]
fn reprints_of_news_are_families_and_templates_are_not() {
    let Some((stories, groups, apart)) = shared() else { return };
    let labelled: HashSet<&String> = groups.iter().flat_map(|(_, ids)| ids).chain(apart.iter().flatten()).collect();
    let full = std::env::var_os("XUNZHANG_FULL").is_some();
    let mut number = 0;
    let kept = stories.into_iter().filter(|story| {
        number += 1;
        full || number % 12 == 0 || labelled.contains(&story.label())
    });
    let stories: Vec<Document> = kept.collect();
    let (made, texts) = sample(&stories, &labelled);
    let engine = engine();
    let report = engine.ingest(stories.iter().chain(&made).cloned()).expect("indexed");
    let one = engine.ingest([Document::new("one-more", "", stories[0].body.clone())]).expect("indexed");
    let stats = engine.stats().expect("counted");
    println!(
        "reprints: {} documents in {:.0} ms, one more in {:.0} ms; {} families, {} reprints",
        report.documents, report.took_ms, one.took_ms, stats.families, stats.reprints
    );

    let found = Found::of(&engine, labelled.iter().map(|id| (*id).clone()));
    let apart: BTreeSet<Pair> = apart.iter().map(|[one, other]| pair(one, other)).collect();
    let computed = pairs(groups.iter().flat_map(|(group, ids)| ids.iter().map(move |id| (group.clone(), id.clone()))));
    hold("near_duplicates as computed, by series", &found.series, &computed, &apart);
    let read: HashSet<&str> = include_str!("data/reprints_read.txt").lines().collect();
    let reprints = groups.iter().filter(|(group, _)| read.contains(group.as_str()));
    let wanted = pairs(reprints.flat_map(|(group, ids)| ids.iter().map(move |id| (group.clone(), id.clone()))));
    let undecided = groups.iter().filter(|(group, _)| read.contains(format!("? {group}").as_str()));
    let undecided = pairs(undecided.flat_map(|(group, ids)| ids.iter().map(move |id| (group.clone(), id.clone()))));
    let known = computed.union(&apart).filter(|pair| !wanted.contains(*pair) && !undecided.contains(*pair));
    let others: BTreeSet<Pair> = known.cloned().collect();
    hold("near_duplicates as read, by families", &found.families, &wanted, &others);

    let found = Found::of(&engine, texts.iter().map(|(_, id)| id.clone()));
    let wanted = pairs(texts.iter().cloned());
    let others = found.families.difference(&wanted).cloned().collect();
    hold("reprints and templates made of news, by families", &found.families, &wanted, &others);
}

type Pair = (String, String);

/// What was found to belong together, as pairs of ids.
struct Found {
    families: BTreeSet<Pair>,
    series: BTreeSet<Pair>,
}

impl Found {
    fn of(engine: &Engine, ids: impl Iterator<Item = String>) -> Self {
        let ids: Vec<String> = ids.collect();
        let reprints = |id: &String| engine.reprints(id, Against::Nothing).expect("read").expect("there");
        let all: Vec<(&String, Reprints)> = ids.iter().map(|id| (id, reprints(id))).collect();
        let first = |family: &Reprints| family.printings[0].id.clone();
        let least = |family: &Reprints| {
            let alike = family.alike.iter().map(|other| other.id.clone());
            alike.chain([first(family)]).min().unwrap_or_default()
        };
        Self {
            families: pairs(all.iter().map(|(id, family)| (first(family), (*id).clone()))),
            series: pairs(all.iter().map(|(id, family)| (least(family), (*id).clone()))),
        }
    }
}

fn pair(one: &str, other: &str) -> Pair {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

/// All pairs of ids of the same text.
fn pairs(texts: impl Iterator<Item = (String, String)>) -> BTreeSet<Pair> {
    let mut by_text: HashMap<String, Vec<String>> = HashMap::new();
    texts.for_each(|(text, id)| by_text.entry(text).or_default().push(id));
    let of = |ids: &Vec<String>| -> Vec<Pair> {
        ids.iter().enumerate().flat_map(|(at, one)| ids[at + 1..].iter().map(move |other| pair(one, other))).collect()
    };
    by_text.values().flat_map(of).collect()
}

/// Precision and recall of what was found among the pairs that are known.
fn hold(what: &str, found: &BTreeSet<Pair>, wanted: &BTreeSet<Pair>, others: &BTreeSet<Pair>) {
    let right = found.intersection(wanted).count() as f64;
    let wrong = found.intersection(others).count() as f64;
    let (precision, recall) = (right / (right + wrong), right / wanted.len() as f64);
    println!(
        "reprints: {what}: {} pairs of {}, {wrong} wrong: precision {precision:.3}, recall {recall:.3}",
        right,
        wanted.len()
    );
    if std::env::var_os("XUNZHANG_SHOW").is_some() {
        println!(
            "missed {:?}\nwrong {:?}",
            wanted.difference(found).collect::<Vec<_>>(),
            found.intersection(others).collect::<Vec<_>>()
        );
    }
    assert!(precision >= 0.95 && recall >= 0.95, "{what}: precision {precision:.3}, recall {recall:.3}");
}

/// Reprints and templates made of some stories, and which text each is.
fn sample(stories: &[Document], labelled: &HashSet<&String>) -> (Vec<Document>, Vec<(String, String)>) {
    let mut random = Random(20_260_305);
    let long = stories.iter().filter(|story| {
        let length = story.body.chars().count();
        (150..4_000).contains(&length) && !labelled.contains(&story.label())
    });
    let long: Vec<&Document> = long.collect();
    let (mut made, mut texts) = (Vec::new(), Vec::new());
    for story in long.iter().step_by((long.len() / STORIES).max(1)) {
        let id = story.label();
        texts.push((id.clone(), id.clone()));
        for number in 0..3 {
            let reprint = reprinted(story, &format!("{id}-reprint-{number}"), &mut random);
            texts.push((id.clone(), reprint.label()));
            made.push(reprint);
        }
        if let Some(other) = other_facts(story, &format!("{id}-facts"), &mut random) {
            texts.push((other.label(), other.label()));
            made.push(other);
        }
    }
    (made, texts)
}

fn engine() -> Engine {
    let mut options = EngineOptions::default();
    options.entities = Some(false);
    Engine::over(Box::new(LocalIndex::in_memory().expect("memory")), None, &options).expect("opened")
}

/// Stories, groups with their ids, and pairs that are none.
type Shared = (Vec<Document>, Vec<(String, Vec<String>)>, Vec<[String; 2]>);

fn shared() -> Option<Shared> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let lines = |path: PathBuf| std::fs::read_to_string(path).ok();
    let Some(groups) = lines(data.join("near_duplicates/clusters.jsonl")) else {
        println!("reprints: skipped the stories of ../shared, they are not there");
        return None;
    };
    let apart = lines(data.join("near_duplicates/not_duplicates.tsv")).expect("pairs");
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let group = |line: &str| {
        let line = json(line);
        let ids = line["docs"].as_array().into_iter().flatten().map(text).collect();
        (text(&line["id"]), ids)
    };
    let stories = std::fs::File::open(data.join("cctv/docs.jsonl.gz")).expect("stories");
    let story = |line: std::io::Result<String>| {
        let line = json(&line.expect("a line"));
        let mut story = Document::new(text(&line["id"]), text(&line["title"]), text(&line["text"]));
        story.date = DateSpan::parse(&text(&line["date"]));
        story.source = Some(text(&line["source"]));
        story
    };
    let stories = BufReader::new(flate2::read::MultiGzDecoder::new(stories)).lines().map(story).collect();
    let apart = apart.lines().filter_map(|line| line.split_once('\t')).map(|(a, b)| [a.into(), b.into()]).collect();
    Some((stories, groups.lines().map(group).collect(), apart))
}
