//! `xunzhang upgrade`: the index made anew from its stored texts, after a change of fold, format or dictionary.

use std::path::PathBuf;

use clap::Args;
use xunzhang::{Engine, EngineOptions};

use super::index::{PartName, dictionary};
use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::messages::Message;
use crate::progress::{Bar, watch};
use crate::talk::Talk;

/// Make the index anew from its stored texts
///
/// After a change of the program's analysis, of the index's format or of your dictionary. The articles' files are not
/// needed, and the old index answers until the new one is whole.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    index: IndexFolder,
    /// A dictionary of your own in jieba's format, instead of the one that the index has
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
    /// Add what the index was made without: what is recognised in texts, or pairs for speed
    #[arg(long, value_enum, value_name = "PART")]
    with: Option<PartName>,
    /// Leave out one of them
    #[arg(long, value_enum, value_name = "PART")]
    without: Option<PartName>,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang upgrade
  xunzhang upgrade --index index/gov --dictionary 地名.txt";

/// Upgrades.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let mut options = EngineOptions::default();
    options.dictionary = arguments.dictionary.as_deref().map(|path| dictionary(path, talk)).transpose()?;
    (options.entities, options.pairs) = PartName::wanted(arguments.with, arguments.without)?;
    let engine = Engine::open_with(arguments.index.place().path, &options)?;
    let bar = Bar::of_documents(engine.stats()?.documents, talk.language);
    match watch(talk, bar, |how| engine.upgrade(how)) {
        Ok(report) => {
            talk.tell(Message::Upgraded { documents: report.documents, took_ms: report.took_ms });
            Ok(Exit::Success)
        }
        Err(error) if Exit::of(&error) == Exit::Interrupted => {
            talk.tell(Message::UpgradeCancelled);
            Ok(Exit::Interrupted)
        }
        Err(error) => Err(error),
    }
}
