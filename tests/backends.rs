//! Promise: one behaviour on every backend. The tables of `cases/*.toml` run on an index in memory, on a scan over a
//! row of entries, on a folder that was written document by document and opened again, and on that folder upgraded.
//!
//! A table has `documents`, documents that come `later` in a run of their own, and `cases`. A case has a query, its
//! options (near answers follow only where `relax` says so) and what is expected: `ids` of the exact hits, `near` ones
//! with the terms that they lack, and snippets by id with 【】 around what is marked. Ids are a set; `order = "all"`
//! makes them a row, `order = "local"` a row that only the embedded index's scores promise. `total` and
//! `relaxed` are as many as are listed where they are not given.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Deserialize;
use xunzhang::document::{Entry, Streams};
use xunzhang::index::local::LocalIndex;
use xunzhang::index::{Sort, State, TermPattern};
use xunzhang::{
    DateSpan, Document, Engine, EngineOptions, Hit, Ingest, Limit, Origin, Relax, SearchRequest, SearchResponse,
    Snippet, Undated,
};

#[path = "support/naive.rs"]
mod naive;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    documents: Vec<Given>,
    #[serde(default)]
    later: Vec<Given>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Given {
    id: Option<String>,
    title: String,
    text: String,
    /// What is not the article.
    rest: String,
    /// `?` behind it: only inferred.
    date: Option<String>,
    source: Option<String>,
    authors: Vec<String>,
    url: Option<String>,
    path: String,
    record: u64,
    extra: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    query: String,
    #[serde(default)]
    literal: bool,
    #[serde(default)]
    strict: bool,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    sort: Sort,
    since: Option<String>,
    until: Option<String>,
    #[serde(default)]
    undated: Undated,
    relax: Option<Relax>,
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    near: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    order: Order,
    total: Option<u64>,
    relaxed: Option<u64>,
    #[serde(default)]
    undated_left_out: u64,
    /// Documents found whose date is only inferred.
    #[serde(default)]
    inferred: u64,
    /// Asks for what holds the query outside its main text, and how many more do.
    #[serde(default)]
    rest: bool,
    #[serde(default)]
    outside: u64,
    #[serde(default)]
    snippets: BTreeMap<String, String>,
    /// How many complaints there are about the query.
    #[serde(default)]
    complaints: usize,
    /// How the error begins.
    error: Option<String>,
}

#[derive(Deserialize, Default, PartialEq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Order {
    #[default]
    Any,
    All,
    Local,
}

/// An engine that a table runs on.
struct Backend {
    name: &'static str,
    engine: Engine,
    /// It has the embedded index's scores.
    local: bool,
}

#[test]
fn terms_are_found_as_the_text_model_says() {
    hold(include_str!("cases/terms.toml"));
}

#[test]
fn numbers_letters_and_rare_characters_are_unigrams() {
    hold(include_str!("cases/numbers.toml"));
}

#[test]
fn operators_combine() {
    hold(include_str!("cases/operators.toml"));
}

#[test]
fn nearness_and_wildcards_are_exact() {
    hold(include_str!("cases/places.toml"));
}

#[test]
fn all_of_it_together() {
    hold(include_str!("cases/combined.toml"));
}

#[test]
fn fields_hold_their_own_values_alone() {
    hold(include_str!("cases/fields.toml"));
}

#[test]
fn texts_outside_main_texts_and_inferred_dates() {
    hold(include_str!("cases/outside.toml"));
}

#[test]
fn dates_overlap_and_sort() {
    hold(include_str!("cases/dates.toml"));
}

#[test]
fn the_best_come_first() {
    hold(include_str!("cases/order.toml"));
}

#[test]
fn near_answers_follow_and_say_what_they_lack() {
    hold(include_str!("cases/near.toml"));
}

#[test]
fn later_documents_replace_older_ones_and_ids_stay_apart() {
    hold(include_str!("cases/replace.toml"));
}

