//! Promise: every file of a corpus ends as documents or as a skip with its reason, in whatever charset, format and
//! compression it is. The sample articles are read without a skip and without a loss.
#![cfg(feature = "files")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use xunzhang::corpus::{Corpus, CorpusError, FieldError, ReadOptions, Skip, SkipReason};
use xunzhang::{Document, Loss};

const TITLE: &str = "关于春季造林的通知";
const BODY: &str = "各乡镇：今年计划造林三千亩，投入资金五百万元。";

fn read(paths: &[PathBuf], options: ReadOptions) -> (Vec<Document>, Vec<Skip>) {
    let corpus = Corpus::open(paths, options).expect("the paths are there");
    let (mut documents, mut skips) = (Vec::new(), Vec::new());
    for read in corpus.documents() {
        match read {
            Ok(document) => documents.push(document),
            Err(skip) => skips.push(skip),
        }
    }
    (documents, skips)
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn desk() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(path: PathBuf, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, bytes).expect("the folder takes a file");
}

// ---------------------------------------------------------------------------------------------------------------
// The sample articles

#[test]
fn the_sample_articles_are_read_without_a_skip_or_a_loss() {
    let corpus = Corpus::open(&[sample()], ReadOptions::default()).expect("the sample corpus");
    assert_eq!((corpus.files(), corpus.roots()), (61, vec!["corpus".to_string()]));
    let (documents, skips) = read(&[sample()], ReadOptions::default());
    assert_eq!(skips, []);
    let mut of_file: BTreeMap<&str, usize> = BTreeMap::new();
    for document in &documents {
        *of_file.entry(&document.origin.path).or_default() += 1;
        let place = document.label();
        assert_eq!(document.losses, [], "{place}");
        assert!(!document.body.is_empty() && !document.title.is_empty(), "{place}: {document:?}");
        assert!(!document.body.contains('\u{FFFD}') && !document.title.contains('\u{FFFD}'), "{place}");
    }
    assert_eq!(of_file.len(), 61);
    assert_eq!((of_file["feeds/lanmu-export.jsonl"], of_file["feeds/yunlong-daily.jsonl"]), (LANMU, DAILY));
    assert_eq!(documents.len(), 59 + LANMU + DAILY);
}

const LANMU: usize = 8;
const DAILY: usize = 8;

#[test]
fn a_table_of_names_is_in_the_body_of_its_page() {
    let (documents, _) = read(&[sample().join("web/2020/xianjin-mingdan.html")], ReadOptions::default());
    let [page] = &documents[..] else { panic!("one page: {documents:?}") };
    assert_eq!(page.title, "关于表彰全区脱贫攻坚先进个人的决定");
    for part in ["姓名\t单位", "阿依努尔・赛麦提\t双河镇农业综合服务中心", "岑　默", "蒲雪芹", "2020年10月12日"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("网站首页") && !page.body.contains("网站标识码") && !page.body.contains("_pv"));
    assert_eq!((page.origin.root.as_str(), page.origin.path.as_str()), ("2020", "xianjin-mingdan.html"));
}

// ---------------------------------------------------------------------------------------------------------------
// Charsets, formats and compression

