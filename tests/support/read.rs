//! Reading single files through a corpus, with the program as the helper.

use std::fs;
use std::path::Path;

use xunzhang::Document;
use xunzhang::corpus::{Corpus, Helper, ReadOptions, Skip};

/// Options with the program as the helper.
pub fn options() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.helper = Some(Helper::new(env!("CARGO_BIN_EXE_xunzhang"), ["convert"]));
    options
}

/// What a file of these bytes gives.
pub fn read_with(name: &str, bytes: &[u8], options: ReadOptions) -> Vec<Result<Document, Skip>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(name), bytes).expect("the folder takes a file");
    Corpus::open(&[folder.path().to_path_buf()], options).expect("a folder").documents().collect()
}

/// The same, with the usual options.
pub fn read(name: &str, bytes: &[u8]) -> Vec<Result<Document, Skip>> {
    read_with(name, bytes, options())
}

/// The one document of a file.
pub fn one(name: &str, bytes: &[u8]) -> Document {
    let mut read = read(name, bytes);
    assert_eq!(read.len(), 1, "{name}: {read:?}");
    read.remove(0).unwrap_or_else(|skip| panic!("{skip}"))
}

/// Kinds of what was read: `a document`, or that of the skip.
pub fn kind(read: &[Result<Document, Skip>]) -> String {
    let kind = |skip: &Skip| serde_json::to_value(&skip.reason).expect("plain data")["kind"].to_string();
    let kinds = read.iter().map(|read| read.as_ref().map_or_else(kind, |_| "a document".into()));
    kinds.collect::<Vec<_>>().join(" ").replace('"', "")
}

/// A file of the zoo.
pub fn zoo(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zoo").join(name)).expect("a file of the zoo")
}

/// Title and paragraphs of the article that the files of the zoo are made of.
pub fn article() -> (String, Vec<String>) {
    let text = String::from_utf8(zoo("article.txt")).expect("UTF-8");
    let mut parts = text.trim().split("\n\n").map(str::to_string);
    (parts.next().expect("a title"), parts.collect())
}
