//! The lists that recognition knows words by: divisions, surnames, titles, endings of places and organisations, and the
//! words of jieba's dictionary by part of speech. A [`Lexicon`] finds every entry that begins at a character, for the
//! weights to judge; it recognises nothing by itself.

mod alphabet;
mod builder;
mod table;

use std::sync::OnceLock;

pub(crate) use alphabet::{AFTER, Alphabet, BEFORE};
pub(crate) use table::Table;

use builder::Builder;

/// Where the lists come from, their licences and how they are made stands in `src/entity/data/README.md`.
const DIVISIONS: &str = include_str!("../data/division_names.txt");
const WORDS: &str = include_str!("../data/words.txt");
const SURNAMES: &str = include_str!("../data/surnames.txt");
const GIVEN_CHARACTERS: &str = include_str!("../data/given_characters.txt");
const TITLES: &str = include_str!("../data/titles.txt");
const PLACE_SUFFIXES: &str = include_str!("../data/place_suffixes.txt");
const ORGANISATION_SUFFIXES: &str = include_str!("../data/organisation_suffixes.txt");
const ORGANISATION_ABBREVIATIONS: &str = include_str!("../data/organisation_abbreviations.tsv");

/// The classes of words, by the names that the lists give them. The weights know a class by its place here: a new one
/// goes to the end, and none is ever taken out.
pub(crate) const CLASSES: [&str; 23] = [
    "province",
    "province_short",
    "city",
    "city_short",
    "county",
    "county_short",
    "town",
    "country",
    "surname",
    "compound_surname",
    "given",
    "title",
    "place_suffix",
    "organisation_suffix",
    "organisation_abbreviation",
    "name",
    "foreign_name",
    "place",
    "organisation",
    "proper",
    "noun",
    "verb",
    "other",
];
/// The longest word that is kept, in characters.
const LONGEST: usize = 12;
/// A key of the table of children is a node and a character: that many bits for the character, the rest for the node.
const CODE_BITS: u32 = 13;
/// A reference to a node has the group of the word that ends there in so many bits, above one that says whether the node
/// has children: what most steps ask is in the reference, and memory need not be asked.
const GROUP_BITS: u32 = 12;

/// Words that share their classes and their length: all that the weights can tell of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Group {
    /// Bit n stands for class n of [`CLASSES`].
    pub classes: u32,
    /// In characters.
    pub length: u8,
}

/// All words of all lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    alphabet: Alphabet,
    /// The reference to the node of each character at the beginning of a word, 0 for none.
    first: Vec<u32>,
    /// From a node and a character to the reference to the next node.
    children: Table,
    /// By number; group 0 is none.
    groups: Vec<Group>,
}

impl Lexicon {
    /// The lists that come with the library, read once.
    pub fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut builder = Builder::default();
            for text in [DIVISIONS, WORDS, SURNAMES] {
                builder.sections(text);
            }
            let lists = [
                ("given", GIVEN_CHARACTERS),
                ("title", TITLES),
                ("place_suffix", PLACE_SUFFIXES),
                ("organisation_suffix", ORGANISATION_SUFFIXES),
            ];
            lists.into_iter().for_each(|(class, text)| builder.list(class, text.split_whitespace()));
            let short = ORGANISATION_ABBREVIATIONS.lines().filter_map(|line| line.split('\t').next());
            builder.list("organisation_abbreviation", short);
            builder.finish()
        })
    }

    /// The characters of the words.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// The groups by number; the first is none.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The reference to the node of two characters that begin a word, 0 for none.
    #[inline]
    pub fn second(&self, first: u16, second: u16) -> u32 {
        self.step(self.first(first), second)
    }

    /// Tells start, end and number of the group of every word in these codes; `seconds` are the references of each two that
    /// follow each other.
    #[inline]
    pub fn words(&self, codes: &[u16], seconds: &[u32], mut word: impl FnMut(usize, usize, u16)) {
        for (start, &code) in codes.iter().enumerate() {
            let group = group(self.first(code));
            if group != 0 {
                word(start, start + 1, group);
            }
            let Some(&second) = seconds.get(start) else { return };
            let (mut reference, mut end) = (second, start + 2);
            while reference != 0 {
                let found = self::group(reference);
                if found != 0 {
                    word(start, end, found);
                }
                reference = codes.get(end).map_or(0, |&code| self.step(reference, code));
                end += 1;
            }
        }
    }

    #[inline]
    fn first(&self, code: u16) -> u32 {
        self.first.get(usize::from(code)).copied().unwrap_or(0)
    }

    /// The reference to the next node; 0 where no word goes on with that character. Without a branch: key 0 has no value.
    #[inline]
    fn step(&self, reference: u32, code: u16) -> u32 {
        let goes_on = (reference & 1 == 1) & (usize::from(code) < self.alphabet.len());
        self.children.get(key(reference >> (GROUP_BITS + 1), code) & u32::from(goes_on).wrapping_neg())
    }
}

/// The group that a reference names.
#[inline]
fn group(reference: u32) -> u16 {
    (reference >> 1) as u16 & ((1 << GROUP_BITS) - 1)
}

fn key(node: u32, code: u16) -> u32 {
    node << CODE_BITS | u32::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    fn found(text: &str) -> Vec<(String, Vec<&'static str>)> {
        let lexicon = Lexicon::embedded();
        let chars: Vec<char> = fold(text).chars().collect();
        let codes: Vec<u16> = chars.iter().map(|&c| lexicon.alphabet().code(c)).collect();
        let mut found = Vec::new();
        let seconds: Vec<u32> = codes.windows(2).map(|pair| lexicon.second(pair[0], pair[1])).collect();
        lexicon.words(&codes, &seconds, |start, end, group| {
            let Group { classes, length } = lexicon.groups()[usize::from(group)];
            assert_eq!(usize::from(length), end - start);
            let names = (0..CLASSES.len()).filter(|n| classes >> n & 1 == 1).map(|n| CLASSES[n]).collect();
            found.push((chars[start..end].iter().collect(), names));
        });
        found
    }

    #[test]
    fn words_are_found_with_all_their_classes() {
        let found = found("天水市委副書記歐陽");
        let classes = |word: &str| found.iter().find(|(text, _)| text == word).map(|(_, classes)| classes.as_slice());
        assert!(classes("天水市").is_some_and(|classes| classes.contains(&"city")), "{found:?}");
        assert!(classes("天水").is_some_and(|classes| classes.contains(&"city_short")));
        assert!(classes("副书记").is_some_and(|classes| classes.contains(&"title")));
        assert!(classes("欧阳").is_some_and(|classes| classes.contains(&"compound_surname")));
        assert!(classes("市委副").is_none());
    }

    #[test]
    fn every_class_has_words_and_every_section_a_class() {
        let sections = [DIVISIONS, WORDS, SURNAMES].into_iter().flat_map(str::lines);
        let names: Vec<&str> = sections.filter_map(|line| line.strip_prefix("# ")).collect();
        assert!(names.iter().all(|name| CLASSES.contains(name)), "{names:?}");
        let all = Lexicon::embedded().groups().iter().fold(0, |all, group| all | group.classes);
        assert_eq!(all, (1 << CLASSES.len()) - 1);
        assert!(Lexicon::embedded().groups().len() < 1 << GROUP_BITS);
    }
}
