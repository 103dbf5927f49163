//! What it costs to keep an index true: a folder of many files is indexed, then again without a change, then with one file
//! in a hundred changed, and at last killed at ten moments and resumed. Every figure is a ratio to the first run.
//!
//! `cargo bench --bench keeping` writes the 74,545 stories of `../shared` as separate files where they are there, else
//! seeded multiples of `corpus/`; `-- 5000` takes so many, `-- 5000 plain` leaves out what is recognised. Runs are those of
//! the program, in processes of their own. Each time the index is held against one made afresh, document for document.

#[path = "speed/texts.rs"]
#[allow(dead_code, reason = "the other bench asks")]
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use xunzhang::Engine;

/// One file in so many is changed.
const SHARE: usize = 100;
const PASSES: usize = 3;
const KILLS: u32 = 10;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let most = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
    let plain = arguments.next().is_some();
    let desk = tempfile::tempdir().expect("a temporary folder");
    let files = write(desk.path(), most);
    let run = |index: &str| {
        let began = Instant::now();
        let ended = program(desk.path(), index, plain).status().expect("the program runs");
        assert!(ended.success(), "{ended}");
        began.elapsed().as_secs_f64()
    };
    let first = run("index");
    let again = median(|_| run("index"));
    let mut count = 0;
    let some = median(|pass| {
        let changed: Vec<&PathBuf> = files.iter().skip(pass).step_by(SHARE).collect();
        for path in &changed {
            let text = std::fs::read_to_string(path).expect("a file of ours");
            std::fs::write(path, text + "\n\n本文已经更正。").expect("a file of ours");
        }
        count = changed.len();
        run("index")
    });
    println!("{} files: first run {first:.1} s", files.len());
    println!("  without a change {:.4} of it, the median of {PASSES}", again / first);
    println!("  {count} changed {:.4} of it, the median of {PASSES}", some / first);
    std::fs::remove_dir_all(desk.path().join("index")).expect("an index is a folder");
    let mut killed_after = Vec::new();
    for kill in 0..KILLS {
        let mut child = program(desk.path(), "index", plain).spawn().expect("the program runs");
        // Moments all over a run, at shares of the time that the first one took.
        let moment = first * f64::from(kill * 7 % KILLS + 1) / f64::from(KILLS) * 0.9;
        let began = Instant::now();
        while began.elapsed().as_secs_f64() < moment && child.try_wait().expect("a process of ours").is_none() {
            std::thread::yield_now();
        }
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        killed_after.push(format!("{:.2}", began.elapsed().as_secs_f64() / first));
    }
    let last = run("index");
    println!("  killed after {} of it, then done in {:.4} of it", killed_after.join(", "), last / first);
    run("fresh");
    let (kept, fresh) = (documents(&desk.path().join("index")), documents(&desk.path().join("fresh")));
    let differing = fresh.iter().filter(|(key, document)| kept.get(*key) != Some(*document)).count();
    println!("  {} documents, {} in one made afresh, {differing} differ", kept.len(), fresh.len());
    assert!(differing == 0 && kept.len() == fresh.len(), "the index is as its folder is");
}

/// The median time of so many passes, each told its number.
fn median(pass: impl FnMut(usize) -> f64) -> f64 {
    let mut times: Vec<f64> = (0..PASSES).map(pass).collect();
    times.sort_by(f64::total_cmp);
    times[PASSES / 2]
}

/// Writes the stories as files, a thousand to a folder.
fn write(desk: &Path, most: usize) -> Vec<PathBuf> {
    let texts = texts::at_most(most);
    let write = |(number, text): (usize, &texts::Text)| {
        let folder = desk.join(format!("articles/{:03}", number / 1000));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(format!("{number}.txt"));
        std::fs::write(&path, format!("{}\n\n{}", text.title, text.body)).expect("a file");
        path
    };
    texts.iter().enumerate().map(write).collect()
}

fn program(desk: &Path, index: &str, plain: bool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.args(["index", "articles", "--index", index]).current_dir(desk);
    if plain {
        command.args(["--without", "entities"]);
    }
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Everything in an index but the times of indexing, by key, as a hash.
fn documents(index: &Path) -> BTreeMap<String, String> {
    let engine = Engine::open(index).expect("an index");
    engine
        .documents()
        .expect("an index")
        .map(|read| {
            let mut document = read.expect("a document");
            document.indexed_at = None;
            (document.key(), format!("{document:?}"))
        })
        .collect()
}
