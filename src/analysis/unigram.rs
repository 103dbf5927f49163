//! Unigrams: the units of completeness, cut by rule and never by dictionary.
//!
//! A Han character (kana, Thai, Tibetan, private use) is one unigram, and so is a run of letters and a run of digits.
//! Hard marks, with the blanks and breaks around them, become one mark between two unigrams; every other sign is
//! nothing. Positions are ordinals, marks included.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::Folded;
use super::han;

/// The mark of a clause: `, : ;`.
pub const CLAUSE: &str = "，";
/// The mark of a sentence: `. ! ? 。 …`.
pub const SENTENCE: &str = "。";
/// The mark of a paragraph: a blank line, a break with an indent, a cell of a table.
pub const PARAGRAPH: &str = "¶";

/// A unigram is at most this many UTF-16 units long; a longer run becomes several. (A search server cuts there.)
const LONGEST: usize = 255;

/// What a unigram is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A character that is a unigram by itself: Han, kana, Thai, Tibetan, private use.
    Han,
    /// A run of letters of any other alphabet.
    Letters,
    /// A number.
    Digits,
    /// [`CLAUSE`].
    Clause,
    /// [`SENTENCE`].
    Sentence,
    /// [`PARAGRAPH`].
    Paragraph,
}

impl Kind {
    /// Whether it is a mark between two unigrams.
    pub fn is_mark(self) -> bool {
        matches!(self, Self::Clause | Self::Sentence | Self::Paragraph)
    }
}

/// A unigram of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Unigram {
    /// Folded text; of a mark [`CLAUSE`], [`SENTENCE`] or [`PARAGRAPH`].
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Bytes of the original that it came from; of a mark the space between its neighbours.
    pub range: Range<usize>,
}

/// The unigrams of a text, in order; neither the first nor the last is a mark.
///
/// ```
/// let unigrams = xunzhang::analysis::unigrams("“兩不愁、三保障”，2018年。");
/// let texts: Vec<&str> = unigrams.iter().map(|unigram| unigram.text.as_str()).collect();
/// assert_eq!(texts, ["两", "不", "愁", "三", "保", "障", "，", "2018", "年"]);
/// ```
pub fn unigrams(text: &str) -> Vec<Unigram> {
    let folded = Folded::new(text);
    let mut all: Vec<Unigram> = Vec::new();
    for (text, kind, range) in Unigrams::new(&folded) {
        all.push(Unigram { text: text.into_owned(), kind, range: folded.original(range) });
    }
    for at in 1..all.len() {
        if all[at].kind.is_mark() {
            all[at].range =
                all[at - 1].range.end..all.get(at + 1).map_or(all[at - 1].range.end, |next| next.range.start);
        }
    }
    all
}

