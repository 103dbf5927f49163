//! `xunzhang parse`: how a query is understood, as a tree, with what each part looks up and finds.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use xunzhang::{Branch, Engine, SearchRequest, Understanding};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::json_line;
use crate::talk::Talk;

/// Show how a query is understood: the tree, what each part looks up, and how many articles it finds
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The query; several arguments are joined by blanks
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// Read the query as one literal string
    #[arg(short = 'F', long)]
    literal: bool,
    /// Refuse a query with a fault instead of reading it as text
    #[arg(long)]
    strict: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang parse '扶贫 NEAR/10 贷款 -表态 日期:2018'
  xunzhang parse '脱贫*战 标题:(扶贫｜脱贫)^2' --format json";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Parses and prints.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let query = arguments.query.iter().map(|word| word.trim_start()).collect::<Vec<_>>().join(" ");
    let mut request = SearchRequest::new(query);
    (request.literal, request.strict) = (arguments.literal, arguments.strict);
    let understanding = engine.understand(&request)?;
    for complaint in &understanding.complaints {
        talk.note(complaint);
    }
    match arguments.format {
        FormatName::Text => write!(io::stdout(), "{}", text(&understanding, talk))?,
        FormatName::Json => writeln!(io::stdout(), "{}", json_line(&understanding)?)?,
    }
    Ok(Exit::Success)
}

fn text(understanding: &Understanding, talk: Talk) -> String {
    let mut lines = escape::line(&understanding.canonical) + "\n";
    draw(&understanding.tree, "", "", talk, &mut lines);
    let words: Vec<String> = understanding.words.iter().map(|(word, weight)| weighted(word, *weight)).collect();
    let words = talk.text(Message::OrderedBy { words: &words.join(" ") });
    lines + &escape::line(&words) + "\n"
}

/// A branch on a line, and its parts below it.
fn draw(branch: &Branch, lead: &str, below: &str, talk: Talk, lines: &mut String) {
    let found = talk.text(Message::Articles { count: branch.documents });
    let line = [named(branch), branch.unigrams.join("·"), found].into_iter().filter(|part| !part.is_empty());
    *lines += &format!("{lead}{}\n", escape::line(&line.collect::<Vec<_>>().join("  ")));
    for (at, part) in branch.parts.iter().enumerate() {
        let (own, rest) = if at + 1 == branch.parts.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        draw(part, &format!("{below}{own}"), &format!("{below}{rest}"), talk, lines);
    }
}

fn named(branch: &Branch) -> String {
    let field = if branch.field.is_empty() { String::new() } else { format!("{}:", branch.field) };
    let quote = if branch.quoted { "\"" } else { "" };
    let written = weighted(&format!("{field}{quote}{}{quote}", branch.written), branch.weight.unwrap_or(1.0));
    match branch.what.as_str() {
        "term" => written,
        what => format!("{what} {written}").trim_end().to_owned(),
    }
}

fn weighted(text: &str, weight: f32) -> String {
    if weight == 1.0 { text.to_owned() } else { format!("{text}^{weight}") }
}
