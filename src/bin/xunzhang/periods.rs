//! Units of the calendar, and a file of named periods: a line for each, name, from and to, with commas or tabs between. A date is a day, a month or
//! a year, of which `from` is the first day and `to` the last. Blank lines, lines that begin with `#` and a first line of
//! headings are passed over; periods may overlap.

use std::path::Path;

use anyhow::{Context, bail};
use clap::ValueEnum;
use csv::{ByteRecord, ReaderBuilder};
use xunzhang::{DateSpan, Period, Unit};

use crate::messages::Message;
use crate::talk::Talk;

/// A unit of the calendar, as typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum UnitName {
    Year,
    Month,
    Day,
}

impl UnitName {
    /// As the library names it.
    pub fn unit(self) -> Unit {
        match self {
            Self::Year => Unit::Year,
            Self::Month => Unit::Month,
            Self::Day => Unit::Day,
        }
    }
}

/// Faulty lines that are told.
const TOLD: usize = 20;

/// Reads a file of periods; every faulty line is named.
pub fn read(path: &Path, talk: Talk) -> anyhow::Result<Vec<Period>> {
    let bytes = std::fs::read(path).with_context(|| talk.text(Message::CannotRead { path }))?;
    let (periods, faults) = periods(&bytes, talk);
    if !faults.is_empty() {
        let mut told = faults.iter().take(TOLD).cloned().collect::<Vec<_>>().join("\n  ");
        if faults.len() > TOLD {
            told += "\n  …";
        }
        bail!("{}\n  {told}", talk.text(Message::BadPeriods { path }));
    }
    if periods.is_empty() {
        bail!(talk.text(Message::NoPeriods { path }));
    }
    Ok(periods)
}

/// The periods of a file, and what is wrong with its lines. A name may stand in quotes, but on one line.
fn periods(bytes: &[u8], talk: Talk) -> (Vec<Period>, Vec<String>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).delimiter(if bytes.contains(&b'\t') { b'\t' } else { b',' });
    let (mut periods, mut faults) = (Vec::new(), Vec::new());
    let mut first = true;
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.trim_ascii_end();
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let record = reader.from_reader(line).into_byte_records().next().and_then(Result::ok).unwrap_or_default();
        let heading = record.len() == 3 && !record.iter().skip(1).flatten().any(u8::is_ascii_digit);
        if std::mem::take(&mut first) && heading {
            continue;
        }
        match period(&record) {
            Ok(period) => periods.push(period),
            Err(fault) => {
                faults.push(talk.text(Message::BadLine { line: number, fault: &talk.text(fault) }));
            }
        }
    }
    (periods, faults)
}

fn period(record: &ByteRecord) -> Result<Period, Message<'static>> {
    let fields: Result<Vec<&str>, _> = record.iter().map(|field| str::from_utf8(field).map(str::trim)).collect();
    let fields = fields.map_err(|_| Message::NotUtf8)?;
    let [name, from, to] = fields.as_slice() else { return Err(Message::NotThreeFields) };
    let (Some(from), Some(to)) = (DateSpan::parse(from), DateSpan::parse(to)) else { return Err(Message::NotADate) };
    match (name.is_empty(), from.first > to.last) {
        (true, _) => Err(Message::NoName),
        (_, true) => Err(Message::PeriodBackwards),
        _ => Ok(Period { name: (*name).to_owned(), first: from.first, last: to.last }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::terminal::Colours;

    #[test]
    fn lines_are_periods_or_told_with_their_numbers() {
        let talk = Talk { language: Language::English, colours: Colours::Never };
        let text = "name,from,to\n\n# 说明\n汛期,2018-06,2018-08\n\"全年, 2018\",2018,2018\n坏,2018-13,2019\n,2018,2018\n倒,2019,2018\n少,2018\n";
        let (periods, faults) = periods(text.as_bytes(), talk);
        let plain: Vec<String> = periods.iter().map(|p| format!("{} {} {}", p.name, p.first, p.last)).collect();
        assert_eq!(plain, ["汛期 2018-06-01 2018-08-31", "全年, 2018 2018-01-01 2018-12-31"]);
        let lines: Vec<&str> = faults.iter().map(|fault| fault.split(':').next().unwrap_or_default()).collect();
        assert_eq!(lines, ["line 6", "line 7", "line 8", "line 9"], "{faults:?}");
        let (periods, faults) = super::periods("\u{feff}甲\t2018\t2019\n".as_bytes(), talk);
        assert_eq!((periods.len(), faults.len()), (1, 0));
    }
}
