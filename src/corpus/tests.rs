//! What holds for whole folders: skips, losses, compression, counting, and what is read in which order.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::*;
use crate::document::{Document, Loss};

const TEXT: &str = "关于春季造林的通知\n\n各乡镇：今年计划造林三千亩，投入资金五百万元。";

fn read(folder: &Path, options: ReadOptions) -> (Vec<Document>, Vec<Skip>) {
    let corpus = Corpus::open(&[folder.to_path_buf()], options).expect("a folder");
    let (bytes, counter) = (corpus.bytes(), corpus.read_bytes());
    let (mut documents, mut skips) = (Vec::new(), Vec::new());
    for read in corpus.documents() {
        match read {
            Ok(document) => documents.push(document),
            Err(skip) => skips.push(skip),
        }
    }
    assert_eq!(counter.load(Ordering::Relaxed), bytes, "the bar reaches its end");
    (documents, skips)
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the folder takes a file");
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory takes bytes")
}

#[test]
fn every_kind_of_bad_file_has_its_reason() {
    let bomb = gzip(&vec![b'a'; 40 << 20]);
    let files: [(&str, &[u8], &str); 16] = [
        ("a.txt", b"", "empty"),
        ("b.txt", &[0; 4096], "binary"),
        ("c.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02", "binary"),
        ("d.txt", " \n\u{3000}\n".as_bytes(), "no_text"),
        ("e.json", "{\"title\": \"没有".as_bytes(), "malformed"),
        ("f.json", "[{\"text\":\"甲\"}".as_bytes(), "malformed"),
        ("g.txt.gz", &gzip(TEXT.as_bytes())[..30], "decompression"),
        ("h.txt.zst", &zstd(TEXT.as_bytes())[..30], "decompression"),
        ("i.txt.gz", TEXT.as_bytes(), "decompression"),
        ("j.txt.gz", &bomb, "too_compressed"),
        ("k.mobi", b"BOOKMOBI", "unknown_format"),
        ("l.tar.gz", &gzip(TEXT.as_bytes()), "decompression"),
        ("m.bin2", &[1; 400], "binary"),
        ("n.jsonl", b"\n\n", "no_text"),
        ("o.json", b"{\"id\": 1}", "no_text"),
        ("p.jsonl", b"", "empty"),
    ];
    let folder = folder(&files.map(|(name, bytes, _)| (name, bytes)));
    let (documents, skips) = read(folder.path(), ReadOptions::default());
    let kind = |skip: &Skip| {
        let json = serde_json::to_value(skip).expect("plain data");
        (skip.path.clone(), json["reason"]["kind"].as_str().expect("a kind").to_string())
    };
    let expected: Vec<_> = files.iter().map(|(name, _, kind)| (name.to_string(), kind.to_string())).collect();
    assert_eq!(skips.iter().map(kind).collect::<Vec<_>>(), expected);
    assert_eq!(documents.len(), 1, "the record before the end of the cut array");
    assert!(skips.iter().all(|skip| !skip.message.is_empty() && skip.to_string().contains(&skip.path)));
}

#[test]
fn a_large_file_is_not_read_and_a_large_line_costs_only_itself() {
    let lines = format!("{{\"text\":\"甲\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"乙\"}}", "长".repeat(100));
    let packed = gzip(TEXT.repeat(10).as_bytes());
    let folder = folder(&[("a.jsonl", lines.as_bytes()), ("b.txt.gz", &packed)]);
    let sparse = fs::File::create(folder.path().join("c.txt")).expect("the folder takes a file");
    sparse.set_len(8 << 30).expect("the disk knows sparse files");
    let (documents, skips) = read(folder.path(), ReadOptions { max_bytes: 200, ..ReadOptions::default() });
    assert_eq!(documents.iter().map(|document| document.origin.record).collect::<Vec<_>>(), [1, 3]);
    let reasons: Vec<_> = skips.iter().map(|skip| (skip.record, skip.reason.clone())).collect();
    let too_large = |record, bytes| (record, SkipReason::TooLarge { bytes, limit: 200 });
    assert_eq!(reasons, [too_large(Some(2), 312), too_large(None, TEXT.len() as u64 * 10), too_large(None, 8 << 30)]);
}

#[test]
fn a_bad_line_costs_only_itself() {
    let lines =
        "{\"id\":1,\"text\":\"甲\"}\n{\"text\":\n\n[1]\n{\"id\":1,\"title\":\"乙\"}\n{\"text\":\"\\ud83d丙\"}\n";
    let folder = folder(&[("a.jsonl", lines.as_bytes()), ("b.ndjson.zst", &zstd(lines.as_bytes()))]);
    let (documents, skips) = read(folder.path(), ReadOptions::default());
    for (documents, skips) in documents.chunks(3).zip(skips.chunks(2)) {
        let records: Vec<_> = documents.iter().map(|d| (d.origin.record, d.origin.repeated)).collect();
        assert_eq!(records, [(1, false), (4, true), (5, false)]);
        assert_eq!(documents[2].body, "\u{FFFD}丙");
        assert!(matches!(documents[2].losses[..], [Loss::Undecodable { count: 1, .. }]));
        assert!(matches!(skips[0].reason, SkipReason::Malformed { line: Some(2), .. }), "{:?}", skips[0]);
        assert_eq!((skips[1].record, &skips[1].reason), (Some(3), &SkipReason::NoText));
        assert!(documents.iter().all(|document| document.file_hash.is_none()));
    }
    assert_eq!((documents.len(), skips.len()), (6, 4));
}

#[test]
fn records_of_json_in_every_shape() {
    let files: [(&str, &[u8]); 5] = [
        ("a.json", " {\"title\": \"甲\"} ".as_bytes()),
        ("b.json", "\u{FEFF}[{\"text\": \"甲\"}, {\"text\": \"乙\"}]".as_bytes()),
        ("c.json", "{\"text\": \"甲\"}\n{\"text\": \"乙\"}".as_bytes()),
        ("d.json", b"[]"),
        (
            "e.jsonl",
            &"\u{FEFF}{\"text\":\"甲\"}\r\n{\"text\":\"乙\"}"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
        ),
    ];
    let folder = folder(&files);
    let (documents, skips) = read(folder.path(), ReadOptions::default());
    let records: Vec<_> = documents.iter().map(|d| (&d.origin.path[..1], d.origin.record)).collect();
    assert_eq!(records, [("a", 0), ("b", 1), ("b", 2), ("c", 1), ("c", 2), ("e", 1), ("e", 2)]);
    assert_eq!(skips.len(), 1, "an array of nothing: {skips:?}");
    assert!(documents.iter().all(|document| document.losses.is_empty()));
}

#[test]
fn documents_travel_between_threads_and_hidden_names_are_no_part() {
    fn is_send<T: Send>(_: &T) {}
    let folder = folder(&[(".DS_Store", b"\0"), (".git/a.txt", b"a"), ("README", TEXT.as_bytes())]);
    let corpus = Corpus::open(&[folder.path().to_path_buf()], ReadOptions::default()).expect("a folder");
    assert_eq!(corpus.files(), 1);
    let documents = corpus.documents();
    is_send(&documents);
    let titles: Vec<_> = documents.map(|read| read.expect("a text").title).collect();
    assert_eq!(titles, ["关于春季造林的通知"]);
}
