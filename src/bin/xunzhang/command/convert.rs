//! `xunzhang convert`, which nobody types: the helper process that `index` starts for a file that can crash its reader.

use std::io;

use clap::Args;
use xunzhang::corpus::{Helper, serve_as_helper};

use crate::exit::Exit;

/// Read one file from the standard input as a helper does
#[derive(Args)]
pub struct Arguments {}

/// This program as a helper; none where the system does not say which program it is.
pub fn helper() -> Option<Helper> {
    Some(Helper::new(std::env::current_exe().ok()?, ["convert"]))
}

/// Reads and answers.
pub fn run() -> anyhow::Result<Exit> {
    serve_as_helper(io::stdin().lock(), io::stdout().lock())?;
    Ok(Exit::Success)
}
