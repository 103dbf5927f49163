//! `xunzhang status`: what is new, changed or gone in the folders of an index, and what could not be read.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use xunzhang::corpus::Corpus;
use xunzhang::{Engine, FolderStatus, SkippedFile};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::figures::grouped;
use crate::gathering::Gathering;
use crate::labels::{Label, table};
use crate::messages::Message;
use crate::output::json_line;
use crate::talk::Talk;

/// Show what is new, changed or gone in the folders since they were indexed
///
/// Looks at names, sizes and times, and opens only files whose time alone is another. Without a path it looks at the
/// folders that were indexed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    files: Gathering,
    #[command(flatten)]
    index: IndexFolder,
    /// List every file and record that gave no article when it was read last, and why
    #[arg(long)]
    skipped: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang status
  xunzhang status 新闻/ --format json
  xunzhang status --skipped

Exit codes: 0 the index is as its folders are, and with --skipped that nothing was skipped; 1 it is not; 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Looks.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let index = arguments.index.clone().place().path;
    let engine = Engine::open(&index)?;
    if arguments.skipped {
        return list(&engine.skipped()?, arguments.format, talk);
    }
    let mut paths = arguments.files.named().to_vec();
    if paths.is_empty() {
        paths = engine.roots()?;
    }
    if paths.is_empty() {
        paths = arguments.files.paths(talk)?;
    }
    let corpus = Corpus::open(&paths, arguments.files.options(&index, None, talk)?)?;
    let status = engine.status(&corpus)?;
    let mut out = io::stdout().lock();
    match arguments.format {
        FormatName::Text => text(&mut out, &status, talk)?,
        FormatName::Json => writeln!(out, "{}", json_line(&Line { r#type: "status", version: 1, status: &status })?)?,
    }
    let same = status.new.is_empty() && status.changed.is_empty() && status.gone.is_empty();
    Ok(if same { Exit::Success } else { Exit::Partial })
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    status: &'a FolderStatus,
}

fn text(out: &mut impl Write, status: &FolderStatus, talk: Talk) -> io::Result<()> {
    let lists = [
        (Label::New, "+", &status.new),
        (Label::Changed, "~", &status.changed),
        (Label::Gone, "-", &status.gone),
        (Label::NotRead, "!", &status.skipped),
    ];
    for (_, sign, files) in &lists {
        files.iter().try_for_each(|file| writeln!(out, "{sign} {}", escape::line(file)))?;
    }
    let count = |files: &Vec<String>| grouped(files.len() as u64);
    let mut rows: Vec<(Label, String)> = lists.iter().map(|(label, _, files)| (*label, count(files))).collect();
    rows.push((Label::Unchanged, grouped(status.unchanged)));
    if status.forgotten > 0 {
        rows.push((Label::Forgotten, grouped(status.forgotten)));
    }
    talk.say(table(&rows, talk.language).trim_end());
    Ok(())
}

/// A skip as it is printed for machines.
#[derive(Serialize)]
struct SkipLine<'a> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    skipped: &'a SkippedFile,
}

fn list(skipped: &[SkippedFile], format: FormatName, talk: Talk) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    for skipped in skipped {
        match format {
            FormatName::Text => {
                let SkippedFile { root, path, message, .. } = skipped;
                writeln!(out, "{}", escape::line(&format!("{root}/{path}: {message}")))?;
            }
            FormatName::Json => {
                writeln!(out, "{}", json_line(&SkipLine { r#type: "skip", version: 1, skipped })?)?;
            }
        }
    }
    if skipped.is_empty() {
        talk.tell(Message::NothingSkipped);
    }
    Ok(if skipped.is_empty() { Exit::Success } else { Exit::Partial })
}
