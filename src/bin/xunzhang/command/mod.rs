//! The commands: one file each, with what can be typed and what is then done.

mod analyze;
mod completions;
mod index;
mod parse;
mod query;
mod show;
mod stats;
mod upgrade;

use clap::Subcommand;

use crate::exit::Exit;
use crate::talk::Talk;

/// A command and its arguments.
#[derive(Subcommand)]
pub enum Command {
    Index(index::Arguments),
    Query(query::Arguments),
    Show(show::Arguments),
    Stats(stats::Arguments),
    Upgrade(upgrade::Arguments),
    Analyze(analyze::Arguments),
    Parse(parse::Arguments),
    Completions(completions::Arguments),
}

/// Runs a command.
pub fn run(command: Command, talk: Talk) -> anyhow::Result<Exit> {
    match command {
        Command::Index(arguments) => index::run(arguments, talk),
        Command::Query(arguments) => query::run(arguments, talk),
        Command::Show(arguments) => show::run(arguments, talk),
        Command::Stats(arguments) => stats::run(arguments, talk),
        Command::Upgrade(arguments) => upgrade::run(arguments, talk),
        Command::Parse(arguments) => parse::run(arguments, talk),
        Command::Analyze(arguments) => analyze::run(arguments, talk),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}
