//! A concordance: for people one line an occurrence, the matches one below the other by display width; as CSV a row an
//! occurrence.

use std::io::{self, Write};

use xunzhang::ConcordanceLine;

use super::csv::row;
use crate::escape;
use crate::terminal::Screen;
use crate::wrap::width;

const COLUMNS: [&str; 10] = ["term", "id", "date", "source", "field", "start", "end", "left", "node", "right"];
/// Columns of a day.
const DAY: usize = 10;

/// Prints the lines for people.
pub fn text(out: &mut dyn Write, screen: Screen, lines: &[ConcordanceLine]) -> io::Result<()> {
    let left: Vec<String> = lines.iter().map(|line| escape::line(&line.left)).collect();
    let right: Vec<String> = lines.iter().map(|line| escape::line(&line.node) + &escape::line(&line.right)).collect();
    let widest = |sides: &[String]| sides.iter().map(|side| width(side)).max().unwrap_or_default();
    let (before, behind) = (widest(&left), widest(&right));
    for ((line, left), right) in lines.iter().zip(&left).zip(&right) {
        let date = line.date.as_deref().unwrap_or_default();
        let lead = format!("{date:DAY$}  {}", " ".repeat(before - width(left)));
        let context = format!("{left}{right}");
        let node = left.len()..left.len() + escape::line(&line.node).len();
        let context = screen.marked(&context, std::iter::once(node));
        let facts: Vec<&str> = [line.source.as_deref(), Some(line.id.as_str())].into_iter().flatten().collect();
        let facts = format!("{}  {}", " ".repeat(behind - width(right)), facts.join(" · "));
        screen.line(out, &lead, &context, &facts)?;
    }
    Ok(())
}

/// Prints the lines as CSV.
pub fn csv(out: &mut dyn Write, lines: &[ConcordanceLine], excel: bool) -> io::Result<()> {
    write!(out, "{}", if excel { "\u{feff}" } else { "" })?;
    out.write_all(&row(excel, COLUMNS.into_iter())?)?;
    for line in lines {
        let [start, end] = line.range.map(|byte| byte.to_string());
        let (date, source) = (line.date.as_deref().unwrap_or_default(), line.source.as_deref().unwrap_or_default());
        let cells = [&line.term, &line.id, date, source, line.field, &start, &end, &line.left, &line.node, &line.right];
        out.write_all(&row(excel, cells.into_iter())?)?;
    }
    Ok(())
}
