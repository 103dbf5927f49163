//! What the rules that read characters share: numerals, brackets, the word before a place, sentence ends.

use super::text::Text;
use super::traits::Traits;
use crate::analysis::{is_han, number};

/// A number at a place: its value, and where its characters end. ASCII digits, or Han numerals counted or in a row.
pub(super) fn number_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let first = *chars.get(at)?;
    let belongs = |c: &char| if first.is_ascii_digit() { c.is_ascii_digit() } else { is_numeral(*c) };
    // Twelve characters: 一千零六十七 is six, no number of an article or a year is longer.
    let length = chars[at..].iter().take(12).take_while(|c| belongs(c)).count();
    let run: String = chars[at..at + length].iter().collect();
    Some((u32::try_from(number(&run)?).ok()?, at + length))
}

/// A Han numeral as it stands in dates and articles.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

/// A digit of either writing.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c)
}

/// Whether the characters at a place are these.
pub(super) fn stands(chars: &[char], at: usize, word: &str) -> bool {
    chars.get(at..).is_some_and(|rest| {
        let mut rest = rest.iter();
        word.chars().all(|c| rest.next() == Some(&c))
    })
}

/// The first of some words, in their order, that stands at a place: the word, and where it ends.
pub(super) fn one_of(chars: &[char], at: usize, words: &[&'static str]) -> Option<(&'static str, usize)> {
    words.iter().find(|word| stands(chars, at, word)).map(|word| (*word, at + word.chars().count()))
}

/// Whether the characters before a place end with this word.
pub(super) fn ends_before(chars: &[char], at: usize, word: &str) -> bool {
    at.checked_sub(word.chars().count()).is_some_and(|start| stands(chars, start, word))
}

/// Where the run of Han characters that ends at a place begins, at most so many characters before.
pub(super) fn han_before(chars: &[char], end: usize, most: usize) -> usize {
    end - chars[..end].iter().rev().take(most).take_while(|c| is_han(**c)).count()
}

/// A mark that ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '\n')
}

/// The closing bracket or quotation mark of an opening one, folded.
pub(super) fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '〔' => '〕',
        '【' => '】',
        '〈' => '〉',
        '《' => '》',
        '「' => '」',
        '『' => '』',
        '“' => '”',
        '‘' => '’',
        _ => return None,
    })
}

/// Whether a text is of Taiwan, where years are those of the republic and laws are cited by short names: it speaks of
/// bodies that only Taiwan has.
pub(super) fn is_of_taiwan(text: &Text) -> bool {
    const BODIES: [&str; 18] = [
        "行政院",
        "立法院",
        "监察院",
        "县府",
        "乡公所",
        "镇公所",
        "区公所",
        "卫福部",
        "原民会",
        "国发会",
        "陆委会",
        "大陆委员会",
        "中华民国",
        "县议员",
        "县议会",
        "立委",
        "环保署",
        "农粮署",
    ];
    text.places(Traits::TAIWAN).any(|at| BODIES.iter().any(|body| stands(&text.chars, at, body)))
}
