//! Promise: a bad query never panics, a bad index says what to do, and two writers never meet. What was asked amiss is
//! told in the error's own words; what is damaged on purpose here is made by the library first.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use xunzhang::index::IndexError;
use xunzhang::{Document, Engine, EngineOptions, Error, Ingest, Limit, Relax, SearchRequest};

fn made() -> EngineOptions {
    let mut options = EngineOptions::default();
    (options.create, options.threads) = (true, 1);
    options
}

/// A folder with an index of two documents in `index`.
fn indexed() -> (TempDir, Engine) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = Engine::open_with(folder.path().join("index"), &made()).expect("a new index");
    let documents = ["五龙镇脱贫攻坚工作会议。", "天水苹果丰收。"].map(|body| Document::new(&body[..3], "", body));
    engine.ingest(documents).expect("two documents");
    (folder, engine)
}

fn refused<T>(answer: Result<T, Error>) -> String {
    answer.err().map(|error| error.to_string()).unwrap_or_else(|| panic!("no error"))
}

// ---------------------------------------------------------------------------------------------------------------
// Queries

#[test]
fn hostile_queries_are_answered_or_refused_as_queries() {
    let (_folder, engine) = indexed();
    let nested = |open: &str, close: &str, depth: usize| format!("{}甲{}", open.repeat(depth), close.repeat(depth));
    let queries = [
        nested("(", ")", 2_500),
        nested("（", "）", 800),
        nested("(", "", 5_000),
        nested("", ")", 5_000),
        nested("\"", "\"", 2_500),
        nested("“", "”", 800),
        nested("标题:(", ")", 300),
        nested("-(", ")", 40),
        nested("(甲 OR (乙 ", "))", 30),
        "NOT ".repeat(50_000),
        format!("{}甲", "NOT ".repeat(2_000)),
        format!("{}甲", "-".repeat(5_000)),
        "甲 OR ".repeat(1_000),
        "甲 ".repeat(1_024),
        "-甲 ".repeat(1_024),
        "日期:2018 ".repeat(500),
        "脱贫攻坚".repeat(600),
        "a".repeat(8_000),
        "1,000".repeat(1_600),
        "甲^99999999999999999999 乙^0.0000001".into(),
        "标题:标题:标题:甲".into(),
        "日期:9999-12 日期:0000 日期:>9999-12-31 日期:<0001".into(),
        "\0".into(),
        "甲\0乙\u{1}丙\u{1b}[31m".into(),
        "\u{202e}甲\u{200b}\u{fe0f}\u{e0100}".into(),
        "\u{fffd}\u{10ffff}\u{f0000}".into(),
        "甲\n\n乙\t丙\r丁\u{2028}戊".into(),
        String::new(),
        " \u{3000}\n".into(),
        "，。！？……——《》（）“”".into(),
        "*".into(),
        "???".into(),
        "\\".into(),
        "👨\u{200d}👩\u{200d}👧".into(),
    ];
    let mut answered = 0;
    for query in &queries {
        for (literal, strict) in [(false, false), (false, true), (true, false)] {
            let mut request = SearchRequest::new(query).limit(usize::MAX).relax(Relax::Always).snippets(3);
            (request.literal, request.strict) = (literal, strict);
            match engine.search(&request) {
                Ok(response) => {
                    answered += 1;
                    assert!(response.hits.len() as u64 >= response.summary.total.value, "{query:.40}");
                }
                Err(Error::Query(error)) => assert!(!error.to_string().is_empty()),
                Err(error) => panic!("{query:.40}: {error}"),
            }
            let _ = engine.show(&query[..query.floor_char_boundary(60)], Some(query));
        }
    }
    assert!(answered > queries.len(), "{answered}");
}

#[test]
fn nothing_to_search_for_is_told() {
    let (_folder, engine) = indexed();
    for query in ["", "  ", "，。！？", "“”", "()", "\0\u{1b}", "\u{200b}"] {
        let told = refused(engine.search(&SearchRequest::new(query)));
        assert!(told.starts_with("nothing to search for"), "{query:?}: {told}");
        assert!(told.lines().all(|line| !line.contains(char::is_control)), "{told:?}");
    }
    let told = refused(engine.search(&SearchRequest::new("NOT ".repeat(50_000))));
    assert!(told.starts_with("the query is too long: 200000 bytes"), "{told}");
}

