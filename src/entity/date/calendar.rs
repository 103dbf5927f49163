//! Points and intervals of the calendar, as values are written, and the day of publication.

use std::fmt;

use crate::document::{DateSpan, Day};

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// What a date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    At(Point),
    Between(Point, Point),
}

/// When the article was published, as exactly as is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Published {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<Day>,
}

impl Point {
    pub fn year(year: i32) -> Self {
        Self { year, month: None, day: None }
    }

    pub fn month(year: i32, month: u8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    /// The date, if the calendar has it.
    pub fn checked(self) -> Option<Self> {
        let in_use = (1..=2999).contains(&self.year);
        (in_use && DateSpan::new(self.year, self.month, self.day).is_some()).then_some(self)
    }
}

impl From<Day> for Point {
    fn from(day: Day) -> Self {
        let (year, month, day) = day.calendar();
        Self { year, month: Some(month), day: Some(day) }
    }
}

impl Value {
    /// An interval of whole years.
    pub fn years(first: i32, last: i32) -> Self {
        Self::Between(Point::year(first), Point::year(last))
    }

    /// An interval of whole months.
    pub fn months(year: i32, first: u8, last: u8) -> Self {
        Self::Between(Point::month(year, first), Point::month(year, last))
    }
}

impl Published {
    pub fn new(span: DateSpan) -> Self {
        let (year, month, _) = span.first.calendar();
        let within_month = span.last.0 - span.first.0 < 31;
        Self { year, month: within_month.then_some(month), day: (span.first == span.last).then_some(span.first) }
    }

    /// The year that a month without one is most likely of: the year of publication, but for a month long ahead, which
    /// has been (December, told in January), and one long past that is told to come (January, told in December).
    pub fn year_of(&self, month: u8, to_come: bool) -> i32 {
        let now = i32::from(self.month.unwrap_or(month));
        match i32::from(month) - now {
            10.. if !to_come => self.year - 1,
            ..=-8 if to_come => self.year + 1,
            _ => self.year,
        }
    }

    /// Year and month of a bare day: those of publication, the month before for a day more than ten days ahead.
    pub fn month_of(&self, day: u8) -> Option<(i32, u8)> {
        let ahead = self.day.is_some_and(|today| i32::from(day) - i32::from(today.calendar().2) > 10);
        self.months_away(-i32::from(ahead))
    }

    /// Year and month so many months away.
    pub fn months_away(&self, months: i32) -> Option<(i32, u8)> {
        let all = self.year * 12 + i32::from(self.month?) - 1 + months;
        Some((all.div_euclid(12), u8::try_from(all.rem_euclid(12) + 1).ok()?))
    }

    /// Monday of the week so many weeks away. 1970-01-01 was a Thursday.
    pub fn monday(&self, weeks: i32) -> Option<Day> {
        let day = self.day?.0;
        Some(Day(day - (day + 3).rem_euclid(7) + 7 * weeks))
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(point) => write!(f, "{point}"),
            Self::Between(first, last) => write!(f, "{first}/{last}"),
        }
    }
}
