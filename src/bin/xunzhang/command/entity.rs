//! `xunzhang entity`: someone or something that texts name, on one page.

use std::io::Write;

use clap::{ArgGroup, Args};
use xunzhang::{Engine, EntityRequest};

use super::entities::KindName;
use crate::arguments::{IndexFolder, joined};
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::{entity, json_line};
use crate::talk::Talk;
use crate::terminal::Screen;

/// Show what the articles tell of a person, place, organisation or policy: writings, titles, company, time
///
/// Who and what is met is named in the same articles more often than chance would have it: G² above 15.13 is p < 0.0001.
/// Writings, titles and passages are of the latest 2,000 articles, all else of all.
#[derive(Args)]
#[command(after_help = EXAMPLES, group(ArgGroup::new("form").args(["json", "svg"])))]
pub struct Arguments {
    /// Any of its names, in either script
    #[arg(required = true)]
    name: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// What it is [default: what most articles know by the name]
    #[arg(long, value_enum)]
    kind: Option<KindName>,
    /// How many of each kind that is met to give
    #[arg(long, value_name = "N", default_value_t = 10)]
    met: usize,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    /// Print the articles per month as a drawing
    #[arg(long)]
    svg: bool,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang entity 张智明
  xunzhang entity 天水 --kind place --json
  xunzhang entity 脱贫攻坚 --svg > 脱贫攻坚.svg

Exit codes: 0 found, 1 no article names it, 2 failed.";

/// Looks it up.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let mut request = EntityRequest::default();
    request.name = joined(&arguments.name);
    request.kind = arguments.kind.map(KindName::named);
    request.met = arguments.met.max(1);
    let engine = Engine::open(arguments.index.place().path)?;
    let Some(page) = engine.entity(&request)? else {
        talk.tell(Message::NobodyNamed { name: &request.name });
        return Ok(Exit::Partial);
    };
    let (mut out, _) = Screen::open(talk.colours);
    if arguments.json {
        writeln!(out, "{}", json_line(&page)?)?;
    } else if arguments.svg {
        write!(out, "{}", entity::svg(&page, talk.language))?;
    } else {
        entity::text(&mut out, &page, talk.language)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}
