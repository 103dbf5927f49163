//! Where a document came from, and the keys that follow from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where a document came from. All fields are empty for a document that is no file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Name of the folder that was indexed.
    pub root: String,
    /// Path relative to the root, `/` between parts; bytes that are no UTF-8 are shown as U+FFFD.
    pub path: String,
    /// The path's bytes where they are no UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<Vec<u8>>,
    /// Name inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Number of the record in the file, counted from 1; 0 when the file is one document.
    pub record: u64,
    /// The record's own id stood earlier in the same file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
}

impl Origin {
    /// The key of the file on the disk: every document of one file shares it, whatever entry of an archive it came from.
    pub fn file_key(&self) -> String {
        file_key(&self.root, &self.path, self.path_bytes.as_deref())
    }

    /// Whether both came out of one file on the disk.
    pub fn is_same_file(&self, other: &Self) -> bool {
        (&self.root, &self.path, &self.path_bytes) == (&other.root, &other.path, &other.path_bytes)
    }

    /// That of an entry in this file; the names of one in an entry are joined by `!`.
    pub fn inside(&self, name: &str) -> Self {
        let entry = match &self.entry {
            Some(outer) => format!("{outer}!{name}"),
            None => name.to_owned(),
        };
        Self { entry: Some(entry), ..self.clone() }
    }

    /// Path, and entry inside an archive: `2018.zip!news/1.txt`.
    pub fn place(&self) -> String {
        match &self.entry {
            Some(entry) => format!("{}!{entry}", self.path),
            None => self.path.clone(),
        }
    }

    /// The folder of the file, `/` between parts, an archive among them: `2018.zip!news`; none for a file at the root.
    pub fn folder(&self) -> Option<String> {
        let place = self.place();
        let inside = place.rfind('/').max(self.entry.as_ref().map(|_| self.path.len()))?;
        Some(place[..inside].to_owned())
    }
}

/// The key of the file of a path below a root, given by its bytes where they are no UTF-8.
pub(super) fn file_key(root: &str, path: &str, path_bytes: Option<&[u8]>) -> String {
    digest(&[b"file", root.as_bytes(), path_bytes.unwrap_or(path.as_bytes())])
}

/// Hashes the parts with their lengths, so that no two lists of parts collide by joining.
pub(super) fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..16])
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_what_stands_before_the_name() {
        for (path, entry, folder) in [
            ("a.txt", None, None),
            ("2018/春/a.txt", None, Some("2018/春")),
            ("2018.zip", Some("a.txt"), Some("2018.zip")),
            ("x/2018.zip", Some("春/a.txt"), Some("x/2018.zip!春")),
        ] {
            let origin = Origin { path: path.into(), entry: entry.map(str::to_owned), ..Origin::default() };
            assert_eq!(origin.folder().as_deref(), folder, "{path} {entry:?}");
        }
    }
}
