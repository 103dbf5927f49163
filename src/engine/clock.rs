//! The time of day, as an index remembers it, and the time that something took.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::document::Day;

/// Now, as RFC 3339 in UTC, to the second.
pub(super) fn now() -> String {
    let seconds = seconds();
    let day = Day(i32::try_from(seconds / 86_400).unwrap_or(i32::MAX));
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Now, in seconds since 1970 in UTC.
pub(super) fn seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// Milliseconds since a moment, to the thousandth.
pub(super) fn since(began: Instant) -> f64 {
    (began.elapsed().as_secs_f64() * 1_000_000.0).round() / 1000.0
}
