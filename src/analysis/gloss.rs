//! Glosses: readings in brackets glued behind a character, as in 堅(jiān) or 區（qū） or 重(ㄔㄨㄥˊ).
//!
//! A bracket is a gloss only if it holds a reading of exactly the character before it, in any of its written forms:
//! 区(WTO) and 张三(zhang) stay. Readings come from the `pinyin` crate with a list of our own for what it lacks
//! (Taiwan's readings, changes of tone); both sides are brought to one spelling, `ü` as `v` and the tone apart.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use super::fold::Folded;
use super::han;

pub(super) const READINGS: &str = include_str!("data/readings.txt");

/// Folded bytes from bracket to bracket that a gloss can have at most: `(zhuāng )` with decomposed marks and blanks.
pub(super) const LONGEST: usize = 32;

static OWN: LazyLock<HashMap<char, Vec<Reading>>> = LazyLock::new(|| {
    let rows = READINGS.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| Some((line.chars().next()?, line.split(' ').skip(1).filter_map(Reading::parse).collect()));
    rows.filter_map(row).collect()
});

/// A syllable with its tone; tone 0 is one that was not written.
#[derive(Clone, Debug, PartialEq)]
struct Reading {
    syllable: String,
    tone: u8,
}

/// The readings of our own list: a character, and a syllable without its tone.
pub(super) fn own_readings() -> impl Iterator<Item = (char, &'static str)> {
    OWN.iter().flat_map(|(&form, readings)| readings.iter().map(move |reading| (form, reading.syllable.as_str())))
}

/// Whether a folded bracket's content is a reading of a folded Han character.
pub(super) fn is_reading(owner: char, text: &str) -> bool {
    let Some(asked) = Reading::parse(text) else { return false };
    let matches =
        |known: &Reading| known.syllable == asked.syllable && (asked.tone % 5 == 0 || known.tone == asked.tone);
    han::written_forms(owner).any(|form| {
        OWN.get(&form).is_some_and(|own| own.iter().any(matches))
            || form.to_pinyin_multi().is_some_and(|all| {
                all.into_iter().filter_map(|reading| Reading::parse(reading.with_tone())).any(|known| matches(&known))
            })
    })
}

/// Whether two Han characters have a syllable in common, whatever its tone, and as those hear it who part neither n from
/// ng nor zh, ch, sh from z, c, s: 部 and 布, 智 and 志, 兴 and 新.
///
/// ```
/// assert!(xunzhang::analysis::sound_alike('部', '布') && xunzhang::analysis::sound_alike('兴', '新'));
/// assert!(!xunzhang::analysis::sound_alike('部', '陪'));
/// ```
pub fn sound_alike(one: char, other: char) -> bool {
    let known = syllables(one);
    syllables(other).iter().any(|syllable| known.contains(syllable))
}

fn syllables(of: char) -> Vec<String> {
    let own = OWN.get(&of).into_iter().flatten().cloned();
    let known = of.to_pinyin_multi().into_iter().flat_map(|all| all.into_iter());
    let known = known.filter_map(|reading| Reading::parse(reading.with_tone()));
    own.chain(known).map(|reading| coarse(&reading.syllable)).collect()
}

fn coarse(syllable: &str) -> String {
    let plain = syllable.strip_suffix('g').filter(|rest| rest.ends_with('n')).unwrap_or(syllable);
    match plain.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => format!("{}{}", &plain[..1], &plain[2..]),
        _ => plain.to_owned(),
    }
}

impl Reading {
    /// Reads pinyin with tone marks, tone digits or none, or bopomofo.
    fn parse(text: &str) -> Option<Self> {
        let (mut letters, mut tone) = (String::new(), 0);
        for c in text.nfd().filter(|c| !c.is_whitespace()) {
            match c {
                'a'..='z' | 'ㄅ'..='ㄩ' => letters.push(c),
                'ɡ' => letters.push('g'),
                'ɑ' => letters.push('a'),
                '丨' | '一' => letters.push('ㄧ'),
                '\u{308}' if letters.ends_with('u') => letters.replace_range(letters.len() - 1.., "v"),
                ':' if letters.ends_with('u') => letters.replace_range(letters.len() - 1.., "v"),
                '\u{302}' if letters.ends_with('e') => {}
                '\u{304}' | 'ˉ' | '1' => tone = 1,
                '\u{301}' | 'ˊ' | '2' => tone = 2,
                '\u{30C}' | '\u{306}' | 'ˇ' | '3' => tone = 3,
                '\u{300}' | 'ˋ' | '4' => tone = 4,
                '\u{307}' | '˙' | '5' | '0' => tone = 5,
                _ => return None,
            }
        }
        // 一 may stand for ㄧ within a reading; alone it is the numeral of 附表一（一）.
        if tone == 0 && text.chars().all(|c| matches!(c, '一' | '丨')) {
            return None;
        }
        let syllable = if letters.starts_with(|c: char| c.is_ascii()) { letters } else { spelled(&letters)? };
        (!syllable.is_empty()).then(|| Self { syllable: plain_v(syllable), tone })
    }
}

/// After j, q, x and y, ü is written u.
fn plain_v(syllable: String) -> String {
    if syllable.starts_with(['j', 'q', 'x', 'y']) { syllable.replacen('v', "u", 1) } else { syllable }
}

