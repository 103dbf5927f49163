//! Columns: pieces of rows in the order in which a page is read.
//!
//! A page is parted where a gutter runs between prose on both sides; rows that cross it, as a headline, keep their place.
//! A table has gutters, too, but its cells do not fill their columns, and is read row by row.

use super::rows::Piece;

/// Rows that a stretch of columns has at least.
const ROWS: usize = 4;
/// Columns within columns at most.
const DEEPEST: usize = 4;
/// Points by which a gutter is looked for.
const STEP: f64 = 2.0;

/// A row as it is read: its pieces from the left.
pub(super) type Row = Vec<Piece>;

/// The blocks of a page in reading order, each with its rows.
pub(super) fn blocks(rows: &[Row]) -> Vec<Vec<Row>> {
    parted(rows, 0)
}

fn parted(rows: &[Row], depth: usize) -> Vec<Vec<Row>> {
    let Some(gutter) = gutter(rows).filter(|_| depth < DEEPEST) else {
        return if rows.is_empty() { Vec::new() } else { vec![rows.to_vec()] };
    };
    let crosses = |row: &Row| row.iter().any(|piece| piece.left < gutter && piece.right > gutter);
    let (mut blocks, mut plain) = (Vec::new(), Vec::new());
    for run in rows.chunk_by(|a, b| crosses(a) == crosses(b)) {
        let sides = sides(run, gutter);
        if crosses(&run[0]) || !sides.iter().all(|side| is_prose(side)) {
            plain.extend_from_slice(run);
            continue;
        }
        if !plain.is_empty() {
            blocks.push(std::mem::take(&mut plain));
        }
        blocks.extend(sides.iter().flat_map(|side| parted(side, depth + 1)));
    }
    if !plain.is_empty() {
        blocks.push(plain);
    }
    blocks
}

/// Left and right of a gutter.
fn sides(rows: &[Row], gutter: f64) -> [Vec<Row>; 2] {
    [true, false].map(|is_left| {
        let side =
            rows.iter().map(|row| row.iter().filter(|piece| (piece.left < gutter) == is_left).cloned().collect());
        side.filter(|row: &Row| !row.is_empty()).collect()
    })
}

/// Where the fewest rows cross, with prose on both sides of it.
fn gutter(rows: &[Row]) -> Option<f64> {
    if rows.len() < ROWS {
        return None;
    }
    let pieces = || rows.iter().flatten();
    let left = pieces().map(|piece| piece.left).fold(f64::INFINITY, f64::min);
    let right = pieces().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max);
    let margin = (right - left) * 0.15;
    let mut best: Option<(usize, f64, f64)> = None;
    let mut x = left + margin;
    while x < right - margin {
        let crossing = pieces().filter(|piece| piece.left < x && piece.right > x).count();
        match &mut best {
            // The middle of the widest place of its kind.
            Some((fewest, _, end)) if *fewest == crossing && x - *end <= STEP * 1.5 => *end = x,
            Some((fewest, ..)) if *fewest <= crossing => {}
            _ => best = Some((crossing, x, x)),
        }
        x += STEP;
    }
    let (crossing, start, end) = best?;
    let gutter = f64::midpoint(start, end);
    // Lines of two columns need not stand on one level.
    let [before, behind] = sides(rows, gutter).map(|side| side.len());
    (before.min(behind) >= ROWS && crossing * 2 <= rows.len()).then_some(gutter)
}

/// Whether rows are lines of prose: most of them fill their column.
fn is_prose(rows: &[Row]) -> bool {
    let edges = |row: &Row| (row.first().map_or(0.0, |p| p.left), row.last().map_or(0.0, |p| p.right));
    let left = rows.iter().map(|row| edges(row).0).fold(f64::INFINITY, f64::min);
    let right = rows.iter().map(|row| edges(row).1).fold(f64::NEG_INFINITY, f64::max);
    let is_full = |row: &&Row| {
        let (start, end) = edges(row);
        end - start >= 0.8 * (right - left) && row.iter().map(|piece| piece.text.chars().count()).sum::<usize>() >= 6
    };
    rows.len() >= ROWS && rows.iter().filter(is_full).count() * 2 >= rows.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: f64, y: f64) -> Piece {
        let right = left + 10.0 * text.chars().count() as f64;
        Piece { text: text.into(), left, right, y, size: 10.0 }
    }

    fn read(rows: &[Row]) -> String {
        let text = |row: &Row| row.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|");
        let block = |block: &Vec<Row>| block.iter().map(text).collect::<Vec<_>>().join(" ");
        blocks(rows).iter().map(block).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_tables_by_rows() {
        let mut rows = vec![vec![piece("一条跨越两栏的标题标题标题标", 0.0, 0.0)]];
        for at in 0..5 {
            let y = 20.0 + 15.0 * f64::from(at);
            rows.push(vec![piece("左左左左左左左", 0.0, y), piece("右右右右右右右", 90.0, y)]);
        }
        let read_columns = read(&rows);
        assert!(read_columns.starts_with("一条跨越两栏的标题标题标题标 / 左左左左左左左 左"), "{read_columns}");
        assert!(
            read_columns.ends_with("左 / 右右右右右右右 右右右右右右右 右右右右右右右 右右右右右右右 右右右右右右右")
        );
        let table: Vec<Row> = ["张三", "李四", "欧阳春", "王五", "赵六"]
            .map(|name| vec![piece(name, 0.0, 0.0), piece("某县林业局", 90.0, 0.0)])
            .to_vec();
        assert!(!read(&table).contains('/'));
    }
}
