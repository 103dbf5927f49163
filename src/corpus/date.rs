//! Dates as people and machines write them: `2018年3月5日`, `二〇一八年三月五日`, `民國107年3月5日`, `20180305`, seconds.
//!
//! Whole written dates with a year, and a day whose year (and month) is not written, `3月5日`, `5日`. Which line of a file
//! carries one, and where a year is taken from, is left to `dateline`.

use crate::document::{DateSpan, Day};

/// Hours that China, Hong Kong and Taiwan are ahead of UTC: a moment in seconds falls on their day.
const HOURS_AHEAD: i64 = 8;

/// A date that is the whole of a value, a time of day after it allowed.
pub(super) fn parse(text: &str) -> Option<DateSpan> {
    let text = half_width(text.trim());
    // Before the plain reading, which would take the year alone of `2018 年 3 月 5 日`.
    let found = find(&text).filter(|found| found.before.trim().is_empty()).map(|found| found.span);
    found.or_else(|| DateSpan::parse(&text)).or_else(|| text.parse().ok().and_then(from_number))
}

/// A number that stands for a date: `20180305`, a year, or seconds or milliseconds since 1970.
pub(super) fn from_number(number: i64) -> Option<DateSpan> {
    let part = |divisor: i64, modulus: i64| u8::try_from(number / divisor % modulus).ok();
    match number {
        1000..=2999 => DateSpan::new(number as i32, None, None),
        // From 1000-01-01 to 2999-12-31.
        10_000_101..=29_991_231 => DateSpan::new((number / 10_000) as i32, Some(part(100, 100)?), Some(part(1, 100)?)),
        100_000_000..=9_999_999_999 => from_seconds(number),
        100_000_000_000..=9_999_999_999_999 => from_seconds(number / 1000),
        _ => None,
    }
}

fn from_seconds(seconds: i64) -> Option<DateSpan> {
    let day = Day(i32::try_from((seconds + HOURS_AHEAD * 3600).div_euclid(86_400)).ok()?);
    Some(DateSpan { first: day, last: day, inferred: true })
}

/// A date inside a text.
#[derive(Debug, PartialEq)]
pub(super) struct FoundDate<'a> {
    pub before: &'a str,
    pub span: DateSpan,
    pub after: &'a str,
}

/// The first date with a year in a (half-width) text: `2018年3月5日`, `2018-03-05`, `2018/3/5`, `2018.3.5`.
pub(super) fn find(text: &str) -> Option<FoundDate<'_>> {
    let starts = text.char_indices().filter(|(_, c)| digit(*c).is_some() || *c == '民');
    let mut last = None;
    for (start, first) in starts {
        // Within a run of digits only its beginning can be a year.
        let goes_on = text[..start].chars().next_back().is_some_and(|c| digit(c).is_some());
        if goes_on && first != '民' {
            continue;
        }
        if let Some((span, rest)) = date_at(&text[start..]) {
            last = Some(FoundDate { before: &text[..start], span, after: rest });
            break;
        }
    }
    last
}

/// Every date with a year in a (half-width) text.
pub(super) fn all(text: &str) -> impl Iterator<Item = DateSpan> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let found = find(rest)?;
        rest = found.after;
        Some(found.span)
    })
}

/// The date that a text begins with, and what follows it.
fn date_at(text: &str) -> Option<(DateSpan, &str)> {
    let (offset, text) = match text.strip_prefix("民国").or_else(|| text.strip_prefix("民國")) {
        Some(rest) => (1911, rest.trim_start()),
        None => (0, text),
    };
    let (year, digits, rest) = if offset > 0 { year_of_the_republic(text)? } else { positional(text)? };
    if digits != 4 && !(offset > 0 && digits <= 3) {
        return None;
    }
    let year = year + offset;
    if let Some(rest) = rest.trim_start().strip_prefix('年') {
        let Some((month, rest)) = unit(rest, &['月']) else { return Some((DateSpan::new(year, None, None)?, rest)) };
        let Some((day, rest)) = unit(rest, &['日', '号', '號']) else {
            return Some((DateSpan::new(year, Some(month), None)?, rest));
        };
        return Some((DateSpan::new(year, Some(month), Some(day))?, rest));
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, _, rest) = positional(&rest[1..])?;
    let (day, digits, rest) = positional(rest.strip_prefix(sign)?)?;
    // 2018.3.555 is a version, 2018-03-05T09:12 a date.
    (digits <= 2).then_some(())?;
    Some((DateSpan::new(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?))?, rest))
}

/// A year of the Republic: digits, or counted as `三十八`, `一百零七`.
fn year_of_the_republic(text: &str) -> Option<(i32, usize, &str)> {
    let end = text.find('年').unwrap_or(text.len());
    let (written, rest) = (text[..end].trim_end(), &text[end..]);
    if !written.contains(['十', '百', '廿']) {
        return positional(text);
    }
    let (hundreds, below) = written.split_once('百').unwrap_or(("", written));
    let hundreds = if hundreds.is_empty() { 0 } else { positional(hundreds)?.0 };
    let below = below.trim_start_matches('零');
    let below = if below.is_empty() { 0 } else { i32::from(counted(below)?) };
    Some((hundreds * 100 + below, 3, rest))
}

/// A day that is written without its year, and perhaps without its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Yearless {
    pub month: Option<u8>,
    pub day: u8,
}

