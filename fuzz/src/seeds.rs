//! Writes the corpus to begin with: every query of the tables of cases is a file of its own.

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (cases, corpus) = (here.join("../tests/cases"), here.join("corpus/query"));
    fs::create_dir_all(&corpus)?;
    let mut number = 0;
    for entry in fs::read_dir(cases)? {
        let text = fs::read_to_string(entry?.path())?;
        for query in text.lines().filter_map(query) {
            // The first byte holds the options of the request.
            fs::write(corpus.join(format!("case-{number:04}")), format!(" {query}"))?;
            number += 1;
        }
    }
    println!("{number} seeds in {}", corpus.display());
    Ok(())
}

/// The query of a line of either table.
fn query(line: &str) -> Option<String> {
    if let Some((query, _)) = line.split_once(" → ") {
        return Some(query.trim_start_matches("! ").to_owned());
    }
    let quoted = line.split_once("query = \"")?.1;
    let end = quoted.match_indices('"').map(|(at, _)| at).find(|at| !quoted[..*at].ends_with('\\'))?;
    Some(quoted[..end].replace("\\\"", "\"").replace("\\\\", "\\"))
}
