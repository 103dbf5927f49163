//! Han characters: which characters are, and which of them are one character written differently.
//!
//! The classes come from OpenCC's character tables, Unicode's radicals and a short list of our own, joined into
//! `data/han_classes.txt`; its form is the representative first, then the other members.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

pub(super) const CLASSES: &str = include_str!("data/han_classes.txt");

/// Representatives of the characters of the Basic Multilingual Plane by code point, 0 for a character that stands for
/// itself; a map where either is rarer than that plane.
struct Table {
    plane: Box<[u16; 0x1_0000]>,
    rare: HashMap<char, char>,
    members: HashMap<char, &'static str>,
}

/// Stands in the plane for a representative that is in the map; no character has this code.
const RARE: u16 = 0xFFFF;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { plane: Box::new([0; 0x1_0000]), rare: HashMap::new(), members: HashMap::new() };
    for class in CLASSES.lines().filter(|line| !line.starts_with('#')) {
        let mut members = class.chars();
        let Some(first) = members.next() else { continue };
        table.members.insert(first, class);
        for member in members {
            match (u16::try_from(u32::from(member)), u16::try_from(u32::from(first))) {
                (Ok(code), Ok(first)) => table.plane[usize::from(code)] = first,
                (Ok(code), Err(_)) => {
                    table.plane[usize::from(code)] = RARE;
                    table.rare.insert(member, first);
                }
                (Err(_), _) => drop(table.rare.insert(member, first)),
            }
        }
    }
    table
});

/// The form that a Han character folds to.
#[inline]
pub(super) fn representative(c: char) -> char {
    let table = &*TABLE;
    match u16::try_from(u32::from(c)) {
        Ok(code) => match table.plane[usize::from(code)] {
            0 => c,
            RARE => table.rare.get(&c).copied().unwrap_or(c),
            first => char::from_u32(u32::from(first)).unwrap_or(c),
        },
        Err(_) => table.rare.get(&c).copied().unwrap_or(c),
    }
}

/// Every written form of a folded character, itself first.
pub(super) fn written_forms(folded: char) -> impl Iterator<Item = char> {
    let class = TABLE.members.get(&folded).copied().unwrap_or_default();
    std::iter::once(folded).chain(class.chars().filter(move |&c| c != folded))
}

/// Whether a character is one of the blocks that are Han throughout.
#[inline]
pub(super) fn is_common(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// The commonest characters of Chinese texts, as folding leaves them: those whose pairs an index may have postings of.
pub fn frequent_han() -> String {
    include_str!("data/frequent_han.txt").lines().filter(|line| !line.starts_with('#')).collect()
}

/// Whether a character is Han: by Unicode script, in every extension, with 〇 and 々.
#[inline]
pub fn is_han(c: char) -> bool {
    is_common(c) || (c >= '\u{2E80}' && c.script() == Script::Han)
}

/// Whether a character is a unigram by itself: Han, kana, Thai, Tibetan or private use.
pub(super) fn stands_alone(c: char) -> bool {
    if is_han(c) {
        return true;
    }
    match c {
        // The prolonged sound mark and the iteration marks of kana are common to both scripts.
        '\u{30FC}' | '\u{3031}'..='\u{3035}' => true,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => true,
        _ => {
            matches!(c.script(), Script::Hiragana | Script::Katakana | Script::Thai | Script::Tibetan)
                && c.is_alphanumeric()
        }
    }
}
