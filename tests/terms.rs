//! Promise: terms that a collection coins are learnt from it with evidence, and those that are known are not proposed
//! again. The measure on the stories of `../shared/data/cctv`, every tenth, is skipped out loud where they are not there;
//! what was proposed on all of them was judged by reading, `golden/learnt_terms.tsv`.

use std::collections::HashSet;
use std::path::Path;

use xunzhang::entity::Recogniser;
use xunzhang::entity::learn::{LearnOptions, Proposal};
use xunzhang::{Document, Engine};

fn articles() -> impl Iterator<Item = Document> {
    let towns = ["東山", "西河", "南桥", "北塘", "上庄", "下湾"];
    (0..24).map(move |at| {
        let town = towns[at % towns.len()];
        let body = format!("{town}镇推行“三水一账”制度，{town}落实乡村振兴战略，{town}也深化“放管服”改革。");
        let mut document = Document::new(format!("a{at}"), "", body);
        document.date = xunzhang::DateSpan::parse("2018-03-05");
        document
    })
}

fn terms(proposals: &[Proposal]) -> Vec<&str> {
    proposals.iter().map(|proposal| proposal.written.as_str()).collect()
}

#[test]
fn an_index_proposes_what_the_list_has_not() {
    let engine = Engine::in_memory().expect("an index");
    engine.ingest(articles()).expect("documents");
    let options = || {
        let mut options = LearnOptions::default();
        options.documents = 10;
        options
    };
    let all = engine.learn_terms(options(), true, 10).expect("proposals");
    assert!(terms(&all).contains(&"放管服") && terms(&all).contains(&"三水一账"), "{:?}", terms(&all));
    let new = engine.learn_terms(options(), false, 10).expect("proposals");
    assert!(terms(&new).contains(&"三水一账") && !terms(&new).contains(&"放管服"), "{:?}", terms(&new));
    let accepted = Recogniser::new().with_terms("三水一账 三水共一账").expect("a term");
    assert_eq!(accepted.canonical_term("三水共一賬"), Some("三水一账"));
}

#[cfg(feature = "cli")]
#[test]
fn the_program_lists_and_learns() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut options = xunzhang::EngineOptions::default();
    options.create = true;
    Engine::open_with(folder.path(), &options).expect("an index").ingest(articles()).expect("documents");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        let output = command.arg("terms").args(arguments).args(["--lang", "en"]).output().expect("the program runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let index = folder.path().to_str().expect("UTF-8");
    let (code, told) = run(&["learn", "--index", index, "--format", "csv"]);
    assert!(code == Some(0) && told.starts_with("term,score,articles") || told.contains("三水一账"), "{told}");
    let (code, told) = run(&["learn", "--index", index, "--format", "json"]);
    assert!(code == Some(0) && told.contains("\"type\":\"term_proposal\"") && told.contains("2018-03-05"), "{told}");
    assert_eq!(run(&["learn", "--index", index, "--min", "100"]).0, Some(1));
    assert!(run(&["list", "--built-in"]).1.lines().count() > 600);
    assert_eq!(run(&["list", "--index", index]), (Some(1), String::new()));
    let (code, told) = run(&["add", "三水一账", "--dry-run", "--index", index]);
    assert!(code == Some(0) && told.starts_with("+ 三水一账\n") && told.contains("24"), "{told}");
    assert_eq!(run(&["add", "三水一账", "--index", index]).0, Some(0));
    assert_eq!(run(&["list", "--index", index]), (Some(0), "三水一账\n".to_owned()));
    let (_, told) = run(&["learn", "--index", index, "--format", "csv"]);
    assert!(!told.contains("\n三水一账,"), "{told}");
    assert_eq!(run(&["add", "三水一账", "--index", index]).0, Some(1), "nothing changes");
    assert_eq!(run(&["remove", "三水一账", "放管服", "--index", index]).0, Some(0));
    assert_eq!(run(&["list", "--index", index]).1, "- 放管服\n");
    for refused in [&["add", "--index", index][..], &["add", "一", "--index", index]] {
        assert_eq!(run(refused).0, Some(2), "{refused:?}");
    }
}

#[cfg(feature = "files")]
#[test]
fn most_of_what_news_propose_is_real_and_well_known_terms_are_found() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(file) = std::fs::File::open(home.join("../shared/data/cctv/docs.jsonl.gz")) else {
        return eprintln!("terms: the measure is skipped, ../shared/data/cctv is not there");
    };
    let mut learner = xunzhang::entity::learn::Learner::new(LearnOptions::default());
    let lines = std::io::BufRead::lines(std::io::BufReader::new(flate2::read::GzDecoder::new(file)));
    for line in lines.step_by(10) {
        let story: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("a record");
        let of = |key: &str| story[key].as_str().unwrap_or_default();
        let day = xunzhang::DateSpan::parse(of("date")).map(|date| date.first);
        learner.add(of("title"), of("text"), day);
    }
    let proposals = learner.proposals(2_000, &|_| false);
    let golden = |name: &str| std::fs::read_to_string(home.join("tests/golden").join(name)).expect("a golden file");
    let judged = golden("learnt_terms.tsv");
    let judged = judged.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let best: HashSet<&str> = proposals.iter().take(200).map(|proposal| proposal.written.as_str()).collect();
    let of_best: Vec<bool> = judged.filter(|row| best.contains(row[1])).map(|row| row[2] == "1").collect();
    let real = of_best.iter().filter(|real| **real).count();
    println!("of the best 200 of every tenth story {} were judged, {real} of them real", of_best.len());
    assert!(of_best.len() >= 40 && real * 10 >= of_best.len() * 7, "{real} of {}", of_best.len());
    let plain = |term: &str| xunzhang::analysis::fold(term).replace(['、', ','], "");
    let learnt: HashSet<String> = proposals.iter().map(|proposal| plain(&proposal.term)).collect();
    let list = Recogniser::new();
    let known = golden("known_terms.txt");
    let known: Vec<&str> = known.lines().filter(|line| !line.starts_with('#')).collect();
    let by_learning = known.iter().filter(|term| learnt.contains(&plain(term))).count();
    let by_both =
        known.iter().filter(|term| learnt.contains(&plain(term)) || list.canonical_term(term).is_some()).count();
    println!("of {} well-known terms {by_learning} were learnt, {by_both} with the list", known.len());
    assert!(by_both >= 110 && by_learning >= 40, "{by_learning}, {by_both} of {}", known.len());
}
