//! Short lists of strings with their documents: for people one below the other, as lines of JSON, as a table.

use std::io::{self, Write};

use serde::Serialize;
use xunzhang::Completion;

use super::json_line;
use crate::escape;
use crate::figures::grouped;
use crate::wrap::width;

/// A line for people.
pub struct Row<'a> {
    pub text: &'a str,
    pub documents: u64,
    pub note: &'a str,
}

impl<'a> Row<'a> {
    /// A word and how many articles have it.
    pub fn of(completion: &'a Completion) -> Self {
        Self { text: &completion.text, documents: completion.documents, note: "" }
    }
}

/// Writes strings, numbers and notes in columns.
pub fn text(out: &mut dyn Write, rows: &[Row<'_>]) -> io::Result<()> {
    let texts: Vec<String> = rows.iter().map(|row| escape::line(row.text)).collect();
    let numbers: Vec<String> = rows.iter().map(|row| grouped(row.documents)).collect();
    let widest = texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let longest = numbers.iter().map(String::len).max().unwrap_or(0);
    for ((row, text), number) in rows.iter().zip(&texts).zip(&numbers) {
        let line = format!("{text}{:1$}  {number:>longest$}  {2}", "", widest - width(text), row.note);
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes each on a line of JSON.
pub fn json(out: &mut dyn Write, rows: &[impl Serialize]) -> io::Result<()> {
    rows.iter().try_for_each(|row| writeln!(out, "{}", json_line(row)?))
}

/// Writes a table, its columns named by the fields.
pub fn csv(out: &mut dyn Write, rows: &[impl Serialize]) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    rows.iter().try_for_each(|row| table.serialize(row))?;
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_one_below_the_other() {
        let rows = [Row { text: "天水", documents: 1_234, note: "x" }, Row { text: "天水市", documents: 5, note: "" }];
        let mut out = Vec::new();
        text(&mut out, &rows).expect("memory takes bytes");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), "天水    1,234  x\n天水市      5\n");
    }
}
