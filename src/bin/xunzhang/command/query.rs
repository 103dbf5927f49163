//! `xunzhang query`: what can be asked and how; [`answer`] does the rest.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use xunzhang::{DateSpan, Facet, Limit, Relax, SearchRequest, Snippets, Sort, Undated};

use crate::answer;
use crate::arguments::{IndexFolder, joined};
use crate::asking::{Days, Reading};
use crate::batch::{self, Question};
use crate::digest::Digest;
use crate::exit::Exit;
use crate::figures::{parse_limit, parse_share};
use crate::first_run;
use crate::messages::Message;
use crate::output::{Format, Paper};
use crate::talk::Talk;

/// Search the index
///
/// A bare or quoted term finds exactly the articles that contain it, in either script; several terms must all be
/// there. Where there is no index yet and the folder corpus/ is small, it is indexed first.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The query; several arguments are joined by blanks
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// How many hits to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "10")]
    limit: Limit,
    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The order
    #[arg(long, value_enum, default_value_t = SortName::Relevance)]
    sort: SortName,
    /// What the oldest articles lose of their score, 0 to 1: half of it after a year
    #[arg(long, value_name = "WEIGHT", value_parser = parse_share, default_value_t = 0.0)]
    recency: f32,
    #[command(flatten)]
    reading: Reading,
    /// Tell what the score of each hit is made of
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    days: Days,
    /// Passages of each hit at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,
    /// Whether near answers follow the exact ones [default: never for ids and csv, else auto]
    #[arg(long, value_enum, value_name = "WHEN")]
    relax: Option<RelaxName>,
    /// What to print [default: text, or csv with --excel]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Answer the queries of a file, one a line, QUERY or ID<tab>QUERY; - for the standard input
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// Count all hits by source, author, year, month, day, folder (来源 作者 年 月 日 目录) or another key of the
    /// sources; may be given several times
    #[arg(long, value_name = "FIELD")]
    facet: Vec<String>,
    /// How many values of each --facet to give, or all; dates are given all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "10")]
    facet_values: Limit,
    /// Only what was indexed since the last digest of this --batch file; the first has everything
    ///
    /// What a digest has seen is remembered for each query, index and batch file in $XUNZHANG_STATE, else in
    /// $XDG_STATE_HOME/xunzhang or ~/.local/state/xunzhang, once all of it is written. A file that is indexed again is
    /// new again.
    #[arg(long, conflicts_with_all = ["limit", "offset", "relax"])]
    since_last: bool,
    /// Show scores in text
    #[arg(long)]
    score: bool,
    /// Write CSV for spreadsheets: with a byte order mark, and no cell that is a formula
    #[arg(long)]
    excel: bool,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang query 脱贫攻坚
  xunzhang query 脱贫攻坚 五龙镇 -表态             both terms and not the third
  xunzhang query '“一户一策” (扶贫 OR 脱贫)' --since 2018-02 --until 2018-03
  xunzhang query '标题:造林 来源:日报' --sort newest --limit all --format csv --excel > 造林.csv
  xunzhang query 张智明 --format ids | xargs -d '\\n' -n 1 xunzhang show --query 张智明
  xunzhang query -F '增长3.5%，其中' --format json
  xunzhang query --batch queries.tsv --format trec --limit 1000 > run.trec
  xunzhang query 脱贫攻坚 --limit 0 --facet 来源 --facet year
  xunzhang query --batch names.txt --since-last    what is new about each

Exit codes: 0 something was found, near answers included, 1 nothing was found, 2 failed. \
A batch ends with 0 if any of its queries found something; a faulty line is told and the rest go on.";

