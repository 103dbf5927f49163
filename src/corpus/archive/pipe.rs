//! The way from the thread that walks an archive to the reader of its entries: names and bytes in batches, in order.
//!
//! Libraries for archives hand out an entry on loan and the next one when it is given back; documents are asked for one
//! by one and may be kept. A thread between them turns one into the other, decompresses while documents are read, and
//! holds two batches at the most. What is in the bytes is left to both sides.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use super::super::compress;
use super::super::format;
use super::super::skip::{Fault, SkipReason};
use super::{ENTRIES, Facts, names};

/// Bytes of a chunk, and of a batch.
const CHUNK: u64 = 64 << 10;
const BATCH: usize = 256 << 10;
/// What a batch holds at the most, bytes or not.
const EVENTS: usize = 256;

/// An entry before its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entry {
    pub name: String,
    /// Bytes that the archive says it has.
    pub size: Option<u64>,
    /// The ending that stands for its kind, where the archive knows it better than the name.
    pub kind: Option<&'static str>,
    /// The charset that the archive knows of.
    pub charset: Option<String>,
    pub facts: Facts,
}

enum Event {
    Entry(Box<Entry>),
    Bytes(Vec<u8>),
    /// Of the entry's bytes; what cut them short.
    End(Option<Fault>),
    Skip(String, Fault),
    Fault(Fault),
    /// The archive ends too early, which the entry before may have told already.
    Cut(Fault),
}

// ---------------------------------------------------------------------------------------------------------------
// The thread's end

/// Where the thread puts what it finds; a break means that nobody listens any more.
pub(super) struct Sender {
    channel: SyncSender<Vec<Event>>,
    batch: Vec<Event>,
    bytes: usize,
    /// Entries so far, and the last one that the reader is done with.
    entries: u64,
    done: Arc<AtomicU64>,
}

impl Sender {
    /// Hands on an entry with its bytes, unless it is hidden or of a kind that is not read.
    pub(super) fn entry(&mut self, entry: Entry, bytes: &mut dyn Read) -> ControlFlow<()> {
        if names::is_hidden(&entry.name) {
            return ControlFlow::Continue(());
        }
        if let Some(fault) = entry.kind.is_none().then(|| format::refusal(&entry.name)).flatten() {
            return self.skip(entry.name, fault);
        }
        self.begin()?;
        let room = entry.size.unwrap_or(CHUNK).min(CHUNK) as usize;
        self.put(Event::Entry(Box::new(entry)), 0)?;
        let fault = loop {
            if self.done.load(Ordering::Relaxed) >= self.entries {
                break None;
            }
            let mut chunk = Vec::with_capacity(room);
            let read = bytes.take(CHUNK).read_to_end(&mut chunk);
            let length = chunk.len();
            if length > 0 {
                self.put(Event::Bytes(chunk), length)?;
            }
            match read {
                Ok(0) => break None,
                Ok(_) => {}
                Err(error) => break Some(compress::fault(&error, None)),
            }
        };
        self.put(Event::End(fault), 0)
    }

    /// Tells of an entry that is not read, and why, unless it is hidden.
    pub(super) fn skip(&mut self, name: String, fault: Fault) -> ControlFlow<()> {
        if names::is_hidden(&name) {
            return ControlFlow::Continue(());
        }
        self.begin()?;
        self.put(Event::Skip(name, fault), 0)
    }

    /// Tells what is wrong with the archive itself.
    pub(super) fn fault(&mut self, fault: Fault) -> ControlFlow<()> {
        self.put(Event::Fault(fault), 0)
    }

    /// Tells that the archive ends too early, unless the last entry told of it.
    pub(super) fn cut(&mut self, fault: Fault) {
        let _ = self.put(Event::Cut(fault), 0);
    }