impl Yearless {
    /// The day nearest to a span, of the years (and months) around it.
    pub(super) fn near(self, span: DateSpan) -> Option<Day> {
        let (year, month, _) = span.first.calendar();
        let months: Vec<(i32, u8)> = match self.month {
            Some(own) if is_year(span) => vec![(year, own)],
            Some(own) => (year - 1..=year + 1).map(|year| (year, own)).collect(),
            // A day alone needs a month that is known.
            None if is_year(span) => return None,
            None => {
                let before = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
                vec![before, (year, month)]
            }
        };
        let days = months.into_iter().filter_map(|(year, month)| Day::new(year, month, self.day));
        let away = |day: &Day| (span.first.0 - day.0).max(day.0 - span.last.0).max(0);
        days.min_by_key(away)
    }
}

fn is_year(span: DateSpan) -> bool {
    span.last.0 - span.first.0 > 31
}

/// The day without a year that a (half-width) text ends in: `新华社北京3月5日`, `台北5日`. What stands before it, and the day.
pub(super) fn yearless_at_end(text: &str) -> Option<(&str, Yearless)> {
    let (before, day) = number_at_end(text.trim_end().strip_suffix(['日', '号', '號'])?)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    match before.trim_end().strip_suffix('月').and_then(number_at_end) {
        Some((before, month)) if (1..=12).contains(&month) => Some((before, Yearless { month: Some(month), day })),
        _ => Some((before, Yearless { month: None, day })),
    }
}

/// The number that a text ends in, as a day or a month is written, and what stands before it.
fn number_at_end(text: &str) -> Option<(&str, u8)> {
    let text = text.trim_end();
    let start = text.char_indices().rev().take_while(|(_, c)| digit(*c).is_some() || matches!(c, '十' | '廿'));
    let start = start.last()?.0;
    Some((&text[..start], counted(&text[start..])?))
}

/// Digits one by one, ASCII or Chinese: their value, how many, and what follows.
fn positional(text: &str) -> Option<(i32, usize, &str)> {
    let (mut value, mut count, mut rest) = (0_i32, 0, text);
    while let Some((c, digit)) = rest.chars().next().and_then(|c| Some((c, digit(c)?))) {
        value = value.checked_mul(10)?.checked_add(i32::from(digit))?;
        (count, rest) = (count + 1, &rest[c.len_utf8()..]);
    }
    (count > 0).then_some((value, count, rest))
}

/// A month or a day with its sign: `3月`, ` 12 日`, `十二月`, `廿一日`.
fn unit<'a>(text: &'a str, signs: &[char]) -> Option<(u8, &'a str)> {
    let text = text.trim_start();
    let end = text.find(|c| digit(c).is_none() && !matches!(c, '十' | '廿'))?;
    let rest = text[end..].trim_start().strip_prefix(signs)?;
    Some((counted(&text[..end])?, rest))
}

/// A number below a hundred: `12`, `〇五`, `十二`, `二十一`, `廿一`.
fn counted(text: &str) -> Option<u8> {
    let value = match text.split_once(['十', '廿']) {
        None => positional(text)?.0,
        Some((tens, ones)) => {
            let ten = if text.contains('廿') { 20 } else { 10 };
            let digit_of =
                |part: &str, default| if part.is_empty() { Some(default) } else { Some(positional(part)?.0) };
            digit_of(tens, 1)? * ten + digit_of(ones, 0)?
        }
    };
    u8::try_from(value).ok()
}

fn digit(c: char) -> Option<u8> {
    const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '○' | '◯' | '零' | 'Ｏ' => Some(0),
        _ => CHINESE.iter().position(|chinese| *chinese == c).and_then(|n| u8::try_from(n).ok()),
    }
}

/// Full-width ASCII to ASCII, for reading only.
pub(super) fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates() {
        let rows = [
            ("2018年3月5日", "2018-03-05"),
            ("２０１８年３月５日", "2018-03-05"),
            ("2018 年 3 月 5 日 09:12", "2018-03-05"),
            ("二〇一八年十二月二十一日", "2018-12-21"),
            ("二○一八年三月", "2018-03"),
            ("民國107年3月5日", "2018-03-05"),
            ("中华民国一〇七年三月", ""),
            ("民国三十八年三月", "1949-03"),
            ("民國一百零七年三月五日", "2018-03-05"),
            ("民国38年", "1949"),
            ("１９９８年", "1998"),
            ("2018年", "2018"),
            ("20180305", "2018-03-05"),
            ("2018/3/5 10:00", "2018-03-05"),
            ("1520208000", "2018-03-05"),
            ("1520208000000", "2018-03-05"),
            ("2018年13月5日", ""),
            ("昨天", ""),
            ("12345", ""),
        ];
        for (text, date) in rows {
            assert_eq!(parse(text).map(|d| d.to_string()).unwrap_or_default(), date, "{text}");
        }
    }

    #[test]
    fn a_moment_falls_on_the_day_in_china() {
        let day = from_number(1_520_179_200).expect("2018-03-05 00:00 in Beijing");
        assert_eq!((day.to_string().as_str(), day.inferred), ("2018-03-05", true));
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest() {
        let day = |text, span| {
            let (before, day) = yearless_at_end(text)?;
            Some(format!("{before}{}", day.near(DateSpan::parse(span)?)?))
        };
        let rows = [
            ("北京3月5日", "2018-03-06", "北京2018-03-05"),
            ("北京十二月三十一日", "2018-01-01", "北京2017-12-31"),
            ("北京1月2日", "2017-12-31", "北京2018-01-02"),
            ("台北5日", "2018-03-06", "台北2018-03-05"),
            ("台北31日", "2018-04-01", "台北2018-03-31"),
            ("3月5日", "2018", "2018-03-05"),
            ("5日", "2018", ""),
            ("13月5日", "2018", ""),
            ("35日", "2018-03", ""),
        ];
        for (text, span, expected) in rows {
            assert_eq!(day(text, span).unwrap_or_default(), expected, "{text} {span}");
        }
    }
}
