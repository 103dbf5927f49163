//! Recognition of people, places and organisations: how right, and how fast.
//!
//! `cargo bench --bench entities` scores the tagger on the sets of `../shared/data/ner` (exact span and kind, micro
//! average), holds the table against `tests/golden/entities.txt`, and tells the rate beside jieba's segmentation of the
//! same text on the same thread. `XUNZHANG_UPDATE=1 cargo bench --bench entities` writes the golden file;
//! `-- score` and `-- speed` do one of the two; `-- errors SET` lists what a set has otherwise; `-- weights FILE` takes
//! other weights than the library's, and then touches no golden file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use xunzhang::analysis::{Dictionary, Folded, Segmenter};
use xunzhang::document::EntityKind;
use xunzhang::entity::{Article, Recogniser, Tagger};

/// The sets: none of them is trained on.
const SETS: [&str; 8] = [
    "msra_sample",
    "aishell.test",
    "uner_gsd.test",
    "uner_gsdsimp.test",
    "gov_s",
    "gov_t",
    "gov_articles",
    "gov_articles_other_script",
];
/// The kinds that are scored, by their names in the sets.
const KINDS: [(&str, EntityKind); 3] =
    [("PER", EntityKind::Person), ("LOC", EntityKind::Place), ("ORG", EntityKind::Organisation)];
const GOLDEN: &str = "tests/golden/entities.txt";
/// Bytes of text that the rate is taken over, and how often.
const MOST: usize = 8 << 20;
const PASSES: usize = 5;

fn main() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let after = |name: &str| arguments.iter().position(|argument| argument == name).map(|at| arguments.get(at + 1));
    let weights = after("weights").map(|path| path.expect("weights FILE"));
    let began = Instant::now();
    let tagger = match weights {
        Some(path) => Tagger::load(&std::fs::read(path).expect("the weights are there")).expect("they are weights"),
        None => Tagger::embedded(),
    };
    let first = began.elapsed();
    println!("lists and weights are loaded in {:.0} ms", first.as_secs_f64() * 1e3);
    let data = home.join("../shared/data");
    if !data.exists() {
        return eprintln!("entities: skipped, ../shared/data is not there");
    }
    if let Some(set) = after("errors") {
        return errors(&tagger, &read(&data.join("ner"), set.expect("errors SET")));
    }
    let only = |name: &str| arguments.iter().any(|argument| argument == name);
    if !only("score") {
        speed(&tagger, &data);
    }
    if !only("speed") {
        score(&tagger, &data.join("ner"), weights.is_none(), &home.join(GOLDEN));
    }
}

// ---------------------------------------------------------------------------------------------------------------
// How right

/// Start, end (bytes) and kind (place in [`KINDS`]).
type Spans = BTreeSet<(usize, usize, usize)>;

struct Labelled {
    text: String,
    spans: Spans,
}

/// The examples of a set: a JSON object a line, ranges in characters.
fn read(folder: &Path, set: &str) -> Vec<Labelled> {
    let path: PathBuf = folder.join(format!("{set}.jsonl"));
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    lines.lines().map(labelled).collect()
}

fn labelled(line: &str) -> Labelled {
    let line: Value = serde_json::from_str(line).expect("an example a line");
    let either = |long: &str, short: &str| line.get(long).or_else(|| line.get(short)).cloned().unwrap_or_default();
    let text = either("text", "t").as_str().expect("a text").to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let span = |entity: &Value| {
        let at = |n: usize| bytes[entity[n].as_u64().expect("a number") as usize];
        let kind = KINDS.iter().position(|(name, _)| entity[2] == *name)?;
        Some((at(0), at(1), kind))
    };
    let entities = either("entities", "e");
    let spans = entities.as_array().expect("entities").iter().filter_map(span).collect();
    Labelled { text, spans }
}

fn found(tagger: &Tagger, text: &str) -> Spans {
    let kind = |kind| KINDS.iter().position(|(_, known)| *known == kind).expect("a kind that is scored");
    tagger
        .mentions(text)
        .into_iter()
        .map(|mention| (mention.bytes.start, mention.bytes.end, kind(mention.kind)))
        .collect()
}

/// What was found, what is right, and how much is both.
#[derive(Clone, Copy, Default)]
struct Counts([usize; 3]);

impl Counts {
    fn add(&mut self, found: usize, right: usize, both: usize) {
        self.0.iter_mut().zip([found, right, both]).for_each(|(sum, count)| *sum += count);
    }

    /// Precision, recall and their harmonic mean, in percent.
    fn figures(self) -> [f64; 3] {
        let [found, right, both] = self.0.map(|count| count as f64);
        [both / found.max(1.0), both / right.max(1.0), 2.0 * both / (found + right).max(1.0)].map(|part| part * 100.0)
    }
}