/// The unigrams of a folded text: text, kind and byte range in the folded text. A mark's range is empty.
pub struct Unigrams<'a> {
    text: &'a str,
    isolated: &'a [Range<usize>],
    at: usize,
    begun: bool,
    /// A unigram that waits behind the mark given before it.
    waiting: Option<(Cow<'a, str>, Kind, Range<usize>)>,
    /// The rest of a run that was longer than [`LONGEST`].
    rest: Option<(Kind, Range<usize>)>,
    /// The numbers still to come of digits that are several, last first.
    numbers: Vec<(Cow<'a, str>, Range<usize>)>,
}

impl<'a> Unigrams<'a> {
    /// Cuts a folded text.
    pub fn new(folded: &'a Folded) -> Self {
        let (waiting, rest, numbers) = (None, None, Vec::new());
        Self { text: &folded.text, isolated: &folded.isolated, at: 0, begun: false, waiting, rest, numbers }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Skips signs up to the next unigram; gives the strongest mark among them.
    fn mark(&mut self) -> Option<Kind> {
        let (mut strongest, mut at_line_start) = (None, false);
        while let Some(c) = self.char_at(self.at) {
            if begins_unigram(c) {
                break;
            }
            let kind = match c {
                '\n' if at_line_start => Some(Kind::Paragraph),
                '\t' => Some(Kind::Paragraph),
                _ if c.is_whitespace() && c != '\n' && at_line_start => Some(Kind::Paragraph),
                ',' | ':' | '.' if self.joins_ascii() => None,
                ',' | ':' | ';' => Some(Kind::Clause),
                '.' | '!' | '?' | '。' | '…' => Some(Kind::Sentence),
                _ => None,
            };
            strongest = strongest.max(kind);
            at_line_start = c == '\n';
            self.at += c.len_utf8();
        }
        strongest
    }

    /// Whether the sign here stands between two ASCII letters or digits.
    fn joins_ascii(&self) -> bool {
        let bytes = self.text.as_bytes();
        let ascii = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        ascii(self.at.checked_sub(1)) && ascii(Some(self.at + 1))
    }

    /// The end of the run of characters from `start` that `belongs` accepts and no expansion cuts off.
    fn run_end(&mut self, start: usize, belongs: impl Fn(char) -> bool) -> usize {
        while self.isolated.first().is_some_and(|range| range.end <= start) {
            self.isolated = &self.isolated[1..];
        }
        let border = match self.isolated.first() {
            Some(range) if range.start <= start => range.end,
            Some(range) => range.start,
            None => self.text.len(),
        };
        let inside = &self.text[start..border];
        start + inside.find(|c| !belongs(c)).unwrap_or(inside.len())
    }

    /// The unigram that begins here.
    fn unigram(&mut self) -> Option<(Cow<'a, str>, Kind, Range<usize>)> {
        let start = self.at;
        let c = self.char_at(start)?;
        if han::stands_alone(c) {
            let mut end = start + c.len_utf8();
            if !han::is_han(c) {
                end += marks_len(&self.text[end..]);
            }
            self.at = end;
            return Some((Cow::Borrowed(&self.text[start..end]), Kind::Han, start..end));
        }
        if is_digit(c) {
            let end = self.run_end(start, |c| is_digit(c) || c == '.' || c == ',');
            self.numbers = numbers(self.text, start..end);
            self.numbers.reverse();
            let (number, range) = self.numbers.pop()?;
            self.at = self.numbers.first().map_or(range.end, |(_, last)| last.end);
            return Some((number, Kind::Digits, range));
        }
        let end = self.run_end(start, |c| is_letter(c) || is_mark(c));
        self.at = end;
        Some((Cow::Borrowed(&self.text[start..end]), Kind::Letters, start..end))
    }

    /// Cuts a run that is longer than a unigram may be.
    fn capped(&mut self, whole: (Cow<'a, str>, Kind, Range<usize>)) -> (Cow<'a, str>, Kind, Range<usize>) {
        let (text, kind, range) = whole;
        if text.len() <= LONGEST {
            return (text, kind, range);
        }
        let mut units = 0;
        let cut = text.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > LONGEST
        });
        let Some((cut, _)) = cut else { return (text, kind, range) };
        let cut = cut.min(range.len());
        self.rest = Some((kind, range.start + cut..range.end));
        (Cow::Borrowed(&self.text[range.start..range.start + cut]), kind, range.start..range.start + cut)
    }
}

impl<'a> Iterator for Unigrams<'a> {
    type Item = (Cow<'a, str>, Kind, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(waiting) = self.waiting.take() {
            return Some(self.capped(waiting));
        }
        if let Some((kind, range)) = self.rest.take() {
            return Some(self.capped((Cow::Borrowed(&self.text[range.clone()]), kind, range)));
        }
        if let Some((number, range)) = self.numbers.pop() {
            return Some(self.capped((number, Kind::Digits, range)));
        }
        // The fast path: a Han character that no sign stands before.
        let from = self.at;
        if let Some(c) = self.char_at(from).filter(|&c| han::is_common(c)) {
            self.begun = true;
            self.at += c.len_utf8();
            return Some((Cow::Borrowed(&self.text[from..self.at]), Kind::Han, from..self.at));
        }
        let mark = self.mark();
        let unigram = self.unigram()?;
        let begun = std::mem::replace(&mut self.begun, true);
        match mark {
            Some(kind) if begun => {
                self.waiting = Some(unigram);
                let text = [CLAUSE, SENTENCE, PARAGRAPH][kind as usize - Kind::Clause as usize];
                Some((Cow::Borrowed(text), kind, from..from))
            }
            _ => Some(self.capped(unigram)),
        }
    }
}

