//! Promise: what an embedder relies on. An engine goes between threads, keeps to itself, answers while others write,
//! can be stopped, tells every failure and serialises to the lines of version 1. What it refuses is in `refusals.rs`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::channel;

use xunzhang::index::local::LocalIndex;
use xunzhang::query::Synonyms;
use xunzhang::{
    DateSpan, Document, Engine, EngineOptions, Error, Hit, Ingest, Limit, Loss, Origin, Progress, Relax, SearchRequest,
    SearchResponse, Snippets, Sort,
};

fn ask(engine: &Engine, query: &str) -> SearchResponse {
    let mut request = SearchRequest::new(query).relax(Relax::Never);
    request.limit = Limit::All;
    engine.search(&request).unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn total(engine: &Engine, query: &str) -> u64 {
    ask(engine, query).summary.total.value
}

fn in_memory() -> Engine {
    Engine::in_memory().expect("an index in memory")
}

fn options(dictionary: Option<&str>) -> EngineOptions {
    let mut options = EngineOptions::default();
    (options.create, options.threads) = (true, 2);
    options.dictionary = dictionary.map(str::to_owned);
    options
}

// ---------------------------------------------------------------------------------------------------------------
// Threads, and engines beside each other

#[test]
fn an_engine_is_cloned_and_goes_between_threads() {
    fn holds<T: Clone + Send + Sync + 'static>(_: &T) {}
    let engine = in_memory();
    holds(&engine);
    let clone = engine.clone();
    let report = std::thread::spawn(move || clone.ingest([Document::new("1", "", "脱贫攻坚")]));
    assert_eq!(report.join().expect("a thread").expect("a document").documents, 1);
    assert_eq!(total(&engine, "脱贫攻坚"), 1, "clones share one index");
}

#[test]
fn two_engines_with_two_dictionaries_stand_side_by_side() {
    let over = |dictionary| {
        let index = LocalIndex::in_memory().expect("an index in memory");
        Engine::over(Box::new(index), None, &options(dictionary)).expect("an engine")
    };
    let (own, plain) = (over(Some("五龍鎮扶贫车间 9000 n\n")), over(None));
    let text = "五龙镇扶贫车间开工。";
    for engine in [&own, &plain] {
        engine.ingest([Document::new("1", "", text)]).expect("a document");
    }
    let cut_whole = |engine: &Engine| engine.analyze(text).words.contains(&"五龙镇扶贫车间".to_owned());
    assert!(cut_whole(&own) && !cut_whole(&plain), "{:?} {:?}", own.analyze(text), plain.analyze(text));
    for query in ["扶贫车间", "五龙镇", "镇扶"] {
        assert_eq!((total(&own, query), total(&plain, query)), (1, 1), "{query}: no dictionary loses a hit");
    }
    assert_ne!(own.stats().expect("stats").words, plain.stats().expect("stats").words);
}

#[test]
fn the_dictionary_stays_with_the_index() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("index");
    let made = Engine::open_with(&path, &options(Some("五龙镇扶贫车间"))).expect("a new index");
    made.ingest([Document::new("1", "", "五龙镇扶贫车间开工。")]).expect("a document");
    let kept = Engine::open(&path).expect("the index");
    assert_eq!(kept.analyze("五龙镇扶贫车间").words, ["五龙镇扶贫车间"]);
    assert!(!kept.words_changed().expect("the state"));
    let other = Engine::open_with(&path, &options(Some(""))).expect("the index");
    assert!(other.words_changed().expect("the state"), "another dictionary is noticed");
    assert_eq!(total(&other, "扶贫车间"), 1, "and only the order may differ");
}

#[test]
fn every_answer_is_one_of_the_committed_states() {
    const VERSIONS: usize = 12;
    let engine = in_memory();
    let write = |version: usize| {
        let body = format!("第{version}版的正文");
        engine.ingest(["甲", "乙", "丙"].map(|id| Document::new(id, "", &body))).expect("three documents");
    };
    write(0);
    let done = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let readers: Vec<_> = (0..4).map(|_| threads.spawn(|| read_until(&engine, &done))).collect();
        (1..=VERSIONS).for_each(write);
        done.store(true, SeqCst);
        for reader in readers {
            let seen = reader.join().expect("a reader");
            assert!(seen.is_sorted() && seen.iter().all(|version| *version <= VERSIONS), "{seen:?}");
        }
    });
    assert_eq!(read_until(&engine, &AtomicBool::new(true)), [VERSIONS]);
}

