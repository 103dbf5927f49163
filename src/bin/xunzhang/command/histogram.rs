//! `xunzhang histogram`: articles and occurrences over time, drawn, or as a tidy table.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use xunzhang::{Apart, Bar, Facet, Histogram, HistogramRequest, Limit, Periods};

use crate::asking::{Asking, Counted, Days};
use crate::columns::{aligned, bar};
use crate::escape;
use crate::exit::Exit;
use crate::figures::{grouped, parse_limit};
use crate::labels::Label;
use crate::messages::{Message, Why};
use crate::output::{bars, json_line};
use crate::periods::{self, UnitName};
use crate::talk::Talk;

/// Count articles and occurrences over time, beside what the whole index has then
///
/// A period counts what lies in it as a whole: an article that is dated by its year alone is counted apart when months are
/// asked for. Occurrences are those of the query's terms in title and body. The rates are occurrences for each million Han
/// characters, and articles for each thousand, of all that the index has in the period, of the group where there are
/// groups. A period in which the index has no article shows –, an empty cell in CSV and null in JSON, and not 0.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    counted: Counted,
    /// Units of the calendar
    #[arg(long, value_enum, default_value_t = UnitName::Year)]
    by: UnitName,
    /// Periods of a file instead, a line NAME,FROM,TO each, with commas or tabs; they may overlap
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    periods: Option<PathBuf>,
    /// Count each source, author, folder (来源 作者 目录) or value of another key for itself
    #[arg(long, value_name = "FIELD")]
    group_by: Option<String>,
    /// How many groups to give, those with the most articles first, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "10")]
    groups: Limit,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang histogram 脱贫攻坚
  xunzhang histogram '扶贫 OR 脱贫' --by month --since 2015 --until 2018
  xunzhang histogram 造林 --group-by 来源 --format csv > 造林.csv
  xunzhang histogram 防汛 --periods 汛期.csv        with lines as 2018年汛期,2018-06,2018-08

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// A table, a row for each group and period
    Csv,
    /// Lines of JSON, version 1: bars, then a summary
    Json,
}

/// Counts and prints.
pub fn run(arguments: Arguments, talk: Talk) -> Result<Exit> {
    let mut request = HistogramRequest::default();
    request.search = arguments.asking.request();
    arguments.days.narrow(&mut request.search, talk)?;
    request.counting = arguments.counted.counting(talk)?;
    request.periods = match &arguments.periods {
        Some(path) => Periods::Named(periods::read(path, talk)?),
        None => Periods::Calendar(arguments.by.unit()),
    };
    request.group_by = arguments.group_by.as_deref().map(Facet::named);
    request.groups = arguments.groups;
    if matches!(request.group_by, Some(Facet::Date(_))) {
        bail!(talk.text(Message::GroupIsNoDate));
    }
    let histogram = arguments.asking.open(talk)?.histogram(&request)?;
    histogram.complaints.iter().for_each(|complaint| talk.note(&complaint.to_string()));
    let mut out = BufWriter::new(io::stdout().lock());
    let is_grouped = request.group_by.is_some();
    match arguments.format {
        FormatName::Text => text(&mut out, &histogram, is_grouped, talk)?,
        FormatName::Csv => csv(&mut out, &histogram, is_grouped)?,
        FormatName::Json => json(&mut out, &histogram, &request)?,
    }
    out.flush()?;
    tell(&histogram, talk);
    Ok(if histogram.documents > 0 { Exit::Success } else { Exit::Partial })
}

