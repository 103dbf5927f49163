//! `xunzhang verify`: citations against the index and the files of today.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde::Serialize;
use xunzhang::{Citation, Engine, FileStanding, Quotation, Standing, Verdict};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::json_line;
use crate::talk::Talk;

/// Check citations against the index, and against the files
///
/// Reads lines of `xunzhang cite --style json`. Each is looked for in the index by its key: whether the text is the same,
/// and the quotation where it was, elsewhere in the article, or gone. With --root also in the file, by its bytes, and by
/// its text where they have changed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// File of citations, one a line; - for the standard input
    file: PathBuf,
    #[command(flatten)]
    index: IndexFolder,
    /// The folder that was indexed: looks into the files too
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang verify 引文.jsonl
  xunzhang verify 引文.jsonl --root 新闻/
  xunzhang cite news/2018/tuopin.txt 脱贫攻坚 --style json | xunzhang verify -

Exit codes: 0 all hold, 1 something has changed, 2 failed, or a line is no citation.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Checks.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let path = &arguments.file;
    let reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = std::fs::File::open(path).with_context(|| talk.text(Message::CannotRead { path }))?;
        Box::new(BufReader::new(file))
    };
    let engine = Engine::open(arguments.index.place().path)?;
    let mut out = io::stdout().lock();
    let (mut held, mut changed, mut faulty) = (0, 0, 0);
    for (number, line) in (1..).zip(reader.lines()) {
        let line = line.with_context(|| talk.text(Message::CannotRead { path }))?;
        if line.trim().is_empty() {
            continue;
        }
        let citation: Citation = match serde_json::from_str(&line) {
            Ok(citation) => citation,
            Err(error) => {
                faulty += 1;
                talk.say(&talk.text(Message::NotACitation { line: number, error: &error.to_string() }));
                continue;
            }
        };
        let verdict = match &arguments.root {
            Some(root) => engine.verify_below(&citation, root)?,
            None => engine.verify(&citation)?,
        };
        *(if verdict.holds() { &mut held } else { &mut changed }) += 1;
        match arguments.format {
            FormatName::Text => writeln!(out, "{}", escape::line(&text(&verdict, talk)))?,
            FormatName::Json => writeln!(out, "{}", json_line(&Line::of(&verdict))?)?,
        }
    }
    if held + changed + faulty == 0 {
        talk.tell(Message::NoCitation { path });
    }
    Ok(match (held + changed, changed, faulty) {
        (_, _, 1..) | (0, ..) => Exit::Failure,
        (_, 0, _) => Exit::Success,
        _ => Exit::Partial,
    })
}

/// A verdict on one line.
fn text(verdict: &Verdict, talk: Talk) -> String {
    let mut told = Vec::new();
    if verdict.holds() {
        told.push(talk.text(Message::Holds));
    } else {
        match &verdict.index {
            None => told.push(talk.text(Message::NotInIndex)),
            Some(standing) => tell(standing, Message::TextChanged, talk, &mut told),
        }
        match &verdict.file {
            None | Some(FileStanding::Same) => {}
            Some(FileStanding::Read(standing)) => tell(standing, Message::FileChanged, talk, &mut told),
            Some(FileStanding::Gone) => told.push(talk.text(Message::NotInFile)),
            Some(_) => told.push(talk.text(Message::FileMissing)),
        }
    }
    let (colon, comma) = talk.language.pick((": ", "; "), ("：", "；"));
    format!("{}{colon}{}", verdict.id, told.join(comma))
}

/// Tells what has changed of an article, if anything.
fn tell(standing: &Standing, changed: Message<'_>, talk: Talk, told: &mut Vec<String>) {
    if standing.same_text && standing.same_file != Some(false) && standing.quotation == Quotation::Stands {
        return;
    }
    told.push(talk.text(if standing.same_text { Message::FileChanged } else { changed }));
    told.push(talk.text(match &standing.quotation {
        Quotation::Stands => Message::QuotationStands,
        Quotation::Moved { field, bytes: [from, to] } => Message::QuotationMoved { field, from: *from, to: *to },
        Quotation::Gone => Message::QuotationGone,
    }));
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    version: u32,
    holds: bool,
    #[serde(flatten)]
    verdict: &'a Verdict,
}

impl<'a> Line<'a> {
    fn of(verdict: &'a Verdict) -> Self {
        Self { r#type: "verdict", version: 1, holds: verdict.holds(), verdict }
    }
}