#[test]
fn charsets_are_detected_also_in_short_texts_and_with_a_cut_tail() {
    let simplified = "关于春季造林工作的通知各乡镇人民政府";
    let traditional = "關於春季造林工作的通知各鄉鎮人民政府";
    let utf16 = |text: &str, encode: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(encode).collect::<Vec<u8>>();
    let encoded = |text: &str, encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
    let desk = desk();
    let files = [
        ("gbk", simplified, encoded(simplified, encoding_rs::GB18030)),
        ("gbk-traditional", traditional, encoded(traditional, encoding_rs::GB18030)),
        ("big5", traditional, encoded(traditional, encoding_rs::BIG5)),
        ("utf8", simplified, simplified.as_bytes().to_vec()),
        ("utf8-mark", simplified, format!("\u{FEFF}{simplified}").into_bytes()),
        ("utf16le", simplified, utf16(simplified, u16::to_le_bytes)),
        ("utf16be", simplified, utf16(simplified, u16::to_be_bytes)),
        ("utf16le-mark", simplified, utf16(&format!("\u{FEFF}{simplified}"), u16::to_le_bytes)),
        ("utf16be-mark", simplified, utf16(&format!("\u{FEFF}{simplified}"), u16::to_be_bytes)),
    ];
    for (name, _, bytes) in &files {
        write(desk.path().join(format!("whole/{name}.txt")), bytes);
        write(desk.path().join(format!("cut/{name}.txt")), &bytes[..bytes.len() - 1]);
    }
    let expected: BTreeMap<_, _> = files.iter().map(|(name, text, _)| (format!("{name}.txt"), *text)).collect();
    let (whole, skips) = read(&[desk.path().join("whole")], ReadOptions::default());
    assert_eq!((whole.len(), skips.as_slice()), (files.len(), [].as_slice()));
    for document in &whole {
        assert_eq!(document.body, expected[&document.origin.path], "{}", document.label());
        assert_eq!(document.losses, []);
    }
    let (cut, skips) = read(&[desk.path().join("cut")], ReadOptions::default());
    assert_eq!((cut.len(), skips.as_slice()), (files.len(), [].as_slice()));
    for document in &cut {
        let text = expected[&document.origin.path];
        let kept = &text[..text.len() - 3];
        assert_eq!(document.body, format!("{kept}\u{FFFD}"), "{}", document.label());
        assert!(matches!(document.losses[..], [Loss::Undecodable { count: 1, .. }]), "{:?}", document.losses);
    }
}

#[test]
fn a_compressed_twin_gives_the_same_document() {
    let desk = desk();
    let record = format!("{{\"title\":\"{TITLE}\",\"text\":\"{BODY}\"}}");
    let files = [
        ("a.txt", format!("{TITLE}\n\n{BODY}")),
        ("a.MD", format!("# {TITLE}\n\n{BODY}")),
        ("a.html", format!("<html><title>{TITLE}</title><body><h1>{TITLE}</h1><p>{BODY}</p></body></html>")),
        ("a.json", record.clone()),
        ("a.jsonl", record),
        ("a", format!("<!DOCTYPE html><title>{TITLE}</title><body><p>{BODY}</p></body>")),
    ];
    for (name, text) in &files {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text.as_bytes()).expect("memory takes bytes");
        write(desk.path().join(name), text);
        write(desk.path().join(format!("{name}.gz")), gzip.finish().expect("memory takes bytes"));
        write(desk.path().join(format!("{name}.zst")), zstd::encode_all(text.as_bytes(), 3).expect("memory"));
    }
    let (documents, skips) = read(&[desk.path().to_path_buf()], ReadOptions::default());
    assert_eq!((documents.len(), skips.as_slice()), (3 * files.len(), [].as_slice()));
    for document in documents {
        assert_eq!((document.title.as_str(), document.body.as_str()), (TITLE, BODY), "{}", document.label());
    }
}

#[test]
fn a_forced_charset_and_mapped_fields_are_used() {
    let desk = desk();
    let record = r#"{"Haupt":{"text":"甲"},"text":"乙","when":"20180305","欄目":"要聞"}"#;
    for (name, text) in [("a.txt", "今年"), ("b.json", record)] {
        write(desk.path().join(name), encoding_rs::BIG5.encode(text).0);
    }
    let mut options = ReadOptions::default();
    options.encoding = Some("big5".into());
    for mapping in ["body=haupt.text", " date = when "] {
        options.map_field(mapping).expect("a known field");
    }
    let (documents, _) = read(&[desk.path().to_path_buf()], options.clone());
    assert_eq!((documents[0].body.as_str(), documents[1].body.as_str()), ("今年", "甲"));
    assert_eq!(documents[1].date.map(|date| date.to_string()).as_deref(), Some("2018-03-05"));
    assert_eq!(documents[1].extra, [("text".into(), "乙".into()), ("欄目".into(), "要聞".into())]);
    assert!(matches!(options.map_field("body"), Err(FieldError::NoMapping { .. })));
    assert!(matches!(options.map_field("colour=x"), Err(FieldError::UnknownField { .. })));
    options.encoding = Some("klingon".into());
    let refused = Corpus::open(&[desk.path().to_path_buf()], options);
    assert!(matches!(refused, Err(CorpusError::UnknownEncoding { .. })));
}

