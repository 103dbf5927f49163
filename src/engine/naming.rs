//! What is named in a document, for streams, marks and explanations alike: so that what is found is what is marked.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::entry::append;
use crate::analysis::{Folded, PARAGRAPH, SENTENCE, Unigrams, name_token};
use crate::document::{Document, Entities, EntityKind, NAME_END, Streams};
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

/// Everything named, in the title and then in the body, and what was said.
pub(super) fn named(document: &Document, entities: &Entities, recogniser: &Recogniser) -> Vec<Named> {
    all(document, entities, recogniser).0
}

/// The same, and the values that the document is counted by, each once however it is written.
fn all(document: &Document, entities: &Entities, recogniser: &Recogniser) -> (Vec<Named>, Vec<(String, String)>) {
    let (mut named, mut values, mut counted) = (Vec::new(), Vec::new(), HashSet::new());
    let mut count = |name: &'static str, value: String| {
        if counted.insert((name, name_token(&value))) {
            values.push((name.to_owned(), shown(&value)));
        }
    };
    // What is named once is named again: its names are worked out once.
    let mut known: HashMap<(EntityKind, &str, Option<&str>), Vec<String>> = HashMap::new();
    let title = entities.title.iter().map(|mention| (mention, document.title.as_str(), true));
    let body = entities.body.iter().map(|mention| (mention, document.body.as_str(), false));
    for (mention, text, in_title) in title.chain(body) {
        let Some(field) = Field::of_kind(mention.kind) else { continue };
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        let tokens = known.entry((mention.kind, written, mention.value.as_deref())).or_insert_with(|| {
            recogniser.values(mention, text).into_iter().for_each(|(name, value)| count(name, value));
            let names = recogniser.names(mention, text);
            let tokens: BTreeSet<String> = names.iter().map(|name| name_token(name)).collect();
            tokens.into_iter().filter(|token| !token.is_empty()).collect()
        });
        let (bytes, title) = (mention.bytes.clone(), mention.title.clone());
        named.push(Named { field, in_title, bytes, title, tokens: tokens.clone() });
    }
    for said in &entities.said {
        let tokens = vec![format!("{}{NAME_END}", name_token(&said.speaker))];
        named.push(Named { field: Field::Said, in_title: false, bytes: said.bytes.clone(), title: None, tokens });
        count(SPEAKER, said.speaker.clone());
    }
    (named, values)
}

/// Fills the streams of names, of what was said and of values.
pub(super) fn fill(streams: &mut Streams, document: &Document, entities: &Entities, recogniser: &Recogniser) {
    let (named, values) = all(document, entities, recogniser);
    streams.entity_values = values;
    let mut by_kind: BTreeMap<EntityKind, String> = BTreeMap::new();
    for one in named {
        let Some(kind) = one.field.kind() else {
            push_said(&mut streams.said, &one, &document.body);
            continue;
        };
        let stream = by_kind.entry(kind).or_default();
        let times = if one.in_title { TITLE } else { 1 + usize::from(one.title.is_some()) };
        for _ in 0..times {
            one.tokens.iter().for_each(|token| append(stream, token));
        }
    }
    streams.names = by_kind.into_iter().collect();
}

/// A passage behind its speaker, its paragraphs parted like sentences.
fn push_said(stream: &mut String, said: &Named, body: &str) {
    if !stream.is_empty() {
        append(stream, PARAGRAPH);
    }
    said.tokens.iter().for_each(|speaker| append(stream, speaker));
    let folded = Folded::new(body.get(said.bytes.clone()).unwrap_or_default());
    for (token, ..) in Unigrams::new(&folded) {
        append(stream, if token == PARAGRAPH { SENTENCE } else { &token });
    }
}