/// Asks and prints.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let format = arguments.format(talk)?;
    let mut request = arguments.request(format);
    arguments.days.narrow(&mut request, talk)?;
    let options = arguments.reading.options(talk)?;
    if !request.facets.is_empty() && !matches!(format, Format::Text { .. } | Format::Json) {
        bail!(talk.text(Message::FacetsNeedText));
    }
    if arguments.since_last && arguments.batch.as_deref().is_none_or(|path| path == Path::new("-")) {
        bail!(talk.text(Message::DigestNeedsBatch));
    }
    let mut paper = Paper::open(format, arguments.batch.is_some(), talk);
    let place = arguments.index.place();
    match &arguments.batch {
        None => {
            let question = Question { query: joined(&arguments.query), id: None, garbled: false };
            let engine = first_run::open(&place, options, talk)?;
            answer::one(&engine, &mut request, &question, &mut paper)
        }
        Some(path) => {
            let questions = open_batch(path, talk)?;
            let engine = first_run::open(&place, options, talk)?;
            if !arguments.since_last {
                return answer::batch(&engine, &mut request, questions, &mut paper, None);
            }
            let mut digest = Digest::open(&place.path, path, &answered_by(&request), talk)?;
            if digest.is_first() {
                talk.tell(Message::FirstDigest);
            }
            let exit = answer::batch(&engine, &mut request, questions, &mut paper, Some(&mut digest))?;
            digest.save()?;
            Ok(exit)
        }
    }
}

fn open_batch(path: &Path, talk: Talk) -> anyhow::Result<impl Iterator<Item = std::io::Result<Question>>> {
    batch::open(path).with_context(|| talk.text(Message::CannotRead { path }))
}

/// What, beside its text, decides which articles a query finds.
fn answered_by(request: &SearchRequest) -> String {
    let date = |date: Option<DateSpan>| date.map_or_else(String::new, |date| date.to_string());
    let undated = request.undated == Undated::Include;
    format!("{} {} {} {undated} {}", request.literal, date(request.since), date(request.until), request.expand)
}

impl Arguments {
    fn format(&self, talk: Talk) -> anyhow::Result<Format> {
        let format = match self.format {
            Some(format) => format,
            None if self.excel => FormatName::Csv,
            None => FormatName::Text,
        };
        Ok(match format {
            FormatName::Csv => Format::Csv { excel: self.excel },
            _ if self.excel => bail!(talk.text(Message::ExcelIsCsv)),
            FormatName::Text => Format::Text { score: self.score },
            FormatName::Json => Format::Json,
            FormatName::Ids => Format::Ids,
            FormatName::Trec => Format::Trec,
        })
    }

    fn request(&self, format: Format) -> SearchRequest {
        let mut request = SearchRequest::default();
        self.reading.read(&mut request);
        request.limit = self.limit;
        request.offset = self.offset;
        request.sort = self.sort.meant();
        (request.recency, request.explain) = (self.recency, self.explain);
        request.relax = self.relax.map_or(format.relax(), RelaxName::meant);
        if self.since_last {
            (request.limit, request.relax) = (Limit::All, Relax::Never);
        }
        request.facets = self.facet.iter().map(|name| Facet::named(name)).collect();
        request.facet_values = self.facet_values;
        request.snippets = Snippets(self.snippets);
        request.ids_only = format.ids_only();
        request
    }
}

/// What can be typed for it.
#[derive(Clone, Copy, ValueEnum)]
pub enum SortName {
    /// The best first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
    /// The best of late: a month takes half of the score
    Hot,
}

impl SortName {
    /// The order that is meant.
    pub fn meant(self) -> Sort {
        match self {
            Self::Relevance => Sort::Relevance,
            Self::Newest => Sort::Newest,
            Self::Oldest => Sort::Oldest,
            Self::Hot => Sort::Hot,
        }
    }
}

/// What can be typed for it.
#[derive(Clone, Copy, ValueEnum)]
pub enum RelaxName {
    Never,
    Auto,
    Always,
}

impl RelaxName {
    /// When near answers follow.
    pub fn meant(self) -> Relax {
        match self {
            Self::Never => Relax::Never,
            Self::Auto => Relax::Auto,
            Self::Always => Relax::Always,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// Lines of JSON, version 1: hits, then a summary
    Json,
    /// The ids of the articles
    Ids,
    /// A table
    Csv,
    /// The standard run lines of retrieval tests
    Trec,
}
