//! Characters as small numbers: what the recogniser sees of a folded character. Digits are one, Latin letters are one,
//! marks that mean the same are one. Which characters there are, the lists and the weights say.

/// The number of every character that is in no alphabet.
pub(crate) const UNKNOWN: u16 = 0;
/// Stands before the first character of a sentence.
pub(crate) const BEFORE: u16 = 1;
/// Stands behind its last character.
pub(crate) const AFTER: u16 = 2;
/// Numbers below this are none of a character.
const FIRST: u16 = 3;
/// Characters of the basic plane, the only ones that are numbered.
const PLANE: usize = 1 << 16;
/// Characters that share a number; the first stands for all.
const ALIKE: [&str; 7] =
    ["0123456789", "abcdefghijklmnopqrstuvwxyz", "“「『\"〝", "”」』〞", "·‧•・∙⋅․ㆍ", "(〔【[", ")〕】]"];

/// Numbers for characters.
#[derive(Clone, Debug)]
pub(crate) struct Alphabet {
    codes: Vec<u16>,
    characters: Vec<char>,
}

impl Default for Alphabet {
    fn default() -> Self {
        Self { codes: vec![UNKNOWN; PLANE], characters: Vec::new() }
    }
}

impl Alphabet {
    /// The number of a folded character.
    #[inline]
    pub fn code(&self, c: char) -> u16 {
        self.codes.get(c as usize).copied().unwrap_or(UNKNOWN)
    }

    /// The number of a folded character, a new one where it has none yet.
    pub fn add(&mut self, c: char) -> u16 {
        if self.code(c) == UNKNOWN && (c as usize) < PLANE {
            let code = FIRST + self.characters.len() as u16;
            let mut own = [0; 4];
            let alike = ALIKE.into_iter().find(|alike| alike.contains(c)).unwrap_or(c.encode_utf8(&mut own));
            self.characters.extend(alike.chars().next());
            alike.chars().for_each(|other| self.codes[other as usize] = code);
        }
        self.code(c)
    }

    /// The characters that have a number, in its order.
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    /// One more than the greatest number.
    pub fn len(&self) -> usize {
        self.characters.len() + usize::from(FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_a_kind_share_a_number() {
        let mut alphabet = Alphabet::default();
        let (zero, dot, han) = (alphabet.add('0'), alphabet.add('·'), alphabet.add('镇'));
        assert_eq!((alphabet.code('7'), alphabet.code('‧'), alphabet.code('镇')), (zero, dot, han));
        assert_eq!((alphabet.code('乡'), alphabet.code('𠮷')), (UNKNOWN, UNKNOWN));
        assert_eq!(alphabet.characters()[usize::from(han - FIRST)], '镇');
        assert_eq!(alphabet.len(), usize::from(han) + 1);
    }
}
