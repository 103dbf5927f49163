//! The forms of an export: lines of JSON, a table, a page in Markdown. Each says at its begin what it is of, and at its
//! end how many articles it has; a table only where it is asked to.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use xunzhang::snippet::shown;
use xunzhang::{Document, ExportHeader, Exported};

use super::json_line;
use crate::escape;
use crate::labels::Label;
use crate::language::Language;

/// A form of an export.
pub trait Sheet {
    /// What comes before the articles.
    fn begin(&self, out: &mut dyn Write, header: &ExportHeader) -> io::Result<()>;

    /// An article; `marks` finds what of its title and body matches, for forms that show it.
    fn document(
        &self,
        out: &mut dyn Write,
        exported: &Exported,
        marks: &dyn Fn() -> [Vec<Range<usize>>; 2],
    ) -> io::Result<()>;

    /// What comes behind them.
    fn end(&self, out: &mut dyn Write, documents: u64) -> io::Result<()>;
}

/// The last line of an export that is whole.
#[derive(Serialize)]
struct End {
    r#type: &'static str,
    documents: u64,
}

impl End {
    fn of(documents: u64) -> Self {
        Self { r#type: "end", documents }
    }
}

/// Lines of JSON: `export`, `document` for each article, `end`.
pub struct JsonLines;

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    title: &'a str,
    date: Option<String>,
    source: Option<&'a str>,
    authors: &'a [String],
    url: Option<&'a str>,
    path: Option<String>,
    extra: &'a [(String, String)],
    body: &'a str,
}

impl Sheet for JsonLines {
    fn begin(&self, out: &mut dyn Write, header: &ExportHeader) -> io::Result<()> {
        writeln!(out, "{}", json_line(header)?)
    }

    fn document(
        &self,
        out: &mut dyn Write,
        exported: &Exported,
        _marks: &dyn Fn() -> [Vec<Range<usize>>; 2],
    ) -> io::Result<()> {
        let document = &exported.document;
        let line = Line {
            r#type: "document",
            version: 1,
            id: &exported.id,
            title: &document.title,
            date: document.date.map(|date| date.to_string()),
            source: document.source.as_deref(),
            authors: &document.authors,
            url: document.url.as_deref(),
            path: path(document),
            extra: &document.extra,
            body: &document.body,
        };
        writeln!(out, "{}", json_line(&line)?)
    }

    fn end(&self, out: &mut dyn Write, documents: u64) -> io::Result<()> {
        writeln!(out, "{}", json_line(&End::of(documents))?)
    }
}

/// A table. Its rows are all articles, unless lines of `#` were asked for.
pub struct Csv {
    /// Lines of `#` at begin and end, each with an object of JSON.
    pub header: bool,
}

impl Csv {
    fn row<'a>(out: &mut dyn Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut table = ::csv::Writer::from_writer(out);
        table.write_record(cells.map(escape::cell))?;
        table.flush()
    }
}

impl Sheet for Csv {
    fn begin(&self, out: &mut dyn Write, header: &ExportHeader) -> io::Result<()> {
        if self.header {
            writeln!(out, "# {}", json_line(header)?)?;
        }
        Self::row(out, ["id", "title", "date", "source", "authors", "url", "path", "body"].into_iter())
    }

    fn document(
        &self,
        out: &mut dyn Write,
        exported: &Exported,
        _marks: &dyn Fn() -> [Vec<Range<usize>>; 2],
    ) -> io::Result<()> {
        let document = &exported.document;
        let date = document.date.map(|date| date.to_string()).unwrap_or_default();
        let (authors, path) = (document.authors.join("; "), path(document).unwrap_or_default());
        let source = document.source.as_deref().unwrap_or_default();
        let url = document.url.as_deref().unwrap_or_default();
        let cells = [&exported.id, &document.title, &date, source, &authors, url, &path, &document.body];
        Self::row(out, cells.into_iter())
    }

    fn end(&self, out: &mut dyn Write, documents: u64) -> io::Result<()> {
        if self.header { writeln!(out, "# {}", json_line(&End::of(documents))?) } else { Ok(()) }
    }
}

/// A page to read: a heading and facts for each article, the matches in bold.
pub struct Markdown {
    pub language: Language,
}

impl Sheet for Markdown {
    fn begin(&self, out: &mut dyn Write, header: &ExportHeader) -> io::Result<()> {
        writeln!(out, "<!-- {} -->", json_line(header)?.replace("--", "-\\u002d"))?;
        writeln!(out, "\n# {}\n", plain(&escape::line(&header.query)))
    }

    fn document(
        &self,
        out: &mut dyn Write,
        exported: &Exported,
        marks: &dyn Fn() -> [Vec<Range<usize>>; 2],
    ) -> io::Result<()> {
        let document = &exported.document;
        let [_, in_body] = marks();
        let title = shown(&document.title);
        writeln!(out, "## {}\n", plain(&escape::line(if title.is_empty() { &exported.id } else { &title })))?;
        let authors = document.authors.join(self.language.pick(", ", "、"));
        let facts = [
            (Label::Date, document.date.map(|date| date.to_string())),
            (Label::Source, document.source.clone()),
            (Label::Authors, Some(authors).filter(|authors| !authors.is_empty())),
            (Label::Address, document.url.clone()),
            (Label::Path, path(document)),
            (Label::Id, Some(exported.id.clone())),
        ];
        let colon = self.language.pick(": ", "：");
        for (label, value) in facts.into_iter().filter_map(|(label, value)| Some((label, value?))) {
            writeln!(out, "- {}{colon}{}", label.text(self.language), plain(&escape::line(&value)))?;
        }
        writeln!(out)?;
        let body = bold(&document.body, &in_body);
        for paragraph in body.lines().filter(|line| !line.trim().is_empty()) {
            writeln!(out, "{}\n", line_start(paragraph.trim()))?;
        }
        Ok(())
    }

    fn end(&self, out: &mut dyn Write, documents: u64) -> io::Result<()> {
        writeln!(out, "<!-- {} -->", json_line(&End::of(documents))?)
    }
}

fn path(document: &Document) -> Option<String> {
    Some(document.origin.place()).filter(|path| !path.is_empty())
}

/// A text with its marks in bold; a mark over several lines is bold on each.
fn bold(text: &str, marks: &[Range<usize>]) -> String {
    let mut all = String::with_capacity(text.len() + marks.len() * 4);
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
        all += &plain(&escape::lines(before));
        let lines = escape::lines(inside);
        let lines: Vec<String> = lines.split('\n').map(|line| strong(&plain(line))).collect();
        all += &lines.join("\n");
        at = mark.end;
    }
    all + &plain(&escape::lines(&text[at..]))
}

fn strong(text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() { text.to_owned() } else { text.replacen(inner, &format!("**{inner}**"), 1) }
}

/// A text whose signs mean nothing to Markdown.
fn plain(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|') {
            all.push('\\');
        }
        all.push(c);
    }
    all
}

/// A line that begins no heading, list or rule.
fn line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes() {
        [b'#' | b'-' | b'+' | b'=', ..] => format!("\\{line}"),
        _ if digits > 0 && line[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_means_nothing_to_markdown_but_its_matches() {
        let text = "*甲*脱\n贫<b>";
        let mark = text.find('脱').expect("there")..text.find('<').expect("there");
        assert_eq!(bold(text, &[mark]), "\\*甲\\***脱**\n**贫**\\<b\\>");
        assert_eq!(line_start("# 一"), "\\# 一");
        assert_eq!(line_start("1. 一"), "1\\. 一");
        assert_eq!(line_start("2018年"), "2018年");
    }
}
