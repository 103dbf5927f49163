//! `xunzhang dict`: the user's dictionary of an index: what it has, what a change would do, and the change.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use xunzhang::{DictionaryChange, Engine};

use super::index::dictionary;
use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::json_line;
use crate::progress::{Bar, watch};
use crate::talk::Talk;

/// Show and change your dictionary of an index
///
/// Words decide the order of hits, and never what is found. A change cuts only those articles again that it cuts otherwise,
/// from their stored texts, and takes effect as a whole.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    deed: Deed,
    #[command(flatten)]
    index: IndexFolder,
    /// Change nothing: tell which articles would be cut otherwise, and with --query which ranks would change
    #[arg(long, global = true)]
    dry_run: bool,
    /// A query whose best 20 hits are compared; may be given several times, with --dry-run
    #[arg(long, global = true, value_name = "QUERY", requires = "dry_run", allow_hyphen_values = true)]
    query: Vec<String>,
    /// What to print
    #[arg(long, global = true, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

#[derive(Subcommand)]
enum Deed {
    /// Print the dictionary
    List,
    /// Add words, or give them another frequency or tag
    Add {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
        /// How often jieba takes the words to come; without it, as often as it must to be cut out
        #[arg(long, value_name = "N")]
        frequency: Option<u32>,
        /// jieba's tag of the words, as ns for places
        #[arg(long, requires = "frequency")]
        tag: Option<String>,
    },
    /// Take words out
    Remove {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Hold a dictionary against that of the index, and tell what it would do; changes nothing
    Diff {
        /// The dictionary, in jieba's format: a word a line
        file: PathBuf,
    },
}

const EXAMPLES: &str = "\
Examples:
  xunzhang dict add 两不愁三保障 一户一策 --dry-run --query 两不愁三保障
  xunzhang dict add 五龙镇 --frequency 1000 --tag ns
  xunzhang dict remove 五龙镇
  xunzhang dict diff 地名.txt --format json

Exit codes: 0 done, 1 nothing would change, 2 failed.";

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// An object of JSON
    Json,
}

/// Shows or changes.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let old = engine.dictionary();
    let (new, shows) = match arguments.deed {
        Deed::List => {
            write!(io::stdout(), "{}", escape::lines(old))?;
            return Ok(if old.trim().is_empty() { Exit::Partial } else { Exit::Success });
        }
        Deed::Add { words, frequency, tag } => {
            let columns = [frequency.map(|frequency| frequency.to_string()), tag];
            let columns: String = columns.into_iter().flatten().map(|column| format!(" {column}")).collect();
            let lines: String = words.iter().map(|word| format!("{word}{columns}\n")).collect();
            (without(old, &words) + &lines, arguments.dry_run)
        }
        Deed::Remove { words } => (without(old, &words), arguments.dry_run),
        Deed::Diff { file } => (dictionary(&file, talk)?, true),
    };
    if shows {
        let change = engine.dictionary_change(&new, &arguments.query)?;
        match arguments.format {
            FormatName::Text => write!(io::stdout(), "{}", text(&change, talk))?,
            FormatName::Json => writeln!(io::stdout(), "{}", json_line(&change)?)?,
        }
        return Ok(if is_nothing(&change) { Exit::Partial } else { Exit::Success });
    }
    let bar = Bar::of_documents(0, talk.language);
    let report = watch(talk, bar, |how| engine.change_dictionary(&new, how))?;
    talk.tell(Message::Recut { documents: report.documents, took_ms: report.took_ms });
    Ok(Exit::Success)
}

/// A dictionary without the lines of some words, in any of their writings.
fn without(dictionary: &str, words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| xunzhang::analysis::fold(word)).collect();
    let named = |line: &&str| {
        let word = line.trim_start_matches('\u{feff}').split_whitespace().next().unwrap_or_default();
        !words.contains(&xunzhang::analysis::fold(word))
    };
    dictionary.lines().filter(named).map(|line| format!("{line}\n")).collect()
}

fn is_nothing(change: &DictionaryChange) -> bool {
    change.added.is_empty() && change.removed.is_empty()
}

fn text(change: &DictionaryChange, talk: Talk) -> String {
    let mut lines: Vec<String> = change.added.iter().map(|word| format!("+ {word}")).collect();
    lines.extend(change.removed.iter().map(|word| format!("- {word}")));
    let affected = change.affected.len() as u64;
    lines.push(talk.text(Message::CutOtherwise { affected, looked_at: change.looked_at }));
    lines.extend(change.affected.iter().map(|id| format!("  {id}")));
    for query in &change.queries {
        lines.push(talk.text(Message::RanksMoved { query: &query.query, moved: query.moved.len() }));
        let rank = |rank: Option<u64>| rank.map_or("–".to_owned(), |rank| rank.to_string());
        lines.extend(query.moved.iter().map(|(id, old, new)| format!("  {} → {}  {id}", rank(*old), rank(*new))));
    }
    lines.iter().map(|line| escape::line(line) + "\n").collect()
}
