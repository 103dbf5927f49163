//! Promise: the program keeps its word to people, scripts and terminals: help with examples, exit codes, the lines of
//! JSON field for field, every format, hostile text made harmless, a batch that goes on, the first run that indexes by
//! itself, and Ctrl-C that keeps what is committed.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

// ---------------------------------------------------------------------------------------------------------------
// Help, errors and exit codes

#[test]
fn every_command_has_help_with_examples() {
    let desk = Desk::new();
    let help = out(&desk.run(&["--help"]));
    assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{help}");
    for command in [
        "index",
        "query",
        "show",
        "stats",
        "upgrade",
        "analyze",
        "completions",
        "histogram",
        "export",
        "cite",
        "verify",
        "variants",
        "complete",
    ] {
        assert!(help.contains(command), "{command} is not in the help");
        let output = desk.run(&[command, "--help"]);
        let own = out(&output);
        assert!(own.contains("Examples:") && own.contains(&format!("xunzhang {command}")), "{command}: {own}");
        assert_eq!(output.status.code(), Some(0));
    }
    for command in ["index", "query", "show", "analyze"] {
        let own = out(&desk.run(&[command, "--help"]));
        let examples = own.split("Examples:").nth(1).unwrap_or_default();
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(command == "show" || examples.contains(chinese), "{command}: no Chinese example");
    }
    assert!(out(&desk.run(&["--version"])).starts_with("xunzhang "));
    assert!(out(&desk.run(&["completions", "bash"])).contains("--format"));
}

