//! What an article says about itself: title aside, its date, source, authors and editor, in either script.
//!
//! Looked at are the first lines of the body, the last ones, and how the first paragraph opens: labels with a colon
//! (`label`), names of reporters (`name`), the opening of an agency's report (`opening`), who signs and when
//! (`signature`). Where they say two different things of one rank, nothing is taken. A date that is not written whole is
//! worked out of the page, the path (`path`) or the record before, and marked so; the time of the file is never taken.
//! What stands for a title where there is none is `clause`. The text stays as it is.

mod clause;
mod label;
mod lines;
mod list;
mod name;
mod opening;
mod path;
mod signature;

#[cfg(test)]
mod tests;

use super::date::{self, Yearless};
use super::mojibake;
use crate::document::{DateSpan, Day, Document, Loss};
use label::Fact;
use lines::{is_longer, lines, lines_from_the_end};

pub(super) use clause::is_title;

/// Lines with something in them that are looked at, at the beginning and at the end.
const FIRST: usize = 4;
const LAST: usize = 4;
/// Characters of a line that can be one of facts; a longer one is a paragraph.
const LONGEST: usize = 120;
/// Days within which another date of the page tells the year of a day.
const NEAR: i32 = 45;
/// Characters of a body in which such a date is looked for.
const SEARCHED: usize = 600;

/// Fills what the document does not know yet about date, source, authors and editor from its body.
pub(super) fn read(document: &mut Document) {
    let body = std::mem::take(&mut document.body);
    let filled = || lines(&body).map(trim).filter(|line| !line.is_empty());
    let first: Vec<&str> = filled().take(FIRST).collect();
    let mut last: Vec<&str> = lines_from_the_end(&body).map(trim).filter(|line| !line.is_empty()).take(LAST).collect();
    last.reverse();
    let mut found = Found::default();
    found.read_lines(&first, true);
    if let Some(first) = first.iter().find_map(|line| opening::read(line)) {
        found.read_opening(first);
    }
    found.read_lines(&last, false);
    let tail = last.last().and_then(|line| label::tail(line));
    found.read_labels(tail.unwrap_or(""), false);
    let is_notice = list::ends_in(document.title.trim(), &list::NOTICES);
    found.read_signature(&body, &first, &last, is_notice);
    found.fill(document, &body);
    document.body = body;
}

/// Fills what the document does not know yet from some lines about it.
pub(super) fn read_lines(document: &mut Document, lines: &[&str]) {
    let mut found = Found::default();
    found.read_lines(lines, true);
    found.fill(document, "");
}

/// The last of it, once a format has made its document: what the body says, what the path or the record before says of
/// the date, and what is shown where there is no title.
pub(super) fn finish(document: &mut Document, before: Option<DateSpan>) {
    read(document);
    let is_told = document.losses.iter().any(|loss| matches!(loss, Loss::Mojibake { .. }));
    if let Some(loss) = mojibake::detect(&document.body).filter(|_| !is_told) {
        document.losses.push(loss);
    }
    if document.date.is_none()
        && let Some(span) = path::date(&document.origin.place())
    {
        document.date = Some(DateSpan { inferred: true, ..span });
        document.found.push(("date".into(), "path".into()));
    }
    if document.date.is_none()
        && let (Some(before), Some((day, _))) = (before, yearless(&document.body))
        && let Some(day) = day.near(before)
    {
        document.date = Some(inferred(day));
        document.found.push(("date".into(), "year from the record before".into()));
    }
    if document.title.trim().is_empty()
        && let Some(clause) = clause::first(&document.body)
    {
        document.headline = clause.to_string();
        document.found.push(("title".into(), "first clause".into()));
    }
}

/// Whether a line is about the text rather than of it.
pub(super) fn is_fact(line: &str) -> bool {
    label::labels(line).next().is_some() || signature::is_date(line)
}

