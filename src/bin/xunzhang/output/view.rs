//! What is counted over all hits: a table in the form that is asked for, and the lines of JSON with their summary.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use xunzhang::ViewSummary;

use super::json_line;
use super::table::Table;
use crate::forms::Shape;
use crate::talk::Talk;
use crate::terminal::Screen;

/// A view's summary with the totals that belong to it, by their names.
pub struct Whole<'a> {
    pub summary: &'a ViewSummary,
    pub totals: &'a [(&'static str, u64)],
}

/// Prints a table, or its lines as JSON.
pub fn table(shape: Shape, table: &Table, lines: &[impl Serialize], whole: &Whole<'_>, talk: Talk) -> io::Result<()> {
    match shape {
        Shape::Text => {
            let (mut out, screen) = Screen::open(talk.colours);
            table.text(&mut out, screen, talk.language)?;
            out.flush()
        }
        Shape::Csv(excel) => {
            let mut out = plain();
            table.csv(&mut out, excel)?;
            out.flush()
        }
        Shape::Json => json(lines, whole),
    }
}

/// Prints lines of JSON, the summary last.
pub fn json(lines: &[impl Serialize], whole: &Whole<'_>) -> io::Result<()> {
    let mut out = plain();
    lines.iter().try_for_each(|line| writeln!(out, "{}", json_line(line)?))?;
    let totals = whole.totals.iter().copied().collect();
    writeln!(out, "{}", json_line(&Summed { summary: whole.summary, totals })?)?;
    out.flush()
}

#[derive(Serialize)]
struct Summed<'a> {
    #[serde(flatten)]
    summary: &'a ViewSummary,
    #[serde(flatten)]
    totals: std::collections::BTreeMap<&'static str, u64>,
}

/// The standard output for data that is not for people.
pub fn plain() -> impl Write {
    BufWriter::new(io::stdout().lock())
}
