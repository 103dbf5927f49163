//! What was recognised in a document, as it is stored: rows of numbers, each place told from the end of the one before
//! it. By names it would take a third of what the texts take.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::read;
use crate::document::{Entities, EntityKind, Mention, Said};
use crate::index::IndexError;

/// Kinds by their numbers, which never change.
const KINDS: [EntityKind; 7] = [
    EntityKind::Person,
    EntityKind::Place,
    EntityKind::Organisation,
    EntityKind::Policy,
    EntityKind::Number,
    EntityKind::Law,
    EntityKind::Date,
];

/// Steps of a confidence between 0 and 1.
const STEPS: f32 = 1000.0;

/// Bytes from the end of the one before, and how many.
type Stretch = (usize, usize);

/// Number of the kind, place, confidence, value, and where a title begins before (less than nothing) or behind the begin of
/// the mention, and its bytes.
#[derive(Serialize, Deserialize)]
struct Row(usize, Stretch, u16, Option<String>, Option<(isize, usize)>);

#[derive(Serialize, Deserialize)]
struct Stored(Vec<Row>, Vec<Row>, Vec<(String, Stretch)>);

/// The bytes to store; none where nothing was recognised.
pub(super) fn stored(entities: &Entities) -> Option<Vec<u8>> {
    if *entities == Entities::default() {
        return None;
    }
    let mut end = 0;
    let said = entities.said.iter().map(|said| (said.speaker.clone(), from(&mut end, &said.bytes))).collect();
    serde_json::to_vec(&Stored(rows(&entities.title), rows(&entities.body), said)).ok()
}

/// What was stored.
///
/// # Errors
/// The bytes are damaged.
pub(super) fn recalled(bytes: &[u8]) -> Result<Entities, IndexError> {
    let Stored(title, body, said) = serde_json::from_slice(bytes).map_err(read)?;
    let mut end = 0;
    let said = said.into_iter().map(|(speaker, stretch)| Said { speaker, bytes: back(&mut end, stretch) }).collect();
    Ok(Entities { title: mentions(title), body: mentions(body), said })
}

fn rows(mentions: &[Mention]) -> Vec<Row> {
    let mut end = 0;
    let row = |mention: &Mention| {
        let kind = KINDS.iter().position(|kind| *kind == mention.kind)?;
        let offset = |title: &Range<usize>| (title.start as isize - mention.bytes.start as isize, title.len());
        let confidence = (mention.confidence * STEPS).round() as u16;
        let title = mention.title.as_ref().map(offset);
        Some(Row(kind, from(&mut end, &mention.bytes), confidence, mention.value.clone(), title))
    };
    mentions.iter().filter_map(row).collect()
}

fn mentions(rows: Vec<Row>) -> Vec<Mention> {
    let mut end = 0;
    let mention = |Row(kind, stretch, confidence, value, title)| {
        let bytes = back(&mut end, stretch);
        let start = bytes.start;
        let at = |(offset, length): (isize, usize)| {
            let begin = start.saturating_add_signed(offset);
            begin..begin.saturating_add(length)
        };
        let confidence = f32::from(confidence) / STEPS;
        Some(Mention { kind: *KINDS.get(kind)?, bytes, value, confidence, title: title.map(at) })
    };
    rows.into_iter().filter_map(mention).collect()
}

fn from(end: &mut usize, bytes: &Range<usize>) -> Stretch {
    let before = bytes.start.saturating_sub(*end);
    *end = bytes.end;
    (before, bytes.len())
}

fn back(end: &mut usize, (before, length): Stretch) -> Range<usize> {
    let start = end.saturating_add(before);
    *end = start.saturating_add(length);
    start..*end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_recalled() {
        let mention = |kind, bytes, value: Option<&str>, title| Mention {
            kind,
            bytes,
            value: value.map(str::to_owned),
            title,
            confidence: 0.975,
        };
        let entities = Entities {
            title: vec![mention(EntityKind::Place, 0..9, Some("620503"), None)],
            body: vec![
                mention(EntityKind::Person, 30..39, None, Some(12..30)),
                mention(EntityKind::Person, 60..66, Some("张智明"), Some(66..72)),
                mention(EntityKind::Date, 72..80, Some("2018-03"), None),
            ],
            said: vec![Said { speaker: "张智明".into(), bytes: 42..60 }, Said { speaker: "甲".into(), bytes: 81..90 }],
        };
        assert_eq!(recalled(&stored(&entities).expect("something")).expect("whole"), entities);
        assert_eq!(stored(&Entities::default()), None);
        assert!(recalled(b"[[]]").is_err());
    }
}
