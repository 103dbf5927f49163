//! How the lists become a [`Lexicon`]: every word is folded, its characters are numbered, and words that begin alike share
//! their first nodes.

use rustc_hash::FxHashMap;

use super::{Alphabet, CLASSES, CODE_BITS, GROUP_BITS, Group, LONGEST, Lexicon, Table, key};
use crate::analysis::fold;

/// Words with their classes, on the way into a [`Lexicon`].
#[derive(Default)]
pub(super) struct Builder {
    /// Parent and code of each node, by number; node 0 is none, and a node of a first character has parent 0.
    nodes: Vec<(u32, u16)>,
    classes: Vec<u32>,
    has_children: Vec<bool>,
    children: Table,
    first: Vec<u32>,
    alphabet: Alphabet,
}

impl Builder {
    /// Reads words between blanks, in sections that a line `# class` opens.
    pub fn sections(&mut self, text: &str) {
        let mut class = "";
        for line in text.lines() {
            match line.strip_prefix("# ") {
                Some(name) => class = name,
                None => self.list(class, line.split(' ')),
            }
        }
    }

    pub fn list<'a>(&mut self, class: &str, words: impl Iterator<Item = &'a str>) {
        let Some(class) = CLASSES.iter().position(|name| *name == class) else { return };
        words.for_each(|word| self.add(word, 1 << class));
    }

    fn add(&mut self, word: &str, class: u32) {
        let folded = fold(word);
        let length = folded.chars().count();
        if length == 0 || length > LONGEST {
            return;
        }
        let mut node = 0;
        for c in folded.chars() {
            let code = self.alphabet.add(c);
            let Some(next) = self.child(node, code) else { return };
            node = next;
        }
        self.classes[node as usize] |= class;
    }

    /// The node behind another; `None` where keys have no room for one more.
    fn child(&mut self, parent: u32, code: u16) -> Option<u32> {
        if self.nodes.is_empty() {
            self.push(0, 0);
        }
        let known = match parent {
            0 => self.first.get(usize::from(code)).copied().unwrap_or(0),
            _ => self.children.get(key(parent, code)),
        };
        if known != 0 {
            return Some(known);
        }
        let node = self.nodes.len() as u32;
        if node >> (32 - CODE_BITS) != 0 || code >> CODE_BITS != 0 {
            return None;
        }
        self.push(parent, code);
        if parent == 0 {
            self.first.resize(self.alphabet.len().max(self.first.len()), 0);
            self.first[usize::from(code)] = node;
        } else {
            self.has_children[parent as usize] = true;
            self.children.insert(key(parent, code), node);
        }
        Some(node)
    }

    fn push(&mut self, parent: u32, code: u16) {
        self.nodes.push((parent, code));
        self.classes.push(0);
        self.has_children.push(false);
    }

    /// Numbers the groups, and refers to the nodes.
    pub fn finish(self) -> Lexicon {
        let mut lengths = vec![0u8; self.nodes.len()];
        let mut groups = vec![Group { classes: 0, length: 0 }];
        let mut numbers = FxHashMap::default();
        let mut children = Table::with_capacity(self.nodes.len());
        let mut first = self.first;
        for node in 1..self.nodes.len() {
            let (parent, code) = self.nodes[node];
            lengths[node] = lengths[parent as usize] + 1;
            let group = Group { classes: self.classes[node], length: lengths[node] };
            let number = match group.classes {
                0 => 0,
                _ => *numbers.entry(group).or_insert_with(|| {
                    groups.push(group);
                    groups.len() as u32 - 1
                }),
            };
            // More groups than a reference can name do not come; their words would be no words.
            let number = if number >> GROUP_BITS == 0 { number } else { 0 };
            let reference = (node as u32) << (GROUP_BITS + 1) | number << 1 | u32::from(self.has_children[node]);
            match parent {
                0 => first[usize::from(code)] = reference,
                _ => children.insert(key(parent, code), reference),
            }
        }
        Lexicon { alphabet: self.alphabet, first, children, groups }
    }
}
