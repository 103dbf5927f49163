//! Rows as paragraphs: lines that go on are joined, so that no word is torn, and a headline is told by its size.
//!
//! A paragraph ends where the next line is indented, where a line stops short of the margin, where the gap or the size
//! changes. Rows of cells are a table. What stands at the end of a page or a column goes on at the next.

use super::columns::{Row, blocks};
use super::rows::{Page, is_wide_beside};

/// An indent of a first line, at least and at most, and what a line may stop short of the margin by, in sizes: two characters stand back, and
/// a mark that may not begin a line takes one with it.
const INDENT: f64 = 1.2;
const INDENTED: f64 = 3.0;
const SHORT: f64 = 2.2;
/// A gap between lines, in usual ones, that ends a paragraph.
const GAP: f64 = 1.35;
/// The usual distance of lines of a headline, in sizes.
const HEADLINE_GAP: f64 = 1.3;
/// Sizes that differ by more are different ones, and a headline is larger by more.
const SAME: f64 = 1.12;
const LARGE: f64 = 1.15;
/// Gap between cells, in sizes.
const CELL: f64 = 1.5;
/// Paragraphs at the beginning among which the headline is, and its characters at most.
const FIRST: usize = 12;
const HEADLINE: usize = 100;
/// Marks behind which a line that is full may still be the last of its paragraph, on another page.
const ENDS: [char; 8] = ['。', '！', '？', '.', '!', '?', '”', '：'];

/// The text of a file.
pub(super) struct Flowed {
    /// The headline; empty where none stands out.
    pub heading: String,
    pub body: String,
}

/// A paragraph or a row of a table.
struct Paragraph {
    text: String,
    size: f64,
    is_table: bool,
    /// Its first line stands back, so the first line of the next does, too.
    is_indented: bool,
}

/// A line with the block that it stands in.
struct Line {
    row: Row,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    /// Edges of its block, and the usual distance of two lines there.
    block: (f64, f64, f64),
    /// The number of its block.
    number: usize,
}

/// Joins the rows of all pages.
pub(super) fn flow(pages: &[Page]) -> Flowed {
    let mut lines: Vec<Line> = Vec::new();
    for block in pages.iter().flat_map(|page| blocks(&page.rows)) {
        let number = lines.last().map_or(0, |line| line.number + 1);
        lines.extend(measured(block, number));
    }
    let usual = median(lines.iter().flat_map(|line| {
        // By characters, or a page of short lines would outweigh its text.
        let count = line.row.iter().map(|piece| piece.text.chars().count()).sum();
        std::iter::repeat_n(line.size, count)
    }));
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        let is_table = is_cells(line) && [before, lines.get(at + 1)].into_iter().flatten().any(is_cells);
        match (paragraphs.last_mut(), before) {
            (Some(paragraph), Some(before))
                if !is_table && !paragraph.is_table && goes_on(before, line, usual, paragraph.is_indented) =>
            {
                append(&mut paragraph.text, &joined(&line.row));
            }
            _ if is_table => {
                let cells = line.row.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\t");
                paragraphs.push(Paragraph { text: cells + "\t", size: line.size, is_table, is_indented: false });
            }
            _ => {
                // What stands further back is centred.
                let is_indented = (INDENT..=INDENTED).contains(&((line.left - line.block.0) / line.size));
                paragraphs.push(Paragraph { text: joined(&line.row), size: line.size, is_table, is_indented });
            }
        }
    }
    let heading = heading(&paragraphs, usual).map(|at| paragraphs.remove(at).text).unwrap_or_default();
    Flowed { heading, body: body(&paragraphs) }
}

/// The lines of a block with its measures.
fn measured(rows: Vec<Row>, number: usize) -> Vec<Line> {
    let edge = |row: &Row| (row.first().map_or(0.0, |piece| piece.left), row.last().map_or(0.0, |piece| piece.right));
    let size = |row: &Row| row.iter().map(|piece| piece.size).fold(0.0, f64::max);
    let usual = median(rows.iter().map(size));
    // The margins are those of the text: a headline may reach beyond them.
    let text = || rows.iter().filter(|row| (size(row) / usual).max(usual / size(row)) <= SAME);
    // The left one is where the most lines begin, for lists and first lines stand back.
    let left = most(text().map(|row| edge(row).0));
    let right = text().map(|row| edge(row).1).fold(f64::NEG_INFINITY, f64::max);
    let level = |row: &Row| row.iter().map(|piece| piece.y).fold(f64::NEG_INFINITY, f64::max);
    let pitch = median(rows.windows(2).map(|pair| level(&pair[1]) - level(&pair[0])));
    let line = |row: Row| {
        let (start, end) = edge(&row);
        let size = size(&row);
        Line { left: start, right: end, y: level(&row), size, block: (left, right, pitch), number, row }
    };
    rows.into_iter().map(line).collect()
}

