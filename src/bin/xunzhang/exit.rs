//! How the program ends: the exit codes, and which of them an error means.

use std::io;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is done, or something was found.
    Success,
    /// Nothing was found, or something was skipped or lost.
    Partial,
    /// Nothing could be done.
    Failure,
    /// Stopped by Ctrl-C.
    Interrupted,
    /// Who reads the output has gone, as `head` does: nothing to tell.
    BrokenPipe,
}

impl Exit {
    /// What an error ends with.
    pub fn of(error: &anyhow::Error) -> Self {
        let cancelled = |error: &xunzhang::Error| matches!(error, xunzhang::Error::Cancelled { .. });
        let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        if error.downcast_ref().is_some_and(cancelled) {
            Self::Interrupted
        } else if error.chain().any(|cause| cause.downcast_ref().is_some_and(broken)) {
            Self::BrokenPipe
        } else {
            Self::Failure
        }
    }

    /// Whether the error behind it is worth a message.
    pub fn is_told(self) -> bool {
        self != Self::BrokenPipe
    }

    /// The number that the system is given.
    pub fn code(self) -> u8 {
        match self {
            Self::Success | Self::BrokenPipe => 0,
            Self::Partial => 1,
            Self::Failure => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_pipe_is_success_and_any_other_error_is_not() {
        let pipe = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("writing");
        assert_eq!(Exit::of(&pipe).code(), 0);
        assert_eq!(Exit::of(&anyhow::anyhow!("no")).code(), 2);
        let cancelled = anyhow::Error::from(xunzhang::Error::Cancelled { committed: 3 });
        assert_eq!(Exit::of(&cancelled).code(), 130);
    }
}
