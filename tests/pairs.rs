//! Promise: postings of pairs change how long an answer takes, and nothing else: the same articles with the same scores in
//! the same order, whatever is asked; an index gets them and loses them by an upgrade.
#![cfg(feature = "files")]

use std::ops::ControlFlow;
use std::path::Path;

use xunzhang::analysis::unigrams;
use xunzhang::corpus::{Corpus, ReadOptions};
use xunzhang::index::Backend;
use xunzhang::index::local::LocalIndex;
use xunzhang::{Document, Engine, EngineOptions, Ingest, Limit, SearchRequest};

/// Strings of the collection that are asked for.
const ASKED: usize = 1_500;

fn documents() -> Vec<Document> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::open(&[corpus], ReadOptions::default()).expect("the sample corpus");
    corpus.documents().filter_map(Result::ok).collect()
}

fn options(pairs: bool) -> EngineOptions {
    let mut options = EngineOptions::default();
    (options.create, options.pairs, options.entities) = (true, Some(pairs), Some(false));
    options
}

/// Hits with their scores, and the total.
fn answer(engine: &Engine, query: &str) -> (u64, Vec<(String, f32)>) {
    let mut request = SearchRequest::new(query);
    request.limit = Limit::All;
    let answer = engine.search(&request).expect(query);
    (answer.summary.total.value, answer.hits.into_iter().map(|hit| (hit.id, hit.score)).collect())
}

/// Strings of two to six unigrams of the texts, some in quotation marks, and queries of two of them.
fn queries(documents: &[Document]) -> Vec<String> {
    let mut state = 11_u64;
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let texts: Vec<Vec<String>> = documents
        .iter()
        .map(|document| unigrams(&document.body).into_iter().map(|unigram| unigram.text).collect())
        .filter(|text: &Vec<String>| text.len() > 10)
        .collect();
    let mut string = || {
        let text = &texts[below(texts.len())];
        let (from, length) = (below(text.len() - 6), 2 + below(5));
        text[from..from + length].concat()
    };
    let mut queries: Vec<String> = Vec::new();
    while queries.len() < ASKED {
        let (one, other) = (string(), string());
        queries.extend([
            format!("\"{one}\""),
            format!("标题:{one}"),
            format!("{one} {other}"),
            format!("{one} NEAR/9 {other}"),
        ]);
    }
    queries.extend(["工作 人民", "的人 OR 中国 -一年", "原:工作", "国*发展", "中?人"].map(str::to_owned));
    queries
}

#[test]
fn answers_are_the_same_with_pairs_and_without() {
    let documents = documents();
    let engine = |pairs| {
        let index = LocalIndex::in_memory().expect("an index in memory");
        let engine = Engine::over(Box::new(index), None, &options(pairs)).expect("an engine");
        engine.ingest(documents.clone()).expect("documents");
        engine
    };
    let (plain, paired) = (engine(false), engine(true));
    let mut found = 0;
    for query in queries(&documents) {
        let (expected, answered) = (answer(&plain, &query), answer(&paired, &query));
        assert_eq!(answered, expected, "{query}");
        found += expected.0;
    }
    // A quarter of them is a string of a text, quoted.
    assert!(found >= ASKED as u64 / 4, "{found}: strings of the texts are found");
}

#[test]
fn an_upgrade_brings_pairs_and_takes_them_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let all = documents();
    let (first, later) = all.split_at(all.len() / 2);
    Engine::open_with(&path, &options(false)).expect("an engine").ingest(first.to_vec()).expect("documents");
    let has_pairs = || {
        let index = LocalIndex::open(&path).expect("the index");
        !index.snapshot().expect("a snapshot").state().pairs.is_empty()
    };
    let expected: Vec<_> =
        ["工作", "人民的"].map(|query| answer(&Engine::open(&path).expect("an engine"), query)).into();
    for pairs in [true, false, true] {
        let mut observer = |_: &_| ControlFlow::Continue(());
        let how = Ingest { observer: &mut observer, commit_every: 10 };
        Engine::open_with(&path, &options(pairs)).expect("an engine").upgrade(how).expect("an upgrade");
        assert_eq!(has_pairs(), pairs);
        let engine = Engine::open(&path).expect("an engine");
        let answered: Vec<_> = ["工作", "人民的"].map(|query| answer(&engine, query)).into();
        assert_eq!(answered, expected);
    }
    // What comes later has them as well, whatever the run says.
    Engine::open(&path).expect("an engine").ingest(later.to_vec()).expect("documents");
    assert!(has_pairs());
    let index = LocalIndex::in_memory().expect("an index in memory");
    let anew = Engine::over(Box::new(index), None, &options(false)).expect("an engine");
    anew.ingest(all).expect("documents");
    let totals = |engine: &Engine| ["工作", "人民的", "一年"].map(|query| answer(engine, query).0);
    assert_eq!(totals(&Engine::open(&path).expect("an engine")), totals(&anew));
}
