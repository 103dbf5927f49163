//! The commands: one file each, with what can be typed and what is then done.

mod analyze;
mod cite;
mod collocations;
mod compare;
mod complete;
mod completions;
mod convert;
mod dict;
mod entities;
mod entity;
mod export;
mod forget;
mod histogram;
mod index;
mod keyness;
mod kwic;
mod more_like;
mod parse;
mod query;
mod reprints;
mod show;
mod stats;
mod status;
mod tag;
mod terms;
mod timeline;
mod train;
mod upgrade;
mod variants;
mod verify;
mod why;
mod why_not;

use clap::Subcommand;

use crate::exit::Exit;
use crate::talk::Talk;

/// A command and its arguments.
#[derive(Subcommand)]
pub enum Command {
    Index(index::Arguments),
    Status(status::Arguments),
    Forget(forget::Arguments),
    Query(query::Arguments),
    Show(show::Arguments),
    Why(why::Arguments),
    WhyNot(why_not::Arguments),
    Parse(parse::Arguments),
    Variants(variants::Arguments),
    Complete(complete::Arguments),
    MoreLike(more_like::Arguments),
    Reprints(reprints::Arguments),
    Histogram(histogram::Arguments),
    Kwic(kwic::Arguments),
    Collocations(collocations::Arguments),
    Keyness(keyness::Arguments),
    Compare(compare::Arguments),
    Export(export::Arguments),
    Cite(cite::Arguments),
    Verify(verify::Arguments),
    Stats(stats::Arguments),
    Tag(tag::Arguments),
    Entity(entity::Arguments),
    Entities(entities::Arguments),
    Timeline(timeline::Arguments),
    Dict(dict::Arguments),
    Terms(terms::Arguments),
    Upgrade(upgrade::Arguments),
    Analyze(analyze::Arguments),
    Train(train::Arguments),
    Completions(completions::Arguments),
    #[command(hide = true)]
    Convert(convert::Arguments),
}

/// Runs a command.
pub fn run(command: Command, talk: Talk) -> anyhow::Result<Exit> {
    match command {
        Command::Index(arguments) => index::run(arguments, talk),
        Command::Status(arguments) => status::run(arguments, talk),
        Command::Forget(arguments) => forget::run(arguments, talk),
        Command::Query(arguments) => query::run(arguments, talk),
        Command::Show(arguments) => show::run(arguments, talk),
        Command::Stats(arguments) => stats::run(arguments, talk),
        Command::Tag(arguments) => tag::run(arguments, talk),
        Command::Entity(arguments) => entity::run(arguments, talk),
        Command::Entities(arguments) => entities::run(arguments, talk),
        Command::Timeline(arguments) => timeline::run(arguments, talk),
        Command::Dict(arguments) => dict::run(arguments, talk),
        Command::Terms(arguments) => terms::run(arguments, talk),
        Command::Upgrade(arguments) => upgrade::run(arguments, talk),
        Command::Parse(arguments) => parse::run(arguments, talk),
        Command::Analyze(arguments) => analyze::run(arguments, talk),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Convert(convert::Arguments {}) => convert::run(),
        Command::Train(arguments) => train::run(arguments, talk),
        Command::Histogram(arguments) => histogram::run(arguments, talk),
        Command::Export(arguments) => export::run(arguments, talk),
        Command::Cite(arguments) => cite::run(arguments, talk),
        Command::Verify(arguments) => verify::run(arguments, talk),
        Command::Kwic(arguments) => kwic::run(arguments, talk),
        Command::Collocations(arguments) => collocations::run(arguments, talk),
        Command::Keyness(arguments) => keyness::run(arguments, talk),
        Command::Compare(arguments) => compare::run(arguments, talk),
        Command::MoreLike(arguments) => more_like::run(arguments, talk),
        Command::Reprints(arguments) => reprints::run(arguments, talk),
        Command::Why(arguments) => why::run(arguments, talk),
        Command::WhyNot(arguments) => why_not::run(arguments, talk),
        Command::Variants(arguments) => variants::run(arguments, talk),
        Command::Complete(arguments) => complete::run(arguments, talk),
    }
}
