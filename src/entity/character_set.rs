//! A set of characters that is asked for every character of a text: one bit each for the basic plane.

/// A set of characters of the basic plane.
#[derive(Clone, Debug)]
pub(crate) struct CharacterSet {
    bits: Box<[u64; 1024]>,
}

impl CharacterSet {
    /// The characters of the strings; what lies beyond the basic plane is left out.
    pub fn new<'a>(strings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut bits = Box::new([0u64; 1024]);
        for c in strings.into_iter().flat_map(str::chars) {
            if let Some(word) = bits.get_mut(c as usize / 64) {
                *word |= 1 << (c as usize % 64);
            }
        }
        Self { bits }
    }

    /// The characters of the basic plane of which it is true.
    pub fn of(belongs: impl Fn(char) -> bool) -> Self {
        let mut bits = Box::new([0u64; 1024]);
        for c in ('\0'..='\u{FFFF}').filter(|&c| belongs(c)) {
            bits[c as usize / 64] |= 1 << (c as usize % 64);
        }
        Self { bits }
    }

    /// Whether the character is one of them.
    pub fn has(&self, c: char) -> bool {
        self.bits.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}