/// The versions that answers show until somebody says stop; each answer shows one alone.
fn read_until(engine: &Engine, done: &AtomicBool) -> Vec<usize> {
    let mut seen = Vec::new();
    loop {
        let last = done.load(SeqCst);
        let response = ask(engine, "版的正文");
        let version = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a version");
        let shown: BTreeSet<usize> = response.hits.iter().map(|hit| version(&hit.snippets[0].text)).collect();
        let summary = response.summary;
        assert_eq!((response.hits.len(), shown.len(), summary.total.value, summary.coverage.documents), (3, 1, 3, 3));
        seen.extend(shown);
        if last {
            return seen;
        }
    }
}

#[test]
fn readers_do_not_wait_for_a_writer() {
    let engine = in_memory();
    engine.ingest([Document::new("1", "", "脱贫攻坚")]).expect("a document");
    let (begun, begins) = channel();
    let (release, released) = channel::<()>();
    std::thread::scope(|threads| {
        let writing = engine.clone();
        let writer = threads.spawn(move || {
            writing.ingest((2..=3).map(|number| {
                begun.send(number).expect("somebody listens");
                released.recv().expect("somebody releases");
                Document::new(number.to_string(), "", "脱贫攻坚")
            }))
        });
        for number in 2..=3 {
            assert_eq!(begins.recv(), Ok(number));
            assert_eq!(total(&engine, "脱贫攻坚"), 1, "nothing is seen before a commit");
            release.send(()).expect("the writer waits");
        }
        assert_eq!(writer.join().expect("a writer").expect("documents").documents, 2);
    });
    assert_eq!(total(&engine, "脱贫攻坚"), 3);
}

// ---------------------------------------------------------------------------------------------------------------
// Runs

#[test]
fn an_observer_stops_a_run_and_what_is_committed_is_found() {
    let engine = in_memory();
    let mut given = 0_u64;
    let endless = std::iter::repeat_with(|| {
        given += 1;
        Ok::<_, String>(Document::new(given.to_string(), "", "脱贫攻坚"))
    });
    let mut looks = Vec::new();
    let mut observer = |progress: &Progress| {
        looks.push(*progress);
        ControlFlow::Break(())
    };
    let stopped = engine.ingest_with(endless, Ingest { observer: &mut observer, commit_every: 700 });
    let Err(Error::Cancelled { committed }) = stopped else { panic!("{stopped:?}") };
    assert!(committed > 0 && committed == given, "{committed} of {given}");
    assert_eq!(total(&engine, "脱贫攻坚"), committed);
    assert!(looks.len() == 1 && looks[0].documents == given && looks[0].committed <= given, "{looks:?}");
    engine.ingest([Document::new("next", "", "脱贫攻坚")]).expect("the lock is free again");
    assert_eq!(total(&engine, "脱贫攻坚"), committed + 1);
}

#[test]
fn failures_of_an_iterator_are_reported_and_end_nothing() {
    let record = |path: &str, body: &str| {
        let origin = Origin { path: path.to_owned(), record: 1, ..Origin::default() };
        let mut document = Document::new("7", "", body);
        document.origin = origin;
        document
    };
    let mut lossy = Document::new("lossy", "题", "半\u{fffd}文");
    lossy.losses = vec![Loss::Cut { kept: 9 }];
    let given = [Err("第一处"), Ok(record("a.jsonl", "甲文")), Ok(lossy), Err("第二处"), Ok(record("b.jsonl", "乙文"))];
    let (engine, mut last) = (in_memory(), Progress::default());
    let mut observer = |progress: &Progress| {
        last = *progress;
        ControlFlow::Continue(())
    };
    let how = Ingest { observer: &mut observer, commit_every: 1 };
    let report = engine.ingest_with(given.into_iter(), how).expect("a run");
    assert_eq!((report.documents, report.bytes), (3, 24));
    assert_eq!(report.skipped, ["第一处", "第二处"]);
    assert_eq!(report.losses, [("lossy".to_owned(), vec![Loss::Cut { kept: 9 }])]);
    assert_eq!(report.ambiguous, ["7"]);
    assert_eq!((last.documents, last.bytes, last.skipped, last.committed), (3, 24, 2, 3));
    let ids: BTreeSet<String> = ask(&engine, "文").hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(ids, ["a.jsonl#7", "b.jsonl#7", "lossy"].map(str::to_owned).into());
    assert_eq!(ask(&engine, "文").summary.coverage.with_losses, 1);
    assert_eq!(engine.show("7", None).expect("shown").len(), 2, "an ambiguous id names both");
    assert_eq!(engine.show("b.jsonl#7", None).expect("shown")[0].document.body, "乙文");
}

