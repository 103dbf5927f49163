//! Promise: `why` and `why-not` say of any article what it is to a query, in both languages and as JSON, with exit codes
//! that a script can use.
#![cfg(feature = "cli")]

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const ARTICLES: [(&str, &str, &str, Option<&str>); 4] = [
    ("1", "工作推進會議", "麥川區召開脫貧攻堅(jiān)戰推進會，布署春耕。坚持改革，开放。", Some("2018-03-05")),
    ("2", "造林", "各乡镇今年造林三千亩，脱贫攻坚不放松。", None),
    ("3", "通知", "造林工作会议明天召开，领导表态\u{1b}[31m。", None),
    ("4", "脱贫攻坚", "脱贫攻坚战。脱贫攻坚。", None),
];

#[test]
fn a_hit_is_shown_with_its_places() {
    let desk = Desk::new();
    let why = desk.run(&["why", "1", "脱贫攻坚战"]);
    let told = out(&why);
    assert_eq!(why.status.code(), Some(0), "{told}");
    for part in
        ["a hit, number 2 of all", "stands there", "脫貧攻堅(jiān)戰", "【脫貧攻堅戰】", "a reading passed over"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let chinese = out(&desk.run(&["--lang", "zh", "why", "1", "脱贫攻坚战"]));
    assert!(chinese.contains("命中，排在第 2 篇") && chinese.contains("略去注音"), "{chinese}");
    assert_eq!(desk.run(&["why-not", "1", "脱贫攻坚战"]).status.code(), Some(1));
}

#[test]
fn a_miss_is_told_in_both_languages() {
    let desk = Desk::new();
    for (query, english, chinese) in [
        ("部署", "布署 stands there, with 布 for 部, which sounds alike", "文中是“布署”，“部”作“布”，同音"),
        ("改革开放", "“改革，开放” or two terms find it", "检索“改革，开放”，或分成两个词"),
        ("标题:春耕", "it stands in body, not in title", "不在标题，在正文"),
        ("推进会 -春耕", "it stands there, and the query excludes it", "文中有，而检索式要求没有"),
        ("春耕 日期:2017", "its date is 2018-03-05, outside 2017", "日期是 2018-03-05，不在 2017 之内"),
        ("量子力学", "nowhere: 量 子 力 学", "没有的字：量、子、力、学"),
    ] {
        let not = desk.run(&["why-not", "1", query]);
        assert_eq!(not.status.code(), Some(0), "{query}");
        assert!(out(&not).contains(english) && out(&not).contains("no hit"), "{query}: {}", out(&not));
        let not = out(&desk.run(&["--lang", "zh", "why-not", "1", query]));
        assert!(not.contains(chinese) && not.contains("没有命中"), "{query}: {not}");
        assert_eq!(desk.run(&["why", "1", query]).status.code(), Some(1), "{query}");
    }
    let hostile = out(&desk.run(&["why-not", "3", "造林", "-表态"]));
    assert!(hostile.contains("\\u{1b}[31m") && !hostile.contains('\u{1b}'), "{hostile}");
}

#[test]
fn json_is_one_object_of_version_1() {
    let desk = Desk::new();
    let value = line(&desk.run(&["why-not", "1", "部署 春耕", "--format", "json"]));
    let fields: Vec<&str> = value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let wanted = "type version id query canonical path url title date source is_hit rank near terms causes";
    assert_eq!(
        fields.iter().copied().collect::<std::collections::BTreeSet<_>>(),
        wanted.split(' ').collect::<std::collections::BTreeSet<_>>()
    );
    assert_eq!((&value["type"], &value["version"], &value["is_hit"]), (&json!("why"), &json!(1), &json!(false)));
    let cause = &value["causes"][0];
    assert_eq!(
        (&cause["kind"], &cause["term"], &cause["found"]),
        (&json!("other_characters"), &json!("部署"), &json!("布"))
    );
    assert_eq!(value["terms"][1]["places"][0]["field"], "body");
    let value = line(&desk.run(&["why", "2", "脱贫攻坚", "--limit", "1", "--format", "json"]));
    assert_eq!((&value["is_hit"], &value["causes"][0]["kind"]), (&json!(true), &json!("beyond_limit")));
    assert_eq!(value["rank"], value["causes"][0]["rank"]);
    assert!(value["rank"].as_u64() > Some(1));
    let value = |options: &[&str]| {
        let question = ["why", "2", "3000亩", "--format", "json"];
        line(&desk.run(&[&question, options].concat()))
    };
    let other = value(&[]);
    assert_eq!((&other["is_hit"], &other["near"], &other["rank"]), (&json!(false), &json!(true), &json!(1)));
    assert_eq!(other["causes"][0]["kind"], "number_differs");
    assert_eq!(
        other["causes"].as_array().and_then(|causes| causes.last()).map(|c| &c["kind"]),
        Some(&json!("in_other_words"))
    );
    assert_eq!(value(&["--expand"])["is_hit"], true);
}

#[test]
fn an_id_that_is_no_article_is_explained_too() {
    let desk = Desk::new();
    let value = |id: &str| line(&desk.run(&["why-not", id, "造林", "--format", "json"]))["causes"][0].clone();
    assert_eq!(value("empty.txt")["reason"]["kind"], "skipped");
    assert_eq!(value("corpus/empty.txt")["reason"]["path"], "corpus/empty.txt");
    let gone = value("news.jsonl#9");
    assert_eq!((&gone["reason"]["kind"], &gone["reason"]["documents"]), (&json!("not_in_file"), &json!(4)));
    assert_eq!(value("nobody")["reason"]["kind"], "unknown");
    assert!(out(&desk.run(&["why-not", "empty.txt", "造林"])).contains("is empty"));
    assert_eq!(desk.run(&["why", "nobody", "造林"]).status.code(), Some(1));
    std::fs::write(desk.0.path().join("corpus/late.txt"), "造林。").expect("a file");
    let late = desk.run(&["why-not", "late.txt", "造林"]);
    assert!(String::from_utf8_lossy(&late.stderr).contains("xunzhang index corpus/late.txt"), "{late:?}");
}

#[test]
fn both_commands_have_help_with_examples() {
    let desk = Desk::new();
    for command in ["why", "why-not"] {
        let help = out(&desk.run(&[command, "--help"]));
        assert!(help.contains("Examples:") && help.contains(&format!("xunzhang {command} ")), "{help}");
        assert!(help.contains("Exit codes:") && help.contains("--undated"), "{help}");
        assert_eq!(desk.run(&[command, "1"]).status.code(), Some(2));
        assert_eq!(desk.run(&[command, "1", "（", "--strict"]).status.code(), Some(2));
    }
    assert_eq!(desk.run(&["why-not", "3", "造林", "-表态"]).status.code(), Some(0), "a negated word is no option");
}

/// A folder with an index of its own.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        let corpus = desk.0.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        let record = |(id, title, text, date): &(&str, &str, &str, Option<&str>)| {
            format!("{}\n", json!({"id": id, "title": title, "text": text, "date": date}))
        };
        std::fs::write(corpus.join("news.jsonl"), ARTICLES.iter().map(record).collect::<String>()).expect("a file");
        std::fs::write(corpus.join("empty.txt"), "").expect("a file");
        let output = desk.run(&["index"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        desk
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "XUNZHANG_INDEX"] {
            command.env_remove(name);
        }
        command.output().expect("the program runs")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn line(output: &Output) -> Value {
    serde_json::from_str(out(output).trim()).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}
