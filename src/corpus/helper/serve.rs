//! What a helper does: limits itself, reads one file, answers, and ends.

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::super::format;
use super::{Order, Reply};

/// Reads one file as a helper does: the order and the file from `input`, the answer to `output`. A program that is named
/// as [`Helper`](super::Helper) calls this with its standard input and output and ends.
///
/// # Errors
/// There is no order on the input, a limit cannot be set, or the answer cannot be written.
pub fn serve_as_helper(mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = String::new();
    input.by_ref().take(4 << 10).read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    limit(&order)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    // What a panic would print is of no use to whoever started this.
    std::panic::set_hook(Box::new(|_| {}));
    let reply = catch_unwind(AssertUnwindSafe(|| format::convert(bytes))).unwrap_or(Reply::Panicked);
    serde_json::to_writer(&mut output, &reply)?;
    output.flush()
}

/// Limits memory and processor time of this process for good.
#[cfg(unix)]
fn limit(order: &Order) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, wanted) in [(Resource::As, order.memory), (Resource::Cpu, order.seconds), (Resource::Core, 0)] {
        let maximum = getrlimit(resource).maximum;
        let wanted = maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let limits = Rlimit { current: Some(wanted), maximum };
        // Some systems know the limit of the address space and refuse to set it.
        setrlimit(resource, limits).or_else(|error| if cfg!(target_os = "linux") { Err(error) } else { Ok(()) })?;
    }
    Ok(())
}

/// Limits memory and processor time, where the system has such limits.
#[cfg(not(unix))]
fn limit(_: &Order) -> io::Result<()> {
    Ok(())
}
