//! `xunzhang collocations`: the words that stand near a query more often than chance.

use clap::Args;
use xunzhang::{Collocate, CollocationOptions, Limit};

use crate::asking::{Asking, Counted, Days, Words, tell};
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::forms::Form;
use crate::labels::Label;
use crate::output::table::{Cell, Table};
use crate::output::view;
use crate::talk::Talk;

/// List the words that stand near a query more often than chance
///
/// Counts the words beside every occurrence, within one sentence, and holds them against the whole collection: G² says
/// how sure the tie is (above 15.13: p < 0.0001), the log ratio how strong (1: twice as common, 2: four times).
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    days: Days,
    /// Words to either side
    #[arg(long, value_name = "N", default_value_t = 5)]
    window: usize,
    #[command(flatten)]
    words: Words,
    /// How many words to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "50")]
    limit: Limit,
    #[command(flatten)]
    counted: Counted,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang collocations 乡村振兴
  xunzhang collocations 扶贫 --window 3 --min 10 --since 2018
  xunzhang collocations '扶贫 OR 脱贫' --limit all --format csv > 搭配.csv

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

const COLUMNS: [(&str, Label); 6] = [
    ("word", Label::Word),
    ("observed", Label::Observed),
    ("expected", Label::Expected),
    ("all", Label::InAll),
    ("g2", Label::LogLikelihood),
    ("log_ratio", Label::LogRatio),
];

/// Lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let shape = arguments.form.shape(talk)?;
    let mut request = arguments.asking.request();
    arguments.days.narrow(&mut request, talk)?;
    let mut options = CollocationOptions::default();
    (options.window, options.minimum) = (arguments.window, arguments.words.min);
    (options.limit, options.all_words) = (arguments.limit, arguments.words.all_words);
    options.counting = arguments.counted.counting(talk)?;
    let found = arguments.asking.open(talk)?.collocations(&request, &options)?;
    let table = Table::new(&COLUMNS, found.words.iter().map(cells));
    let whole = view::Whole {
        summary: &found.summary,
        totals: &[("window_words", found.window_words), ("all_words", found.all_words)],
    };
    view::table(shape, &table, &found.words, &whole, talk)?;
    Ok(tell(&found.summary, found.words.len(), talk))
}

fn cells(word: &Collocate) -> Vec<Cell> {
    vec![
        Cell::Text(word.word.clone()),
        Cell::Count(word.observed),
        Cell::Real(Some(word.expected)),
        Cell::Count(word.all),
        Cell::Real(Some(word.g2)),
        Cell::Real(word.log_ratio),
    ]
}
