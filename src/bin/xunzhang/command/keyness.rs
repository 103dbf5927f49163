//! `xunzhang keyness`: the words that mark the hits of a query.

use clap::Args;
use xunzhang::{KeynessOptions, Keyword, Limit};

use crate::asking::{Asking, Days, Words, tell};
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::forms::Form;
use crate::labels::Label;
use crate::output::table::{Cell, Table};
use crate::output::view;
use crate::talk::Talk;

/// List the words that mark the hits of a query
///
/// Holds the words of all articles that the query finds against those of the rest of the collection, or of another
/// query: G² says how sure a difference is (above 15.13: p < 0.0001), the log ratio how large (1: twice as common).
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    days: Days,
    /// Hold the hits against those of this query, of the same days, instead of the rest of the collection
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    reference: Option<String>,
    /// List the words that are rarer in the hits
    #[arg(long)]
    rarer: bool,
    #[command(flatten)]
    words: Words,
    /// How many words to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "50")]
    limit: Limit,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang keyness 乡村振兴
  xunzhang keyness 乡村振兴 --reference 脱贫攻坚 --min 20
  xunzhang keyness '来源:日报' --rarer --limit 100 --format csv

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

/// The columns of words that one side has more often.
pub const COLUMNS: [(&str, Label); 7] = [
    ("word", Label::Word),
    ("count", Label::Count),
    ("reference", Label::Reference),
    ("per_million", Label::PerMillion),
    ("reference_per_million", Label::ReferencePerMillion),
    ("g2", Label::LogLikelihood),
    ("log_ratio", Label::LogRatio),
];

/// Lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let shape = arguments.form.shape(talk)?;
    let mut request = arguments.asking.request();
    arguments.days.narrow(&mut request, talk)?;
    let reference = arguments.reference.map(|query| {
        let mut reference = request.clone();
        reference.query = query;
        reference
    });
    let mut options = KeynessOptions::default();
    (options.minimum, options.limit) = (arguments.words.min, arguments.limit);
    (options.all_words, options.rarer) = (arguments.words.all_words, arguments.rarer);
    let found = arguments.asking.open(talk)?.keyness(&request, reference.as_ref(), &options)?;
    let table = Table::new(&COLUMNS, found.words.iter().map(cells));
    let whole = view::Whole {
        summary: &found.summary,
        totals: &[("words", found.total), ("reference_words", found.reference_total)],
    };
    view::table(shape, &table, &found.words, &whole, talk)?;
    Ok(tell(&found.summary, found.words.len(), talk))
}

/// A word's row.
pub fn cells(word: &Keyword) -> Vec<Cell> {
    vec![
        Cell::Text(word.word.clone()),
        Cell::Count(word.count),
        Cell::Count(word.reference),
        Cell::Real(word.per_million),
        Cell::Real(word.reference_per_million),
        Cell::Real(Some(word.g2)),
        Cell::Real(word.log_ratio),
    ]
}
