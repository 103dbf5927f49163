//! What the commands that ask share: the query, how it is read, the days that count, the forms of a table, and what
//! people are told behind it.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use xunzhang::query::Synonyms;
use xunzhang::{Counting, DateSpan, Engine, EngineOptions, SearchRequest, Undated, ViewSummary};

use crate::arguments::{IndexFolder, joined};
use crate::exit::Exit;
use crate::figures::parse_date;
use crate::first_run;
use crate::messages::Message;
use crate::talk::Talk;

/// The query and the index.
#[derive(Args)]
pub struct Asking {
    /// The query; several arguments are joined by blanks
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexFolder,
    #[command(flatten)]
    reading: Reading,
}

impl Asking {
    /// The request for all days.
    pub fn request(&self) -> SearchRequest {
        let mut request = SearchRequest::new(joined(&self.query));
        self.reading.read(&mut request);
        request
    }

    /// Opens the index.
    pub fn open(self, talk: Talk) -> anyhow::Result<Engine> {
        first_run::open(&self.index.place(), self.reading.options(talk)?, talk)
    }
}

/// How a query is read.
#[derive(Args)]
pub struct Reading {
    /// Take what stands in other words for an exact answer: synonyms, 2018年 for 二〇一八年
    #[arg(long)]
    expand: bool,
    /// Synonyms and abbreviations, a group a line: 马铃薯 土豆
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
    /// Read the query, or every line of a batch, as one literal string
    #[arg(short = 'F', long)]
    literal: bool,
    /// Refuse a query with a fault instead of reading it as text
    #[arg(long)]
    strict: bool,
}

impl Reading {
    /// Tells a request.
    pub fn read(&self, request: &mut SearchRequest) {
        (request.literal, request.strict, request.expand) = (self.literal, self.strict, self.expand);
    }

    /// How to open the engine, with the synonyms of the file.
    pub fn options(&self, talk: Talk) -> anyhow::Result<EngineOptions> {
        let mut options = EngineOptions::default();
        if let Some(path) = &self.synonyms {
            let text = std::fs::read_to_string(path).with_context(|| talk.text(Message::CannotRead { path }))?;
            options.synonyms = Synonyms::read(&text).with_context(|| path.display().to_string())?;
        }
        Ok(options)
    }
}

/// The days that count.
#[derive(Args)]
pub struct Days {
    /// Only articles of this day, month or year or later
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    since: Option<DateSpan>,
    /// Only articles of this day, month or year or earlier
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    until: Option<DateSpan>,
    /// What happens to articles without a date under --since and --until
    #[arg(long, value_enum, default_value_t = UndatedName::Exclude)]
    undated: UndatedName,
}

#[derive(Clone, Copy, ValueEnum)]
enum UndatedName {
    Include,
    Exclude,
}

impl Days {
    /// Narrows a request to the days.
    pub fn narrow(&self, request: &mut SearchRequest, talk: Talk) -> anyhow::Result<()> {
        (request.since, request.until) = (self.since, self.until);
        request.undated = match self.undated {
            UndatedName::Include => Undated::Include,
            UndatedName::Exclude => Undated::Exclude,
        };
        match (self.since, self.until) {
            (Some(since), Some(until)) if since.first > until.last => bail!(talk.text(Message::DatesBackwards)),
            _ => Ok(()),
        }
    }
}

/// Which words of a list are given.
#[derive(Args)]
pub struct Words {
    /// Leave out words that are counted less often where they are commoner
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub min: u64,
    /// List function words too
    #[arg(long)]
    pub all_words: bool,
}

/// What is an occurrence.
#[derive(Args)]
pub struct Counted {
    /// Count a term also where it stands within a longer listed one
    #[arg(long)]
    nested: bool,
    /// Further terms that keep their parts for themselves, one a line
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
}

impl Counted {
    /// How occurrences are counted.
    pub fn counting(&self, talk: Talk) -> anyhow::Result<Counting> {
        let mut counting = Counting::default();
        counting.nested = self.nested;
        if let Some(path) = &self.terms {
            counting.terms = lines(path).with_context(|| talk.text(Message::CannotRead { path }))?;
        }
        Ok(counting)
    }
}

/// The lines of a file, without empty ones and those that begin with `#`.
pub fn lines(path: &Path) -> io::Result<Vec<String>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// Tells people what is worth knowing of a view, `shown` rows of which were printed, and how the command ends.
pub fn tell(summary: &ViewSummary, shown: usize, talk: Talk) -> Exit {
    summary.complaints.iter().for_each(|complaint| talk.note(&complaint.to_string()));
    let (documents, took_ms) = (summary.documents, summary.took_ms);
    if documents == 0 {
        talk.tell(Message::NothingFound { documents: summary.coverage.documents });
    } else {
        let occurrences = summary.occurrences.zip(summary.documents_with_occurrences);
        let found = Message::Viewed { documents, occurrences, took_ms };
        let mut told = talk.text(found);
        if (shown as u64) < summary.rows {
            told += &talk.text(Message::RowsShown { shown: shown as u64, rows: summary.rows });
        }
        talk.say(&told);
    }
    if summary.coverage.inferred_dates > 0 {
        talk.tell(Message::InferredDates { documents: summary.coverage.inferred_dates });
    }
    if summary.coverage.undated_left_out > 0 {
        talk.tell(Message::UndatedLeftOut { documents: summary.coverage.undated_left_out });
    }
    if summary.coverage.skipped > 0 {
        talk.tell(Message::NotRead { files: summary.coverage.skipped });
    }
    let nothing = documents == 0 || summary.occurrences == Some(0);
    if nothing { Exit::Partial } else { Exit::Success }
}