/// Whether a line goes on in the next; `is_indented` says whether paragraphs are told by their first lines.
fn goes_on(line: &Line, next: &Line, usual: f64, is_indented: bool) -> bool {
    let size = line.size.max(next.size);
    if size > SAME * line.size.min(next.size) {
        return false;
    }
    let (left, right, pitch) = line.block;
    let is_same_block = line.number == next.number;
    // Lines of a headline are centred, each with its own edges, and stand further apart.
    let is_headline = line.size > LARGE * usual;
    let leading = if is_headline { HEADLINE_GAP * size } else { size };
    if is_same_block && next.y - line.y > GAP * pitch.max(leading) {
        return false;
    }
    if is_same_block && is_headline {
        return true;
    }
    let last = joined(&line.row).chars().next_back();
    let is_wide = last.is_some_and(|last| last >= '\u{2E80}');
    let is_ended = last.is_some_and(|last| ENDS.contains(&last));
    let short = if is_wide { SHORT * size + unbreakable(next) } else { (right - left) * 0.25 };
    let is_short = line.right < right - short;
    let begins = next.left > next.block.0 + INDENT * size;
    // Some producers break a line at any blank, however short it stays.
    let is_torn = if is_same_block { !is_short || is_indented && !is_ended } else { !is_short && !is_ended };
    is_torn && !begins
}

/// The width of the word or number that a line begins with, which was too wide for the line before.
fn unbreakable(line: &Line) -> f64 {
    let word = line.row.iter().take(1).flat_map(|piece| piece.text.chars());
    let count = word.take_while(|c| *c < '\u{2E80}' && !c.is_whitespace()).count();
    count as f64 * line.size * 0.6
}

fn is_cells(line: &Line) -> bool {
    line.row.windows(2).any(|pair| pair[1].left - pair[0].right > CELL * line.size)
}

fn joined(row: &Row) -> String {
    row.iter().fold(String::new(), |mut text, piece| {
        if !text.is_empty() {
            text.push(' ');
        }
        text + &piece.text
    })
}

/// Adds the next line to a paragraph.
fn append(text: &mut String, line: &str) {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let hyphen = ['-', '\u{AD}', '‐'].into_iter().find(|hyphen| text.ends_with(*hyphen));
    let goes_on = line.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    if let Some(hyphen) = hyphen.filter(|_| goes_on && is_letter(text.chars().rev().nth(1))) {
        text.truncate(text.len() - hyphen.len_utf8());
    } else if !is_wide_beside(text, line) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The headline: the largest type among the first paragraphs.
fn heading(paragraphs: &[Paragraph], usual: f64) -> Option<usize> {
    let is_headline = |paragraph: &Paragraph| {
        let count = paragraph.text.chars().filter(|c| c.is_alphanumeric()).count();
        !paragraph.is_table && paragraph.size > LARGE * usual && (2..=HEADLINE).contains(&count)
    };
    let first = paragraphs.iter().enumerate().take(FIRST).filter(|(_, paragraph)| is_headline(paragraph));
    // The first of equals, and alone it would leave no text.
    let found = first.rev().max_by(|a, b| a.1.size.total_cmp(&b.1.size)).map(|(at, _)| at);
    found.filter(|_| paragraphs.len() > 1)
}

fn body(paragraphs: &[Paragraph]) -> String {
    let mut body = String::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            body.push_str(if paragraph.is_table && paragraphs[at - 1].is_table { "\n" } else { "\n\n" });
        }
        body.push_str(&paragraph.text);
    }
    body
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The value that most are near, the smaller of equals.
fn most(values: impl Iterator<Item = f64>) -> f64 {
    const NEAR: f64 = 3.0;
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let count = |value: &f64| values.iter().filter(|other| (**other - value).abs() <= NEAR).count();
    values.iter().rev().max_by_key(|value| count(value)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::rows::Piece;
    use super::*;

    fn page(lines: &[(&str, f64, f64)]) -> Page {
        let mut page = Page::default();
        for (at, (text, left, size)) in lines.iter().enumerate() {
            let right = left + size * text.chars().count() as f64;
            let y = 20.0 * at as f64;
            page.rows.push(vec![Piece { text: (*text).into(), left: *left, right, y, size: *size }]);
        }
        page
    }

    #[test]
    fn lines_are_joined_up_to_an_indent_or_a_short_line() {
        let pages = [
            page(&[
                ("大标题", 30.0, 20.0),
                ("今年全县计划", 20.0, 10.0),
                ("造林三千亩，投入资", 0.0, 10.0),
                ("金五百万元。", 0.0, 10.0),
                ("全年计划完成人工造", 0.0, 10.0),
            ]),
            page(&[("林一千亩以上，封山", 0.0, 10.0), ("育林。", 0.0, 10.0), ("完成退耕还", 20.0, 10.0)]),
        ];
        let flowed = flow(&pages);
        assert_eq!(flowed.heading, "大标题");
        assert_eq!(
            flowed.body,
            "今年全县计划造林三千亩，投入资金五百万元。\n\n全年计划完成人工造林一千亩以上，封山育林。\n\n完成退耕还"
        );
    }

    #[test]
    fn hyphens_are_undone_and_words_parted() {
        for (text, line, whole) in [
            ("interna-", "tional", "international"),
            ("COVID-", "19", "COVID- 19"),
            ("two", "words", "two words"),
            ("造", "林", "造林"),
            ("2018", "年", "2018年"),
        ] {
            let mut joined = text.to_string();
            append(&mut joined, line);
            assert_eq!(joined, whole);
        }
    }
}
