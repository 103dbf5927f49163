//! Promise: whatever a folder holds ends as the documents in it or as a skip with its reason, soon and in little memory.
//! A table of files that the test makes, from articles in every charset to bombs: the library gives for each what its
//! row says, and the program counts the same. Kinds of files that come to be read add their rows to `rows`.
#![cfg(all(feature = "cli", unix))]

#[path = "zoo/archives.rs"]
mod archives;
#[path = "zoo/pack.rs"]
mod pack;
#[path = "zoo/packed.rs"]
mod packed;
#[path = "zoo/row.rs"]
mod row;
#[path = "zoo/special.rs"]
mod special;
#[path = "zoo/texts.rs"]
mod texts;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use row::{Gives, Row, What};
use serde_json::Value;
use xunzhang::corpus::{Corpus, ReadOptions, Skip};
use xunzhang::{Document, Loss};

/// Rows that the zoo has at the least.
const ROWS: usize = 120;
/// Bytes of a file that is read whole.
const MOST_BYTES: u64 = 1 << 20;
/// Time in which the next document or skip must come.
const PATIENCE: Duration = Duration::from_secs(10);
/// Time in which the program must have indexed the zoo.
const WHOLE: Duration = Duration::from_secs(300);
/// Memory that the program may take at its peak, in KiB, dictionaries and the writer of the index among it: commonly a
/// third of it.
const MEMORY: u64 = 320 << 10;

/// The whole table.
fn rows() -> Vec<Row> {
    let mut rows = texts::rows();
    rows.extend(packed::rows());
    rows.extend(archives::rows());
    rows
}

#[test]
fn every_file_of_the_zoo_ends_as_its_row_says() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let zoo = desk.path().join("zoo");
    let rows = rows();
    for row in &rows {
        write(&zoo.join(&row.name), &row.bytes);
    }
    let mut expected: BTreeMap<String, Vec<Gives>> = rows.into_iter().map(|row| (row.name, row.gives)).collect();
    expected.extend(
        special::make(&zoo.join("special")).into_iter().map(|(name, gives)| (format!("special/{name}"), gives)),
    );
    assert!(expected.len() >= ROWS, "the zoo has {} rows", expected.len());
    let read = read(&zoo);
    let mut faults: Vec<String> =
        expected.iter().filter_map(|(name, gives)| fault(name, gives, read.get(name))).collect();
    faults.extend(read.keys().filter(|name| !expected.contains_key(*name)).map(|name| format!("{name}: has no row")));
    assert!(faults.is_empty(), "{} of {}:\n{}\n", faults.len(), expected.len(), faults.join("\n"));
    hold_program(&zoo, &desk.path().join("index"), &read);
    let _ = writeln!(std::io::stderr(), "zoo: {} rows", expected.len());
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(path, bytes).expect("the folder takes a file");
}

// ---------------------------------------------------------------------------------------------------------------
// The library

type Given = Result<Document, Skip>;

/// What comes out of each file of a folder, by its path; another document or skip every ten seconds at the least.
fn read(folder: &Path) -> BTreeMap<String, Vec<Given>> {
    let mut options = ReadOptions::default();
    options.max_bytes = MOST_BYTES;
    let corpus = Corpus::open(&[folder.to_path_buf()], options).expect("a folder");
    let (sender, receiver) = channel();
    let reader = thread::spawn(move || corpus.documents().for_each(|read| drop(sender.send(read))));
    let mut all: BTreeMap<String, Vec<Given>> = BTreeMap::new();
    let mut last = String::from("nothing");
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(read) => {
                let path = read.as_ref().map_or_else(|skip| &skip.path, |document| &document.origin.path);
                last.clone_from(path);
                all.entry(last.clone()).or_default().push(read);
            }
            Err(RecvTimeoutError::Timeout) => panic!("it hangs in what follows {last}"),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    reader.join().expect("reading does not panic");
    all
}

/// What is wrong with what came out of a file.
fn fault(name: &str, expected: &[Gives], read: Option<&Vec<Given>>) -> Option<String> {
    let read = read.map_or(&[][..], Vec::as_slice);
    let is_right = read.len() == expected.len() && expected.iter().zip(read).all(|(gives, read)| is_right(gives, read));
    (!is_right).then(|| read.iter().fold(format!("{name}:"), |text, read| text + "\n    " + &told(read)))
}

