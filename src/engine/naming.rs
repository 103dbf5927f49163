//! What is named in a document, for streams, marks and explanations alike: so that what is found is what is marked.

use std::collections::HashSet;

use crate::analysis::{Folded, PARAGRAPH, SENTENCE, Unigrams, name_token};
use crate::document::{Document, Entities, EntityKind, Mention, NAME_END, Streams};
use crate::entity::{Article, Recogniser};
use crate::explain::Named;
use crate::query::Field;

/// A mention in a title says as much of what a document is about as so many in its body.
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
    let of = |mention: &Mention, text: &str, in_title: bool| {
        let names = recogniser.names(mention, text);
        let mut tokens: Vec<String> =
            names.iter().map(|name| name_token(name)).filter(|name| !name.is_empty()).collect();
        tokens.sort_unstable();
        tokens.dedup();
        Some(Named { field: field(mention.kind)?, in_title, bytes: mention.bytes.clone(), tokens })
    };
    let said = entities.said.iter().map(|said| {
        let tokens = vec![format!("{}{NAME_END}", name_token(&said.speaker))];
        Named { field: Field::Said, in_title: false, bytes: said.bytes.clone(), tokens }
    });
    let title = entities.title.iter().filter_map(|mention| of(mention, &document.title, true));
    let body = entities.body.iter().filter_map(|mention| of(mention, &document.body, false));
    title.chain(body).chain(said).collect()
}

/// The field that asks for names of a kind, where one does.
pub(super) fn field(kind: EntityKind) -> Option<Field> {
    Some(match kind {
        EntityKind::Person => Field::Person,
        EntityKind::Place => Field::Place,
        EntityKind::Organisation => Field::Organisation,
        EntityKind::Policy => Field::Policy,
        EntityKind::Number => Field::Number,
        EntityKind::Law => Field::Law,
        _ => return None,
    })
}

/// Fills the streams of names, of what was said and of values.
pub(super) fn fill(streams: &mut Streams, document: &Document, entities: &Entities, recogniser: &Recogniser) {
    for one in named(document, entities, recogniser) {
        let Some(kind) = one.field.kind() else {
            push_said(&mut streams.said, &one, &document.body);
            continue;
        };
        let at = match streams.names.iter().position(|(own, _)| *own == kind) {
            Some(at) => at,
            None => {
                streams.names.push((kind, String::new()));
                streams.names.len() - 1
            }
        };
        let stream = &mut streams.names[at].1;
        for _ in 0..if one.in_title { TITLE } else { 1 } {
            one.tokens.iter().for_each(|token| push(stream, token));
        }
    }
    streams.entity_values = values(document, entities, recogniser);
}

/// A passage behind its speaker, its paragraphs parted like sentences.
fn push_said(stream: &mut String, said: &Named, body: &str) {
    if !stream.is_empty() {
        push(stream, PARAGRAPH);
    }
    said.tokens.iter().for_each(|speaker| push(stream, speaker));
    let folded = Folded::new(body.get(said.bytes.clone()).unwrap_or_default());
    for (token, ..) in Unigrams::new(&folded) {
        push(stream, if token == PARAGRAPH { SENTENCE } else { &token });
    }
}

fn push(stream: &mut String, token: &str) {
    if !stream.is_empty() {
        stream.push(' ');
    }
    stream.push_str(token);
}

/// The values of a document, each once however it is written.
fn values(document: &Document, entities: &Entities, recogniser: &Recogniser) -> Vec<(String, String)> {
    let title = entities.title.iter().map(|mention| (mention, document.title.as_str()));
    let body = entities.body.iter().map(|mention| (mention, document.body.as_str()));
    let mentions = title.chain(body).flat_map(|(mention, text)| recogniser.values(mention, text));
    let speakers = entities.said.iter().map(|said| (SPEAKER, said.speaker.clone()));
    let mut known = HashSet::new();
    let all = mentions.chain(speakers).filter(|(name, value)| known.insert((*name, name_token(value))));
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}
