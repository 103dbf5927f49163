//! Speed, size and memory beside the plain recipe: tantivy with tantivy-jieba in search mode, positions, text stored.
//!
//! `cargo bench --bench speed` indexes the same stories on one thread with both, asks both, and starts both afresh;
//! every figure is a ratio within one run. The plain recipe recognises nothing, so neither do we beside it; what recognition
//! costs is told against ourselves without. 60,000 stories of `../shared` where they are there, else a seeded multiple
//! of `corpus/`. Each measurement is a process of its own, so that its processor time and its peak of memory are its.

mod memory;
mod plain;
#[allow(dead_code, reason = "the other bench multiplies texts")]
mod texts;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use xunzhang::{Engine, EngineOptions, SearchRequest};

/// Starts of a fresh process, in turn.
const STARTS: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["child", task, folder] => child(task, Path::new(folder)),
        _ => parent(),
    }
}

/// One measurement, its figures as a line of JSON.
fn child(task: &str, folder: &Path) {
    if task == "start" {
        return plain::answer(folder);
    }
    let texts = texts::texts();
    let (cpu, began) = (cpu_seconds(), Instant::now());
    let times = match task {
        "index plain" => {
            plain::index(folder, &texts);
            Vec::new()
        }
        "index ours" => {
            index(folder, &texts, false);
            Vec::new()
        }
        "index named" => {
            index(folder, &texts, true);
            Vec::new()
        }
        "ask plain" => plain::ask(folder, &texts::queries(&texts)),
        _ => ask(folder, &texts::queries(&texts)),
    };
    let figures = json!({
        "bytes": texts.iter().map(|text| text.title.len() + text.body.len()).sum::<usize>(),
        "texts": texts.len(),
        "cpu": cpu_seconds() - cpu,
        "wall": began.elapsed().as_secs_f64(),
        "peak": memory::peak_bytes(),
        "times": times,
    });
    println!("{figures}");
}

fn index(folder: &Path, texts: &[texts::Text], entities: bool) {
    let mut options = EngineOptions::default();
    (options.create, options.threads, options.entities) = (true, 1, Some(entities));
    let engine = Engine::open_with(folder, &options).expect("an index can be made");
    engine.ingest(texts.iter().map(texts::Text::document)).expect("every text is indexed");
}

/// Milliseconds of each query with ten hits and their passages, warm.
fn ask(folder: &Path, queries: &[String]) -> Vec<f64> {
    let engine = Engine::open(folder).expect("the index opens");
    let search = |query: &String| {
        let began = Instant::now();
        engine.search(&SearchRequest::new(query.as_str())).expect("an answer");
        began.elapsed().as_secs_f64() * 1000.0
    };
    queries.iter().for_each(|query| _ = search(query));
    queries.iter().map(search).collect()
}

fn parent() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (plain, ours) = (work.path().join("plain"), work.path().join("ours"));
    let (plain_index, ours_index) = (run("index plain", &plain), run("index ours", &ours));
    let bytes = number(&plain_index, "bytes");
    println!("{} texts, {:.1} MB; both on one thread", plain_index["texts"], bytes / 1e6);
    let rate = |figures: &Value, time: &str| bytes / 1e6 / number(figures, time);
    let row = |name: &str, ours: f64, plain: f64, unit: &str| {
        println!("{name:<34} {ours:>10.2} {plain:>10.2} {unit:<5} ratio {:.2}", ours / plain);
    };
    println!("{:<34} {:>10} {:>10}", "", "xunzhang", "plain");
    row("indexing, by processor time", rate(&ours_index, "cpu"), rate(&plain_index, "cpu"), "MB/s");
    row("indexing, by the clock", rate(&ours_index, "wall"), rate(&plain_index, "wall"), "MB/s");
    row("peak of memory while indexing", number(&ours_index, "peak") / 1e6, number(&plain_index, "peak") / 1e6, "MB");
    row("size of the index per byte of text", size(&ours) / bytes, size(&plain) / bytes, "");
    let (plain_ask, ours_ask) = (run("ask plain", &plain), run("ask ours", &ours));
    for (name, share) in [("two terms, warm, median", 0.5), ("two terms, warm, 90 % below", 0.9)] {
        row(name, quantile(&ours_ask, share), quantile(&plain_ask, share), "ms");
    }
    let (fresh, plain) = starts(&ours, &plain);
    row("a fresh process, median", fresh, plain, "ms");
    let named = work.path().join("named");
    let named_index = run("index named", &named);
    println!("\n{:<34} {:>10} {:>10}", "", "named", "without");
    row("indexing, by processor time", rate(&named_index, "cpu"), rate(&ours_index, "cpu"), "MB/s");
    row("peak of memory while indexing", number(&named_index, "peak") / 1e6, number(&ours_index, "peak") / 1e6, "MB");
    row("size of the index per byte of text", size(&named) / bytes, size(&ours) / bytes, "");
}

/// Runs a measurement as a process of its own.
fn run(task: &str, folder: &Path) -> Value {
    let output = myself().args(["child", task]).arg(folder).output().expect("the bench starts itself");
    assert!(output.status.success(), "{task}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a line of JSON")
}

fn myself() -> Command {
    Command::new(std::env::current_exe().expect("the bench knows its program"))
}

/// Median milliseconds from start to end of fresh processes, ours and the plain recipe's in turn.
fn starts(ours: &Path, plain: &Path) -> (f64, f64) {
    let time = |mut command: Command| {
        let began = Instant::now();
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program starts");
        assert!(status.success(), "{status}");
        began.elapsed().as_secs_f64() * 1000.0
    };
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        program.args(["query", texts::FRESH, "--index"]).arg(ours);
        times.0.push(time(program));
        let mut program = myself();
        program.args(["child", "start"]).arg(plain);
        times.1.push(time(program));
    }
    (median(times.0), median(times.1))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn number(figures: &Value, name: &str) -> f64 {
    figures[name].as_f64().unwrap_or_else(|| panic!("no {name} in {figures}"))
}

fn quantile(figures: &Value, share: f64) -> f64 {
    let mut times: Vec<f64> = figures["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share) as usize]
}

fn size(folder: &Path) -> f64 {
    let files = std::fs::read_dir(folder).expect("an index").flatten();
    files.map(|file| file.metadata().expect("a file").len()).sum::<u64>() as f64
}

/// Processor seconds of this process so far; those of the clock where the system does not tell.
fn cpu_seconds() -> f64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else {
        return std::time::UNIX_EPOCH.elapsed().map_or(0.0, |since| since.as_secs_f64());
    };
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The package's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
