//! The gazetteer: divisions by code and by name, with their parents.
//!
//! It is built once, from the text files in `entity/data`, and only when it is asked for. Every name passes the same
//! fold as texts.

use std::sync::LazyLock;

use super::division::{self, Division, Level};
use super::find::{Safety, safety};
use super::names::short_names;
use crate::analysis::fold;
use crate::entity::lexicon::Table;

const DIVISIONS: &str = include_str!("../data/divisions.txt");
const PROVINCES: &str = include_str!("../data/provinces.tsv");
const FORMER: &str = include_str!("../data/former.txt");
const REGIONS: &str = include_str!("../data/regions.tsv");
const WORLD: &str = include_str!("../data/world.txt");
const ACROSS: &str = include_str!("../data/across.txt");
const COMMON: &str = include_str!("../data/common_names.txt");

/// Everything that the lists hold, for who tells one version from another.
pub(in crate::entity) const LISTS: [&str; 7] = [DIVISIONS, PROVINCES, FORMER, REGIONS, WORLD, ACROSS, COMMON];

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// Places by code and by name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// In order of code.
    divisions: Vec<Entry>,
    /// From a code to the number of its division, the first being 1.
    numbers: Table,
    /// Every folded name behind each other.
    pool: String,
    /// In order of their first two characters, then of their text.
    names: Vec<Name>,
    /// Where names with the same two first characters begin and end in `names`.
    starts: Starts,
    /// Places of `names`, in order of their codes, then of their forms.
    by_code: Vec<u32>,
}

/// A division that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its code; `None` for a country or region that has none.
    pub code: Option<u32>,
    /// In which form it is named.
    pub form: Form,
    /// Without its suffix the name means something else in most texts: 朝阳, 黄山.
    pub common: bool,
}

/// A form of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// In full, as the division is called today.
    Full,
    /// Without its suffix, or otherwise shortened.
    Short,
    /// As it was called before, or a division that is part of it now.
    Former,
    /// The one character of a province: 甘, 陇.
    Letter,
    /// A well-known region or site that is not a division itself; its code is that of the division that it lies in.
    Region,
    /// A country, capital, continent or sea.
    World,
    /// The English name of a province.
    English,
    /// No place, but a word that holds the name of one across its edge: 沿海城市.
    Word,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    code: u32,
    /// Its written name in `DIVISIONS`, in bytes.
    start: u32,
    length: u8,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// The first two characters.
    key: u32,
    start: u32,
    length: u8,
    form: Form,
    common: bool,
    /// How safely these characters are a place, whatever they mean; none for what is only a word.
    pub(super) safety: Option<Safety>,
    /// 0 where it has none.
    code: u32,
}

impl Gazetteer {
    /// The gazetteer that comes with the library.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// What a folded name may mean, full names first; empty for an unknown one.
    ///
    /// ```
    /// use xunzhang::entity::{Form, Gazetteer};
    ///
    /// let gazetteer = Gazetteer::embedded();
    /// let towns = gazetteer.look_up("五龙镇");
    /// assert_eq!(towns.len(), 4);
    /// assert_eq!(gazetteer.look_up("陇")[0].code, Some(620_000));
    /// assert_eq!(gazetteer.look_up("北道区")[0].form, Form::Former);
    /// ```
    pub fn look_up(&self, folded: &str) -> Vec<Candidate> {
        let named = self.named(key(folded.chars()));
        let from = named.partition_point(|name| self.text(name) < folded);
        let same = named[from..].iter().take_while(|name| self.text(name) == folded);
        let places = same.filter(|name| name.form != Form::Word);
        let mut candidates: Vec<Candidate> = places.map(Name::candidate).collect();
        candidates.sort_unstable_by_key(|candidate| (candidate.form, candidate.code));
        candidates.dedup_by_key(|candidate| candidate.code);
        candidates
    }

