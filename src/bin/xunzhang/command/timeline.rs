//! `xunzhang timeline`: how often terms are used over time, beside each other, and when each stands first.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use clap::{ArgGroup, Args};
use serde::Serialize;
use xunzhang::{Bar, Histogram, HistogramRequest, SearchRequest};

use crate::arguments::IndexFolder;
use crate::asking::{Counted, Days};
use crate::columns::aligned;
use crate::escape;
use crate::exit::Exit;
use crate::figures::grouped;
use crate::first_run;
use crate::labels::Label;
use crate::messages::Message;
use crate::output::chart::{self, Series};
use crate::output::{bars, json_line};
use crate::periods::UnitName;
use crate::talk::Talk;

/// Compare how often terms are used over time: policy formulations, names, any strings
///
/// Each term is an exact string; its rate is how often it stands for each million Han characters of all articles of the
/// period. A period in which the index has no article shows – and not 0.
#[derive(Args)]
#[command(after_help = EXAMPLES, group(ArgGroup::new("form").args(["json", "csv", "svg"])))]
pub struct Arguments {
    /// The terms
    #[arg(required = true, value_name = "TERM")]
    asked: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    counted: Counted,
    /// Units of the calendar
    #[arg(long, value_enum, default_value_t = UnitName::Month)]
    by: UnitName,
    /// Print lines of JSON, version 1: points, then a summary for each term
    #[arg(long)]
    json: bool,
    /// Print a table, a row for each term and period
    #[arg(long)]
    csv: bool,
    /// Print the rates as a drawing
    #[arg(long)]
    svg: bool,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang timeline 脱贫攻坚 乡村振兴 --by month
  xunzhang timeline 供给侧结构性改革 新质生产力 --by year --svg > 提法.svg

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

/// A term over time.
struct Line {
    term: String,
    histogram: Histogram,
}

impl Line {
    /// The first period in which it stands.
    fn first(&self) -> Option<&Bar> {
        self.histogram.bars.iter().find(|bar| bar.occurrences.unwrap_or_default() > 0)
    }

    /// The first period of which there is any document.
    fn start(&self) -> Option<&Bar> {
        self.histogram.bars.iter().find(|bar| bar.all_documents > 0)
    }
}

/// Counts and prints.
pub fn run(arguments: Arguments, talk: Talk) -> Result<Exit> {
    let unit = arguments.by.unit();
    let engine = first_run::open(&arguments.index.place(), xunzhang::EngineOptions::default(), talk)?;
    let mut lines = Vec::with_capacity(arguments.asked.len());
    for term in &arguments.asked {
        let mut request = HistogramRequest::new(term, unit);
        request.search = SearchRequest::new(term);
        request.search.literal = true;
        arguments.days.narrow(&mut request.search, talk)?;
        request.counting = arguments.counted.counting(talk)?;
        lines.push(Line { term: term.clone(), histogram: engine.histogram(&request)? });
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json(&mut out, &lines)?;
    } else if arguments.csv {
        csv(&mut out, &lines)?;
    } else if arguments.svg {
        write!(out, "{}", svg(&lines, talk))?;
    } else {
        text(&mut out, &lines, talk)?;
    }
    out.flush()?;
    let found = lines.iter().any(|line| line.histogram.documents > 0);
    Ok(if found { Exit::Success } else { Exit::Partial })
}

fn text(out: &mut dyn Write, lines: &[Line], talk: Talk) -> io::Result<()> {
    let Some(longest) = lines.iter().max_by_key(|line| line.histogram.bars.len()) else { return Ok(()) };
    let mut head = vec![Label::Period.text(talk.language).to_owned()];
    for line in lines {
        head.extend([escape::line(&line.term), Label::PerMillion.text(talk.language).to_owned()]);
    }
    let mut rows = vec![head];
    for (at, bar) in longest.histogram.bars.iter().enumerate() {
        let mut row = vec![bar.period.clone()];
        for line in lines {
            let own = line.histogram.bars.get(at);
            let count = own.and_then(|bar| bar.occurrences);
            let is_first = line.first().is_some_and(|first| first.period == bar.period);
            let mark = if is_first { "▸" } else { "" };
            row.push(count.map_or_else(|| "–".to_owned(), |count| format!("{mark}{}", grouped(count))));
            let rate = own.and_then(|bar| bar.per_million_han);
            row.push(rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.1}")));
        }
        rows.push(row);
    }
    aligned(&rows).iter().try_for_each(|row| writeln!(out, "{row}"))?;
    writeln!(out)?;
    for line in lines {
        let told = match (line.first(), line.start()) {
            (Some(first), Some(start)) => Message::FirstHere {
                term: &line.term,
                period: &first.period,
                start: &start.period,
                documents: line.histogram.documents,
            },
            _ => Message::NeverHere { term: &line.term },
        };
        writeln!(out, "{}", escape::line(&talk.text(told)))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Point<'a> {
    r#type: &'static str,
    term: &'a str,
    first: bool,
    #[serde(flatten)]
    bar: &'a Bar,
}

#[derive(Serialize)]
struct Summary<'a> {
    r#type: &'static str,
    version: u32,
    term: &'a str,
    documents: u64,
    occurrences: u64,
    first_in_collection: Option<&'a str>,
    collection_starts: Option<&'a str>,
}

fn json(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    for line in lines {
        let first = line.first().map(|bar| bar.period.as_str());
        for bar in &line.histogram.bars {
            let point = Point { r#type: "point", term: &line.term, first: first == Some(&bar.period), bar };
            writeln!(out, "{}", json_line(&point)?)?;
        }
    }
    for line in lines {
        let summary = Summary {
            r#type: "summary",
            version: 1,
            term: &line.term,
            documents: line.histogram.documents,
            occurrences: line.histogram.occurrences,
            first_in_collection: line.first().map(|bar| bar.period.as_str()),
            collection_starts: line.start().map(|bar| bar.period.as_str()),
        };
        writeln!(out, "{}", json_line(&summary)?)?;
    }
    Ok(())
}

fn csv(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(std::iter::once("term").chain(bars::COLUMNS).chain(["first"]))?;
    for line in lines {
        let first = line.first().map(|bar| bar.period.as_str());
        for bar in &line.histogram.bars {
            let is_first = first == Some(bar.period.as_str());
            let cells = std::iter::once(escape::cell(&line.term)).chain(bars::cells(bar));
            table.write_record(cells.chain([is_first.to_string()]))?;
        }
    }
    table.flush()
}

fn svg(lines: &[Line], talk: Talk) -> String {
    let longest = lines.iter().max_by_key(|line| line.histogram.bars.len());
    let bars = longest.map_or(&[][..], |line| &line.histogram.bars);
    let periods: Vec<String> = bars.iter().map(|bar| bar.period.clone()).collect();
    let series = |line: &Line| Series {
        name: line.term.clone(),
        values: line.histogram.bars.iter().map(|bar| bar.per_million_han).collect(),
    };
    chart::svg(&periods, &lines.iter().map(series).collect::<Vec<_>>(), Label::PerMillion.text(talk.language))
}
