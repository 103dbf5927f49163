//! Promise: no query kills. Each of these queries is answered, or refused with a reason, within the time that it gives
//! itself and in bounded memory: each runs in a process of its own (this test program again), so that a stack that
//! overflows or an allocation that fails is seen. Times are printed and never asserted; the deadline of the request is.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use xunzhang::index::IndexError;
use xunzhang::{Document, Engine, EngineOptions, Error, Limit, Relax, SearchRequest};

/// How long a search may take: generous, for slow machines.
const TIME: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(500);
/// Kilobytes that a search may take on top of what an ordinary one took.
const MEMORY: u64 = 256 << 10;
/// Name the killer and the folder of the index to the child.
const KILLER: &str = "XUNZHANG_KILLER";
const INDEX: &str = "XUNZHANG_KILLER_INDEX";

/// What must come of a killer.
enum Outcome {
    /// So many documents.
    Found(u64),
    /// Some documents.
    Some,
    /// An error that begins so.
    Refused(&'static str),
    /// Some documents, or the deadline: more work than can be done in a second, and it ends when it is told to.
    Timely,
}

use Outcome::{Found, Refused, Timely};

struct Killer {
    request: SearchRequest,
    outcome: Outcome,
}

fn killers() -> BTreeMap<&'static str, Killer> {
    let all = [
        ("brackets 10,000 deep", nested(10_000), Refused("the query is too long")),
        ("brackets 4,000 deep", nested(4_000), Refused("brackets are nested more than 64 deep")),
        ("brackets 64 deep", nested(64), Found(3)),
        ("NOT 50,000 times", format!("{}甲", "NOT ".repeat(50_000)), Refused("the query is too long")),
        ("NOT 2,000 times", format!("{}甲", "NOT ".repeat(2_000)), Found(3)),
        ("20,000 terms", "甲 ".repeat(20_000), Refused("the query is too long")),
        ("1,025 terms", "甲 ".repeat(1_025), Refused("the query has more than 1024 terms")),
        ("1,024 equal terms", "甲 ".repeat(1_024), Found(3)),
        ("1,000 alternatives", alternatives(0, 1_000), Outcome::Some),
        ("terms that hold each other", (1..72).map(|n| "甲".repeat(n) + " ").collect(), Found(1)),
        ("only a *", "*".to_owned(), Refused("nothing to search for")),
        ("only ? and *", "?*?*".to_owned(), Refused("nothing to search for")),
        ("a* over 100,000 runs", "a*".to_owned(), Refused("a* stands for more than 1024 terms")),
        ("9* over 100,000 numbers", "9*".to_owned(), Refused("9* stands for more than 1024 terms")),
        ("eight times * in a run", "a*a*a*a*a*a*a*a*b".to_owned(), Found(1)),
        ("eight times * in the longest run", "z*z*z*z*z*z*z*z*y".to_owned(), Found(1)),
        (
            "alternatives near alternatives",
            format!("{} NEAR/9 {}", alternatives(0, 500), alternatives(500, 500)),
            Outcome::Some,
        ),
        ("groups near groups", ["(甲 OR (乙 丙))"; 6].join(" NEAR/5 "), Timely),
        ("sixty-four chains", ["(甲 乙)"; 6].join(" NEAR/5 "), Found(0)),
        ("chains without number", vec!["(甲 乙)"; 200].join(" W/1 "), Refused("the query has more than 1024 terms")),
        ("a chain of a thousand", vec!["甲"; 600].join(" W/1 "), Timely),
        ("SENT over 5 MB without a mark", "扶贫 SENT 贷款".to_owned(), Found(1)),
        ("PARA and NEAR over 5 MB", "扶贫 PARA 贷款 NEAR/1000 扶贫".to_owned(), Found(1)),
        ("a phrase of 2,700 unigrams", essay(0), Found(1)),
        ("a quotation of 2,700 unigrams", format!("\"{}\"", essay(1)), Found(1)),
        ("the same character 2,700 times", "甲".repeat(2_700), Found(1)),
        ("two characters 1,350 times", "乙丙".repeat(1_350), Found(1)),
        ("2,000 characters that end otherwise", format!("{}丁", "甲".repeat(2_000)), Found(0)),
        ("eight gaps over 1 MB", "甲*甲*甲*甲*甲*甲*甲*甲*甲".to_owned(), Found(1)),
        ("eight gaps that end otherwise", "甲*甲*甲*甲*甲*甲*甲*甲*丁".to_owned(), Found(0)),
        ("eight gaps near eight gaps", "甲*甲*甲*甲*甲 NEAR/1000 甲*甲*甲*甲*甲 SENT 甲".to_owned(), Found(1)),
        ("everything but", "-戊".to_owned(), Found(ALL)),
    ];
    let mut killers: BTreeMap<&'static str, Killer> = all
        .into_iter()
        .map(|(name, query, outcome)| (name, Killer { request: SearchRequest::new(query).snippets(3), outcome }))
        .collect();
    let mut add = |name, request: SearchRequest, found| killers.insert(name, Killer { request, outcome: Found(found) });
    let everything = || SearchRequest::new("-戊");
    add("limit usize::MAX", everything().limit(usize::MAX), ALL);
    let mut behind = everything().limit(usize::MAX);
    behind.offset = usize::MAX;
    add("offset usize::MAX", behind, ALL);
    let mut all = everything();
    (all.limit, all.offset, all.ids_only) = (Limit::All, usize::MAX - 1, true);
    add("all, and an offset", all, ALL);
    add("relaxed always", SearchRequest::new(essay(2)).relax(Relax::Always).limit(200), 1);
    add("passages usize::MAX", SearchRequest::new("甲").snippets(usize::MAX), 3);
    let mut literal = SearchRequest::new("甲".repeat(2_730));
    literal.literal = true;
    add("2,730 characters, literally", literal, 1);
    killers
}

