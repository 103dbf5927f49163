//! `xunzhang more-like`: articles like one, printed as the answers of a query are.

use clap::Args;
use xunzhang::{Engine, Limit, SearchRequest, Snippets};

use crate::arguments::IndexFolder;
use crate::asking::Days;
use crate::batch::Question;
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::forms::Printing;
use crate::messages::Message;
use crate::named::one;
use crate::output::Paper;
use crate::talk::Talk;

/// Find articles like one
///
/// Asks for the most telling words of an article, at most 20, and leaves the article itself out.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Id or path of the article, as a query prints it; path#id where several have the same id
    id: String,
    #[command(flatten)]
    index: IndexFolder,
    /// How many articles to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "10")]
    limit: Limit,
    /// How many articles to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    #[command(flatten)]
    days: Days,
    /// Passages of each article at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,
    #[command(flatten)]
    printing: Printing,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang more-like news/2018/tuopin.txt
  xunzhang more-like 'stories.jsonl#17' --since 2020 --limit 50 --format ids
  xunzhang query 张智明 --format ids --limit 1 | xargs -d '\\n' -n 1 xunzhang more-like

Exit codes: 0 something was found, 1 nothing was found, or no article has the id, 2 failed, or several have it.";

/// Asks and prints.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let format = arguments.printing.format(talk)?;
    let mut request = SearchRequest::default();
    (request.limit, request.offset) = (arguments.limit, arguments.offset);
    (request.snippets, request.ids_only) = (Snippets(arguments.snippets), format.ids_only());
    request.collapse = arguments.printing.collapse(format);
    arguments.days.narrow(&mut request, talk)?;
    let engine = Engine::open(arguments.index.place().path)?;
    let asked = match one(&arguments.id, None, &engine, talk)? {
        Ok(asked) => asked,
        Err(exit) => return Ok(exit),
    };
    let Some(mut response) = engine.more_like(&asked.document.key(), &request)? else { return Ok(Exit::Partial) };
    // A key finds the article for certain; what people see is the id.
    let query = asked.id;
    response.hits.iter_mut().for_each(|hit| hit.query.clone_from(&query));
    response.summary.query.clone_from(&query);
    let mut paper = Paper::open(format, false, talk);
    paper.answer(&Question { query, id: None, garbled: false }, &response, request.offset)?;
    talk.tell(Message::ByWords { words: &response.canonical });
    Ok(if response.summary.total.value > 0 { Exit::Success } else { Exit::Partial })
}
