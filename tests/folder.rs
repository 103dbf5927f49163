//! Promise: a bad file never stops a run, and nothing is skipped silently. A folder of 10,000 files, of which 100 are
//! broken in ten ways, is indexed: the report names each broken file, and every other is found.
#![cfg(all(feature = "cli", unix))]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

const FILES: usize = 10_000;
/// One file in so many is broken.
const BROKEN: usize = 100;
/// Size of a gigantic file; it is sparse and takes no room.
const GIGANTIC: u64 = 8 << 30;

#[test]
fn a_folder_with_a_hundred_broken_files_loses_nothing_else() {
    let began = Instant::now();
    let desk = tempfile::tempdir().expect("a temporary folder");
    let articles = desk.path().join("articles");
    let sentences = sentences();
    let mut broken = BTreeMap::new();
    for number in 0..FILES {
        let folder = articles.join(format!("{:02}", number % 40));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let text = article(number, &sentences);
        if number % BROKEN == 7 {
            let (name, way) = write_broken(&folder, number, &text);
            broken.insert(name, way);
        } else {
            write_healthy(&folder, number, &text);
        }
    }
    let index = desk.path().join("index");
    let report = index_folder(&articles, &index);
    hold_report(&report, &broken);
    hold_answers(desk.path(), &index, &broken);
    let _ = writeln!(std::io::stderr(), "folder: {FILES} files in {:.1} s", began.elapsed().as_secs_f64());
}

// ---------------------------------------------------------------------------------------------------------------
// Files

/// Sentences of the sample corpus, or a few of our own where it is not there.
fn sentences() -> Vec<String> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(kind) if kind == "txt" => paths.push(path),
                _ => {}
            }
        }
    }
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let own = "市委召开会议部署春季造林工作。各乡镇负责人参加会议。今年计划造林三千亩，投入资金五百万元。";
    let all = texts.chain([own.to_string()]).collect::<String>();
    all.split_inclusive('。').map(|sentence| sentence.replace('\n', "")).filter(|s| s.chars().count() > 8).collect()
}

/// A few sentences with the file's own word among them.
fn article(number: usize, sentences: &[String]) -> String {
    let sentence = |n: usize| sentences[(number * 7 + n * 13) % sentences.len()].as_str();
    format!("关于第{number}号事项的报道\n\n{}{}记者获悉，{}。\n{}", sentence(1), sentence(2), word(number), sentence(3))
}

/// A word that no other file has.
fn word(number: usize) -> String {
    const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digits = format!("{number:04}");
    let stems: String = digits.chars().filter_map(|c| c.to_digit(10)).map(|digit| STEMS[digit as usize]).collect();
    format!("暗号{stems}完")
}

fn write_healthy(folder: &Path, number: usize, text: &str) {
    let (title, body) = text.split_once('\n').expect("a title");
    let record = json!({"title": title, "text": body}).to_string();
    let paragraphs: String = body.lines().fold(String::new(), |html, line| html + "<p>" + line + "</p>\n");
    let page = format!(
        "<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article><h1>{title}</h1>\n{paragraphs}</article></body></html>"
    );
    let (kind, bytes) = match number % 20 {
        0..=9 => ("txt", text.into()),
        10..=12 => ("txt", encoding_rs::GB18030.encode(text).0.into_owned()),
        13 | 14 => ("md", format!("# {text}").into_bytes()),
        15 | 16 => ("html", page.into_bytes()),
        17 => ("json", record.into_bytes()),
        18 => ("jsonl", (record + "\n").into_bytes()),
        _ => ("txt.gz", gzip(text)),
    };
    std::fs::write(folder.join(format!("{number}.{kind}")), bytes).expect("the folder takes a file");
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

/// Writes a file that is broken in one of ten ways; its name and the way.
fn write_broken(folder: &Path, number: usize, text: &str) -> (String, &'static str) {
    let way = number / BROKEN % 10;
    let kind = ["txt", "txt", "txt", "txt", "txt", "txt", "txt", "json", "txt.gz", "txt"][way];
    let name = format!("broken-{number}.{kind}");
    let path = folder.join(&name);
    let write = |bytes: &[u8]| std::fs::write(&path, bytes).expect("the folder takes a file");
    let way = match way {
        0 => (write(b""), "empty"),
        1 => (write(&noise(number)), "binary"),
        2 => (write(&[0; 4096]), "only NULs"),
        3 => (write(&text.as_bytes()[..text.len() - 1]), "UTF-8 cut inside a character"),
        4 => (write(&[text.as_bytes(), &encoding_rs::GBK.encode(text).0].concat()), "UTF-8 and GBK in one file"),
        5 => (write_unreadable(&path, text), "unreadable"),
        6 => (write_gigantic(&path), "gigantic"),
        7 => (write(format!("{{\"title\": \"{}\", \"text\": \"没有", word(number)).as_bytes()), "malformed JSON"),
        8 => (write(&gzip(text)[..60]), "gzip cut short"),
        _ => (symlink(folder, &path).expect("the folder takes a link"), "symbolic link"),
    };
    (name, way.1)
}

/// The head of a PNG and bytes without sense.
fn noise(seed: usize) -> Vec<u8> {
    let mut state = seed as u32 | 1;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().chain(bytes.take(3000)).collect()
}

/// A file that may not be read; for a user who may read everything, a pipe that nobody writes to.
fn write_unreadable(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the folder takes a file");
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o000)).expect("the file is ours");
    if std::fs::read(path).is_ok() {
        std::fs::remove_file(path).expect("the file is ours");
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success(), "mkfifo: {made}");
    }
}

