//! What a run of indexing did: a summary and every skip and loss by name for people, on the standard error, or one JSON
//! object.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use xunzhang::corpus::{FileCounts, Skip};
use xunzhang::{IngestReport, Loss};

use super::json_line;
use crate::figures::grouped;
use crate::labels::reason;
use crate::messages::Message;
use crate::talk::Talk;

/// Skips and losses that are shown in full.
const SHOWN: usize = 20;

/// Tells a report to people.
pub fn text(report: &IngestReport<Skip>, talk: Talk) {
    talk.tell(Message::Indexed { documents: report.documents, bytes: report.bytes, took_ms: report.took_ms });
    let FileCounts { new, changed, retried, unchanged, renamed, gone, .. } = report.files;
    if changed + retried + unchanged + renamed + gone > 0 {
        let new = new.saturating_sub(renamed);
        talk.tell(Message::Files { new, changed, retried, unchanged, renamed, gone });
    } else if report.documents == 0 && report.skipped.is_empty() {
        talk.tell(Message::NoArticles);
    }
    if report.encodings.keys().any(|charset| charset != "UTF-8") {
        let (comma, blank) = talk.language.pick((", ", " "), ("，", " "));
        let told = report.encodings.iter().map(|(charset, count)| format!("{charset}{blank}{}", grouped(*count)));
        talk.tell(Message::Encodings { told: &told.collect::<Vec<_>>().join(comma) });
    }
    if report.reprints > 0 {
        talk.tell(Message::Reprints { families: report.families, reprints: report.reprints });
    }
    if report.index_bytes > 0 {
        talk.tell(Message::IndexTakes { bytes: report.index_bytes });
    }
    if !report.skipped.is_empty() {
        let kinds = kinds(&report.skipped, talk);
        talk.tell(Message::Skipped { count: report.skipped.len(), kinds: &kinds });
        list(report.skipped.iter().map(Skip::to_string), talk);
    }
    if !report.losses.is_empty() {
        talk.tell(Message::Lossy { count: report.losses.len() });
        let losses = report.losses.iter().map(|(id, losses)| {
            let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
            format!("{id}: {}", losses.join("; "))
        });
        list(losses, talk);
    }
    if let Some(first) = report.ambiguous.first() {
        talk.tell(Message::Ambiguous { count: report.ambiguous.len(), first });
    }
}

fn list(lines: impl ExactSizeIterator<Item = String>, talk: Talk) {
    let more = lines.len().saturating_sub(SHOWN);
    lines.take(SHOWN).for_each(|line| talk.say(&format!("  {}", line.replace('\n', " "))));
    if more > 0 {
        talk.tell(Message::More { count: more });
    }
}

/// How many there are of each reason, the most first.
fn kinds(skipped: &[Skip], talk: Talk) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for skip in skipped {
        let kind = serde_json::to_value(&skip.reason).ok().and_then(|reason| Some(reason["kind"].as_str()?.to_owned()));
        *counts.entry(kind.unwrap_or_default()).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told = counts.iter().map(|(kind, count)| format!("{} {count}", reason(kind, talk.language)));
    told.collect::<Vec<_>>().join(talk.language.pick(", ", "，"))
}

/// A report as it is printed for machines.
#[derive(Serialize)]
struct Report<'a> {
    documents: u64,
    bytes: u64,
    files: usize,
    changes: FileCounts,
    skipped: &'a [Skip],
    losses: Vec<Lossy<'a>>,
    encodings: &'a BTreeMap<String, u64>,
    families: u64,
    reprints: u64,
    index_bytes: u64,
    ambiguous: &'a [String],
    took_ms: f64,
}

/// A document that lost something, by its path and number.
#[derive(Serialize)]
struct Lossy<'a> {
    path: &'a str,
    losses: &'a [Loss],
}

/// Prints a report as one JSON object.
pub fn json(report: &IngestReport<Skip>, files: usize) -> io::Result<()> {
    let losses = report.losses.iter().map(|(path, losses)| Lossy { path, losses }).collect();
    let report = Report {
        documents: report.documents,
        bytes: report.bytes,
        files,
        changes: report.files,
        skipped: &report.skipped,
        losses,
        encodings: &report.encodings,
        families: report.families,
        reprints: report.reprints,
        index_bytes: report.index_bytes,
        ambiguous: &report.ambiguous,
        took_ms: report.took_ms,
    };
    writeln!(io::stdout(), "{}", json_line(&report)?)
}
