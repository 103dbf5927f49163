//! Promise: dirt is told or passed over, never mended in what is stored. Text in a wrong charset is told, good text never;
//! blanks that a scanner put between characters change neither words nor what is found; charsets can be named by path.
#![cfg(feature = "files")]

use std::io::Write as _;
use std::path::Path;

use encoding_rs::{BIG5, GBK, UTF_8};
use xunzhang::corpus::{Corpus, ReadOptions};
use xunzhang::{Document, Engine, Loss, SearchRequest};

const TEXT: &str = "市委召开会议，部署春季造林和脱贫攻坚工作。会议要求，各乡镇按照计划，认真组织，完成全年任务。";

fn read(files: &[(&str, Vec<u8>)], options: ReadOptions) -> Vec<Document> {
    let desk = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the folder takes a file");
    }
    let corpus = Corpus::open(&[desk.path().to_path_buf()], options).expect("a folder");
    corpus.documents().map(|read| read.expect("a text")).collect()
}

#[test]
fn text_in_a_wrong_charset_is_told_and_stays() {
    let misread = GBK.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
    let record = serde_json::json!({"title": "通知", "text": misread}).to_string();
    let files = [
        ("a.txt", misread.clone().into_bytes()),
        ("b.jsonl", record.into_bytes()),
        ("c.html", format!("<html><body><h1>通知</h1><p>{misread}</p></body></html>").into_bytes()),
        ("d.txt", TEXT.as_bytes().to_vec()),
    ];
    let documents = read(&files, ReadOptions::default());
    let told = Loss::Mojibake { written: UTF_8.name().into(), read_as: GBK.name().into() };
    for document in &documents[..3] {
        assert_eq!(document.losses, std::slice::from_ref(&told), "{}", document.origin.path);
        assert!(document.body.contains(&misread[..30]), "the text stands as it is");
        assert!(document.losses[0].to_string().contains("--encoding 'PATH=utf-8'"));
    }
    assert_eq!(documents[3].losses, []);
}

#[test]
fn a_charset_is_named_for_the_files_that_fit_a_pattern() {
    let traditional = "市委召開會議，部署春季造林工作。";
    // Two characters are too little to tell.
    let files = [
        ("旧稿/a.txt", BIG5.encode(traditional).0.into_owned()),
        ("旧稿/深/b.txt", BIG5.encode("中文").0.into_owned()),
        ("新稿/c.txt", GBK.encode("中文").0.into_owned()),
    ];
    let mut options = ReadOptions::default();
    options.set_encoding("gbk");
    options.set_encoding("旧稿/**=big5");
    let bodies: Vec<String> = read(&files, options.clone()).into_iter().map(|document| document.body).collect();
    assert_eq!(bodies, ["中文", traditional, "中文"]);
    options.set_encoding("旧稿/深/*=utf-8");
    assert!(read(&files, options.clone())[2].body.contains('\u{FFFD}'), "the last that fits holds");
    options.set_encoding("*.txt=klingon");
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(Corpus::open(&[folder.path().to_path_buf()], options).is_err());
}

#[test]
fn blanks_of_a_scanner_change_neither_words_nor_what_is_found() {
    let spaced: String = TEXT.chars().flat_map(|c| [c, ' ']).collect();
    let engine = Engine::in_memory().expect("an index");
    let other = "各地抓紧抢收小麦。";
    engine
        .ingest([
            Document::new("plain", "", TEXT),
            Document::new("spaced", "", spaced.as_str()),
            Document::new("x", "", other),
        ])
        .expect("documents");
    assert_eq!(engine.analyze(&spaced).words, engine.analyze(TEXT).words);
    let answer = engine.search(&SearchRequest::new("脱贫攻坚")).expect("an answer");
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(answer.summary.total.value, 2, "{ids:?}");
    let snippet = &answer.hits.iter().find(|hit| hit.id == "spaced").expect("a hit").snippets[0];
    let mark = snippet.marks.first().expect("a mark").bytes.clone();
    assert_eq!(snippet.text[mark].trim(), "脱 贫 攻 坚");
}

/// No story, law or passage of the real collections is told to be in a wrong charset.
#[test]
fn good_text_is_never_told_to_be_bad() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut all = 0;
    for set in ["cctv", "laws", "laws_traditional", "drcd", "gov_reports", "gov_policies", "rgb"] {
        let path = data.join(set).join("docs.jsonl.gz");
        if !path.is_file() {
            let _ = writeln!(std::io::stderr(), "dirt: {} is not here", path.display());
            continue;
        }
        let corpus = Corpus::open(&[path], ReadOptions::default()).expect("a file");
        for document in corpus.documents().map(|read| read.expect("a record")) {
            all += 1;
            let is_told = document.losses.iter().any(|loss| matches!(loss, Loss::Mojibake { .. }));
            assert!(!is_told, "{set} {}: {:?} {}", document.label(), document.losses, document.body);
        }
    }
    let _ = writeln!(std::io::stderr(), "dirt: no false alarm in {all} documents");
    // Without them our own articles are held.
    let sample = Corpus::open(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")], ReadOptions::default());
    let lossy =
        sample.expect("the samples").documents().filter(|read| read.as_ref().is_ok_and(|d| !d.losses.is_empty()));
    assert_eq!(lossy.count(), 0);
}
