//! Words: jieba's precise cut of the folded text, for ranking and statistics; never for membership.
//!
//! A line break is a border unless the lines are wrapped by width, and a blank is one unless single Han characters
//! stand spaced out, as OCR leaves them. Words of one character are left out: unigrams already know their frequency.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::dictionary::Dictionary;
use super::han;

/// A piece is handed to jieba at a time; one line of 200 MB would take gigabytes of its scratch memory.
const PIECE: usize = 64 * 1024;

/// Cuts folded text into words with one dictionary; cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Segmenter {
    dictionary: Dictionary,
}

impl Segmenter {
    /// A segmenter over a dictionary; nothing is loaded before the first cut.
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary }
    }

    /// The dictionary it cuts with.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Whether the dictionary has a word.
    pub fn knows(&self, folded: &str) -> bool {
        self.dictionary.jieba().has_word(folded)
    }

    /// The dictionary's tag of a word (`ns` for places, `nr` for people, `nt` for bodies), where it has one.
    pub fn tag(&self, folded: &str) -> Option<String> {
        let tags = self.dictionary.jieba().tag(folded, false);
        tags.first().filter(|tag| tag.word.len() == folded.len()).map(|tag| tag.tag.to_owned())
    }

    /// Calls `each` with every word of a folded text, in order, of two characters or more.
    pub fn cut(&self, folded: &str, hard_wrapped: bool, mut each: impl FnMut(&str)) {
        self.tokens(&joined(folded, hard_wrapped), |word, _| {
            if is_word(word) {
                each(word);
            }
        });
    }

    /// Calls `each` with every word of a folded text and its bytes there, in order, those of one character too: what
    /// [`Segmenter::cut`] gives is those of two or more.
    pub fn places(&self, folded: &str, hard_wrapped: bool, mut each: impl FnMut(&str, Range<usize>)) {
        let joined = joined(folded, hard_wrapped);
        let mut way = Way { folded, joined: &joined, folded_at: 0, joined_at: 0 };
        self.tokens(&joined, |word, start| {
            if word.starts_with(begins_word) {
                each(word, way.range(start..start + word.len()));
            }
        });
    }

    /// Calls `each` with everything that the text is cut into, and where it begins.
    fn tokens(&self, text: &str, mut each: impl FnMut(&str, usize)) {
        let mut at = 0;
        while at < text.len() {
            let end = at + piece_end(&text[at..]);
            for token in self.dictionary.jieba().cut(&text[at..end], true) {
                each(token.word, at + token.byte_start);
            }
            at = end;
        }
    }
}

/// From the text without the blanks that are no borders back to the folded one, for stretches that come in order.
struct Way<'a> {
    folded: &'a str,
    joined: &'a str,
    folded_at: usize,
    joined_at: usize,
}

impl Way<'_> {
    fn range(&mut self, joined: Range<usize>) -> Range<usize> {
        if self.folded.len() == self.joined.len() {
            return joined;
        }
        self.go(joined.start);
        let left_out = self.left_out();
        let start = self.folded_at + left_out;
        self.go(joined.end);
        start..self.folded_at
    }

    fn go(&mut self, joined: usize) {
        while self.joined_at < joined {
            let length = self.joined[self.joined_at..].chars().next().map_or(1, char::len_utf8);
            self.folded_at += self.left_out() + length;
            self.joined_at += length;
        }
    }

    /// Bytes of the folded text that stand here and were left out.
    fn left_out(&self) -> usize {
        let Some(next) = self.joined[self.joined_at..].chars().next() else { return 0 };
        self.folded[self.folded_at..].find(next).unwrap_or(0)
    }
}

/// The words of a folded text with the default dictionary.
pub fn words_of(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    Segmenter::new(Dictionary::default()).cut(folded, false, |word| words.push(word.to_owned()));
    words
}

/// A word has two characters or more and begins with a letter, a digit or a Han character.
#[inline]
fn is_word(word: &str) -> bool {
    word.starts_with(begins_word) && word.chars().nth(1).is_some()
}

fn begins_word(c: char) -> bool {
    han::is_han(c) || c.is_alphanumeric()
}

/// Whether a word says little: particles, pronouns, question words. They count half in the order.
pub fn is_function_word(folded: &str) -> bool {
    static WORDS: LazyLock<std::collections::HashSet<String>> = LazyLock::new(|| {
        let lines = include_str!("data/function_words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split_whitespace()).map(super::fold).collect()
    });
    WORDS.contains(folded)
}

/// Where to end the next piece: behind the last sentence mark, else break, else character that fits.
fn piece_end(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let window = &text[..text.floor_char_boundary(PIECE)];
    let end =
        ["。", "!", "?", "\n", ";", ",", " "].iter().filter_map(|mark| Some(window.rfind(mark)? + mark.len())).next();
    end.unwrap_or(window.len())
}

/// Takes out the blanks and breaks that are no borders of words.
fn joined(folded: &str, hard_wrapped: bool) -> Cow<'_, str> {
    let spaced = spaced_out(folded);
    let broken = hard_wrapped && folded.contains('\n');
    if !(spaced || broken) {
        return Cow::Borrowed(folded);
    }
    let mut text = String::with_capacity(folded.len());
    let mut characters = folded.chars().peekable();
    while let Some(c) = characters.next() {
        let between =
            text.chars().next_back().is_some_and(han::is_han) && characters.peek().is_some_and(|&c| han::is_han(c));
        if !(between && (c == '\n' && hard_wrapped || c == ' ' && spaced)) {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// Whether three Han characters in a row stand alone between blanks: `脱 贫 攻 坚`.
fn spaced_out(folded: &str) -> bool {
    let mut alone = 0;
    folded.contains(' ')
        && folded.split(' ').any(|part| {
            let single = part.chars().next().is_some_and(|c| han::is_han(c) && c.len_utf8() == part.len());
            alone = if single { alone + 1 } else { 0 };
            alone == 3
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_whole_where_lines_and_blanks_split_them() {
        let cut = |text: &str, hard_wrapped| {
            let mut words = Vec::new();
            Segmenter::new(Dictionary::default()).cut(text, hard_wrapped, |word| words.push(word.to_owned()));
            words
        };
        assert_eq!(cut("改革\n开放", false), ["改革", "开放"]);
        assert!(cut("推进改革开\n放", true).concat().contains("开放"));
        assert!(cut("经 济 发 展", false).contains(&"经济".to_owned()));
    }

    #[test]
    fn words_have_their_places_in_the_folded_text() {
        let placed = |text: &str, hard_wrapped| {
            let mut words = Vec::new();
            Segmenter::new(Dictionary::default())
                .places(text, hard_wrapped, |word, range| words.push((word.to_owned(), text[range].to_owned())));
            words
        };
        let both = |word: &str, place: &str| (word.to_owned(), place.to_owned());
        assert_eq!(placed("抓改革，\n开放", false), [both("抓", "抓"), both("改革", "改革"), both("开放", "开放")]);
        assert_eq!(placed("改革开\n放的路", true)[0], both("改革开放", "改革开\n放"));
        let spaced = placed("经 济 发 展", false);
        assert_eq!(spaced, [both("经济", "经 济"), both("发展", "发 展")]);
    }

    #[test]
    fn a_long_text_is_cut_at_sentence_borders() {
        let text = "改革开放。".repeat(10_000);
        assert!(text[..piece_end(&text)].ends_with('。'));
    }
}
