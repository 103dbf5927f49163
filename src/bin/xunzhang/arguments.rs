//! What can be typed: the commands and the options that they share. Nothing behind the commands knows how arguments
//! are read.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use crate::command::Command;
use crate::language::Language;
use crate::place::Place;
use crate::terminal::Colours;

/// 寻章: full-text search for Chinese articles, complete by construction.
///
/// Finds every article that contains a term, in either script and however it was cut or broken, the best first, with
/// the sentence shown and the term marked.
#[derive(Parser)]
#[command(name = "xunzhang", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour
    #[arg(long, global = true, display_order = 900, value_enum, value_name = "WHEN", default_value_t = ColourName::Auto)]
    color: ColourName,
    /// Language of messages [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, display_order = 901, value_enum)]
    lang: Option<LanguageName>,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang index articles/             index a folder into index/main
  xunzhang query 脱贫攻坚              search it
  xunzhang query '脱贫攻坚 五龙镇 日期:2018' --limit all --format json
  xunzhang show news/2018/a.txt --query 脱贫攻坚

Exit codes: 0 done or found, 1 nothing found or something skipped, 2 failed, 130 stopped by Ctrl-C.";

/// Reads the arguments; ends the program where they are no use, or ask for help.
pub fn read() -> Arguments {
    Arguments::parse_from(shielded(std::env::args_os()))
}

impl Arguments {
    /// The language of messages.
    pub fn language(&self) -> Language {
        match self.lang {
            Some(LanguageName::Zh) => Language::Chinese,
            Some(LanguageName::En) => Language::English,
            None => Language::of_environment(),
        }
    }

    /// When to colour.
    pub fn colours(&self) -> Colours {
        match self.color {
            ColourName::Auto => Colours::Auto,
            ColourName::Always => Colours::Always,
            ColourName::Never => Colours::Never,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ColourName {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

/// Where the index is.
#[derive(Args, Clone)]
pub struct IndexFolder {
    /// Folder of the index [default: $XUNZHANG_INDEX, else index/main]
    #[arg(long, value_name = "DIR", global = true)]
    index: Option<PathBuf>,
}

impl IndexFolder {
    /// The folder that is meant.
    pub fn place(self) -> Place {
        Place::new(self.index)
    }
}

/// The words of a query as one.
pub fn joined(words: &[String]) -> String {
    words.iter().map(|word| word.trim_start()).collect::<Vec<_>>().join(" ")
}

/// Commands whose words are queries.
const ASKING: [&str; 10] =
    ["query", "parse", "histogram", "export", "kwic", "collocations", "keyness", "compare", "why", "why-not"];

/// Words of a query that begin with a dash and go on without an ASCII character, as -表态, get a blank before it, so
/// that they are not taken for options.
fn shielded(words: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut asks = false;
    words.map(move |word| {
        let negates = |text: &str| text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii()));
        if asks && word.to_str().is_some_and(negates) {
            let mut shielded = OsString::from(" ");
            shielded.push(word);
            return shielded;
        }
        asks |= ASKING.iter().any(|command| word == *command);
        word
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_agree_with_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_negated_word_is_no_option() {
        let words = ["xunzhang", "query", "扶贫", "-表态", "-F", "-“表态”"].map(OsString::from);
        let shielded: Vec<OsString> = shielded(words.into_iter()).collect();
        assert_eq!(shielded[2..], ["扶贫", " -表态", "-F", " -“表态”"].map(OsString::from));
    }
}
