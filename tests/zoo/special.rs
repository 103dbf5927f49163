//! What lies in folders and is no plain file, and names that are no plain names.

use std::ffi::OsStr;
use std::fs::{create_dir_all, set_permissions, write};
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::row::*;

/// Makes the folder, and tells what comes out of each name in it.
pub fn make(folder: &Path) -> Vec<(String, Vec<Gives>)> {
    create_dir_all(folder.join("loop")).expect("the folder can be made");
    let link = |target: &Path, name: &str| symlink(target, folder.join(name)).expect("a link");
    let article_in = |name: &OsStr| write(folder.join(name), text()).expect("a file");
    let made = Command::new("mkfifo").arg(folder.join("pipe.txt")).status().expect("mkfifo runs");
    assert!(made.success(), "mkfifo: {made}");
    let _ = std::os::unix::net::UnixListener::bind(folder.join("socket.txt")).expect("a socket");
    link(folder, "loop/loop");
    link(Path::new("itself.txt"), "itself.txt");
    link(Path::new("nothing"), "broken.txt");
    link(Path::new("/dev/zero"), "zeros.txt");
    link(Path::new("/dev/zero"), "zeros.zip");
    article_in(OsStr::new("a\nb.txt"));
    article_in(OsStr::new("a\x1b[2J.txt"));
    article_in(OsStr::from_bytes(b"\xB1\xB1.txt"));
    article_in(OsStr::new(".hidden.txt"));
    let sparse = std::fs::File::create(folder.join("sparse.txt")).expect("a file");
    sparse.set_len(8 << 30).expect("the disk knows sparse files");
    let sparse = std::fs::File::create(folder.join("sparse.zip")).expect("a file");
    sparse.set_len(8 << 30).expect("the disk knows sparse files");
    let one = |name: &str, gives: Gives| (name.to_string(), vec![gives]);
    let mut rows = vec![
        one("pipe.txt", skip("not_regular")),
        one("socket.txt", skip("not_regular")),
        one("loop/loop", skip("symbolic_link")),
        one("itself.txt", skip("symbolic_link")),
        one("broken.txt", skip("symbolic_link")),
        one("zeros.txt", skip("symbolic_link")),
        one("zeros.zip", skip("symbolic_link")),
        one("a\nb.txt", article()),
        one("a\x1b[2J.txt", article()),
        one("\u{FFFD}\u{FFFD}.txt", article()),
        one("sparse.txt", skip("too_large")),
        one("sparse.zip", skip("decompression")),
    ];
    rows.extend(unreadable(folder));
    rows
}

/// A file and a folder that may not be read, unless whoever runs the test may read everything.
fn unreadable(folder: &Path) -> Vec<(String, Vec<Gives>)> {
    let (file, closed) = (folder.join("closed.txt"), folder.join("closed"));
    write(&file, text()).expect("a file");
    create_dir_all(&closed).expect("a folder");
    for path in [&file, &closed] {
        set_permissions(path, PermissionsExt::from_mode(0o000)).expect("it is ours");
    }
    if std::fs::read(&file).is_ok() {
        let _ = writeln!(std::io::stderr(), "zoo: SKIPPED what may not be read: this user may read everything");
        std::fs::remove_file(&file).expect("it is ours");
        std::fs::remove_dir(&closed).expect("it is ours");
        return Vec::new();
    }
    vec![("closed.txt".to_string(), vec![skip("unreadable")]), ("closed".to_string(), vec![skip("unreadable")])]
}
