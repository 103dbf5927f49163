//! Counts over time as a table, a row for each period: nothing where the index has nothing then.

use xunzhang::Bar;

use crate::escape;

/// The names of the cells.
pub const COLUMNS: [&str; 10] = [
    "period",
    "from",
    "to",
    "documents",
    "occurrences",
    "all_documents",
    "all_han",
    "per_million_han",
    "per_thousand_documents",
    "inferred_dates",
];

/// The cells of a period.
pub fn cells(bar: &Bar) -> [String; 10] {
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let rate = |rate: Option<f64>| rate.map_or_else(String::new, |rate| rate.to_string());
    [
        escape::cell(&bar.period),
        bar.from.clone(),
        bar.to.clone(),
        count(bar.documents),
        count(bar.occurrences),
        bar.all_documents.to_string(),
        bar.all_han.to_string(),
        rate(bar.per_million_han),
        rate(bar.per_thousand_documents),
        bar.inferred.to_string(),
    ]
}