#[test]
fn removing_a_key_removes_its_document_alone() {
    let engine = in_memory();
    let documents = ["1", "2", "11"].map(|id| Document::new(id, "", "脱贫攻坚"));
    let key = documents[0].key();
    engine.ingest(documents).expect("documents");
    assert!(engine.remove(&key).expect("removed"));
    let ids: BTreeSet<String> = ask(&engine, "脱贫攻坚").hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(ids, ["11", "2"].map(str::to_owned).into());
    for stranger in [key.as_str(), "", "no key", "é", "ff", &"0".repeat(32)] {
        assert!(!engine.remove(stranger).expect("nothing to remove"), "{stranger}");
    }
    assert_eq!(total(&engine, "脱贫攻坚"), 2);
}

#[test]
fn an_upgrade_keeps_every_document_and_every_answer() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = Engine::open_with(folder.path().join("index"), &options(None)).expect("a new index");
    let mut documents: Vec<Document> =
        (0..300).map(|n| Document::new(n.to_string(), format!("第{n}篇"), "五龙镇脱贫攻坚")).collect();
    documents.push(full());
    engine.ingest(documents).expect("documents");
    let queries = ["脱贫攻坚", "第7篇", "作者:张智明", "日期:2018", "栏目:体育", "標題:推進會", "-五龙镇"];
    let seen = || {
        let lines = queries.map(|query| serde_json::to_string(&ask(&engine, query).hits).expect("lines"));
        let shown = |id: &str| engine.show(id, None).expect("shown").remove(0).document;
        (lines, shown("full"), shown("250"), engine.stats().expect("stats").documents)
    };
    let before = seen();
    let mut given = full();
    given.indexed_at = before.1.indexed_at;
    assert_eq!((&before.1, before.3), (&given, 301), "nothing of a document is altered");
    assert!(given.indexed_at.is_some_and(|seconds| seconds > 1_700_000_000), "and it knows when it was indexed");
    let mut observer = |_: &Progress| ControlFlow::Continue(());
    let report = engine.upgrade(Ingest { observer: &mut observer, commit_every: 10 }).expect("the upgrade");
    assert_eq!(report.documents, 301);
    assert_eq!(seen(), before);
}

/// A document that has everything.
fn full() -> Document {
    let mut document =
        Document::new("full", "脫貧攻堅推進會", "𠮷林：五龍鎮(zhèn)脫貧攻堅(jiān)工作會議召開。\r\n\r\n末");
    document.origin = Origin {
        root: "新闻".into(),
        path: "2018/a.zip".into(),
        path_bytes: Some(vec![0xff, b'a']),
        entry: Some("b.jsonl".into()),
        record: 3,
        repeated: true,
    };
    document.rest = "\u{feff}页脚\0".into();
    document.url = Some("https://www.gov.cn/1".into());
    document.date = DateSpan::parse("2018-03");
    document.source = Some("麥川日報".into());
    document.authors = vec!["張智明".into(), "李红".into()];
    document.editor = Some("王五".into());
    document.extra = vec![("欄目".into(), "體育".into()), ("欄目".into(), String::new())];
    document.hard_wrapped = true;
    document.losses = vec![Loss::Undecodable { charset: "GBK".into(), offset: 3, count: 2 }];
    document.found = vec![("date".into(), "path".into())];
    document.file_hash = Some("00ff".into());
    document
}

// ---------------------------------------------------------------------------------------------------------------
// Lines

#[test]
fn hits_and_summaries_are_the_lines_of_version_1() {
    let engine = in_memory();
    engine.ingest([full()]).expect("a document");
    let mut request = SearchRequest::new("脱贫攻坚");
    request.snippets = Snippets(2);
    let response = engine.search(&request).expect("an answer");
    let (hit, summary) = (&response.hits[0], &response.summary);
    let snippet = r#"{"field":"body","text":"𠮷林：五龍鎮脫貧攻堅工作會議召開。","range":[0,66],"marks":[{"bytes":[19,31],"chars":[6,10],"utf16":[7,11],"original":[26,38]}]}"#;
    let line = format!(
        r#"{{"type":"hit","query":"脱贫攻坚","rank":1,"score":{},"id":"full","path":"2018/a.zip!b.jsonl","url":"https://www.gov.cn/1","title":"脫貧攻堅推進會","date":"2018-03","source":"麥川日報","lacks":[],"snippets":[{snippet}]}}"#,
        serde_json::to_string(&hit.score).expect("a number")
    );
    assert_eq!(serde_json::to_string(hit).expect("a line"), line);
    let line = format!(
        r#"{{"type":"summary","version":1,"query":"脱贫攻坚","total":{{"value":1,"relation":"eq"}},"groups":1,"relaxed":0,"suggestions":[],"coverage":{{"documents":1,"with_losses":1,"skipped":0,"undated_left_out":0,"indexed_at":"{}"}},"took_ms":{}}}"#,
        summary.coverage.indexed_at,
        serde_json::to_string(&summary.took_ms).expect("a number")
    );
    assert_eq!(serde_json::to_string(summary).expect("a line"), line);
    let moment: Vec<usize> =
        summary.coverage.indexed_at.match_indices(['-', 'T', ':', 'Z']).map(|(at, _)| at).collect();
    assert_eq!(moment, [4, 7, 10, 13, 16, 19], "{}", summary.coverage.indexed_at);
}

