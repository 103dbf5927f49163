//! Folding: one form for every way of writing the same text, with a map back to the original.
//!
//! The unit is a character with the marks that follow it: NFKC, then lower case, then the table of Han classes.
//! Glosses, default-ignorable characters and controls are skipped, line ends become `\n`, ○ and ◯ become 〇, and so
//! do 0 and O between Han numerals. Folding twice is folding once.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{gloss, han};

/// The folded form of a text.
///
/// ```
/// assert_eq!(xunzhang::analysis::fold("脫貧攻堅(jiān)戰，ＧＤＰ"), "脱贫攻坚战,gdp");
/// ```
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// A folded text and the way back to the original.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Stretches of `text` that came out of a compatibility expansion (①, ½, ㎡): they join no neighbour.
    pub(super) isolated: Vec<Range<usize>>,
    map: Vec<Run>,
    /// Readings in brackets that were left out: their byte ranges in the original.
    pub glosses: Vec<Range<usize>>,
    /// Characters of Han that folding changed.
    pub changed: u32,
}

/// A stretch of folded text and the original it came from; where it is even, offsets within agree.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    folded: usize,
    original: usize,
    original_end: usize,
    even: bool,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), ..Self::default() };
        folded.run(text);
        folded
    }

    /// The smallest run of whole original characters, in bytes, whose fold holds this range of the folded text.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let first = self.map.partition_point(|run| run.folded <= range.start).saturating_sub(1);
        self.original_from(first, range)
    }

    /// The same for ranges that come in order: `first` is 0 for the first of them, and stays with the caller.
    pub(crate) fn original_behind(&self, first: &mut usize, range: Range<usize>) -> Range<usize> {
        while self.map.get(*first + 1).is_some_and(|next| next.folded <= range.start) {
            *first += 1;
        }
        self.original_from(*first, range)
    }

    /// The same, where the range begins in the run of the number `first`.
    fn original_from(&self, first: usize, range: Range<usize>) -> Range<usize> {
        let last = range.end.saturating_sub(1).max(range.start);
        let is_whole = self.map.get(first + 1).is_none_or(|next| next.folded > last);
        let end = if is_whole { first } else { self.map.partition_point(|run| run.folded <= last).saturating_sub(1) };
        let (Some(first), Some(end)) = (self.map.get(first), self.map.get(end)) else {
            return 0..0;
        };
        let start = if first.even { first.original + (range.start - first.folded) } else { first.original };
        let end = if end.even { end.original + (range.end - end.folded) } else { end.original_end };
        start..end
    }

    fn run(&mut self, text: &str) {
        let mut units = Units { text, at: 0 };
        let mut before = Before::default();
        let mut piece = String::new();
        loop {
            self.plain_han(&mut units, &mut before);
            let Some(unit) = units.next_into(&mut piece) else { break };
            if before.han && piece.starts_with('(') {
                let owner = self.text.chars().next_back().unwrap_or_default();
                if let Some(end) = gloss_end(&units, &piece, owner) {
                    self.glosses.push(unit.range.start..end);
                    units.at = end;
                    continue;
                }
            }
            let zeros = before.step(&piece, self.text.len());
            if let Some(start) = zeros {
                self.zeros_from(start);
            }
            self.push(&piece, &unit);
        }
    }

    /// Folds the common Han characters that come next, most of any text, in one go; the last one is left where a mark
    /// may follow it. Three bytes become three, so one run of the map holds them all.
    fn plain_han(&mut self, units: &mut Units<'_>, before: &mut Before) {
        if before.zeros.is_some() {
            return;
        }
        let (at, mut last, mut changed) = (self.text.len(), (0, false), 0);
        let mut alone = true;
        for c in units.text[units.at..].chars() {
            let folded = if han::is_common(c) { han::representative(c) } else { '\0' };
            if folded.len_utf8() != 3 {
                alone = never_extends(c) || han::is_common(c);
                break;
            }
            last = (self.text.len(), folded != c);
            changed += u32::from(last.1);
            self.text.push(folded);
        }
        if !alone && self.text.len() > at {
            self.text.truncate(last.0);
            changed -= u32::from(last.1);
        }
        let Some(end) = self.text[at..].chars().next_back() else { return };
        let range = units.at..units.at + self.text.len() - at;
        units.at = range.end;
        self.changed += changed;
        self.map_to(at, range, true);
        (before.han, before.numeral) = (true, is_numeral(end));
    }

    /// Maps what is pushed at `at` of the folded text.
    fn map_to(&mut self, at: usize, range: Range<usize>, even: bool) {
        let follows = |run: &Run| {
            even && run.even && run.original_end == range.start && run.original + (at - run.folded) == range.start
        };
        match self.map.last_mut() {
            Some(run) if follows(run) => run.original_end = range.end,
            _ => self.map.push(Run { folded: at, original: range.start, original_end: range.end, even }),
        }
    }

    fn push(&mut self, piece: &str, unit: &Unit) {
        let at = self.text.len();
        self.map_to(at, unit.range.clone(), unit.plain && piece.len() == unit.range.len());
        self.changed += u32::from(unit.changed);
        self.text.push_str(piece);
        if unit.isolated {
            self.isolated.push(at..self.text.len());
        }
    }

    /// Turns the zeros that end the text, each one byte, into 〇: a Han numeral stands on both sides.
    fn zeros_from(&mut self, start: usize) {
        let originals: Vec<Range<usize>> = (start..self.text.len()).map(|at| self.original(at..at + 1)).collect();
        self.text.truncate(start);
        self.isolated.retain(|range| range.start < start);
        self.map.retain(|run| run.folded < start);
        if let Some(run) = self.map.last_mut().filter(|run| run.even) {
            run.original_end = run.original_end.min(originals.first().map_or(run.original_end, |range| range.start));
        }
        for range in originals {
            self.push("〇", &Unit { range, plain: false, isolated: false, changed: true });
        }
    }
}

