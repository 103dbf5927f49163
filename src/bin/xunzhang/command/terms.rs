//! `xunzhang terms`: the policy terms that are recognised, and new ones that the articles of an index suggest.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use xunzhang::Engine;
use xunzhang::analysis::policy_terms;
use xunzhang::entity::Recogniser;
use xunzhang::entity::learn::{LearnOptions, Proposal};

use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::forms::{Form, Shape};
use crate::labels::Label;
use crate::messages::Message;
use crate::output::json_line;
use crate::output::table::{Cell, Table};
use crate::output::view::plain;
use crate::talk::Talk;
use crate::terminal::Screen;

/// List policy terms, and find new ones in your articles
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Subcommand)]
enum Deed {
    /// Print the terms that come with the program
    List,
    /// Propose new terms out of all articles of the index, with what speaks for each
    Learn(Learning),
}

#[derive(Args)]
struct Learning {
    #[command(flatten)]
    index: IndexFolder,
    /// How many terms to propose
    #[arg(long, value_name = "N", default_value_t = 50)]
    top: usize,
    /// Leave out terms of fewer articles
    #[arg(long, value_name = "N", default_value_t = 8)]
    min: u32,
    /// Propose those of the list too
    #[arg(long)]
    listed: bool,
    /// Terms that are known beside the list: one a line, variants behind it
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang terms learn --top 100
  xunzhang terms learn --min 20 --format csv > 提法.csv
  xunzhang terms list

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

const COLUMNS: [(&str, Label); 9] = [
    ("term", Label::Word),
    ("score", Label::Score),
    ("documents", Label::Documents),
    ("quoted", Label::Quoted),
    ("cued", Label::Cued),
    ("entropy", Label::Entropy),
    ("pmi", Label::Sticks),
    ("first", Label::First),
    ("example", Label::Example),
];

/// Lists, or learns.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    match arguments.deed {
        Deed::List => {
            let mut out = plain();
            policy_terms().try_for_each(|term| writeln!(out, "{term}"))?;
            out.flush()?;
            Ok(Exit::Success)
        }
        Deed::Learn(learning) => learn(learning, talk),
    }
}

fn learn(learning: Learning, talk: Talk) -> anyhow::Result<Exit> {
    let shape = learning.form.shape(talk)?;
    let own = match &learning.terms {
        Some(path) => std::fs::read_to_string(path).with_context(|| talk.text(Message::CannotRead { path }))?,
        None => String::new(),
    };
    let known = Recogniser::with_terms(&own)?;
    let known = (!learning.listed).then_some(&known);
    let mut options = LearnOptions::default();
    options.documents = learning.min;
    let proposals = Engine::open(learning.index.place().path)?.learn_terms(options, known, learning.top)?;
    print(&proposals, shape, talk)?;
    Ok(if proposals.is_empty() { Exit::Partial } else { Exit::Success })
}

fn print(proposals: &[Proposal], shape: Shape, talk: Talk) -> io::Result<()> {
    let table = Table::new(&COLUMNS, proposals.iter().map(cells));
    let mut out = plain();
    match shape {
        Shape::Text => {
            drop(out);
            let (mut out, screen) = Screen::open(talk.colours);
            table.text(&mut out, screen, talk.language)?;
            return out.flush();
        }
        Shape::Csv(excel) => table.csv(&mut out, excel)?,
        Shape::Json => proposals.iter().try_for_each(|proposal| writeln!(out, "{}", json_line(proposal)?))?,
    }
    out.flush()
}

fn cells(proposal: &Proposal) -> Vec<Cell> {
    vec![
        Cell::Text(proposal.written.clone()),
        Cell::Real(Some(proposal.score)),
        Cell::Count(proposal.documents.into()),
        Cell::Real(Some(proposal.quoted)),
        Cell::Real(Some(proposal.cued)),
        Cell::Real(Some(proposal.entropy)),
        Cell::Real(proposal.pmi),
        Cell::Text(proposal.first.map(|day| day.to_string()).unwrap_or_default()),
        Cell::Text(proposal.example.clone()),
    ]
}
