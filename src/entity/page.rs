//! A text as the passes read it: its characters, the listed words in it, and where a name may begin or end.

use std::sync::LazyLock;

use super::character_set::CharacterSet;
use super::vocabulary::{Role, Vocabulary, Words};
use crate::analysis::is_han;

/// A text with its listed words.
pub(crate) struct Page<'a> {
    /// Folded characters.
    pub chars: &'a [char],
    /// Listed words in them.
    pub words: Words,
    /// All lists.
    pub vocabulary: &'a Vocabulary,
}

/// Characters that stand before or after a name, and seldom in one.
const FUNCTION: &str = "的了在是和与及同为对就也则向到从把将被已还又都不说称等以由让使请给带来去走站住用有没会要因如而且跟并正才便却仍只曾所这那其他她它们我你两几各每该据经任于至里中上下后前时起地得着过当像";

impl<'a> Page<'a> {
    /// Reads a text.
    pub fn new(chars: &'a [char], vocabulary: &'a Vocabulary) -> Self {
        Self { chars, words: vocabulary.scan(chars), vocabulary }
    }

    /// The character there; a line's end outside.
    pub fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// Whether a clause or a word surely ends there: no letter, digit or Han character stands there.
    pub fn is_break(&self, at: usize) -> bool {
        !is_name_char(self.char(at))
    }

    /// Whether nothing Han stands before this place, or it is the first.
    pub fn is_after_break(&self, at: usize) -> bool {
        at == 0 || self.is_break(at - 1)
    }

    /// How well a name may end there, −0.6 to 1.2, by what follows.
    pub fn ends(&self, end: usize) -> f32 {
        if self.is_break(end) {
            return if is_interpunct(self.char(end)) && is_han(self.char(end + 1)) { -0.6 } else { 0.8 };
        }
        let roles = self.words.at(end).iter().fold(0, |roles, word| roles | word.role.0);
        let roles = Role(roles);
        if roles.has(Role::SAYING) {
            1.2
        } else if roles.has(Role::COMMON) || roles.has(Role::BEFORE_NAME) {
            0.7
        } else if is_function(self.char(end)) {
            0.5
        } else {
            -0.6
        }
    }

    /// Whether a name may begin there, by what stands before it.
    pub fn begins(&self, start: usize) -> bool {
        self.is_after_break(start)
            || is_function(self.chars[start - 1])
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

/// Whether a word goes on over this character. Asked many times a character: the tables of Unicode are slower than a bit.
pub(crate) fn is_name_char(c: char) -> bool {
    static SET: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::of(is_word_char));
    if c <= '\u{FFFF}' { SET.has(c) } else { is_word_char(c) }
}

fn is_word_char(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// The dots between the parts of a foreign name, as folding leaves them.
pub(crate) fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '.' | '∙' | '⋅')
}

/// Whether it is one of the characters that stand before or after a name.
pub(crate) fn is_function(c: char) -> bool {
    static SET: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::new([FUNCTION]));
    SET.has(c)
}
