//! The screen: whether it takes colours, how wide it is, and the way to it. A match is never told by colour alone:
//! without colours it stands in 【】.

use std::io::{BufWriter, IsTerminal, Write};
use std::ops::Range;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use xunzhang::document::EntityKind;

use crate::{escape, wrap};

/// Columns of a terminal that does not say.
const COLUMNS: usize = 80;
const MATCH: Style = AnsiColor::Red.on_default().bold();
const HEADING: Style = Style::new().bold();
const CUT: Style = AnsiColor::Red.on_default().strikethrough();
const ADDED: Style = AnsiColor::Green.on_default().underline();
const FACT: Style = AnsiColor::Cyan.on_default();

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the screen can do.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    coloured: bool,
    /// Columns; `None` where the output is no terminal.
    columns: Option<usize>,
}

impl Screen {
    /// The standard output and what it can do.
    pub fn open(colours: Colours) -> (Box<dyn Write>, Self) {
        let stdout = std::io::stdout();
        let columns = stdout.is_terminal().then(columns);
        let choice = match colours {
            Colours::Auto => AutoStream::choice(&stdout),
            Colours::Always => ColorChoice::Always,
            Colours::Never => ColorChoice::Never,
        };
        let screen = Self { coloured: choice != ColorChoice::Never, columns };
        (Box::new(BufWriter::new(AutoStream::new(stdout.lock(), choice))), screen)
    }

    /// Writes one line as a heading, its matches marked.
    pub fn heading(self, out: &mut dyn Write, lead: &str, text: &Marked) -> std::io::Result<()> {
        write!(out, "{}", self.styled(HEADING, lead))?;
        self.write(out, text, 0..text.text.len(), HEADING)?;
        writeln!(out)
    }

    /// Writes one line of facts with an indent.
    pub fn fact(self, out: &mut dyn Write, indent: &str, text: &str) -> std::io::Result<()> {
        writeln!(out, "{indent}{}", self.styled(FACT, &escape::line(text)))
    }

    /// Writes something that a text names, in the colour of its kind.
    pub fn kind(self, out: &mut dyn Write, kind: EntityKind, text: &str) -> std::io::Result<()> {
        let colour = match kind {
            EntityKind::Person => AnsiColor::Cyan,
            EntityKind::Place => AnsiColor::Green,
            EntityKind::Organisation => AnsiColor::Yellow,
            EntityKind::Policy => AnsiColor::Magenta,
            EntityKind::Date => AnsiColor::BrightBlack,
            _ => AnsiColor::Blue,
        };
        write!(out, "{}", self.styled(colour.on_default(), text))
    }

