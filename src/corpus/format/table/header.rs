//! The first row of a table: the sign between its cells, and the names of the columns.
//!
//! A table whose first row names neither a title nor a text is not guessed at: a reader of the index could not tell
//! what was left out.

use super::super::super::fields::{Field, Keys};
use super::super::super::skip::{Fault, SkipReason};
use super::{Cells, Row, Source, parser};

/// Signs between cells, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Lines that a row of names may span.
const LINES: usize = 8;

/// The names of the columns, and what stands between two cells.
pub(super) struct Header {
    pub delimiter: u8,
    pub names: Vec<String>,
}

impl Header {
    /// Reads the row that begins with a line; none where the line is blank or only names the sign, as Excel's `sep=;`.
    ///
    /// # Errors
    /// No column is a title or a text.
    pub(super) fn new(first: Row, source: &mut Source, keys: &Keys) -> Result<Option<Self>, Fault> {
        let line = first.text.trim();
        if line.is_empty() || line.len() == 5 && line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) {
            return Ok(None);
        }
        let mut rows = vec![first];
        while rows.iter().map(|row| row.text.matches('"').count()).sum::<usize>() % 2 == 1 && rows.len() < LINES {
            let Some(next) = source.next()? else { break };
            rows.push(next);
        }
        let read = DELIMITERS.map(|delimiter| Self { delimiter, names: names(&rows, delimiter) });
        // The commonest sign goes first among those that find as much.
        let best = read.into_iter().rev().max_by_key(|header| (header.fields(keys), header.names.len()));
        match best.filter(|header| header.is_named(keys)) {
            Some(header) => Ok(Some(header)),
            None => Err(unnamed()),
        }
    }

    fn fields(&self, keys: &Keys) -> usize {
        self.names.iter().filter(|name| keys.rank(name).is_some()).count()
    }

    fn is_named(&self, keys: &Keys) -> bool {
        let is_text = |name: &String| matches!(keys.rank(name), Some((Field::Title | Field::Body, _)));
        self.names.iter().any(is_text)
    }
}

fn names(rows: &[Row], delimiter: u8) -> Vec<String> {
    let (mut cells, mut parser) = (Cells::default(), parser(delimiter));
    rows.iter().take_while(|row| !cells.add(&row.text, &mut parser, delimiter)).for_each(drop);
    let mut names: Vec<String> = cells.iter().map(|cell| cell.trim().to_string()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

fn unnamed() -> Fault {
    let reason = "the first row names no column that is a title or a text".to_string();
    let message = "has no row of names that says which column is the title or the text: put one first, as 标题,正文, \
                   or name the column of the text with --field body=NAME";
    Fault::new(SkipReason::Malformed { line: Some(1), reason }, message)
}
