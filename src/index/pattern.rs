//! What words of an index are asked for. How a backend finds them is left to it.

/// What words are asked for, character by character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermPattern {
    /// For each place the characters that may stand there, folded and sorted; an empty list is any character.
    pub characters: Vec<Vec<char>>,
    /// Characters that a word has at least: fewer than there are places takes words that end before the last.
    pub shortest: usize,
    /// Anything may follow the last place.
    pub open_end: bool,
}

impl TermPattern {
    /// Words of exactly these places.
    pub fn whole(characters: Vec<Vec<char>>) -> Self {
        Self { shortest: characters.len(), characters, open_end: false }
    }

    /// Words that begin with these places.
    pub fn beginning(characters: Vec<Vec<char>>) -> Self {
        Self { open_end: true, ..Self::whole(characters) }
    }

    /// Whether a word fits.
    pub fn fits(&self, word: &str) -> bool {
        let length = word.chars().count();
        let within = length >= self.shortest && (self.open_end || length <= self.characters.len());
        let allowed = |(c, class): (char, &Vec<char>)| class.is_empty() || class.binary_search(&c).is_ok();
        within && word.chars().zip(&self.characters).all(allowed)
    }
}