fn write_gigantic(path: &Path) {
    let file = std::fs::File::create(path).expect("the folder takes a file");
    file.set_len(GIGANTIC).expect("the disk knows sparse files");
}

// ---------------------------------------------------------------------------------------------------------------
// Report and answers

fn index_folder(articles: &Path, index: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    let output =
        command.arg("index").arg(articles).arg("--index").arg(index).args(["--threads", "2", "--json"]).output();
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "index: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the report is one JSON object")
}

/// The report names every broken file and no other, and counts the rest.
fn hold_report(report: &Value, broken: &BTreeMap<String, &str>) {
    let names = |list: &str| -> BTreeSet<String> {
        let paths = report[list].as_array().into_iter().flatten().filter_map(|entry| entry["path"].as_str());
        paths.filter_map(|path| path.rsplit('/').next().map(str::to_owned)).collect()
    };
    let (skipped, lossy) = (names("skipped"), names("losses"));
    let unnamed: Vec<_> =
        broken.iter().filter(|(name, _)| !skipped.contains(*name) && !lossy.contains(*name)).collect();
    assert!(unnamed.is_empty(), "broken but not named: {unnamed:?}");
    let innocent: Vec<_> = skipped.union(&lossy).filter(|name| !broken.contains_key(*name)).collect();
    assert!(innocent.is_empty(), "named but not broken: {innocent:?}");
    let kept = lossy.difference(&skipped).count() as u64;
    let documents = (FILES - broken.len()) as u64 + kept;
    assert_eq!(report["documents"].as_u64(), Some(documents), "{kept} of them with losses");
    for entry in report["skipped"].as_array().into_iter().flatten() {
        let reason = entry["reason"]["kind"].as_str().is_some_and(|kind| !kind.is_empty());
        assert!(reason && entry["message"].as_str().is_some_and(|message| !message.is_empty()), "no reason: {entry}");
    }
}

/// The word of every healthy file finds that file alone.
fn hold_answers(desk: &Path, index: &Path, broken: &BTreeMap<String, &str>) {
    let is_broken = |number: &usize| number % BROKEN == 7;
    let asked: Vec<usize> = (0..FILES).filter(|number| !is_broken(number)).collect();
    let batch = asked.iter().fold(String::new(), |mut batch, &number| {
        let _ = writeln!(batch, "{number}\t{}", word(number));
        batch
    });
    let path = desk.join("queries.tsv");
    std::fs::write(&path, batch).expect("the folder takes a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("query").arg("--index").arg(index).arg("--batch").arg(path).args(["-F", "--format", "ids"]);
    let output = command.args(["--relax", "never", "--limit", "all"]).output().expect("the program runs");
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let mut found: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (query, id) in answers.lines().filter_map(|line| line.split_once('\t')) {
        found.entry(query.parse().expect("the number of a query")).or_default().push(id);
    }
    let is_own = |number: usize, id: &str| id.split('/').any(|part| part.starts_with(&format!("{number}.")));
    let wrong = |number: &&usize| !matches!(found.get(number).map(Vec::as_slice), Some([id]) if is_own(**number, id));
    let lost: Vec<_> = asked.iter().filter(wrong).take(10).map(|number| (number, found.get(number))).collect();
    assert!(lost.is_empty(), "not found, or not alone, beside {} broken files: {lost:?}", broken.len());
}
