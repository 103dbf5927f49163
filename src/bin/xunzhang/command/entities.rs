//! `xunzhang entities`: whom and what the articles name most.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use xunzhang::{Engine, Facet, Limit, Named, SearchRequest};

use crate::arguments::{IndexFolder, joined};
use crate::exit::Exit;
use crate::figures::parse_limit;
use crate::forms::{Form, Shape};
use crate::labels::Label;
use crate::output::facets;
use crate::output::table::{Cell, Table};
use crate::talk::Talk;

/// List whom and what most articles name: people, places, organisations, policy terms, numbers, laws, speakers
///
/// Counts articles, each once for a name, however often it stands there; of all articles, or of those of a query.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Only articles of this query
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    /// What to list
    #[arg(long, value_enum, default_value_t = KindName::Person)]
    kind: KindName,
    /// How many to give, or all
    #[arg(long, value_name = "N|all", value_parser = parse_limit, default_value = "20")]
    top: Limit,
    #[command(flatten)]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang entities --kind policy --top 50
  xunzhang entities 脱贫攻坚 --kind county
  xunzhang entities --kind person --top all --format csv > 人物.csv";

/// What is recognised in texts.
#[derive(Clone, Copy, ValueEnum)]
pub enum KindName {
    Person,
    Place,
    Province,
    City,
    County,
    Org,
    Policy,
    Number,
    Law,
    Speaker,
}

impl KindName {
    /// As the library names it.
    pub fn named(self) -> Named {
        match self {
            Self::Person => Named::Person,
            Self::Place => Named::Place,
            Self::Province => Named::Province,
            Self::City => Named::City,
            Self::County => Named::County,
            Self::Org => Named::Organisation,
            Self::Policy => Named::Policy,
            Self::Number => Named::Number,
            Self::Law => Named::Law,
            Self::Speaker => Named::Speaker,
        }
    }
}

/// Counts and lists.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let query = joined(&arguments.query);
    let request = (!query.is_empty()).then(|| SearchRequest::new(&query));
    let counts = engine.facet(&Facet::Named(arguments.kind.named()), arguments.top, request.as_ref())?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.form.shape(talk)? {
        Shape::Text => facets::text(&mut out, &counts, "--top", talk.language)?,
        Shape::Json => facets::json(&mut out, &counts, &query, None)?,
        Shape::Csv(excel) => {
            let row =
                |value: &xunzhang::FacetValue| vec![Cell::Text(value.value.clone()), Cell::Count(value.documents)];
            let columns = [("name", Label::Word), ("documents", Label::Documents)];
            Table::new(&columns, counts.values.iter().map(row)).csv(&mut out, excel)?;
        }
    }
    out.flush()?;
    Ok(if counts.values.is_empty() { Exit::Partial } else { Exit::Success })
}
