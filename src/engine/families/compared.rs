//! What pairs of texts were found to be, kept beside the families: texts that have not changed are not read and held
//! against each other again in the next run.

use super::likeness::Likeness;

/// Raised with every change of what `likeness` finds: what another version found is found anew.
const VERSION: u64 = 1;
/// Bits of a row that tell the pair; the others tell the likeness.
const PAIR: u64 = !0b11;

/// Pairs of texts and their likeness, by the hashes of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// A hash of the pair with the likeness in its last two bits, ordered where it was read.
    rows: Vec<u64>,
}

impl Compared {
    /// How many pairs it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// What two texts were found to be, by the hashes of the whole texts.
    pub fn likeness(&self, one: u64, other: u64) -> Option<Likeness> {
        let pair = pair(one, other);
        let at = self.rows.binary_search_by_key(&pair, |row| row & PAIR).ok()?;
        Likeness::from_number((self.rows[at] & !PAIR) as u8)
    }

    /// Remembers what two texts are.
    pub fn add(&mut self, one: u64, other: u64, likeness: Likeness) {
        self.rows.push(pair(one, other) | u64::from(likeness.number()));
    }

    /// The version and the rows in order, eight bytes each, little-endian.
    pub fn bytes(mut self) -> Vec<u8> {
        self.rows.sort_unstable();
        std::iter::once(&VERSION).chain(&self.rows).flat_map(|row| row.to_le_bytes()).collect()
    }

    /// The reverse of [`Compared::bytes`]. Bytes that are none tell of no pair.
    pub fn read(bytes: &[u8]) -> Self {
        let (rows, rest) = bytes.as_chunks();
        let mut rows = rows.iter().map(|row| u64::from_le_bytes(*row));
        let is_ours = rows.next() == Some(VERSION) && rest.is_empty();
        let rows: Vec<u64> = rows.collect();
        if is_ours && rows.is_sorted() { Self { rows } } else { Self::default() }
    }
}

/// One number for two texts, whichever comes first.
fn pair(one: u64, other: u64) -> u64 {
    let (less, more) = (one.min(other), one.max(other));
    let mixed = less.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ more.rotate_left(32);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 29)) & PAIR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_known_again() {
        let mut compared = Compared::default();
        let found = [(7, 3, Likeness::Apart), (3, 9, Likeness::Alike), (9, 7, Likeness::Reprint)];
        found.iter().for_each(|(one, other, likeness)| compared.add(*one, *other, *likeness));
        let bytes = compared.bytes();
        let read = Compared::read(&bytes);
        assert_eq!(read.len(), 3);
        for (one, other, likeness) in found {
            assert_eq!((read.likeness(one, other), read.likeness(other, one)), (Some(likeness), Some(likeness)));
        }
        assert_eq!((read.likeness(3, 3), read.likeness(1, 2)), (None, None));
        assert_eq!(Compared::read(&bytes[1..]), Compared::default());
        assert_eq!(Compared::read(&bytes[8..]), Compared::default(), "of no version");
    }
}
