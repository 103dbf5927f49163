//! Promise: a citation names an article and a passage so exactly that it can be checked later: whether the file, the text
//! and the quotation are what they were.
#![cfg(feature = "cli")]

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[path = "support/desk.rs"]
mod desk;

use desk::Desk;

const TEXT: &str = "工作会议\n\n麦川区召开会议。五龙镇脱贫攻坚(jiān)取得进展。";

fn cited() -> (Desk, Value) {
    let desk = Desk::new();
    desk.write("news/2018/a.txt", TEXT);
    desk.write("news/b.txt", "另一篇\n\n造林三千亩。");
    assert_eq!(desk.run(&["index", "news"]).0, 0);
    let citation = desk.lines(&["cite", "2018/a.txt", "脱贫", "攻坚", "--style", "json"]).remove(0);
    desk.write("citations.jsonl", &format!("{citation}\n"));
    (desk, citation)
}

fn verified(desk: &Desk, arguments: &[&str]) -> (i32, String) {
    let (code, out, err) = desk.run(&[&["verify", "citations.jsonl"], arguments].concat());
    assert_eq!(err, "");
    (code, out)
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_citation_has_hashes_and_the_place_of_its_quotation() {
    let (desk, citation) = cited();
    let stored = desk.lines(&["show", "2018/a.txt", "--format", "json"]).remove(0);
    let (title, body) = (stored["title"].as_str().expect("a title"), stored["body"].as_str().expect("a body"));
    assert_eq!(citation["file_hash"], sha256(TEXT));
    assert_eq!(citation["text_hash"], sha256(&format!("{title}\n{body}")));
    let at = |name: &str, end: usize| citation[name][end].as_u64().expect("a number") as usize;
    let quotation = citation["quotation"].as_str().expect("a quotation");
    assert_eq!(&body[at("bytes", 0)..at("bytes", 1)], quotation);
    let chars: String = body.chars().skip(at("chars", 0)).take(at("chars", 1) - at("chars", 0)).collect();
    assert_eq!(chars, quotation);
    assert!(quotation.contains("脱贫攻坚(jiān)取得进展"), "as it is stored: {quotation}");
    assert_eq!((&citation["path"], &citation["query"]), (&json!("2018/a.txt"), &json!("脱贫 攻坚")));
}

#[test]
fn what_is_unchanged_holds() {
    let (desk, _) = cited();
    assert_eq!(verified(&desk, &[]), (0, "2018/a.txt: holds\n".to_owned()));
    assert_eq!(verified(&desk, &["--root", "news"]), (0, "2018/a.txt: holds\n".to_owned()));
    std::fs::rename(desk.path("news"), desk.path("renamed")).expect("a folder of another name");
    assert_eq!(verified(&desk, &["--root", "renamed"]).0, 0);
    assert_eq!(verified(&desk, &["--root", "news"]), (1, "2018/a.txt: the file is not there\n".to_owned()));
    assert_eq!(desk.run(&["upgrade"]).0, 0);
    assert_eq!(verified(&desk, &["--root", "renamed"]).0, 0);
}

#[test]
fn an_edit_is_seen_in_the_file_and_then_in_the_index() {
    let (desk, citation) = cited();
    desk.write("news/2018/a.txt", &TEXT.replace("麦川区", "据报道，麦川区"));
    assert_eq!(verified(&desk, &[]).0, 0, "the index has the old text");
    let (code, told) = verified(&desk, &["--root", "news"]);
    assert_eq!(code, 1);
    assert!(told.starts_with("2018/a.txt: the file has changed; the quotation has moved to bytes 12 to"), "{told}");
    assert_eq!(desk.run(&["index", "news"]).0, 0);
    let (code, out, _) = desk.run(&["verify", "citations.jsonl", "--root", "news", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&out).expect("a line");
    let from = citation["bytes"][0].as_u64().expect("a number") + 12;
    let length = citation["quotation"].as_str().map_or(0, str::len) as u64;
    let moved = json!({"where": "moved", "field": "body", "bytes": [from, from + length]});
    assert_eq!((code, &verdict["holds"]), (1, &json!(false)));
    assert_eq!(verdict["index"], json!({"same_file": false, "same_text": false, "quotation": moved}));
    assert_eq!(verdict["file"]["quotation"], moved);
    desk.write("news/2018/a.txt", "工作会议\n\n麦川区召开会议。五龙镇脱贫取得进展。");
    assert_eq!(desk.run(&["index", "news"]).0, 0);
    assert!(verified(&desk, &[]).1.contains("the quotation is gone"));
    std::fs::remove_file(desk.path("news/2018/a.txt")).expect("the file goes");
    let (code, told) = verified(&desk, &["--root", "news", "--lang", "zh"]);
    assert!(code == 1 && told.contains("文件不存在"), "{told}");
}

#[test]
fn a_change_elsewhere_leaves_the_quotation_where_it_was() {
    let (desk, _) = cited();
    desk.write("news/2018/a.txt", &format!("{TEXT}\n\n（完）"));
    assert_eq!(desk.run(&["index", "news"]).0, 0);
    let (code, told) = verified(&desk, &[]);
    assert_eq!(
        (code, told.as_str()),
        (1, "2018/a.txt: the text in the index has changed; the quotation is where it was\n")
    );
}

#[test]
fn lines_that_are_no_citations_are_told_and_the_rest_go_on() {
    let (desk, citation) = cited();
    desk.write("citations.jsonl", &format!("{citation}\n\n{{\"type\":\"hit\"}}\n{citation}\n"));
    let (code, out, err) = desk.run(&["verify", "citations.jsonl"]);
    assert_eq!((code, out.lines().count()), (2, 2));
    assert!(err.contains("line 3 is no citation"), "{err}");
    desk.write("none.jsonl", "\n");
    let (code, _, err) = desk.run(&["verify", "none.jsonl"]);
    assert!(code == 2 && err.contains("there is no citation"), "{err}");
    let mut strange = citation.clone();
    (strange["key"], strange["path"]) = (json!("00"), json!("../news/2018/a.txt"));
    (strange["bytes"], strange["file_hash"]) = (json!([7, 3]), Value::Null);
    desk.write("citations.jsonl", &strange.to_string());
    let (code, told) = verified(&desk, &["--root", "news"]);
    assert!(code == 1 && told.contains("not in the index") && told.contains("the file is not there"), "{told}");
}

#[test]
fn a_reference_follows_the_standard_and_what_cannot_be_cited_is_told() {
    let desk = Desk::new();
    let record = json!({"id": "1", "title": "造林工作會議", "text": "今年造林三千亩。", "date": "2018-03-05",
        "source": "麦川日报", "authors": ["张智明"], "url": "https://a.example/1"});
    desk.write("corpus/a.jsonl", &record.to_string());
    desk.write("corpus/b.jsonl", &json!({"id": "2", "title": "甲", "text": "乙"}).to_string());
    assert_eq!(desk.run(&["index"]).0, 0);
    let (code, out, _) = desk.run(&["cite", "1", "三千亩", "--accessed", "2026-01-02"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "张智明. 造林工作會議[N/OL]. 麦川日报, 2018-03-05[2026-01-02]. https://a.example/1.\n")
    );
    let of_title = desk.lines(&["cite", "1", "会议", "--style", "json"]).remove(0);
    assert_eq!((&of_title["field"], &of_title["quotation"]), (&json!("title"), &json!("造林工作會議")));
    let (code, _, err) = desk.run(&["cite", "1", "脱贫"]);
    assert!(code == 1 && err.contains("marks nothing"), "{err}");
    assert_eq!(desk.run(&["cite", "9", "脱贫"]).0, 1);
}
