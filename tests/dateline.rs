//! Promise: what is read from datelines is right. Title, date, source, authors and editor of labelled articles
//! (`tests/cases/dateline.tsv`) are held against what reading gives: at least 95 of 100 values given are right, for each
//! field; how many of those labelled are found is printed. Articles of others are read from `../shared`.
#![cfg(feature = "files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use xunzhang::Document;
use xunzhang::corpus::{Corpus, ReadOptions};

const FIELDS: [&str; 5] = ["title", "date", "source", "authors", "editor"];
/// Share of the values given that must be right, in percent.
const LEAST: usize = 95;

/// A labelled article.
struct Case {
    place: String,
    is_aside: bool,
    /// In the order of [`FIELDS`]; empty where the article does not say.
    labels: [String; 5],
}

#[test]
fn what_is_given_is_right() {
    let cases = cases();
    let desk = tempfile::tempdir().expect("a temporary folder");
    let written: Vec<&Case> = cases.iter().filter(|case| write(desk.path(), &case.place).is_some()).collect();
    if written.len() < cases.len() {
        say(&format!("dateline: {} of {} articles are not here (../shared)", cases.len() - written.len(), cases.len()));
    }
    let documents = read(desk.path());
    for (name, is_aside) in [("all but those kept aside", Some(false)), ("kept aside", Some(true)), ("all", None)] {
        let some: Vec<&Case> =
            written.iter().copied().filter(|case| is_aside.is_none_or(|aside| case.is_aside == aside)).collect();
        let figures = measure(&some, &documents, is_aside == Some(false));
        say(&format!("dateline, {name}: {} articles", some.len()));
        for (field, figure) in FIELDS.iter().zip(&figures) {
            say(&format!("  {field:8} {figure}"));
        }
        for (field, figure) in FIELDS.iter().zip(&figures) {
            assert!(figure.right * 100 >= figure.given * LEAST, "{field}, {name}: {figure}");
        }
        assert!(some.is_empty() || figures[0].given > 0, "nothing was read");
    }
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn cases() -> Vec<Case> {
    let lines = include_str!("cases/dateline.tsv").lines().filter(|line| !line.starts_with('#'));
    let case = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().expect("seven cells");
        Case { place: next(), is_aside: next() == "aside", labels: std::array::from_fn(|_| next()) }
    };
    lines.map(case).collect()
}

/// Values given, those that are right, those labelled, and those found.
#[derive(Default)]
struct Figure {
    given: usize,
    right: usize,
    labelled: usize,
    found: usize,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (right, found) = (share(self.right, self.given), share(self.found, self.labelled));
        write!(f, "{}/{} given are right ({right:.1} %), ", self.right, self.given)?;
        write!(f, "{}/{} labelled are found ({found:.1} %)", self.found, self.labelled)
    }
}

fn measure(cases: &[&Case], documents: &BTreeMap<String, Document>, tells: bool) -> [Figure; 5] {
    let mut figures: [Figure; 5] = Default::default();
    for case in cases {
        let Some(document) = documents.get(&case.place) else {
            panic!("{} gave no document", case.place);
        };
        for ((field, label), (figure, value)) in
            FIELDS.iter().zip(&case.labels).zip(figures.iter_mut().zip(values(document)))
        {
            let is_right = !value.is_empty() && fits(label, &value);
            figure.given += usize::from(!value.is_empty());
            figure.right += usize::from(is_right);
            figure.labelled += usize::from(!label.is_empty());
            figure.found += usize::from(is_right);
            if tells && !is_right && !(value.is_empty() && label.is_empty()) {
                let rules = document.found.iter().filter(|(own, _)| own == field);
                let rules = rules.fold(String::new(), |mut text, (_, rule)| {
                    let _ = write!(text, " [{rule}]");
                    text
                });
                say(&format!("  {}: {field} is {value:?}, labelled {label:?}{rules}", case.place));
            }
        }
    }
    figures
}

/// What reading gave, as it is labelled.
fn values(document: &Document) -> [String; 5] {
    let inferred = |inferred| if inferred { "?" } else { "" };
    [
        document.shown_title().to_owned(),
        document.date.map(|date| format!("{date}{}", inferred(date.inferred))).unwrap_or_default(),
        document.source.clone().unwrap_or_default(),
        document.authors.join("、"),
        document.editor.clone().unwrap_or_default(),
    ]
}

/// Blanks do not count; a label that ends in dots may be cut shorter, but not to less than six characters.
fn fits(label: &str, value: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (label, value) = (plain(label), plain(value));
    let begins = |whole: &str| whole.starts_with(&value) || value.starts_with(whole);
    label == value || label.strip_suffix('…').is_some_and(begins) && value.chars().count() >= 6
}

fn read(folder: &Path) -> BTreeMap<String, Document> {
    let corpus = Corpus::open(&[folder.to_path_buf()], ReadOptions::default()).expect("a folder");
    let read = corpus.documents().map(|read| read.expect("each is an article"));
    read.map(|document| (document.origin.path.clone(), document)).collect()
}

/// Puts an article where its label says it is; `None` where it is not at hand.
fn write(desk: &Path, place: &str) -> Option<()> {
    let bytes = article(place)?;
    let path = desk.join(place);
    std::fs::create_dir_all(path.parent()?).ok()?;
    std::fs::write(path, bytes).ok()
}

fn article(place: &str) -> Option<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = here.join("../shared/data");
    let (set, name) = place.split_once('/')?;
    let id = place.rsplit('/').next()?.trim_end_matches(".txt");
    match set {
        "corpus" => std::fs::read(here.join(place)).ok(),
        "html" => std::fs::read(data.join(set).join(name)).ok(),
        "gov_policies" => record(&data.join(set), id).map(|record| record.1),
        "cctv" => record(&data.join(set), id).map(|(title, text)| [title.as_bytes(), b"\n", &text].concat()),
        "cctv-bare" => record(&data.join("cctv"), id).map(|record| record.1),
        _ => None,
    }
}

/// Title and text of a record of a collection, which is read once.
fn record(folder: &Path, id: &str) -> Option<(String, Vec<u8>)> {
    type Records = BTreeMap<String, (String, Vec<u8>)>;
    static READ: std::sync::Mutex<BTreeMap<PathBuf, Records>> = std::sync::Mutex::new(BTreeMap::new());
    let mut read = READ.lock().ok()?;
    let records = read.entry(folder.to_path_buf()).or_insert_with(|| records(folder).unwrap_or_default());
    records.get(id).cloned()
}

fn records(folder: &Path) -> Option<BTreeMap<String, (String, Vec<u8>)>> {
    let wanted: std::collections::BTreeSet<String> = cases()
        .iter()
        .filter_map(|case| case.place.rsplit('/').next().map(|id| id.trim_end_matches(".txt").to_owned()))
        .collect();
    let mut lines = String::new();
    let file = std::fs::File::open(folder.join("docs.jsonl.gz")).ok()?;
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut lines).ok()?;
    let of_line = |line: &str| {
        let id = line.split_once("\"id\": \"")?.1.split_once('"')?.0;
        let record: serde_json::Value = wanted.contains(id).then(|| serde_json::from_str(line).ok()).flatten()?;
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        Some((id.to_owned(), (text("title"), text("text").into_bytes())))
    };
    Some(lines.lines().filter_map(of_line).collect())
}