/// Whether a line names an editor behind a label.
pub(super) fn names_editor(line: &str) -> bool {
    !is_longer(line, LONGEST) && label::labels(line).any(|(_, fact, ..)| fact == Fact::Editor)
}

/// Whether a line is the number of a document: `国发〔2019〕5号`.
pub(super) fn is_number(line: &str) -> bool {
    let line = line.trim();
    if !line.ends_with(['号', '號']) || is_longer(line, 30) {
        return false;
    }
    let has_year =
        line.contains(['〔', '[', '［', '【', '(', '（']) && line.contains(['〕', ']', '］', '】', ')', '）']);
    let is_decree = line.starts_with('第') && line.chars().count() <= 12;
    has_year || is_decree
}

/// A value that was found, the better rank first, and the rule that found it.
struct Value<T> {
    rank: usize,
    value: T,
    rule: String,
}

/// A date as it is written: whole, or a day without its year.
#[derive(Clone, Copy, PartialEq)]
enum Written {
    Whole(DateSpan),
    Yearless(Yearless),
}

/// Values with the rules that found them.
#[derive(Default)]
struct Found {
    dates: Vec<Value<Written>>,
    sources: Vec<Value<String>>,
    authors: Vec<Value<Vec<String>>>,
    editors: Vec<Value<String>>,
}

/// Ranks behind those of labels, which are their places in the list.
const BESIDE: usize = 100;
const OPENING: usize = 200;
const SHORT_LINE: usize = 300;
const SIGNED: usize = 400;

impl Found {
    fn read_lines(&mut self, lines: &[&str], is_head: bool) {
        if is_head && let Some(speaker) = name::speaker(lines) {
            self.authors.push(Value { rank: SIGNED, value: vec![speaker.to_string()], rule: "speaker".into() });
        }
        for line in lines.iter().filter(|line| !is_longer(line, LONGEST)) {
            self.read_labels(line, is_head);
            if let Some(names) = name::reporters(line) {
                self.authors.push(Value { rank: BESIDE, value: names, rule: "byline".into() });
            }
            if is_head {
                if let Some(span) = signature::dated(line) {
                    let value = Written::Whole(span);
                    self.dates.push(Value { rank: SHORT_LINE, value, rule: "short line".into() });
                }
                if let Some((source, rule)) = signature::source_beside(line) {
                    self.sources.push(Value { rank: BESIDE, value: source.into(), rule: rule.into() });
                }
            }
        }
    }

    fn read_labels(&mut self, line: &str, is_head: bool) {
        for (rank, fact, label, value) in label::labels(line) {
            let rule = format!("label {label}");
            let date = |text: &str| date::find(&date::half_width(text)).map(|found| Written::Whole(found.span));
            match fact {
                Fact::Date if is_head => self.dates.extend(date(value).map(|value| Value { rank, value, rule })),
                Fact::Date | Fact::None => {}
                Fact::Editor => self.editors.push(Value { rank, value: value.to_string(), rule }),
                Fact::Author => self.authors.push(Value { rank, value: name::names(value), rule }),
                Fact::Source => {
                    self.sources.push(Value { rank, value: value.to_string(), rule });
                    // 来源：央视网 2022年01月30日 19:40
                    let beside = date(line).filter(|_| is_head);
                    let rule = "beside the source".to_string();
                    self.dates.extend(beside.map(|value| Value { rank: BESIDE, value, rule }));
                }
            }
        }
    }

    fn read_opening(&mut self, opening: opening::Opening<'_>) {
        let rule = || format!("dateline {}", opening.written);
        if let Some(source) = opening.source {
            self.sources.push(Value { rank: OPENING, value: source.to_string(), rule: rule() });
        }
        if !opening.names.is_empty() {
            self.authors.push(Value { rank: OPENING, value: opening.names.clone(), rule: rule() });
        }
        if let Some(date) = opening.date {
            self.dates.push(Value { rank: OPENING, value: date, rule: rule() });
        }
    }

