//! `xunzhang stats`: what an index holds, in numbers.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use xunzhang::{Engine, Stats};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::figures::{grouped, size};
use crate::labels::{Label, table};
use crate::messages::Message;
use crate::output::json_line;
use crate::talk::Talk;

/// Show what the index holds, in numbers
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    index: IndexFolder,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang stats
  xunzhang stats --index index/新闻 --format json";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Counts.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let place = arguments.index.place();
    let stats = Engine::open(&place.path)?.stats()?;
    match arguments.format {
        FormatName::Text => write!(io::stdout(), "{}", table(&rows(&stats), talk.language))?,
        FormatName::Json => writeln!(io::stdout(), "{}", json_line(&stats)?)?,
    }
    if stats.stale {
        talk.note(&talk.text(Message::Stale { upgrade: &place.upgrade() }));
    } else if stats.words_changed {
        talk.note(&talk.text(Message::WordsChanged { upgrade: &place.upgrade() }));
    } else if stats.entities_changed {
        talk.note(&talk.text(Message::EntitiesChanged { upgrade: &place.upgrade() }));
    }
    Ok(Exit::Success)
}

fn rows(stats: &Stats) -> Vec<(Label, String)> {
    let counted = |values: &[(String, u64)]| {
        let values: Vec<String> = values.iter().map(|(name, count)| format!("{name} {}", grouped(*count))).collect();
        escape::line(&values.join(" · "))
    };
    vec![
        (Label::Index, escape::line(stats.path.as_deref().unwrap_or("-"))),
        (Label::Documents, grouped(stats.documents)),
        (Label::WithLosses, grouped(stats.with_losses)),
        (Label::Undated, grouped(stats.undated)),
        (Label::InferredDates, grouped(stats.inferred)),
        (Label::NotRead, grouped(stats.skipped)),
        (Label::Reprints, grouped(stats.reprints)),
        (Label::Han, grouped(stats.han)),
        (Label::Text, size(stats.text_bytes)),
        (Label::Disk, size(stats.index_bytes)),
        (Label::IndexedAt, escape::line(&stats.indexed_at)),
        (Label::Sources, counted(&stats.sources)),
        (Label::Years, counted(&stats.years)),
        (Label::FoldPrint, escape::line(&stats.fold)),
        (Label::WordsPrint, escape::line(&stats.words)),
        (Label::EntitiesPrint, escape::line(&stats.entities)),
        (Label::Pairs, if stats.pairs { "✓" } else { "–" }.to_owned()),
    ]
}