    /// The division of a code.
    pub fn division(&self, code: u32) -> Option<Division<'static>> {
        let Entry { start, length, .. } = *self.divisions.get(self.numbers.get(code).checked_sub(1)? as usize)?;
        let name = &DIVISIONS[start as usize..start as usize + usize::from(length)];
        Some(Division { code, level: division::level(code), name })
    }

    /// The divisions above a code, the province first: 甘肃省, 天水市, 麦积区 of a township.
    pub fn ancestors(&self, code: u32) -> Vec<Division<'static>> {
        let mut above: Vec<Division<'static>> =
            division::above(code).filter_map(|other| self.division(other)).collect();
        above.dedup();
        above.reverse();
        above
    }

    /// Whether the second division is the first or lies in it.
    pub fn covers(&self, outer: u32, inner: u32) -> bool {
        outer == inner || division::above(inner).any(|other| other == outer)
    }

    /// The six digits that a mention of this division has as its value: those of the county that it is or lies in, or
    /// of the prefecture where a development zone stands between; none for a part of Taiwan, Hong Kong or Macau, which
    /// have a code only as wholes.
    pub fn value(&self, code: u32) -> Option<u32> {
        if division::is_beyond(code) {
            return None;
        }
        let county = std::iter::once(division::six(code)).chain(division::above(code));
        county.filter(|other| !division::is_zone(*other)).find(|other| self.division(*other).is_some())
    }

    /// Whether no county lies below the division: it is one, or a township, or a prefecture without, as 东莞市.
    pub(super) fn is_last(&self, code: u32) -> bool {
        let next = self.divisions.partition_point(|entry| entry.code <= code);
        let inside = |entry: &Entry| entry.code < 1_000_000 && self.covers(code, entry.code);
        division::level(code) >= Level::County || !self.divisions.get(next).is_some_and(inside)
    }

    /// Every folded name of a division, its full one first.
    pub fn names(&self, code: u32) -> Vec<&str> {
        let first = self.by_code.partition_point(|at| self.names[*at as usize].code < code);
        let names = self.by_code[first..].iter().map(|at| &self.names[*at as usize]);
        let mut texts: Vec<&str> = names.take_while(|name| name.code == code).map(|name| self.text(name)).collect();
        texts.dedup();
        texts
    }

    /// How many bytes it holds, without the text that is part of the program.
    pub fn memory(&self) -> usize {
        self.divisions.capacity() * size_of::<Entry>()
            + self.pool.capacity()
            + self.names.capacity() * size_of::<Name>()
            + self.by_code.capacity() * size_of::<u32>()
            + self.numbers.memory()
            + self.starts.memory()
    }

    /// The names that begin with these two characters, in order of their text.
    pub(super) fn named(&self, key: u32) -> &[Name] {
        if !self.starts.may_hold(key) {
            return &[];
        }
        self.names.get(self.starts.range(key)).unwrap_or_default()
    }

    pub(super) fn text(&self, name: &Name) -> &str {
        &self.pool[name.start as usize..name.start as usize + usize::from(name.length)]
    }

    fn read() -> Self {
        let mut gazetteer = Self { pool: fold(DIVISIONS), ..Self::default() };
        gazetteer.read_divisions();
        gazetteer.read_other_names();
        gazetteer.mark_common();
        gazetteer.order();
        gazetteer
    }

    /// Folding keeps blanks and line ends, so that the words of both texts answer each other.
    fn read_divisions(&mut self) {
        let folded = std::mem::take(&mut self.pool);
        self.divide_all(&mut words(&folded));
        self.pool = folded;
        self.divisions.sort_unstable_by_key(|entry| entry.code);
        self.numbers = Table::with_capacity(self.divisions.len());
        for (number, entry) in (1..).zip(&self.divisions) {
            self.numbers.insert(entry.code, number);
        }
    }

    fn divide_all<'a>(&mut self, words: &mut impl Iterator<Item = (usize, &'a str)>) {
        for (at, line) in lines(DIVISIONS) {
            let mut county = 0;
            for (number, word) in line.split(' ').enumerate() {
                let start = at + (word.as_ptr() as usize - line.as_ptr() as usize);
                let Some((folded_at, other)) = words.next() else { break };
                let digits = word.bytes().take_while(u8::is_ascii_digit).count();
                match (number, word[..digits].parse::<u32>()) {
                    (0, Ok(code)) => county = code * 10_u32.pow(6_u32.saturating_sub(digits as u32)),
                    (1, _) if word != "-" => self.divide(county, start, word, (folded_at, other)),
                    (2.., Ok(town)) => {
                        let other = (folded_at + digits, &other[digits.min(other.len())..]);
                        self.divide(county * 1000 + town, start + digits, &word[digits..], other);
                    }
                    _ => {}
                }
            }
        }
    }

    fn divide(&mut self, code: u32, start: usize, name: &str, (at, folded): (usize, &str)) {
        self.divisions.push(Entry { code, start: start as u32, length: name.len() as u8 });
        self.names.push(Name::new(folded, at, Form::Full, code));
    }

    fn read_other_names(&mut self) {
        let derived: Vec<(u32, String)> = self.derived().collect();
        for (code, name) in derived {
            self.add(&name, Form::Short, code);
        }
        for columns in rows(PROVINCES) {
            let [province, short, letters, english] = columns[..] else { continue };
            let province: u32 = province.parse().unwrap_or(0);
            self.add(short, Form::Short, province * 10_000);
            letters.split(' ').for_each(|letter| self.add(letter, Form::Letter, province * 10_000));
            english.split(' ').for_each(|name| self.add(&name.replace('-', " "), Form::English, province * 10_000));
        }
        for columns in rows(FORMER) {
            if let (Ok(code), [_, name, ..]) = (columns[0].parse(), &columns[..]) {
                self.add(name, Form::Former, code);
            }
        }
        for columns in rows(REGIONS) {
            if let [name, code] = columns[..] {
                let same = code.strip_prefix('=');
                let form = if same.is_some() { Form::Short } else { Form::Region };
                self.add(name, form, same.unwrap_or(code).parse().unwrap_or(0));
            }
        }
        for (text, form) in [(WORLD, Form::World), (ACROSS, Form::Word)] {
            lines(text).flat_map(|(_, line)| line.split(' ')).for_each(|name| self.add(name, form, 0));
        }
    }

    /// Short names of prefectures and counties, and of the townships of Taiwan, which stand as counties there.
    fn derived(&self) -> impl Iterator<Item = (u32, String)> {
        let high = self.divisions.iter().filter(|entry| entry.code < 1_000_000 && !division::is_zone(entry.code));
        high.flat_map(|entry| {
            let name = &DIVISIONS[entry.start as usize..entry.start as usize + usize::from(entry.length)];
            short_names(name, division::level(entry.code)).into_iter().map(|short| (entry.code, short))
        })
    }

    fn add(&mut self, name: &str, form: Form, code: u32) {
        let start = self.pool.len();
        self.pool.push_str(&fold(name));
        self.names.push(Name::new(&self.pool[start..], start, form, code));
    }

    /// The safest meaning of equal names, which stand side by side, is that of each.
    fn tell_safety(&mut self) {
        let pool = &self.pool;
        let text = |name: &Name| &pool[name.start as usize..name.start as usize + usize::from(name.length)];
        for same in self.names.chunk_by_mut(|a, b| a.key == b.key && text(a) == text(b)) {
            let places = same.iter().filter(|name| name.form != Form::Word);
            let safest = places.map(|name| safety(name.candidate(), text(name))).max();
            same.iter_mut().for_each(|name| name.safety = safest);
        }
    }

    fn mark_common(&mut self) {
        let common: std::collections::HashSet<String> =
            rows(COMMON).flat_map(|columns| columns[0].split(' ').map(fold).collect::<Vec<_>>()).collect();
        let pool = &self.pool;
        for name in self.names.iter_mut().filter(|name| name.form != Form::Word) {
            name.common = common.contains(&pool[name.start as usize..name.start as usize + usize::from(name.length)]);
        }
    }

    fn order(&mut self) {
        let pool = &self.pool;
        let text = |name: &Name| &pool[name.start as usize..name.start as usize + usize::from(name.length)];
        self.names.sort_unstable_by(|a, b| a.key.cmp(&b.key).then_with(|| text(a).cmp(text(b))));
        self.names.shrink_to_fit();
        self.divisions.shrink_to_fit();
        self.pool.shrink_to_fit();
        self.starts = Starts::new(&self.names);
        self.by_code = (0..self.names.len() as u32).collect();
        self.by_code.sort_by_key(|at| (self.names[*at as usize].code, self.names[*at as usize].form));
        self.tell_safety();
    }
}