fn is_right(gives: &Gives, read: &Given) -> bool {
    match (&gives.what, read) {
        (What::Skip(kind), Err(skip)) => {
            let told = !skip.message.is_empty() && skip.to_string().contains(&skip.message);
            skip.reason.kind() == *kind && skip.within() == gives.within && told
        }
        (What::Document { title, part, id, loss }, Ok(document)) => {
            let lost = match document.losses[..] {
                [] => None,
                [Loss::Undecodable { offset, count, .. }] => Some((offset, count)),
                _ => Some((u64::MAX, 0)),
            };
            (document.title == *title && document.body.contains(part))
                && (within(document) == gives.within && lost == *loss && document.id.as_deref() == *id)
        }
        _ => false,
    }
}

fn within(document: &Document) -> String {
    let entry = document.origin.entry.as_ref().map_or(String::new(), |entry| format!("!{entry}"));
    let record = document.origin.record;
    if record == 0 { entry } else { format!("{entry}#{record}") }
}

fn told(read: &Given) -> String {
    match read {
        Ok(document) => {
            let body: String = document.body.chars().take(40).collect();
            format!("{} {:?} {body:?} {:?} {:?}", within(document), document.title, document.id, document.losses)
        }
        Err(skip) => format!("{} ! {}: {}", skip.within(), skip.reason.kind(), skip.message),
    }
}

// ---------------------------------------------------------------------------------------------------------------
// The program

/// The program indexes what the library reads, skips what it skips, and stays within its bounds.
fn hold_program(zoo: &Path, index: &PathBuf, read: &BTreeMap<String, Vec<Given>>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("index").arg(zoo).arg("--index").arg(index).args(["--threads", "2", "--json", "--max-size"]);
    command.arg(MOST_BYTES.to_string()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (code, out, told, peak) = watched(command.spawn().expect("the program runs"));
    assert_eq!(code, Some(1), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
    let documents = read.values().flatten().filter(|read| read.is_ok()).count() as u64;
    assert_eq!(report["documents"].as_u64(), Some(documents));
    let line = |path: &str, within: &str, kind: &str| format!("{path}{within} {kind}");
    let library = read.values().flatten().filter_map(|read| read.as_ref().err());
    let mut library: Vec<String> = library.map(|skip| line(&skip.path, &skip.within(), &skip.reason.kind())).collect();
    let program = report["skipped"].as_array().into_iter().flatten().map(|skip| {
        let mut within = skip["entry"].as_str().map_or(String::new(), |entry| format!("!{entry}"));
        if let Some(record) = skip["record"].as_u64() {
            let _ = write!(within, "#{record}");
        }
        line(skip["path"].as_str().unwrap_or("?"), &within, skip["reason"]["kind"].as_str().unwrap_or("?"))
    });
    let mut program: Vec<String> = program.collect();
    library.sort();
    program.sort();
    assert_eq!(program, library);
    if let Some(peak) = peak {
        let _ = writeln!(std::io::stderr(), "zoo: the program took {} MiB at its peak", peak >> 10);
        assert!(peak < MEMORY, "it took {peak} KiB");
    }
}

/// Waits for a program and watches its memory: exit code, standard output, standard error, and the peak in KiB where the
/// system tells it.
fn watched(mut child: Child) -> (Option<i32>, String, String, Option<u64>) {
    let out = collected(child.stdout.take().expect("a pipe"));
    let told = collected(child.stderr.take().expect("a pipe"));
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let (began, mut peak) = (Instant::now(), None);
    let (_never, tick) = channel::<()>();
    loop {
        peak = peak.max(high_water(&status));
        if let Some(status) = child.try_wait().expect("a process of ours") {
            let text = |thread: thread::JoinHandle<String>| thread.join().expect("a pipe is read to its end");
            return (status.code(), text(out), text(told), peak);
        }
        if began.elapsed() > WHOLE {
            let _ = child.kill();
            panic!("the program does not end: {}", told.join().unwrap_or_default());
        }
        let _ = tick.recv_timeout(Duration::from_millis(20));
    }
}

fn collected(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = pipe.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    })
}

/// The most memory that a process had so far, in KiB.
fn high_water(status: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
