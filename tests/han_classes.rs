//! The classes of Han characters that fold alike are generated from raw tables; this test is the generator and holds
//! the generated file to them. `XUNZHANG_UPDATE=1 cargo test --test han_classes` writes the file anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis/data")
}

fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(data().join(name)).expect(name);
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(str::to_owned).collect()
}

/// Every character that a table joins with another, with the joins; a character stands for its NFKC form.
fn joins() -> Vec<(char, char)> {
    let normal = |c: char| std::iter::once(c).nfkc().next().expect("NFKC keeps a character");
    let mut joins = Vec::new();
    for table in ["TSCharacters", "STCharacters", "TWVariants", "HKVariants"] {
        for line in lines(&format!("opencc/{table}.txt")) {
            let (key, targets) = line.split_once('\t').expect("key, tab, targets");
            let key = key.chars().next().expect("a key");
            let targets = targets.split('\t').next().expect("targets");
            joins.extend(targets.split(' ').flat_map(str::chars).map(|target| (key, target)));
        }
    }
    for line in lines("radicals.txt").into_iter().chain(lines("additions.txt")) {
        let mut members = line.chars().filter(|c| !c.is_whitespace());
        let first = members.next().expect("a character");
        joins.extend(members.map(|member| (first, member)));
    }
    joins.into_iter().map(|(a, b)| (normal(a), normal(b))).chain(radical_joins()).collect()
}

/// Radicals keep their own form as members: NFKC leaves most of them alone.
fn radical_joins() -> Vec<(char, char)> {
    let pair = |line: &String| line.chars().next().zip(line.chars().nth(2));
    lines("radicals.txt").iter().filter_map(pair).collect()
}

fn classes() -> Vec<BTreeSet<char>> {
    let mut class_of: BTreeMap<char, usize> = BTreeMap::new();
    let mut classes: Vec<BTreeSet<char>> = Vec::new();
    for (a, b) in joins() {
        let mut class_index = |c: char| {
            *class_of.entry(c).or_insert_with(|| {
                classes.push(BTreeSet::from([c]));
                classes.len() - 1
            })
        };
        let (into, from) = (class_index(a), class_index(b));
        if into != from {
            let moved = std::mem::take(&mut classes[from]);
            moved.iter().for_each(|c| *class_of.get_mut(c).expect("known") = into);
            classes[into].extend(moved);
        }
    }
    classes.retain(|class| class.len() > 1);
    classes
}

/// The commonest simplified form: of the members that OpenCC's tables do not simplify to others, the one that our own
/// list names first, else the one with the highest frequency in jieba's dictionary.
fn representative(
    class: &BTreeSet<char>,
    traditional: &BTreeSet<char>,
    named: &BTreeSet<char>,
    jieba: &jieba_rs::Jieba,
) -> char {
    let frequency = |c: &char| if jieba.has_word(&c.to_string()) { jieba.suggest_freq(&c.to_string()) } else { 0 };
    let rank = |c: &char| (!traditional.contains(c), named.contains(c), frequency(c), std::cmp::Reverse(*c));
    *class.iter().filter(|&&c| std::iter::once(c).nfkc().eq([c])).max_by_key(|c| rank(c)).expect("a member")
}

fn generated() -> String {
    let mut traditional: BTreeSet<char> = BTreeSet::new();
    for line in lines("opencc/TSCharacters.txt") {
        let (key, targets) = line.split_once('\t').expect("key, tab, targets");
        traditional.extend(key.chars().next().filter(|&key| !targets.contains(key)));
    }
    let named: BTreeSet<char> = lines("additions.txt").iter().filter_map(|line| line.chars().next()).collect();
    let jieba = jieba_rs::Jieba::new();
    let mut rows: Vec<String> = classes()
        .iter()
        .map(|class| {
            let first = representative(class, &traditional, &named, &jieba);
            std::iter::once(first).chain(class.iter().copied().filter(|&c| c != first)).collect()
        })
        .collect();
    rows.sort();
    let head = "# Han characters that fold alike, one class a line, the form they fold to first. Generated; see README.md here.\n";
    format!("{head}{}\n", rows.join("\n"))
}

#[test]
fn the_class_file_is_what_the_raw_tables_give() {
    let path = data().join("han_classes.txt");
    let wanted = generated();
    if std::env::var_os("XUNZHANG_UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(stored == wanted, "han_classes.txt is stale: run XUNZHANG_UPDATE=1 cargo test --test han_classes");
}

#[test]
fn every_pair_of_the_tables_folds_alike() {
    for (a, b) in joins() {
        let (x, y) = (xunzhang::analysis::fold(&a.to_string()), xunzhang::analysis::fold(&b.to_string()));
        assert_eq!(x, y, "{a} and {b}");
        assert_eq!(xunzhang::analysis::fold(&x), x, "{a} folds to a form that folds again");
    }
}
