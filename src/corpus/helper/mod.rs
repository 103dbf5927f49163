//! Reading what can crash or hang its reader in a process of its own: the program that is run for it, what it is told and
//! what it answers.
//!
//! A process is started for each file, so that what one file did to it harms no other. That costs 12 ms of the 27 to 52
//! that a PDF of one to three pages takes in a build for tests; none is kept alive for so little. It gets one line of JSON, [`Order`], and the bytes of the file on its standard
//! input, and answers with one object of JSON, [`Reply`]. `run` is the side that starts it, `serve` the side that is
//! started; what a file says is left to `format/pdf`.

mod run;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use serve::serve_as_helper;

/// A program that reads files which can crash or hang their reader, each in a process of its own with limits. It calls
/// [`serve_as_helper`] and does nothing else.
///
/// ```
/// use xunzhang::corpus::{Helper, ReadOptions};
///
/// let mut options = ReadOptions::default();
/// options.helper = Some(Helper::new("/usr/bin/xunzhang", ["convert"]));
/// # assert!(options.helper.is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Helper {
    /// The program.
    pub program: PathBuf,
    /// What it is called with.
    pub arguments: Vec<OsString>,
    /// Bytes of memory that it may use, with eight times those of the file added; where the system has such limits.
    pub memory: u64,
    /// How long it may take, with a second for each MiB of the file added.
    pub time: Duration,
}

impl Helper {
    /// A helper with the usual limits: 512 MiB and 10 seconds, with more for large files.
    pub fn new<A: Into<OsString>>(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = A>) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Self { program: program.into(), arguments, memory: 512 << 20, time: Duration::from_secs(10) }
    }
}

/// What a helper is to do.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    /// Bytes of memory that it may use.
    memory: u64,
    /// Seconds of a processor that it may use.
    seconds: u64,
}

/// What a helper made of a file.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// Its text.
    Text(Box<Text>),
    /// It has a password.
    Encrypted,
    /// It is none of its kind, or too damaged.
    Malformed(String),
    /// Its reader panicked.
    Panicked,
}

/// The text of a file that a helper read.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Text {
    /// The largest line of its beginning; empty where none stands out.
    pub heading: String,
    /// Paragraphs, with blank lines between them.
    pub body: String,
    /// What recurs around the text of most pages.
    pub rest: String,
    /// How many pages there are.
    pub pages: u64,
    /// Pages, counted from 1, that show something and have no text.
    pub without_text: Vec<u32>,
    /// Signs whose fonts do not say what they are.
    pub unknown: u64,
    /// Title, author and days that its producer wrote.
    pub title: String,
    pub author: String,
    pub created: String,
    pub modified: String,
}
