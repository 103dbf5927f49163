//! Pairs of frequent characters as tokens of their own: what asks for two characters that half of all documents have, side
//! by side, need not walk through the places of both.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// Characters each two of which are a token where they stand side by side; cheap to clone.
///
/// ```
/// let pairs = xunzhang::document::Pairs::new("的国中人");
/// assert_eq!(pairs.stream("中 国 人 ， 中 年 人"), "中国 国人");
/// assert_eq!(pairs.of("中", "国").as_deref(), Some("中国"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pairs(Arc<FxHashSet<char>>);

impl Pairs {
    /// Of these characters, as folding leaves them.
    pub fn new(characters: &str) -> Self {
        Self(Arc::new(characters.chars().collect()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The token of two unigrams that stand side by side, if both are such characters.
    pub fn of(&self, first: &str, second: &str) -> Option<String> {
        (self.has(first) && self.has(second)).then(|| format!("{first}{second}"))
    }

    /// The tokens of a stream of unigrams, each as often as it stands there.
    pub fn stream(&self, unigrams: &str) -> String {
        let (mut stream, mut last) = (String::new(), None);
        if self.is_empty() {
            return stream;
        }
        for unigram in unigrams.split(' ') {
            let unigram = Some(unigram).filter(|unigram| self.has(unigram));
            if let (Some(first), Some(second)) = (last, unigram) {
                if !stream.is_empty() {
                    stream.push(' ');
                }
                stream.extend([first, second]);
            }
            last = unigram;
        }
        stream
    }

    fn has(&self, unigram: &str) -> bool {
        let mut characters = unigram.chars();
        characters.next().is_some_and(|c| self.0.contains(&c)) && characters.next().is_none()
    }
}
