//! `xunzhang complete`: words and names of the corpus that begin like this.

use std::io;

use clap::{Args, ValueEnum};
use xunzhang::Engine;

use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::list::{self, Row};
use crate::talk::Talk;

/// List words and names of the index that begin with a prefix
///
/// The prefix is Han, pinyin or initials; the most frequent come first.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The begin of a word or a name
    prefix: String,
    #[command(flatten)]
    index: IndexFolder,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang complete 天水
  xunzhang complete tians
  xunzhang complete tsh --format json

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// Lines of JSON
    Json,
}

/// Lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let found = Engine::open(arguments.index.place().path)?.complete(&arguments.prefix, arguments.limit)?;
    let out = &mut io::stdout().lock();
    match arguments.format {
        FormatName::Text => {
            let row = |word| Row::of(word);
            list::text(out, &found.iter().map(row).collect::<Vec<_>>())?;
        }
        FormatName::Json => list::json(out, &found)?,
    }
    if found.is_empty() {
        talk.tell(Message::NoCompletions);
    }
    Ok(if found.is_empty() { Exit::Partial } else { Exit::Success })
}
