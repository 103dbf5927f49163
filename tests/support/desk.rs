//! A folder of its own to run the program in, with the program's words as text and its lines as JSON.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own to run the program in.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A folder with nothing in it.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with these records in its corpus, indexed.
    #[allow(dead_code, reason = "not every file of tests starts from records")]
    pub fn of_records(records: &[Value]) -> Self {
        let desk = Self::new();
        let lines: Vec<String> = records.iter().map(Value::to_string).collect();
        desk.write("corpus/a.jsonl", &lines.join("\n"));
        assert_eq!(desk.run(&["index"]).0, 0);
        desk
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("the folder can be made");
        std::fs::write(path, text).expect("the folder takes a file");
    }

    /// The program in the folder, with nothing of the environment that it listens to.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "XUNZHANG_INDEX"] {
            command.env_remove(name);
        }
        command.env("XUNZHANG_STATE", self.path("state"));
        command
    }

    /// Runs the program to its end: exit code, standard output, standard error.
    pub fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.program(arguments).output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (status.code().unwrap_or(-1), text(stdout), text(stderr))
    }

    /// The lines of JSON that the program prints.
    #[allow(dead_code, reason = "not every file of tests reads JSON")]
    pub fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let (_, out, err) = self.run(arguments);
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{err}")))
            .collect()
    }
}
