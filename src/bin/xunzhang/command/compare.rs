//! `xunzhang compare`: a query in two periods.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use xunzhang::{CompareOptions, Comparison, DateSpan, Keyword, Limit, SearchRequest};

use super::keyness;
use crate::asking::{Asking, Counted, Words, tell};
use crate::exit::Exit;
use crate::figures::{parse_limit, parse_period};
use crate::forms::{Form, Shape};
use crate::labels::Label;
use crate::output::json_line;
use crate::output::table::{Cell, Table};
use crate::output::view::plain;
use crate::talk::Talk;
use crate::terminal::Screen;

/// Compare a query in two periods
///
/// How many articles have it and how often it stands, against all that was written in each period, and the words that
/// mark the hits of either.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// The first period
    #[arg(long, value_name = "FROM..TO", value_parser = parse_period)]
    a: (Option<DateSpan>, Option<DateSpan>),
    /// The second period
    #[arg(long, value_name = "FROM..TO", value_parser = parse_period)]
    b: (Option<DateSpan>, Option<DateSpan>),
    #[command(flatten)]
    words: Words,
    /// How many words of either period to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "20")]
    limit: Limit,
    #[command(flatten)]
    counted: Counted,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang compare 扶贫 --a 2012..2016 --b 2017..2021
  xunzhang compare '扶贫 OR 脱贫' --a ..2015-11 --b 2015-12.. --limit 50 --format csv

Exit codes: 0 something was found in either period, 1 nothing was found, 2 failed.";

/// Compares.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let shape = arguments.form.shape(talk)?;
    let mut options = CompareOptions::default();
    options.counting = arguments.counted.counting(talk)?;
    (options.words.minimum, options.words.limit) = (arguments.words.min, arguments.limit);
    options.words.all_words = arguments.words.all_words;
    let sides = [arguments.a, arguments.b].map(|(since, until)| {
        let mut side = arguments.asking.request();
        (side.since, side.until) = (since, until);
        side
    });
    let found = arguments.asking.open(talk)?.compare([&sides[0], &sides[1]], &options)?;
    let days = sides.each_ref().map(days);
    match shape {
        Shape::Text => text(&found, &days, talk)?,
        Shape::Csv(excel) => {
            let mut out = plain();
            csv(&found).csv(&mut out, excel)?;
            out.flush()?;
        }
        Shape::Json => json(&found, &days)?,
    }
    Ok(tell(&found.summary, found.words.iter().map(Vec::len).sum(), talk))
}

/// A period as typed, more or less.
fn days(side: &SearchRequest) -> String {
    let day = |date: Option<DateSpan>| date.map(|date| date.to_string()).unwrap_or_default();
    if side.since == side.until { day(side.since) } else { format!("{}..{}", day(side.since), day(side.until)) }
}

fn text(found: &Comparison, days: &[String; 2], talk: Talk) -> io::Result<()> {
    let (mut out, screen) = Screen::open(talk.colours);
    let columns = [
        ("", Label::Period),
        ("", Label::Documents),
        ("", Label::AllDocuments),
        ("", Label::PerThousand),
        ("", Label::Occurrences),
        ("", Label::Han),
        ("", Label::PerMillion),
    ];
    let rows = found.sides.iter().zip(days).map(|(side, days)| {
        vec![
            Cell::Text(days.clone()),
            Cell::Count(side.documents),
            Cell::Count(side.all_documents),
            Cell::Real(side.per_thousand_documents),
            Cell::Count(side.occurrences),
            Cell::Count(side.han),
            Cell::Real(side.per_million),
        ]
    });
    Table::new(&columns, rows).text(&mut out, screen, talk.language)?;
    writeln!(out)?;
    let columns = [("", Label::Difference), ("", Label::LogLikelihood), ("", Label::LogRatio)];
    let rows = [(Label::Documents, found.documents), (Label::Occurrences, found.occurrences)];
    let rows = rows.into_iter().map(|(label, difference)| {
        let name = Cell::Text(label.text(talk.language).to_owned());
        vec![name, Cell::Real(Some(difference.g2)), Cell::Real(difference.log_ratio)]
    });
    Table::new(&columns, rows).text(&mut out, screen, talk.language)?;
    for (words, days) in found.words.iter().zip(days).filter(|(words, _)| !words.is_empty()) {
        writeln!(out)?;
        let heading = screen.marked(days, std::iter::empty());
        screen.heading(&mut out, "", &heading)?;
        Table::new(&keyness::COLUMNS, words.iter().map(keyness::cells)).text(&mut out, screen, talk.language)?;
    }
    out.flush()
}

/// One row for each thing that is counted on both sides, a and b.
fn csv(found: &Comparison) -> Table {
    let names = ["type", "word", "a", "b", "a_total", "b_total", "g2", "log_ratio"];
    let columns = names.map(|name| (name, Label::Word));
    let [a, b] = &found.sides;
    let row = |kind: &str, word: &str, counts: [u64; 2], totals: [u64; 2], g2: f64, log_ratio: Option<f64>| {
        let mut row = vec![Cell::Text(kind.to_owned()), Cell::Text(word.to_owned())];
        row.extend(counts.into_iter().chain(totals).map(Cell::Count));
        row.extend([Cell::Real(Some(g2)), Cell::Real(log_ratio)]);
        row
    };
    let mut rows = vec![
        row(
            "documents",
            "",
            [a.documents, b.documents],
            [a.all_documents, b.all_documents],
            found.documents.g2,
            found.documents.log_ratio,
        ),
        row(
            "occurrences",
            "",
            [a.occurrences, b.occurrences],
            [a.han, b.han],
            found.occurrences.g2,
            found.occurrences.log_ratio,
        ),
    ];
    let totals = [a.words, b.words];
    let of_a =
        |word: &Keyword| row("keyword", &word.word, [word.count, word.reference], totals, word.g2, word.log_ratio);
    let of_b = |word: &Keyword| {
        let log_ratio = word.log_ratio.map(|ratio| -ratio);
        row("keyword", &word.word, [word.reference, word.count], totals, word.g2, log_ratio)
    };
    rows.extend(found.words[0].iter().map(of_a));
    rows.extend(found.words[1].iter().map(of_b));
    Table::new(&columns, rows.into_iter())
}

/// A line with the side, or the thing, that it tells of.
#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(flatten)]
    line: &'a T,
    of: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<&'a str>,
}

fn json(found: &Comparison, days: &[String; 2]) -> io::Result<()> {
    let mut out = plain();
    for ((line, of), days) in found.sides.iter().zip(["a", "b"]).zip(days) {
        writeln!(out, "{}", json_line(&Line { line, of, days: Some(days) })?)?;
    }
    for (line, of) in [(&found.documents, "documents"), (&found.occurrences, "occurrences")] {
        writeln!(out, "{}", json_line(&Line { line, of, days: None })?)?;
    }
    for (words, of) in found.words.iter().zip(["a", "b"]) {
        words.iter().try_for_each(|line| writeln!(out, "{}", json_line(&Line { line, of, days: None })?))?;
    }
    writeln!(out, "{}", json_line(&found.summary)?)?;
    out.flush()
}