/// A syllable of bopomofo in pinyin.
fn spelled(bopomofo: &str) -> Option<String> {
    let first = bopomofo.chars().next()?;
    let initial = INITIALS.iter().find(|(symbol, _)| *symbol == first).map(|(_, latin)| *latin);
    let symbols = if initial.is_some() { &bopomofo[first.len_utf8()..] } else { bopomofo };
    let (_, joined, alone) = FINALS.iter().find(|(known, ..)| *known == symbols)?;
    match initial {
        Some(latin) if symbols.is_empty() => {
            ["zh", "ch", "sh", "r", "z", "c", "s"].contains(&latin).then(|| format!("{latin}i"))
        }
        Some(latin) => Some(format!("{latin}{joined}")),
        None => (!symbols.is_empty()).then(|| (*alone).to_owned()),
    }
}

#[rustfmt::skip]
const INITIALS: [(char, &str); 21] = [
    ('ㄅ', "b"), ('ㄆ', "p"), ('ㄇ', "m"), ('ㄈ', "f"), ('ㄉ', "d"), ('ㄊ', "t"), ('ㄋ', "n"), ('ㄌ', "l"), ('ㄍ', "g"),
    ('ㄎ', "k"), ('ㄏ', "h"), ('ㄐ', "j"), ('ㄑ', "q"), ('ㄒ', "x"), ('ㄓ', "zh"), ('ㄔ', "ch"), ('ㄕ', "sh"), ('ㄖ', "r"),
    ('ㄗ', "z"), ('ㄘ', "c"), ('ㄙ', "s"),
];

/// Finals: the symbols, the spelling behind an initial, the spelling alone.
#[rustfmt::skip]
const FINALS: [(&str, &str, &str); 39] = [
    ("", "", ""), ("ㄚ", "a", "a"), ("ㄛ", "o", "o"), ("ㄜ", "e", "e"), ("ㄝ", "e", "e"), ("ㄞ", "ai", "ai"),
    ("ㄟ", "ei", "ei"), ("ㄠ", "ao", "ao"), ("ㄡ", "ou", "ou"), ("ㄢ", "an", "an"), ("ㄣ", "en", "en"),
    ("ㄤ", "ang", "ang"), ("ㄥ", "eng", "eng"), ("ㄦ", "er", "er"), ("ㄧ", "i", "yi"), ("ㄧㄚ", "ia", "ya"),
    ("ㄧㄛ", "io", "yo"), ("ㄧㄝ", "ie", "ye"), ("ㄧㄞ", "iai", "yai"), ("ㄧㄠ", "iao", "yao"), ("ㄧㄡ", "iu", "you"),
    ("ㄧㄢ", "ian", "yan"), ("ㄧㄣ", "in", "yin"), ("ㄧㄤ", "iang", "yang"), ("ㄧㄥ", "ing", "ying"), ("ㄨ", "u", "wu"),
    ("ㄨㄚ", "ua", "wa"), ("ㄨㄛ", "uo", "wo"), ("ㄨㄞ", "uai", "wai"), ("ㄨㄟ", "ui", "wei"), ("ㄨㄢ", "uan", "wan"),
    ("ㄨㄣ", "un", "wen"), ("ㄨㄤ", "uang", "wang"), ("ㄨㄥ", "ong", "weng"), ("ㄩ", "v", "yu"), ("ㄩㄝ", "ve", "yue"),
    ("ㄩㄢ", "van", "yuan"), ("ㄩㄣ", "vn", "yun"), ("ㄩㄥ", "iong", "yong"),
];

/// The glosses of a text: their byte ranges with the brackets, in order.
///
/// ```
/// let text = "五龍鎮(zhèn)";
/// assert_eq!(&text[xunzhang::analysis::glosses(text)[0].clone()], "(zhèn)");
/// ```
pub fn glosses(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['(', '（', '﹙', '︵', '⁽', '₍']) { Vec::new() } else { Folded::new(text).glosses }
}

#[cfg(test)]
mod tests {
    use super::is_reading;

    #[test]
    fn a_gloss_is_a_reading_of_exactly_that_character() {
        for (owner, readings) in [
            ('坚', "jiān jian jian1 ji\u{101}n JIAN".to_lowercase()),
            ('区', "qū qu1 ou ㄑㄩ ㄑㄩˉ".to_owned()),
            ('绿', "lǜ lu:4 lv4 lü lù ㄌㄩˋ".to_owned()),
            ('长', "cháng zhǎng ㄓㄤˇ ㄔㄤˊ".to_owned()),
            ('期', "qī qí ㄑㄧˊ".to_owned()),
            ('重', "chóng ㄔㄨㄥˊ zhong4".to_owned()),
            ('么', "me ㄇㄜ˙".to_owned()),
        ] {
            for reading in readings.split(' ') {
                assert!(is_reading(owner, reading), "{owner}({reading})");
            }
        }
        for (owner, other) in
            [('区', "wto"), ('三', "zhang"), ('坚', "jiàn"), ('坚', ""), ('坚', "1"), ('一', "1"), ('坚', "jian, gu")]
        {
            assert!(!is_reading(owner, other), "{owner}({other})");
        }
    }
}