// ---------------------------------------------------------------------------------------------------------------
// Roots, links and what is no file

#[test]
fn roots_of_one_name_are_told_apart_and_overlapping_paths_are_read_once() {
    let desk = desk();
    let at = |path: &str| desk.path().join(path);
    for path in ["a/articles/1.txt", "b/articles/1.txt", "b/articles/deep/2.txt"] {
        write(at(path), BODY);
    }
    let (documents, _) = read(&[at("a/articles"), at("b/articles")], ReadOptions::default());
    let place = |document: &Document| format!("{}:{}", document.origin.root, document.origin.path);
    let places: Vec<_> = documents.iter().map(place).collect();
    assert_eq!(places, ["a/articles:1.txt", "b/articles:1.txt", "b/articles:deep/2.txt"]);
    let twice = [at("b/articles/deep"), at("b/articles"), at("b/articles/1.txt"), at("b/articles/.")];
    let (documents, _) = read(&twice, ReadOptions::default());
    assert_eq!(documents.iter().map(place).collect::<Vec<_>>(), ["articles:1.txt", "articles:deep/2.txt"]);
    let (documents, _) = read(&[at("b/articles/deep/2.txt")], ReadOptions::default());
    assert_eq!(documents.iter().map(place).collect::<Vec<_>>(), ["deep:2.txt"]);
    let error = Corpus::open(&[at("nowhere")], ReadOptions::default()).expect_err("it is not there");
    assert!(error.to_string().contains("nowhere") && matches!(error, CorpusError::NotFound { .. }));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_strange_names() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let desk = desk();
    let at = |path: &str| desk.path().join("root").join(path);
    write(at("real/1.txt"), BODY);
    write(desk.path().join("outside/2.txt"), BODY);
    write(at("").join(std::ffi::OsStr::from_bytes(b"\xB1\xB1.txt")), BODY);
    symlink(at("real/1.txt"), at("alias.txt")).expect("a link");
    symlink(at(""), at("real/loop")).expect("a link");
    symlink(desk.path().join("outside"), at("outside")).expect("a link");
    symlink("nothing", at("broken.txt")).expect("a link");
    let _ = std::os::unix::net::UnixListener::bind(at("socket.txt")).expect("a socket");

    let (documents, skips) = read(&[at("")], ReadOptions::default());
    assert_eq!(documents.len(), 2);
    let strange = documents.iter().find(|document| document.origin.path_bytes.is_some()).expect("the strange name");
    assert_eq!(strange.origin.path, "\u{FFFD}\u{FFFD}.txt");
    let links = |skips: &[Skip]| skips.iter().filter(|skip| skip.reason == SkipReason::SymbolicLink).count();
    assert_eq!((links(&skips), skips.len()), (4, 5), "{skips:?}");
    assert!(skips.iter().any(|skip| skip.path == "socket.txt" && skip.reason == SkipReason::NotRegular));

    let mut options = ReadOptions::default();
    options.follow_links = true;
    let (documents, skips) = read(&[at("")], options);
    assert_eq!(documents.len(), 2, "the alias is the file that was read: {documents:?}");
    assert!(documents.iter().any(|document| document.origin.path == "real/1.txt"));
    assert_eq!((links(&skips), skips.len()), (3, 4), "{skips:?}");
}