    fn begin(&mut self) -> ControlFlow<()> {
        self.entries += 1;
        if self.entries > ENTRIES {
            self.fault(SkipReason::TooManyEntries { limit: ENTRIES }.into())?;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn put(&mut self, event: Event, bytes: usize) -> ControlFlow<()> {
        self.batch.push(event);
        self.bytes += bytes;
        if self.bytes >= BATCH || self.batch.len() >= EVENTS { self.flush() } else { ControlFlow::Continue(()) }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.channel.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------
// The reader's end

/// What the thread found.
pub(super) enum Next {
    Entry(Entry, PipeReader),
    Skip(String, Fault),
    Fault(Fault),
}

/// What comes out of an archive, in its order. Dropping it ends the thread.
pub(super) struct Pipe {
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

/// The bytes of one entry; at their end once the pipe has gone on.
pub(super) struct PipeReader {
    state: Arc<Mutex<State>>,
    number: u64,
}

struct State {
    channel: Option<Receiver<Vec<Event>>>,
    events: VecDeque<Event>,
    chunk: io::Cursor<Vec<u8>>,
    /// The entry whose bytes come next, none between two.
    current: Option<u64>,
    /// The last entry was cut short, and its reader knows.
    is_told: bool,
    /// Entries so far, and the last one that nothing more is wanted of.
    entries: u64,
    done: Arc<AtomicU64>,
}

impl Pipe {
    /// Starts a thread that walks an archive.
    pub(super) fn start<F>(walk: F) -> Result<Self, Fault>
    where
        F: FnOnce(&mut Sender) -> Result<(), Fault> + Send + 'static,
    {
        let (channel, receiver) = sync_channel(1);
        let done = Arc::new(AtomicU64::new(0));
        let mut sender = Sender { channel, batch: Vec::new(), bytes: 0, entries: 0, done: Arc::clone(&done) };
        let work = move || {
            // The walkers are not ours: what they trip over costs this archive alone.
            let walked = catch_unwind(AssertUnwindSafe(|| walk(&mut sender)));
            let broken = |_| Err(Fault::malformed(None, "its structure breaks the reader"));
            if let Err(fault) = walked.unwrap_or_else(broken) {
                let _ = sender.fault(fault);
            }
            let _ = sender.flush();
        };
        let thread = Builder::new().name("archive".into()).spawn(work).map_err(|error| Fault::unreadable(&error))?;
        let (channel, events, chunk) = (Some(receiver), VecDeque::new(), io::Cursor::default());
        let state = State { channel, events, chunk, current: None, is_told: false, entries: 0, done };
        Ok(Self { state: Arc::new(Mutex::new(state)), thread: Some(thread) })
    }

    /// Goes on to what comes after the entry given last.
    pub(super) fn next(&mut self) -> Option<Next> {
        let mut state = lock(&self.state);
        state.finish();
        loop {
            match state.event()? {
                Event::Entry(entry) => {
                    state.entries += 1;
                    let number = state.entries;
                    state.is_told = false;
                    state.current = Some(number);
                    return Some(Next::Entry(*entry, PipeReader { state: Arc::clone(&self.state), number }));
                }
                Event::Skip(name, fault) => {
                    state.entries += 1;
                    return Some(Next::Skip(name, fault));
                }
                Event::Fault(fault) => return Some(Next::Fault(fault)),
                Event::Cut(fault) if !state.is_told => return Some(Next::Fault(fault)),
                Event::Cut(_) | Event::Bytes(_) | Event::End(_) => {}
            }
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.done.store(u64::MAX, Ordering::Relaxed);
        (state.channel, state.current) = (None, None);
        drop(state);
        if let Some(thread) = self.thread.take() {
            // It counts what it takes from the disk until it ends; its panics were caught.
            let _ = thread.join();
        }
    }
}

impl Read for PipeReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = lock(&self.state);
        loop {
            let read = match state.current {
                Some(current) if current == self.number => state.chunk.read(buffer)?,
                _ => return Ok(0),
            };
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match state.event() {
                Some(Event::Bytes(bytes)) => state.chunk = io::Cursor::new(bytes),
                Some(Event::End(Some(fault))) => {
                    (state.current, state.is_told) = (None, true);
                    return Err(io::Error::other(fault));
                }
                _ => state.current = None,
            }
        }
    }
}

impl State {
    /// Passes over what is left of the current entry.
    fn finish(&mut self) {
        self.done.store(self.entries, Ordering::Relaxed);
        self.chunk = io::Cursor::default();
        while self.current.is_some() {
            match self.event() {
                Some(Event::Bytes(_)) => {}
                _ => self.current = None,
            }
        }
    }

    fn event(&mut self) -> Option<Event> {
        while self.events.is_empty() {
            self.events = self.channel.as_ref()?.recv().ok()?.into();
        }
        self.events.pop_front()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry { name: name.into(), ..Entry::default() }
    }

    /// What a pipe brings: names, with how many bytes were read of each, `!` for a skip and `?` for a fault.
    fn brought(mut pipe: Pipe, most: u64) -> Vec<String> {
        let mut told = Vec::new();
        while let Some(next) = pipe.next() {
            told.push(match next {
                Next::Entry(entry, bytes) => {
                    let mut all = Vec::new();
                    match bytes.take(most).read_to_end(&mut all) {
                        Ok(_) => format!("{} {}", entry.name, all.len()),
                        Err(error) => format!("{} {} {error}", entry.name, all.len()),
                    }
                }
                Next::Skip(name, fault) => format!("{name} ! {fault}"),
                Next::Fault(fault) => format!("? {fault}"),
            });
        }
        told
    }

    #[test]
    fn entries_come_in_order_whether_they_are_read_to_the_end_or_not() {
        for (most, large) in [(u64::MAX, 1 << 20), (10, 10)] {
            let pipe = Pipe::start(|sender| {
                let walk = |sender: &mut Sender| -> ControlFlow<()> {
                    sender.entry(entry("a.txt"), &mut &b"12"[..])?;
                    sender.entry(entry("b.txt"), &mut io::repeat(b'x').take(1 << 20))?;
                    sender.entry(entry(".c.txt"), &mut &b"hidden"[..])?;
                    sender.entry(entry("d.png"), &mut &b"refused"[..])?;
                    let cut = io::Error::other(Fault::from(SkipReason::Encrypted));
                    sender.entry(entry("e.txt"), &mut b"34".chain(Failing(Some(cut))))?;
                    sender.entry(entry("f.txt"), &mut &b""[..])
                };
                let _ = walk(sender);
                Err(SkipReason::Empty.into())
            });
            let told = brought(pipe.expect("a thread"), most);
            assert_eq!(told[..2], ["a.txt 2".to_string(), format!("b.txt {large}")]);
            assert!(told[2].starts_with("d.png ! is of the kind .png"), "{told:?}");
            assert!(told[3].starts_with("e.txt 2 is locked with a password"), "{told:?}");
            assert_eq!(told[4], "f.txt 0");
            assert!(told[5].starts_with("? is empty") && told.len() == 6, "{told:?}");
        }
    }

    #[test]
    fn entries_beyond_a_million_are_told_and_left_out() {
        let walk = |sender: &mut Sender| {
            while sender.skip("a.txt".into(), SkipReason::Empty.into()).is_continue() {}
            Ok(())
        };
        let mut pipe = Pipe::start(walk).expect("a thread");
        let skips = (0..ENTRIES).filter(|_| matches!(pipe.next(), Some(Next::Skip(..)))).count() as u64;
        assert_eq!(skips, ENTRIES);
        let last = SkipReason::TooManyEntries { limit: ENTRIES };
        assert!(matches!(pipe.next(), Some(Next::Fault(fault)) if fault.reason == last));
        assert!(pipe.next().is_none());
    }

    #[test]
    fn a_panic_is_a_fault_and_a_pipe_that_nobody_reads_ends_its_thread() {
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let pipe = Pipe::start(|_| panic!("a fault of the walker"));
        let told = brought(pipe.expect("a thread"), 1);
        std::panic::set_hook(quiet);
        assert!(told[0].contains("breaks the reader") && told.len() == 1, "{told:?}");
        let endless = |sender: &mut Sender| {
            while sender.entry(entry("a.txt"), &mut io::repeat(b'x')).is_continue() {}
            Ok(())
        };
        drop(Pipe::start(endless).expect("a thread"));
    }

    struct Failing(Option<io::Error>);

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.take().map_or(Ok(0), Err)
        }
    }
}
