//! Periods of time: calendar years, months and days, and stretches of days that have a name.

use serde::Serialize;

use crate::document::{DateSpan, Day};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A stretch of days with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

impl Unit {
    /// Number of the unit that a day lies in; units that follow each other have numbers that do.
    pub(super) fn number(self, day: Day) -> i32 {
        let (year, month, _) = day.calendar();
        match self {
            Self::Year => year,
            Self::Month => year * 12 + i32::from(month) - 1,
            Self::Day => day.0,
        }
    }

    /// Number of the unit that a date lies in as a whole; `None` where it covers more than one.
    pub(super) fn whole(self, (first, last): (Day, Day)) -> Option<i32> {
        Some(self.number(first)).filter(|number| *number == self.number(last))
    }

    /// The days of a unit.
    pub(super) fn span(self, number: i32) -> DateSpan {
        let day = Day(number);
        let span = match self {
            Self::Year => DateSpan::new(number, None, None),
            // A month of the calendar is a number from 1 to 12.
            Self::Month => DateSpan::new(number.div_euclid(12), Some(number.rem_euclid(12) as u8 + 1), None),
            Self::Day => None,
        };
        span.unwrap_or(DateSpan { first: day, last: day, inferred: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_the_days_that_have_its_number() {
        for text in ["2018-01-01", "2018-12-31", "2020-02-29", "1969-12-31"] {
            let day = DateSpan::parse(text).expect("a date").first;
            for unit in [Unit::Year, Unit::Month, Unit::Day] {
                let span = unit.span(unit.number(day));
                assert!((span.first..=span.last).contains(&day), "{text} {unit:?} {span}");
                assert_eq!(unit.whole((span.first, span.last)), Some(unit.number(day)));
                assert_eq!(unit.whole((span.first, Day(span.last.0 + 1))), None);
            }
        }
    }
}
