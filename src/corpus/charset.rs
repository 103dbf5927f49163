//! Which charset an undeclared Chinese text is written in: GB18030, Big5, UTF-16 without its mark, or damaged UTF-8.
//!
//! The text is decoded in each way and the way that gives the most plausible Chinese wins: common characters and
//! Chinese punctuation speak for it, what no article consists of speaks against it. What to do with the bytes is left
//! to `decode`.

use std::sync::LazyLock;

use encoding_rs::{BIG5, CoderResult, EUC_JP, EUC_KR, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Share of good multi-byte characters from which a text with bad places is damaged UTF-8. Chinese text in GB18030 or
/// Big5 reaches 0.22 by accident (12,000 cuttings of 20 to 200 characters); a file half UTF-8 and half GBK has 0.42.
const UTF_8_SHARE: f64 = 0.3;

/// Bytes that tell whether a text is Chinese at all.
const SAMPLE: usize = 4 << 10;

/// The common characters as a bit for each of the first 65,536: a set of characters is too slow to ask for each one.
static COMMON: LazyLock<Box<[bool]>> = LazyLock::new(|| {
    let lines = include_str!("data/common_characters.txt").lines().filter(|line| !line.starts_with('#'));
    let mut common = vec![false; 0x1_0000].into_boxed_slice();
    for character in lines.flat_map(str::chars).chain("，。、；：？！“”‘’《》（）「」『』【】…—·　".chars())
    {
        if let Some(slot) = common.get_mut(character as usize) {
            *slot = true;
        }
    }
    common
});

/// The charset of a text that is no valid UTF-8 and says nothing else.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    if is_damaged_utf8(bytes) {
        return UTF_8;
    }
    if let Some(utf16) = utf16_without_mark(bytes) {
        return utf16;
    }
    // The first byte that is no ASCII begins a character in each of them.
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[start..];
    if plausibility(sample, BIG5) > plausibility(sample, GB18030) { BIG5 } else { GB18030 }
}

/// UTF-16 that lacks its mark: by the NULs of its ASCII, or because it reads as Chinese.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len() & !1];
    let share = |encoding: &'static Encoding| {
        let mut units = sample.chunks_exact(2).map(|unit| match encoding == UTF_16LE {
            true => u16::from_le_bytes([unit[0], unit[1]]),
            false => u16::from_be_bytes([unit[0], unit[1]]),
        });
        let known = |unit: &u16| matches!(unit, 9 | 10 | 13 | 32..=126) || is_common(char::from_u32((*unit).into()));
        let count = units.len().max(1);
        units.by_ref().filter(known).count() as f64 / count as f64
    };
    // Commonly 0.8 of a text, and below 0.1 when read in a wrong way. Less than four characters prove nothing.
    let likely = |encoding: &&'static Encoding| sample.len() >= 8 && share(encoding) > 0.6;
    [UTF_16LE, UTF_16BE].into_iter().find(likely)
}

/// Whether the text is UTF-8 with bad places in it.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let only_the_end = bad == 1 && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    let share = good as f64 / (good + bad) as f64;
    if good < 8 { only_the_end && good > 0 } else { share > UTF_8_SHARE }
}

/// How much a text looks like Chinese when it is read in this charset.
fn plausibility(sample: &[u8], encoding: &'static Encoding) -> i64 {
    let mut text = String::with_capacity(sample.len() * 2);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = sample;
    // Without the last flag: a character cut at the end says nothing for or against.
    while let (CoderResult::OutputFull, read, ..) = decoder.decode_to_string(rest, &mut text, false) {
        rest = &rest[read..];
        text.reserve(sample.len());
    }
    text.chars().map(weight).sum()
}

/// Whether a decoded text is no Chinese after all: fewer than a quarter of what is beyond ASCII is common. News has
/// 0.9, a list of rare names 0.5, noise and other languages below 0.2.
pub(super) fn is_nonsense(text: &str) -> bool {
    let beyond = || text.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER);
    let (all, common) = (beyond().count(), beyond().filter(|c| is_common(Some(*c))).count());
    all >= 32 && common * 4 < all
}

