//! `xunzhang query`: what can be asked and how; [`answer`] does the rest.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use xunzhang::{DateSpan, Facet, Limit, Relax, SearchRequest, Snippets, Undated};

use crate::answer;
use crate::arguments::{IndexFolder, joined};
use crate::asking::{Days, Reading};
use crate::batch::{self, Question};
use crate::digest::Digest;
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::first_run;
use crate::forms::Printing;
use crate::messages::Message;
use crate::order::{Order, RelaxName};
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
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    reading: Reading,
    /// Give only what holds the query outside its main text, in menus and footers of pages
    #[arg(long)]
    rest: bool,
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
    #[command(flatten)]
    printing: Printing,
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
  xunzhang query 脱贫攻坚 --all                    every reprint as a hit by itself
  xunzhang query 脱贫攻坚 --limit 0 --facet 来源 --facet year
  xunzhang query --batch names.txt --since-last    what is new about each

Exit codes: 0 something was found, near answers included, 1 nothing was found, 2 failed. \
A batch ends with 0 if any of its queries found something; a faulty line is told and the rest go on.";

/// Asks and prints.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let format = arguments.printing.format(talk)?;
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
    fn request(&self, format: Format) -> SearchRequest {
        let mut request = SearchRequest::default();
        self.reading.read(&mut request);
        request.limit = self.limit;
        request.offset = self.offset;
        self.order.order(&mut request);
        request.explain = self.explain;
        request.outside = self.rest;
        request.relax = self.relax.map_or(format.relax(), RelaxName::meant);
        if self.since_last {
            (request.limit, request.relax) = (Limit::All, Relax::Never);
        }
        request.facets = self.facet.iter().map(|name| Facet::named(name)).collect();
        request.facet_values = self.facet_values;
        request.snippets = Snippets(self.snippets);
        request.ids_only = format.ids_only();
        request.collapse = self.printing.collapse(format);
        request
    }
}
