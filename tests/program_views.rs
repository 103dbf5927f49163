//! Promise: the program prints what is counted over all hits in columns for people, in tidy tables and in lines of JSON
//! for machines, and ends as a query does.
#![cfg(feature = "cli")]

use std::process::{Command, Output};

use serde_json::Value;

const ARTICLES: &str = r#"{"id":"a","date":"2015-06-01","source":"甲县报","title":"扶贫","text":"全县扶贫资金到位，扶贫项目开工。"}
{"id":"b","date":"2018-06-01","source":"乙县报","text":"再谈扶貧資金，也谈GDP。"}
{"id":"c","date":"2018-07-01","title":"=甲","text":"植树造林，林场验收。\u001b[31m扶贫"}
"#;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        std::fs::create_dir(desk.0.path().join("corpus")).expect("a folder");
        std::fs::write(desk.0.path().join("corpus/a.jsonl"), ARTICLES).expect("articles");
        assert_eq!(desk.run(&["index"]).status.code(), Some(0));
        desk
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        program.args(arguments).current_dir(self.0.path()).env_remove("XUNZHANG_INDEX").env("LC_ALL", "C");
        program.output().expect("the program runs")
    }

    fn out(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let all = self.out(&[arguments, &["--format", "json"]].concat());
        all.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

#[test]
fn help_has_examples_and_codes() {
    let desk = Desk::new();
    let help = desk.out(&["--help"]);
    for command in ["kwic", "collocations", "keyness", "compare", "more-like"] {
        assert!(help.contains(command), "{command} is not in the help");
        let own = desk.out(&[command, "--help"]);
        assert!(own.contains("Examples:") && own.contains(&format!("xunzhang {command}")), "{command}: {own}");
        assert!(own.contains("Exit codes:"), "{command}: {own}");
    }
}

#[test]
fn a_concordance_stands_in_columns() {
    let desk = Desk::new();
    let wanted = "\
2015-06-01                    【扶贫】                          甲县报 · a
2015-06-01                全县【扶贫】资金到位，扶贫项目开工。  甲县报 · a
2015-06-01  全县扶贫资金到位，【扶贫】项目开工。                甲县报 · a
2018-06-01                再谈【扶貧】資金，也谈GDP。           乙县报 · b
";
    assert_eq!(desk.out(&["kwic", "扶贫 -造林", "--width", "12"]), wanted);
    let hostile = desk.out(&["kwic", "扶贫", "--since", "2018-07"]);
    assert!(hostile.contains("\\u{1b}[31m【扶贫】") && !hostile.contains('\u{1b}'), "{hostile}");
    let told = desk.run(&["kwic", "扶贫", "--limit", "2"]);
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.starts_with("5 occurrences in 3 articles, of 3 found, in ") && told.contains("2 of 5 rows"), "{told}");
}

#[test]
fn a_concordance_is_a_row_an_occurrence() {
    let desk = Desk::new();
    let csv = desk.out(&["kwic", "GDP", "--format", "csv"]);
    let wanted = "term,id,date,source,field,start,end,left,node,right\n\
                  GDP,b,2018-06-01,乙县报,body,27,30,再谈扶貧資金，也谈,GDP,。\n";
    assert_eq!(csv, wanted);
    let json = desk.json(&["kwic", "扶贫"]);
    let kinds: Vec<&str> = json.iter().filter_map(|line| line["type"].as_str()).collect();
    assert_eq!(kinds, ["occurrence", "occurrence", "occurrence", "occurrence", "occurrence", "summary"]);
    let whole = &json[5];
    assert_eq!((&whole["version"], &whole["documents"], &whole["occurrences"]), (&1.into(), &3.into(), &5.into()));
    assert_eq!(json[0]["range"], serde_json::json!([0, 6]));
}

#[test]
fn words_are_tables() {
    let desk = Desk::new();
    let csv = desk.out(&["collocations", "扶贫", "--min", "1", "--format", "csv"]);
    assert!(csv.starts_with("word,observed,expected,all,g2,log_ratio\n"), "{csv}");
    let json = desk.json(&["collocations", "扶贫", "--min", "1"]);
    assert!(json.last().is_some_and(|line| line["all_words"].is_u64()), "{json:?}");
    assert_eq!(json[0]["type"], "collocate");
    let text = desk.out(&["keyness", "扶贫 -造林", "--min", "1"]);
    assert!(text.starts_with("word") && text.contains("扶贫"), "{text}");
    let excel = desk.out(&["keyness", "扶贫 -造林", "--reference", "造林", "--min", "1", "--excel"]);
    assert!(excel.starts_with("\u{feff}word,count,reference,") && !excel.contains('\''), "{excel}");
    let terms = desk.0.path().join("terms.txt");
    std::fs::write(&terms, "# longer\n扶贫资金\n").expect("terms");
    let json = desk.json(&["kwic", "扶贫", "--terms", "terms.txt"]);
    assert_eq!(json.last().expect("a summary")["occurrences"], 3);
}

#[test]
fn periods_and_faults() {
    let desk = Desk::new();
    let csv = desk.out(&["compare", "扶贫", "--a", "2015", "--b", "2018..", "--min", "1", "--format", "csv"]);
    assert!(csv.starts_with("type,word,a,b,a_total,b_total,g2,log_ratio\ndocuments,,1,2,1,2,"), "{csv}");
    let json = desk.json(&["compare", "扶贫", "--a", "..2014", "--b", "2018"]);
    assert_eq!((&json[0]["documents"], &json[0]["days"], &json[1]["of"]), (&0.into(), &"..2014".into(), &"b".into()));
    let code = |arguments: &[&str]| desk.run(arguments).status.code();
    assert_eq!(code(&["compare", "扶贫", "--a", "2015"]), Some(2), "--b is missing");
    assert_eq!(code(&["compare", "扶贫", "--a", "2016..2015", "--b", "2018"]), Some(2), "days run backwards");
    for command in ["kwic", "collocations", "keyness"] {
        assert_eq!(code(&[command, "没有的词"]), Some(1), "{command}");
        assert_eq!(code(&[command, "扶贫", "-表态"]), Some(0), "{command}: -表态 is no option");
        assert_eq!(code(&[command, "扶贫", "--excel", "--format", "json"]), Some(2), "{command}");
    }
    assert_eq!(code(&["kwic", "扶贫", "--terms", "nowhere"]), Some(2));
    assert_eq!(code(&["kwic", "来源:甲县报"]), Some(1), "articles are found, but no term of theirs can be listed");
    assert_eq!(code(&["keyness", "来源:甲县报"]), Some(0));
}

#[test]
fn articles_like_one_are_printed_as_answers() {
    let desk = Desk::new();
    assert_eq!(desk.out(&["more-like", "a", "--format", "ids"]), "b\nc\n");
    let json = desk.json(&["more-like", "a"]);
    assert_eq!((&json[0]["type"], &json[0]["query"], &json[0]["id"]), (&"hit".into(), &"a".into(), &"b".into()));
    assert_eq!(json.last().expect("a summary")["type"], "summary");
    assert_eq!(desk.run(&["more-like", "nowhere"]).status.code(), Some(1));
}
