//! What is named in a document, for streams, marks and explanations alike: so that what is found is what is marked.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::append;
use crate::analysis::{Folded, PARAGRAPH, SENTENCE, Unigrams, name_token};
use crate::document::{Document, Entities, EntityKind, Mention, NAME_END, Said, Streams};
use crate::entity::{Article, Recogniser};
use crate::explain::Named;
use crate::query::Field;
use crate::snippet::shown;

/// A mention in a title says as much of what a document is about as so many in its body; a person beside his title counts
/// twice.
const TITLE: usize = 3;

/// What documents are counted by for those who speak in them.
pub(super) const SPEAKER: &str = "speaker";

/// Recognises what a document names.
pub(super) fn recognised(document: &Document, recogniser: &Recogniser) -> Entities {
    let Document { title, body, date, source, .. } = document;
    recogniser.recognise(&Article { title, body, date: *date, source: source.as_deref() })
}

/// How many names are remembered; more are seldom met again soon.
const REMEMBERED: usize = 1 << 15;

/// What is named in one document is named in the next: by what names, and under what values it is counted, is worked out
/// once. Of one recogniser.
#[derive(Default)]
pub(super) struct Names {
    /// By kind, as written, and value.
    numbers: FxHashMap<String, usize>,
    called: Vec<Called>,
    /// Room for a key.
    key: String,
}

/// What one name stands for.
struct Called {
    /// What it can be asked for by, in order.
    tokens: Vec<String>,
    /// Name of what documents are counted by, the value, and its token.
    values: Vec<(&'static str, String, String)>,
}

impl Names {
    /// The number of what a mention is called.
    fn of(&mut self, mention: &Mention, text: &str, recogniser: &Recogniser) -> usize {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        self.key.clear();
        self.key.push(char::from(mention.kind as u8));
        self.key.extend([written, "\0", mention.value.as_deref().unwrap_or("\0")]);
        if let Some(number) = self.numbers.get(&self.key) {
            return *number;
        }
        let names: BTreeSet<String> = recogniser.names(mention, text).iter().map(|name| name_token(name)).collect();
        let tokens = names.into_iter().filter(|token| !token.is_empty()).collect();
        let values = recogniser.values(mention, text).into_iter();
        let values = values.map(|(name, value)| (name, shown(&value), name_token(&value))).collect();
        self.called.push(Called { tokens, values });
        self.numbers.insert(self.key.clone(), self.called.len() - 1);
        self.called.len() - 1
    }

    /// Forgets all where there is too much, between two documents.
    fn tidy(&mut self) {
        if self.called.len() > REMEMBERED {
            *self = Self::default();
        }
    }
}

/// Mentions that can be asked for, of the title and then of the body, with the field and the text that each is of.
fn mentions<'a>(
    document: &'a Document,
    entities: &'a Entities,
) -> impl Iterator<Item = (&'a Mention, Field, &'a str, bool)> {
    let title = entities.title.iter().map(|mention| (mention, document.title.as_str(), true));
    let body = entities.body.iter().map(|mention| (mention, document.body.as_str(), false));
    title
        .chain(body)
        .filter_map(|(mention, text, in_title)| Some((mention, Field::of_kind(mention.kind)?, text, in_title)))
}

/// The token of a speaker.
fn speaker(said: &Said) -> String {
    format!("{}{NAME_END}", name_token(&said.speaker))
}

/// Everything named, in the title and then in the body, and what was said.
pub(super) fn named(document: &Document, entities: &Entities, recogniser: &Recogniser) -> Vec<Named> {
    let (mut names, mut named) = (Names::default(), Vec::new());
    for (mention, field, text, in_title) in mentions(document, entities) {
        let number = names.of(mention, text, recogniser);
        let (bytes, title, tokens) =
            (mention.bytes.clone(), mention.title.clone(), names.called[number].tokens.clone());
        named.push(Named { field, in_title, bytes, title, tokens });
    }
    named.extend(entities.said.iter().map(|said| {
        let (bytes, tokens) = (said.bytes.clone(), vec![speaker(said)]);
        Named { field: Field::Said, in_title: false, bytes, title: None, tokens }
    }));
    named
}

/// Fills the streams of names, of what was said and of values: each value once however it is written.
pub(super) fn fill(
    streams: &mut Streams,
    document: &Document,
    entities: &Entities,
    recogniser: &Recogniser,
    names: &mut Names,
) {
    names.tidy();
    let (mut seen, mut counted) = (FxHashSet::default(), FxHashSet::default());
    let mut by_kind: BTreeMap<EntityKind, String> = BTreeMap::new();
    let mut count = |name: &'static str, value: &str, token: &str| {
        if counted.insert((name, token.to_owned())) {
            streams.entity_values.push((name.to_owned(), value.to_owned()));
        }
    };
    for (mention, _, text, in_title) in mentions(document, entities) {
        let number = names.of(mention, text, recogniser);
        let Called { tokens, values } = &names.called[number];
        if seen.insert(number) {
            values.iter().for_each(|(name, value, token)| count(name, value, token));
        }
        let stream = by_kind.entry(mention.kind).or_default();
        let times = if in_title { TITLE } else { 1 + usize::from(mention.title.is_some()) };
        for _ in 0..times {
            tokens.iter().for_each(|token| append(stream, token));
        }
    }
    for said in &entities.said {
        count(SPEAKER, &shown(&said.speaker), &name_token(&said.speaker));
        push_said(&mut streams.said, said, &document.body);
    }
    streams.names = by_kind.into_iter().collect();
}

/// A passage behind its speaker, its paragraphs parted like sentences.
fn push_said(stream: &mut String, said: &Said, body: &str) {
    if !stream.is_empty() {
        append(stream, PARAGRAPH);
    }
    append(stream, &speaker(said));
    let folded = Folded::new(body.get(said.bytes.clone()).unwrap_or_default());
    for (token, ..) in Unigrams::new(&folded) {
        append(stream, if token == PARAGRAPH { SENTENCE } else { &token });
    }
}
