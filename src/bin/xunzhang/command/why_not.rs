//! `xunzhang why-not`: why an article is no hit. It prints what `why` prints.

use clap::Args;

use super::why::Asked;
use crate::exit::Exit;
use crate::talk::Talk;

/// Explain why an article is no hit
///
/// Says of each term what is there instead: characters apart, a mark between, another field, another character; or,
/// where the article is a hit after all, where in the order it stands.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang why-not news/2018/tuopin.txt 部署 改革开放
  xunzhang why-not news/2018/tuopin.txt 脱贫攻坚 --limit 10     is it among the first ten?
  xunzhang why-not 'stories.jsonl#17' '来源:日报 日期:2018' --format json

Exit codes: 0 it is no hit, 1 it is one, 2 failed.";

/// Explains.
pub fn run(arguments: Arguments, talk: Talk) -> anyhow::Result<Exit> {
    let is_hit = arguments.asked.answer(talk)?;
    Ok(if is_hit { Exit::Partial } else { Exit::Success })
}
