//! Following folders: whenever something in them changes, and has come to rest, a piece of work is done.
//!
//! What the work is, and what has changed, is left to others: the system's messages only say when.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::interrupt::Interrupt;
use crate::messages::Message;
use crate::talk::Talk;

/// Nothing happens for so long before the work begins, and under a storm of changes it begins after so long.
const REST: Duration = Duration::from_millis(150);
const STORM: Duration = Duration::from_millis(700);
/// Time between two looks whether to stop.
const LOOK: Duration = Duration::from_millis(200);

/// Works whenever something below the paths changes, until the user ends it; once before, after the watch has begun, so
/// that nothing is missed between.
pub fn follow(
    paths: &[PathBuf],
    interrupt: &Interrupt,
    talk: Talk,
    mut work: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // Who no longer listens needs no message.
        let _ = sender.send(event);
    })?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).with_context(|| talk.text(Message::CannotFollow { path }))?;
    }
    work()?;
    talk.tell(Message::Following);
    while wait(&events, interrupt).is_continue() {
        work()?;
    }
    Ok(())
}

/// Waits for a change and for the rest behind it.
fn wait(events: &Receiver<notify::Result<Event>>, interrupt: &Interrupt) -> ControlFlow<()> {
    let mut first: Option<Instant> = None;
    loop {
        interrupt.flow()?;
        match events.recv_timeout(if first.is_some() { REST } else { LOOK }) {
            Ok(event) => {
                if matters(&event) {
                    first.get_or_insert_with(Instant::now);
                }
                if first.is_some_and(|first| first.elapsed() >= STORM) {
                    return ControlFlow::Continue(());
                }
            }
            Err(RecvTimeoutError::Timeout) if first.is_some() => return ControlFlow::Continue(()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
        }
    }
}

/// Reading changes nothing; a failure of the watch may have lost a change.
fn matters(event: &notify::Result<Event>) -> bool {
    !matches!(event, Ok(Event { kind: EventKind::Access(_), .. }))
}
