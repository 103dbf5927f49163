//! `xunzhang cite`: an article and its best passage, as a reference list has it or so that `verify` can check it.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use xunzhang::{Citation, DateSpan, Engine};

use crate::arguments::{IndexFolder, joined};
use crate::escape;
use crate::exit::Exit;
use crate::figures::parse_date;
use crate::messages::Message;
use crate::named::{ambiguous, by_id};
use crate::output::{json_line, reference};
use crate::talk::Talk;

/// Cite an article and the best passage for a query
///
/// As JSON: what is known about the article, SHA-256 of the file's bytes and of the text (title, a line feed and body in
/// UTF-8, as they are stored), and the passage exactly as it is stored, with its bytes and characters in title or body.
/// `xunzhang verify` checks it, years later too.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Id or path of the article, as a query prints it; path#id where several have the same id
    id: String,
    /// The query that chooses the passage; several arguments are joined by blanks
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// What to print
    #[arg(long, value_enum, default_value_t = StyleName::Gbt7714)]
    style: StyleName,
    /// Day on which you looked at the address
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    accessed: Option<DateSpan>,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang cite news/2018/tuopin.txt 脱贫攻坚
  xunzhang cite news/2018/tuopin.txt 脱贫攻坚 --accessed 2026-01-05
  xunzhang cite 'stories.jsonl#17' '五龙镇 一户一策' --style json >> 引文.jsonl

Exit codes: 0 cited, 1 no article has the id or the query marks nothing in it, 2 failed, or several articles have it.";

#[derive(Clone, Copy, ValueEnum)]
enum StyleName {
    /// A reference after GB/T 7714—2015
    Gbt7714,
    /// A line of JSON, version 1, for `xunzhang verify`
    Json,
}

/// Cites.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let query = joined(&arguments.query);
    let all = by_id(&arguments.id, |id| engine.cite(id, &query))?;
    match all.as_slice() {
        [] => talk.tell(Message::UnknownId { id: &arguments.id }),
        [None] => talk.tell(Message::NotInArticle { id: &arguments.id }),
        [Some(citation)] => {
            let mut citation = citation.clone();
            citation.accessed = arguments.accessed.map(|date| date.to_string());
            print(&citation, arguments.style)?;
            return Ok(Exit::Success);
        }
        several => {
            let several = several.iter().flatten();
            let several = several.map(|citation| (citation.id.as_str(), citation.title.as_str()));
            return Ok(ambiguous(&arguments.id, several, talk));
        }
    }
    Ok(Exit::Partial)
}

fn print(citation: &Citation, style: StyleName) -> io::Result<()> {
    let line = match style {
        StyleName::Gbt7714 => escape::line(&reference::gbt7714(citation)),
        StyleName::Json => json_line(citation)?,
    };
    writeln!(io::stdout(), "{line}")
}