fn nested(depth: usize) -> String {
    format!("{}甲{}", "(".repeat(depth), ")".repeat(depth))
}

/// So many rare characters, from the n-th on, of which any may stand.
fn alternatives(first: u32, count: u32) -> String {
    let characters = (first..first + count).map(|n| rare(n).to_string());
    format!("({})", characters.collect::<Vec<_>>().join("|"))
}

fn rare(number: u32) -> char {
    char::from_u32(0x4E00 + 7 * number % 20_000).expect("a Han character")
}

/// Documents like any other, each of 2,700 characters without a mark.
const ESSAYS: u64 = 300;
const ALL: u64 = ESSAYS + 6;

fn essay(number: u32) -> String {
    (0..2_700).map(|n| rare(number * 31 + n)).filter(|c| !"甲乙丙丁戊".contains(*c)).collect()
}

fn documents() -> impl Iterator<Item = Document> {
    let essays = (0..ESSAYS as u32).map(|n| Document::new(format!("essay {n}"), "", essay(n)));
    let runs: String = (0..100_000).map(|n| format!("a{} 9{n:05} ", letters(n))).collect();
    let book = "扶贫工作一刻不停所有贷款落实到户".repeat(110_000);
    let longest = format!("{} {}y", "z".repeat(255), "z".repeat(200)).repeat(40);
    let others = [
        ("echo", "甲".repeat(350_000)),
        ("pair", format!("甲{}", "乙丙".repeat(175_000))),
        ("ordinary", "甲和丁，各有一句。aaaaaaaaab也在。".to_owned()),
        ("runs", runs),
        ("book", book),
        ("longest", longest),
    ];
    essays.chain(others.into_iter().map(|(id, text)| Document::new(id, "", text)))
}

fn letters(mut number: u32) -> String {
    let mut letters = String::new();
    for _ in 0..4 {
        letters.push(char::from(b'c' + (number % 20) as u8));
        number /= 20;
    }
    letters
}

#[test]
fn every_killer_is_answered_or_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    let mut options = EngineOptions::default();
    options.create = true;
    Engine::open_with(&index, &options).expect("an index").ingest(documents()).expect("documents");
    let faults: Vec<String> = killers().keys().filter_map(|name| fault(name, &index)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Runs a killer in a process of its own: what went wrong.
fn fault(name: &str, index: &Path) -> Option<String> {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "a_killer", "--nocapture"]).env(KILLER, name).env(INDEX, index);
    let output = child.output().expect("this program runs again");
    let told = String::from_utf8_lossy(&output.stdout);
    told.lines().filter(|line| line.starts_with("killers: ")).for_each(|line| println!("{line}"));
    let failed = || format!("{name}: {}\n{told}{}", output.status, String::from_utf8_lossy(&output.stderr));
    (!output.status.success()).then(failed)
}

/// The child: does nothing but what the test above asks it to.
#[test]
fn a_killer() {
    let (Ok(name), Ok(index)) = (std::env::var(KILLER), std::env::var(INDEX)) else { return };
    let Killer { mut request, outcome } = killers().remove(name.as_str()).expect("a killer");
    request.timeout = Some(if matches!(outcome, Timely) { SHORT } else { TIME });
    let engine = Engine::open(&index).expect("the index");
    engine.search(&SearchRequest::new("甲 丁")).expect("an ordinary search");
    let (before, worked, began) = (most_memory(), work(), Instant::now());
    let answer = engine.search(&request);
    let (took, after) = (began.elapsed(), most_memory());
    let worked = work().zip(worked).map_or(String::new(), |(now, before)| format!(" ({} ms of work)", now - before));
    let memory = after.zip(before).map(|(after, before)| after - before);
    let told = match &answer {
        Ok(response) => format!("{} found", response.summary.total.value),
        Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
    };
    let kept = memory.map_or("memory not measured here".to_owned(), |kilobytes| format!("{} MB", kilobytes >> 10));
    println!("killers: {name}: {} ms{worked}, {kept}: {told}", took.as_millis());
    match (answer, outcome) {
        (Ok(response), Found(wanted)) => assert_eq!(response.summary.total.value, wanted),
        (Err(error), Refused(wanted)) => assert!(error.to_string().starts_with(wanted), "{error}"),
        (Ok(response), Outcome::Some | Timely) => assert!(response.summary.total.value > 0),
        (Err(Error::Index(IndexError::Deadline)), Timely) => {}
        _ => panic!("{told}"),
    }
    assert!(memory.is_none_or(|kilobytes| kilobytes < MEMORY), "{kept}");
}

/// The most memory that this process has had, in kilobytes; `None` where the system does not say.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// Milliseconds that this process has worked, by the hundredths of a second that Linux counts.
fn work() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let counts: Vec<i64> = status.rsplit(") ").next()?.split(' ').filter_map(|number| number.parse().ok()).collect();
    // Behind the name and the state, which is no number: utime and stime are the 14th and the 15th of all.
    Some((counts.get(10)? + counts.get(11)?) * 10)
}
