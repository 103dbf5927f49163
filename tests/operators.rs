//! Promise: operators and wildcards are exact, too. Random queries of the whole language over random documents find in
//! the embedded index what a scan finds that tries every place; the seed is fixed.

use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use xunzhang::{Document, Engine, EngineOptions, Limit, Relax, SearchRequest};

#[path = "support/naive.rs"]
mod naive;

/// Collections, and queries to each.
const COLLECTIONS: u32 = 60;
const QUERIES: usize = 60;

/// What texts are made of: few characters, so that everything stands near everything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "甲", "乙", "丙", "後", "后", "甲", "乙", "C91", "C919", "919", "9", "ab", "abc", "，", "。", "\n\n", " ",
        "、", "（",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn document() -> impl Strategy<Value = Document> {
    (text(), text(), prop::option::of(prop::sample::select(vec!["甲乙社", "乙丙报，丁", "C919网"]))).prop_map(
        |(title, body, source)| {
            let mut document = Document::new("", title.replace('\n', " "), body);
            document.source = source.map(str::to_owned);
            document
        },
    )
}

fn term() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "甲",
        "乙",
        "丙",
        "后",
        "甲乙",
        "乙甲",
        "后甲",
        "C919",
        "919",
        "ab",
        "\"甲，乙\"",
        "\"乙。丙\"",
        "甲*乙",
        "乙*丙*甲",
        "甲?乙",
        "甲*乙?甲",
        "C91?",
        "9*",
        "ab*",
        "a?c",
        "c*",
        "甲^2",
    ]);
    let field = prop::sample::select(vec!["", "", "", "标题:", "来源:", "原:", "词:"]);
    (field, plain).prop_filter_map("a field takes no such value", |(field, plain)| {
        let wild = plain.contains(['*', '?']) || plain == "甲^2";
        let compared = matches!(field, "原:" | "词:");
        let word = field != "词:" || plain.chars().count() > 1;
        (word && !(compared && wild)).then(|| format!("{field}{plain}"))
    })
}

/// A term that may stand near another.
fn near_term() -> impl Strategy<Value = String> {
    term().prop_filter("no stream of its own", |term| {
        !["来源:", "原:", "词:"].iter().any(|field| term.starts_with(field))
    })
}

fn chain() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["NEAR/1", "NEAR/3", "NEAR/9", "W/1", "W/2", "W/6", "SENT", "PARA"]);
    let operand = prop_oneof![
        4 => near_term(),
        1 => (near_term(), near_term()).prop_map(|(a, b)| format!("({a} OR {b})")),
        1 => (near_term(), near_term()).prop_map(|(a, b)| format!("({a} {b})")),
    ];
    (operand.clone(), prop::collection::vec((operator, operand), 1..3)).prop_map(|(first, rest)| {
        rest.iter().fold(first, |chain, (operator, operand)| format!("{chain} {operator} {operand}"))
    })
}

fn query() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![3 => term(), 3 => chain()];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(|all| format!("({})", all.join(" "))),
            several.prop_map(|all| format!("({})", all.join(" OR "))),
            inner.prop_map(|one| format!("NOT ({one})")),
        ]
    })
    .prop_filter("as many wildcards as a query may have", |query| query.matches(['*', '?']).count() <= 8)
}

#[test]
fn random_queries_find_what_a_scan_finds() {
    let config =
        Config { cases: COLLECTIONS, rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() };
    let collection = prop::collection::vec(document(), 1..30);
    let queries = prop::collection::vec(query(), QUERIES);
    let (asked, found) = (Cell::new(0), Cell::new(0));
    TestRunner::new(config)
        .run(&(collection, queries), |(documents, queries)| {
            let local = Engine::in_memory().expect("an index");
            let scan =
                Engine::over(Box::new(naive::Naive::default()), None, &EngineOptions::default()).expect("a scan");
            for engine in [&local, &scan] {
                let numbered = documents.iter().cloned().zip(0..).map(|(mut document, number)| {
                    document.id = Some(number.to_string());
                    document
                });
                engine.ingest(numbered).expect("documents");
            }
            for query in &queries {
                let (here, there) = (ids(&local, query), ids(&scan, query));
                prop_assert_eq!(&here, &there, "{}", query);
                asked.set(asked.get() + 1);
                found.set(found.get() + here.len());
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    let (asked, found) = (asked.get(), found.get());
    println!("operators: {asked} queries, {found} hits");
    assert!(found > 3 * asked, "{found} hits of {asked} queries tell little");
}

fn ids(engine: &Engine, query: &str) -> BTreeSet<String> {
    let mut request = SearchRequest::new(query).relax(Relax::Never);
    (request.limit, request.ids_only, request.strict) = (Limit::All, true, true);
    let response = engine.search(&request).unwrap_or_else(|error| panic!("{query}: {error}"));
    assert_eq!(response.summary.total.value, response.hits.len() as u64, "{query}");
    response.hits.into_iter().map(|hit| hit.id).collect()
}
