//! Rows of cells one below the other by display width, and bars behind them.

use crate::wrap::width;

/// Columns that the longest bar takes.
const LONGEST_BAR: u64 = 30;

/// Pads the cells of rows so that columns stand one below the other: the first to the left, numbers to the right.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let padded = |(at, cell): (usize, &String)| {
        let blanks = " ".repeat(widest[at] - width(cell));
        if at == 0 { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") }
    };
    rows.iter().map(|row| row.iter().enumerate().map(padded).collect::<Vec<_>>().join("  ")).collect()
}

/// A bar for a part of the most; a part that is there at all can be seen.
pub fn bar(part: u64, most: u64) -> String {
    let full = (u128::from(part) * u128::from(LONGEST_BAR) / u128::from(most.max(1))) as usize;
    match (part, full) {
        (0, _) => String::new(),
        (_, 0) => "▏".to_owned(),
        (_, full) => "█".repeat(full),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_one_below_the_other() {
        let rows = [vec!["麦川日报".to_owned(), "7".to_owned()], vec!["a".to_owned(), "1,234".to_owned()]];
        assert_eq!(aligned(&rows), ["麦川日报      7", "a         1,234"]);
        assert_eq!([bar(0, 9), bar(1, 1000), bar(9, 9)], [String::new(), "▏".into(), "█".repeat(30)]);
    }
}
