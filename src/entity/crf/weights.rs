//! Weights as training makes them and a file holds them: which feature speaks for which label, in 1/[`UNIT`](super::viterbi::UNIT)
//! of a natural logarithm. A file is a head, the characters, the transitions, then the features in order, each as the
//! distance to the one before, the set of its labels, and a byte for each of them.

use super::features::Feature;
use super::label::{LABELS, ROOM};
use super::viterbi::Row;
use crate::entity::lexicon::CLASSES;

const MAGIC: &[u8; 4] = b"XZCF";
/// Raised when features or labels change their meaning.
const VERSION: u8 = 1;

/// What a recogniser has learnt.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weights {
    /// The characters, in the order of their numbers.
    pub characters: Vec<char>,
    pub transitions: [Row; LABELS],
    pub start: Row,
    /// The features in order, with at least one weight other than 0.
    pub features: Vec<(Feature, [i8; LABELS])>,
}

/// Why bytes are no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// They do not begin as weights do.
    #[error("these are no weights of a recogniser")]
    NoWeights,
    /// Another version of the program wrote them.
    #[error("the weights are of version {0}, this program reads version {VERSION}: train again")]
    Version(u8),
    /// They end too early, or say what cannot be.
    #[error("the weights are damaged at byte {0}")]
    Damaged(usize),
}

impl Weights {
    /// The bytes of a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([VERSION, CLASSES.len() as u8]);
        push_number(&mut bytes, self.characters.len() as u64);
        let mut buffer = [0; 4];
        self.characters.iter().for_each(|c| bytes.extend(c.encode_utf8(&mut buffer).as_bytes()));
        for row in self.transitions.iter().chain([&self.start]) {
            row[..LABELS].iter().for_each(|score| bytes.extend(score.to_le_bytes()));
        }
        push_number(&mut bytes, self.features.len() as u64);
        let mut last = 0;
        for (feature, weights) in &self.features {
            push_number(&mut bytes, feature.0 - last);
            last = feature.0;
            let set = (0..LABELS).filter(|&label| weights[label] != 0).fold(0u16, |set, label| set | 1 << label);
            bytes.extend(set.to_le_bytes());
            bytes.extend(weights.iter().filter(|&&weight| weight != 0).map(|&weight| weight as u8));
        }
        bytes
    }

    /// Reads the bytes of a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(MAGIC.len()) != Some(MAGIC) {
            return Err(WeightsError::NoWeights);
        }
        match reader.byte() {
            Some(VERSION) => {}
            found => return Err(WeightsError::Version(found.unwrap_or(0))),
        }
        read(&mut reader).ok_or(WeightsError::Damaged(reader.at))
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Weights> {
    if usize::from(reader.byte()?) > CLASSES.len() {
        return None;
    }
    let characters = (0..reader.number()?).map(|_| reader.character()).collect::<Option<Vec<char>>>()?;
    let mut rows = [[0; ROOM]; LABELS + 1];
    for row in &mut rows {
        for score in &mut row[..LABELS] {
            *score = i16::from_le_bytes(reader.take(2)?.try_into().ok()?);
        }
    }
    let [transitions @ .., start] = rows;
    let (mut last, mut features) = (0u64, Vec::new());
    for _ in 0..reader.number()? {
        last = last.checked_add(reader.number()?)?;
        let set = u16::from_le_bytes(reader.take(2)?.try_into().ok()?);
        let mut weights = [0; LABELS];
        for label in (0..LABELS).filter(|label| set >> label & 1 == 1) {
            weights[label] = reader.byte()? as i8;
        }
        features.push((Feature(last), weights));
    }
    let whole = reader.at == reader.bytes.len() && features.iter().all(|(feature, _)| feature.part().is_some());
    whole.then_some(Weights { characters, transitions, start, features })
}

/// Writes a number by seven bits, the lowest first, the highest bit for more to come.
fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn character(&mut self) -> Option<char> {
        let length = match self.bytes.get(self.at)? {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        std::str::from_utf8(self.take(length)?).ok()?.chars().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Weights {
        let mut transitions = [[0; ROOM]; LABELS];
        transitions[3][7] = -300;
        let mut start = [0; ROOM];
        start[12] = 17;
        let row = |weight: i8| std::array::from_fn(|label| if label % 3 == 1 { weight } else { 0 });
        let features = vec![(Feature::single(3, 2), row(5)), (Feature::pair([3, 4], 0), row(-127))];
        Weights { characters: vec!['镇', 'a', '·'], transitions, start, features }
    }

    #[test]
    fn weights_survive_their_file() {
        let bytes = some().to_bytes();
        assert_eq!(Weights::from_bytes(&bytes), Ok(some()));
    }

    #[test]
    fn bytes_that_are_no_weights_are_named() {
        let bytes = some().to_bytes();
        assert_eq!(Weights::from_bytes(b"PK\x03\x04"), Err(WeightsError::NoWeights));
        let mut newer = bytes.clone();
        newer[4] = 9;
        assert_eq!(Weights::from_bytes(&newer), Err(WeightsError::Version(9)));
        for end in 6..bytes.len() {
            assert!(matches!(Weights::from_bytes(&bytes[..end]), Err(WeightsError::Damaged(_))), "{end}");
        }
        for at in 6..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 0xFF;
            let _ = Weights::from_bytes(&other);
        }
    }
}
