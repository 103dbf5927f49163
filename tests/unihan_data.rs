//! Characters that look alike, and the readings that are in use today, are derived from Unicode's Unihan; this test is
//! the generator. `XUNZHANG_UNIHAN` names a folder with `Unihan_DictionaryLikeData.txt`, `Unihan_IRGSources.txt` and
//! `Unihan_Readings.txt`, `XUNZHANG_JIEBA_DICT` jieba's `dict.txt`, whose commonest characters are compared; with both
//! the stored files are held against them, and written anew by `XUNZHANG_UPDATE=1 cargo test --test unihan_data`.
//!
//! Two characters are alike by their codes of Cangjie (edit distance over the longer one: one half), of the four corners
//! (equal corners: three tenths) and their strokes (one fifth), and a little more by a common phonetic.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;
use xunzhang::analysis::pinyin::readings;
use xunzhang::analysis::{fold, look_alikes};

const HEAD: &str = "\
# Common characters, each with those that look like it, the likest first. Generated; see README.md here.
";
/// Characters that are compared, how alike two must be, and how many are kept for each.
const COMMONEST: usize = 5_500;
const ALIKE: f64 = 0.6;
const MOST: usize = 12;
/// Strokes by which two may differ.
const STROKES: i32 = 3;

const READINGS: &str = "\
# Readings in use, without tones, of folded characters of which the pinyin crate has more. Generated; see README.md here.
";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis/data").join(name)
}

/// Character, property and value of each line of a file of Unihan.
fn unihan(folder: &Path, name: &str) -> Vec<(char, String, String)> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let columns = |line: &str| {
        let mut columns = line.splitn(3, '\t');
        let code = u32::from_str_radix(columns.next()?.strip_prefix("U+")?, 16).ok()?;
        Some((char::from_u32(code)?, columns.next()?.to_owned(), columns.next()?.to_owned()))
    };
    text.lines().filter_map(columns).collect()
}

/// What is known of a character's shape.
#[derive(Default)]
struct Shape {
    cangjie: Vec<Vec<u8>>,
    corners: Vec<Vec<u8>>,
    strokes: i32,
    phonetics: Vec<String>,
}

fn shapes(folder: &Path) -> HashMap<char, Shape> {
    let mut shapes: HashMap<char, Shape> = HashMap::new();
    for name in ["Unihan_DictionaryLikeData.txt", "Unihan_IRGSources.txt"] {
        for (character, property, value) in unihan(folder, name) {
            let shape = shapes.entry(character).or_default();
            let values = value.split(' ').map(str::to_owned);
            match property.as_str() {
                "kCangjie" => shape.cangjie = values.map(String::into_bytes).collect(),
                "kFourCornerCode" => shape.corners = values.map(String::into_bytes).collect(),
                "kTotalStrokes" => shape.strokes = value.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0),
                "kPhonetic" => {
                    shape.phonetics =
                        values.map(|group| group.trim_matches(|c: char| !c.is_ascii_digit()).to_owned()).collect()
                }
                _ => {}
            }
        }
    }
    shapes
}

/// The commonest characters that fold to themselves, by the frequencies of the words that have them.
fn commonest(jieba: &str) -> Vec<char> {
    let mut frequencies: HashMap<char, u64> = HashMap::new();
    for line in jieba.lines() {
        let mut columns = line.split(' ');
        let (word, frequency) =
            (columns.next().unwrap_or_default(), columns.next().and_then(|f| f.parse().ok()).unwrap_or(0));
        word.chars()
            .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
            .for_each(|c| *frequencies.entry(c).or_default() += frequency);
    }
    let mut characters: Vec<(char, u64)> =
        frequencies.into_iter().filter(|(c, _)| fold(&c.to_string()) == c.to_string()).collect();
    characters.sort_by_key(|&(c, frequency)| (std::cmp::Reverse(frequency), c));
    characters.into_iter().take(COMMONEST).map(|(c, _)| c).collect()
}

fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = (before + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()]
}

fn likeness(a: &Shape, b: &Shape) -> f64 {
    let best = |a: &[Vec<u8>], b: &[Vec<u8>], like: &dyn Fn(&[u8], &[u8]) -> f64| {
        a.iter()
            .flat_map(|x| b.iter().map(move |y| like(x, y)))
            .fold(None, |best: Option<f64>, like| Some(best.unwrap_or(0.0).max(like)))
    };
    let cangjie =
        best(&a.cangjie, &b.cangjie, &|x, y| 1.0 - edits(x, y) as f64 / x.len().max(y.len()) as f64).unwrap_or(0.0);
    let corners =
        best(&a.corners, &b.corners, &|x, y| x.iter().zip(y).take(4).filter(|(i, j)| i == j).count() as f64 / 4.0)
            .unwrap_or(cangjie);
    let strokes = 1.0 - f64::from((a.strokes - b.strokes).abs()) / f64::from(a.strokes.max(b.strokes).max(1));
    let phonetic = a.phonetics.iter().any(|group| b.phonetics.contains(group));
    0.5 * cangjie + 0.3 * corners + 0.2 * strokes + if phonetic { 0.1 } else { 0.0 }
}

