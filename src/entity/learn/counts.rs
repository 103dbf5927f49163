//! How often strings stand, by their hashes, within bounds.

use rustc_hash::FxHashMap;

/// Strings that are counted at a time: 3.5 million entries fill a table of four million places, 70 MB.
const MOST: usize = 3_500_000;

/// Counts of strings.
#[derive(Default)]
pub(super) struct Counts {
    counts: FxHashMap<u64, u32>,
    /// Words counted.
    pub words: u64,
}

impl Counts {
    /// Counts a string once more.
    pub fn add(&mut self, key: u64) -> u32 {
        let count = self.counts.entry(key).or_insert(0);
        *count += 1;
        *count
    }

    /// How often a string was counted.
    pub fn of(&self, key: u64) -> u32 {
        self.counts.get(&key).copied().unwrap_or(0)
    }

    /// Forgets the rarest where there are too many.
    pub fn keep_within_bounds(&mut self) {
        let mut rare = 1;
        while self.counts.len() > MOST {
            self.counts.retain(|_, count| *count > rare);
            rare += 1;
        }
    }
}

/// The hash of a string by its characters, signs within it left out by who asks (FNV-1a with a last mixing).
pub(super) fn hash(chars: impl Iterator<Item = char>) -> u64 {
    let step = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let hash = chars.fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