/// What the text just pushed ends with, as far as later characters depend on it.
#[derive(Default)]
struct Before {
    han: bool,
    numeral: bool,
    zeros: Option<usize>,
}

impl Before {
    /// Moves past a piece that begins at `at`; gives the start of the zeros that it proves to be 〇.
    #[inline]
    fn step(&mut self, piece: &str, at: usize) -> Option<usize> {
        let first = piece.chars().next().unwrap_or_default();
        let single = first.len_utf8() == piece.len();
        self.han = if single { han::is_han(first) } else { piece.chars().next_back().is_some_and(han::is_han) };
        if single && matches!(first, '0' | 'o') {
            if self.numeral {
                self.zeros = Some(at);
            }
            self.numeral = false;
            return None;
        }
        let proven = self.zeros.take().filter(|_| is_numeral(first));
        self.numeral = if single { is_numeral(first) } else { piece.chars().next_back().is_some_and(is_numeral) };
        proven
    }
}

fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Looks ahead for a gloss that opens with `piece`: the end of it in the original, if it is one.
fn gloss_end(units: &Units<'_>, piece: &str, owner: char) -> Option<usize> {
    let mut ahead = Units { text: units.text, at: units.at };
    let mut inside = piece.to_owned();
    let mut next = String::new();
    while !inside.ends_with(')') {
        ahead.next_into(&mut next)?;
        inside.push_str(&next);
        if inside.len() > gloss::LONGEST {
            return None;
        }
    }
    let reading = inside.strip_prefix('(')?.strip_suffix(')')?;
    gloss::is_reading(owner, reading).then_some(ahead.at)
}

/// One character of the original with its marks, ready to be pushed.
struct Unit {
    range: Range<usize>,
    /// One character became one character.
    plain: bool,
    isolated: bool,
    changed: bool,
}

/// The units of a text, in order.
struct Units<'a> {
    text: &'a str,
    at: usize,
}

impl Units<'_> {
    /// Writes the folded form of the next unit into `piece`.
    #[inline]
    fn next_into(&mut self, piece: &mut String) -> Option<Unit> {
        loop {
            let start = self.at;
            let mut rest = self.text[start..].chars();
            let c = rest.next()?;
            self.at += c.len_utf8();
            piece.clear();
            let follows_alone = rest.next().is_none_or(never_extends);
            if follows_alone && let Some(folded) = simple(c) {
                piece.push(folded);
                return Some(Unit {
                    range: start..self.at,
                    plain: true,
                    isolated: false,
                    changed: folded != c && folded > '\u{7F}',
                });
            }
            if let Some(unit) = self.general(start, c, piece) {
                return Some(unit);
            }
        }
    }

    /// The slow way, for whatever is not plain Han, ASCII or common punctuation: `None` for a skipped character.
    fn general(&mut self, start: usize, c: char, piece: &mut String) -> Option<Unit> {
        if is_skipped(c) {
            return None;
        }
        if let Some(end) = line_end(c) {
            if c == '\r' && self.text[self.at..].starts_with('\n') {
                self.at += 1;
            }
            piece.push_str(end);
            return Some(Unit { range: start..self.at, plain: false, isolated: false, changed: false });
        }
        let mut unit = String::from(c);
        for (offset, next) in self.text[start + c.len_utf8()..].char_indices() {
            let (skipped, extends) = (is_skipped(next), extends(next));
            if !skipped && !extends {
                break;
            }
            if !skipped {
                unit.push(next);
            }
            if extends {
                // A variation selector says nothing and still stands with its character.
                self.at = start + c.len_utf8() + offset + next.len_utf8();
            }
        }
        let isolated = unit.chars().any(is_expanded);
        piece.extend(unit.nfkc().flat_map(char::to_lowercase).nfkc().map(fold_character));
        let plain = piece.chars().nth(1).is_none() && self.at == start + c.len_utf8();
        let changed = han::is_han(c) && !piece.starts_with(c);
        Some(Unit { range: start..self.at, plain, isolated, changed })
    }
}

