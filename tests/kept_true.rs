//! Promise: an index is as its folder is. A run does only what changed, whatever happened to the folder and to the runs
//! before; afterwards the index equals one made afresh, document for document. An empty folder empties nothing unasked,
//! and what was taken out for good does not come back.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use xunzhang::{Document, Engine, SearchRequest};

use desk::Desk;

#[path = "support/desk.rs"]
mod desk;

/// A word that every article has.
const EVERYWHERE: &str = "通知";
/// How long a watched folder may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(120);

fn article(number: usize, version: usize) -> String {
    format!("第{number}号通知\n\n第{version}版：全区春季造林任务三千亩，由第{}林业站负责验收。", number % 17)
}

fn write(desk: &Desk, number: usize, version: usize) {
    desk.write(&name(number), &article(number, version));
}

fn name(number: usize) -> String {
    format!("articles/{:02}/{number}.txt", number % 8)
}

/// Everything in an index but the times of indexing, by key.
fn documents(index: &Path) -> BTreeMap<String, Document> {
    let engine = Engine::open(index).expect("an index");
    let export = engine.export(&SearchRequest::new(EVERYWHERE)).expect("every article is found");
    let documents = export.map(|read| {
        let mut document = read.expect("a document").document;
        document.indexed_at = None;
        (document.key(), document)
    });
    documents.collect()
}

/// Holds an index to one that is made afresh of the same folder.
#[track_caller]
fn hold(desk: &Desk, about: &str) -> usize {
    let (code, out, err) = desk.run(&["index", "articles", "--index", "fresh", "--json"]);
    assert!(code <= 1, "{about}: {out}{err}");
    let (kept, fresh) = (documents(&desk.path("index")), documents(&desk.path("fresh")));
    assert_eq!(kept.len(), fresh.len(), "{about}");
    for (key, document) in &fresh {
        assert_eq!(kept.get(key), Some(document), "{about}");
    }
    std::fs::remove_dir_all(desk.path("fresh")).expect("an index is a folder");
    fresh.len()
}

#[track_caller]
fn index(desk: &Desk, more: &[&str]) -> Value {
    let mut arguments = vec!["index", "articles", "--index", "index", "--json"];
    arguments.extend(more);
    let (code, out, err) = desk.run(&arguments);
    assert!(code <= 1, "{code}: {err}");
    serde_json::from_str(&out).expect("a report")
}

fn changes(report: &Value) -> [u64; 5] {
    ["new", "changed", "renamed", "gone", "unchanged"].map(|name| report["changes"][name].as_u64().expect("a count"))
}

#[test]
fn a_run_does_what_changed_and_nothing_else() {
    let desk = Desk::new();
    (0..200).for_each(|number| write(&desk, number, 1));
    assert_eq!(changes(&index(&desk, &[])), [200, 0, 0, 0, 0]);
    let report = index(&desk, &[]);
    assert_eq!((changes(&report), report["documents"].as_u64()), ([0, 0, 0, 0, 200], Some(0)));
    // Changed, touched without a change, renamed, gone, new.
    write(&desk, 3, 2);
    let touched = std::fs::File::options().append(true).open(desk.path(&name(4))).expect("a file");
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("a time can be set");
    std::fs::rename(desk.path(&name(5)), desk.path("articles/00/elsewhere.txt")).expect("a file");
    std::fs::remove_file(desk.path(&name(6))).expect("a file");
    write(&desk, 200, 1);
    desk.write(
        "articles/records.jsonl",
        "{\"id\":\"a\",\"text\":\"一则通知。\"}\n{\"id\":\"b\",\"text\":\"两则通知。\"}\n",
    );
    let (code, out, err) = desk.run(&["status", "articles", "--index", "index"]);
    assert_eq!(code, 1, "{err}");
    for line in ["~ articles/03/3.txt", "- articles/05/5.txt", "- articles/06/6.txt"] {
        assert!(out.lines().any(|told| told == line), "{line}: {out}");
    }
    assert!(!out.contains("4.txt"), "touched is not changed: {out}");
    let report = index(&desk, &[]);
    assert_eq!((changes(&report), report["documents"].as_u64()), ([3, 1, 1, 1, 197], Some(5)));
    assert_eq!(hold(&desk, "after the first changes"), 202);
    // A record less in a file of records.
    desk.write("articles/records.jsonl", "{\"id\":\"b\",\"text\":\"两则通知。\"}\n");
    assert_eq!(changes(&index(&desk, &[])), [0, 1, 0, 0, 200]);
    assert_eq!(hold(&desk, "a record less"), 201);
    assert_eq!(desk.run(&["status", "--index", "index"]).0, 0);
    assert_eq!(changes(&index(&desk, &["--again"])), [0, 201, 0, 0, 0]);
    assert_eq!(hold(&desk, "all of it again"), 201);
    // Read in another way, all is read again.
    let report = index(&desk, &["--field", "body=text"]);
    assert_eq!(changes(&report), [0, 201, 0, 0, 0]);
}