impl Name {
    fn new(text: &str, start: usize, form: Form, code: u32) -> Self {
        Self {
            key: key(text.chars()),
            start: start as u32,
            length: text.len() as u8,
            form,
            common: false,
            safety: None,
            code,
        }
    }

    pub(super) fn candidate(&self) -> Candidate {
        Candidate { code: (self.code != 0).then_some(self.code), form: self.form, common: self.common }
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }
}

/// The two first characters of a name as one number, never 0; the second is 0 where there is none. Beyond the basic plane
/// several share one, which the texts tell apart.
#[inline]
pub(super) fn key(mut chars: impl Iterator<Item = char>) -> u32 {
    let mut next = || chars.next().map_or(0, u32::from);
    (next() << 16 ^ next()).max(1)
}

/// Lines that are no notes, with where they begin in the text.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    text.lines().filter(|line| !line.starts_with('#')).map(move |line| (offset(line), line))
}

/// The words of such lines, with where each begins in the text.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).flat_map(|(at, line)| {
        line.split(' ').map(move |word| (at + (word.as_ptr() as usize - line.as_ptr() as usize), word))
    })
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    lines(text).map(|(_, line)| line.split('\t').collect())
}

/// From two characters to a stretch of names.
#[derive(Debug, Default)]
struct Starts {
    /// Where the stretch begins, above [`COUNT`] bits of how many there are.
    stretches: Table,
    /// A bit for each key by its hash: tells nine of ten that are not there without leaving the nearest cache.
    filter: Vec<u64>,
}

