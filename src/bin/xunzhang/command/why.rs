//! `xunzhang why`: why an article is a hit; and what `why-not` shares with it.

use std::path::Path;

use clap::{Args, ValueEnum};
use xunzhang::explain::{Cause, NotIndexed};
use xunzhang::{Engine, Explanation, Limit, SearchRequest};

use crate::arguments::{IndexFolder, joined};
use crate::asking::{Days, Reading};
use crate::escape;
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::messages::Message;
use crate::order::{Order, RelaxName};
use crate::output::why;
use crate::place::DEFAULT_CORPUS;
use crate::talk::Talk;

/// Explain why an article is a hit
///
/// Says of each term where it stands and how its writing differs from the query's, or what is there instead.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang why news/2018/tuopin.txt 脱贫攻坚
  xunzhang why 'stories.jsonl#17' '标题:造林 -表态' --format json

Exit codes: 0 it is a hit, 1 it is none, 2 failed.";

/// Explains.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let is_hit = arguments.asked.answer(talk)?;
    Ok(if is_hit { Exit::Success } else { Exit::Partial })
}

/// An article and a query.
#[derive(Args)]
pub struct Asked {
    /// Id or path of the article, as a query prints it; path#id where several have the same id
    id: String,
    /// The query; several arguments are joined by blanks
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// How many hits the query is to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "all")]
    limit: Limit,
    /// How many hits it passes over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    days: Days,
    /// Whether near answers follow the exact ones
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = RelaxName::Auto)]
    relax: RelaxName,
    #[command(flatten)]
    reading: Reading,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// An object of JSON for each article of the id, version 1
    Json,
}

impl Asked {
    /// Prints the explanations; says whether any article that the id names is a hit.
    pub fn answer(self, talk: Talk) -> anyhow::Result<bool> {
        let request = self.request(talk)?;
        let engine = Engine::open_with(self.index.place().path, &self.reading.options(talk)?)?;
        let mut all = engine.why(&self.id, &request)?;
        if unknown(&all) {
            // An id is printed with its control characters spelt out, and may be copied so.
            let unspelt = escape::unspelt(&self.id);
            all = if unspelt == self.id { all } else { engine.why(&unspelt, &request)? };
        }
        match self.format {
            FormatName::Text => why::text(&all, talk)?,
            FormatName::Json => why::json(&all)?,
        }
        let file = [Path::new(&self.id).to_owned(), Path::new(DEFAULT_CORPUS).join(&self.id)];
        if let Some(path) = file.iter().find(|path| unknown(&all) && path.is_file()) {
            talk.note(&talk.text(Message::FileNotIndexed { path }));
        }
        Ok(all.iter().any(|explanation| explanation.is_hit))
    }

    fn request(&self, talk: Talk) -> anyhow::Result<SearchRequest> {
        let mut request = SearchRequest::new(joined(&self.query)).relax(self.relax.meant());
        (request.limit, request.offset) = (self.limit, self.offset);
        self.order.order(&mut request);
        self.reading.read(&mut request);
        self.days.narrow(&mut request, talk)?;
        Ok(request)
    }
}

/// Whether the index knows nothing of the id.
fn unknown(all: &[Explanation]) -> bool {
    let is_unknown = |cause: &Cause| matches!(cause, Cause::NotIndexed { reason: NotIndexed::Unknown { .. } });
    all.iter().flat_map(|explanation| &explanation.causes).any(|reason| is_unknown(&reason.cause))
}
