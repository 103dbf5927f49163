//! Promise: `train` makes weights that recognise, the same from the same files, and names the line that it cannot read.
#![cfg(feature = "cli")]

#[path = "support/desk.rs"]
mod desk;

use desk::Desk;
use xunzhang::entity::Tagger;

const EXAMPLES: [&str; 4] = [
    r#"{"t":"我昨天到黑石镇走亲戚。","e":[[4,7,"LOC"]]}"#,
    r#"{"text":"我昨天到白水鎮走親戚。","entities":[[4,7,"LOC","620503"]],"id":"2"}"#,
    r#"{"text":"我昨天到青泥鎮(zhèn)走親戚。","entities":[[4,12,"LOC"],[0,1,"DATE"]]}"#,
    r#"{"text":"没有什么名字。"}"#,
];

#[test]
fn what_is_trained_recognises_and_comes_out_the_same_again() {
    let desk = Desk::new();
    desk.write("a.jsonl", &format!("{}\n\n{}\n", EXAMPLES[0], EXAMPLES[1]));
    desk.write("b.jsonl", &EXAMPLES[2..].join("\n"));
    for out in ["first.bin", "second.bin"] {
        let (code, out, err) =
            desk.run(&["train", "a.jsonl", "b.jsonl", "--out", out, "--epochs", "30", "--least-count", "1"]);
        assert!(code == 0 && out.is_empty() && err.contains("epoch 30 of 30"), "{err}");
    }
    let bytes = std::fs::read(desk.path("first.bin")).expect("weights");
    assert_eq!(bytes, std::fs::read(desk.path("second.bin")).expect("weights"));
    let tagger = Tagger::load(&bytes).expect("what the program writes loads");
    let text = "我昨天到白石鎮走親戚。";
    let found: Vec<&str> = tagger.mentions(text).into_iter().map(|mention| &text[mention.bytes]).collect();
    assert_eq!(found, ["白石鎮"]);
}

#[test]
fn what_cannot_be_learnt_from_is_told_and_writes_nothing() {
    let desk = Desk::new();
    desk.write("bad.jsonl", &format!("{}\n{}\n", EXAMPLES[0], r#"{"text":"五龙镇","entities":[[0,4,"LOC"]]}"#));
    desk.write("empty.jsonl", "\n");
    for (file, told) in [("bad.jsonl", "bad.jsonl:2"), ("empty.jsonl", "no example"), ("none.jsonl", "none.jsonl")] {
        let (code, _, err) = desk.run(&["train", file, "--out", "w.bin"]);
        assert!(code == 2 && err.contains(told), "{err}");
    }
    assert!(!desk.path("w.bin").exists());
    assert!(desk.run(&["train", "--help"]).1.contains("Examples:"));
}
