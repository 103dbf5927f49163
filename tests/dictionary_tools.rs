//! Promise: a change of the dictionary cuts again what it cuts otherwise and nothing else, ends where an index made
//! afresh would be, and never changes what is found. A dry run tells it and changes nothing.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use xunzhang::index::Backend;
use xunzhang::index::local::LocalIndex;
use xunzhang::{Document, Engine, EngineOptions, Ingest, Limit, Relax, SearchRequest};

const TEXTS: [(&str, &str); 6] = [
    ("a", "麦川区落实一户一策，帮扶到人。"),
    ("b", "一戶一策，精準幫扶。"),
    ("c", "一户人家，一策不成。"),
    ("d", "驻村干部说，一户一策要讲清楚。"),
    ("e", "今年造林三千亩。"),
    ("f", "青石桥下的水涨了，青石桥村的人搬了家。"),
];
const WORDS: &str = "一户一策\n青石桥村 1000 ns\n";

fn open(folder: &Path, dictionary: Option<&str>) -> Engine {
    let mut options = EngineOptions::default();
    (options.create, options.threads) = (true, 2);
    options.dictionary = dictionary.map(str::to_owned);
    Engine::open_with(folder, &options).expect("an index")
}

fn filled(folder: &Path, dictionary: Option<&str>) -> Engine {
    let engine = open(folder, dictionary);
    let of_one_file = |(id, text): (&str, &str)| {
        let mut document = Document::new(id, "", text);
        document.origin.path = "articles.jsonl".into();
        document
    };
    engine.ingest(TEXTS.map(of_one_file)).expect("documents");
    engine
}

fn change(engine: &Engine, words: &str) -> u64 {
    let mut observer = |_: &_| ControlFlow::Continue(());
    engine.change_dictionary(words, Ingest { observer: &mut observer, commit_every: 1 }).expect("the change").documents
}

/// How often each word stands in all documents, by the index itself.
fn words(folder: &Path) -> BTreeMap<String, u64> {
    let snapshot = LocalIndex::open(folder).expect("the index").snapshot().expect("a snapshot");
    let places: Vec<_> = snapshot.scan(None, 100).expect("documents").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places.len(), TEXTS.len());
    let counts = snapshot.word_counts([&places, &[]]).expect("counts");
    counts.words.into_iter().map(|(word, count)| (word, count.all)).collect()
}

/// Totals, and the ids of the hits in no order: this settles when what was replaced is merged away.
fn answers(engine: &Engine) -> Vec<(u64, Vec<String>)> {
    let queries = ["一户一策", "一户", "策", "青石桥", "帮扶 一户", "造林 OR 青石桥村", "户 人"];
    let answer = |query: &&str| {
        let mut request = SearchRequest::new(*query).relax(Relax::Never);
        request.limit = Limit::All;
        let response = engine.search(&request).expect("an answer");
        let mut ids: Vec<String> = response.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        (response.summary.total.value, ids)
    };
    queries.iter().map(answer).collect()
}

#[test]
fn only_what_is_cut_otherwise_is_cut_again_and_as_if_it_had_always_been() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, fresh) = (folder.path().join("index"), folder.path().join("fresh"));
    let engine = filled(&path, None);
    let before = answers(&engine);
    let told = engine.dictionary_change(WORDS, &[]).expect("a dry run");
    assert_eq!((told.added.len(), told.removed.len()), (2, 0));
    let again = change(&engine, WORDS);
    assert_eq!(again, told.affected.len() as u64, "{told:?}");
    assert!(again > 0 && again <= told.holding && (told.holding, told.elsewhere) == (4, 0), "{told:?}");
    let (changed, afresh) = (open(&path, None), filled(&fresh, Some(WORDS)));
    assert_eq!(changed.dictionary(), WORDS);
    assert_eq!(answers(&changed), answers(&afresh));
    assert_eq!(answers(&changed), before, "what is found never depends on words");
    assert_eq!(words(&path), words(&fresh));
    assert_eq!(changed.dictionary_change(WORDS, &[]).expect("a dry run").affected, [""; 0]);
}

#[test]
fn words_taken_out_leave_the_index_as_it_was_before_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, plain) = (folder.path().join("index"), folder.path().join("plain"));
    let engine = filled(&path, Some(WORDS));
    let told = engine.dictionary_change("青石桥村 1000 ns\n", &["一户".to_owned()]).expect("a dry run");
    assert_eq!((told.added.len(), told.removed.as_slice()), (0, ["一户一策".to_owned()].as_slice()));
    assert_eq!(told.queries[0].total, 4);
    change(&engine, "");
    assert_eq!(answers(&open(&path, None)), answers(&filled(&plain, None)));
    assert_eq!(words(&path), words(&plain));
}

