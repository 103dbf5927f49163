//! `xunzhang completions`: a script that completes commands and options in a shell.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::exit::Exit;

/// Print a script that completes commands and options in a shell
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  xunzhang completions bash > ~/.local/share/bash-completion/completions/xunzhang
  xunzhang completions fish > ~/.config/fish/completions/xunzhang.fish

Then a tab completes: xunzhang query 脱贫攻坚 --for<tab>";

/// Prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    // Into memory first: the generator panics where its writer fails, as a pipe does whose reader has gone.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::arguments::Arguments::command(), "xunzhang", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Success)
}