#[test]
fn an_empty_folder_empties_nothing_unasked() {
    let desk = Desk::new();
    (0..40).for_each(|number| write(&desk, number, 1));
    index(&desk, &[]);
    std::fs::rename(desk.path("articles"), desk.path("away")).expect("a folder");
    std::fs::create_dir(desk.path("articles")).expect("a folder");
    let (code, _, err) = desk.run(&["index", "articles", "--index", "index"]);
    assert!(code == 2 && err.contains("40 of 40") && err.contains("--prune"), "{code}: {err}");
    assert_eq!(documents(&desk.path("index")).len(), 40);
    assert_eq!(changes(&index(&desk, &["--keep-missing"])), [0; 5]);
    assert_eq!(documents(&desk.path("index")).len(), 40);
    std::fs::remove_dir(desk.path("articles")).expect("a folder");
    std::fs::rename(desk.path("away"), desk.path("articles")).expect("a folder");
    assert_eq!(changes(&index(&desk, &[])), [0, 0, 0, 0, 40]);
    // A tenth may go by itself, and more of it when asked.
    (0..4).for_each(|number| std::fs::remove_file(desk.path(&name(number))).expect("a file"));
    assert_eq!(changes(&index(&desk, &[])), [0, 0, 0, 4, 36]);
    (4..8).for_each(|number| std::fs::remove_file(desk.path(&name(number))).expect("a file"));
    assert_eq!(desk.run(&["index", "articles", "--index", "index"]).0, 2);
    assert_eq!(changes(&index(&desk, &["--prune"])), [0, 0, 0, 4, 32]);
    hold(&desk, "pruned");
    // A folder that moved is the same folder, and many files that moved within it are there.
    std::fs::create_dir(desk.path("disk")).expect("a folder");
    std::fs::rename(desk.path("articles"), desk.path("disk/articles")).expect("a folder");
    let (code, out, err) = desk.run(&["index", "disk/articles", "--index", "index", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code}: {err}"));
    assert_eq!(changes(&report), [0, 0, 0, 0, 32]);
    std::fs::rename(desk.path("disk/articles"), desk.path("articles")).expect("a folder");
    std::fs::rename(desk.path("articles/01"), desk.path("articles/moved")).expect("a folder");
    assert_eq!(changes(&index(&desk, &[])), [4, 0, 4, 0, 28]);
    hold(&desk, "a folder renamed");
}

#[test]
fn rules_and_patterns_say_what_belongs() {
    let desk = Desk::new();
    (0..40).for_each(|number| write(&desk, number, 1));
    desk.write("articles/.xunzhangignore", "/07/\n*.bak\n");
    desk.write("articles/1.bak", "一则通知。");
    assert_eq!(changes(&index(&desk, &[])), [35, 0, 0, 0, 0]);
    assert_eq!(changes(&index(&desk, &["--include", "/00/*.txt", "--prune"])), [0, 0, 0, 30, 5]);
    assert_eq!(changes(&index(&desk, &["--exclude", "/00/", "--prune"])), [30, 0, 0, 5, 0]);
    desk.write("list", &format!("{}\n{}\nnowhere.txt\n", name(8), name(1)));
    assert_eq!(changes(&index(&desk, &["--files-from", "list"])), [1, 0, 0, 0, 1]);
    assert_eq!(documents(&desk.path("index")).len(), 31);
    let (code, _, err) = desk.run(&["index", "articles", "--include", "{a"]);
    assert!(code == 2 && err.contains("{a"), "{err}");
    // The index may lie in the folder.
    let (code, out, _) = desk.run(&["index", "articles", "--index", "articles/index", "--json"]);
    assert!(code == 0, "{out}");
    let (code, out, _) = desk.run(&["index", "articles", "--index", "articles/index", "--json"]);
    let report: Value = serde_json::from_str(&out).expect("a report");
    assert_eq!((code, changes(&report)), (0, [0, 0, 0, 0, 35]));
}

#[test]
fn what_was_forgotten_stays_away() {
    let desk = Desk::new();
    (0..30).for_each(|number| write(&desk, number, 1));
    desk.write("articles/secret.txt", "秘密通知\n\n第七号暗语是紫藤花开。");
    desk.write(
        "articles/records.jsonl",
        "{\"id\":\"a\",\"text\":\"一则通知，暗语是海棠。\"}\n{\"id\":\"b\",\"text\":\"两则通知。\"}\n",
    );
    index(&desk, &[]);
    for (name, told) in [("secret.txt", "- articles/secret.txt\n"), ("a", "- a\n")] {
        assert_eq!(desk.run(&["forget", name, "--index", "index", "--dry-run"]).1, told);
        let (code, out, err) = desk.run(&["forget", name, "--index", "index"]);
        assert_eq!((code, out.as_str()), (0, told), "{err}");
        assert_eq!(desk.run(&["forget", name, "--index", "index"]).0, 1, "{name} is none of the index any more");
    }
    let is_left = |word: &str| {
        let files = std::fs::read_dir(desk.path("index")).expect("an index").flatten();
        let stores = files.filter(|file| file.path().extension().is_some_and(|kind| kind == "store"));
        let held = |bytes: Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        stores.map(|file| std::fs::read(file.path()).expect("a file")).any(held)
    };
    assert!(!is_left("紫藤花") && !is_left("海棠"), "stored texts are gone, as far as they can be seen");
    let found = |word: &str| desk.run(&["query", word, "--index", "index", "--relax", "never"]).0 == 0;
    assert!(!found("紫藤花开") && !found("海棠") && found("两则通知"));
    desk.write("articles/secret.txt", "秘密通知\n\n第八号暗语是紫藤花开了。");
    desk.write(
        "articles/records.jsonl",
        "{\"id\":\"a\",\"text\":\"一则通知，暗语是海棠。\"}\n{\"id\":\"c\",\"text\":\"三则通知。\"}\n",
    );
    index(&desk, &[]);
    assert!(!found("紫藤花开") && !found("海棠") && found("三则通知"));
    index(&desk, &["--again"]);
    assert!(!found("紫藤花开") && !found("海棠"));
    assert_eq!(desk.run(&["forget", "--undo", "--index", "index"]).0, 0);
    index(&desk, &[]);
    assert!(found("紫藤花开") && found("海棠"));
    hold(&desk, "all is back");
}

#[test]
fn skips_are_remembered_and_tried_again() {
    let desk = Desk::new();
    write(&desk, 1, 1);
    desk.write("articles/empty.txt", "");
    desk.write("articles/records.jsonl", "{\"id\":\"a\",\"text\":\"一则通知。\"}\nnothing\n");
    let report = index(&desk, &[]);
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(2));
    let skips = desk.lines(&["status", "--skipped", "--index", "index", "--format", "json"]);
    let told: Vec<_> = skips.iter().map(|skip| (skip["path"].as_str(), skip["kind"].as_str())).collect();
    assert_eq!(told, [(Some("empty.txt"), Some("empty")), (Some("records.jsonl#2"), Some("malformed"))]);
    // One is read again each time; the other has not changed, and is remembered.
    let report = index(&desk, &[]);
    assert_eq!((report["skipped"].as_array().map(Vec::len), changes(&report)), (Some(1), [0, 0, 0, 0, 2]));
    assert_eq!(report["changes"]["retried"].as_u64(), Some(1));
    assert_eq!(desk.lines(&["status", "--skipped", "--index", "index", "--format", "json"]), skips);
    let summary = desk.lines(&["query", EVERYWHERE, "--index", "index", "--format", "json"]).pop().expect("a summary");
    assert_eq!(summary["coverage"]["skipped"].as_u64(), Some(2));
    desk.write("articles/empty.txt", "也有通知");
    index(&desk, &[]);
    assert_eq!(desk.lines(&["status", "--skipped", "--index", "index", "--format", "json"]).len(), 1);
}

