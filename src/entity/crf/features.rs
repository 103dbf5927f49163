//! What the recogniser sees at a character: the characters around it, alone and by pairs, what sort they are, and the
//! words of the lists that it stands in or beside. Training numbers these features; tagging has tables for them.

use crate::entity::lexicon::{AFTER, Alphabet, BEFORE, Lexicon};

/// Codes that stand in front of a sentence in [`padded`]: nothing, and its beginning.
pub(super) const PADDING: usize = 2;
/// Places of a single character, from two before to two behind.
pub(super) const SINGLES: usize = 5;
/// Places of the first of a pair, from two before to one behind.
pub(super) const PAIRS: usize = 4;
/// Words of that many characters and more are of one length.
const LONG: u8 = 6;

/// Where a character stands to a word of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Before,
    Behind,
    Whole,
    First,
    Last,
    Inner,
}

/// How many of them there are.
pub(super) const BESIDES: usize = 6;

/// One feature, as a number that orders them by kind, characters and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(pub u64);

/// A feature taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The character at a place, 0 for two before.
    Single { code: u16, place: usize },
    /// The pair whose first character is at a place, 0 for two before.
    Pair { codes: [u16; 2], place: usize },
    /// The sorts of three characters around this one.
    Sorts3(usize),
    /// The sorts of five.
    Sorts5(usize),
    /// A word of a class and length, and where this character stands to it.
    Word { class: usize, length: u8, beside: usize },
}

impl Feature {
    pub fn single(code: u16, place: usize) -> Self {
        Self(u64::from(code) << 4 | place as u64)
    }

    pub fn pair(codes: [u16; 2], place: usize) -> Self {
        Self(1 << 40 | u64::from(codes[0]) << 20 | u64::from(codes[1]) << 4 | place as u64)
    }

    pub fn sorts3(sorts: usize) -> Self {
        Self(2 << 40 | sorts as u64)
    }

    pub fn sorts5(sorts: usize) -> Self {
        Self(3 << 40 | sorts as u64)
    }

    pub fn word(class: usize, length: u8, beside: usize) -> Self {
        Self(4 << 40 | (class as u64) << 8 | u64::from(length.min(LONG)) << 4 | beside as u64)
    }

    /// Takes it apart; `None` for a number that is no feature.
    pub fn part(self) -> Option<Part> {
        let place = (self.0 & 15) as usize;
        let low = |shift: u32| (self.0 >> shift) as u16;
        match self.0 >> 40 {
            0 if place < SINGLES => Some(Part::Single { code: low(4), place }),
            1 if place < PAIRS => Some(Part::Pair { codes: [low(20), low(4)], place }),
            2 if (self.0 as u32) < SORTS3 as u32 => Some(Part::Sorts3(self.0 as u32 as usize)),
            3 if (self.0 as u32) < SORTS5 as u32 => Some(Part::Sorts5(self.0 as u32 as usize)),
            4 if place < BESIDES => Some(Part::Word {
                class: (self.0 >> 8) as u8 as usize,
                length: (self.0 >> 4) as u8 & 15,
                beside: place,
            }),
            _ => None,
        }
    }
}

/// The sort of a character, below [`SORTS`].
pub(super) fn sort(c: char) -> u8 {
    match c {
        '0'..='9' => 1,
        'a'..='z' => 2,
        '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万'
        | '亿' | '两' => 3,
        '·' | '‧' | '•' | '・' => 6,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'.. => 0,
        _ => 4,
    }
}

/// The sort of what is outside the sentence.
pub(super) const OUTSIDE_SORT: u8 = 5;
const SORTS: usize = 8;
/// How many combinations of three sorts there are.
pub(super) const SORTS3: usize = SORTS * SORTS * SORTS;
/// How many of five.
pub(super) const SORTS5: usize = SORTS3 * SORTS * SORTS;

/// The combinations of three and five sorts around a character: sorts of a sentence with two outside it at each end.
#[inline]
pub(super) fn sorts_at(sorts: &[u8], at: usize) -> (usize, usize) {
    let sort = |n: usize| usize::from(sorts[at + n]);
    let three = (sort(1) * SORTS + sort(2)) * SORTS + sort(3);
    (three, (three * SORTS + sort(0)) * SORTS + sort(4))
}