fn score(tagger: &Tagger, folder: &Path, whole: bool, golden: &Path) {
    let names = KINDS.map(|(name, _)| name).into_iter().chain(["all"]);
    let head: String = names.map(|name| format!("  {name:<16}")).collect();
    let mut table = format!("{:<27}{}\n", "precision recall F1", head.trim_end());
    for set in SETS {
        let mut counts = [Counts::default(); 4];
        for Labelled { text, spans: right } in read(folder, set) {
            let found = found(tagger, &text);
            for (kind, counts) in counts.iter_mut().enumerate() {
                let of_kind = |span: &&(usize, usize, usize)| kind == KINDS.len() || span.2 == kind;
                let both = found.intersection(&right).filter(of_kind).count();
                counts.add(found.iter().filter(of_kind).count(), right.iter().filter(of_kind).count(), both);
            }
        }
        let row: String = counts.iter().map(|counts| figures(counts.figures())).collect();
        let _ = writeln!(table, "{set:<27}{}", row.trim_end());
    }
    print!("{table}");
    if whole {
        hold(&table, golden);
    }
}

fn figures([precision, recall, mean]: [f64; 3]) -> String {
    format!("  {precision:>4.1} {recall:>4.1} {mean:>4.1}  ")
}

/// Writes the golden file, or tells where the table differs from it.
fn hold(table: &str, path: &Path) {
    if std::env::var_os("XUNZHANG_UPDATE").is_some() {
        return std::fs::write(path, table).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    if golden != table {
        golden.lines().filter(|line| !table.contains(line)).for_each(|line| println!("- {line}"));
        eprintln!("entities: differs from {GOLDEN}; XUNZHANG_UPDATE=1 writes it anew");
        std::process::exit(1);
    }
}

fn errors(tagger: &Tagger, set: &[Labelled]) {
    for Labelled { text, spans: right } in set {
        let found = found(tagger, text);
        for &(start, end, kind) in found.symmetric_difference(right) {
            let what = if found.contains(&(start, end, kind)) { "wrong" } else { "missed" };
            let around = |text: &str| text.replace('\n', "¶");
            let before: String =
                text[..start].chars().rev().take(10).collect::<Vec<char>>().into_iter().rev().collect();
            let behind: String = text[end..].chars().take(10).collect();
            println!("{what}\t{}\t{}[{}]{}", KINDS[kind].0, around(&before), &text[start..end], around(&behind));
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------
// How fast

fn speed(tagger: &Tagger, data: &Path) {
    let Some(texts) = stories(&data.join("cctv/docs.jsonl.gz")) else {
        return eprintln!("entities: no rate, for ../shared/data/cctv is not there");
    };
    let folded: Vec<String> = texts.iter().map(|text| Folded::new(text).text).collect();
    let segmenter = Segmenter::new(Dictionary::default());
    segmenter.cut("改革开放", false, |_| ());
    let recogniser = Recogniser::new();
    let mut rates = [0.0f64; 3];
    for _ in 0..PASSES {
        // One after the other in each pass, so that what else the machine does falls on both.
        let tagged = rate(&folded, |text| drop(black_box(tagger.mentions(text))));
        let cut = rate(&folded, |text| {
            segmenter.cut(text, false, |word| {
                black_box(word.len());
            })
        });
        let whole = rate(&texts, |body| {
            black_box(recogniser.recognise(&Article { body, ..Article::default() }));
        });
        rates = [rates[0].max(tagged), rates[1].max(cut), rates[2].max(whole)];
    }
    let [tagged, cut, whole] = rates;
    println!("tagger {tagged:.1} MB/s, jieba's segmentation {cut:.1} MB/s, ratio {:.2}", tagged / cut);
    println!("all of recognition {whole:.1} MB/s, ratio {:.2}", whole / cut);
}

/// Megabytes of UTF-8 a second.
fn rate(texts: &[String], work: impl Fn(&str)) -> f64 {
    let began = Instant::now();
    texts.iter().for_each(|text| work(text));
    texts.iter().map(String::len).sum::<usize>() as f64 / began.elapsed().as_secs_f64() / 1e6
}

/// The bodies of a gzipped file with a JSON object a line, as many as make [`MOST`] bytes.
fn stories(path: &Path) -> Option<Vec<String>> {
    let file = std::fs::File::open(path).ok()?;
    let mut lines = Vec::new();
    flate2::read::GzDecoder::new(file).take(2 * MOST as u64).read_to_end(&mut lines).ok()?;
    let lines = String::from_utf8_lossy(&lines);
    let body = |line: &str| Some(serde_json::from_str::<Value>(line).ok()?["text"].as_str()?.to_owned());
    let mut left = MOST;
    let fits = |text: &String| left.checked_sub(text.len()).map(|rest| left = rest).is_some();
    Some(lines.lines().filter_map(body).take_while(fits).collect())
}
