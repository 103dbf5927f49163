//! `xunzhang train`: weights for people, places and organisations, learnt from the user's own labelled text.

use std::io::BufRead;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use serde::de::IgnoredAny;
use xunzhang::document::EntityKind;
use xunzhang::entity::{Example, TrainOptions, Trained, train};

use crate::exit::Exit;
use crate::messages::Message;
use crate::talk::Talk;

/// Learn to recognise people, places and organisations from labelled text
///
/// A line of JSON is an example: {"text": "…", "entities": [[start, end, "PER"], …]}. Start and end count characters of the
/// text, the end is outside, and the kinds are PER, LOC and ORG; others are passed over. Traditional and simplified
/// characters are one. The same files in the same order give the same weights.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Files with an example a line
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where to write the weights
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How often each example is seen
    #[arg(long, value_name = "N", default_value_t = TrainOptions::default().epochs)]
    epochs: u32,
    /// Leave out characters and pairs whose weights are all below this; more is smaller and less exact
    #[arg(long, value_name = "WEIGHT", default_value_t = TrainOptions::default().prune)]
    prune: f32,
    /// Leave out what comes less often than this
    #[arg(long, value_name = "N", default_value_t = TrainOptions::default().least_count)]
    least_count: u32,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang train labelled.jsonl --out weights.bin
  xunzhang train 县志.jsonl 日报.jsonl --out weights.bin --epochs 8

Exit codes: 0 the weights are written, 2 failed.";

/// A line.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "t")]
    text: String,
    #[serde(alias = "e", default)]
    entities: Vec<Labelled>,
}

/// Start, end, kind, and a value that is of no concern here.
#[derive(Deserialize)]
struct Labelled(usize, usize, String, #[serde(default)] IgnoredAny);

/// Trains.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let mut examples = Vec::new();
    for path in &arguments.files {
        read(path, &mut examples, talk)?;
    }
    if examples.is_empty() {
        bail!(talk.text(Message::NoExamples));
    }
    let mut options = TrainOptions::default();
    (options.epochs, options.prune, options.least_count) = (arguments.epochs, arguments.prune, arguments.least_count);
    let of = arguments.epochs;
    let trained = train(examples, &options, |epoch, loss| talk.tell(Message::Epoch { epoch, of, loss }));
    let path = arguments.out.as_path();
    std::fs::write(path, &trained.bytes).with_context(|| talk.text(Message::CannotWrite { path }))?;
    let Trained { sentences, features, kept, .. } = trained;
    talk.tell(Message::Learnt { sentences, features, kept, bytes: trained.bytes.len() as u64 });
    Ok(Exit::Success)
}

/// Reads the examples of a file.
fn read(path: &Path, examples: &mut Vec<Example>, talk: Talk) -> anyhow::Result<()> {
    let cannot_read = || talk.text(Message::CannotRead { path });
    let file = std::io::BufReader::new(std::fs::File::open(path).with_context(cannot_read)?);
    for (number, line) in file.lines().enumerate() {
        let line = line.with_context(cannot_read)?;
        if line.trim().is_empty() {
            continue;
        }
        let example = example(&line, talk).with_context(|| format!("{}:{}", path.display(), number + 1))?;
        examples.push(example);
    }
    Ok(())
}

fn example(line: &str, talk: Talk) -> anyhow::Result<Example> {
    let Line { text, entities } = serde_json::from_str(line)?;
    let length = text.chars().count();
    let mut ranges: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for Labelled(start, end, kind, IgnoredAny) in entities {
        if start >= end || end > length {
            bail!(talk.text(Message::NoRange { start, end, length }));
        }
        ranges.extend(kind_of(&kind).map(|kind| (start..end, kind)));
    }
    Ok(Example { text, entities: ranges })
}

fn kind_of(name: &str) -> Option<EntityKind> {
    match name {
        "PER" | "person" => Some(EntityKind::Person),
        "LOC" | "place" => Some(EntityKind::Place),
        "ORG" | "org" => Some(EntityKind::Organisation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::terminal::Colours;

    #[test]
    fn lines_are_read_with_either_names_and_other_kinds_passed_over() {
        let talk = Talk { language: Language::English, colours: Colours::Never };
        let example = |line: &str| example(line, talk);
        let long =
            example(r#"{"text":"五龙镇2019年","entities":[[0,3,"LOC","410581"],[3,8,"DATE","2019"]],"said":[]}"#);
        let short = example(r#"{"t":"五龙镇","e":[[0,3,"LOC"]]}"#);
        for found in [long, short] {
            assert_eq!(found.expect("an example").entities, [(0..3, EntityKind::Place)]);
        }
        assert!(example(r#"{"text":"五龙镇","entities":[[0,4,"LOC"]]}"#).is_err());
        assert!(example("五龙镇").is_err());
    }
}
