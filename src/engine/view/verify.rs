//! A citation against what is there today: in the index, and in the file where it can be read.

use serde::Serialize;

use super::Citation;
use super::cite::{field, text_hash};
use crate::document::Document;
use crate::engine::Engine;
use crate::engine::guard::guarded;
use crate::error::Error;

/// What became of a citation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Printed id of the article as it was cited.
    pub id: String,
    /// The article in the index; `None` where it is not there any more.
    pub index: Option<Standing>,
    /// The article in its file; `None` where no folder was named to look in, or the article is no file.
    pub file: Option<FileStanding>,
}

/// What became of an article and a passage of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// Whether the bytes of the file are the same, where both hashes are known.
    pub same_file: Option<bool>,
    /// Whether title and body are the same.
    pub same_text: bool,
    /// Where the quotation is.
    pub quotation: Quotation,
}

/// Where a quotation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "where")]
pub enum Quotation {
    /// Where it was.
    Stands,
    /// Elsewhere in the article: the nearest place.
    Moved {
        /// `title` or `body`.
        field: &'static str,
        /// Bytes of that field.
        bytes: [usize; 2],
    },
    /// Nowhere in the article.
    Gone,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[non_exhaustive]
pub enum FileStanding {
    /// Its bytes are the same.
    Same,
    /// It was read again, since its hash is another or unknown.
    Read(Standing),
    /// It is not there, or the path leads out of the folder.
    Missing,
    /// The article is not in it, or nothing can be read in it.
    Gone,
}

impl Verdict {
    /// Whether nothing that was looked at has changed.
    pub fn holds(&self) -> bool {
        let file = match &self.file {
            None | Some(FileStanding::Same) => true,
            Some(FileStanding::Read(standing)) => standing.holds(),
            Some(_) => false,
        };
        file && self.index.as_ref().is_some_and(Standing::holds)
    }
}

impl Standing {
    fn of(citation: &Citation, document: &Document) -> Self {
        let hashes = citation.file_hash.as_ref().zip(document.file_hash.as_ref());
        Self {
            same_file: hashes.map(|(cited, today)| cited == today),
            same_text: citation.text_hash == text_hash(document),
            quotation: quotation(citation, document),
        }
    }

    fn holds(&self) -> bool {
        self.same_file != Some(false) && self.same_text && self.quotation == Quotation::Stands
    }
}

impl Engine {
    /// What became of a citation in the index.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn verify(&self, citation: &Citation) -> Result<Verdict, Error> {
        let documents = guarded(|| {
            let snapshot = self.snapshot()?;
            Ok(snapshot.fetch(&snapshot.find(&citation.key)?)?)
        })?;
        let document = documents.iter().find(|document| document.key() == citation.key);
        let index = document.map(|document| Standing::of(citation, document));
        Ok(Verdict { id: citation.id.clone(), index, file: None })
    }

    /// What became of a citation in the index, and in the file that its path leads to below a folder.
    ///
    /// # Errors
    /// The index cannot be read.
    #[cfg(feature = "files")]
    pub fn verify_below(&self, citation: &Citation, root: &std::path::Path) -> Result<Verdict, Error> {
        Ok(Verdict { file: of_file(citation, root), ..self.verify(citation)? })
    }
}

/// Where the quotation of a citation is in a document.
fn quotation(citation: &Citation, document: &Document) -> Quotation {
    let [start, end] = citation.bytes;
    if field(document, &citation.field).get(start..end) == Some(citation.quotation.as_str()) {
        return Quotation::Stands;
    }
    let own: &'static str = if citation.field == "title" { "title" } else { "body" };
    let other: &'static str = if own == "title" { "body" } else { "title" };
    let nearest = |name: &'static str| {
        let found = field(document, name).match_indices(citation.quotation.as_str()).map(|(at, _)| at);
        found.min_by_key(|at| at.abs_diff(start)).map(|at| (name, at))
    };
    match nearest(own).or_else(|| nearest(other)) {
        Some((field, at)) => Quotation::Moved { field, bytes: [at, at + citation.quotation.len()] },
        None => Quotation::Gone,
    }
}

/// What became of the file of a citation.
#[cfg(feature = "files")]
fn of_file(citation: &Citation, root: &std::path::Path) -> Option<FileStanding> {
    use crate::corpus::{Corpus, ReadOptions};
    use std::path::{Component, Path};
    let cited = Path::new(citation.path.as_ref()?);
    let path = root.join(cited);
    // A citation may come from anybody: it reads nothing outside the folder.
    let inside = cited.components().all(|part| matches!(part, Component::Normal(_)))
        && path.canonicalize().ok().zip(root.canonicalize().ok()).is_some_and(|(path, root)| path.starts_with(root));
    if !inside || !path.is_file() {
        return Some(FileStanding::Missing);
    }
    if citation.file_hash.is_some() && hash(&path) == citation.file_hash {
        return Some(FileStanding::Same);
    }
    let documents = Corpus::open(&[path], ReadOptions::default()).ok().map(Corpus::documents);
    let mut documents = documents.into_iter().flatten().filter_map(Result::ok).map(|mut document| {
        // The key is that of the folder that was indexed, whatever it is called today.
        document.origin.root.clone_from(&citation.root);
        document.origin.path.clone_from(citation.path.as_ref().unwrap_or(&String::new()));
        document
    });
    let found = documents.find(|document| document.key() == citation.key);
    Some(found.map_or(FileStanding::Gone, |document| FileStanding::Read(Standing::of(citation, &document))))
}

/// SHA-256 of a file; `None` where it cannot be read.
#[cfg(feature = "files")]
fn hash(path: &std::path::Path) -> Option<String> {
    use sha2::{Digest, Sha256};
    use std::io::Read;
    let mut file = std::fs::File::open(path).ok()?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(crate::document::hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}
