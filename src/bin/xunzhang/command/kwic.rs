//! `xunzhang kwic`: every occurrence of a query, on one line with what stands beside it.

use std::io::Write;

use clap::{Args, ValueEnum};
use xunzhang::{KwicOptions, KwicSort, Limit};

use crate::asking::{Asking, Counted, Days, tell};
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::forms::{Form, Shape};
use crate::output::{concordance, view};
use crate::talk::Talk;
use crate::terminal::Screen;

/// List every occurrence of a query, in context
///
/// One line for each place where a term of the query stands, in all articles that the query finds. A place within a
/// longer policy term is that term's.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    days: Days,
    /// Characters on each side, at most 500
    #[arg(long, value_name = "N", default_value_t = 20)]
    width: usize,
    /// The order of the lines
    #[arg(long, value_enum, default_value_t = SortName::Date)]
    sort: SortName,
    /// How many lines to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "100")]
    limit: Limit,
    /// Draw so many occurrences by chance from all
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Decides the draw: the same seed draws the same
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    counted: Counted,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang kwic 乡村振兴 --sort right
  xunzhang kwic '“一户一策” OR 精准扶贫' --width 30 --since 2018
  xunzhang kwic 扶贫 --sample 200 --seed 7 --limit all --excel > 扶贫.csv
  xunzhang kwic 中国特色社会主义 --nested --format json

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum SortName {
    /// By the characters before the match, read from it outward
    Left,
    /// By the characters behind the match
    Right,
    /// The earliest first
    Date,
    /// By source
    Source,
}

/// Lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let shape = arguments.form.shape(talk)?;
    let mut request = arguments.asking.request();
    arguments.days.narrow(&mut request, talk)?;
    let mut options = KwicOptions::default();
    (options.width, options.limit) = (arguments.width, arguments.limit);
    (options.sample, options.seed) = (arguments.sample, arguments.seed);
    options.counting = arguments.counted.counting(talk)?;
    options.sort = match arguments.sort {
        SortName::Left => KwicSort::Left,
        SortName::Right => KwicSort::Right,
        SortName::Date => KwicSort::Date,
        SortName::Source => KwicSort::Source,
    };
    let found = arguments.asking.open(talk)?.kwic(&request, &options)?;
    match shape {
        Shape::Text => {
            let (mut out, screen) = Screen::open(talk.colours);
            concordance::text(&mut out, screen, &found.lines)?;
            out.flush()?;
        }
        Shape::Csv(excel) => {
            let mut out = view::plain();
            concordance::csv(&mut out, &found.lines, excel)?;
            out.flush()?;
        }
        Shape::Json => view::json(&found.lines, &view::Whole { summary: &found.summary, totals: &[] })?,
    }
    Ok(tell(&found.summary, found.lines.len(), talk))
}
