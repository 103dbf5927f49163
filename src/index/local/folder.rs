//! The directory below the index: every rename is made durable, a reader takes no lock, and nothing is written after a
//! failure or behind the back of the next writer.
//!
//! tantivy renames `meta.json` without syncing the directory behind it, so a power loss could take an acknowledged
//! commit back; it locks the folder whenever a reader opens, so a reader would wait for others and could not read a
//! folder that it may not write; it keeps failures of its merges to itself; and its threads may outlive the writer and
//! its lock, so that a late merge could name the segments of yesterday in the `meta.json` of today. All of this is
//! mended here, around whatever directory lies below.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{AntiCallToken, Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK};
use tantivy::directory::{TerminatingWrite, WatchCallback, WatchHandle, WritePtr};

use super::META;

/// A directory whose atomic writes are durable when they return, and which takes none once one has failed.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    below: Box<dyn Directory>,
    gate: Arc<Gate>,
    /// What is read as [`META`], whatever is committed meanwhile.
    meta: Option<Arc<Vec<u8>>>,
}

impl Folder {
    pub fn new(below: impl Directory) -> Self {
        Self { below: Box::new(below), gate: Arc::default(), meta: None }
    }

    /// The same directory for another writer: what became of this one is nothing to it.
    pub fn anew(&self) -> Self {
        Self { below: self.below.clone(), gate: Arc::default(), meta: None }
    }

    /// The same directory as a reader sees it that has read this `meta.json`: state and segments are of one commit.
    pub fn pinned(&self, meta: Vec<u8>) -> Self {
        Self { meta: Some(Arc::new(meta)), ..self.anew() }
    }

    /// The first failure to write.
    pub fn failure(&self) -> Option<String> {
        match &*self.gate.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Failed(reason) => Some(reason.clone()),
            State::Open | State::Ended => None,
        }
    }
}

/// Lets writes pass until one has failed or the writer has let go of its lock.
#[derive(Debug, Default)]
struct Gate {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Open,
    Failed(String),
    Ended,
}

impl Gate {
    /// Writes, if writes may pass. The gate does not shut while one is on its way.
    fn pass<T>(&self, write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let error = {
            match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
                State::Open => match write() {
                    Ok(answer) => return Ok(answer),
                    Err(error) => error,
                },
                State::Failed(reason) => return Err(io::Error::other(reason.clone())),
                State::Ended => return Err(io::Error::other("the writer has ended")),
            }
        };
        // An interrupted call is made again and is no failure.
        if error.kind() != io::ErrorKind::Interrupted {
            self.shut(State::Failed(error.to_string()));
        }
        Err(error)
    }

    fn shut(&self, why: State) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Open) {
            *state = why;
        }
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        // A file that cannot be deleted stays, and is tried again with the next commit: that is no failure. A writer that
        // has failed or ended deletes nothing: what is rubbish to it may be named by the commit of today.
        match &*self.gate.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Open => self.below.delete(path),
            State::Failed(_) | State::Ended => {
                let io_error = Arc::new(io::Error::other("the writer has failed or ended"));
                Err(DeleteError::IoError { io_error, filepath: path.to_owned() })
            }
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let wrapped = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        let opened = self.gate.pass(|| self.below.open_write(path).map_err(plain)).map_err(wrapped)?;
        Ok(BufWriter::new(Box::new(Pen { below: opened, gate: self.gate.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match &self.meta {
            Some(meta) if path == Path::new(META) => Ok(meta.to_vec()),
            _ => self.below.atomic_read(path),
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.gate.pass(|| {
            self.below.atomic_write(path, data)?;
            self.below.sync_directory()
        })
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.gate.pass(|| self.below.sync_directory())
    }

    /// The lock around opening segments is granted at once: a reader that finds a file gone opens anew instead. With
    /// the writer's lock goes the leave to write.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == META_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(()) as Box<_>));
        }
        let below = self.below.acquire_lock(lock)?;
        if lock.filepath != INDEX_WRITER_LOCK.filepath {
            return Ok(below);
        }
        Ok(DirectoryLock::from(Box::new(Held { gate: self.gate.clone(), _below: below })))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}

/// The writer's lock. It is let go of only when nothing can be written any more.
struct Held {
    gate: Arc<Gate>,
    _below: DirectoryLock,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.gate.shut(State::Ended);
    }
}

/// An open file.
struct Pen {
    below: WritePtr,
    gate: Arc<Gate>,
}

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gate.pass(|| self.below.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.gate.pass(|| self.below.flush())
    }
}

impl TerminatingWrite for Pen {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.gate.pass(|| self.below.terminate_ref(token))
    }
}

fn plain(error: OpenWriteError) -> io::Error {
    match error {
        OpenWriteError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error.to_string()),
        OpenWriteError::FileAlreadyExists(_) => io::Error::new(io::ErrorKind::AlreadyExists, error.to_string()),
    }
}
