//! A stranger's program: a folder in, passages out. `cargo run --example embed -- corpus 脱贫攻坚`

use std::ops::ControlFlow;
use std::path::PathBuf;

use xunzhang::corpus::{Corpus, ReadOptions};
use xunzhang::{Engine, Ingest, Progress, SearchRequest};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: embed FOLDER QUERY")?);
    let query = arguments.next().ok_or("usage: embed FOLDER QUERY")?;

    let engine = Engine::in_memory()?;
    let corpus = Corpus::open(&[folder], ReadOptions::default())?;
    let mut observer = |_: &Progress| ControlFlow::Continue(());
    let report = engine.ingest_corpus(corpus, Ingest { observer: &mut observer, commit_every: usize::MAX })?;
    println!("{} documents, {} skipped", report.documents, report.skipped.len());

    let response = engine.search(&SearchRequest::new(query).limit(3))?;
    println!("{} found", response.summary.total.value);
    for hit in &response.hits {
        println!("{}. {} ({})", hit.rank, hit.title, hit.id);
        for snippet in &hit.snippets {
            println!("   {}", snippet.text);
        }
    }
    Ok(())
}