#[test]
fn what_is_not_known_is_null_and_every_range_names_the_same_characters() {
    let engine = in_memory();
    let body = "😀𠮷野家“兩不愁、\n三保障”已經(jīng)實現(xiàn)，Café里GDP增長。";
    engine.ingest([Document::new("1", "", body)]).expect("a document");
    let response = engine.search(&SearchRequest::new("两不愁三保障 经实现 GDP 𠮷野")).expect("an answer");
    let line = serde_json::to_string(&response.hits[0]).expect("a line");
    assert!(line.contains(r#""path":null,"url":null,"title":"","date":null,"source":null,"lacks":[]"#), "{line}");
    let snippet = &response.hits[0].snippets[0];
    let marked: Vec<&str> = snippet.marks.iter().map(|mark| &snippet.text[mark.bytes.clone()]).collect();
    assert_eq!(marked, ["𠮷野", "兩不愁、 三保障", "經實現", "GDP"]);
    for mark in &snippet.marks {
        let shown = &snippet.text[mark.bytes.clone()];
        let chars: String = snippet.text.chars().skip(mark.chars.start).take(mark.chars.len()).collect();
        let utf16: Vec<u16> = snippet.text.encode_utf16().skip(mark.utf16.start).take(mark.utf16.len()).collect();
        assert_eq!((chars, String::from_utf16_lossy(&utf16)), (shown.to_owned(), shown.to_owned()));
        assert_eq!(xunzhang::snippet::shown(&body[mark.original.clone()]), shown);
        assert!(snippet.range[0] <= mark.original.start && mark.original.end <= snippet.range[1]);
    }
    assert_eq!(xunzhang::snippet::shown(&body[snippet.range[0]..snippet.range[1]]), snippet.text);
}

#[test]
fn ids_alone_leave_the_rest_out() {
    let engine = in_memory();
    engine.ingest([full()]).expect("a document");
    let mut request = SearchRequest::new("脱贫攻坚");
    request.ids_only = true;
    let response = engine.search(&request).expect("an answer");
    let hit = &response.hits[0];
    assert_eq!((hit.id.as_str(), hit.rank, hit.title.as_str()), ("full", 1, ""));
    assert!(hit.score > 0.0 && hit.snippets.is_empty() && response.summary.total.value == 1, "{hit:?}");
}

/// Articles that say the same on several days.
fn aged() -> Engine {
    let engine = Engine::in_memory().expect("an index");
    let dated = |(id, date): (&str, Option<&str>)| {
        let mut document = Document::new(id, "造林通知", "今年造林三千亩，各村要按时完成。");
        document.date = date.and_then(DateSpan::parse);
        document
    };
    let days =
        [("old", Some("2012-03-05")), ("new", Some("2018-03-05")), ("month", Some("2018-02-03")), ("none", None)];
    engine.ingest(days.map(dated)).expect("documents");
    engine
}

#[test]
fn age_takes_from_the_score_what_the_request_says() {
    let engine = aged();
    let hits = |change: fn(&mut SearchRequest)| {
        let mut request = SearchRequest::new("造林");
        change(&mut request);
        let hits = engine.search(&request).expect("an answer").hits;
        hits.into_iter().map(|hit| (hit.id, hit.score)).collect::<Vec<_>>()
    };
    let plain = hits(|_| {});
    assert!(plain.iter().all(|(_, score)| *score == plain[0].1), "{plain:?}");
    let hot = hits(|request| request.sort = Sort::Hot);
    assert_eq!(hot.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["new", "month", "old", "none"]);
    assert!((hot[1].1 / hot[0].1 - 0.5).abs() < 0.01 && hot[0].1 == plain[0].1, "a month takes half: {hot:?}");
    let recent = hits(|request| request.recency = 0.2);
    assert!(recent[3].1 > 0.79 * recent[0].1 && recent[0].1 > recent[1].1, "a fifth at most: {recent:?}");
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let mut request = SearchRequest::new("造林 三千亩");
    (request.explain, request.recency) = (true, 0.3);
    let hits = aged().search(&request).expect("an answer").hits;
    assert_eq!(hits.len(), 4);
    for hit in hits {
        let sum: f32 = hit.components.iter().map(|part| part.value * part.weight).sum();
        assert!((sum - hit.score).abs() < 1e-5 && hit.components.len() == 9, "{hit:?}");
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Other words

/// An engine with synonyms over articles that say the same in other words.
fn in_other_words() -> Engine {
    let mut options = options(None);
    options.synonyms = Synonyms::read("马铃薯 土豆 洋芋").expect("synonyms");
    let index = LocalIndex::in_memory().expect("an index");
    let engine = Engine::over(Box::new(index), None, &options).expect("an engine");
    let texts = [
        ("formal", "二〇一八年马铃薯种植三千亩。"),
        ("plain", "2018年土豆种植3000亩。"),
        ("local", "洋芋种植，两头都说马铃薯。"),
        ("none", "小麦种植。"),
    ];
    engine.ingest(texts.map(|(id, text)| Document::new(id, "", text))).expect("documents");
    engine
}

#[test]
fn other_words_stay_below_the_line_and_say_what_they_stand_for() {
    let engine = in_other_words();
    let answer = |query: &str, expand| {
        let mut request = SearchRequest::new(query);
        (request.expand, request.limit) = (expand, Limit::All);
        let response = engine.search(&request).expect("an answer");
        let mut hits: Vec<(String, bool, String)> = Vec::new();
        for hit in response.hits {
            let through: Vec<String> = hit.through.iter().map(|one| format!("{}={}", one.instead, one.term)).collect();
            let marked = hit.snippets[0].marks.iter().map(|mark| &hit.snippets[0].text[mark.bytes.clone()]);
            hits.push((hit.id, hit.near, format!("{} {}", through.join(","), marked.collect::<Vec<_>>().join("|"))));
        }
        hits.sort();
        (response.summary.total.value, hits)
    };
    let hit = |id: &str, near, rest: &str| (id.to_owned(), near, rest.to_owned());
    let expected = |near| {
        (vec![hit("formal", false, " 马铃薯"), hit("local", false, " 马铃薯")], hit("plain", near, "土豆=马铃薯 土豆"))
    };
    let (mut exact, other) = expected(true);
    exact.push(other);
    assert_eq!(answer("马铃薯", false), (2, exact));
    let (total, hits) = answer("马铃薯", true);
    assert_eq!((total, &hits[2]), (3, &expected(false).1));
    assert_eq!(answer("2018年", false).1[0], hit("formal", true, "二〇一八年=2018年 二〇一八年"));
    assert_eq!(answer("三千亩", true).0, 2);
    assert_eq!(answer("马铃薯种植", false).1.len(), 3, "a part of a term has synonyms too");
    assert_eq!(answer("“马铃薯”", true).0, 2, "what is quoted stands as it is");
    assert_eq!(answer("种植 NOT 土豆", true).0, 3, "so does what is excluded");
    assert_eq!(answer("马铃薯 W/2 种植", true).0, 3, "a nearness takes other words as well");
}

#[test]
fn pinyin_stands_for_names_of_the_corpus_and_says_so() {
    let engine = in_memory();
    let texts = [("1", "张智明强调，要抓好扶贫。"), ("2", "张智明、章志鸣到会。"), ("3", "加入WTO以后，zhang是拼音。")];
    engine.ingest(texts.map(|(id, text)| Document::new(id, "", text))).expect("documents");
    let answer = |query: &str, expand| {
        let mut request = SearchRequest::new(query);
        (request.expand, request.limit) = (expand, Limit::All);
        let response = engine.search(&request).expect("an answer");
        let through = |hit: &Hit| hit.through.iter().map(|one| one.instead.clone()).collect::<Vec<_>>().join("|");
        let mut hits: Vec<String> = response.hits.iter().map(|hit| format!("{} {}", hit.id, through(hit))).collect();
        hits.sort();
        (response.summary.total.value, hits)
    };
    let names = ["1 张智明", "2 张智明|章志鸣"].map(str::to_owned).to_vec();
    assert_eq!(answer("zhangzhiming", false), (0, names.clone()));
    assert_eq!(answer("zhangzhiming", true), (2, names.clone()));
    assert_eq!(answer("zzm", true), (2, names));
    assert_eq!(answer("张zhiming", true), (2, ["1 张智明", "2 张智明"].map(str::to_owned).to_vec()));
    assert_eq!(answer("wto", true), (1, vec!["3 ".to_owned()]), "a word that the corpus has is no pinyin");
}
