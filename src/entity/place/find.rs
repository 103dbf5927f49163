//! Names of the gazetteer in a text: the longest at each place, and how safely each is a place. For use beside what
//! reads the context; it knows the list alone.

use std::ops::Range;

use super::division::{self, Level};
use super::gazetteer::{Form, Gazetteer, Name, key};

/// How safely a name that stands in a text is a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Safety {
    /// Only where the context says so: one character, 城区, short names of counties and townships, 朝阳.
    Unsafe,
    /// Mostly: full names of two characters, short names of prefectures.
    Likely,
    /// Nearly always: full names with their suffix, provinces, countries.
    Sure,
}

/// A name that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where, in characters.
    pub chars: Range<usize>,
    /// How safely it is a place.
    pub safety: Safety,
}

impl Gazetteer {
    /// The names in a folded text, from left to right and without overlap, the longest where several begin; none of one
    /// character.
    pub fn find(&self, chars: &[char]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at + 1 < chars.len() {
            let Some((text, length)) = self.longest_name(&chars[at..]) else {
                at += 1;
                continue;
            };
            let next = chars.get(at + length).copied().unwrap_or_default();
            if !self.look_up(text).is_empty() && !is_cut(text, next) {
                found.push(Found { chars: at..at + length, safety: self.safety(text) });
            }
            at += length;
        }
        found
    }

    /// How many characters the longest name has that these begin with, two or more, of places.
    pub(super) fn longest(&self, chars: &[char]) -> Option<usize> {
        let (text, length) = self.longest_name(chars)?;
        (!self.look_up(text).is_empty()).then_some(length)
    }

    fn longest_name(&self, chars: &[char]) -> Option<(&str, usize)> {
        let named = self.named(key(chars.iter().take(2).copied()));
        if named.is_empty() || chars.len() < 2 {
            return None;
        }
        let fits = |name: &&Name| is_start(self.text(name), chars) && name.form() != Form::English;
        let longest = named.iter().filter(fits).max_by_key(|name| self.text(name).len())?;
        let text = self.text(longest);
        Some((text, text.chars().count()))
    }

    /// How safely a folded name is a place where nothing but the name is known.
    pub fn safety(&self, folded: &str) -> Safety {
        let length = folded.chars().count();
        let of = |candidate: super::Candidate| match (candidate.form, candidate.code.map(division::level)) {
            (Form::Letter | Form::English, _) => Safety::Unsafe,
            _ if candidate.common => Safety::Unsafe,
            (Form::Full, Some(Level::Town)) if is_generic(folded) || length < 3 => Safety::Unsafe,
            (Form::Full | Form::Former, _) if length > 2 && !is_direction(folded) => Safety::Sure,
            (Form::Full | Form::Former, _) if length > 1 && !is_direction(folded) => Safety::Likely,
            (Form::Short, Some(Level::Province)) => Safety::Sure,
            (Form::Short, Some(Level::City)) => Safety::Likely,
            (Form::Short, _) if length > 2 => Safety::Likely,
            (Form::Region, _) => Safety::Likely,
            (Form::World, _) if length > 1 => Safety::Sure,
            _ => Safety::Unsafe,
        };
        self.look_up(folded).into_iter().map(of).max().unwrap_or(Safety::Unsafe)
    }
}

fn is_start(name: &str, chars: &[char]) -> bool {
    let mut at = 0;
    name.chars().all(|char| {
        at += 1;
        chars.get(at - 1) == Some(&char)
    })
}

/// Districts that are named by where they lie or what they are: 东区, 市中区, 矿区.
pub(super) fn is_direction(folded: &str) -> bool {
    let rest = folded.trim_end_matches(['区', '县', '市']);
    rest.chars().count() < 3 && rest.chars().all(|char| "东西南北中城郊矿市新老".contains(char))
}

/// Townships whose names are as often the end of other words: 提高城镇化, 文明村镇, 部分乡镇.
fn is_generic(folded: &str) -> bool {
    let end = |end: &str| folded.ends_with(end);
    folded.chars().count() < 4 && ["城镇", "村镇", "乡镇", "街道", "社区"].into_iter().any(end) || folded == "开发区"
}

/// Whether a township's last character begins another word: 振兴|乡村 is not 振兴乡.
fn is_cut(name: &str, next: char) -> bool {
    name.ends_with('乡') && "村情愁土亲音".contains(next) || name.ends_with('城') && next == '镇'
}
