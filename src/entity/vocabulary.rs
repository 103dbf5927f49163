//! The word lists of the passes in one trie, so that one walk over a text finds every listed word at every place.
//!
//! What a word is good for is told by its [`Role`]s; what follows from where it stands is for the passes.

use rustc_hash::FxHashMap;

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
    next: FxHashMap<u64, u32>,
    roles: Vec<Role>,
    /// The node of each first character of the basic plane, 0 for none: most walks end there.
    first: Vec<u32>,
    /// Whether a node has followers.
    goes_on: Vec<bool>,
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
        let mut vocabulary = Self { roles: vec![Role::default()], ..Self::default() };
        for (list, roles) in LISTS {
            for (word, tag) in lines(list) {
                let word = fold(word);
                vocabulary.add(&word, roles(tag));
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
            let node = vocabulary.add(&fold(surname), Role::SURNAME);
            vocabulary.surnames.insert(node, weight);
        }
        for (surname, _) in lines(JAPANESE) {
            let node = vocabulary.add(&fold(surname), Role::SURNAME);
            vocabulary.surnames.entry(node).or_insert(0.7);
        }
        for (short, full) in lines(BODIES).filter(|(_, full)| !full.is_empty()) {
            vocabulary.bodies.insert(fold(short), full.to_owned());
        }
        for (short, full) in lines(OFFICES).chain(lines(ABBREVIATIONS)) {
            vocabulary.offices.entry(fold(short)).or_insert_with(|| full.to_owned());
        }
        vocabulary.freeze();
        vocabulary
    }

    /// Lays out what speeds up the walks, once all words are in.
    fn freeze(&mut self) {
        self.first = vec![0; 1 << 16];
        self.goes_on = vec![false; self.roles.len()];
        self.filter = vec![0; FILTER / 64];
        for (&key, &node) in &self.next {
            let bit = bit(key);
            self.filter[bit / 64] |= 1 << (bit % 64);
            let (parent, c) = ((key >> 32) as usize, key as u32 as usize);
            self.goes_on[parent] = true;
            if let Some(place) = self.first.get_mut(c).filter(|_| parent == 0) {
                *place = node;
            }
        }
    }

    fn may_go_on(&self, key: u64) -> bool {
        let bit = bit(key);
        self.filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn step(&self, key: u64) -> u32 {
        self.next.get(&key).copied().unwrap_or(0)
    }

    fn add(&mut self, word: &str, role: Role) -> u32 {
        let mut node = 0;
        for c in word.chars() {
            let fresh = self.roles.len() as u32;
            node = *self.next.entry(key(node, c)).or_insert(fresh);
            if node == fresh {
                self.roles.push(Role::default());
            }
        }
        self.roles[node as usize].0 |= role.0;
        node
    }

    /// How sure a surname it is, 0 to 1; none for what is no surname.
    pub fn surname(&self, characters: &[char]) -> Option<f32> {
        let mut node =
            characters.first().and_then(|&c| self.first.get(c as usize)).copied().filter(|&node| node != 0)?;
        for &c in &characters[1..] {
            node = *self.next.get(&key(node, c))?;
        }
        let surname = self.roles[node as usize].has(Role::SURNAME);
        surname.then(|| self.surnames.get(&node).copied()).flatten()
    }

    /// Every listed word of a text.
    pub fn scan(&self, chars: &[char]) -> Words {
        let mut words = Words { starts: Vec::with_capacity(chars.len() + 1), ..Words::default() };
        for start in 0..chars.len() {
            words.starts.push(words.list.len() as u32);
            let mut node = self.first.get(chars[start] as usize).copied().unwrap_or(0);
            let mut end = start + 1;
            while node != 0 {
                let role = self.roles[node as usize];
                if role.0 != 0 {
                    words.list.push(Word { start, end, role });
                }
                let next = chars.get(end).filter(|_| self.goes_on[node as usize]);
                node = next.map(|&c| key(node, c)).filter(|&key| self.may_go_on(key)).map_or(0, |key| self.step(key));
                end += 1;
            }
        }
        words.starts.push(words.list.len() as u32);
        words.by_end(chars.len());
        words
    }
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
        let mut ends = vec![0u32; length + 2];
        for word in &self.list {
            ends[word.end + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut next = ends.clone();
        self.ended = vec![Word { start: 0, end: 0, role: Role::default() }; self.list.len()];
        for word in &self.list {
            self.ended[next[word.end] as usize] = *word;
            next[word.end] += 1;
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

fn key(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(u32::from(c))
}

/// Bits of the filter: 64 kB.
const FILTER: usize = 1 << 19;

fn bit(key: u64) -> usize {
    let key = key ^ key >> 29;
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 45) as usize
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
}
