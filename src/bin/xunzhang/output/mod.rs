//! What is printed as data: the forms of an answer, and the paper that they are written on. [`report`] tells of a run
//! of indexing.

pub mod bars;
pub mod chart;
pub mod concordance;
mod csv;
pub mod entity;
pub mod export;
pub mod facets;
mod ids;
mod json;
pub mod list;
pub mod reference;
pub mod report;
pub mod reprints;
pub mod table;
pub mod tag;
mod text;
mod trec;
pub mod view;
pub mod why;

use std::io::{self, BufWriter, Write};

use xunzhang::{Relax, SearchResponse};

pub use json::line as json_line;

use crate::batch::Question;
use crate::messages::Message;
use crate::talk::Talk;
use crate::terminal::Screen;

/// A form of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text {
        /// With scores.
        score: bool,
    },
    /// Lines of JSON.
    Json,
    /// One id a line.
    Ids,
    /// A table.
    Csv {
        /// Safe and readable for spreadsheets.
        excel: bool,
    },
    /// The standard run lines.
    Trec,
}

impl Format {
    /// Whether near answers follow where nothing is said: a list for machines is exact.
    pub fn relax(self) -> Relax {
        match self {
            Self::Ids | Self::Csv { .. } => Relax::Never,
            Self::Text { .. } | Self::Json | Self::Trec => Relax::Auto,
        }
    }

    /// Whether ids, ranks and scores are all it needs.
    pub fn ids_only(self) -> bool {
        matches!(self, Self::Ids | Self::Trec)
    }
}

/// Writes answers in one form.
trait Form {
    /// An answer's data.
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()>;

    /// A faulty line of a batch, where the form has a place for it; whether it has.
    fn fault(&mut self, _out: &mut dyn Write, _question: &Question, _message: &str) -> io::Result<bool> {
        Ok(false)
    }

    /// What people are told behind an answer.
    fn footer(&self, _response: &SearchResponse, _offset: usize, _talk: Talk) {}
}

/// The standard output and the form of what is written to it.
pub struct Paper {
    out: Box<dyn Write>,
    form: Box<dyn Form>,
    /// How to talk beside it.
    pub talk: Talk,
}

impl Paper {
    /// Takes the standard output.
    pub fn open(format: Format, batch: bool, talk: Talk) -> Self {
        if let Format::Text { score } = format {
            let (out, screen) = Screen::open(talk.colours);
            return Self { out, form: Box::new(text::Text { screen, score, language: talk.language }), talk };
        }
        let form: Box<dyn Form> = match format {
            Format::Csv { excel } => Box::new(csv::Csv::new(excel, batch)),
            Format::Ids => Box::new(ids::Ids),
            Format::Trec => Box::new(trec::Trec),
            Format::Json | Format::Text { .. } => Box::new(json::Json),
        };
        Self { out: Box::new(BufWriter::new(io::stdout().lock())), form, talk }
    }

    /// Writes an answer, and tells people about it.
    pub fn answer(&mut self, question: &Question, response: &SearchResponse, offset: usize) -> io::Result<()> {
        self.form.answer(&mut self.out, question, response)?;
        self.out.flush()?;
        self.form.footer(response, offset, self.talk);
        Ok(())
    }

    /// Writes an answer of a digest that has nothing, and tells people so.
    pub fn nothing_new(&mut self, question: &Question, response: &SearchResponse) -> io::Result<()> {
        self.form.answer(&mut self.out, question, response)?;
        self.out.flush()?;
        self.talk.tell(Message::NothingNew { query: &question.query });
        Ok(())
    }

    /// Writes what is wrong with a line of a batch, or tells it.
    pub fn fault(&mut self, question: &Question, error: &anyhow::Error) -> io::Result<()> {
        let message = format!("{error:#}");
        if !self.form.fault(&mut self.out, question, &message)? {
            let id = question.id.as_deref().unwrap_or_default();
            self.talk.error(&anyhow::anyhow!("{id}: {message}"));
        }
        self.out.flush()
    }
}
