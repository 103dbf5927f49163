//! `xunzhang show`: one article as a whole, with every match of a query.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use xunzhang::{DateSpan, Document, Engine, Loss, Shown};

use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::labels::Label;
use crate::language::Language;
use crate::messages::Message;
use crate::named::one;
use crate::output::json_line;
use crate::talk::Talk;
use crate::terminal::Screen;

/// Show a whole article, with every match of a query
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Id or path of the article, as a query prints it; path#id where several have the same id
    id: String,
    #[command(flatten)]
    index: IndexFolder,
    /// Mark what this query matches
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang show news/2018/tuopin.txt
  xunzhang show news/2018/tuopin.txt --query '脱贫攻坚 五龙镇'
  xunzhang show 'stories.jsonl#17' --format json

Exit codes: 0 shown, 1 no article has the id, 2 failed, or several articles have it.";

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

/// Shows.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let engine = Engine::open(arguments.index.place().path)?;
    let shown = match one(&arguments.id, arguments.query.as_deref(), &engine, talk)? {
        Ok(shown) => shown,
        Err(exit) => return Ok(exit),
    };
    match arguments.format {
        FormatName::Text => text(&shown, talk)?,
        FormatName::Json => writeln!(io::stdout(), "{}", json_line(&Page::new(&shown))?)?,
    }
    Ok(Exit::Success)
}

fn text(page: &Shown, talk: Talk) -> io::Result<()> {
    let (mut out, screen) = Screen::open(talk.colours);
    let document = &page.document;
    let title = screen.marked(document.shown_title(), page.title_marks.iter().cloned());
    title.lines().try_for_each(|line| screen.heading(&mut out, "", &line))?;
    for (name, value) in facts(page, talk.language) {
        screen.fact(&mut out, "", &format!("{name}{}{value}", talk.language.pick(": ", "：")))?;
    }
    writeln!(out)?;
    let body = screen.marked(&document.body, page.body_marks.iter().cloned());
    for line in body.lines() {
        if line.is_blank() {
            writeln!(out)?;
        }
        screen.paragraph(&mut out, "", &line)?;
    }
    out.flush()
}

/// What is known about the article, name and value.
fn facts(page: &Shown, language: Language) -> Vec<(String, String)> {
    let document = &page.document;
    let rule = |field: &str| {
        let found = document.found.iter().find(|(own, _)| own == field);
        found.map(|(_, rule)| Message::HowFound { rule }.text(language)).unwrap_or_default()
    };
    let how =
        |field: &str, value: Option<String>| value.filter(|value| !value.is_empty()).map(|value| value + &rule(field));
    let date = |date: DateSpan| match date.inferred {
        true => Message::Inferred { date: &date.to_string() }.text(language),
        false => date.to_string(),
    };
    let losses: Vec<String> = document.losses.iter().map(ToString::to_string).collect();
    let known = [
        (Label::Title, Some(rule("title").trim().to_owned())),
        (Label::Date, how("date", document.date.map(date))),
        (Label::Source, how("source", document.source.clone())),
        (Label::Authors, how("authors", Some(document.authors.join(language.pick(", ", "、"))))),
        (Label::Editor, how("editor", document.editor.clone())),
        (Label::Address, document.url.clone()),
        (Label::Path, Some(document.origin.place())),
        (Label::Id, Some(page.id.clone()).filter(|id| *id != document.origin.place())),
        (Label::Lost, Some(losses.join(language.pick("; ", "；")))),
    ];
    let known = known.into_iter().filter_map(|(label, value)| Some((label.text(language).to_owned(), value?)));
    known.chain(document.extra.iter().cloned()).filter(|(_, value)| !value.is_empty()).collect()
}

/// An article as one JSON object; every range is bytes of title or body.
#[derive(Serialize)]
struct Page<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    path: Option<String>,
    url: Option<&'a str>,
    title: &'a str,
    /// What is shown where there is no title.
    #[serde(skip_serializing_if = "str::is_empty")]
    headline: &'a str,
    date: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    date_inferred: bool,
    source: Option<&'a str>,
    authors: &'a [String],
    editor: Option<&'a str>,
    /// How each extracted value was found: name of the field and the rule.
    found: BTreeMap<&'a str, &'a str>,
    extra: &'a [(String, String)],
    losses: &'a [Loss],
    body: &'a str,
    rest: &'a str,
    marks: Marks,
}

#[derive(Serialize)]
struct Marks {
    title: Vec<[usize; 2]>,
    body: Vec<[usize; 2]>,
}

impl<'a> Page<'a> {
    fn new(page: &'a Shown) -> Self {
        let document: &Document = &page.document;
        let pairs = |marks: &[std::ops::Range<usize>]| marks.iter().map(|mark| [mark.start, mark.end]).collect();
        Self {
            r#type: "document",
            version: 1,
            id: &page.id,
            path: Some(document.origin.place()).filter(|path| !path.is_empty()),
            url: document.url.as_deref(),
            title: &document.title,
            headline: &document.headline,
            date: document.date.map(|date| date.to_string()),
            date_inferred: document.date.is_some_and(|date| date.inferred),
            source: document.source.as_deref(),
            authors: &document.authors,
            editor: document.editor.as_deref(),
            found: document.found.iter().map(|(field, rule)| (field.as_str(), rule.as_str())).collect(),
            extra: &document.extra,
            losses: &document.losses,
            body: &document.body,
            rest: &document.rest,
            marks: Marks { title: pairs(&page.title_marks), body: pairs(&page.body_marks) },
        }
    }
}
