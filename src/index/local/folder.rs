//! The directory below the index: every rename is made durable, and a reader takes no lock.
//!
//! tantivy renames `meta.json` without syncing the directory behind it, so a power loss could take an acknowledged
//! commit back; and it locks the folder whenever a reader opens, so a reader would wait for others and could not read
//! a folder that it may not write. Both are mended here, around whatever directory lies below.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, DirectoryLock, FileHandle, Lock, META_LOCK, WatchCallback, WatchHandle, WritePtr};

/// A directory whose atomic writes are durable when they return.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    below: Box<dyn Directory>,
}

impl Folder {
    pub fn new(below: impl Directory) -> Self {
        Self { below: Box::new(below) }
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.below.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.below.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.below.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.below.atomic_write(path, data)?;
        self.below.sync_directory()
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.below.sync_directory()
    }

    /// The lock around opening segments is granted at once: a reader that finds a file gone opens anew instead.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == META_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(()) as Box<_>));
        }
        self.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}
