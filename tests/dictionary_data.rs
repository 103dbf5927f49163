//! Words that folding changes would be lost to segmentation: 著名 is 着名 in a folded text, which jieba's dictionary
//! lacks or has with next to no frequency. They are generated from that dictionary; this test is the generator and
//! holds the stored file to what it promises. Where `XUNZHANG_JIEBA_DICT` names jieba's `dict.txt` (`src/data/dict.txt`
//! of the crate `jieba-rs`), the file is held against it too, and written anew by
//! `XUNZHANG_UPDATE=1 cargo test --test dictionary_data`.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use xunzhang::analysis::{fold, words_of};

const HEAD: &str = "\
# Words of jieba's dictionary in folded form, where folding changes them: word, frequency (the sum over its writings,
# the folded form's own included), tag (of the commonest). Generated; see README.md here.
";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis/data/dictionary.txt")
}

/// Word, frequency, tag.
fn columns(line: &str) -> (&str, usize, &str) {
    let mut columns = line.split(' ');
    let mut next = || columns.next().unwrap_or_else(|| panic!("three columns: {line}"));
    let (word, frequency, tag) = (next(), next(), next());
    (word, frequency.parse().unwrap_or_else(|_| panic!("a frequency: {line}")), tag)
}

fn generated(jieba: &str) -> String {
    let entries: Vec<_> = jieba.lines().map(columns).collect();
    let known: HashMap<&str, _> = entries.iter().map(|entry| (entry.0, *entry)).collect();
    // The sum, the highest of the frequencies added, and its tag.
    let mut folded: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
    for (word, frequency, tag) in entries.into_iter().filter(|(word, ..)| !word.is_ascii()) {
        let form = fold(word);
        if form == word || frequency == 0 {
            continue;
        }
        let own = known.get(form.as_str()).map_or((0, 0, ""), |(_, own, tag)| (*own, *own, *tag));
        let (sum, highest, commonest) = folded.entry(form).or_insert(own);
        *sum += frequency;
        if frequency > *highest {
            (*highest, *commonest) = (frequency, tag);
        }
    }
    let rows: String = folded.iter().map(|(word, (sum, _, tag))| format!("{word} {sum} {tag}\n")).collect();
    format!("{HEAD}{rows}")
}

fn stored() -> String {
    std::fs::read_to_string(path()).expect("the file is there").replace("\r\n", "\n")
}

#[test]
fn the_dictionary_is_what_jieba_and_the_fold_give() {
    let Some(source) = std::env::var_os("XUNZHANG_JIEBA_DICT") else { return };
    let wanted = generated(&std::fs::read_to_string(source).expect("XUNZHANG_JIEBA_DICT names jieba's dict.txt"));
    if std::env::var_os("XUNZHANG_UPDATE").is_some() {
        std::fs::write(path(), &wanted).expect("written");
    }
    assert!(stored() == wanted, "dictionary.txt is stale: run XUNZHANG_UPDATE=1 cargo test --test dictionary_data");
}

#[test]
fn every_word_is_folded_and_stands_once() {
    let stored = stored();
    let entries: Vec<_> = stored.lines().filter(|line| !line.starts_with('#')).map(columns).collect();
    assert!(entries.is_sorted_by(|before, next| before.0 < next.0), "sorted, and no word twice");
    for (word, frequency, tag) in entries {
        assert_eq!(fold(word), word, "{word} folds");
        assert!(frequency > 0 && !tag.is_empty() && !word.is_ascii(), "{word} {frequency} {tag}");
    }
}

#[test]
fn words_that_folding_changes_are_cut_whole() {
    for word in ["著名", "現象", "印象", "座谈会", "讲座", "覆盖", "沉默", "規劃", "行政区划", "计画", "显著", "瞭解"]
    {
        assert_eq!(words_of(&fold(word)), [fold(word)], "{word}");
    }
}
