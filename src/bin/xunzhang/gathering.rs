//! Which files are articles, and how they are read: what the commands that go through folders share.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use xunzhang::corpus::ReadOptions;

use crate::figures::parse_size;
use crate::messages::Message;
use crate::place::DEFAULT_CORPUS;
use crate::talk::Talk;

/// Bytes of memory that the dictionary and the lists take, whatever is read.
const LISTS: u64 = 100_000_000;

/// Files, and how they are read.
#[derive(Args)]
pub struct Gathering {
    /// Files and folders [default: corpus]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read the files alone that fit a pattern as git has them, as '*.html'; may be given several times
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Pass by files and folders that fit a pattern; may be given several times
    ///
    /// Files .xunzhangignore in the folders say the same for good, in the syntax of .gitignore.
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Read the files alone that are listed in a file, one a line; - for the standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Which key of a record is which field, as body=content; may be given several times
    #[arg(long, value_name = "FIELD=KEY")]
    field: Vec<String>,
    /// Charset of all files, as gbk, or of those that fit a pattern, as '旧稿/**=big5', instead of finding it out for each;
    /// may be given several times
    #[arg(long, value_name = "[PATTERN=]LABEL")]
    encoding: Vec<String>,
    /// Follow symbolic links inside a folder
    #[arg(long)]
    follow: bool,
    /// The most bytes of a file, as 20M
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_size: Option<u64>,
}

impl Gathering {
    /// The paths that were named.
    pub fn named(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The paths that are meant: those named, else the folder that a checkout has.
    pub fn paths(&self, talk: Talk) -> anyhow::Result<Vec<PathBuf>> {
        match &self.paths {
            paths if !paths.is_empty() => Ok(paths.clone()),
            // Listed files are found from where we are.
            _ if self.files_from.is_some() => Ok(vec![PathBuf::from(".")]),
            _ if Path::new(DEFAULT_CORPUS).is_dir() => Ok(vec![PathBuf::from(DEFAULT_CORPUS)]),
            _ => bail!(talk.text(Message::NothingToIndex)),
        }
    }

    /// How to read them for the index of a folder, within so many bytes of memory.
    pub fn options(&self, index: &Path, memory: Option<u64>, talk: Talk) -> anyhow::Result<ReadOptions> {
        let mut options = ReadOptions::default();
        self.field.iter().try_for_each(|mapping| options.map_field(mapping))?;
        options.follow_links = self.follow;
        self.encoding.iter().for_each(|text| options.set_encoding(text));
        if let Some(memory) = memory {
            let room = memory.saturating_sub(LISTS).max(memory / 4);
            (options.max_bytes, options.max_text) = (options.max_bytes.min(room / 5), room / 80);
        }
        options.max_bytes = self.max_size.unwrap_or(options.max_bytes);
        (options.include, options.exclude) = (self.include.clone(), self.exclude.clone());
        options.outside = vec![index.to_owned()];
        options.files = self.files_from.as_deref().map(|path| listed(path, talk)).transpose()?;
        Ok(options)
    }
}

/// The paths of a list, one a line.
fn listed(path: &Path, talk: Talk) -> anyhow::Result<Vec<PathBuf>> {
    let mut list = Vec::new();
    let read = match path == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut list),
        false => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut list)),
    };
    read.with_context(|| talk.text(Message::CannotRead { path }))?;
    let lines = list.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines
        .filter(|line| !line.is_empty())
        .map(|line| path_of(line).with_context(|| path.display().to_string()))
        .collect()
}

#[cfg(unix)]
fn path_of(line: &[u8]) -> anyhow::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(line)))
}

#[cfg(not(unix))]
fn path_of(line: &[u8]) -> anyhow::Result<PathBuf> {
    Ok(PathBuf::from(std::str::from_utf8(line)?))
}
