//! Quality of the ranking on the sets of `../shared/data`, beside plain jieba BM25 over the body in the same run.
//!
//! `cargo bench --bench quality` prints the table and holds it against `tests/golden/quality.txt`;
//! `XUNZHANG_UPDATE=1 cargo bench --bench quality` writes the golden file. Names of sets as arguments take these sets
//! alone (`-- drcd cmrc`), and `-- baseline` leaves the program out; neither touches the golden file.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use jieba_rs::Jieba;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// A query set: its name, the prefix of its files, and whether the program may also be given the titles.
type Set = (&'static str, &'static str, bool);

/// Folders and their sets. The queries of `title` and `keywords` come from the headline: without titles only.
const COLLECTIONS: [(&str, &[Set]); 4] = [
    ("cctv", &[CCTV_TITLE, CCTV_KEYWORDS, ("cctv brief", "brief.", true), ("cctv tags", "tags.", true)]),
    ("rgb", &[("rgb", "", false)]),
    ("drcd", &[("drcd", "", true)]),
    ("cmrc", &[("cmrc", "", true)]),
];
const CCTV_TITLE: Set = ("cctv title", "title.", false);
const CCTV_KEYWORDS: Set = ("cctv keywords", "keywords.", false);
/// Queries of a set that are asked; of more, a sample by the hash of their ids.
const MOST_QUERIES: usize = 1500;
const GOLDEN: &str = "tests/golden/quality.txt";

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.exists() {
        return eprintln!("quality: skipped, ../shared/data is not there");
    }
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let baseline_only = arguments.iter().any(|argument| argument == "baseline");
    let wanted: Vec<&str> = arguments.iter().map(String::as_str).filter(|&name| name != "baseline").collect();
    let jieba = Jieba::new();
    let mut table = Table::default();
    for (name, sets) in COLLECTIONS {
        let is_wanted = |set: &str| wanted.is_empty() || wanted.iter().any(|&part| set.contains(part));
        let sets: Vec<_> = sets.iter().filter(|(set, ..)| is_wanted(set)).collect();
        if !sets.is_empty() {
            measure(&data.join(name), name, &sets, baseline_only, &jieba, &mut table);
        }
    }
    table.finish(arguments.is_empty());
}

fn measure(folder: &Path, name: &str, sets: &[&Set], baseline_only: bool, jieba: &Jieba, table: &mut Table) {
    let began = Instant::now();
    let collection = Collection::read(folder);
    table.collection(name, &collection);
    let work = tempfile::tempdir().expect("a temporary folder");
    let variants: Vec<bool> =
        [false, true].into_iter().filter(|titles| !titles || sets.iter().any(|set| set.2)).collect();
    let baseline = std::thread::scope(|threads| {
        let baseline = threads.spawn(|| Baseline::new(jieba, &collection));
        let indexed = variants.iter().filter(|_| !baseline_only);
        indexed.for_each(|&titles| build(work.path(), &collection, titles));
        baseline.join().expect("the baseline reads every document")
    });
    for (set, prefix, titled) in sets {
        let (queries, total) = read_queries(folder, prefix, &collection);
        let plain: Vec<Vec<usize>> = queries.iter().map(|query| baseline.best(jieba, &query.text, 100)).collect();
        table.row(set, "jieba BM25, body", &queries, total, figures(&queries, &plain), None);
        for &titles in variants.iter().filter(|&&titles| !baseline_only && (!titles || *titled)) {
            let found = ask(work.path(), &collection, &queries, titles);
            let label = if titles { "xunzhang, title and body" } else { "xunzhang, body" };
            table.row(set, label, &queries, total, figures(&queries, &found), Some(figures(&queries, &plain)));
        }
    }
    eprintln!("quality: {name} took {:.0} s", began.elapsed().as_secs_f64());
}

// ---------------------------------------------------------------------------------------------------------------
// Data

struct Record {
    id: String,
    title: String,
    text: String,
}

struct Collection {
    records: Vec<Record>,
    numbers: HashMap<String, usize>,
}

impl Collection {
    fn read(folder: &Path) -> Self {
        let file = std::fs::File::open(folder.join("docs.jsonl.gz")).expect("docs.jsonl.gz opens");
        let mut lines = String::new();
        flate2::read::GzDecoder::new(file).read_to_string(&mut lines).expect("docs.jsonl.gz is UTF-8");
        let records: Vec<Record> = lines.lines().map(record).collect();
        let numbers = records.iter().enumerate().map(|(n, record)| (record.id.clone(), n)).collect();
        Self { records, numbers }
    }
}

fn record(line: &str) -> Record {
    let record: Value = serde_json::from_str(line).expect("a record a line");
    let field = |name: &str| record[name].as_str().unwrap_or_default().to_string();
    Record { id: field("id"), title: field("title"), text: field("text") }
}

