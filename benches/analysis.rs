//! Rates of the analysis in MB/s of UTF-8: fold, unigrams and words, beside tantivy-jieba's tokenizer in the same run.
//!
//! `cargo bench --bench analysis` reads the stories of `../shared/data/cctv`, or the articles of `corpus/` where they
//! are not there. Each rate is the best of five passes over at most 16 MB, one thread, dictionaries loaded before.

use std::hint::black_box;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use tantivy::tokenizer::{TokenStream, Tokenizer};
use xunzhang::analysis::{Dictionary, Folded, Segmenter, Unigrams};

/// Bytes of text that are read at most.
const MOST: usize = 16 << 20;
const PASSES: usize = 5;

fn main() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (name, texts) = match stories(&home.join("../shared/data/cctv/docs.jsonl.gz")) {
        Some(texts) => ("cctv", texts),
        None => ("corpus", articles(&home.join("corpus"))),
    };
    let bytes = texts.iter().map(String::len).sum();
    println!("{name}: {} texts, {:.1} MB", texts.len(), megabytes(bytes));
    let han: Vec<String> = texts.iter().map(|text| text.chars().filter(|c| *c >= '\u{3400}').collect()).collect();
    rate("fold, Han alone", &han, |text| drop(black_box(Folded::new(text))));
    rate("fold", &texts, |text| drop(black_box(Folded::new(text))));
    rate("fold and unigrams", &texts, |text| {
        black_box(Unigrams::new(&Folded::new(text)).count());
    });
    let folded: Vec<Folded> = texts.iter().map(|text| Folded::new(text)).collect();
    rate("unigrams", &folded, |folded| {
        black_box(Unigrams::new(folded).count());
    });
    let segmenter = Segmenter::new(Dictionary::default());
    segmenter.cut("改革开放", false, |_| ());
    rate("words", &folded, |folded| {
        segmenter.cut(&folded.text, false, |word| {
            black_box(word.len());
        })
    });
    let mut tokenizer = tantivy_jieba::JiebaTokenizer::new();
    rate("tantivy-jieba", &texts, |text| {
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            black_box(stream.token().text.len());
        }
    });
}

/// What a rate is taken over.
trait Length {
    fn bytes(&self) -> usize;
}

impl Length for String {
    fn bytes(&self) -> usize {
        self.len()
    }
}

impl Length for Folded {
    fn bytes(&self) -> usize {
        self.text.len()
    }
}

fn rate<T: Length>(what: &str, texts: &[T], mut work: impl FnMut(&T)) {
    let bytes: usize = texts.iter().map(Length::bytes).sum();
    let mut pass = || {
        let began = Instant::now();
        texts.iter().for_each(&mut work);
        began.elapsed().as_secs_f64()
    };
    let best = (0..PASSES).map(|_| pass()).fold(f64::INFINITY, f64::min);
    println!("{what:<20} {:>7.1} MB/s", megabytes(bytes) / best);
}

#[allow(clippy::cast_precision_loss, reason = "a rate has three digits")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The bodies of a gzipped file with a JSON object a line.
fn stories(path: &Path) -> Option<Vec<String>> {
    let file = std::fs::File::open(path).ok()?;
    let mut lines = Vec::new();
    flate2::read::GzDecoder::new(file).take(2 * MOST as u64).read_to_end(&mut lines).ok()?;
    let lines = String::from_utf8_lossy(&lines);
    let body = |line: &str| Some(serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str()?.to_owned());
    Some(capped(lines.lines().filter_map(body)))
}

/// The files of the sample corpus that are UTF-8.
fn articles(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => texts.extend(std::fs::read_to_string(path)),
            }
        }
    }
    capped(texts.into_iter())
}

fn capped(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut left = MOST;
    texts.take_while(|text| left.checked_sub(text.len()).map(|rest| left = rest).is_some()).collect()
}