#[test]
fn what_comes_to_nothing_leaves_the_index() {
    // The list of a zip that has no entries.
    const NOTHING: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let desk = Desk::new();
    let zip = |text: &str| {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(desk.path("articles/a.zip")).expect("a file"));
        zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("an entry");
        zip.finish().expect("a zip");
    };
    write(&desk, 1, 1);
    zip("在压缩包里的一则通知。");
    index(&desk, &[]);
    assert_eq!(documents(&desk.path("index")).len(), 2);
    std::fs::write(desk.path("articles/a.zip"), NOTHING).expect("a file");
    let report = index(&desk, &[]);
    assert_eq!(report["skipped"][0]["path"].as_str(), Some("a.zip"), "{report}");
    assert_eq!(hold(&desk, "an archive with nothing in it"), 1);
    desk.write("list", "articles/nowhere.txt\n");
    let report = index(&desk, &["--files-from", "list"]);
    assert_eq!(
        report["skipped"][0]["path"].as_str(),
        Some("articles/nowhere.txt"),
        "what is listed is not passed over"
    );
}

#[test]
fn an_answer_says_that_its_folder_has_changed() {
    let desk = Desk::new();
    write(&desk, 1, 1);
    index(&desk, &[]);
    let ask = || {
        let answer = desk.lines(&["query", EVERYWHERE, "--index", "index", "--format", "json"]);
        answer.last().expect("a summary")["coverage"]["outdated"].clone()
    };
    assert_eq!(ask(), Value::Null);
    write(&desk, 9, 1);
    assert_eq!(ask(), serde_json::json!(["articles"]));
    let (_, _, err) = desk.run(&["query", EVERYWHERE, "--index", "index"]);
    assert!(err.contains("articles") && err.contains("xunzhang status"), "{err}");
    index(&desk, &[]);
    assert_eq!(ask(), Value::Null);
    write(&desk, 9, 123_456);
    assert_eq!(ask(), serde_json::json!(["articles"]), "edited in its place");
    index(&desk, &[]);
    assert_eq!(ask(), Value::Null);
}

