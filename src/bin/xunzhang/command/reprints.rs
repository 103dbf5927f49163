//! `xunzhang reprints`: where else an article was printed, and what each printing changed.

use clap::{Args, ValueEnum};
use xunzhang::{Against, Engine};

use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::named::one;
use crate::output::reprints;
use crate::talk::Talk;

/// Show where else an article was printed, the earliest first
///
/// Printings of one text may differ in headline, byline, script and cut paragraphs. What comes from the same template
/// with other facts, as daily notices do, is listed apart.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Id or path of the article, as a query prints it; path#id where several have the same id
    id: String,
    #[command(flatten)]
    index: IndexFolder,
    /// Show what was cut, added and changed, against the earliest printing or against this article [default for two: earliest]
    #[arg(long, value_enum, value_name = "AGAINST", num_args = 0..=1, require_equals = true, default_missing_value = "earliest")]
    diff: Option<AgainstName>,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang reprints news/2018/tuopin.txt
  xunzhang reprints 'stories.jsonl#17' --diff           each printing against the earliest
  xunzhang reprints 'stories.jsonl#17' --diff=this --format json

What was cut stands in [-…-], what was added in {+…+}, or in colours. Script, readings and blanks are no difference.

Exit codes: 0 there are reprints, 1 there are none, or no article has the id, 2 failed, or several have it.";

#[derive(Clone, Copy, ValueEnum)]
enum AgainstName {
    /// The earliest printing
    Earliest,
    /// The article that is asked for
    This,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// Lines of JSON, version 1: printings, then what is alike, then a summary
    Json,
}

/// Asks and prints.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let key = match one(&arguments.id, None, &engine, talk)? {
        Ok(asked) => asked.document.key(),
        Err(exit) => return Ok(exit),
    };
    let against = match arguments.diff {
        None => Against::Nothing,
        Some(AgainstName::Earliest) => Against::Earliest,
        Some(AgainstName::This) => Against::Asked,
    };
    let Some(mut found) = engine.reprints(&key, against)? else { return Ok(Exit::Partial) };
    if found.total == 2 && arguments.diff.is_none() {
        found = engine.reprints(&key, Against::Earliest)?.unwrap_or(found);
    }
    match arguments.format {
        FormatName::Text => reprints::text(&found, talk)?,
        FormatName::Json => reprints::json(&found)?,
    }
    Ok(if found.total > 1 { Exit::Success } else { Exit::Partial })
}
