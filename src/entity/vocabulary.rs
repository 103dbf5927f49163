//! The word lists of the passes in one trie, so that one walk over a text finds every listed word at every place.
//!
//! What a word is good for is told by its [`Role`]s; what follows from where it stands is for the passes.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::Table;
use crate::analysis::fold;

/// What a listed word is good for; a word may have several roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role(pub u16);

impl Role {
    /// A title that a name mostly follows.
    pub const TITLE: Self = Self(1);
    /// A calling that a name may follow.
    pub const CALLING: Self = Self(1 << 1);
    /// May follow a surname.
    pub const ADDRESS: Self = Self(1 << 2);
    /// A surname.
    pub const SURNAME: Self = Self(1 << 3);
    /// A verb of saying, after which the words may follow at once.
    pub const SAYS: Self = Self(1 << 4);
    /// A verb of saying, after which a mark must stand.
    pub const SAYS_THEN_MARK: Self = Self(1 << 5);
    /// A common verb, adverb, preposition or conjunction of two characters or more.
    pub const VERB: Self = Self(1 << 6);
    /// A common word of another kind.
    pub const NOUN: Self = Self(1 << 7);
    /// How names of bodies end.
    pub const BODY_END: Self = Self(1 << 8);
    /// A body known by a short name.
    pub const BODY: Self = Self(1 << 9);
    /// A field of work that names an office together with an ending: 农业农村 + 局.
    pub const OFFICE: Self = Self(1 << 10);
    /// How names of places end.
    pub const PLACE_END: Self = Self(1 << 11);
    /// An organ of party or state that any division has: 委, 政府, 政协.
    pub const ORGAN: Self = Self(1 << 12);

    /// A department of a body.
    pub const DEPARTMENT: Self = Self(1 << 13);

    /// Every common word.
    pub const COMMON: Self = Self(Self::VERB.0 | Self::NOUN.0);
    /// Every verb of saying.
    pub const SAYING: Self = Self(Self::SAYS.0 | Self::SAYS_THEN_MARK.0);
    /// Everything that stands before a name.
    pub const BEFORE_NAME: Self = Self(Self::TITLE.0 | Self::CALLING.0);

    /// Whether the two share a role.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A listed word found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where it begins, in characters.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is good for.
    pub role: Role,
}

/// All lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// From the key of a node and a follower to the reference of the next node.
    next: Table,
    /// The reference of each first character of the basic plane, 0 for none: most walks end there.
    first: Vec<u32>,
    /// A bit for each node and follower by their hash: most steps that lead nowhere end here, in a near cache.
    filter: Vec<u64>,
    /// How sure a surname is, by node.
    surnames: FxHashMap<u32, f32>,
    /// Short name of a body to its full one.
    pub bodies: FxHashMap<String, String>,
    /// What stands behind a division, short to full: 住建局, 法院.
    pub offices: FxHashMap<String, String>,
}

impl Vocabulary {
    /// Reads the lists that come with the library.
    pub fn new() -> Self {
        let mut growing = Growing { roles: vec![Role::default()], ..Growing::default() };
        let mut vocabulary = Self::default();
        for (list, roles) in LISTS {
            for (word, tag) in lines(list) {
                let word = fold(word);
                growing.add(&word, roles(tag));
            }
        }
        for (surname, count) in lines(SURNAMES) {
            let weight = match count.parse().unwrap_or(0) {
                1000.. => 1.0,
                100.. => 0.9,
                20.. => 0.7,
                6.. => 0.4,
                _ => 0.1,
            };
            let node = growing.add(&fold(surname), Role::SURNAME);
            vocabulary.surnames.insert(node, weight);
        }
        for (surname, _) in lines(JAPANESE) {
            let node = growing.add(&fold(surname), Role::SURNAME);
            vocabulary.surnames.entry(node).or_insert(0.7);
        }
        for (short, full) in lines(BODIES).filter(|(_, full)| !full.is_empty()) {
            vocabulary.bodies.insert(fold(short), full.to_owned());
        }
        for (short, full) in lines(OFFICES).chain(lines(ABBREVIATIONS)) {
            vocabulary.offices.entry(fold(short)).or_insert_with(|| full.to_owned());
        }
        vocabulary.freeze(&growing);
        vocabulary
    }

