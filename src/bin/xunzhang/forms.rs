//! The forms that tables and answers can be asked for in, as typed and as meant.

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::messages::Message;
use crate::output::Format;
use crate::talk::Talk;

/// The form of a table.
#[derive(Args)]
pub struct Form {
    /// What to print [default: text, or csv with --excel]
    #[arg(long, value_enum)]
    format: Option<FormName>,
    /// Write CSV for spreadsheets: with a byte order mark, and no cell that is a formula
    #[arg(long)]
    excel: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FormName {
    /// For people
    Text,
    /// Lines of JSON, version 1: a line for each row, then a summary
    Json,
    /// A table
    Csv,
}

/// A form as it is meant.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    /// For people.
    Text,
    /// Lines of JSON.
    Json,
    /// A table; whether for spreadsheets.
    Csv(bool),
}

impl Form {
    /// The form that is meant.
    pub fn shape(&self, talk: Talk) -> anyhow::Result<Shape> {
        Ok(match self.format {
            Some(FormName::Csv) => Shape::Csv(self.excel),
            None if self.excel => Shape::Csv(true),
            _ if self.excel => bail!(talk.text(Message::ExcelIsCsv)),
            Some(FormName::Json) => Shape::Json,
            Some(FormName::Text) | None => Shape::Text,
        })
    }
}

/// The form of answers.
#[derive(Args)]
pub struct Printing {
    /// What to print [default: text, or csv with --excel]
    #[arg(long, value_enum)]
    format: Option<AnswerName>,
    /// Show every reprint as a hit by itself; text takes reprints together
    #[arg(long)]
    all: bool,
    /// Take reprints together in any form: of each family the best hit alone
    #[arg(long, conflicts_with = "all")]
    collapse: bool,
    /// Show scores in text
    #[arg(long)]
    score: bool,
    /// Write CSV for spreadsheets: with a byte order mark, and no cell that is a formula
    #[arg(long)]
    excel: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum AnswerName {
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

impl Printing {
    /// Whether reprints are taken together: a list for machines has them all.
    pub fn collapse(&self, format: Format) -> bool {
        self.collapse || (matches!(format, Format::Text { .. }) && !self.all)
    }

    /// The form that is meant.
    pub fn format(&self, talk: Talk) -> anyhow::Result<Format> {
        Ok(match self.format {
            Some(AnswerName::Csv) => Format::Csv { excel: self.excel },
            None if self.excel => Format::Csv { excel: true },
            _ if self.excel => bail!(talk.text(Message::ExcelIsCsv)),
            Some(AnswerName::Json) => Format::Json,
            Some(AnswerName::Ids) => Format::Ids,
            Some(AnswerName::Trec) => Format::Trec,
            Some(AnswerName::Text) | None => Format::Text { score: self.score },
        })
    }
}
