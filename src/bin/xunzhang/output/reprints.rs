//! The printings of a text: for people one below the other, with what was cut and added marked where it stands; and as
//! lines of JSON.

use std::io::{self, Write};

use serde::Serialize;
use xunzhang::analysis::{Fate, Stretch};
use xunzhang::{Printing, Reprints};

use super::json_line;
use crate::escape;
use crate::messages::Message;
use crate::talk::Talk;
use crate::terminal::Screen;

const INDENT: &str = "   ";
/// Texts alike that are listed for people.
const SHOWN: usize = 10;
/// Of what was kept, so many characters are shown on either side of a change.
const AROUND: usize = 30;

/// For people.
pub fn text(found: &Reprints, talk: Talk) -> io::Result<()> {
    let (mut out, screen) = Screen::open(talk.colours);
    for (number, printing) in (1..).zip(&found.printings) {
        screen.heading(&mut out, &format!("{number}. "), &screen.marked(name(printing), std::iter::empty()))?;
        screen.fact(&mut out, INDENT, &facts(printing))?;
        if let Some(changes) = &printing.changes {
            let is_changed = |stretches: &[Stretch]| stretches.iter().any(|stretch| stretch.fate != Fate::Kept);
            for stretches in [&changes.title, &changes.body].into_iter().filter(|stretches| is_changed(stretches)) {
                self::changes(&mut out, screen, stretches)?;
            }
            if ![&changes.title, &changes.body].into_iter().any(|stretches| is_changed(stretches)) {
                writeln!(out, "{INDENT}{}", Message::SameText.text(talk.language))?;
            }
        }
    }
    if found.alike_total > 0 {
        writeln!(out, "\n──── {} ────", Message::Alike { count: found.alike_total }.text(talk.language))?;
        for printing in found.alike.iter().take(SHOWN) {
            screen.fact(&mut out, INDENT, &format!("{} · {}", name(printing), facts(printing)))?;
        }
        if found.alike_total > SHOWN as u64 {
            writeln!(out, "{INDENT}…")?;
        }
    }
    out.flush()?;
    talk.tell(Message::Printings { count: found.total });
    Ok(())
}

fn name(printing: &Printing) -> &str {
    if printing.title.is_empty() { &printing.id } else { &printing.title }
}

fn facts(printing: &Printing) -> String {
    let path = printing.path.as_ref().filter(|path| !printing.id.starts_with(path.as_str())).or(printing.url.as_ref());
    let facts = [printing.date.as_ref(), printing.source.as_ref(), path, Some(&printing.id)];
    facts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// Writes the changes of a text, with what stands around them.
fn changes(out: &mut dyn Write, screen: Screen, stretches: &[Stretch]) -> io::Result<()> {
    write!(out, "{INDENT}")?;
    for (at, stretch) in stretches.iter().enumerate() {
        let text = stretch.text.replace('\n', &format!("\n{INDENT}"));
        match stretch.fate {
            Fate::Kept => write!(out, "{}", escape::lines(&shortened(&text, at > 0, at + 1 < stretches.len())))?,
            Fate::Cut => screen.cut(out, &text)?,
            Fate::Added => screen.added(out, &text)?,
        }
    }
    writeln!(out)
}

/// What was kept, as far as it stands beside a change.
fn shortened(text: &str, is_behind: bool, is_before: bool) -> String {
    let length = text.chars().count();
    if length <= 2 * AROUND + 10 {
        return text.to_owned();
    }
    let begin: String = if is_behind { text.chars().take(AROUND).collect() } else { String::new() };
    let end: String = if is_before { text.chars().skip(length - AROUND).collect() } else { String::new() };
    format!("{}…{}", begin.trim_end(), end.trim_start())
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    of: &'a str,
    rank: usize,
    #[serde(flatten)]
    printing: &'a Printing,
}

/// Lines of JSON.
pub fn json(found: &Reprints) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (kind, printings) in [("reprint", &found.printings), ("alike", &found.alike)] {
        for (rank, printing) in (1..).zip(printings) {
            writeln!(out, "{}", json_line(&Line { r#type: kind, of: &found.id, rank, printing })?)?;
        }
    }
    writeln!(out, "{}", json_line(found)?)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_shown_beside_changes() {
        let long = "甲乙丙丁戊己庚辛壬癸".repeat(10);
        assert_eq!(shortened("甲乙", true, true), "甲乙");
        assert_eq!(shortened(&long, true, false).chars().count(), AROUND + 1);
        assert!(shortened(&long, false, true).starts_with("…甲"));
        assert_eq!(shortened(&long, true, true).chars().count(), 2 * AROUND + 1);
    }
}