    /// Who signs, above the day: at the end, or above what is attached to an official document.
    fn read_signature(&mut self, body: &str, first: &[&str], last: &[&str], is_notice: bool) {
        let is_official = is_notice || first.iter().any(|line| is_number(line) || line.ends_with(['：', ':']));
        let signed = if is_official {
            let filled = lines(body).map(trim).filter(|line| !line.is_empty());
            signature::signed(filled)
        } else {
            signature::signed(last.iter().copied())
        };
        let alone = last.last().filter(|line| is_official && signature::is_body(line)).map(|line| (Some(*line), None));
        let Some((body, span)) = signed.map(|(body, span)| (body, Some(span))).or(alone) else { return };
        let (rank, rule) = (SIGNED, || "signature".to_string());
        self.dates.extend(span.map(|span| Value { rank, value: Written::Whole(span), rule: rule() }));
        self.sources.extend(body.map(|body| Value { rank, value: body.to_string(), rule: rule() }));
    }

    fn fill(self, document: &mut Document, body: &str) {
        let Self { dates, mut sources, mut authors, mut editors } = self;
        sources.retain(|found| !found.value.is_empty() && found.value.chars().count() <= 40);
        editors.retain(|found| !found.value.is_empty() && found.value.chars().count() <= 20);
        authors.retain(|found| !found.value.is_empty());
        let mut rules = Vec::new();
        let mut note = |field: &str, rule: String| rules.push((field.to_string(), rule));
        if let Some(found) = best(dates).filter(|_| document.date.is_none())
            && let Some((span, how)) = whole(found.value, &document.origin.place(), body)
        {
            document.date = Some(span);
            note("date", if how.is_empty() { found.rule } else { format!("{}, {how}", found.rule) });
        }
        if let Some(found) = best(sources).filter(|_| document.source.is_none()) {
            document.source = Some(found.value);
            note("source", found.rule);
        }
        if let Some(found) = best(authors).filter(|_| document.authors.is_empty()) {
            document.authors = found.value;
            note("authors", found.rule);
        }
        if let Some(found) = best(editors).filter(|_| document.editor.is_none()) {
            document.editor = Some(found.value);
            note("editor", found.rule);
        }
        document.found.extend(rules);
    }
}

/// The value of the best rank, on which all of that rank agree.
fn best<T: PartialEq>(values: Vec<Value<T>>) -> Option<Value<T>> {
    let rank = values.iter().map(|found| found.rank).min()?;
    let mut best = values.into_iter().filter(|found| found.rank == rank);
    let first = best.next()?;
    best.all(|other| other.value == first.value).then_some(first)
}

/// The span of a date, and where its year is from if it is not written: from a date of the page that is near, or from the
/// path.
fn whole(written: Written, place: &str, body: &str) -> Option<(DateSpan, &'static str)> {
    let yearless = match written {
        Written::Whole(span) => return Some((span, "")),
        Written::Yearless(yearless) => yearless,
    };
    if let Some(span) = path::date(place) {
        return Some((inferred(yearless.near(span)?), "year from the path"));
    }
    let end = body.char_indices().nth(SEARCHED).map_or(body.len(), |(at, _)| at);
    let text = date::half_width(&body[..end]);
    let day = date::all(&text).filter(|span| span.first == span.last).find_map(|span| {
        let day = yearless.near(span)?;
        ((day.0 - span.first.0).abs() <= NEAR).then_some(day)
    });
    Some((inferred(day?), "year from the page"))
}

/// The day without a year that a body opens with.
fn yearless(body: &str) -> Option<(Yearless, &str)> {
    let line = lines(body).map(trim).find(|line| !line.is_empty())?;
    match opening::read(line)? {
        opening::Opening { date: Some(Written::Yearless(day)), written, .. } => Some((day, written)),
        _ => None,
    }
}

fn inferred(day: Day) -> DateSpan {
    DateSpan { first: day, last: day, inferred: true }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
}
