//! Starting a helper for one file, and judging how it ended.
//!
//! The limit of time is kept here, by waiting no longer; those of memory and processor are set by the helper on itself.

use std::io::{Read, Write};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::super::skip::{Fault, SkipReason};
use super::{Helper, Order, Reply};

/// Bytes of an answer at most.
const LONGEST: u64 = 256 << 20;
/// Bytes of what a dying helper says that are looked at.
const LAST_WORDS: u64 = 4 << 10;

impl Helper {
    /// What the helper makes of the bytes of a file.
    pub(in super::super) fn run(&self, bytes: &[u8]) -> Result<Reply, Fault> {
        let size = bytes.len() as u64;
        let limit = self.time + Duration::from_secs(size >> 20);
        let memory = self.memory.saturating_add(size.saturating_mul(8));
        let order = Order { memory, seconds: limit.as_secs().max(1) };
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        {
            // What is typed to stop the run is not for the helper: a file it is at would be taken for a broken one.
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        let mut child = command.spawn().map_err(|error| self.unusable(&error.to_string()))?;
        let answer = talk(&mut child, &order, bytes, limit);
        let last_words = child.stderr.take();
        if answer.is_none() {
            // It may have ended by itself in between, which is as well.
            let _ = child.kill();
        }
        let status = child.wait().map_err(|error| self.unusable(&error.to_string()))?;
        let Some(answer) = answer else {
            return Err(SkipReason::TookTooLong { seconds: limit.as_secs() }.into());
        };
        if status.success() {
            return serde_json::from_slice(&answer).map_err(|_| self.unusable("it does not answer as a helper does"));
        }
        Err(death(status, last_words, &order))
    }

    fn unusable(&self, error: &str) -> Fault {
        let reason = format!("the helper {} cannot be used: {error}", self.program.display());
        let message = format!("was not read: {reason}; name a program that is there in ReadOptions::helper");
        Fault::new(SkipReason::Broken { reason }, message)
    }
}

/// Gives the helper its order and the file, and takes its answer; `None` where that takes too long.
fn talk(child: &mut Child, order: &Order, bytes: &[u8], limit: Duration) -> Option<Vec<u8>> {
    let (mut input, mut output) = (child.stdin.take()?, child.stdout.take()?);
    let mut line = serde_json::to_vec(order).ok()?;
    line.push(b'\n');
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // A helper that ends early does not read to the end; how it ended says why.
            let _ = input.write_all(&line).and_then(|()| input.write_all(bytes));
        });
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = output.by_ref().take(LONGEST).read_to_end(&mut answer);
            // Nobody waits any longer where the time is over.
            let _ = sender.send(read.map(|_| answer).unwrap_or_default());
        });
        let answer = receiver.recv_timeout(limit).ok();
        if answer.is_none() {
            // Both threads end when its pipes do.
            let _ = child.kill();
        }
        answer
    })
}

/// Why a helper gave no answer.
fn death(status: ExitStatus, last_words: Option<ChildStderr>, order: &Order) -> Fault {
    let mut words = Vec::new();
    if let Some(stderr) = last_words {
        // Words that cannot be read are none.
        let _ = stderr.take(LAST_WORDS).read_to_end(&mut words);
    }
    let words = String::from_utf8_lossy(&words);
    if words.contains("memory allocation of") || words.contains("out of memory") {
        return SkipReason::TooMuchMemory { limit: order.memory }.into();
    }
    if words.contains("stack overflow") || words.contains("has overflowed its stack") {
        return SkipReason::Broken { reason: "it nests without end: the stack of its reader overflowed".into() }.into();
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        const PROCESSOR_TIME: i32 = 24;
        if signal == PROCESSOR_TIME {
            return SkipReason::TookTooLong { seconds: order.seconds }.into();
        }
        return SkipReason::Broken { reason: format!("its reader was ended by signal {signal}") }.into();
    }
    SkipReason::Broken { reason: format!("its reader ended with {status}") }.into()
}
