//! Many strings looked for at once, with signs between their characters skipped.

use rustc_hash::FxHashMap;

use super::is_soft;

/// Signs in a row that are skipped within a term: “两不愁”、“三保障” has three.
const SKIPPED: usize = 3;

/// Where an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Anywhere,
    /// Only in quotation marks.
    Quoted,
    /// Nowhere: it keeps its characters from shorter entries.
    None,
}

/// Entries by their characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Trie {
    growing: FxHashMap<(u32, char), u32>,
    values: Vec<Option<(Kind, u32)>>,
    names: Vec<String>,
    /// Edges sorted by node and character, and where those of each node begin.
    edges: Vec<(char, u32)>,
    begins: Vec<u32>,
    /// The node of each character of the basic plane that begins an entry, 0 for none: most places of a text are left
    /// by it.
    first: Vec<u32>,
}

/// An entry at a place of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub end: usize,
    pub kind: Kind,
    pub name: u32,
}

impl Trie {
    pub fn add_name(&mut self, name: &str) -> u32 {
        self.names.push(name.to_owned());
        self.names.len() as u32 - 1
    }

    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// Adds an entry; a later one replaces an equal earlier one.
    pub fn insert(&mut self, key: &[char], kind: Kind, name: u32) {
        if self.values.is_empty() {
            self.values.push(None);
        }
        let mut node = 0;
        for c in key {
            let next = self.values.len() as u32;
            let entry = self.growing.entry((node, *c)).or_insert(next);
            node = *entry;
            if node == next {
                self.values.push(None);
            }
        }
        self.values[node as usize] = Some((kind, name));
    }

    /// Lays the edges out for reading.
    pub fn freeze(&mut self) {
        let mut sorted: Vec<(u32, char, u32)> = self.growing.iter().map(|((from, c), to)| (*from, *c, *to)).collect();
        sorted.sort_unstable();
        self.begins = (0..=self.values.len() as u32)
            .map(|node| sorted.partition_point(|(from, ..)| *from < node) as u32)
            .collect();
        self.first = vec![0; 1 << 16];
        for (_, c, to) in sorted.iter().take_while(|(from, ..)| *from == 0) {
            if let Some(node) = self.first.get_mut(*c as usize) {
                *node = *to;
            }
        }
        self.edges = sorted.into_iter().map(|(_, c, to)| (c, to)).collect();
    }

    /// Whether an entry may begin with this character.
    pub fn may_begin(&self, c: char) -> bool {
        self.first.get(c as usize).is_some_and(|&node| node != 0)
    }

    /// The entries that begin at a place, shorter ones first.
    pub fn places<'a>(&'a self, chars: &'a [char], start: usize) -> impl Iterator<Item = Place> + 'a {
        let (mut node, mut at) = (0, start);
        std::iter::from_fn(move || {
            loop {
                let mut next = at;
                while next > start && next - at < SKIPPED && chars.get(next).is_some_and(|c| is_soft(*c)) {
                    next += 1;
                }
                node = self.child(node, *chars.get(next)?)?;
                at = next + 1;
                if let Some((kind, name)) = self.values[node as usize] {
                    return Some(Place { end: at, kind, name });
                }
            }
        })
    }

    fn child(&self, node: u32, c: char) -> Option<u32> {
        if let (0, Some(&first)) = (node, self.first.get(c as usize)) {
            return (first != 0).then_some(first);
        }
        let (from, to) = (*self.begins.get(node as usize)?, *self.begins.get(node as usize + 1)?);
        let edges = &self.edges[from as usize..to as usize];
        edges.binary_search_by_key(&c, |(edge, _)| *edge).ok().map(|at| edges[at].1)
    }
}