/// The codes of a sentence with what stands around it: nothing, beginning, characters, end, nothing.
pub(super) fn padded(alphabet: &Alphabet, chars: &[char], codes: &mut Vec<u16>, sorts: &mut Vec<u8>) {
    codes.clear();
    codes.extend([0, BEFORE]);
    codes.extend(chars.iter().map(|&c| alphabet.code(c)));
    codes.extend([AFTER, 0]);
    sorts.clear();
    sorts.extend([OUTSIDE_SORT; 2]);
    sorts.extend(chars.iter().map(|&c| sort(c)));
    sorts.extend([OUTSIDE_SORT; 2]);
}

/// Tells number of group, character and place of every character that stands in or beside a word of the lists.
/// `seconds` has a reference of the lexicon for each two codes.
#[inline]
pub(super) fn words(lexicon: &Lexicon, codes: &[u16], seconds: &[u32], mut tell: impl FnMut(u16, usize, Beside)) {
    let length = codes.len() - 2 * PADDING;
    let seconds = &seconds[PADDING..PADDING + length.saturating_sub(1)];
    lexicon.words(&codes[PADDING..PADDING + length], seconds, |start, end, group| {
        if start > 0 {
            tell(group, start - 1, Beside::Before);
        }
        if end < length {
            tell(group, end, Beside::Behind);
        }
        if end - start == 1 {
            return tell(group, start, Beside::Whole);
        }
        tell(group, start, Beside::First);
        (start + 1..end - 1).for_each(|at| tell(group, at, Beside::Inner));
        tell(group, end - 1, Beside::Last);
    });
}

/// Every feature of every character of a sentence: for training.
pub(super) fn features(alphabet: &Alphabet, lexicon: &Lexicon, chars: &[char]) -> Vec<Vec<Feature>> {
    let (mut codes, mut sorts) = (Vec::new(), Vec::new());
    padded(alphabet, chars, &mut codes, &mut sorts);
    let of_characters = |at: usize| {
        let singles = (0..SINGLES).map(|place| Feature::single(codes[at + place], place));
        let pairs = (0..PAIRS).map(|place| Feature::pair([codes[at + place], codes[at + place + 1]], place));
        let known = |feature: &Feature| match feature.part() {
            Some(Part::Single { code, .. }) => code != 0,
            Some(Part::Pair { codes, .. }) => codes[0] != 0 && codes[1] != 0,
            _ => true,
        };
        let (three, five) = sorts_at(&sorts, at);
        singles.chain(pairs).filter(known).chain([Feature::sorts3(three), Feature::sorts5(five)]).collect()
    };
    let mut features: Vec<Vec<Feature>> = (0..chars.len()).map(of_characters).collect();
    let seconds: Vec<u32> = codes.windows(2).map(|pair| lexicon.second(pair[0], pair[1])).collect();
    words(lexicon, &codes, &seconds, |group, at, beside| {
        let group = lexicon.groups()[usize::from(group)];
        let classes = (0..u32::BITS as usize).filter(|class| group.classes >> class & 1 == 1);
        features[at].extend(classes.map(|class| Feature::word(class, group.length, beside as usize)));
    });
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_taken_apart_as_they_were_made() {
        let pair = Part::Pair { codes: [65_535, 9], place: 3 };
        assert_eq!(Feature::pair([65_535, 9], 3).part(), Some(pair));
        assert_eq!(Feature::single(9, 4).part(), Some(Part::Single { code: 9, place: 4 }));
        assert_eq!(Feature::sorts5(4095).part(), Some(Part::Sorts5(4095)));
        let word = Part::Word { class: 22, length: LONG, beside: 5 };
        assert_eq!(Feature::word(22, 11, Beside::Inner as usize).part(), Some(word));
        assert_eq!(Feature(u64::MAX).part(), None);
        assert_eq!(Feature::single(9, 5).part(), None);
    }

    #[test]
    fn a_character_sees_its_neighbours_and_its_words() {
        let lexicon = Lexicon::embedded();
        let chars: Vec<char> = "天水市".chars().collect();
        let all = features(lexicon.alphabet(), lexicon, &chars);
        let code = |c: char| lexicon.alphabet().code(c);
        assert!(all[0].contains(&Feature::single(BEFORE, 1)));
        assert!(all[0].contains(&Feature::pair([code('水'), code('市')], 3)));
        assert!(all[1].contains(&Feature::word(2, 3, Beside::Inner as usize)));
        assert!(all[2].contains(&Feature::pair([code('市'), AFTER], 2)));
    }
}
