//! `xunzhang export`: all articles that a query means, whole, in one stream. The forms are in [`crate::output::export`].

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use xunzhang::Export;

use crate::asking::{Asking, Days};
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::export::{Csv, JsonLines, Markdown, Sheet};
use crate::talk::Talk;

/// Write all articles that a query means, whole, by date
///
/// The articles come by date, the earliest first and those without one last, all from the index as it is at the start:
/// what is indexed meanwhile changes nothing. JSON Lines and Markdown begin with what was exported from which index, and
/// end with the number of articles: an export without that end was cut off. CSV is plain rows below a row of names, and has
/// both, as lines that begin with #, only with --header. A file of --output takes its name when it is whole, so that it is
/// never a part.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    days: Days,
    /// What to write
    #[arg(long, value_enum, default_value_t = FormatName::Jsonl)]
    format: FormatName,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin and end CSV with lines of # that tell what it is of
    #[arg(long)]
    header: bool,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang export 脱贫攻坚 --output 脱贫.jsonl
  xunzhang export '标题:造林 来源:日报' --since 2018 --format csv > 造林.csv
  xunzhang export 五龙镇 --format markdown --output 五龙镇.md

Exit codes: 0 something was found, 1 nothing was found, 2 failed.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Lines of JSON: what it is of, the articles, how many there were
    Jsonl,
    /// A table: id, title, date, source, authors, url, path, body
    Csv,
    /// A page to read, matches in bold
    Markdown,
}

/// Exports.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    if arguments.header && arguments.format != FormatName::Csv {
        bail!(talk.text(Message::HeaderIsCsv));
    }
    let mut request = arguments.asking.request();
    arguments.days.narrow(&mut request, talk)?;
    let export = arguments.asking.open(talk)?.export(&request)?;
    export.complaints.iter().for_each(|complaint| talk.note(&complaint.to_string()));
    let (total, undated) = (export.header.total, export.header.undated_left_out);
    let form: Box<dyn Sheet> = match arguments.format {
        FormatName::Jsonl => Box::new(JsonLines),
        FormatName::Csv => Box::new(Csv { header: arguments.header }),
        FormatName::Markdown => Box::new(Markdown { language: talk.language }),
    };
    match &arguments.output {
        None => write(export, &*form, &mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => to_file(path, |out| write(export, &*form, out))?,
    }
    talk.tell(Message::Exported { documents: total });
    if undated > 0 {
        talk.tell(Message::UndatedLeftOut { documents: undated });
    }
    Ok(if total > 0 { Exit::Success } else { Exit::Partial })
}

fn write(mut export: Export, form: &dyn Sheet, out: &mut dyn Write) -> anyhow::Result<()> {
    form.begin(out, &export.header)?;
    let mut documents = 0;
    while let Some(exported) = export.next() {
        let exported = exported?;
        form.document(out, &exported, &|| export.marks(&exported.document))?;
        documents += 1;
    }
    form.end(out, documents)?;
    Ok(out.flush()?)
}

/// Writes beside a file, which takes its name when it is whole and durable; what is no regular file is written to as it is.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let told = || path.display().to_string();
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let file = File::options().write(true).open(path).with_context(told)?;
        return write(&mut BufWriter::new(file)).with_context(told);
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.part", std::process::id()));
    let file = File::create(&draft).with_context(told)?;
    let written = write(&mut BufWriter::new(&file)).and_then(|()| {
        file.sync_all()?;
        Ok(fs::rename(&draft, path)?)
    });
    written.inspect_err(|_| drop(fs::remove_file(&draft))).with_context(told)
}
