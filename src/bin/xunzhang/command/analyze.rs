//! `xunzhang analyze`: what fold, unigrams and words make of a text; shows why a query finds what it finds.

use std::io::{self, Write};

use anyhow::Context;
use clap::{Args, ValueEnum};
use xunzhang::index::IndexError;
use xunzhang::{Analysis, Engine, Error};

use crate::arguments::IndexFolder;
use crate::escape;
use crate::exit::Exit;
use crate::labels::{Label, table};
use crate::messages::Message;
use crate::output::json_line;
use crate::place::Place;
use crate::talk::Talk;

/// Show what the analysis makes of a text: fold, unigrams, words
///
/// With the dictionary of the index, where there is one.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The text; several arguments are joined by blanks, and - is the standard input
    #[arg(required = true)]
    text: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang analyze '脫貧攻堅(jiān)戰，２０１８年'
  xunzhang analyze - --format json < 讲话.txt";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Analyses.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = open(&arguments.index.place())?;
    let text = match arguments.text.as_slice() {
        [dash] if dash == "-" => {
            io::read_to_string(io::stdin()).with_context(|| talk.text(Message::CannotRead { path: "-".as_ref() }))?
        }
        words => words.join(" "),
    };
    let analysis = engine.analyze(&text);
    match arguments.format {
        FormatName::Text => write!(io::stdout(), "{}", table(&rows(&analysis), talk.language))?,
        FormatName::Json => writeln!(io::stdout(), "{}", json_line(&analysis)?)?,
    }
    Ok(Exit::Success)
}

/// The index for its dictionary; one that nobody named need not be there.
fn open(place: &Place) -> anyhow::Result<Engine> {
    match Engine::open(&place.path) {
        Err(Error::Index(IndexError::Missing { .. })) if !place.named => Ok(Engine::in_memory()?),
        opened => Ok(opened?),
    }
}

fn rows(analysis: &Analysis) -> Vec<(Label, String)> {
    let joined = |tokens: &[String]| escape::line(&tokens.join(" "));
    vec![
        (Label::Folded, escape::line(&analysis.folded)),
        (Label::Unigrams, joined(&analysis.unigrams)),
        (Label::Words, joined(&analysis.words)),
        (Label::Glosses, joined(&analysis.glosses)),
    ]
}
