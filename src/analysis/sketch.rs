//! A text as a handful of numbers that tell how much of another it holds: what reprints are found by. Which texts are
//! compared, and what is then made of them, is left to the engine.
//!
//! A text is its folded characters without marks, signs and blanks, so that neither script nor punctuation nor breaks
//! count. Its shingles are its runs of five characters, each a hash; its sketch is the sixteen least of them (a bottom-k
//! sketch: Broder 1997; Cohen and Kaplan 2007). The least hashes of what two texts share are among the least of both, so
//! that a text of which half was cut still shares about half of its sketch with the whole.
//!
//! Written by hand and not with a crate: `gaoya` keeps slots of a MinHash, four times the bytes for the same candidates
//! and blind to containment, and hashes by what its dependencies happen to use, while an index must find the same
//! hashes in every version.

use super::Folded;
use super::han::is_common;

/// Characters of a shingle: news texts by different hands seldom share five in a row but for names and set phrases.
pub const SHINGLE: usize = 5;
/// Shingles of a sketch at most.
const SKETCH: usize = 16;
/// Texts of fewer characters have no sketch: captions and boilerplate alike.
const LEAST: usize = 30;

/// Bits for how many characters a text has, and the most that they tell.
const LENGTH: u32 = 20;
const LONGEST: u64 = (1 << LENGTH) - 1;

/// The characters of a folded text that count: no marks, signs or blanks.
pub fn bare(folded: &str) -> Vec<char> {
    // Most of them are common Han, of which Unicode's tables need not be asked.
    folded.chars().filter(|c| is_common(*c) || c.is_alphanumeric()).collect()
}

/// The sketch of a text: the hash of all its characters with how many they are, then the least hashes of its shingles in
/// rising order, two to a number; nothing for a text of fewer than thirty characters.
pub fn sketch(folded: &Folded) -> Vec<u64> {
    let bare = bare(&folded.text);
    if bare.len() < LEAST {
        return Vec::new();
    }
    let mut least = Vec::with_capacity(SKETCH + 1);
    for hash in hashes(&bare, SHINGLE).map(|hash| (hash >> 32) as u32) {
        if least.len() == SKETCH && least.last().is_some_and(|last| hash >= *last) {
            continue;
        }
        if let Err(at) = least.binary_search(&hash) {
            least.insert(at, hash);
            least.truncate(SKETCH);
        }
    }
    let whole = std::iter::once(hash(&bare) << LENGTH | (bare.len() as u64).min(LONGEST));
    let pairs = least.chunks(2).map(|pair| u64::from(pair[0]) << 32 | u64::from(*pair.get(1).unwrap_or(&pair[0])));
    whole.chain(pairs).collect()
}

/// The hash of some characters together; 0 of none.
pub fn hash(bare: &[char]) -> u64 {
    hashes(bare, bare.len()).next().unwrap_or_default()
}

/// How many characters the text of a sketch has, by the first number of what [`sketch`] made.
pub fn length_of(whole: u64) -> u64 {
    whole & LONGEST
}

/// The hashes of the shingles of a sketch that [`sketch`] made, in rising order.
pub fn shingles_of(sketch: &[u64]) -> Vec<u32> {
    let pairs = sketch.iter().skip(1).flat_map(|pair| [(pair >> 32) as u32, *pair as u32]);
    let mut shingles: Vec<u32> = pairs.collect();
    shingles.dedup();
    shingles
}

/// The hashes of all runs of so many characters, each once and in order; the whole where there are fewer.
pub fn shingles(bare: &[char], length: usize) -> Vec<u64> {
    let mut all: Vec<u64> = hashes(bare, length.min(bare.len())).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Multiplier of the rolling hash: odd, with bits all over (2^64 by the golden ratio).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of each run of so many characters, in their order: a polynomial, mixed so that its high bits are even.
fn hashes(bare: &[char], length: usize) -> impl Iterator<Item = u64> {
    let leaving = (0..length).fold(1_u64, |power, _| power.wrapping_mul(STEP));
    let code = |at: usize| u64::from(u32::from(bare[at])) + 1;
    let mut rolling = 0_u64;
    (0..bare.len()).filter_map(move |at| {
        rolling = rolling.wrapping_mul(STEP).wrapping_add(code(at));
        if at >= length {
            rolling = rolling.wrapping_sub(leaving.wrapping_mul(code(at - length)));
        }
        (at + 1 >= length).then(|| mixed(rolling))
    })
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "五龙镇今年造林三千亩，其中核桃一千二百亩、花椒八百亩。镇林业站说，树苗已在三月中旬全部到位。\
        各村按户包干，成活率由县里秋后验收。张智明说：“栽下去容易，管起来难。”";

    fn of(text: &str) -> Vec<u64> {
        sketch(&Folded::new(text))
    }

    #[test]
    fn script_marks_and_breaks_do_not_count() {
        let other = STORY.replace("龙", "龍").replace("镇", "鎮").replace('，', ",\n").replace("。", " ");
        assert_eq!(of(STORY), of(&other));
        assert_eq!(of(STORY).len(), 1 + SKETCH / 2);
        assert_eq!(length_of(of(STORY)[0]), bare(&Folded::new(STORY).text).len() as u64);
    }

    #[test]
    fn another_number_is_another_text_with_much_the_same_sketch() {
        let [one, other] = [of(STORY), of(&STORY.replace("三千", "四千"))];
        assert_ne!(one[0], other[0]);
        let (one, other) = (shingles_of(&one), shingles_of(&other));
        let shared = one.iter().filter(|hash| other.contains(hash)).count();
        assert!((10..SKETCH).contains(&shared), "{shared}");
    }

    #[test]
    fn a_shingle_hashes_the_same_wherever_it_stands() {
        let (one, other) = (bare("甲乙丙丁戊己"), bare("子丑甲乙丙丁戊"));
        let (one, other) = (shingles(&one, SHINGLE), shingles(&other, SHINGLE));
        assert_eq!(one.iter().filter(|hash| other.contains(hash)).count(), 1);
        assert_eq!(shingles(&bare("甲乙"), SHINGLE).len(), 1);
        assert!(of("春季造林").is_empty());
    }
}
