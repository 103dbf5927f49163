//! `xunzhang index`: files into the index, and a report that names whatever was left out.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use xunzhang::corpus::{Corpus, ReadOptions};
use xunzhang::{Engine, EngineOptions};

use super::convert;
use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::figures::parse_size;
use crate::messages::Message;
use crate::output::report;
use crate::place::DEFAULT_CORPUS;
use crate::progress::{Bar, watch};
use crate::talk::Talk;

/// Index files and folders of articles
///
/// Reads .txt, .md, .html, .json, .jsonl, .csv, .tsv, .xml, .docx, .odt, .rtf, .epub, .pdf, .eml and .mhtml files, also
/// compressed, in any of the usual charsets, whatever their names say. A file that cannot be read stops nothing and is
/// named in the report. Indexing a file again replaces what it gave before.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Files and folders [default: corpus]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFolder,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Which key of a record is which field, as body=content; may be given several times
    #[arg(long, value_name = "FIELD=KEY")]
    field: Vec<String>,
    /// A dictionary of your own in jieba's format: a word a line
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
    /// Charset of all files, instead of finding it out for each
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Follow symbolic links
    #[arg(long)]
    follow: bool,
    /// The most bytes of a file, as 20M
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_size: Option<u64>,
    /// Leave out, in a new index, what is recognised in texts: people, places, organisations, policy terms
    #[arg(long, value_enum, value_name = "PART")]
    without: Option<PartName>,
    /// Print the report as a JSON object
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang index                                 corpus/ into index/main
  xunzhang index 新闻/ 讲话/ --index index/gov
  xunzhang index stories.jsonl.gz --field title=标题 --field body=正文
  xunzhang index 旧稿/ --encoding gb18030 --dictionary 地名.txt --json

Exit codes: 0 all indexed, 1 something was skipped or lost, 2 failed, 130 stopped by Ctrl-C.";

/// What an index may have or do without.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum PartName {
    /// People, places, organisations, policy terms, numbers, laws, and who said what
    Entities,
}

/// Indexes.
pub fn run(mut arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let paths = match std::mem::take(&mut arguments.paths) {
        paths if !paths.is_empty() => paths,
        _ if Path::new(DEFAULT_CORPUS).is_dir() => vec![PathBuf::from(DEFAULT_CORPUS)],
        _ => bail!(talk.text(Message::NothingToIndex)),
    };
    let corpus = Corpus::open(&paths, arguments.read_options()?)?;
    let engine = Engine::open_with(&arguments.index.place().path, &{
        let mut options = EngineOptions::default();
        options.create = true;
        options.threads = arguments.threads;
        options.entities = arguments.without.map(|PartName::Entities| false);
        options.dictionary = arguments.dictionary.as_deref().map(|path| dictionary(path, talk)).transpose()?;
        options
    })?;
    let files = corpus.files();
    let bar = Bar::of_bytes(corpus.bytes(), corpus.read_bytes(), talk.language);
    let report = watch(talk, bar, |how| engine.ingest_corpus(corpus, how))?;
    if arguments.json {
        report::json(&report, files)?
    } else {
        report::text(&report, talk)
    }
    let whole = report.skipped.is_empty() && report.losses.is_empty();
    Ok(if whole { Exit::Success } else { Exit::Partial })
}

/// Reads a user's dictionary.
pub fn dictionary(path: &Path, talk: Talk) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| talk.text(Message::CannotRead { path }))
}

impl Arguments {
    fn read_options(&self) -> anyhow::Result<ReadOptions> {
        let mut options = ReadOptions::default();
        self.field.iter().try_for_each(|mapping| options.map_field(mapping))?;
        options.follow_links = self.follow;
        options.encoding.clone_from(&self.encoding);
        options.max_bytes = self.max_size.unwrap_or(options.max_bytes);
        options.helper = convert::helper();
        Ok(options)
    }
}
