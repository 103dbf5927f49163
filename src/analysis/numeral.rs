//! Other ways to write the numbers in a text: 二〇一八年 is 2018年, 十九大 is 19大, 三千亩 is 3000亩.
//!
//! Only for offering alternatives; what matches is decided by unigrams, for which a numeral is Han characters.

/// Numerals up to this value are also written with 十, 百, 千.
const MOST: u64 = 9_999;
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// A single numeral is a number only before one of these: 三月, not 三农.
const COUNTED: [char; 8] = ['年', '月', '日', '号', '届', '次', '个', '亩'];

/// A folded text with its numbers in the other writing: Han numerals in digits, or digits in Han numerals, in a row
/// (2018年 as 二〇一八年) and counted (19大 as 十九大). Nothing where there are none.
///
/// ```
/// use xunzhang::analysis::numerals_otherwise;
///
/// assert_eq!(numerals_otherwise("二〇一八年三月"), ["2018年3月"]);
/// assert_eq!(numerals_otherwise("19大"), ["十九大", "一九大"]);
/// ```
pub fn numerals_otherwise(folded: &str) -> Vec<String> {
    let mut ways = vec![rewritten(folded, &in_digits)];
    if folded.contains(|c: char| c.is_ascii_digit()) {
        ways = vec![rewritten(folded, &counted), rewritten(folded, &in_a_row)];
    }
    let mut distinct: Vec<String> = Vec::new();
    for way in ways {
        if way != folded && !distinct.contains(&way) {
            distinct.push(way);
        }
    }
    distinct
}

/// The text with each run of numerals, or of digits, as `other` writes it.
fn rewritten(text: &str, other: &dyn Fn(&str, Option<char>) -> Option<String>) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let belongs = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { is_numeral(c) };
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (run, after) = rest.split_at(end);
        match other(run, after.chars().next()) {
            Some(number) => all.push_str(&number),
            None => all.push_str(run),
        }
        rest = after;
    }
    all
}

fn is_numeral(c: char) -> bool {
    DIGITS.contains(&c) || matches!(c, '十' | '百' | '千' | '零' | '两' | '万')
}

fn digit(c: char) -> Option<u64> {
    match c {
        '零' => Some(0),
        '两' => Some(2),
        c => DIGITS.iter().position(|digit| *digit == c).map(|value| value as u64),
    }
}

/// Han numerals as digits: in a row or counted.
fn in_digits(run: &str, next: Option<char>) -> Option<String> {
    let single = run.chars().nth(1).is_none();
    if !run.starts_with(is_numeral) || (single && !next.is_some_and(|next| COUNTED.contains(&next))) {
        return None;
    }
    let row: Option<String> = run
        .chars()
        .map(|c| DIGITS.iter().position(|digit| *digit == c))
        .map(|digit| digit.map(|digit| digit.to_string()))
        .collect();
    row.or_else(|| value(run).map(|value| value.to_string()))
}

/// The number that a whole string writes, in ASCII digits, or in Han numerals counted (十二) or in a row (二〇一八).
pub(crate) fn number(run: &str) -> Option<u64> {
    if run.starts_with(|c: char| c.is_ascii_digit()) {
        return run.parse().ok();
    }
    let row = |all: Option<u64>, c: char| all?.checked_mul(10)?.checked_add(digit(c)?);
    if run.is_empty() {
        return None;
    }
    run.chars().fold(Some(0), row).or_else(|| value(run))
}

/// The value of a counted numeral: 三千二百, 十九, 两万.
fn value(run: &str) -> Option<u64> {
    let (mut whole, mut part, mut last, mut unit_before) = (0, 0, None, u64::MAX);
    for c in run.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            c => {
                // Two digits side by side are no count, but for a zero that holds a place.
                let own = digit(c)?;
                if last.is_some_and(|last| last != 0) {
                    return None;
                }
                last = Some(own);
                continue;
            }
        };
        if unit == 10_000 {
            (whole, part, last, unit_before) = ((whole + part + last.unwrap_or(0)) * unit, 0, None, u64::MAX);
        } else if unit < unit_before {
            (part, unit_before) = (part + last.take().unwrap_or(1) * unit, unit);
        } else {
            return None;
        }
    }
    Some(whole + part + last.unwrap_or(0))
}

/// Digits as a count: 19 as 十九.
fn counted(run: &str, _: Option<char>) -> Option<String> {
    let value: u64 = run.parse().ok().filter(|value| (1..=MOST).contains(value) && !run.starts_with('0'))?;
    let mut text = String::new();
    let mut gap = false;
    for (unit, sign) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (value / unit % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit]);
        }
        text.push_str(sign);
        gap = false;
    }
    Some(text)
}

/// Digits in a row: 2018 as 二〇一八.
fn in_a_row(run: &str, _: Option<char>) -> Option<String> {
    run.chars().map(|c| c.to_digit(10).map(|digit| DIGITS[digit as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_both_ways() {
        for (text, otherwise) in [
            ("二〇一八年三月五日", "2018年3月5日"),
            ("十九大", "19大"),
            ("三千亩", "3000亩"),
            ("两万五千里", "25000里"),
            ("一百零五", "105"),
            ("一千零二十", "1020"),
        ] {
            assert_eq!(numerals_otherwise(text), [otherwise], "{text}");
        }
        assert_eq!(numerals_otherwise("2018年"), ["二千零一十八年", "二〇一八年"]);
        assert_eq!(numerals_otherwise("105"), ["一百零五", "一〇五"]);
        for text in ["三农", "脱贫攻坚", "一户一策", "百姓", "07"] {
            assert!(numerals_otherwise(text).iter().all(|way| way == "〇七"), "{text}");
        }
    }
}
