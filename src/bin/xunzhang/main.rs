//! The program `xunzhang`: reads what was typed, runs the command, and ends with its exit code. It sees the public API
//! of the library alone. One command is one file of [`command`]; what is printed is made in [`output`]; this file is
//! the one place that prints an error.

mod answer;
mod arguments;
mod asking;
mod batch;
mod causes;
mod columns;
mod command;
mod digest;
mod escape;
mod exit;
mod figures;
mod first_run;
mod follow;
mod forms;
mod gathering;
mod interrupt;
mod labels;
mod language;
mod messages;
mod named;
mod order;
mod output;
mod periods;
mod place;
mod progress;
mod talk;
mod terminal;
mod wrap;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::read();
    let talk = talk::Talk { language: arguments.language(), colours: arguments.colours() };
    let exit = command::run(arguments.command, talk).unwrap_or_else(|error| {
        let exit = exit::Exit::of(&error);
        if exit.is_told() {
            talk.error(&error);
        }
        exit
    });
    exit.into()
}
