//! `xunzhang train`: weights for people, places and organisations, learnt from the user's own labelled text.

use std::io::BufRead;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use serde::de::IgnoredAny;
use xunzhang::document::EntityKind;
use xunzhang::entity::{Example, TrainOptions, train};

use crate::exit::Exit;
use crate::figures::{grouped, size};
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
        bail!("{}", talk.language.pick("there is no example in the files", "文件中没有标注的例子"));
    }
    let mut options = TrainOptions::default();
    (options.epochs, options.prune, options.least_count) = (arguments.epochs, arguments.prune, arguments.least_count);
    let trained = train(examples, &options, |epoch, loss| {
        let english = format!("epoch {epoch} of {}: loss {loss:.5} a character", arguments.epochs);
        let chinese = format!("第 {epoch} 遍，共 {} 遍：每字损失 {loss:.5}", arguments.epochs);
        talk.say(&talk.language.pick(english, chinese));
    });
    let cannot_write = || {
        let path = arguments.out.display();
        talk.language.pick(format!("{path} cannot be written"), format!("无法写入 {path}"))
    };
    std::fs::write(&arguments.out, &trained.bytes).with_context(cannot_write)?;
    let (sentences, features) = (grouped(trained.sentences), grouped(trained.features));
    let (kept, bytes) = (grouped(trained.kept), size(trained.bytes.len() as u64));
    talk.say(&talk.language.pick(
        format!("learnt from {sentences} sentences; {kept} of {features} features are kept, {bytes}"),
        format!("学习了 {sentences} 句；{features} 项特征中保留 {kept} 项，{bytes}"),
    ));
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
        let example = example(&line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
        examples.push(example);
    }
    Ok(())
}

fn example(line: &str) -> anyhow::Result<Example> {
    let Line { text, entities } = serde_json::from_str(line)?;
    let length = text.chars().count();
    let mut ranges: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for Labelled(start, end, kind, IgnoredAny) in entities {
        if start >= end || end > length {
            bail!("[{start}, {end}] is no range of a text of {length} characters");
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

    #[test]
    fn lines_are_read_with_either_names_and_other_kinds_passed_over() {
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
