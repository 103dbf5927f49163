//! Promise: the figures beside words are those of the literature. The tables of `golden/` were made by SciPy, which
//! shares no code with us; their heads say how. Some rows are worked out here by hand as well.

use xunzhang::engine::association::{expected, log_likelihood, log_ratio, per_million, table_log_likelihood};

fn rows(table: &str) -> Vec<Vec<f64>> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect()
}

/// Equal but for what ten decimals and the last bits of a sum leave open.
fn same(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 + 1e-9 * theirs.abs().max(1000.0)
}

#[test]
fn two_corpora_agree_with_scipy() {
    let rows = rows(include_str!("golden/keyness.csv"));
    assert!(rows.len() >= 9);
    for row in rows {
        let [a, a_total, b, b_total] = [0, 1, 2, 3].map(|column| row[column] as u64);
        let (g2, ratio) = (log_likelihood(a, a_total, b, b_total), log_ratio(a, a_total, b, b_total));
        assert!(same(g2, row[4]), "{row:?}: {g2}");
        assert!(ratio.is_some_and(|ratio| same(ratio, row[5])), "{row:?}: {ratio:?}");
    }
}

#[test]
fn tables_of_two_by_two_agree_with_scipy() {
    let rows = rows(include_str!("golden/collocations.csv"));
    assert!(rows.len() >= 7);
    for row in rows {
        let [both, line, column, total] = [0, 1, 2, 3].map(|cell| row[cell] as u64);
        let (chance, g2) = (expected(line, column, total), table_log_likelihood(both, line, column, total));
        assert!(same(chance, row[4]) && same(g2, row[5]), "{row:?}: {chance} {g2}");
    }
}

#[test]
fn rows_by_hand() {
    let ln2 = std::f64::consts::LN_2;
    // 10 and 0 of a thousand each: 5 are expected of either, 2 · 10 · ln(10 / 5); a zero is a half, log2(10 / 0.5).
    assert!(same(log_likelihood(10, 1000, 0, 1000), 20.0 * ln2));
    assert!(log_ratio(10, 1000, 0, 1000).is_some_and(|ratio| same(ratio, 20_f64.log2())));
    // 30 and 10 of a thousand each: 20 are expected, 2 · (30 · ln 1.5 + 10 · ln 0.5); three times as common.
    assert!(same(log_likelihood(30, 1000, 10, 1000), 2.0 * (30.0 * 1.5_f64.ln() - 10.0 * ln2)));
    assert!(log_ratio(30, 1000, 10, 1000).is_some_and(|ratio| same(ratio, 3_f64.log2())));
    // Of 10,000 words 100 are near, 50 are this one, 10 are both: cells 10, 90, 40, 9860 where 0.5, 99.5, 49.5, 9850.5
    // are expected.
    let cells = [(10.0, 0.5), (90.0, 99.5), (40.0, 49.5), (9860.0, 9850.5)];
    let sum: f64 = cells.map(|(observed, expected): (f64, f64)| observed * (observed / expected).ln()).iter().sum();
    assert!(same(table_log_likelihood(10, 100, 50, 10_000), 2.0 * sum));
}

#[test]
fn nothing_is_no_difference() {
    assert_eq!((log_likelihood(0, 0, 0, 0), log_likelihood(0, 0, 5, 10), expected(3, 4, 0)), (0.0, 0.0, 0.0));
    assert_eq!(table_log_likelihood(0, 0, 0, 0), 0.0);
    for nothing in [log_ratio(0, 0, 5, 10), log_ratio(5, 10, 0, 0), log_ratio(0, 10, 0, 10), per_million(1, 0)] {
        assert_eq!(nothing, None);
    }
    assert_eq!(per_million(1, 4), Some(250_000.0));
    // Sums that cannot be are taken for the least that can.
    assert!(table_log_likelihood(5, 3, 4, 2).is_finite());
}
