//! `xunzhang tag`: what texts name, without an index: people, places, organisations, policy terms, numbers, laws, dates,
//! and who said what.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde::Deserialize;
use xunzhang::DateSpan;
use xunzhang::entity::{Article, Recogniser};

use crate::exit::Exit;
use crate::messages::Message;
use crate::output::tag;
use crate::talk::Talk;
use crate::terminal::Screen;

/// Show the people, places, organisations, policy terms, numbers, laws and dates of texts, and who said what
///
/// Reads plain text, or JSON Lines with a text and, where there are any, an id, a title, a date and a source; which of
/// them, is told by what stands there. Needs no index.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Files; - is the standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    /// What to print: a JSON object for each text, or the text with what it names in 【】
    #[arg(long, value_enum, default_value_t = FormatName::Json)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang tag 讲话.txt --format text
  xunzhang tag articles.jsonl > mentions.jsonl
  echo '麦积区委书记张智明强调，要打赢脱贫攻坚战。' | xunzhang tag";

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FormatName {
    Json,
    Text,
}

/// A record of JSON Lines, or a text that is no record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    id: serde_json::Value,
    title: Option<String>,
    #[serde(alias = "body")]
    text: Option<String>,
    date: Option<String>,
    source: Option<String>,
}

/// Tags.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let recogniser = Recogniser::new();
    let (mut out, screen) = Screen::open(talk.colours);
    let mut print = |record: &Record| -> anyhow::Result<()> {
        let text = record.text.as_deref().unwrap_or_default();
        let date = record.date.as_deref().and_then(DateSpan::parse);
        let title = record.title.as_deref().unwrap_or_default();
        let found = recogniser.recognise(&Article { title, body: text, date, source: record.source.as_deref() });
        match arguments.format {
            FormatName::Json => tag::json(&mut out, &record.id, text, &found)?,
            FormatName::Text => tag::text(&mut out, screen, talk.language, text, &found)?,
        }
        Ok(())
    };
    for path in &arguments.files {
        let told = || talk.text(Message::CannotRead { path });
        let opened: Box<dyn Read> =
            if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path).with_context(told)?) };
        let id = if path == Path::new("-") { serde_json::Value::Null } else { path.to_string_lossy().into() };
        read(BufReader::new(opened), id, path, talk, &mut print)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// Gives every record; what does not begin with a record is one text.
fn read(
    mut input: impl BufRead,
    id: serde_json::Value,
    path: &Path,
    talk: Talk,
    give: &mut dyn FnMut(&Record) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let told = || talk.text(Message::CannotRead { path });
    let mut line = String::new();
    input.read_line(&mut line).with_context(told)?;
    let record = |line: &str| serde_json::from_str::<Record>(line.trim_start_matches('\u{feff}'));
    let is_record =
        line.trim_start_matches('\u{feff}').starts_with('{') && record(&line).is_ok_and(|one| one.text.is_some());
    if !is_record {
        input.read_to_string(&mut line).with_context(told)?;
        let text = Some(line.trim_start_matches('\u{feff}').to_owned());
        return give(&Record { id, text, ..Record::default() });
    }
    for number in 1_u64.. {
        if !line.trim().is_empty() {
            match record(&line) {
                Ok(one) if one.text.is_some() => give(&one)?,
                Ok(_) => bail!(talk.text(Message::RecordWithoutText { path, line: number })),
                Err(error) => {
                    return Err(error).with_context(|| talk.text(Message::NoRecord { path, line: number }));
                }
            }
        }
        line.clear();
        if input.read_line(&mut line).with_context(told)? == 0 {
            break;
        }
    }
    Ok(())
}
