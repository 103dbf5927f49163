//! A table of words and numbers: for people in columns, the numbers to the right with two decimals; as CSV with the
//! numbers in full.

use std::io::{self, Write};

use super::csv::row;
use crate::escape;
use crate::figures::grouped;
use crate::labels::Label;
use crate::language::Language;
use crate::terminal::Screen;
use crate::wrap::width;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Cell {
    Text(String),
    Count(u64),
    /// A number, where there is one.
    Real(Option<f64>),
}

/// Rows below names: those of CSV, and those that people read.
pub struct Table {
    columns: Vec<(&'static str, Label)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: &[(&'static str, Label)], rows: impl Iterator<Item = Vec<Cell>>) -> Self {
        Self { columns: columns.to_vec(), rows: rows.collect() }
    }

    /// Prints it for people.
    pub fn text(&self, out: &mut dyn Write, screen: Screen, language: Language) -> io::Result<()> {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(Cell::read).collect()).collect();
        let head: Vec<&str> = self.columns.iter().map(|(_, label)| label.text(language)).collect();
        let widest = |column: usize| {
            let cells = rows.iter().map(|row| width(&row[column]));
            cells.chain([width(head[column])]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..head.len()).map(widest).collect();
        let is_text = |column: usize| self.rows.first().is_none_or(|row| matches!(row[column], Cell::Text(_)));
        let line = |cells: &[&str]| {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, widest))| {
                let blanks = " ".repeat(widest - width(cell));
                if is_text(column) { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") }
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        screen.heading(out, &line(&head), &screen.marked("", std::iter::empty()))?;
        for row in &rows {
            writeln!(out, "{}", line(&row.iter().map(String::as_str).collect::<Vec<_>>()))?;
        }
        Ok(())
    }

    /// Prints it as CSV.
    pub fn csv(&self, out: &mut dyn Write, excel: bool) -> io::Result<()> {
        write!(out, "{}", if excel { "\u{feff}" } else { "" })?;
        out.write_all(&row(excel, self.columns.iter().map(|(name, _)| *name))?)?;
        for cells in &self.rows {
            let cells: Vec<String> = cells.iter().map(Cell::full).collect();
            out.write_all(&row(excel, cells.iter().map(String::as_str))?)?;
        }
        Ok(())
    }
}

impl Cell {
    /// As people read it.
    fn read(&self) -> String {
        match self {
            Self::Text(text) => escape::line(text),
            Self::Count(count) => grouped(*count),
            Self::Real(Some(number)) => format!("{number:.2}"),
            Self::Real(None) => "–".to_owned(),
        }
    }

    /// In full.
    fn full(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Real(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_by_display_width() {
        let rows = [("扶贫", 1234, Some(-1.005)), ("产业扶贫", 5, None)];
        let rows = rows.map(|(word, count, real)| vec![Cell::Text(word.into()), Cell::Count(count), Cell::Real(real)]);
        let columns = [("word", Label::Word), ("count", Label::Count), ("log_ratio", Label::LogRatio)];
        let table = Table::new(&columns, rows.into_iter());
        let mut out = Vec::new();
        let (_, screen) = Screen::open(crate::terminal::Colours::Never);
        table.text(&mut out, screen, Language::English).expect("memory takes bytes");
        let wanted = "word      count  log ratio\n扶贫      1,234      -1.00\n产业扶贫      5          –\n";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
        let mut out = Vec::new();
        table.csv(&mut out, true).expect("memory takes bytes");
        let wanted = "\u{feff}word,count,log_ratio\n扶贫,1234,-1.005\n产业扶贫,5,\n";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
    }
}
