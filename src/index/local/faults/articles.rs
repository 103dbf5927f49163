//! The batches that the fault tests write, and what an index must hold after each of their commits.

use std::collections::BTreeMap;

use crate::document::{Document, Entry, Streams};
use crate::index::local::LocalIndex;
use crate::index::{Ask, Backend, IndexError, Part, State, Writer};
use crate::query::{Field, Meaning, Piece, Term};

/// Batches of so many documents; the later ones also replace some of the batch before.
#[derive(Clone, Copy)]
pub struct Plan {
    pub commits: usize,
    pub documents: usize,
    pub replaced: usize,
}

/// Two commits of thirty documents.
pub const SMALL: Plan = Plan { commits: 2, documents: 30, replaced: 5 };
/// So many commits that segments are merged.
pub const MERGING: Plan = Plan { commits: 10, documents: 3, replaced: 1 };

impl Plan {
    /// Documents of a batch: number and body.
    fn batch(self, commit: usize) -> impl Iterator<Item = (usize, String)> {
        let new = (commit - 1) * self.documents..commit * self.documents;
        let older = new.start.checked_sub(self.documents).map_or(0..0, |start| start..start + self.replaced);
        older.chain(new).map(move |number| (number, format!("脱贫攻坚 {number} 第 {commit} 版")))
    }

    /// Gives a batch to a writer.
    pub fn give(self, writer: &dyn Writer, commit: usize) -> Result<(), IndexError> {
        let entries: Vec<Entry> = self.batch(commit).map(|(number, body)| entry(number, &body)).collect();
        entries.iter().try_for_each(|entry| writer.remove(&entry.document.key()))?;
        entries.chunks(7).try_for_each(|entries| writer.add(entries))
    }

    /// What the index holds after a commit.
    pub fn documents_after(self, commit: usize) -> BTreeMap<String, String> {
        let batches = (1..=commit).flat_map(|commit| self.batch(commit));
        batches.map(|(number, body)| (format!("d{number}"), body)).collect()
    }

    /// Writes the batches behind a commit and tells each acknowledgement.
    pub fn write(
        self,
        writer: &mut dyn Writer,
        after: usize,
        mut acknowledged: impl FnMut(usize),
    ) -> Result<(), IndexError> {
        for commit in after + 1..=self.commits {
            self.give(writer, commit)?;
            writer.attach(&part(commit).name, commit.to_string().as_bytes())?;
            writer.commit(&state(commit))?;
            acknowledged(commit);
        }
        Ok(())
    }

    /// The commit whose documents the index holds, all of them and no others, each found, with its state.
    #[track_caller]
    pub fn visible(self, index: &LocalIndex, about: &str) -> usize {
        let snapshot = index.snapshot().unwrap_or_else(|error| panic!("{about}: {error}"));
        let commit = snapshot.state().indexed_at.parse().unwrap_or_default();
        let expected = self.documents_after(commit);
        if commit > 0 {
            let told = snapshot.part(&part(commit).name).unwrap_or_else(|error| panic!("{about}: {error}"));
            assert_eq!(told, commit.to_string().as_bytes(), "{about}: the part of another commit");
        }
        let read = snapshot.scan(None, usize::MAX).unwrap_or_else(|error| panic!("{about}: {error}"));
        let bodies: BTreeMap<String, String> =
            read.iter().map(|(_, document)| (document.label(), document.body.clone())).collect();
        assert!(bodies == expected, "{about}: the state is of commit {commit}, the documents are {bodies:?}");
        assert_eq!(read.len(), expected.len(), "{about}: a document is there twice");
        let counts = snapshot.counts().unwrap_or_else(|error| panic!("{about}: {error}"));
        assert_eq!(counts.documents, expected.len() as u64, "{about}");
        assert_eq!(found(index, about), expected.len() as u64, "{about}");
        commit
    }
}

/// How many documents hold 脱贫.
#[track_caller]
pub fn found(index: &LocalIndex, about: &str) -> u64 {
    let piece = |token: &str| Piece::Token(token.to_owned());
    let (written, unigrams) = ("脱贫".to_owned(), vec![piece("脱"), piece("贫")]);
    let meaning = Meaning::Term(Term { field: Field::Text, written, unigrams, quoted: false, weight: 1.0 });
    let ask = Ask { limit: 10, ..Ask::all(&meaning) };
    let found = index.snapshot().and_then(|snapshot| snapshot.search(&ask));
    found.unwrap_or_else(|error| panic!("{about}: {error}")).total
}

/// A state that tells its commit.
pub fn state(commit: usize) -> State {
    State { indexed_at: commit.to_string(), parts: vec![part(commit)], ..State::default() }
}

/// The part beside the documents that goes with a commit.
fn part(commit: usize) -> Part {
    Part { name: format!("commit-{commit}"), rows: 1 }
}

pub fn entry(number: usize, body: &str) -> Entry {
    let unigrams: Vec<String> = body.chars().filter(|c| !c.is_whitespace()).map(String::from).collect();
    let words = "脱贫 攻坚".to_owned();
    let streams = Streams { text: unigrams.join(" "), body_words: words, han: 4, ..Streams::default() };
    Entry { document: Document::new(format!("d{number}"), "", body), streams, ..Entry::default() }
}