/// The numbers at the start of a run of digits, dots and commas, as far as single dots and commas join digits: one dot
/// between two numbers belongs to them, `1,000` loses its commas; with two dots or more each number stands alone.
fn numbers(text: &str, run: Range<usize>) -> Vec<(Cow<'_, str>, Range<usize>)> {
    // The numbers, each with the sign before it; thousands are joined at once.
    let mut parts: Vec<(Range<usize>, u8)> = Vec::new();
    let (mut at, mut sign, mut group) = (run.start, b' ', None);
    loop {
        let end = at + text[at..run.end].find(|c| !is_digit(c)).unwrap_or(run.end - at);
        let digits = text[at..end].chars().count();
        let joins = sign == b',' && digits == 3 && group.is_some_and(|before| before <= 3);
        match parts.last_mut() {
            // What is to be capped must be what the text holds, so it keeps no commas to lose.
            Some((last, _)) if joins && end - last.start <= LONGEST => last.end = end,
            _ => parts.push((at..end, sign)),
        }
        // Behind a dot no thousands begin.
        group = (sign != b'.').then_some(digits);
        let bytes = text.as_bytes();
        let is_ascii = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        sign = bytes.get(end).copied().filter(|_| end < run.end).unwrap_or(b' ');
        let separates = sign == b'.' || (sign == b',' && is_ascii(end - 1) && is_ascii(end + 1));
        if !separates || !text[end + 1..run.end].starts_with(is_digit) {
            break;
        }
        at = end + 1;
    }
    let is_dotted = |at: usize| parts.get(at).is_some_and(|(_, sign)| *sign == b'.');
    let mut numbers: Vec<Range<usize>> = Vec::new();
    for (at, (range, _)) in parts.iter().enumerate() {
        let fraction = is_dotted(at) && !is_dotted(at + 1) && !is_dotted(at - 1);
        match numbers.last_mut() {
            Some(number) if fraction => number.end = range.end,
            _ => numbers.push(range.clone()),
        }
    }
    let written = |range: &Range<usize>| match &text[range.clone()] {
        plain if !plain.contains(',') => Cow::Borrowed(plain),
        thousands => Cow::Owned(thousands.replace(',', "")),
    };
    numbers.into_iter().map(|range| (written(&range), range)).collect()
}

#[inline]
fn begins_unigram(c: char) -> bool {
    // The signs of Chinese texts, told without a table; 々〆〇 are Han.
    if matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}') {
        return false;
    }
    han::is_han(c) || is_letter(c) || is_digit(c) || han::stands_alone(c)
}

#[inline]
fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() && !is_digit(c) && !han::stands_alone(c) }
}

#[inline]
fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() && !han::stands_alone(c) }
}

fn is_mark(c: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark
}

fn marks_len(text: &str) -> usize {
    text.find(|c| !is_mark(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        unigrams(text).into_iter().map(|unigram| unigram.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_table_of_the_text_model() {
        for (text, wanted) in [
            ("脱贫攻坚，决胜！", "脱 贫 攻 坚 ， 决 胜"),
            ("“两不愁、三保障”", "两 不 愁 三 保 障"),
            ("《办法》（试行）——国发〔2019〕5号", "办 法 试 行 国 发 2019 5 号"),
            ("GDP增长3.5%，共1,000.5亿", "gdp 增 长 3.5 ， 共 1000.5 亿"),
            ("2018.3.5", "2018 3 5"),
            ("18:30", "18 30"),
            ("Wi-Fi v1.5.", "wi fi v 1.5"),
            ("1,2,3,45", "1 2 3 45"),
            ("1,2,345.5", "1 2345.5"),
            ("1.2,345", "1.2 345"),
            ("C919 iPhone,iPad", "c 919 iphone ipad"),
            ("第一\n第二", "第 一 第 二"),
            ("第一\n\n第二", "第 一 ¶ 第 二"),
            ("第一。\n　　第二", "第 一 ¶ 第 二"),
            ("甲\t乙", "甲 ¶ 乙"),
            ("他说：……是。", "他 说 。 是"),
            ("3①4", "3 1 4"),
            ("50㎡大", "50 m 2 大"),
            ("。，", ""),
            ("カタカナー 〇々", "カ タ カ ナ ー 〇 々"),
            ("甲.乙", "甲 。 乙"),
            ("1. 甲", "1 。 甲"),
        ] {
            assert_eq!(cut(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_long_run_becomes_several_unigrams() {
        let all = unigrams(&"a".repeat(600));
        assert_eq!(all.iter().map(|unigram| unigram.range.clone()).collect::<Vec<_>>(), [0..255, 255..510, 510..600]);
    }
}