    /// Writes a paragraph with an indent, wrapped on a terminal.
    pub fn paragraph(self, out: &mut dyn Write, indent: &str, text: &Marked) -> std::io::Result<()> {
        let room = self.columns.map_or(usize::MAX, |columns| columns.saturating_sub(wrap::width(indent)).max(10));
        for line in wrap::lines(&text.text, room) {
            write!(out, "{indent}")?;
            self.write(out, text, line, Style::new())?;
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes what was cut from a text.
    pub fn cut(self, out: &mut dyn Write, text: &str) -> std::io::Result<()> {
        self.change(out, CUT, ["[-", "-]"], text)
    }

    /// Writes what was added to a text.
    pub fn added(self, out: &mut dyn Write, text: &str) -> std::io::Result<()> {
        self.change(out, ADDED, ["{+", "+}"], text)
    }

    fn change(self, out: &mut dyn Write, style: Style, signs: [&str; 2], text: &str) -> std::io::Result<()> {
        let text = escape::lines(text);
        match self.coloured {
            true => write!(out, "{}", self.styled(style, &text)),
            false => write!(out, "{}{text}{}", signs[0], signs[1]),
        }
    }

    /// Writes one line, never wrapped: facts before, a text with its marks, and facts behind.
    pub fn line(self, out: &mut dyn Write, before: &str, text: &Marked, behind: &str) -> std::io::Result<()> {
        write!(out, "{}", self.styled(FACT, &escape::line(before)))?;
        self.write(out, text, 0..text.text.len(), Style::new())?;
        writeln!(out, "{}", self.styled(FACT, &escape::line(behind)))
    }

    /// A text with its marks, as this screen shows them.
    pub fn marked(self, text: &str, marks: impl Iterator<Item = Range<usize>>) -> Marked {
        Marked::new(text, marks, if self.coloured { ["", ""] } else { ["【", "】"] })
    }

    /// Writes a part of a marked text, the marks in the colour of matches and the rest in a style.
    fn write(self, out: &mut dyn Write, all: &Marked, part: Range<usize>, rest: Style) -> std::io::Result<()> {
        let mut at = part.start;
        for mark in all.marks.iter().filter(|mark| mark.end > part.start && mark.start < part.end) {
            let mark = mark.start.max(part.start)..mark.end.min(part.end);
            write!(out, "{}", self.styled(rest, &all.text[at..mark.start]))?;
            write!(out, "{}", self.styled(MATCH, &all.text[mark.clone()]))?;
            at = mark.end;
        }
        write!(out, "{}", self.styled(rest, &all.text[at..part.end]))
    }

    fn styled(self, style: Style, text: &str) -> String {
        if self.coloured && style != Style::new() && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// Columns of the terminal.
fn columns() -> usize {
    terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0))
}

/// A harmless text and the stretches of it that match.
pub struct Marked {
    text: String,
    marks: Vec<Range<usize>>,
}

impl Marked {
    /// Spells out what is hostile, moves the marks along and puts signs around each; a mark out of place is left out.
    fn new(text: &str, marks: impl Iterator<Item = Range<usize>>, signs: [&str; 2]) -> Self {
        let mut all = Self { text: String::with_capacity(text.len()), marks: Vec::new() };
        let mut at = 0;
        for mark in marks {
            let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
            all.text += &escape::lines(before);
            all.text += signs[0];
            let start = all.text.len();
            all.text += &escape::lines(inside);
            all.marks.push(start..all.text.len());
            all.text += signs[1];
            at = mark.end;
        }
        all.text += &escape::lines(&text[at..]);
        all
    }

    /// The same with something before and behind.
    pub fn between(self, before: &str, behind: &str) -> Self {
        let moved = self.marks.into_iter().map(|mark| mark.start + before.len()..mark.end + before.len()).collect();
        Self { text: format!("{before}{}{behind}", self.text), marks: moved }
    }

    /// Whether nothing is on it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Its lines, each with its marks.
    pub fn lines(&self) -> impl Iterator<Item = Marked> + '_ {
        let mut start = 0;
        self.text.split('\n').map(move |line| {
            let own = start..start + line.len();
            start = own.end + 1;
            let parts = self.marks.iter().filter(|mark| mark.end > own.start && mark.start < own.end);
            let marks = parts.map(|mark| mark.start.max(own.start) - own.start..mark.end.min(own.end) - own.start);
            Marked { text: line.to_owned(), marks: marks.collect() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(coloured: bool, text: &str, mark: Range<usize>, columns: Option<usize>) -> String {
        let screen = Screen { coloured, columns };
        let mut out = Vec::new();
        let marked = screen.marked(text, std::iter::once(mark)).between("…", "");
        screen.paragraph(&mut out, "  ", &marked).expect("memory takes bytes");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_match_is_in_colour_or_in_brackets() {
        assert_eq!(painted(false, "全区脱贫了", 6..12, None), "  …全区【脱贫】了\n");
        assert_eq!(painted(true, "全区脱贫了", 6..12, None), "  …全区\u{1b}[1m\u{1b}[31m脱贫\u{1b}[0m了\n");
        assert_eq!(painted(false, "\u{1b}脱贫", 1..7, None), "  …\\u{1b}【脱贫】\n");
        assert_eq!(painted(false, "脱贫", 1..99, None), "  …脱贫\n");
    }

    #[test]
    fn a_match_that_is_wrapped_stays_coloured() {
        let lines = painted(true, "一二三四五六七八", 9..15, Some(11));
        assert_eq!(lines, "  …一二三\u{1b}[1m\u{1b}[31m四\u{1b}[0m\n  \u{1b}[1m\u{1b}[31m五\u{1b}[0m六七八\n");
    }
}