#[test]
fn a_great_frequency_cuts_documents_without_the_word_otherwise_and_they_are_cut_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, fresh) = (folder.path().join("index"), folder.path().join("fresh"));
    let texts = ["一户一策。", "他说的确实在理。", "解放大道路面积水。", "乒乓球拍卖完了。", "造林。", "人人有责。"];
    let documents = || texts.into_iter().enumerate().map(|(at, text)| Document::new(at.to_string(), "", text));
    let words_of_it = "一户一策 999999999\n";
    let engine = open(&path, None);
    engine.ingest(documents()).expect("documents");
    open(&fresh, Some(words_of_it)).ingest(documents()).expect("documents");
    let told = engine.dictionary_change(words_of_it, &[]).expect("a dry run");
    assert_eq!((told.holding, told.affected.len() as u64), (1, told.elsewhere + 1), "{told:?}");
    assert!(told.elsewhere > 0, "{told:?}");
    assert_eq!(change(&engine, words_of_it), told.elsewhere + 1);
    assert_eq!(words(&path), words(&fresh));
}

#[test]
fn ranks_move_by_words_alone_and_what_is_stopped_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = filled(folder.path(), None);
    // Replaced documents weigh on the scores of the index until they are merged away.
    change(&engine, WORDS);
    let engine = open(folder.path(), None);
    let queries = ["一户", "青石桥", "策 户"].map(str::to_owned);
    let told = engine.dictionary_change(&format!("{WORDS}无此字串\n"), &queries).expect("a dry run");
    assert_eq!((told.affected.len(), told.queries.len()), (0, 3));
    assert!(told.queries.iter().all(|query| query.moved.is_empty()), "{told:?}");
    let before = std::fs::read(folder.path().join("meta.json")).expect("the index");
    let mut observer = |_: &_| ControlFlow::Break(());
    let stopped = engine.change_dictionary("", Ingest { observer: &mut observer, commit_every: 1 });
    assert!(matches!(stopped, Err(xunzhang::Error::Cancelled { .. })), "{stopped:?}");
    assert_eq!(std::fs::read(folder.path().join("meta.json")).expect("the index"), before);
    assert_eq!(open(folder.path(), None).dictionary(), WORDS);
}

#[test]
fn a_dry_run_changes_nothing_and_a_faulty_line_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = filled(folder.path(), None);
    let meta = || std::fs::read(folder.path().join("meta.json")).expect("the index");
    let before = meta();
    engine.dictionary_change(WORDS, &["一户一策".to_owned()]).expect("a dry run");
    let error =
        engine.dictionary_change("一户一策\n字 x9999999999 y z\n青石桥 99999999999\n", &[]).expect_err("a fault");
    assert!(error.to_string().contains("of the dictionary"), "{error}");
    assert_eq!(meta(), before);
}

#[cfg(feature = "cli")]
#[test]
fn the_program_tells_first_and_then_does() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), None));
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        command.arg("dict").args(arguments).arg("--index").arg(folder.path()).args(["--lang", "en"]);
        let output = command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run(&["list"]), (Some(1), String::new(), String::new()));
    let (code, told, _) = run(&["add", "一户一策", "--dry-run", "--query", "一户"]);
    assert!(code == Some(0) && told.starts_with("+ 一户一策\ncut otherwise: "), "{told}");
    assert_eq!(run(&["list"]).1, "");
    let (code, _, told) = run(&["add", "一户一策"]);
    assert!(code == Some(0) && told.contains("the dictionary is changed"), "{told}");
    assert_eq!(run(&["list"]).1, "一户一策\n");
    assert_eq!(run(&["list", "--format", "json"]).1, "{\"lines\":[\"一户一策\"],\"type\":\"dictionary\"}\n");
    assert_eq!(run(&["add", "一户一策"]).0, Some(1), "nothing would change");
    assert_eq!(run(&["remove", "没有的词"]).0, Some(1));
    for refused in [&["add", "一户 一策"][..], &["add", "#词"], &["add", "词语", "--query", "一户"]] {
        assert_eq!(run(refused).0, Some(2), "{refused:?}");
    }
    let (code, told, _) = run(&["add", "一户一策", "--frequency", "90", "--dry-run"]);
    assert!(code == Some(0) && told.starts_with("~ 一户一策 → 一户一策 90\n"), "{told}");
    let file = folder.path().join("queries.txt");
    std::fs::write(&file, "一户\n青石桥\n").expect("a file");
    let (_, told, _) = run(&["add", "青石桥村", "--dry-run", "--queries", &file.to_string_lossy()]);
    assert!(told.contains("\n一户: ") && told.contains("\n青石桥: "), "{told}");
    assert_eq!(run(&["add", "一戶一策", "--dry-run"]).0, Some(0), "a variant takes the place of the word");
    assert_eq!(run(&["remove", "一戶一策"]).0, Some(0));
    assert_eq!(run(&["list"]).1, "");
}