/// Share of what is beyond ASCII that is common in Chinese.
pub(super) fn common_share(text: &str) -> f64 {
    let known = &**COMMON;
    let (mut all, mut common) = (0_u32, 0_u32);
    for c in text.chars().filter(|c| !c.is_ascii() && !c.is_whitespace()) {
        all += 1;
        common += u32::from(known.get(c as usize).is_some_and(|known| *known));
    }
    f64::from(common) / f64::from(all.max(1))
}

/// Whether bytes are Japanese or Korean in EUC, whose characters are common Chinese ones in GB18030 and Big5. Kana are
/// half of a Japanese text, Hangul nearly all of a Korean one; of 7,000 Chinese texts and their beginnings none that can
/// be read so has more than 0.10 and 0.83.
pub(super) fn is_foreign(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let share = |encoding: &'static Encoding, own: std::ops::RangeInclusive<char>| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let beyond = || text.chars().filter(|c| !c.is_ascii());
        let (all, lost) = (beyond().count(), beyond().filter(|c| *c == char::REPLACEMENT_CHARACTER).count());
        let is_read = all >= 32 && lost * 50 <= all;
        if is_read { beyond().filter(|c| own.contains(c)).count() as f64 / all as f64 } else { 0.0 }
    };
    share(EUC_JP, 'ぁ'..='ヿ') > 0.25 || share(EUC_KR, '가'..='힣') > 0.9
}

fn weight(character: char) -> i64 {
    match character {
        c if is_common(Some(c)) => 2,
        '\u{FFFD}' => -6,
        c if c.is_ascii() || ('\u{FF00}'..='\u{FF5E}').contains(&c) => 0,
        '\u{4E00}'..='\u{9FA5}' => 0,
        _ => -2,
    }
}

fn is_common(character: Option<char>) -> bool {
    character.is_some_and(|c| COMMON.get(c as usize).is_some_and(|common| *common))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_of_either_script_are_told_apart() {
        let simplified = [
            "关于春季造林的通知",
            "张智明强调，新时代要有新气象。",
            "市委召开会议",
            "今年计划造林三千亩，投入资金五百万元。",
        ];
        let traditional = [
            "關於春季造林的通知",
            "張智明強調，新時代要有新氣象。",
            "市委召開會議",
            "今年計畫造林三千畝，投入資金五百萬元。",
        ];
        for text in simplified.iter().chain(&traditional) {
            assert_eq!(detect(&GB18030.encode(text).0), GB18030, "{text}");
        }
        for text in traditional {
            assert_eq!(detect(&BIG5.encode(text).0), BIG5, "{text}");
            for (encoding, bytes) in [
                (UTF_16LE, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
                (UTF_16BE, text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            ] {
                assert_eq!(detect(&bytes), encoding, "{text}");
            }
        }
    }

    #[test]
    fn japanese_and_korean_are_told_from_chinese() {
        let japanese =
            "平成三十年度の造林計画では三千畝の植樹を行い、予算五百万元を投入する方針であると林業局が発表した。";
        let korean = "정부는 올해 봄철 산림 조성 계획을 발표하고 예산을 크게 늘리기로 하였다. 주민 대표도 참석하였다.";
        let chinese =
            "今年计划造林三千亩，投入资金五百万元。市委召开会议，张智明强调，新时代要有新气象，各乡镇要抓紧落实。";
        assert!(is_foreign(&EUC_JP.encode(japanese).0) && is_foreign(&EUC_KR.encode(korean).0));
        assert!(!is_foreign(&GB18030.encode(chinese).0) && !is_foreign(&GB18030.encode(japanese).0[..20]));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let text = "今年计划造林三千亩".as_bytes();
        for broken in [&text[..text.len() - 1], &[&text[..12], b"\xFF", &text[12..]].concat(), &text[1..]] {
            assert_eq!(detect(broken), UTF_8);
        }
    }
}
