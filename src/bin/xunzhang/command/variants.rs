//! `xunzhang variants`: strings of the corpus near to a term.

use std::io;

use clap::{Args, ValueEnum};
use xunzhang::{Engine, Reason, Suggestion};

use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::labels::reason_of_suggestion;
use crate::messages::Message;
use crate::output::list::{self, Row};
use crate::talk::Talk;

/// List strings of the index near to a term
///
/// Other characters of the same sound or shape, swapped, missing and superfluous ones: how scanners and hands wrote a
/// term, or which other term is close to it. Only strings that some article has are listed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A term of 2 to 12 Han characters
    query: String,
    #[command(flatten)]
    index: IndexFolder,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang variants 部署
  xunzhang variants 已经 --format csv > 已经.csv
  xunzhang variants 张智明 --limit 5 --format json

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// Lines of JSON
    Json,
    /// A table
    Csv,
}

/// Lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let found = Engine::open(arguments.index.place().path)?.variants(&arguments.query, arguments.limit)?;
    let out = &mut io::stdout().lock();
    match arguments.format {
        FormatName::Text => list::text(out, &rows(&found, talk))?,
        FormatName::Json => list::json(out, &found)?,
        FormatName::Csv => list::csv(out, &found)?,
    }
    if found.is_empty() {
        talk.tell(Message::NoVariants);
    }
    Ok(if found.is_empty() { Exit::Partial } else { Exit::Success })
}

fn rows(found: &[Suggestion], talk: Talk) -> Vec<Row<'_>> {
    let note = |reason: Reason| reason_of_suggestion(reason, talk.language);
    found.iter().map(|near| Row { text: &near.text, documents: near.documents, note: note(near.reason) }).collect()
}
