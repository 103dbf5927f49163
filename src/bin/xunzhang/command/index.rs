//! `xunzhang index`: files into the index, and a report that names whatever was left out.

use std::path::Path;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use xunzhang::corpus::{Corpus, Missing, ReadOptions, Skip};
use xunzhang::{Engine, EngineOptions, IngestReport};

use super::convert;
use crate::arguments::IndexFolder;
use crate::exit::Exit;
use crate::figures::parse_size;
use crate::follow::follow;
use crate::gathering::Gathering;
use crate::interrupt::Interrupt;
use crate::messages::Message;
use crate::output::report;
use crate::progress::{Bar, watch_under};
use crate::talk::Talk;

/// Index files and folders of articles, or what has changed in them
///
/// Reads .txt, .md, .html, .json, .jsonl, .csv, .tsv, .xml, .docx, .odt, .rtf, .epub, .pdf, .eml and .mhtml files, also
/// compressed and in archives (.zip, .tar, .7z, .warc), in any of the usual charsets, whatever their names say. A file that
/// cannot be read stops nothing and is named in the report. Run again, it reads what is new or has changed, and takes out
/// what is gone.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    files: Gathering,
    #[command(flatten)]
    index: IndexFolder,
    /// Take the articles of files that are gone out of the index, however many they are
    ///
    /// Without it nothing is done where a folder is empty or more than a tenth of its files is gone, since a disk may not be
    /// mounted.
    #[arg(long, conflicts_with = "keep_missing")]
    prune: bool,
    /// Keep the articles of files that are gone
    #[arg(long)]
    keep_missing: bool,
    /// Read all files again, also those that have not changed
    #[arg(long)]
    again: bool,
    /// Go on, and index whatever changes in the folders, until Ctrl-C
    #[arg(long, conflicts_with = "files_from")]
    watch: bool,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Memory that may be taken, as 500M
    ///
    /// A text longer than about an 80th of it is cut, and a file longer than about a fifth left out unless --max-size allows
    /// it; both are told.
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "1G")]
    memory: u64,
    /// A dictionary of your own in jieba's format: a word a line
    #[arg(long, value_name = "FILE")]
    dictionary: Option<std::path::PathBuf>,
    /// Leave a part out of a new index; an old one keeps what it has until it is upgraded
    #[arg(long, value_enum, value_name = "PART")]
    without: Option<PartName>,
    /// Give a new index a part that it has not by itself; `upgrade --with` gives it to an old one
    #[arg(long, value_enum, value_name = "PART")]
    with: Option<PartName>,
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
  xunzhang index 新闻/ --exclude 草稿/ --watch
  find 新闻 -name '2018*' | xunzhang index --files-from -

Exit codes: 0 all indexed, 1 something was skipped or lost, 2 failed, 130 stopped by Ctrl-C.";

/// What an index may have or do without.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum PartName {
    /// People, places, organisations, policy terms, numbers, laws, and who said what
    Entities,
    /// Postings of pairs of frequent characters: over many articles queries take about half the time, and the index is a
    /// twelfth larger
    Pairs,
}

impl PartName {
    /// Whether entities, and whether pairs are wanted; `None` where nothing is said.
    ///
    /// # Errors
    /// The same part is wanted and not wanted.
    pub fn wanted(with: Option<Self>, without: Option<Self>) -> anyhow::Result<(Option<bool>, Option<bool>)> {
        ensure!(with.is_none() || with != without, "--with and --without name the same part: leave one of them out");
        let of = |part: Self| match () {
            () if with == Some(part) => Some(true),
            () if without == Some(part) => Some(false),
            () => None,
        };
        Ok((of(Self::Entities), of(Self::Pairs)))
    }
}

/// Indexes.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let index = arguments.index.clone().place().path;
    let paths = arguments.files.paths(talk)?;
    let mut options = arguments.files.options(&index, Some(arguments.memory), talk)?;
    options.again = arguments.again;
    options.helper = convert::helper();
    options.missing = match (arguments.prune, arguments.keep_missing) {
        (true, _) => Missing::Prune,
        (_, true) => Missing::Keep,
        _ => Missing::Remove,
    };
    // What is wrong with the paths is told before an index is made.
    let corpus = Corpus::open(&paths, options.clone())?;
    let engine = Engine::open_with(&index, &{
        let mut options = EngineOptions::default();
        options.create = true;
        options.threads = arguments.threads;
        options.memory = usize::try_from(arguments.memory).unwrap_or(usize::MAX);
        (options.entities, options.pairs) = PartName::wanted(arguments.with, arguments.without)?;
        options.dictionary = arguments.dictionary.as_deref().map(|path| dictionary(path, talk)).transpose()?;
        options
    })?;
    let interrupt = Interrupt::install(talk)?;
    let exit = pass(&arguments, corpus, &engine, &interrupt, talk)?;
    if !arguments.watch {
        interrupt.rest();
        return Ok(exit);
    }
    options.again = false;
    follow(&paths, &interrupt, talk, || renew(&arguments, &paths, &options, &engine, &interrupt, talk))?;
    Ok(Exit::Interrupted)
}

/// One run over the files.
fn pass(
    arguments: &Arguments,
    corpus: Corpus,
    engine: &Engine,
    interrupt: &Interrupt,
    talk: Talk,
) -> anyhow::Result<Exit> {
    let files = corpus.files();
    let bar = Bar::of_files(&corpus, talk.language);
    let report = watch_under(interrupt, bar, |how| engine.ingest_corpus(corpus, how))?;
    tell(arguments, &report, files, talk)?;
    let whole = report.skipped.is_empty() && report.losses.is_empty();
    Ok(if whole { Exit::Success } else { Exit::Partial })
}

/// Another run after something has changed. A folder that is gone or empty, as when a disk is taken away, changes nothing.
fn renew(
    arguments: &Arguments,
    paths: &[std::path::PathBuf],
    options: &ReadOptions,
    engine: &Engine,
    interrupt: &Interrupt,
    talk: Talk,
) -> anyhow::Result<()> {
    let mut options = options.clone();
    if options.missing == Missing::Remove {
        options.missing = Missing::Prune;
    }
    let corpus = match Corpus::open(paths, options) {
        Ok(corpus) if corpus.files() > 0 => corpus,
        Ok(_) => return Ok(()),
        Err(error) => {
            talk.note(&error.to_string());
            return Ok(());
        }
    };
    let status = engine.status(&corpus)?;
    if status.new.is_empty() && status.changed.is_empty() && status.gone.is_empty() {
        return Ok(());
    }
    pass(arguments, corpus, engine, interrupt, talk).map(drop)
}

fn tell(arguments: &Arguments, report: &IngestReport<Skip>, files: usize, talk: Talk) -> anyhow::Result<()> {
    if arguments.json {
        report::json(report, files)?;
    } else {
        report::text(report, talk);
    }
    Ok(())
}

/// Reads a user's dictionary.
pub fn dictionary(path: &Path, talk: Talk) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| talk.text(Message::CannotRead { path }))
}