#[test]
fn the_largest_limits_and_offsets_are_no_trouble() {
    let (_folder, engine) = indexed();
    for (limit, offset, hits) in [
        (Limit::Hits(usize::MAX), 0, 2),
        (Limit::Hits(usize::MAX), usize::MAX, 0),
        (Limit::Hits(usize::MAX), 1, 1),
        (Limit::All, usize::MAX, 0),
        (Limit::All, 1, 1),
        (Limit::Hits(0), 0, 0),
    ] {
        let mut request = SearchRequest::new("脱贫 OR 苹果").snippets(usize::MAX);
        (request.limit, request.offset) = (limit, offset);
        let response = engine.search(&request).expect("an answer");
        assert_eq!((response.hits.len(), response.summary.total.value), (hits, 2), "{limit:?} {offset}");
    }
}

#[test]
fn time_that_is_over_is_told_and_any_longer_time_is_enough() {
    let (_folder, engine) = indexed();
    let mut request = SearchRequest::new("脱贫 OR 苹果");
    request.timeout = Some(Duration::ZERO);
    let late = engine.search(&request);
    assert!(matches!(late, Err(Error::Index(IndexError::Deadline))), "{late:?}");
    assert!(refused(late).contains("took longer than it was given"));
    for timeout in [Duration::from_secs(3600), Duration::MAX] {
        request.timeout = Some(timeout);
        assert_eq!(engine.search(&request).expect("an answer").summary.total.value, 2, "{timeout:?}");
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Dictionaries and folders

#[test]
fn a_faulty_dictionary_names_its_line_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("index");
    for (dictionary, line) in [("好\n坏 1x2\n", 2), ("# 名\n\n张智明 900 nr\n，。 3\n", 4), ("多 1000000000", 1)]
    {
        let mut options = made();
        options.dictionary = Some(dictionary.to_owned());
        let answer = Engine::open_with(&path, &options);
        assert!(matches!(&answer, Err(Error::Dictionary(error)) if error.line == line), "{dictionary}");
        let told = refused(answer);
        assert!(told.starts_with(&format!("line {line} of the dictionary: ")) && told.contains("麦积区 1000 ns"));
    }
    assert!(!path.exists());
}

#[test]
fn a_folder_without_an_index_says_how_to_make_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("README.md"), "a note").expect("a note");
    for path in [folder.path().to_owned(), folder.path().join("nowhere")] {
        let answer = Engine::open(&path);
        assert!(matches!(&answer, Err(Error::Index(IndexError::Missing { path: named })) if *named == path));
        let command = format!("xunzhang index FOLDER --index {}", path.display());
        assert!(refused(answer).contains(&command));
    }
    Engine::open_with(folder.path(), &made()).expect("a note is not in the way");
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let foreign = r#"{"index_settings":{"docstore_compression":"none"},"segments":[],"schema":[{"name":"body","type":"text","options":{"indexing":{"record":"basic","fieldnorms":true,"tokenizer":"default"},"stored":true,"fast":false}}],"opstamp":0}"#;
    let with_payload = foreign.replace(r#""opstamp":0"#, r#""opstamp":0,"payload":"mine""#);
    for (name, content) in
        [("notes.txt", "my notes"), ("meta.json", "{"), ("meta.json", foreign), ("meta.json", &with_payload)]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join(name), content).expect("a file");
        for answer in [Engine::open(folder.path()), Engine::open_with(folder.path(), &made())] {
            let is_told =
                matches!(&answer, Err(Error::Index(IndexError::NotAnIndex { path, .. })) if path == folder.path());
            assert!(is_told, "{name} {content}: {:?}", answer.err());
            assert!(refused(answer).contains("name another folder, or move what is there away"));
        }
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").flatten().collect();
        assert_eq!((left.len(), left[0].file_name().to_str()), (1, Some(name)));
        assert_eq!(std::fs::read_to_string(left[0].path()).expect("the file"), content);
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Indexes of another making

