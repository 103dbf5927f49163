//! What a batch of queries has seen already: for each query, the latest time of indexing that its last digest looked
//! into. Kept in a small file of the user's, one for each index and batch, that is written anew when a digest is whole.
//!
//! The folder is that of `XUNZHANG_STATE`, else `xunzhang` in `XDG_STATE_HOME`, else `~/.local/state/xunzhang`
//! (`%LOCALAPPDATA%\xunzhang` on Windows): not the index's, which may be shared and may not be written.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::messages::Message;
use crate::talk::Talk;

/// What has been seen, and what this digest sees.
pub struct Digest {
    path: PathBuf,
    seen: State,
    sees: State,
}

/// The content of the file.
#[derive(Default, Serialize, Deserialize)]
struct State {
    version: u32,
    /// Folder of the index and file of the batch, for people.
    index: String,
    batch: String,
    /// Queries as they stand in the batch.
    queries: BTreeMap<String, i64>,
}

impl Digest {
    /// Reads what the last digest of a batch saw; nothing where there was none. `options` is what else changes the
    /// answers.
    pub fn open(index: &Path, batch: &Path, options: &str, talk: Talk) -> anyhow::Result<Self> {
        let Ok(batch) = batch.canonicalize() else { bail!(talk.text(Message::CannotRead { path: batch })) };
        let (index, batch) = (index.canonicalize()?.display().to_string(), batch.display().to_string());
        let Some(folder) = folder(|name| std::env::var_os(name)) else { bail!(talk.text(Message::NoStateFolder)) };
        let path = folder.join(format!("digest-{}.json", name(&[&index, &batch, options])));
        let seen = match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).with_context(|| talk.text(Message::BadState { path: &path }))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(error).with_context(|| talk.text(Message::BadState { path: &path })),
        };
        Ok(Self { path, seen, sees: State { version: 1, index, batch, queries: BTreeMap::new() } })
    }

    /// Whether there was a digest before.
    pub fn is_first(&self) -> bool {
        self.seen.queries.is_empty()
    }

    /// The time up to which a query's articles are known; none for a query that is new.
    pub fn after(&self, query: &str) -> Option<i64> {
        self.seen.queries.get(query).copied()
    }

    /// Remembers up to which time a query was answered. One that could not be answered stays as it was.
    pub fn answered(&mut self, query: &str, until: Option<i64>) {
        if let Some(until) = until.or(self.after(query)) {
            self.sees.queries.insert(query.to_owned(), until);
        }
    }

    /// Writes it down: the digest is whole. The old file stays until the new one is.
    pub fn save(&self) -> anyhow::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let draft = self.path.with_extension(format!("{}.part", std::process::id()));
        let written = fs::File::create(&draft).and_then(|mut file| {
            file.write_all(&serde_json::to_vec_pretty(&self.sees)?)?;
            file.sync_all()
        });
        let saved = written.and_then(|()| fs::rename(&draft, &self.path));
        saved.inspect_err(|_| drop(fs::remove_file(&draft))).with_context(|| self.path.display().to_string())
    }
}

/// The folder of the user's state.
fn folder(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XUNZHANG_STATE")
        .or_else(|| Some(set("XDG_STATE_HOME")?.join("xunzhang")))
        .or_else(|| Some(set("HOME")?.join(".local/state/xunzhang")))
        .or_else(|| Some(set("LOCALAPPDATA")?.join("xunzhang")))
}

/// A name of a file for some texts: FNV-1a, which is the same in every version of this program.
fn name(texts: &[&str]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_first_that_is_named() {
        let of = |set: &[(&str, &str)]| {
            folder(|name| set.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).into()))
        };
        assert_eq!(of(&[("XUNZHANG_STATE", "/a"), ("HOME", "/h")]), Some("/a".into()));
        assert_eq!(of(&[("XDG_STATE_HOME", "/x"), ("HOME", "/h")]), Some("/x/xunzhang".into()));
        assert_eq!(of(&[("XDG_STATE_HOME", ""), ("HOME", "/h")]), Some("/h/.local/state/xunzhang".into()));
        assert_eq!(of(&[]), None);
    }
}
