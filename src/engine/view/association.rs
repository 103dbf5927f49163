//! How far two counts are from what chance would give: pure formulas. All take counts of occurrences, and give 0 or
//! `None` where a total is nothing.
//!
//! G² says how sure it is that there is a difference (above 3.84: p < 0.05, above 15.13: p < 0.0001), and grows with the
//! texts; the log ratio says how large it is, and does not.

/// The count to expect if nothing tied row and column together: `row · column / total`.
pub fn expected(row: u64, column: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { row as f64 * column as f64 / total as f64 }
}

/// G² of a table of two by two (Dunning 1993, “Accurate Methods for the Statistics of Surprise and Coincidence”,
/// Computational Linguistics 19): twice the sum of `observed · ln(observed / expected)` over the four cells, given the
/// cell of both, the two sums that it is part of, and the whole.
///
/// ```
/// let g2 = xunzhang::engine::association::table_log_likelihood(10, 100, 50, 10_000);
/// assert!((g2 - 43.81).abs() < 0.01);
/// ```
pub fn table_log_likelihood(both: u64, row: u64, column: u64, total: u64) -> f64 {
    let (row, column) = (row.max(both), column.max(both));
    let total = total.max(row + column - both);
    let (other_row, other_column) = (total - row, total - column);
    let cells = [
        (both, expected(row, column, total)),
        (row - both, expected(row, other_column, total)),
        (column - both, expected(other_row, column, total)),
        (total + both - row - column, expected(other_row, other_column, total)),
    ];
    2.0 * cells.into_iter().map(|(observed, expected)| term(observed, expected)).sum::<f64>().max(0.0)
}

/// G² of a word in two corpora (Rayson and Garside 2000, “Comparing Corpora using Frequency Profiling”): twice the sum of
/// `observed · ln(observed / expected)` over the two counts, where a count is expected to be the word's share of both
/// corpora together.
pub fn log_likelihood(first: u64, first_total: u64, second: u64, second_total: u64) -> f64 {
    let (words, total) = (first + second, first_total + second_total);
    let of = |count, size| term(count, expected(size, words, total));
    2.0 * (of(first, first_total) + of(second, second_total)).max(0.0)
}

/// The binary logarithm of how many times commoner something is in the first corpus (Hardie 2014, “Log Ratio: an
/// informal introduction”): 1 is twice as common, -1 half. A count of nothing is taken for one half. `None` where both
/// counts or one of the corpora are nothing.
pub fn log_ratio(first: u64, first_total: u64, second: u64, second_total: u64) -> Option<f64> {
    if (first == 0 && second == 0) || first_total == 0 || second_total == 0 {
        return None;
    }
    let rate = |count: u64, total: u64| if count == 0 { 0.5 } else { count as f64 } / total as f64;
    Some((rate(first, first_total) / rate(second, second_total)).log2())
}

/// A count per million of a total; `None` where the total is nothing.
pub fn per_million(count: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| count as f64 * 1e6 / total as f64)
}

fn term(observed: u64, expected: f64) -> f64 {
    if observed == 0 || expected <= 0.0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
}