/// Runs a table everywhere and fails with every fault at once.
fn hold(table: &str) {
    let table: Table = toml::from_str(table).unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut faults = Vec::new();
    for backend in backends(&table, folder.path()) {
        for case in &table.cases {
            let answer = backend.engine.search(&request(case));
            let differences = match (answer, &case.error) {
                (Err(error), Some(wanted)) if error.to_string().starts_with(wanted) => Vec::new(),
                (Err(error), _) => vec![format!("error {error}")],
                (Ok(_), Some(wanted)) => vec![format!("an answer, and no error {wanted}")],
                (Ok(response), None) => differences(case, &response, backend.local),
            };
            let place = format!("{}: {}", backend.name, case.query);
            faults.extend(differences.into_iter().map(|difference| format!("{place}\n    {difference}")));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn backends(table: &Table, folder: &std::path::Path) -> Vec<Backend> {
    let options = EngineOptions::default();
    let in_memory = Engine::in_memory().expect("an index in memory");
    let scan = Engine::over(Box::new(naive::Naive::default()), None, &options).expect("a scan");
    let path = folder.join("index");
    {
        let mut options = EngineOptions::default();
        (options.create, options.threads) = (true, 2);
        fill(&Engine::open_with(&path, &options).expect("a folder"), table, 1);
    }
    let upgraded = folder.join("upgraded");
    copy(&path, &upgraded);
    let (reopened, upgraded) = (Engine::open(&path).expect("the folder"), Engine::open(&upgraded).expect("its copy"));
    fill(&in_memory, table, usize::MAX);
    fill(&scan, table, usize::MAX);
    let mut observer = |_: &_| ControlFlow::Continue(());
    upgraded.upgrade(Ingest { observer: &mut observer, commit_every: 1 }).expect("the upgrade");
    vec![
        Backend { name: "in memory", engine: in_memory, local: true },
        Backend { name: "a scan", engine: scan, local: false },
        Backend { name: "a folder", engine: reopened, local: true },
        Backend { name: "upgraded", engine: upgraded, local: true },
    ]
}

fn fill(engine: &Engine, table: &Table, commit_every: usize) {
    for documents in [&table.documents, &table.later] {
        let mut observer = |_: &_| ControlFlow::Continue(());
        let how = Ingest { observer: &mut observer, commit_every };
        let documents = documents.iter().map(|given| Ok::<_, std::convert::Infallible>(document(given)));
        engine.ingest_with(documents, how).expect("documents");
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("an index").flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file of an index");
    }
}

fn document(given: &Given) -> Document {
    let mut document = Document::default();
    document.id.clone_from(&given.id);
    document.title.clone_from(&given.title);
    document.body.clone_from(&given.text);
    document.rest.clone_from(&given.rest);
    document.date = given.date.as_deref().map(span);
    document.source.clone_from(&given.source);
    document.authors.clone_from(&given.authors);
    document.url.clone_from(&given.url);
    document.extra.clone_from(&given.extra);
    document.origin = Origin { path: given.path.clone(), record: given.record, ..Origin::default() };
    document
}

fn request(case: &Case) -> SearchRequest {
    let mut request = SearchRequest::new(&case.query).relax(case.relax.unwrap_or(Relax::Never));
    (request.literal, request.strict, request.offset) = (case.literal, case.strict, case.offset);
    request.limit = case.limit.map_or(Limit::All, Limit::Hits);
    (request.sort, request.undated, request.outside) = (case.sort, case.undated, case.rest);
    (request.since, request.until) = (case.since.as_deref().map(span), case.until.as_deref().map(span));
    request
}

fn span(text: &str) -> DateSpan {
    let mut span = DateSpan::parse(text.trim_end_matches('?')).unwrap_or_else(|| panic!("{text} is no date"));
    span.inferred = text.ends_with('?');
    span
}

/// What of an answer is not as expected.
fn differences(case: &Case, response: &SearchResponse, local: bool) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |what: &str, found: String, wanted: String| {
        if found != wanted {
            differences.push(format!("{what}: {found}, and not {wanted}"));
        }
    };
    let (near, exact): (Vec<&Hit>, Vec<&Hit>) = response.hits.iter().partition(|hit| hit.near);
    let (mut ids, mut wanted): (Vec<&str>, Vec<&str>) =
        (exact.iter().map(|hit| hit.id.as_str()).collect(), case.ids.iter().map(String::as_str).collect());
    if case.order == Order::Any || (case.order == Order::Local && !local) {
        ids.sort_unstable();
        wanted.sort_unstable();
    }
    differ("ids", format!("{ids:?}"), format!("{wanted:?}"));
    let total = case.total.unwrap_or(case.ids.len() as u64);
    differ("total", response.summary.total.value.to_string(), total.to_string());
    let lacks: BTreeMap<String, Vec<String>> = near.iter().map(|hit| (hit.id.clone(), hit.lacks.clone())).collect();
    differ("near", format!("{lacks:?}"), format!("{:?}", case.near));
    let relaxed = case.relaxed.unwrap_or(case.near.len() as u64);
    differ("relaxed", response.summary.relaxed.to_string(), relaxed.to_string());
    let ranks: Vec<u64> = response.hits.iter().map(|hit| hit.rank).collect();
    let from = case.offset as u64 + 1;
    differ("ranks", format!("{ranks:?}"), format!("{:?}", Vec::from_iter(from..from + ranks.len() as u64)));
    let falling = |pair: &[Hit]| pair[0].near != pair[1].near || pair[0].score >= pair[1].score;
    if case.sort == Sort::Relevance && !response.hits.windows(2).all(falling) {
        differ("scores", format!("{:?}", response.hits), "falling".to_owned());
    }
    let lacking = exact.iter().filter(|hit| !hit.lacks.is_empty()).count();
    differ("exact hits that lack something", lacking.to_string(), "0".to_owned());
    let left_out = response.summary.coverage.undated_left_out;
    differ("undated left out", left_out.to_string(), case.undated_left_out.to_string());
    let coverage = &response.summary.coverage;
    differ("inferred dates", coverage.inferred_dates.to_string(), case.inferred.to_string());
    differ("outside", coverage.outside.to_string(), case.outside.to_string());
    differ("complaints", response.complaints.len().to_string(), case.complaints.to_string());
    for (id, wanted) in &case.snippets {
        let hit = response.hits.iter().find(|hit| hit.id == *id);
        let shown = hit.and_then(|hit| hit.snippets.first()).map(marked).unwrap_or_default();
        differ(&format!("snippet of {id}"), shown, wanted.clone());
    }
    differences
}

/// The snippet's text with 【】 around what is marked.
fn marked(snippet: &Snippet) -> String {
    let mut text = snippet.text.clone();
    for mark in snippet.marks.iter().rev() {
        text.insert(mark.bytes.end, '】');
        text.insert(mark.bytes.start, '【');
    }
    text
}

/// Words by pattern: characters of every length in UTF-8, ends that are open, and the number of documents.
#[test]
fn every_backend_has_the_same_words_for_a_pattern() {
    let rows = [("天水 天水市 wto", "天水"), ("天水市 天津 𠮷野家", ""), ("天 天水市政府 été", "天津")];
    let answers = |backend: &dyn xunzhang::index::Backend, pattern: &TermPattern, limit| {
        backend.snapshot().expect("a snapshot").terms(pattern, limit).expect("words")
    };
    let (local, naive) = (LocalIndex::in_memory().expect("an index in memory"), naive::Naive::default());
    for backend in [&local as &dyn xunzhang::index::Backend, &naive] {
        let mut writer = backend.writer(1, 64 << 20).expect("the writer");
        for (n, (body, title)) in rows.iter().enumerate() {
            let mut streams = Streams::default();
            (streams.body_words, streams.title_words) = ((*body).to_owned(), (*title).to_owned());
            writer
                .add(&[Entry { document: Document::new(n.to_string(), "", ""), streams, ..Entry::default() }])
                .expect("an entry");
            writer.commit(&State::default()).expect("a commit");
        }
        writer.finish().expect("merges");
    }
    let class = |characters: &str| characters.chars().collect::<Vec<char>>();
    let pattern = |classes: &[&str]| classes.iter().map(|characters| class(characters)).collect::<Vec<_>>();
    for (pattern, limit, wanted) in [
        (TermPattern::whole(pattern(&["天", "水津"])), 9, vec![("天水", 2), ("天津", 2)]),
        (TermPattern::whole(pattern(&["天", "水津"])), 1, vec![("天水", 2)]),
        (TermPattern::beginning(pattern(&["天", "水"])), 9, vec![("天水", 2), ("天水市", 2), ("天水市政府", 1)]),
        (TermPattern::whole(pattern(&["天", "", "市"])), 9, vec![("天水市", 2)]),
        (TermPattern::whole(pattern(&["吉𠮷", "野", "家"])), 9, vec![("𠮷野家", 1)]),
        (TermPattern::whole(pattern(&["e\u{e9}", "t", "\u{e9}"])), 9, vec![("été", 1)]),
        (TermPattern::beginning(pattern(&["tw"])), 9, vec![("wto", 1)]),
        (TermPattern::beginning(Vec::new()), 2, vec![("天水", 2), ("天水市", 2)]),
        (TermPattern::whole(pattern(&["地", ""])), 9, Vec::new()),
        (
            TermPattern { shortest: 1, ..TermPattern::whole(pattern(&["天", "津", "市"])) },
            9,
            vec![("天津", 2), ("天", 1)],
        ),
    ] {
        let wanted: Vec<(String, u64)> =
            wanted.into_iter().map(|(word, documents)| (word.to_owned(), documents)).collect();
        for backend in [&local as &dyn xunzhang::index::Backend, &naive] {
            assert_eq!(answers(backend, &pattern, limit), wanted, "{pattern:?}");
        }
    }
}

/// Documents of several segments, asked in any order: a title stands before its mark, and a mark has places too.
#[test]
fn every_backend_has_the_same_positions() {
    let (local, naive) = (LocalIndex::in_memory().expect("an index in memory"), naive::Naive::default());
    for backend in [&local as &dyn xunzhang::index::Backend, &naive] {
        let mut writer = backend.writer(1, 64 << 20).expect("the writer");
        for (n, text) in ["造 林 ¶ 春 造 造 林", "春 。 夏", "林 。 林 。 春"].iter().enumerate() {
            let streams = Streams { text: (*text).to_owned(), ..Streams::default() };
            writer
                .add(&[Entry { document: Document::new(n.to_string(), "", ""), streams, ..Entry::default() }])
                .expect("an entry");
            writer.commit(&State::default()).expect("a commit");
        }
        writer.finish().expect("merges");
        let snapshot = backend.snapshot().expect("a snapshot");
        let places: Vec<_> = ["2", "0", "1"].iter().flat_map(|id| snapshot.find(id).expect("a document")).collect();
        let mut found = BTreeMap::new();
        let mut visit = |document, unigram, positions: &[u32]| {
            found.insert((document, unigram), positions.to_vec());
        };
        snapshot.positions(&["林", "。", "¶", "秋"], &places, None, &mut visit).expect("positions");
        let wanted =
            [((0, 0), vec![0, 2]), ((0, 1), vec![1, 3]), ((1, 0), vec![1, 6]), ((1, 2), vec![2]), ((2, 1), vec![1])];
        assert_eq!(found, BTreeMap::from(wanted));
    }
}