#[test]
fn an_index_of_another_fold_is_refused_until_it_is_upgraded() {
    let (folder, engine) = indexed();
    let before = serde_json::to_string(&engine.search(&SearchRequest::new("脱贫攻坚")).expect("an answer").hits);
    change_payload(folder.path(), |payload| payload["state"]["fold"] = "0123456789abcdef".into());
    let opened = Engine::open(folder.path().join("index")).expect("it opens, to be upgraded");
    for engine in [&engine, &opened] {
        let refusals = [
            refused(engine.search(&SearchRequest::new("脱贫攻坚"))),
            refused(engine.ingest([Document::new("3", "", "新")])),
            refused(engine.remove("00")),
            refused(engine.show("3", None)),
        ];
        assert!(refusals.iter().all(|told| told.contains("xunzhang upgrade --index")), "{refusals:?}");
        let stats = engine.stats().expect("stats");
        assert!(stats.stale && stats.fold == "0123456789abcdef" && stats.documents == 2, "{stats:?}");
    }
    let mut observer = |_: &_| std::ops::ControlFlow::Continue(());
    opened.upgrade(Ingest { observer: &mut observer, commit_every: 1 }).expect("the upgrade");
    let after = serde_json::to_string(&engine.search(&SearchRequest::new("脱贫攻坚")).expect("an answer").hits);
    assert_eq!(after.expect("lines"), before.expect("lines"), "an engine that was open all the while asks it again");
    assert!(!engine.stats().expect("stats").stale);
}

#[test]
fn an_index_of_another_format_says_what_to_do() {
    for (format, told) in
        [(1, "it cannot be upgraded in place: index the folder"), (99, "take a newer xunzhang, or index the folder")]
    {
        let (folder, engine) = indexed();
        change_payload(folder.path(), |payload| payload["format"] = format.into());
        let opened = Engine::open(folder.path().join("index")).map(drop);
        let asked = engine.search(&SearchRequest::new("脱贫攻坚")).map(drop);
        let written = engine.ingest([Document::new("3", "", "新")]).map(drop);
        for answer in [opened, asked, written] {
            let is_format = |error: &Error| matches!(error, Error::Index(IndexError::Format { found, expected: 6, .. }) if *found == format);
            assert!(answer.as_ref().is_err_and(is_format), "{answer:?}");
            let refusal = refused(answer);
            let command = format!("`xunzhang index FOLDER --index {}`", folder.path().join("index").display());
            assert!(refusal.contains(told) && refusal.contains(&command), "{refusal}");
        }
    }
}

/// Changes what travels with the commit of the index in a folder.
fn change_payload(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join("index/meta.json");
    let mut meta: Value = serde_json::from_slice(&std::fs::read(&path).expect("meta.json")).expect("JSON");
    let mut payload: Value = serde_json::from_str(meta["payload"].as_str().expect("a payload")).expect("JSON");
    change(&mut payload);
    meta["payload"] = payload.to_string().into();
    std::fs::write(&path, meta.to_string()).expect("meta.json is written");
}

// ---------------------------------------------------------------------------------------------------------------
// Writers

#[test]
fn a_second_writer_is_turned_away_while_the_first_one_works() {
    let (folder, first) = indexed();
    let second = Engine::open(folder.path().join("index")).expect("the index");
    let (begun, begins) = channel();
    let (release, released) = channel::<()>();
    std::thread::scope(|threads| {
        let writing = threads.spawn(|| {
            let mut waiting = Some((begun, released));
            first.ingest((3..=4).map(|number| {
                if let Some((begun, released)) = waiting.take() {
                    begun.send(()).expect("somebody listens");
                    released.recv().expect("somebody releases");
                }
                Document::new(number.to_string(), "", "脱贫攻坚")
            }))
        });
        begins.recv().expect("the first one works");
        let mut observer = |_: &_| std::ops::ControlFlow::Continue(());
        let how = Ingest { observer: &mut observer, commit_every: 1 };
        let answers = [
            second.ingest([Document::new("5", "", "脱贫攻坚")]).map(drop),
            second.remove("00").map(drop),
            second.upgrade(how).map(drop),
            first.ingest([Document::new("5", "", "脱贫攻坚")]).map(drop),
        ];
        for answer in answers {
            assert!(matches!(answer, Err(Error::Index(IndexError::Locked { .. }))), "{answer:?}");
            let told = refused(answer);
            assert!(told.contains(&format!("(process {})", std::process::id())) && told.contains("wait"), "{told}");
        }
        let request = SearchRequest::new("脱贫攻坚");
        assert_eq!(second.search(&request).expect("readers go on").summary.total.value, 1);
        release.send(()).expect("the first one waits");
        assert_eq!(writing.join().expect("a thread").expect("documents").documents, 2);
    });
    second.ingest([Document::new("5", "", "脱贫攻坚")]).expect("the lock is free again");
    for engine in [&first, &second] {
        assert_eq!(engine.search(&SearchRequest::new("脱贫攻坚")).expect("an answer").summary.total.value, 4);
    }
}