fn generated(folder: &Path, jieba: &str) -> String {
    let shapes = shapes(folder);
    let characters: Vec<(char, &Shape)> =
        commonest(jieba).into_iter().filter_map(|c| Some((c, shapes.get(&c)?))).collect();
    let mut rows = String::from(HEAD);
    for &(a, shape) in &characters {
        let near = characters.iter().filter(|(b, other)| *b != a && (shape.strokes - other.strokes).abs() <= STROKES);
        let mut alike: Vec<(f64, char)> =
            near.map(|&(b, other)| (likeness(shape, other), b)).filter(|(like, _)| *like >= ALIKE).collect();
        alike.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        if !alike.is_empty() {
            rows.push(a);
            rows.extend(alike.iter().take(MOST).map(|(_, b)| b));
            rows.push('\n');
        }
    }
    rows
}

fn folded(character: char) -> char {
    fold(&character.to_string()).chars().next().expect("a character")
}

/// A reading without its tone, `ü` as `v`.
fn toneless(reading: &str) -> String {
    let decomposed = reading.nfd().collect::<String>().replace("u\u{308}", "v");
    decomposed.chars().filter(char::is_ascii_lowercase).collect()
}

/// The readings that the dictionary of the standard characters (kTGHZ2013) has for all forms of a folded character, where
/// the crate has more or others.
fn generated_readings(folder: &Path) -> String {
    let mut in_use: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for (character, property, value) in unihan(folder, "Unihan_Readings.txt") {
        if property == "kTGHZ2013" {
            let readings =
                value.split(' ').filter_map(|entry| entry.split_once(':')).flat_map(|(_, all)| all.split(','));
            let known = in_use.entry(folded(character)).or_default();
            readings.map(toneless).for_each(|reading| {
                if !known.contains(&reading) {
                    known.push(reading);
                }
            });
        }
    }
    let of_crate =
        |form: char| form.to_pinyin_multi().into_iter().flatten().map(|reading| toneless(reading.with_tone()));
    let mut of_all_forms: HashMap<char, Vec<String>> = HashMap::new();
    for form in '\u{4E00}'..='\u{9FFF}' {
        of_all_forms.entry(folded(form)).or_default().extend(of_crate(form));
    }
    let mut rows = String::from(READINGS);
    for (character, mut readings) in in_use.into_iter().filter(|(c, _)| ('\u{4E00}'..='\u{9FFF}').contains(c)) {
        let all: Vec<String> = of_crate(character).chain(of_all_forms.remove(&character).unwrap_or_default()).collect();
        // The crate's order is by how common they are.
        readings.sort_by_key(|reading| all.iter().position(|other| other == reading).unwrap_or(usize::MAX));
        if !all.iter().all(|reading| readings.contains(reading))
            || !readings.iter().all(|reading| all.contains(reading))
        {
            rows += &format!("{character} {}\n", readings.join(" "));
        }
    }
    rows
}

#[test]
fn look_alikes_and_readings_are_what_unicode_gives() {
    let (Some(unihan), Some(jieba)) = (std::env::var_os("XUNZHANG_UNIHAN"), std::env::var_os("XUNZHANG_JIEBA_DICT"))
    else {
        return;
    };
    let folder = Path::new(&unihan);
    let alike = generated(folder, &std::fs::read_to_string(jieba).expect("jieba's dict.txt"));
    for (name, wanted) in [("look_alikes.txt", alike), ("readings_in_use.txt", generated_readings(folder))] {
        if std::env::var_os("XUNZHANG_UPDATE").is_some() {
            std::fs::write(path(name), &wanted).expect("written");
        }
        let stored = std::fs::read_to_string(path(name)).expect("the file is there").replace("\r\n", "\n");
        assert!(stored == wanted, "{name} is stale: run XUNZHANG_UPDATE=1 cargo test --test unihan_data");
    }
}

#[test]
fn readings_out_of_use_lead_nowhere() {
    for (character, known) in [('野', "ye"), ('镇', "zhen"), ('但', "dan"), ('单', "dan chan shan"), ('万', "wan mo")]
    {
        let mut known: Vec<&str> = known.split(' ').collect();
        let mut found: Vec<&str> = readings(character).iter().map(String::as_str).collect();
        known.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, known, "{character}");
    }
}

#[test]
fn likeness_goes_both_ways_and_never_to_oneself() {
    let stored = std::fs::read_to_string(path("look_alikes.txt")).expect("the file is there");
    let rows: Vec<&str> = stored.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(rows.len() > 4_000, "{}", rows.len());
    for a in rows.iter().filter_map(|row| row.chars().next()) {
        for &b in look_alikes(a) {
            assert!(a != b && look_alikes(b).contains(&a), "{a} {b}");
            assert_eq!(fold(&b.to_string()), b.to_string(), "{b} folds");
        }
    }
}