#[test]
fn what_is_mistyped_is_told_and_ends_with_2() {
    let desk = Desk::new();
    let output = desk.run(&["qurey", "脱贫"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("'query'"), "{}", err(&output));
    let faults: [(&[&str], &str); 6] = [
        (&["query"], "Usage:"),
        (&["query", "脱贫", "--limit", "some"], "all"),
        (&["query", "脱贫", "--since", "2018-02-30"], "2018-03-05"),
        (&["query", "脱贫", "--since", "2019", "--until", "2018"], "--since"),
        (&["query", "脱贫", "--excel", "--format", "json"], "--excel"),
        (&["index", "--max-size", "many"], "20M"),
    ];
    for (arguments, told) in faults {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(told) && output.stdout.is_empty(), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn a_folder_without_anything_says_what_to_do() {
    let desk = Desk::new();
    for command in [&["query", "脱贫"][..], &["index"]] {
        let output = desk.run(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(err(&output).starts_with("xunzhang: error: "), "{}", err(&output));
        assert!(err(&output).contains("xunzhang index FOLDER"), "{}", err(&output));
    }
    assert!(err(&desk.run(&["--lang", "zh", "query", "脱贫"])).contains("没有索引"));
    let chinese = desk.program(&["query", "脱贫"]).env("LC_ALL", "zh_CN.UTF-8").output().expect("the program runs");
    assert!(err(&chinese).contains("没有索引"), "{}", err(&chinese));
    let named = desk.run(&["query", "脱贫", "--index", "nowhere"]);
    assert!(named.status.code() == Some(2) && err(&named).contains("nowhere"), "{}", err(&named));
}

#[test]
fn exit_codes_tell_found_nothing_and_failure() {
    let desk = Desk::indexed();
    let code = |arguments: &[&str]| desk.run(arguments).status.code();
    assert_eq!(code(&["query", "脱贫攻坚"]), Some(0));
    assert_eq!(code(&["query", "脱贫", "-x"]), Some(2), "no such option");
    assert_eq!(code(&["query", "造林", "-脱贫"]), Some(0));
    assert_eq!(code(&["query", "无人写过"]), Some(1));
    assert_eq!(code(&["query", "（", "--strict"]), Some(2));
    assert_eq!(code(&["query", "？？"]), Some(2));
    assert_eq!(code(&["show", "1"]), Some(0));
    assert_eq!(code(&["show", "nobody"]), Some(1));
    assert_eq!(code(&["stats"]), Some(0));
    let nothing = desk.run(&["query", "无人写过"]);
    assert!(nothing.stdout.is_empty() && err(&nothing).contains("nothing found in 4 articles"), "{}", err(&nothing));
    desk.write("corpus/empty.txt", b"");
    let partly = desk.run(&["index"]);
    assert_eq!(partly.status.code(), Some(1));
    assert!(err(&partly).contains("empty.txt"), "{}", err(&partly));
    let failed = desk.run(&["index", "nowhere"]);
    assert!(failed.status.code() == Some(2) && err(&failed).contains("nowhere"), "{}", err(&failed));
}

// ---------------------------------------------------------------------------------------------------------------
// Formats

#[test]
fn lines_of_json_have_the_fields_of_version_1() {
    let desk = Desk::indexed();
    let lines = lines(&desk.run(&["query", "脱贫攻坚", "--format", "json"]));
    let [hit, summary] = lines.as_slice() else { panic!("a hit and a summary: {lines:?}") };
    let fields = "date id lacks path query rank score snippets source title type url";
    assert_eq!(keys(hit), fields);
    let told = ["type", "query", "id", "path", "title", "date", "source", "url"].map(|name| hit[name].clone());
    let path = "news.jsonl";
    let expected = json!(["hit", "脱贫攻坚", "1", path, "工作推進會議", "2018-03-05", "麦川日报", null]);
    assert_eq!(Value::from(told.to_vec()), expected);
    assert!(hit["rank"] == 1 && hit["score"].is_number() && hit["lacks"] == json!([]), "{hit}");
    let snippet = &hit["snippets"][0];
    assert_eq!((keys(snippet).as_str(), &snippet["field"]), ("field marks range text", &json!("body")));
    let mark = &snippet["marks"][0];
    assert_eq!(keys(mark), "bytes chars original utf16");
    let text = snippet["text"].as_str().unwrap_or_default();
    let end = |name: &str, at: usize| mark[name][at].as_u64().unwrap_or_default() as usize;
    assert_eq!(&text[end("bytes", 0)..end("bytes", 1)], "脫貧攻堅");
    assert_eq!(keys(summary), "coverage groups query relaxed suggestions took_ms total type version");
    assert_eq!((&summary["type"], &summary["version"]), (&json!("summary"), &json!(1)));
    assert_eq!(summary["total"], json!({"value": 1, "relation": "eq"}));
    assert_eq!(keys(&summary["coverage"]), "documents indexed_at skipped undated_left_out with_losses");
}

#[test]
fn what_may_be_meant_is_told_and_listed() {
    let desk = Desk::indexed();
    let output = desk.run(&["query", "脱频攻坚", "--lang", "zh"]);
    assert!(output.stdout.is_empty() && err(&output).contains("您是不是要找：脫貧攻堅？"), "{}", err(&output));
    let summary = lines(&desk.run(&["query", "脱频攻坚", "--format", "json"])).pop().expect("a summary");
    assert_eq!(summary["suggestions"], json!(["脫貧攻堅"]));
    let completed = &lines(&desk.run(&["complete", "gongj", "--format", "json"]))[0];
    assert_eq!(*completed, json!({"text": "攻堅戰", "documents": 1}));
    assert!(out(&desk.run(&["complete", "工"])).starts_with("工作"), "{}", out(&desk.run(&["complete", "工"])));
    let output = desk.run(&["variants", "脱平", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(err(&output).contains("2"), "{}", err(&output));
    assert_eq!(desk.run(&["complete", "魑魅"]).status.code(), Some(1));
}

#[test]
fn a_batch_goes_on_after_a_faulty_line() {
    let desk = Desk::indexed();
    desk.write("batch.tsv", "a\t脱贫攻坚\n\n？？\nb\t无人写过\nc\t造林\n".as_bytes());
    let output = desk.run(&["query", "--batch", "batch.tsv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let lines = lines(&output);
    let summaries: Vec<&Value> = lines.iter().filter(|line| line["type"] == "summary").collect();
    let ids: Vec<&str> = summaries.iter().filter_map(|line| line["query_id"].as_str()).collect();
    assert_eq!(ids, ["a", "3", "b", "c"], "answers in order, lines counted from 1");
    assert_eq!(keys(summaries[1]), "error query query_id type version");
    assert_eq!((&summaries[1]["query"], summaries[1]["version"].as_u64()), (&json!("？？"), Some(1)));
    assert!(summaries[1]["error"]["message"].as_str().is_some_and(|message| message.contains("nothing to search for")));
    assert!(lines.iter().filter(|line| line["type"] == "hit").all(|hit| hit["query_id"].is_string()));
    let output = desk.run(&["query", "--batch", "batch.tsv", "--format", "ids"]);
    assert_eq!(out(&output), "a\t1\nc\t2\n");
    assert!(err(&output).contains("3: nothing to search for"), "{}", err(&output));
    let mut child = desk.program(&["query", "--batch", "-", "--format", "ids"]).stdin(Stdio::piped()).spawn();
    let child = child.as_mut().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all("无人写过\n".as_bytes()).expect("the program reads");
    assert_eq!(child.wait().expect("the program ends").code(), Some(1), "nothing found by any");
}

#[test]
fn run_lines_have_six_words_and_falling_scores() {
    let desk = Desk::indexed();
    let output = desk.run(&["query", "脱贫", "--format", "trec", "--limit", "all"]);
    let text = out(&output);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (at, line) in lines.iter().enumerate() {
        let [query, zero, _, rank, _, run] = line.as_slice() else { panic!("not six words: {line:?}") };
        assert_eq!((*query, *zero, *rank, *run), ("1", "Q0", (at + 1).to_string().as_str(), "xunzhang"));
    }
    let scores: Vec<f32> = lines.iter().map(|line| line[4].parse().expect("a number")).collect();
    assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{scores:?}");
    assert!(text.contains(" 100%25%20%1B[31m "), "{text}");
}

#[test]
fn csv_for_spreadsheets_has_a_mark_and_no_formula() {
    let desk = Desk::indexed();
    let plain = out(&desk.run(&["query", "造林", "--format", "csv"]));
    assert!(plain.starts_with("query,rank,score,id,") && plain.contains(",=1+1 造林,"), "{plain}");
    let excel = out(&desk.run(&["query", "造林", "--excel"]));
    assert!(excel.starts_with("\u{feff}query,rank,") && excel.contains(",'=1+1 造林,"), "{excel}");
}

#[test]
fn text_marks_matches_with_or_without_colour() {
    let desk = Desk::indexed();
    let plain = out(&desk.run(&["query", "脱贫攻坚"]));
    assert!(plain.starts_with("1. 工作推進會議\n   2018-03-05 · 麦川日报 · news.jsonl · 1\n"), "{plain}");
    assert!(plain.contains("【脫貧攻堅】") && !plain.contains('\u{1b}'), "{plain}");
    let coloured = out(&desk.run(&["query", "脱贫攻坚", "--color", "always"]));
    assert!(coloured.contains('\u{1b}') && !coloured.contains('【'), "{coloured}");
    let always = desk.program(&["query", "脱贫攻坚"]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output();
    assert!(!out(&always.expect("the program runs")).contains('\u{1b}'), "NO_COLOR is obeyed");
    let chinese = desk.run(&["query", "脱贫攻坚", "--lang", "zh", "--score"]);
    assert!(err(&chinese).contains("共 1 篇，用时") && out(&chinese).contains("得分"), "{}", err(&chinese));
    let shown = out(&desk.run(&["show", "1", "--query", "脱贫攻坚"]));
    assert!(shown.starts_with("工作推進會議\n") && shown.contains("【脫貧攻堅】(jiān)戰"), "{shown}");
    let page = &lines(&desk.run(&["show", "1", "--query", "脱贫攻坚", "--format", "json"]))[0];
    let body = page["body"].as_str().unwrap_or_default();
    let mark = &page["marks"]["body"][0];
    let end = |at: usize| mark[at].as_u64().unwrap_or_default() as usize;
    assert!(body[end(0)..end(1)].starts_with("脫貧攻堅"), "{page}");
}

#[test]
fn an_id_of_several_articles_is_told_with_those_that_are_meant() {
    let desk = Desk::with_articles();
    desk.write(
        "corpus/other.jsonl",
        format!("{}\n", json!({"id": "1", "title": "另一篇", "text": "造林。"})).as_bytes(),
    );
    let index = desk.run(&["index"]);
    assert!(err(&index).contains("path#id"), "{}", err(&index));
    let output = desk.run(&["show", "1"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    assert!(err(&output).contains("news.jsonl#1") && err(&output).contains("other.jsonl#1"), "{}", err(&output));
    assert!(out(&desk.run(&["show", "other.jsonl#1"])).starts_with("另一篇\n"));
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let desk = Desk::indexed();
    let hostile = |c: &char| {
        (c.is_control() && *c != '\n') || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
    };
    for arguments in [
        &["query", "脱贫 字", "--format", "text"][..],
        &["query", "脱贫 字", "--format", "json"],
        &["query", "脱贫 字", "--format", "ids"],
        &["query", "脱贫 字", "--format", "csv"],
        &["query", "脱贫 字", "--format", "trec"],
        &["show", "100% \u{1b}[31m"],
        &["show", "100% \u{1b}[31m", "--format", "json"],
        &["show", "\u{1b}]0;nobody\u{7}\u{202e}"],
        &["query", "\u{1b}[2J\u{202e}无", "--strict"],
    ] {
        let output = desk.run(arguments);
        let text = out(&output) + &err(&output);
        assert_eq!(text.chars().find(hostile), None, "{arguments:?}: {text:?}");
        assert!(!text.is_empty(), "{arguments:?}");
    }
    assert!(out(&desk.run(&["query", "脱贫 字"])).contains("红\\u{1b}[31m字\\u{202e}"), "shown as what they are");
    let hit = &lines(&desk.run(&["query", "脱贫 字", "--format", "json"]))[0];
    assert_eq!(hit["title"], "红\u{1b}[31m字\u{202e}脱贫", "JSON keeps what it spells");
}

// ---------------------------------------------------------------------------------------------------------------
// Indexing

#[test]
fn the_first_query_indexes_a_small_corpus_by_itself() {
    let desk = Desk::with_articles();
    let output = desk.run(&["query", "脱贫攻坚", "--format", "ids"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), "1\n"), "{}", err(&output));
    assert!(err(&output).contains("there is no index in index/main yet"), "{}", err(&output));
    let again = desk.run(&["query", "脱贫攻坚", "--format", "ids"]);
    assert_eq!((out(&again).as_str(), err(&again).as_str()), ("1\n", ""));
}

#[test]
fn the_first_query_leaves_a_large_corpus_and_tells_the_command() {
    let desk = Desk::new();
    (0..2_000).for_each(|n| desk.write(&format!("corpus/{n}.txt"), "脱贫".as_bytes()));
    let output = desk.run(&["query", "脱贫"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("xunzhang index corpus --index index/main"), "{}", err(&output));
    assert!(!desk.path("index/main").exists(), "nothing is made unasked");
}

#[test]
fn the_report_of_a_run_is_one_object() {
    let desk = Desk::with_articles();
    desk.write("corpus/empty.txt", b"");
    let output = desk.run(&["index", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let [report] = &lines(&output)[..] else { panic!("one object") };
    assert_eq!(
        keys(report),
        "ambiguous bytes changes documents encodings families files index_bytes losses reprints skipped took_ms"
    );
    assert_eq!((report["documents"].as_u64(), report["files"].as_u64()), (Some(4), Some(2)));
    let skip = &report["skipped"][0];
    assert_eq!((&skip["path"], &skip["reason"]["kind"]), (&json!("empty.txt"), &json!("empty")));
    assert!(skip["message"].as_str().is_some_and(|message| !message.is_empty()));
    let stats = &lines(&desk.run(&["stats", "--format", "json"]))[0];
    assert_eq!((stats["documents"].as_u64(), stats["skipped"].as_u64()), (Some(4), Some(1)));
    assert_eq!(desk.run(&["upgrade"]).status.code(), Some(0));
    assert_eq!(out(&desk.run(&["query", "脱贫攻坚", "--format", "ids"])), "1\n");
}

#[test]
fn the_analysis_needs_no_index() {
    let analysis = &lines(&Desk::new().run(&["analyze", "脫貧攻堅(jiān)戰", "--format", "json"]))[0];
    assert_eq!((&analysis["folded"], &analysis["glosses"]), (&json!("脱贫攻坚战"), &json!(["(jiān)"])));
    assert_eq!(analysis["unigrams"], json!(["脱", "贫", "攻", "坚", "战"]));
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let desk = Desk::new();
    desk.write("corpus/many.jsonl", many(3_000).as_bytes());
    assert_eq!(desk.run(&["index"]).status.code(), Some(0));
    let mut child =
        desk.program(&["query", "脱贫", "--format", "json", "--limit", "all"]).stdout(Stdio::piped()).spawn();
    let child = child.as_mut().expect("the program runs");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("UTF-8");
    assert!(first.starts_with("{\"type\":\"hit\""), "{first}");
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_is_committed() {
    const ARTICLES: usize = 80_000;
    let desk = Desk::new();
    desk.write("corpus/many.jsonl", many(ARTICLES).as_bytes());
    let child = desk.program(&["index", "--threads", "1"]).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the program runs");
    let before = wait_for_a_commit(&desk, &mut child);
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(130), "{}", err(&output));
    let after = documents(&desk).expect("the index can be read");
    assert!(before <= after && (after as usize) < ARTICLES, "{before} then {after}");
    let digits = after.to_string();
    let grouped = format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..]);
    assert!(err(&output).contains(&format!("{grouped} articles are committed")), "{after}: {}", err(&output));
    assert_eq!(desk.run(&["query", "脱贫"]).status.code(), Some(0));
}

/// How many documents are committed by the time that some are.
#[cfg(unix)]
fn wait_for_a_commit(desk: &Desk, child: &mut std::process::Child) -> u64 {
    loop {
        assert!(child.try_wait().expect("the program can be asked").is_none(), "it ended before the interrupt");
        if let Some(count) = documents(desk).filter(|count| *count > 0) {
            return count;
        }
    }
}

/// Documents of the index, if there is one yet.
#[cfg(unix)]
fn documents(desk: &Desk) -> Option<u64> {
    let output = desk.run(&["stats", "--format", "json"]);
    lines(&output).first().and_then(|stats| stats["documents"].as_u64())
}

// ---------------------------------------------------------------------------------------------------------------
// The desk

/// A folder of its own to run the program in.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn with_articles() -> Self {
        let desk = Self::new();
        desk.write("corpus/news.jsonl", articles().as_bytes());
        desk
    }

    fn indexed() -> Self {
        let desk = Self::with_articles();
        let output = desk.run(&["index"]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the folder takes a file");
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "XUNZHANG_INDEX"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().expect("the program runs")
    }
}

fn articles() -> String {
    let records = [
        json!({"id": "1", "title": "工作推進會議", "text": "麥川區召開脫貧攻堅(jiān)戰推進會。", "date": "2018-03-05", "source": "麦川日报"}),
        json!({"id": "2", "title": "=1+1 造林", "text": "各乡镇今年造林三千亩。"}),
        json!({"id": "100% \u{1b}[31m", "title": "红\u{1b}[31m字\u{202e}脱贫", "text": "全区\u{9b}脱贫\u{2067}，字大。"}),
        json!({"id": "4", "title": "通知", "text": "脱贫工作不放松。"}),
    ];
    records.iter().map(|record| format!("{record}\n")).collect()
}

fn many(count: usize) -> String {
    let text = "各乡镇负责人参加会议，部署脱贫工作。今年计划造林三千亩，投入资金五百万元。";
    (0..count).map(|n| format!("{}\n", json!({"id": n.to_string(), "title": "会议", "text": text}))).collect()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn lines(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

/// Names of the fields of an object, in the alphabet's order.
fn keys(object: &Value) -> String {
    let names: BTreeSet<&str> = object.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}
