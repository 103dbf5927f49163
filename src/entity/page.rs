//! A text as the passes read it: its characters, the listed words in it, and where a name may begin or end.

use super::traits::{Traits, places};
use super::vocabulary::{Role, Vocabulary, Words};

/// A text with its listed words.
pub(crate) struct Page<'a> {
    /// Folded characters.
    pub chars: &'a [char],
    /// What is known of each.
    traits: &'a [Traits],
    /// Listed words in them.
    pub words: Words,
    /// All lists.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Page<'a> {
    /// Reads a text.
    pub fn new(chars: &'a [char], traits: &'a [Traits], vocabulary: &'a Vocabulary) -> Self {
        Self { chars, traits, words: vocabulary.scan(chars), vocabulary }
    }

    /// Every place with one of these traits, in order.
    pub fn places(&self, wanted: Traits) -> impl Iterator<Item = usize> {
        places(self.traits, wanted)
    }

    /// Whether the character there has one of these traits; none outside.
    #[inline]
    pub fn has(&self, at: usize, wanted: Traits) -> bool {
        self.traits.get(at).is_some_and(|traits| traits.has(wanted))
    }

    /// Whether the character there stands before or after names, and seldom in one.
    #[inline]
    pub fn is_function(&self, at: usize) -> bool {
        self.has(at, Traits::FUNCTION)
    }

    /// The character there; a line's end outside.
    pub fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// Whether a clause or a word surely ends there: no letter, digit or Han character stands there.
    pub fn is_break(&self, at: usize) -> bool {
        !self.has(at, Traits::WORD)
    }

    /// Whether nothing Han stands before this place, or it is the first.
    pub fn is_after_break(&self, at: usize) -> bool {
        at == 0 || self.is_break(at - 1)
    }

    /// How well a name may end there, −0.6 to 1.2, by what follows.
    pub fn ends(&self, end: usize) -> f32 {
        if self.is_break(end) {
            return if self.has(end, Traits::INTERPUNCT) && self.has(end + 1, Traits::HAN) { -0.6 } else { 0.8 };
        }
        let roles = self.words.at(end).iter().fold(0, |roles, word| roles | word.role.0);
        let roles = Role(roles);
        if roles.has(Role::SAYING) {
            1.2
        } else if roles.has(Role::COMMON) || roles.has(Role::BEFORE_NAME) {
            0.7
        } else if self.is_function(end) {
            0.5
        } else {
            -0.6
        }
    }

    /// Whether a name may begin there, by what stands before it.
    pub fn begins(&self, start: usize) -> bool {
        self.is_after_break(start)
            || self.is_function(start - 1)
            || self
                .words
                .ending(start)
                .iter()
                .any(|word| word.role.has(Role::COMMON) || word.role.has(Role::BEFORE_NAME))
    }

    /// Whether a common word begins inside and ends beyond the end.
    pub fn is_cut_behind(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| self.words.at(at).iter().any(|word| word.end > end && word.role.has(Role::COMMON)))
    }

    /// Whether a common word begins before the start and ends inside, or covers all and more.
    pub fn is_in_word(&self, start: usize, end: usize) -> bool {
        (start.saturating_sub(3)..=start).any(|at| {
            let longer = |end_of: usize| if at < start { end_of > start } else { end_of > end };
            self.words.at(at).iter().any(|word| longer(word.end) && word.role.has(Role::COMMON))
        })
    }

    /// Whether a common word begins before the place and ends behind it.
    pub fn is_inside_word(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at)
            .any(|from| self.words.at(from).iter().any(|word| word.end > at && word.role.has(Role::COMMON)))
    }

    /// Whether exactly this is a common word.
    pub fn is_word(&self, start: usize, end: usize) -> bool {
        self.words.at(start).iter().any(|word| word.end == end && word.role.has(Role::COMMON))
    }
}
