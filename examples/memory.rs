//! Documents that are no files, with progress and cancelling: `cargo run --example memory`

use std::convert::Infallible;
use std::ops::ControlFlow;

use xunzhang::{Document, Engine, Error, Ingest, Progress, SearchRequest};

/// Stops once so many documents were taken.
const ENOUGH: u64 = 5_000;

fn main() -> Result<(), Error> {
    let engine = Engine::in_memory()?;
    let notices = (1..=50_000).map(|number| {
        let body = format!("第{number}号通知：今年春季造林任务三千亩，由林业站负责验收。");
        Ok::<_, Infallible>(Document::new(format!("notice-{number}"), format!("造林通知 {number}"), body))
    });
    let mut observer = |progress: &Progress| {
        eprintln!("{} documents, {} bytes", progress.documents, progress.bytes);
        if progress.documents < ENOUGH { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match engine.ingest_with(notices, Ingest { observer: &mut observer, commit_every: 1_000 }) {
        Ok(report) => println!("all {} documents", report.documents),
        Err(Error::Cancelled { committed }) => println!("stopped; {committed} documents can be searched"),
        Err(error) => return Err(error),
    }
    let response = engine.search(&SearchRequest::new("造林 验收").limit(1))?;
    println!("{} found; the first is {}", response.summary.total.value, response.hits[0].id);
    Ok(())
}