fn text(out: &mut dyn Write, histogram: &Histogram, is_grouped: bool, talk: Talk) -> io::Result<()> {
    for group in histogram.bars.chunk_by(|a, b| a.group == b.group) {
        if is_grouped {
            let none =
                talk.text(Message::WithoutValue { documents: group.iter().filter_map(|bar| bar.documents).sum() });
            let name = if group[0].group.is_empty() { &none } else { &group[0].group };
            writeln!(out, "── {} ──", escape::line(name))?;
        }
        let labels = [
            Label::Period,
            Label::Hits,
            Label::Occurrences,
            Label::PerMillion,
            Label::PerThousand,
            Label::AllDocuments,
            Label::AllHan,
        ];
        let heading = labels.iter().map(|label| label.text(talk.language).to_owned()).collect();
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(group.iter().map(cells)).collect();
        let most = group.iter().filter_map(|bar| bar.documents).max().unwrap_or(0);
        let inferred = |own: &Bar| match own.inferred {
            0 => String::new(),
            documents => format!("  {}", talk.text(Message::InferredIn { documents })),
        };
        let bars = group.iter().map(|own| bar(own.documents.unwrap_or(0), most) + &inferred(own));
        for (line, bar) in aligned(&rows).iter().zip(std::iter::once(String::new()).chain(bars)) {
            writeln!(out, "{}", format!("{line}  {bar}").trim_end())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn cells(bar: &Bar) -> Vec<String> {
    let unknown = || "–".to_owned();
    let count = |count: Option<u64>| count.map_or_else(unknown, grouped);
    let rate = |rate: Option<f64>| rate.map_or_else(unknown, |rate| format!("{rate:.2}"));
    vec![
        escape::line(&bar.period),
        count(bar.documents),
        count(bar.occurrences),
        rate(bar.per_million_han),
        rate(bar.per_thousand_documents),
        grouped(bar.all_documents),
        grouped(bar.all_han),
    ]
}

/// What people are told beside the bars.
fn tell(histogram: &Histogram, talk: Talk) {
    talk.tell(Message::Counted { documents: histogram.documents, occurrences: histogram.occurrences });
    let Apart { undated, broader, outside, .. } = histogram.apart;
    for ((documents, occurrences), why) in [(undated, Why::Undated), (broader, Why::Broader), (outside, Why::Outside)] {
        if documents > 0 {
            talk.tell(Message::Apart { documents, occurrences, why });
        }
    }
    let inferred = histogram.bars.iter().map(|bar| bar.inferred).sum();
    if inferred > 0 {
        talk.tell(Message::InferredDates { documents: inferred });
    }
    if histogram.groups_left_out > 0 {
        talk.tell(Message::GroupsLeftOut { groups: histogram.groups_left_out });
    }
    if histogram.gaps_left_out {
        talk.tell(Message::GapsLeftOut);
    }
    if histogram.bars.iter().any(|bar| bar.documents.is_none()) {
        talk.tell(Message::NoCollection);
    }
}

fn csv(out: &mut dyn Write, histogram: &Histogram, is_grouped: bool) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(is_grouped.then_some("group").into_iter().chain(bars::COLUMNS))?;
    for bar in &histogram.bars {
        table.write_record(is_grouped.then(|| escape::cell(&bar.group)).into_iter().chain(bars::cells(bar)))?;
    }
    table.flush()
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    bar: &'a Bar,
}

#[derive(Serialize)]
struct Summary<'a> {
    r#type: &'static str,
    version: u32,
    query: &'a str,
    understood: &'a str,
    documents: u64,
    occurrences: u64,
    apart: Apart,
    groups_left_out: u64,
    gaps_left_out: bool,
}

fn json(out: &mut dyn Write, histogram: &Histogram, request: &HistogramRequest) -> io::Result<()> {
    for bar in &histogram.bars {
        writeln!(out, "{}", json_line(&Line { r#type: "bar", bar })?)?;
    }
    let summary = Summary {
        r#type: "summary",
        version: 1,
        query: &request.search.query,
        understood: &histogram.canonical,
        documents: histogram.documents,
        occurrences: histogram.occurrences,
        apart: histogram.apart,
        groups_left_out: histogram.groups_left_out,
        gaps_left_out: histogram.gaps_left_out,
    };
    writeln!(out, "{}", json_line(&summary)?)
}
