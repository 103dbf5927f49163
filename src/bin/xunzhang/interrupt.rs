//! Ctrl-C, and the signals that ask a program to end: the first asks the run to stop after a last commit, the second
//! stops at once.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit::Exit;
use crate::messages::Message;
use crate::talk::Talk;

/// Whether the run was asked to stop.
pub struct Interrupt {
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on; once in a process.
    pub fn install(talk: Talk) -> anyhow::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&asked);
        ctrlc::set_handler(move || {
            if heard.swap(true, Ordering::SeqCst) {
                std::process::exit(Exit::Interrupted.code().into());
            }
            talk.tell(Message::Stopping);
        })?;
        Ok(Self { asked })
    }

    /// Whether to go on.
    pub fn flow(&self) -> ControlFlow<()> {
        if self.asked.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The run is over: from now on the first Ctrl-C stops at once.
    pub fn rest(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }
}
