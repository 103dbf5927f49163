//! A long run, watched: a bar with rate and time left on a terminal, nothing in a pipe; and Ctrl-C, which ends the run
//! after a last commit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};
use xunzhang::corpus::{Corpus, Current};
use xunzhang::{Ingest, Progress};

use crate::escape;
use crate::figures::grouped;
use crate::interrupt::Interrupt;
use crate::language::Language;
use crate::talk::Talk;

/// Documents between two commits.
const COMMIT_EVERY: usize = 20_000;

/// Does a piece of work with the bar on the screen, until it is done or Ctrl-C ends it.
pub fn watch<R>(
    talk: Talk,
    bar: Bar,
    work: impl FnOnce(Ingest<'_>) -> Result<R, xunzhang::Error>,
) -> anyhow::Result<R> {
    let interrupt = Interrupt::install(talk)?;
    let result = watch_under(&interrupt, bar, work);
    interrupt.rest();
    result
}

/// The same, where more is to be done behind it under the same Ctrl-C.
pub fn watch_under<R>(
    interrupt: &Interrupt,
    bar: Bar,
    work: impl FnOnce(Ingest<'_>) -> Result<R, xunzhang::Error>,
) -> anyhow::Result<R> {
    let mut observer = |progress: &Progress| {
        bar.show(progress);
        interrupt.flow()
    };
    let result = work(Ingest { observer: &mut observer, commit_every: COMMIT_EVERY });
    bar.bar.finish_and_clear();
    Ok(result?)
}

/// A bar on the standard error.
pub struct Bar {
    bar: ProgressBar,
    /// Bytes of files read so far, and the file that is being read, where files are read.
    read: Option<(Arc<AtomicU64>, Arc<Mutex<Current>>)>,
    language: Language,
}

impl Bar {
    /// A bar that grows with the bytes read.
    pub fn of_files(corpus: &Corpus, language: Language) -> Self {
        let rest =
            language.pick("{msg} {decimal_bytes_per_sec}, {eta} left", "{msg} {decimal_bytes_per_sec}，还需 {eta}");
        let template =
            format!("{{bar:30}} {{percent:>3}}% {{decimal_bytes}}/{{decimal_total_bytes}} {rest} {{prefix:.dim}}");
        let read = Some((corpus.read_bytes(), corpus.current()));
        Self { bar: bar(corpus.bytes(), &template), read, language }
    }

    /// A bar that grows with the documents done.
    pub fn of_documents(total: u64, language: Language) -> Self {
        let rest = language.pick("{per_sec}, {eta} left", "{per_sec}，还需 {eta}");
        let template = format!("{{bar:30}} {{percent:>3}}% {{human_pos}}/{{human_len}} {rest}");
        Self { bar: bar(total, &template), read: None, language }
    }

    fn show(&self, progress: &Progress) {
        let position = self.read.as_ref().map_or(progress.documents, |(bytes, _)| bytes.load(Ordering::Relaxed));
        self.bar.set_position(position);
        let documents = grouped(progress.documents);
        let mut told = self.language.pick(format!("{documents} articles"), format!("{documents} 篇"));
        if let Some((_, current)) = &self.read {
            let Current { path, files } = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let files = grouped(files);
            told += &self.language.pick(format!(", {files} files"), format!("，{files} 个文件"));
            self.bar.set_prefix(escape::line(&path));
        }
        self.bar.set_message(told);
    }
}

fn bar(total: u64, template: &str) -> ProgressBar {
    // A template that cannot be read costs the looks, not the run.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(desk.path().join("a.txt"), "12345").expect("the folder takes a file");
        for language in [Language::English, Language::Chinese] {
            let corpus = Corpus::open(&[desk.path().to_owned()], Default::default()).expect("a folder");
            let bar = Bar::of_files(&corpus, language);
            assert_eq!(corpus.documents().count(), 1);
            bar.show(&Progress::default());
            assert_eq!((bar.bar.position(), bar.bar.prefix().as_str()), (5, "a.txt"));
            assert_eq!(Bar::of_documents(7, language).bar.length(), Some(7));
        }
    }
}