/// A query and the grades of the documents that answer it.
struct Query {
    text: String,
    grades: HashMap<usize, f64>,
}

/// The queries of a set that have a graded document, at most [`MOST_QUERIES`], and how many there are.
fn read_queries(folder: &Path, prefix: &str, collection: &Collection) -> (Vec<Query>, usize) {
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{prefix}{name}"))).expect(name);
    let mut grades: HashMap<String, HashMap<usize, f64>> = HashMap::new();
    for line in read("qrels.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let grade: f64 = fields[2].parse().expect("a grade");
        if let Some(&document) = collection.numbers.get(fields[1]).filter(|_| grade > 0.0) {
            grades.entry(fields[0].to_string()).or_default().insert(document, grade);
        }
    }
    let mut queries: Vec<(String, Query)> = Vec::new();
    for line in read("queries.jsonl").lines() {
        let query = record(line);
        if let Some(grades) = grades.remove(&query.id) {
            queries.push((query.id, Query { text: query.text, grades }));
        }
    }
    let total = queries.len();
    queries.sort_by_cached_key(|(id, _)| (seeded(id), id.clone()));
    (queries.into_iter().map(|(_, query)| query).take(MOST_QUERIES).collect(), total)
}

/// FNV-1a with its bits mixed once more, so that the sample is even and stays the same.
fn seeded(id: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325;
    let hash: u64 = id.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

// ---------------------------------------------------------------------------------------------------------------
// The baseline: jieba's default cut with its model for new words, BM25 with exact lengths, any word may match

const K1: f64 = 1.2;
const B: f64 = 0.75;

struct Baseline {
    /// Documents with the frequency of each word.
    postings: HashMap<String, Vec<(u32, u32)>>,
    lengths: Vec<f64>,
    average: f64,
}

impl Baseline {
    fn new(jieba: &Jieba, collection: &Collection) -> Self {
        let mut postings: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(collection.records.len());
        for (number, record) in (0u32..).zip(&collection.records) {
            let folded = fold(&record.text);
            let words = words(jieba, &folded);
            lengths.push(words.len() as f64);
            for word in words {
                match postings.get_mut(word) {
                    None => drop(postings.insert(word.to_string(), vec![(number, 1)])),
                    Some(list) => match list.last_mut() {
                        Some((last, frequency)) if *last == number => *frequency += 1,
                        _ => list.push((number, 1)),
                    },
                }
            }
        }
        let average = lengths.iter().sum::<f64>() / lengths.len() as f64;
        Self { postings, lengths, average }
    }

    /// The best documents by score, ties by number. A word that comes twice in the query counts twice.
    fn best(&self, jieba: &Jieba, query: &str, most: usize) -> Vec<usize> {
        let mut scores: HashMap<u32, f64> = HashMap::new();
        for word in words(jieba, &fold(query)) {
            let Some(list) = self.postings.get(word) else { continue };
            let (all, having) = (self.lengths.len() as f64, list.len() as f64);
            let weight = (1.0 + (all - having + 0.5) / (having + 0.5)).ln() * (K1 + 1.0);
            for &(document, frequency) in list {
                let frequency = f64::from(frequency);
                let length = self.lengths[document as usize] / self.average;
                let score = weight * frequency / (frequency + K1 * (1.0 - B + B * length));
                *scores.entry(document).or_default() += score;
            }
        }
        let mut ranked: Vec<(u32, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(most).map(|(document, _)| document as usize).collect()
    }
}

fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

fn words<'a>(jieba: &Jieba, text: &'a str) -> Vec<&'a str> {
    let cut = jieba.cut(text, true).into_iter().map(|token| token.word);
    cut.filter(|word| word.starts_with(char::is_alphanumeric)).collect()
}

// ---------------------------------------------------------------------------------------------------------------
// The program

fn index_path(work: &Path, titles: bool) -> PathBuf {
    work.join(if titles { "titled" } else { "untitled" })
}

fn build(work: &Path, collection: &Collection, titles: bool) {
    let records = collection.records.iter().map(|record| match titles {
        true => json!({"id": record.id, "title": record.title, "text": record.text}),
        false => json!({"id": record.id, "text": record.text}),
    });
    // Keys decide between equal scores, and the folder's name is in them.
    let folder = work.join("articles");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(if titles { "titled.jsonl" } else { "untitled.jsonl" });
    let lines = records.fold(String::new(), |lines, record| lines + &record.to_string() + "\n");
    std::fs::write(&path, lines).expect("the folder takes a file");
    // One thread, so that the segments are the same every time.
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("index").arg(&path).arg("--index").arg(index_path(work, titles)).args(["--threads", "1"]);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "index: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
}

