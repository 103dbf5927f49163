//! Answers as a table: a row for each hit below a row of names. For spreadsheets it begins with a byte order mark, and
//! a cell that would be read as a formula begins with an apostrophe.

use std::io::{self, Write};

use xunzhang::snippet::shown;
use xunzhang::{Hit, SearchResponse};

use super::Form;
use crate::batch::Question;
use crate::escape;

const COLUMNS: [&str; 11] =
    ["query", "rank", "score", "id", "path", "url", "title", "date", "source", "lacks", "snippets"];

/// Answers as a table.
pub struct Csv {
    excel: bool,
    batch: bool,
    begun: bool,
}

impl Csv {
    /// A table; that of a batch has a column for the queries' ids.
    pub fn new(excel: bool, batch: bool) -> Self {
        Self { excel, batch, begun: false }
    }
}

impl Form for Csv {
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()> {
        let lead = |id: &'static str| self.batch.then_some(id).into_iter();
        if !self.begun {
            let mark = if self.excel { "\u{feff}" } else { "" };
            write!(out, "{mark}")?;
            out.write_all(&row(self.excel, lead("query_id").chain(COLUMNS))?)?;
        }
        self.begun = true;
        for hit in &response.hits {
            let cells = cells(hit);
            let id = question.id.as_deref().filter(|_| self.batch);
            out.write_all(&row(self.excel, id.into_iter().chain(cells.iter().map(String::as_str)))?)?;
        }
        Ok(())
    }
}

/// A row of a table, as CSV; for spreadsheets no cell that is a formula.
pub fn row<'a>(excel: bool, cells: impl Iterator<Item = &'a str>) -> io::Result<Vec<u8>> {
    let mut row = ::csv::Writer::from_writer(Vec::new());
    let cells = cells.map(escape::cell);
    row.write_record(cells.map(|cell| if excel { disarmed(cell) } else { cell }))?;
    row.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn cells(hit: &Hit) -> [String; 11] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let snippets: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    [
        hit.query.clone(),
        hit.rank.to_string(),
        hit.score.to_string(),
        hit.id.clone(),
        text(&hit.path),
        text(&hit.url),
        shown(&hit.title),
        text(&hit.date),
        text(&hit.source),
        hit.lacks.join(" "),
        snippets.join("\n"),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn disarmed(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']);
    if formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_disarmed_for_spreadsheets_alone() {
        let cells = || ["=1+1", "造林,\"甲\"", "a\nb\u{1b}"].into_iter();
        let row = |excel| row(excel, cells()).map(|row| String::from_utf8_lossy(&row).into_owned());
        assert_eq!(row(true).ok().as_deref(), Some("'=1+1,\"造林,\"\"甲\"\"\",\"a\nb\\u{1b}\"\n"));
        assert_eq!(row(false).ok().as_deref(), Some("=1+1,\"造林,\"\"甲\"\"\",\"a\nb\\u{1b}\"\n"));
    }
}