    /// Lays out what speeds up the walks, once all words are in.
    fn freeze(&mut self, growing: &Growing) {
        self.first = vec![0; 1 << 16];
        self.filter = vec![0; FILTER / 64];
        self.next = Table::with_capacity(growing.nodes.len());
        let parents: FxHashSet<u32> = growing.nodes.keys().map(|(parent, _)| *parent).collect();
        for (&(parent, c), &node) in &growing.nodes {
            let (Role(role), goes_on) = (growing.roles[node as usize], parents.contains(&node));
            let reference = node << NODE | u32::from(role) << 1 | u32::from(goes_on);
            let key = key(parent << NODE, c);
            match parent {
                0 => self.first[c as usize] = reference,
                _ => self.next.insert(key, reference),
            }
            let bit = bit(key);
            self.filter[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// The reference of the node behind another, 0 where no word goes on so. Without a branch: key 0 has no value.
    #[inline]
    fn step(&self, reference: u32, c: char) -> u32 {
        let key = key(reference, c);
        let bit = bit(key);
        let may = self.filter.get(bit / 64).map_or(0, |word| (word >> (bit % 64)) as u32) & reference & 1;
        self.next.get(key & may.wrapping_neg())
    }

    fn first(&self, c: char) -> u32 {
        self.first.get(c as usize).copied().unwrap_or(0)
    }

    /// How sure a surname it is, 0 to 1; none for what is no surname.
    pub fn surname(&self, characters: &[char]) -> Option<f32> {
        let mut reference = self.first(*characters.first()?);
        for &c in &characters[1..] {
            reference = self.step(reference, c);
        }
        role(reference).has(Role::SURNAME).then(|| self.surnames.get(&(reference >> NODE)).copied()).flatten()
    }

    /// Every listed word of a text.
    pub fn scan(&self, chars: &[char]) -> Words {
        // The steps to the second character first, all in one go: each waits for memory, and so they wait together.
        let seconds: Vec<u32> = chars.windows(2).map(|pair| self.step(self.first(pair[0]), pair[1])).collect();
        let mut words = Words { starts: Vec::with_capacity(chars.len() + 1), ..Words::default() };
        for start in 0..chars.len() {
            words.starts.push(words.list.len() as u32);
            let (mut reference, mut end) = (self.first(chars[start]), start + 1);
            while reference != 0 {
                let role = role(reference);
                if role.0 != 0 {
                    words.list.push(Word { start, end, role });
                }
                reference = match seconds.get(start) {
                    Some(&second) if end == start + 1 => second,
                    _ if reference & 1 == 1 => chars.get(end).map_or(0, |&c| self.step(reference, c)),
                    _ => 0,
                };
                end += 1;
            }
        }
        words.starts.push(words.list.len() as u32);
        words.by_end(chars.len());
        words
    }
}

/// The lists while words are added.
#[derive(Default)]
struct Growing {
    /// Nodes by parent and character.
    nodes: FxHashMap<(u32, char), u32>,
    /// Roles by node.
    roles: Vec<Role>,
}

impl Growing {
    /// Adds a word; one with a character beyond the basic plane, or for which there is no number left, is left out.
    fn add(&mut self, word: &str, role: Role) -> u32 {
        let mut node = 0;
        if word.chars().any(|c| c > '\u{FFFF}') || self.roles.len() + word.len() > 1 << 16 {
            return node;
        }
        for c in word.chars() {
            let fresh = self.roles.len() as u32;
            node = *self.nodes.entry((node, c)).or_insert(fresh);
            if node == fresh {
                self.roles.push(Role::default());
            }
        }
        self.roles[node as usize].0 |= role.0;
        node
    }
}

/// A reference to a node has its number above so many bits; these have its roles, and in the lowest whether it has
/// followers: what most steps ask is in the reference, and memory need not be asked.
const NODE: u32 = 16;

/// The roles of the word that ends at a node.
#[inline]
fn role(reference: u32) -> Role {
    Role((reference as u16) >> 1)
}

/// The listed words of a text, by where they begin and by where they end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    list: Vec<Word>,
    starts: Vec<u32>,
    ended: Vec<Word>,
    ends: Vec<u32>,
}

impl Words {
    /// Words that begin there, shortest first.
    pub fn at(&self, start: usize) -> &[Word] {
        match (self.starts.get(start), self.starts.get(start + 1)) {
            (Some(&from), Some(&to)) => &self.list[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Words that end there, longest first.
    pub fn ending(&self, end: usize) -> &[Word] {
        match (self.ends.get(end), self.ends.get(end + 1)) {
            (Some(&from), Some(&to)) => &self.ended[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Every place where a word of a role begins, in order.
    pub fn places_of(&self, role: Role) -> impl Iterator<Item = usize> {
        let mut last = None;
        let places = self.list.iter().filter(move |word| word.role.has(role)).map(|word| word.start);
        places.filter(move |&start| last.replace(start) != Some(start))
    }

    /// The longest word of a role that begins there.
    pub fn longest_at(&self, start: usize, role: Role) -> Option<Word> {
        self.at(start).iter().rev().find(|word| word.role.has(role)).copied()
    }

    /// The longest word of a role that ends there.
    pub fn longest_to(&self, end: usize, role: Role) -> Option<Word> {
        self.ending(end).iter().find(|word| word.role.has(role)).copied()
    }

    /// Sorts a copy by ends, in linear time.
    fn by_end(&mut self, length: usize) {
        // Behind its own place and one more, so that filling moves every number to where it is looked up.
        let mut ends = vec![0u32; length + 3];
        self.list.iter().for_each(|word| ends[word.end + 2] += 1);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        self.ended = vec![Word { start: 0, end: 0, role: Role::default() }; self.list.len()];
        for word in &self.list {
            let place = &mut ends[word.end + 1];
            self.ended[*place as usize] = *word;
            *place += 1;
        }
        self.ends = ends;
    }
}

type Tagged = fn(&str) -> Role;

const SURNAMES: &str = include_str!("data/surnames.tsv");
const JAPANESE: &str = include_str!("data/surnames_japan.txt");
const BODIES: &str = include_str!("data/bodies.tsv");
const OFFICES: &str = include_str!("data/offices.tsv");
const ABBREVIATIONS: &str = include_str!("data/organisation_abbreviations.tsv");

const LISTS: &[(&str, Tagged)] = &[
    (include_str!("data/titles.tsv"), |tag| {
        let roles = [('s', Role::TITLE), ('g', Role::CALLING), ('k', Role::ADDRESS)];
        Role(roles.iter().filter(|(letter, _)| tag.contains(*letter)).map(|(_, role)| role.0).sum())
    }),
    (include_str!("data/saying.tsv"), |tag| if tag == "d" { Role::SAYS } else { Role::SAYS_THEN_MARK }),
    (include_str!("data/common.tsv"), |tag| if tag == "v" { Role::VERB } else { Role::NOUN }),
    (include_str!("data/organisation_suffixes.txt"), |_| Role::BODY_END),
    (include_str!("data/place_suffixes.txt"), |_| Role::PLACE_END),
    (BODIES, |_| Role::BODY),
    (include_str!("data/offices.txt"), |_| Role::OFFICE),
    (include_str!("data/organs.txt"), |_| Role::ORGAN),
    (include_str!("data/departments.txt"), |_| Role::DEPARTMENT),
];

/// Everything that the lists hold, for who tells one version from another.
pub(crate) fn lists() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|(list, _)| *list).chain([SURNAMES, JAPANESE, OFFICES, ABBREVIATIONS])
}

/// The first two columns of a list's lines.
fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let entries = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    entries.map(|line| line.split_once('\t').unwrap_or((line, "")))
}

/// The key of the step from the node of a reference.
#[inline]
fn key(reference: u32, c: char) -> u32 {
    reference & !((1 << NODE) - 1) | u32::from(c).min(0xFFFF)
}

/// Bits of the filter: 64 kB.
const FILTER: usize = 1 << 19;

#[inline]
fn bit(key: u32) -> usize {
    ((key ^ key >> 15).wrapping_mul(0x9E37_79B1) >> (32 - FILTER.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_both_ends() {
        let vocabulary = Vocabulary::new();
        let chars: Vec<char> = "区委书记张智明强调".chars().collect();
        let words = vocabulary.scan(&chars);
        assert_eq!(words.longest_to(4, Role::TITLE).map(|word| word.start), Some(0));
        assert_eq!(words.longest_at(7, Role::SAYING).map(|word| word.end), Some(9));
        assert_eq!(vocabulary.surname(&['司', '马']), Some(0.1));
        assert_eq!(vocabulary.surname(&['的']), None);
    }

    #[test]
    fn every_word_of_every_list_is_found_whole() {
        let vocabulary = Vocabulary::new();
        let words = LISTS.iter().flat_map(|(list, _)| lines(list)).chain(lines(SURNAMES)).chain(lines(JAPANESE));
        for (word, _) in words {
            let chars: Vec<char> = fold(word).chars().collect();
            let found = vocabulary.scan(&chars);
            assert!(found.at(0).iter().any(|found| found.end == chars.len()), "{word}");
        }
    }
}
