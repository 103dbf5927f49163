//! `xunzhang forget`: articles out of the index for good, their stored texts with them.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use xunzhang::{Engine, Forgotten};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::json_line;
use crate::talk::Talk;

/// Take a file, or an article, out of the index for good
///
/// Its stored text is gone when the command ends, and it does not come back when its file is indexed again. The path of a
/// file takes all of its articles; an id takes every article that has it.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Id or path of an article, or path of a file
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    name: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// Tell what would be taken out, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let all that was taken out be read again by the next run
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang forget news/2018/tuopin.txt
  xunzhang forget 'stories.jsonl#17' --dry-run
  xunzhang forget --undo && xunzhang index 新闻/

Exit codes: 0 done, 1 a name is none of the index, 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Forgets.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.clone().place().path)?;
    if arguments.undo {
        let count = engine.remember_all()?;
        talk.tell(Message::Remembered { count });
        return Ok(if count > 0 { Exit::Success } else { Exit::Partial });
    }
    let mut exit = Exit::Success;
    for name in &arguments.name {
        let forgotten = if arguments.dry_run { engine.would_forget(name)? } else { engine.forget(name)? };
        if forgotten.is_empty() {
            talk.tell(Message::UnknownId { id: name });
            exit = Exit::Partial;
        }
        print(&forgotten, arguments.format)?;
    }
    Ok(exit)
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    forgotten: &'a Forgotten,
}

fn print(forgotten: &Forgotten, format: FormatName) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        FormatName::Json => writeln!(out, "{}", json_line(&Line { r#type: "forgotten", version: 1, forgotten })?)?,
        FormatName::Text => {
            for name in forgotten.files.iter().chain(&forgotten.documents) {
                writeln!(out, "- {}", escape::line(name))?;
            }
        }
    }
    Ok(())
}