fn ask(work: &Path, collection: &Collection, queries: &[Query], titles: bool) -> Vec<Vec<usize>> {
    let batch = queries.iter().enumerate().fold(String::new(), |mut batch, (n, query)| {
        let _ = writeln!(batch, "{n}\t{}", query.text.replace(['\t', '\n'], " "));
        batch
    });
    let path = work.join("queries.tsv");
    std::fs::write(&path, batch).expect("the folder takes a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("query").arg("--index").arg(index_path(work, titles)).arg("--batch").arg(&path);
    let output = command.args(["--format", "trec", "--limit", "100"]).output().expect("the program runs");
    assert!(output.status.success(), "query: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    let mut found = vec![Vec::new(); queries.len()];
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let query: usize = fields[0].parse().expect("the number of a query");
        let document = collection.numbers.get(&fields[2].replace("%20", " ").replace("%25", "%"));
        found[query].push(*document.unwrap_or_else(|| panic!("no such document: {line}")));
    }
    found
}

// ---------------------------------------------------------------------------------------------------------------
// Figures

/// nDCG@10, MRR@10, recall@10 and recall@100.
type Figures = [f64; 4];
const NAMES: [&str; 4] = ["nDCG@10", "MRR@10", "recall@10", "recall@100"];

/// Means over the queries; a gain is 2^grade - 1, halved and so on by the logarithm of the rank.
fn figures(queries: &[Query], found: &[Vec<usize>]) -> Figures {
    let each: Vec<Figures> = queries.iter().zip(found).map(|(query, found)| figures_of(query, found)).collect();
    std::array::from_fn(|at| each.iter().map(|figures| figures[at]).sum::<f64>() / each.len() as f64)
}

fn figures_of(query: &Query, found: &[usize]) -> Figures {
    let distinct: HashSet<&usize> = found.iter().collect();
    assert!(distinct.len() == found.len(), "a document twice in the answers to {}", query.text);
    let grades: Vec<f64> = found.iter().map(|document| query.grades.get(document).copied().unwrap_or(0.0)).collect();
    let mut ideal: Vec<f64> = query.grades.values().copied().collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let first = grades.iter().take(10).position(|&grade| grade > 0.0);
    let recall = |depth| grades.iter().take(depth).filter(|&&grade| grade > 0.0).count() as f64 / ideal.len() as f64;
    [gain(&grades) / gain(&ideal), first.map_or(0.0, |at| 1.0 / (at + 1) as f64), recall(10), recall(100)]
}

fn gain(grades: &[f64]) -> f64 {
    let discounted = grades.iter().zip(2..12).map(|(grade, place)| (grade.exp2() - 1.0) / f64::from(place).log2());
    discounted.fold(0.0, |sum, gain| sum + gain)
}

/// The golden text.
#[derive(Default)]
struct Table {
    collections: String,
    rows: String,
}

impl Table {
    fn collection(&mut self, name: &str, collection: &Collection) {
        let characters: usize = collection.records.iter().map(|record| record.text.chars().count()).sum();
        let documents = collection.records.len();
        let _ = writeln!(self.collections, "{name:<14} {documents:>6} documents, {characters:>8} characters");
    }

    fn row(
        &mut self,
        set: &str,
        label: &str,
        queries: &[Query],
        total: usize,
        figures: Figures,
        baseline: Option<Figures>,
    ) {
        let mut row = format!("{set:<14} {:>5} of {total:<5} {label:<24}", queries.len());
        for (at, figure) in figures.iter().enumerate() {
            let difference = baseline.map_or(String::new(), |baseline| format!("{:+.3}", figure - baseline[at]));
            let _ = write!(row, "   {figure:.3} {difference:<6}");
        }
        println!("{}", row.trim_end());
        let _ = writeln!(self.rows, "{}", row.trim_end());
    }

    /// Writes the golden file or tells where the table differs from it.
    fn finish(self, whole: bool) {
        let names = NAMES.map(|name| format!("   {name:<12}")).concat();
        let head = format!("{:<14} {:<14} {:<24}{names}", "set", "queries", "");
        let text = format!("{}\n{}\n{}", self.collections, head.trim_end(), self.rows);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
        if !whole {
            return println!("\n{text}");
        }
        if std::env::var_os("XUNZHANG_UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            return std::fs::write(&path, text).expect("the golden file is written");
        }
        println!("\n{text}");
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        let kept: HashSet<&str> = golden.lines().collect();
        let fresh: HashSet<&str> = text.lines().collect();
        golden.lines().filter(|line| !fresh.contains(line)).for_each(|line| println!("- {line}"));
        text.lines().filter(|line| !kept.contains(line)).for_each(|line| println!("+ {line}"));
        if golden != text {
            eprintln!("quality: differs from {GOLDEN}; XUNZHANG_UPDATE=1 writes it anew");
            std::process::exit(1);
        }
    }
}
