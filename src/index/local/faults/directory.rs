//! A directory in memory that fails when it is told to and knows what a power loss would leave of it. It numbers what
//! is done to it, keeps a log, and keeps apart what is written from what is synced.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite};
use tantivy::directory::{WatchCallback, WatchHandle, WritePtr};

/// What the system answers on a full disk and on a broken one.
pub const NO_SPACE: i32 = 28;
pub const BROKEN: i32 = 5;

/// The directory; a clone is the same one.
#[derive(Clone, Debug, Default)]
pub struct FaultDirectory {
    disk: Arc<Mutex<Disk>>,
}

/// When operations fail, and how.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Number of the first operation that fails, counted from 1.
    pub first: usize,
    /// Every later one fails too, until the directory is healed.
    pub lasting: bool,
    /// [`NO_SPACE`] fails what takes room; [`BROKEN`] fails everything that changes the disk.
    pub code: i32,
}

/// What is done to a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Open,
    Write,
    Terminate,
    AtomicWrite,
    Delete,
    Sync,
    Lock,
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Operation {
    pub kind: Kind,
    pub path: PathBuf,
    pub failed: bool,
}

#[derive(Clone, Debug, Default)]
struct Disk {
    /// Names as the system shows them, and as a power loss would leave them; a number stands for a file.
    names: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    files: Vec<File>,
    locks: BTreeSet<PathBuf>,
    log: Vec<Operation>,
    fault: Option<Fault>,
    /// Disks as they were before each operation, where they are wanted, with the mark that stood then.
    before: Option<Vec<(usize, Disk)>>,
    mark: usize,
}

#[derive(Clone, Debug, Default)]
struct File {
    bytes: Arc<Vec<u8>>,
    /// So many of the bytes are on the disk.
    synced: usize,
}

impl FaultDirectory {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts from here on, and fails where the fault says.
    pub fn restart(&self, fault: Option<Fault>) {
        let mut disk = self.disk();
        (disk.log, disk.fault) = (Vec::new(), fault);
    }

    /// Keeps the disk as it is before each operation from here on.
    pub fn keep_moments(&self) {
        self.disk().before = Some(Vec::new());
    }

    /// Stands beside the moments that follow.
    pub fn mark(&self, mark: usize) {
        self.disk().mark = mark;
    }

    /// The moments kept, each with its mark, and the present one.
    pub fn moments(&self) -> Vec<(usize, FaultDirectory)> {
        let mut disk = self.disk();
        let mut moments = disk.before.take().unwrap_or_default();
        moments.push((disk.mark, disk.clone()));
        moments.into_iter().map(|(mark, disk)| (mark, Self { disk: Arc::new(Mutex::new(disk)) })).collect()
    }

    pub fn log(&self) -> Vec<Operation> {
        self.disk().log.clone()
    }
    /// What a power loss leaves: what was synced, and of all else what the seed decides. A name that was made, moved
    /// or removed without a sync of the directory is as before or as after; bytes that were not synced are there, cut
    /// off, halved, zero or flipped in one bit.
    pub fn crash(&self, seed: u64) -> Self {
        let old = self.disk();
        let (mut disk, mut dice) = (Disk::default(), Dice(seed));
        let all: BTreeSet<&PathBuf> = old.names.keys().chain(old.durable.keys()).collect();
        for path in all {
            let (now, then) = (old.names.get(path), old.durable.get(path));
            let kept = if now == then || dice.roll(2) == 0 { then } else { now };
            if let Some(&file) = kept {
                let File { bytes, synced } = &old.files[file];
                let left = damaged(bytes, *synced, &mut dice);
                let file = disk.new_file(left, usize::MAX);
                disk.names.insert(path.clone(), file);
            }
        }
        disk.durable = disk.names.clone();
        Self { disk: Arc::new(Mutex::new(disk)) }
    }
}

