//! CHARACTERS → PEOPLE, PLACES AND ORGANISATIONS by a linear-chain conditional random field: what a sentence alone shows.
//! What the whole document shows is for the passes behind it.

mod features;
mod label;
mod model;
mod sentence;
mod train;
mod viterbi;
mod weights;

use std::ops::Range;

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
        Ok(Self { model: Model::new(&Weights::from_bytes(bytes)?) })
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
        let (mut room, mut best, mut labels) = (Room::default(), Vec::new(), Vec::new());
        let mut spans = Vec::new();
        for range in sentence::sentences(chars) {
            self.model.score(&chars[range.clone()], &mut room);
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