/// Bits of the filter: 32 kB.
const FILTER: usize = 1 << 18;
/// Bits for the number of names that begin alike.
const COUNT: u32 = 12;

impl Starts {
    fn new(names: &[Name]) -> Self {
        let groups = names.chunk_by(|a, b| a.key == b.key);
        let mut starts = Self { stretches: Table::with_capacity(groups.clone().count()), filter: vec![0; FILTER / 64] };
        let mut from = 0;
        for group in groups {
            let (key, count) = (group[0].key, (group.len() as u32).min((1 << COUNT) - 1));
            let bit = hash(key);
            starts.filter[bit / 64] |= 1 << (bit % 64);
            starts.stretches.insert(key, from << COUNT | count);
            from += group.len() as u32;
        }
        starts
    }

    /// Whether names may begin so; without a wait for memory.
    #[inline]
    fn may_hold(&self, key: u32) -> bool {
        let bit = hash(key);
        self.filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn range(&self, key: u32) -> std::ops::Range<usize> {
        let stretch = self.stretches.get(key);
        let from = stretch >> COUNT;
        from as usize..(from + (stretch & ((1 << COUNT) - 1))) as usize
    }

    fn memory(&self) -> usize {
        self.stretches.memory() + self.filter.capacity() * size_of::<u64>()
    }
}

/// Fibonacci hashing: the high bits of a product with 2^32 divided by the golden ratio; the low half of a key is spread
/// by the high one first.
#[inline]
fn hash(key: u32) -> usize {
    ((key ^ key >> 15).wrapping_mul(0x9E37_79B1) >> (32 - FILTER.trailing_zeros())) as usize
}
