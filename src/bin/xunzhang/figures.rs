//! Numbers as people read them: grouped, with a unit; and the sizes and limits that people type.

use xunzhang::{DateSpan, Limit};

/// A number with a comma after each thousand.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut all = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            all.push(',');
        }
        all.push(digit);
    }
    all
}

/// Bytes with a decimal unit: `1.2 MB`.
pub fn size(bytes: u64) -> String {
    let units = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    match units.iter().find(|(_, unit)| bytes as f64 >= *unit) {
        Some((name, unit)) => format!("{:.1} {name}", bytes as f64 / unit),
        None => format!("{bytes} B"),
    }
}

/// Milliseconds in both languages.
pub fn time(ms: f64) -> (String, String) {
    match ms {
        ms if ms < 1.0 => ("less than 1 ms".into(), "不到 1 毫秒".into()),
        ms if ms < 1000.0 => (format!("{ms:.0} ms"), format!("{ms:.0} 毫秒")),
        ms => (format!("{:.1} s", ms / 1000.0), format!("{:.1} 秒", ms / 1000.0)),
    }
}

/// How many a second, of so many in so many milliseconds.
pub fn rate(count: u64, took_ms: f64) -> String {
    grouped((count as f64 * 1000.0 / took_ms.max(1.0)) as u64)
}

/// A size as typed: `1048576`, `500k`, `20M`, `2G`; the units are decimal, as in [`size`].
pub fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "k" | "kb" => Some(1_000),
        "m" | "mb" => Some(1_000_000),
        "g" | "gb" => Some(1_000_000_000),
        _ => None,
    };
    let bytes = digits.parse::<u64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "write a size as 500k, 20M or 2G".to_owned())
}

/// A limit as typed: a number or `all`.
pub fn parse_limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit::All),
        _ => text.parse().map(Limit::Hits).map_err(|_| "write a number, or all".to_owned()),
    }
}

/// A date as typed: a year, a month or a day.
pub fn parse_date(text: &str) -> Result<DateSpan, String> {
    DateSpan::parse(text).ok_or_else(|| "write a date as 2018, 2018-03 or 2018-03-05".to_owned())
}

/// A share of a whole: 0 to 1.
pub fn parse_share(text: &str) -> Result<f32, String> {
    let share = text.parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1 is needed, as in 0.3".to_owned())
}

/// Two ends of days, either of which may be open.
pub type Ends = (Option<DateSpan>, Option<DateSpan>);

/// A period as typed: `2012..2016`, `2015`, or with one end left out.
pub fn parse_period(text: &str) -> Result<Ends, String> {
    let between = ["..", "…", "~", "～", "至"];
    let Some((from, to)) = between.iter().find_map(|sign| text.split_once(sign)) else {
        return parse_date(text).map(|date| (Some(date), Some(date)));
    };
    let end = |text: &str| if text.is_empty() { Ok(None) } else { parse_date(text).map(Some) };
    match (end(from)?, end(to)?) {
        (None, None) => Err("write a period as 2012..2016, 2015 or 2015-06..".to_owned()),
        (Some(from), Some(to)) if from.first > to.last => Err("it ends before it begins".to_owned()),
        ends => Ok(ends),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_sizes_have_units() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([999, 1_000, 51_200_000].map(size), ["999 B", "1.0 kB", "51.2 MB"]);
    }

    #[test]
    fn what_is_typed_is_read_or_told() {
        assert_eq!(parse_size("20M"), Ok(20_000_000));
        assert!(["", "M", "0", "-1", "3 apples", "99999999999G"].iter().all(|text| parse_size(text).is_err()));
        assert_eq!((parse_limit("all"), parse_limit("0")), (Ok(Limit::All), Ok(Limit::Hits(0))));
        assert!(["-1", "ALL", "1.5", ""].iter().all(|text| parse_limit(text).is_err()));
        assert_eq!(parse_period("2015"), parse_period("2015..2015"));
        assert!(parse_period("2015-06..").is_ok_and(|(since, until)| since.is_some() && until.is_none()));
        assert!(["", "..", "2015..x", "去年"].iter().all(|text| parse_period(text).is_err()));
        assert!(parse_date("2018-02-30").is_err() && parse_date("2018-02").is_ok());
    }
}
