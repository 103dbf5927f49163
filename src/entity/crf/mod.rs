//! CHARACTERS → PEOPLE, PLACES AND ORGANISATIONS by a linear-chain conditional random field: what a sentence alone shows.
//! What the whole document shows is for the passes behind it.

mod features;
mod label;
mod model;
mod sentence;
mod train;
mod viterbi;
mod weights;

use std::cell::RefCell;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::text::{Span, Text};
use crate::document::Mention;
use model::{Model, Room};
use weights::Weights;

pub use train::{Example, TrainOptions, Trained, train};
pub use weights::WeightsError;

/// Origin, licence and recipe stand in `src/entity/data/README.md`.
const WEIGHTS: &[u8] = include_bytes!("../data/weights.bin");

/// Finds people, places and organisations in text, sentence by sentence.
///
/// ```
/// let tagger = xunzhang::entity::Tagger::embedded();
/// let text = "天水市市長王軍到五龍鎮調研。";
/// let found: Vec<&str> = tagger.mentions(text).into_iter().map(|mention| &text[mention.bytes]).collect();
/// assert_eq!(found, ["天水市", "王軍", "五龍鎮"]);
/// ```
#[derive(Clone, Debug)]
pub struct Tagger {
    model: Model,
    /// SHA-256 of its weights.
    digest: [u8; 32],
}

impl Tagger {
    /// The one that comes with the library.
    #[allow(clippy::missing_panics_doc, clippy::expect_used, reason = "a test reads these very bytes")]
    pub fn embedded() -> Self {
        Self::load(WEIGHTS).expect("the weights of the library are whole")
    }

    /// One by weights that `xunzhang train` or [`train`] made.
    ///
    /// # Errors
    ///
    /// When the bytes are no weights, or are those of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self { model: Model::new(&Weights::from_bytes(bytes)?), digest: Sha256::digest(bytes).into() })
    }

    /// Tells its weights from others.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The same of those that come with the library, which need not be loaded for it.
    pub(crate) fn embedded_digest() -> [u8; 32] {
        Sha256::digest(WEIGHTS).into()
    }

    /// The mentions in a text, in order and without overlap, by bytes of it; none has a value.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let text = Text::new(text);
        let mention = |Span { kind, chars, value, confidence }| Mention {
            kind,
            bytes: text.original(chars),
            value,
            confidence,
            title: None,
        };
        self.tag(&text.chars).into_iter().map(mention).collect()
    }

    /// The spans in folded characters, in order and without overlap. The confidence of one is its probability, given
    /// what was found around it.
    pub(crate) fn tag(&self, chars: &[char]) -> Vec<Span> {
        thread_local! {
            static ROOM: RefCell<Room> = RefCell::default();
        }
        ROOM.with_borrow_mut(|room| self.tag_in(room, chars))
    }

    fn tag_in(&self, room: &mut Room, chars: &[char]) -> Vec<Span> {
        let (mut best, mut labels, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for range in sentence::sentences(chars) {
            self.model.score(&chars[range.clone()], room);
            self.model.transitions.decode(&room.scores, &mut best, &mut labels);
            label::spans(&labels, |kind, start, end| {
                let confidence = self.model.transitions.confidence(&room.scores, &labels, start, end);
                let chars: Range<usize> = range.start + start..range.start + end;
                spans.push(Span { kind: label::KINDS[kind], chars, value: None, confidence });
            });
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::EntityKind;

    fn found(text: &str) -> Vec<(EntityKind, String)> {
        Tagger::embedded().mentions(text).into_iter().map(|m| (m.kind, text[m.bytes].to_owned())).collect()
    }

    #[test]
    fn lists_chains_and_bodies_are_found_in_either_script() {
        let (person, place, body) = (EntityKind::Person, EntityKind::Place, EntityKind::Organisation);
        let simplified = "近日，麦积区委书记张智明，副区长周岳红到甘肃省天水市麦积区五龙镇调研，市发改委参加。";
        let traditional = "近日，麥積區委書記張智明，副區長周岳紅到甘肅省天水市麥積區五龍鎮調研，市發改委參加。";
        let of = |text: &str| -> Vec<(EntityKind, usize)> {
            found(text).into_iter().map(|(kind, text)| (kind, text.chars().count())).collect()
        };
        let chain = [(place, 3); 4];
        let all = [&[(body, 4), (person, 3), (person, 3)][..], &chain, &[(body, 4)]].concat();
        assert_eq!(of(simplified), all, "{:?}", found(simplified));
        assert_eq!(of(traditional), all, "{:?}", found(traditional));
    }

    #[test]
    fn any_text_is_tagged_and_one_without_an_end_piece_by_piece() {
        let tagger = Tagger::embedded();
        for text in ["", "。", "\n\n", "𠮷𠮷𠮷", "abc 123 ①½㎡", "\u{0}\u{1}\u{2}", "张", "···", "👨‍👩‍👧县长"]
        {
            for mention in tagger.mentions(text) {
                assert!(!mention.bytes.is_empty() && text.is_char_boundary(mention.bytes.start), "{text}");
                assert!((0.0..=1.0).contains(&mention.confidence));
            }
        }
        let count = |times: usize| tagger.mentions(&"麦积区委书记张智明到五龙镇调研".repeat(times)).len();
        let (few, many) = (count(200), count(20_000));
        assert!(few > 400 && many > few * 95 && many < few * 105, "{few} {many}");
    }
}