#[test]
fn killed_runs_are_resumed_and_end_as_one_made_afresh() {
    let desk = Desk::new();
    let files = 3_000;
    (0..files).for_each(|number| write(&desk, number, 1));
    for kill in 0..10 {
        // Something changes between two runs, too.
        write(&desk, kill * 31, 2 + kill);
        let mut child = start(&desk, &["index", "articles", "--index", "index"]);
        let mut looks = kill * 7 + 1;
        while looks > 0 && child.try_wait().expect("a process of ours").is_none() {
            looks -= usize::from(desk.path("index").is_dir());
            std::thread::yield_now();
        }
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
    }
    index(&desk, &[]);
    assert_eq!(hold(&desk, "after ten kills"), files);
}

#[test]
fn a_watched_folder_is_followed_through_a_storm() {
    let desk = Desk::new();
    (0..50).for_each(|number| write(&desk, number, 1));
    let mut child = start(&desk, &["index", "articles", "--index", "index", "--watch"]);
    wait(&desk, |found| found == 50);
    // 5,000 writes, renames and deletes.
    let mut step = 12_345_usize;
    for round in 0..5_000 {
        step = step.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (number, deed) = ((step >> 33) % 400, (step >> 20) % 10);
        let (path, other) = (desk.path(&name(number)), desk.path(&name(number + 400)));
        match deed {
            0..=5 => write(&desk, number, round),
            6 | 7 if path.exists() => {
                std::fs::create_dir_all(other.parent().expect("a folder")).expect("a folder");
                std::fs::rename(&path, &other).expect("a file");
            }
            _ if path.exists() => std::fs::remove_file(&path).expect("a file"),
            _ => {}
        }
    }
    desk.write("articles/last.txt", "最后一则通知，暗语是芙蓉。");
    wait_for(&desk, "芙蓉", |found| found == 1);
    assert!(child.try_wait().expect("a process of ours").is_none(), "it goes on");
    child.kill().expect("the program can be killed");
    child.wait().expect("the program ends");
    hold(&desk, "after the storm");
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    desk.program(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

fn wait(desk: &Desk, enough: impl Fn(u64) -> bool) {
    wait_for(desk, EVERYWHERE, enough);
}

/// Looks into the index until so many articles have a word.
fn wait_for(desk: &Desk, word: &str, enough: impl Fn(u64) -> bool) {
    let began = Instant::now();
    loop {
        assert!(began.elapsed() < PATIENCE, "{word} is not found");
        let Ok(engine) = Engine::open(desk.path("index")) else {
            std::thread::yield_now();
            continue;
        };
        let mut request = SearchRequest::new(word).limit(1);
        request.ids_only = true;
        if engine.search(&request).is_ok_and(|found| enough(found.summary.total.value)) {
            return;
        }
        std::thread::yield_now();
    }
}
