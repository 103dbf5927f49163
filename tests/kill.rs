//! Promise: a kill at any moment leaves what was committed. The program indexes a folder and is killed at moments that
//! differ; each time the index opens, or is not there yet, and the next run ends with every article once.
#![cfg(all(feature = "cli", unix))]

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

const FILES: usize = 3_000;
/// Kills, each after so many more changes of the index's folder.
const KILLS: usize = 12;

#[test]
fn a_kill_at_any_moment_leaves_what_was_committed() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let (articles, index) = (desk.path().join("articles"), desk.path().join("index"));
    std::fs::create_dir(&articles).expect("a folder");
    for number in 0..FILES {
        let text = format!("第{number}号通知\n\n全区春季造林任务三千亩，由林业站负责验收。");
        std::fs::write(articles.join(format!("{number}.txt")), text).expect("a file");
    }
    for kill in 0..KILLS {
        let mut child = start(&articles, &index);
        let ended = wait_for_changes(&mut child, &index, kill);
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        let documents = documents(&index);
        let whole = documents == 0 || documents == FILES as u64;
        assert!(whole, "kill {kill}: {documents} documents, which no commit had (ended by itself: {ended})");
    }
    let last = run("index", &index, &[articles.to_str().expect("a path")]);
    assert!(last.status.success(), "the last run: {}: {}", last.status, String::from_utf8_lossy(&last.stderr));
    assert_eq!(documents(&index), FILES as u64);
    let found = run("query", &index, &["造林", "--limit", "1", "--format", "json"]);
    let summary: Value = String::from_utf8_lossy(&found.stdout).lines().last().map(parsed).expect("a summary");
    assert_eq!(summary["total"]["value"].as_u64(), Some(FILES as u64));
}

fn start(articles: &Path, index: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("index").arg(articles).arg("--index").arg(index);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

/// Looks at the index's folder until it has changed so many times; says whether the program ended before.
fn wait_for_changes(child: &mut Child, index: &Path, changes: usize) -> bool {
    let names = || -> Vec<_> {
        let entries = std::fs::read_dir(index).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        names
    };
    let (mut seen, mut known) = (0, names());
    while seen < changes {
        if child.try_wait().expect("a process of ours").is_some() {
            return true;
        }
        let now = names();
        seen += usize::from(now != known);
        known = now;
        std::thread::yield_now();
    }
    false
}

/// Documents of the index; none where there is no index yet.
fn documents(index: &Path) -> u64 {
    let output = run("stats", index, &["--format", "json"]);
    let told = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => parsed(&String::from_utf8_lossy(&output.stdout))["documents"].as_u64().expect("a number"),
        _ if told.contains("no index") => 0,
        code => panic!("stats: {code:?}: {told}"),
    }
}

fn run(command: &str, index: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    program.arg(command).arg("--index").arg(index).args(arguments).output().expect("the program runs")
}

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}
