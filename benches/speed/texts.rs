//! The texts and queries that both sides get.

use std::io::Read;
use std::path::Path;

use serde_json::Value;
use xunzhang::Document;

/// Texts that are indexed where nobody asks for another number.
const MOST: usize = 60_000;
/// Queries of two terms.
const QUERIES: usize = 500;
/// The query of a fresh process.
pub const FRESH: &str = "脱贫攻坚";

/// A text as both sides get it.
pub struct Text {
    pub id: String,
    pub title: String,
    pub body: String,
}

impl Text {
    pub fn document(&self) -> Document {
        Document::new(self.id.as_str(), self.title.as_str(), self.body.as_str())
    }
}

/// The stories of `../shared`, else the sample corpus over and over with its sentences in a seeded order.
pub fn texts() -> Vec<Text> {
    at_most(MOST)
}

/// The same, of another number.
pub fn at_most(most: usize) -> Vec<Text> {
    let stories = super::root().join("../shared/data/cctv/docs.jsonl.gz");
    if stories.exists() { read_stories(&stories, most) } else { multiply(&sentences(), most.min(MOST) / 4) }
}

fn read_stories(path: &Path, most: usize) -> Vec<Text> {
    let file = std::fs::File::open(path).expect("the stories open");
    let mut lines = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut lines).expect("the stories are UTF-8");
    lines.lines().take(most).map(story).collect()
}

fn story(line: &str) -> Text {
    let record: Value = serde_json::from_str(line).expect("a record a line");
    let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
    Text { id: field("id"), title: field("title"), body: field("text") }
}

fn sentences() -> Vec<String> {
    let mut texts = Vec::new();
    collect(&super::root().join("corpus"), &mut texts);
    texts.sort();
    let sentences = texts.iter().flat_map(|text| text.split_inclusive('。'));
    sentences.map(|sentence| sentence.trim().to_owned()).filter(|sentence| sentence.chars().count() > 8).collect()
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the sample corpus").flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), texts);
        } else {
            texts.extend(std::fs::read_to_string(entry.path()).ok());
        }
    }
}

fn multiply(sentences: &[String], count: usize) -> Vec<Text> {
    let mut dice = Dice(20_261_125);
    let mut sentence = || sentences[dice.below(sentences.len())].as_str();
    let text = |number: usize| {
        let title = sentence().chars().take(20).collect();
        Text { id: number.to_string(), title, body: (0..12).map(|_| sentence()).collect() }
    };
    (0..count).map(text).collect()
}

/// So many articles: each as long as a text, of sentences drawn from all of them.
pub fn multiplied(texts: &[Text], articles: usize) -> Vec<Text> {
    let cut = |text: &'_ Text| text.body.split_inclusive('。').map(str::to_owned).collect::<Vec<_>>();
    let bodies: Vec<Vec<String>> = texts.iter().map(cut).collect();
    let sentences: Vec<&str> = bodies.iter().flatten().map(String::as_str).collect();
    let mut dice = Dice(20_261_125);
    let article = |number: usize| {
        let (like, body) = (&texts[number % texts.len()], &bodies[number % texts.len()]);
        let body = body.iter().map(|_| sentences[dice.below(sentences.len())]).collect();
        Text { id: number.to_string(), title: like.title.clone(), body }
    };
    (0..articles).map(article).collect()
}

/// Two terms of two to four characters out of one text each.
pub fn queries(texts: &[Text]) -> Vec<String> {
    let mut dice = Dice(7);
    let mut queries = Vec::with_capacity(QUERIES);
    while queries.len() < QUERIES {
        let body: Vec<char> = texts[dice.below(texts.len())].body.chars().collect();
        let mut term = || {
            let length = 2 + dice.below(3);
            let start = dice.below(body.len().saturating_sub(length).max(1));
            body[start..].iter().take(length).collect::<String>()
        };
        let (first, second) = (term(), term());
        let is_han = |term: &str| term.chars().count() > 1 && term.chars().all(|c| ('一'..='鿿').contains(&c));
        if is_han(&first) && is_han(&second) {
            queries.push(format!("{first} {second}"));
        }
    }
    queries
}

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}
