//! `xunzhang terms`: the user's policy terms of an index, and new ones that its articles suggest.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use xunzhang::Engine;
use xunzhang::analysis::{fold, policy_terms};
use xunzhang::entity::learn::{LearnOptions, Proposal};

use crate::arguments::IndexFolder;
use crate::asking::lines;
use crate::escape;
use crate::exit::Exit;
use crate::forms::{Form, Shape};
use crate::labels::Label;
use crate::messages::Message;
use crate::output::json_line;
use crate::output::table::{Cell, Table};
use crate::output::view::plain;
use crate::progress::{Bar, watch};
use crate::talk::Talk;
use crate::terminal::Screen;

/// Show and change your policy terms of an index, and find new ones in its articles
///
/// Terms tell what is recognised, and never what a query for words finds. A change recognises again the articles that have
/// any of the strings, from their stored texts, and takes effect as a whole.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    deed: Deed,
    #[command(flatten)]
    index: IndexFolder,
}

#[derive(Subcommand)]
enum Deed {
    /// Print your terms of the index
    List {
        /// Print those that come with the program instead
        #[arg(long)]
        built_in: bool,
    },
    /// Add terms
    Add(Change),
    /// Take terms out; one that comes with the program is no longer recognised
    Remove(Change),
    /// Propose new terms out of all articles of the index, with what speaks for each
    Learn(Learning),
}

#[derive(Args)]
struct Change {
    /// The terms, each with its variants behind a blank
    terms: Vec<String>,
    /// More terms, one a line
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Change nothing: tell which articles would be recognised again
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
struct Learning {
    /// How many terms to propose
    #[arg(long, value_name = "N", default_value_t = 50)]
    top: usize,
    /// Leave out terms of fewer articles
    #[arg(long, value_name = "N", default_value_t = 8)]
    min: u32,
    /// Propose those too that are known: of the program, and yours
    #[arg(long)]
    listed: bool,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang terms learn --top 100
  xunzhang terms learn --min 20 --format csv > 提法.csv
  xunzhang terms add 三水一账 '六净一规范 六净、一规范'
  xunzhang terms remove 三水一账 --dry-run

Exit codes: 0 done, 1 nothing was found or would change, 2 failed.";

/// Articles that are named to people.
const NAMED: usize = 20;

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

/// Lists, changes or learns.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let open = || Engine::open(arguments.index.place().path);
    match arguments.deed {
        Deed::List { built_in: true } => {
            let mut out = plain();
            policy_terms().try_for_each(|term| writeln!(out, "{term}"))?;
            out.flush()?;
            Ok(Exit::Success)
        }
        Deed::List { built_in: false } => {
            let terms = open()?.terms()?;
            write!(io::stdout(), "{}", escape::lines(&terms))?;
            Ok(if terms.trim().is_empty() { Exit::Partial } else { Exit::Success })
        }
        Deed::Add(change) => {
            let given = given(&change, talk)?;
            take(&open()?, &given, true, change.dry_run, talk)
        }
        Deed::Remove(change) => {
            let given = given(&change, talk)?;
            take(&open()?, &given, false, change.dry_run, talk)
        }
        Deed::Learn(learning) => {
            let shape = learning.form.shape(talk)?;
            let mut options = LearnOptions::default();
            options.documents = learning.min;
            let proposals = open()?.learn_terms(options, learning.listed, learning.top)?;
            print(&proposals, shape, talk)?;
            Ok(if proposals.is_empty() { Exit::Partial } else { Exit::Success })
        }
    }
}

/// The lines that were named.
fn given(change: &Change, talk: Talk) -> anyhow::Result<Vec<String>> {
    let mut given = change.terms.clone();
    if let Some(path) = &change.file {
        given.extend(lines(path).with_context(|| talk.text(Message::CannotRead { path }))?);
    }
    given.retain(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    if given.is_empty() {
        bail!(talk.text(Message::NothingToAdd));
    }
    Ok(given)
}

/// Changes the terms of an index, or tells what that would do.
fn take(engine: &Engine, given: &[String], adds: bool, dry_run: bool, talk: Talk) -> anyhow::Result<Exit> {
    let old = engine.terms()?;
    let new = changed(&old, given, adds);
    if old.lines().eq(new.lines()) {
        talk.tell(Message::TermsAsTheyWere);
        return Ok(Exit::Partial);
    }
    if dry_run {
        let change = engine.terms_change(&new)?;
        let signed = |sign: &'static str| move |line: &String| format!("{sign} {line}");
        let mut told: Vec<String> = change.added.iter().map(signed("+")).collect();
        told.extend(change.removed.iter().map(signed("-")));
        told.push(talk.text(Message::TermsReach { documents: change.affected.len() as u64 }));
        told.extend(change.affected.iter().take(NAMED).map(|id| format!("  {id}")));
        let told: String = told.iter().map(|line| escape::line(line) + "\n").collect();
        write!(io::stdout(), "{told}")?;
        return Ok(Exit::Success);
    }
    let report = watch(talk, Bar::of_documents(0, talk.language), |how| engine.change_terms(&new, how))?;
    talk.tell(Message::TermsChanged { documents: report.documents, took_ms: report.took_ms });
    Ok(Exit::Success)
}

/// The lines of the user with others; a term has one line. What is taken out and has none is said to be no term.
fn changed(old: &str, given: &[String], adds: bool) -> String {
    let first = |line: &str| fold(line.trim_start_matches(['-', ' ']).split_whitespace().next().unwrap_or_default());
    let named: Vec<String> = given.iter().map(|line| first(line)).collect();
    let own: Vec<String> = old.lines().filter(|line| !line.starts_with('-')).map(first).collect();
    let mut new: Vec<String> = old.lines().filter(|line| !named.contains(&first(line))).map(str::to_owned).collect();
    for (line, name) in given.iter().zip(&named) {
        match (adds, own.contains(name)) {
            (true, _) => new.push(line.trim().to_owned()),
            (false, true) => {}
            (false, false) => new.push(format!("- {}", line.trim())),
        }
    }
    new.iter().map(|line| format!("{line}\n")).collect()
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
