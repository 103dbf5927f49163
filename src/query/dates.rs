//! Values of `日期:`, as days from and to.
//!
//! A date is `2018`, `2018-02`, `2018-02-28`, also with `/` or `.` between, `20180228` or 2018年2月28日; digits may be
//! full-width, and before 年, 月 and 日 Chinese numerals: 二〇一八年十二月. 民国38年 is 1949. A range is `a..b`, also `a～b` or a至b, and either end may be left out; `>=`, `>`, `<=`, `<` compare. A
//! month or a year is all that it covers.

use std::fmt;

use serde::Serialize;

use super::error::Fault;
use super::sign::narrow;
use crate::document::{DateSpan, Day};

/// Days from the first to the last, both counted; an end that is missing is open. A document belongs to it if its
/// own span of days overlaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DateRange {
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

impl fmt::Display for DateRange {
    /// As a query writes it: `2018`, `2018-02`, `2018-02-28`, `2018-02-01..2018-03-31`, `2018-02-01..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) => write!(f, "{}", DateSpan { first, last, inferred: false }),
            (Some(first), None) => write!(f, "{first}.."),
            (None, Some(last)) => write!(f, "..{last}"),
            (None, None) => write!(f, ".."),
        }
    }
}

/// Signs that stand between the ends of a range.
const BETWEEN: [&str; 5] = ["..", "…", "~", "至", "到"];

/// Reads a value.
pub(super) fn parse(value: &str) -> Result<DateRange, Fault> {
    let bad = || Fault::BadDate { value: value.to_owned() };
    let text: String = value.chars().map(narrow).collect();
    let range = compared(&text).or_else(|| between(&text)).ok_or_else(bad)?;
    match (range.first, range.last) {
        (Some(first), Some(last)) if first > last => Err(Fault::DatesBackwards { value: value.to_owned() }),
        _ => Ok(range),
    }
}

/// `>=2018` and its like.
fn compared(text: &str) -> Option<DateRange> {
    let after = |signs: &[&str]| signs.iter().find_map(|sign| text.strip_prefix(sign)).and_then(span);
    if let Some(span) = after(&[">=", "≥"]) {
        return Some(DateRange { first: Some(span.first), last: None });
    }
    if let Some(span) = after(&["<=", "≤"]) {
        return Some(DateRange { first: None, last: Some(span.last) });
    }
    if let Some(span) = after(&[">"]) {
        return Some(DateRange { first: Some(Day(span.last.0 + 1)), last: None });
    }
    after(&["<"]).map(|span| DateRange { first: None, last: Some(Day(span.first.0 - 1)) })
}

/// One date, or a range.
fn between(text: &str) -> Option<DateRange> {
    let Some((from, to)) = BETWEEN.iter().find_map(|sign| text.split_once(sign)) else {
        return span(text).map(|span| DateRange { first: Some(span.first), last: Some(span.last) });
    };
    let end = |text: &str| if text.is_empty() { Some(None) } else { span(text).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    if from.is_none() && to.is_none() {
        return None;
    }
    Some(DateRange { first: from.map(|span| span.first), last: to.map(|span| span.last) })
}

/// A day, a month or a year.
fn span(text: &str) -> Option<DateSpan> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if digits(text) && matches!(text.len(), 6 | 8) {
        let month = text[4..6].parse().ok();
        let day = if text.len() == 8 { Some(text[6..].parse().ok()?) } else { None };
        return DateSpan::new(text[..4].parse().ok()?, month, day);
    }
    let plain = match text.split_once('年') {
        None => text.to_owned(),
        Some((of, "")) => year(of)?,
        Some((of, rest)) => match rest.split_once('月')? {
            (month, "") => format!("{}-{}", year(of)?, small(month)?),
            (month, day) => {
                format!("{}-{}-{}", year(of)?, small(month)?, small(day.strip_suffix(['日', '号', '號'])?)?)
            }
        },
    };
    let allowed = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.'));
    if allowed { DateSpan::parse(&plain) } else { None }
}

/// Years of the Republic are counted from 1912, the first.
const REPUBLIC: u32 = 1911;

/// A year before 年, in digits: `2018`, 二〇一八, 民国38, 民国元.
fn year(written: &str) -> Option<String> {
    if let Some(of) = written.strip_prefix("民国").or_else(|| written.strip_prefix("民國")) {
        let number = if of == "元" { 1 } else { small(of)?.parse::<u32>().ok()? };
        return Some((REPUBLIC + number).to_string());
    }
    let digits: Option<String> = written.chars().map(digit).collect();
    digits.or_else(|| Some(written.to_owned()))
}

/// A number below a hundred, in digits: `3`, 三, 十二, 三十, 三十一.
fn small(written: &str) -> Option<String> {
    let Some((tens, ones)) = written.split_once('十') else {
        return Some(written.chars().map(|c| digit(c).unwrap_or(c)).collect());
    };
    let one = |text: &str, nothing: u32| match text.chars().next() {
        None => Some(nothing),
        Some(c) if c.len_utf8() == text.len() => digit(c)?.to_digit(10),
        Some(_) => None,
    };
    Some((one(tens, 1)? * 10 + one(ones, 0)?).to_string())
}

/// A digit for a Chinese numeral or a digit.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '〇' | '○' | '◯' | '零' => Some('0'),
        _ => "一二三四五六七八九".chars().zip('1'..='9').find(|(numeral, _)| *numeral == c).map(|(_, digit)| digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_dates() {
        for (value, wanted) in [
            ("2018", "2018"),
            ("２０１８", "2018"),
            ("2018-2", "2018-02"),
            ("201802", "2018-02"),
            ("20180228", "2018-02-28"),
            ("2018年3月", "2018-03"),
            ("2018年3月5号", "2018-03-05"),
            ("2018年", "2018"),
            ("二〇一八年", "2018"),
            ("二○一八年十二月", "2018-12"),
            ("一九四九年十月一日", "1949-10-01"),
            ("2018年三月二十一日", "2018-03-21"),
            ("民国元年", "1912"),
            ("民國三十八年十月", "1949-10"),
            ("2018.3.5", "2018-03-05"),
            ("2018-02..2018-03", "2018-02-01..2018-03-31"),
            ("2018～2019", "2018-01-01..2019-12-31"),
            ("2018年2月至2018年3月", "2018-02-01..2018-03-31"),
            ("2018-02..", "2018-02-01.."),
            ("..2018", "..2018-12-31"),
            (">=2018", "2018-01-01.."),
            ("＞2018", "2019-01-01.."),
            ("≤2018-02", "..2018-02-28"),
            ("<2019-03", "..2019-02-28"),
        ] {
            let range = parse(value).unwrap_or_else(|fault| panic!("{value}: {fault}"));
            assert_eq!(range.to_string(), wanted, "{value}");
            assert_eq!(parse(wanted), Ok(range), "{value}");
        }
        for value in [
            "",
            "..",
            ">=",
            "2018-13",
            "2018-02-30",
            "18",
            "今年",
            "2018-+3",
            "2018..x",
            "+201",
            "2018月",
            "2018年5日",
            "二〇一八",
            "二〇一八年十三月",
            "二十一八年",
            "民国年",
            "日",
        ] {
            assert!(matches!(parse(value), Err(Fault::BadDate { .. })), "{value}");
        }
        assert!(matches!(parse("2019..2018"), Err(Fault::DatesBackwards { .. })));
    }
}