fn damaged(bytes: &[u8], synced: usize, dice: &mut Dice) -> Vec<u8> {
    let mut left = bytes.to_vec();
    if synced >= bytes.len() {
        return left;
    }
    match dice.roll(5) {
        0 => left.truncate(synced),
        1 => left.truncate(synced + (bytes.len() - synced) / 2),
        2 => left[synced..].fill(0),
        3 => left[synced + dice.roll(bytes.len() - synced)] ^= 1 << dice.roll(8),
        _ => {}
    }
    left
}

/// Numbers by a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

impl Disk {
    fn new_file(&mut self, bytes: Vec<u8>, synced: usize) -> usize {
        self.files.push(File { bytes: Arc::new(bytes), synced });
        self.files.len() - 1
    }

    /// Numbers an operation; an error if it is one that fails.
    fn begin(&mut self, kind: Kind, path: &Path) -> io::Result<()> {
        if let Some(moments) = &mut self.before {
            let mut moment = Disk::default();
            (moment.names, moment.durable, moment.files) =
                (self.names.clone(), self.durable.clone(), self.files.clone());
            moments.push((self.mark, moment));
        }
        let number = self.log.len() + 1;
        let takes_room = !matches!(kind, Kind::Delete | Kind::Sync);
        let failing = self.fault.filter(|fault| {
            let here = number == fault.first || (fault.lasting && number > fault.first);
            here && (takes_room || fault.code != NO_SPACE)
        });
        self.log.push(Operation { kind, path: path.to_owned(), failed: failing.is_some() });
        failing.map_or(Ok(()), |fault| Err(io::Error::from_raw_os_error(fault.code)))
    }
}

/// An open file.
struct Pen {
    disk: Arc<Mutex<Disk>>,
    path: PathBuf,
    file: usize,
}

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = disk.begin(Kind::Write, &self.path);
        // A disk that fills up, or breaks, has taken a part.
        let taken = if answer.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        Arc::make_mut(&mut disk.files[self.file].bytes).extend_from_slice(taken);
        answer.map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Pen {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let mut disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        disk.begin(Kind::Terminate, &self.path)?;
        let file = &mut disk.files[self.file];
        file.synced = file.bytes.len();
        Ok(())
    }
}

impl Directory for FaultDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(OwnedBytes::new(self.atomic_read(path)?)))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let mut disk = self.disk();
        let wrapped = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        disk.begin(Kind::Delete, path).map_err(wrapped)?;
        disk.names.remove(path).map(drop).ok_or_else(|| DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.disk().names.contains_key(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let mut disk = self.disk();
        let wrapped = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        disk.begin(Kind::Open, path).map_err(wrapped)?;
        if disk.names.contains_key(path) {
            return Err(OpenWriteError::FileAlreadyExists(path.to_owned()));
        }
        let file = disk.new_file(Vec::new(), 0);
        disk.names.insert(path.to_owned(), file);
        Ok(BufWriter::new(Box::new(Pen { disk: self.disk.clone(), path: path.to_owned(), file })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let disk = self.disk();
        let file = disk.names.get(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        Ok(disk.files[*file].bytes.to_vec())
    }

    /// As tantivy's own on a folder: the bytes are synced, then the name moves, and nobody syncs the directory.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Kind::AtomicWrite, path)?;
        let file = disk.new_file(data.to_vec(), data.len());
        disk.names.insert(path.to_owned(), file);
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        let mut disk = self.disk();
        disk.begin(Kind::Sync, Path::new(""))?;
        disk.durable = disk.names.clone();
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let mut disk = self.disk();
        disk.begin(Kind::Lock, &lock.filepath).map_err(LockError::wrap_io_error)?;
        if !disk.locks.insert(lock.filepath.clone()) {
            return Err(LockError::LockBusy);
        }
        Ok(DirectoryLock::from(Box::new(Held { disk: self.disk.clone(), path: lock.filepath.clone() })))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// A lock that goes with its process.
struct Held {
    disk: Arc<Mutex<Disk>>,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner).locks.remove(&self.path);
    }
}
