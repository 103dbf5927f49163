//! Promise: a digest has what was indexed since the one before it, nothing twice and nothing left out, and one that was
//! not written whole counts as none.
#![cfg(feature = "cli")]

use serde_json::json;

#[path = "support/desk.rs"]
mod desk;

use desk::Desk;

const DIGEST: [&str; 6] = ["query", "--batch", "names.txt", "--since-last", "--format", "ids"];

fn index(desk: &Desk, name: &str, ids: &[&str]) {
    let text: Vec<String> = ids.iter().map(|id| json!({"id": id, "text": "张智明到五龙镇。"}).to_string()).collect();
    desk.write(&format!("corpus/{name}.jsonl"), &text.join("\n"));
    assert_eq!(desk.run(&["index", &format!("corpus/{name}.jsonl")]).0, 0);
}

fn digest(desk: &Desk) -> (i32, Vec<String>) {
    let (code, out, _) = desk.run(&DIGEST);
    let mut lines: Vec<String> = out.lines().map(|line| line.replace('\t', " ")).collect();
    lines.sort_unstable();
    (code, lines)
}

fn listed(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn each_article_is_in_one_digest_of_each_name() {
    let desk = Desk::new();
    index(&desk, "a", &["1", "2"]);
    desk.write("names.txt", "z\t张智明\nw\t五龙镇\n");
    assert_eq!(digest(&desk), (0, listed(&["w 1", "w 2", "z 1", "z 2"])), "the first has everything");
    assert_eq!(digest(&desk), (1, Vec::new()));
    index(&desk, "b", &["3"]);
    index(&desk, "c", &["4"]);
    assert_eq!(desk.run(&["upgrade"]).0, 0, "an upgrade makes nothing new");
    assert_eq!(digest(&desk), (0, listed(&["w 3", "w 4", "z 3", "z 4"])));
    desk.write("names.txt", "z\t张智明\nx\t到五龙\n");
    assert_eq!(
        digest(&desk),
        (0, listed(&["x 1", "x 2", "x 3", "x 4"])),
        "a new name has everything, a known one nothing"
    );
    desk.write("names.txt", "z\t张智明\nw\t五龙镇\nx\t到五龙\n");
    assert_eq!(digest(&desk), (0, listed(&["w 1", "w 2", "w 3", "w 4"])), "a name that was left out is new again");
}

#[test]
fn more_hits_than_a_page_are_all_there() {
    let desk = Desk::new();
    let ids: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    index(&desk, "a", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    desk.write("names.txt", "张智明\n");
    assert_eq!(digest(&desk).1.len(), 40);
    let (code, _, err) = desk.run(&["query", "--batch", "names.txt", "--since-last", "--limit", "5"]);
    assert!(code == 2 && err.contains("--limit"), "a part of a digest would lose the rest: {err}");
}

#[test]
fn other_ways_to_ask_are_remembered_apart() {
    let desk = Desk::new();
    index(&desk, "a", &["1"]);
    desk.write("names.txt", "张智明\n");
    assert_eq!(digest(&desk).1, ["1 1"]);
    desk.write("other.txt", "张智明\n");
    let (_, out, err) = desk.run(&["query", "--batch", "other.txt", "--since-last", "--format", "ids"]);
    assert!(out == "1\t1\n" && err.contains("the first digest"), "another file: {err}");
    let (_, out, _) = desk.run(&["query", "--batch", "names.txt", "--since-last", "--format", "ids", "-F"]);
    assert_eq!(out, "1\t1\n", "another reading");
    let (_, _, err) = desk.run(&["query", "--batch", "names.txt", "--since-last"]);
    assert!(err.contains("张智明: nothing new"), "{err}");
    for arguments in [&["query", "--batch", "-", "--since-last"][..], &["query", "张智明", "--since-last"]] {
        let (code, _, err) = desk.run(arguments);
        assert!(code == 2 && err.contains("--batch"), "{err}");
    }
}

#[test]
fn a_faulty_name_keeps_its_place_and_a_broken_memory_says_what_to_do() {
    let desk = Desk::new();
    index(&desk, "a", &["1"]);
    desk.write("names.txt", "张智明\n？？\n");
    let (code, lines) = digest(&desk);
    assert_eq!((code, lines), (0, listed(&["1 1"])));
    assert_eq!(digest(&desk), (2, Vec::new()), "nothing new, and a line that is faulty still");
    let memory = std::fs::read_dir(desk.path("state")).expect("a folder").flatten().next().expect("a file");
    std::fs::write(memory.path(), "{").expect("a file");
    let (code, out, err) = desk.run(&DIGEST);
    assert!(code == 2 && out.is_empty() && err.contains("delete it"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_digest_that_could_not_be_written_comes_again() {
    let desk = Desk::new();
    index(&desk, "a", &["1"]);
    desk.write("names.txt", "张智明\n");
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a device that is full");
    let status = desk.program(&DIGEST).stdout(full).status().expect("the program runs");
    assert_eq!(status.code(), Some(2));
    assert_eq!(digest(&desk), (0, listed(&["1 1"])));
    assert_eq!(digest(&desk), (1, Vec::new()));
}
