//! `xunzhang dict`: the user's dictionary of an index: what it has, what a change would do, and the change.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use xunzhang::{DictionaryChange, Engine};

use super::index::dictionary;
use crate::arguments::IndexFolder;
use crate::asking::lines;
use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::json_line;
use crate::progress::{Bar, watch};
use crate::talk::Talk;

/// Show and change your dictionary of an index
///
/// Words decide the order of hits, and never what is found. A change looks at every article, cuts again those that it cuts
/// otherwise, from their stored texts, and takes effect as a whole.
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
    /// A query whose best 20 hits are compared; may be given several times, with --dry-run or diff
    #[arg(long, global = true, value_name = "QUERY", allow_hyphen_values = true)]
    query: Vec<String>,
    /// More such queries, one a line
    #[arg(long, global = true, value_name = "FILE")]
    queries: Option<PathBuf>,
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

/// Articles that are named to people.
const NAMED: usize = 20;

/// Shows or changes.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let old = engine.dictionary();
    let (new, shows) = match arguments.deed {
        Deed::List => return list(old, arguments.format),
        Deed::Add { words, frequency, tag } => {
            let no_word = |word: &&String| word.split_whitespace().count() != 1 || word.trim().starts_with('#');
            if let Some(word) = words.iter().find(no_word) {
                bail!(talk.text(Message::NoSingleWord { word }));
            }
            let columns = [frequency.map(|frequency| frequency.to_string()), tag];
            let columns: String = columns.into_iter().flatten().map(|column| format!(" {column}")).collect();
            (with(old, &words, &columns), arguments.dry_run)
        }
        Deed::Remove { words } => (with(old, &words, GONE), arguments.dry_run),
        Deed::Diff { file } => (dictionary(&file, talk)?, true),
    };
    let mut queries = arguments.query;
    if let Some(path) = &arguments.queries {
        queries.extend(lines(path).with_context(|| talk.text(Message::CannotRead { path }))?);
    }
    if shows {
        let change = engine.dictionary_change(&new, &queries)?;
        match arguments.format {
            FormatName::Text => write!(io::stdout(), "{}", text(&change, talk))?,
            FormatName::Json => writeln!(io::stdout(), "{}", json_line(&change)?)?,
        }
        return Ok(if is_nothing(&change) { Exit::Partial } else { Exit::Success });
    }
    if !queries.is_empty() {
        bail!(talk.text(Message::QueriesAreForDryRuns));
    }
    if old.lines().eq(new.lines()) {
        talk.tell(Message::DictionaryAsItWas);
        return Ok(Exit::Partial);
    }
    let bar = Bar::of_documents(0, talk.language);
    let report = watch(talk, bar, |how| engine.change_dictionary(&new, how))?;
    match arguments.format {
        FormatName::Text => talk.tell(Message::Recut { documents: report.documents, took_ms: report.took_ms }),
        FormatName::Json => writeln!(
            io::stdout(),
            "{}",
            json_line(
                &serde_json::json!({ "type": "dictionary_changed", "documents": report.documents, "took_ms": report.took_ms })
            )?
        )?,
    }
    Ok(Exit::Success)
}

/// Prints the lines as they are, or as an object.
fn list(dictionary: &str, format: FormatName) -> anyhow::Result<Exit> {
    match format {
        FormatName::Text => write!(io::stdout(), "{}", escape::lines(dictionary))?,
        FormatName::Json => {
            let lines: Vec<&str> = dictionary.lines().collect();
            writeln!(io::stdout(), "{}", json_line(&serde_json::json!({ "type": "dictionary", "lines": lines }))?)?;
        }
    }
    Ok(if dictionary.trim().is_empty() { Exit::Partial } else { Exit::Success })
}

/// Columns of a word that is to go.
const GONE: &str = "#";

/// A dictionary with other columns behind some words, in any of their writings: a word that it has keeps its line, since
/// jieba finds a missing frequency by the lines before it; a new one is put at the end.
fn with(dictionary: &str, words: &[String], columns: &str) -> String {
    let mut rest: Vec<(String, &str)> = Vec::new();
    for word in words {
        let folded = xunzhang::analysis::fold(word);
        if !rest.iter().any(|(known, _)| *known == folded) {
            rest.push((folded, word.trim()));
        }
    }
    let named: Vec<String> = rest.iter().map(|(folded, _)| folded.clone()).collect();
    let mut new = String::new();
    for line in dictionary.lines() {
        let word = line.trim_start_matches('\u{feff}').split_whitespace().next().unwrap_or_default();
        let folded = xunzhang::analysis::fold(word);
        if !named.contains(&folded) {
            new += &format!("{line}\n");
        } else if let Some(at) = rest.iter().position(|(known, _)| *known == folded && columns != GONE) {
            new += &format!("{}{columns}\n", rest.remove(at).1);
        }
    }
    rest.retain(|_| columns != GONE);
    new + &rest.iter().map(|(_, word)| format!("{word}{columns}\n")).collect::<String>()
}

fn is_nothing(change: &DictionaryChange) -> bool {
    change.added.is_empty() && change.removed.is_empty() && change.changed.is_empty()
}

fn text(change: &DictionaryChange, talk: Talk) -> String {
    let mut lines: Vec<String> = change.added.iter().map(|word| format!("+ {word}")).collect();
    lines.extend(change.removed.iter().map(|word| format!("- {word}")));
    lines.extend(change.changed.iter().map(|(before, after)| format!("~ {before} → {after}")));
    let (affected, holding, elsewhere) = (change.affected.len() as u64, change.holding, change.elsewhere);
    lines.push(talk.text(Message::CutOtherwise { affected, holding, elsewhere }));
    lines.extend(change.affected.iter().take(NAMED).map(|id| format!("  {id}")));
    if let Some(count) = affected.checked_sub(NAMED as u64).filter(|count| *count > 0) {
        lines.push(talk.text(Message::MoreArticles { count }));
    }
    for query in &change.queries {
        lines.push(talk.text(Message::RanksMoved { query: &query.query, moved: query.moved.len() }));
        let rank = |rank: Option<u64>| rank.map_or("–".to_owned(), |rank| rank.to_string());
        lines.extend(query.moved.iter().map(|(id, old, new)| format!("  {} → {}  {id}", rank(*old), rank(*new))));
    }
    lines.iter().map(|line| escape::line(line) + "\n").collect()
}