/// Whether a character is a compatibility form other than by its width.
fn is_expanded(c: char) -> bool {
    let wide = matches!(c, '\u{3000}' | '\u{FF00}'..='\u{FFEF}');
    c > '\u{7F}' && !wide && !std::iter::once(c).nfc().eq(std::iter::once(c).nfkc())
}

/// The last step: Han classes, and the circles that stand for zero.
fn fold_character(c: char) -> char {
    match c {
        '○' | '◯' => '〇',
        _ if c < '\u{2E80}' => c,
        _ => han::representative(c),
    }
}

/// The fast path: what needs no normalisation.
#[inline]
fn simple(c: char) -> Option<char> {
    match c {
        _ if han::is_common(c) => Some(han::representative(c)),
        ' '..='~' | '\n' | '\t' => Some(c.to_ascii_lowercase()),
        '、'..='。' | '《'..='】' | '“' | '”' | '‘' | '’' | '—' | '·' => Some(c),
        // Full-width forms of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).map(|c| c.to_ascii_lowercase()),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// Characters that certainly begin a unit of their own and are not skipped.
#[inline]
fn never_extends(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}' | '！'..='～' | '“' | '”')
}

/// Whether a character belongs to the unit before it: a mark, or a jamo that composes with the one before.
fn extends(c: char) -> bool {
    let first = std::iter::once(c).nfkd().next().unwrap_or(c);
    canonical_combining_class(first) != 0
        || first.general_category_group() == GeneralCategoryGroup::Mark
        || matches!(first, '\u{1160}'..='\u{11FF}')
}

fn line_end(c: char) -> Option<&'static str> {
    match c {
        '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' => Some("\n"),
        '\u{2029}' => Some("\n\n"),
        '\t' => Some("\t"),
        _ => None,
    }
}

/// Default-ignorable characters (Unicode's property of that name) and controls other than line ends.
fn is_skipped(c: char) -> bool {
    match c {
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' => true,
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' => true,
        '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => c.is_control() && line_end(c).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_every_way_of_writing() {
        for (text, folded) in [
            ("脫貧攻堅戰", "脱贫攻坚战"),
            ("計畫、计划、瞭解、看著", "计划、计划、了解、看着"),
            ("ＧＤＰ　２０１８年", "gdp 2018年"),
            ("二○一八年、一九八◯年、二0一八、二OO八", "二〇一八年、一九八〇年、二〇一八、二〇〇八"),
            ("零下10度", "零下10度"),
            ("⽂⼭⺁", "文山厂"),
            ("soft\u{AD}hy\u{200B}phen", "softhyphen"),
            ("葛\u{E0100}a\u{FE0F}b", "葛ab"),
            ("坚(jiān)\u{FE00}", "坚"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("堅\u{200B}(jiān)(JIAN1)！", "坚!"),
            ("区(WTO)、张三(zhang)", "区(wto)、张三(zhang)"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_way_back_is_the_smallest_run_of_whole_characters() {
        let text = "在脫貧攻堅(jiān)戰(zhàn)中，二0一八年50㎡é\u{301}x";
        let folded = Folded::new(text);
        for (find, original) in [
            ("脱贫攻坚", "脫貧攻堅"),
            ("战", "戰"),
            ("坚战", "堅(jiān)戰"),
            ("〇", "0"),
            ("二〇一", "二0一"),
            ("2", "㎡"),
            ("x", "x"),
        ] {
            let at = folded.text.find(find).expect(find);
            assert_eq!(&text[folded.original(at..at + find.len())], original, "{find}");
        }
    }
}
