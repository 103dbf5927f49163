//! Plain text: the title line, whether lines end by width, and the facts that the text states about itself.
//!
//! The body is the text as written, whole where it has no title; else it begins below the title line, so that no hit
//! counts twice, and ends before the blank lines at the end.

use unicode_width::UnicodeWidthStr;

use super::super::dateline::{self, is_title};
use super::super::skip::Fault;
use crate::document::Document;

/// Columns that lines ended by width have.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=120;
/// Lines that it takes to say that they end by width, and the columns by which they may differ.
const WRAPPED: usize = 8;
const RAGGED: usize = 4;
/// Marks that end a sentence.
const ENDS: &str = "。！？!?.…";
/// Lines that an official headline runs over at most, above the number of the document.
const HEADLINE: usize = 4;

/// Makes the document of a plain text.
pub(super) fn read(text: &str, mut document: Document) -> Result<Document, Fault> {
    let whole = text;
    let text = without_blank_lines(text);
    let margin = margin(text);
    document.hard_wrapped = margin.is_some();
    if let Some((title, body)) = official(text) {
        document.found.push(("title".into(), "lines above the number".into()));
        (document.title, document.body) = (title, body.to_string());
        return Ok(document);
    }
    let split = title(text, margin);
    if let Some((title, _)) = split {
        document.title = title.to_string();
        document.found.push(("title".into(), "first line".into()));
    }
    // Without a title the body is the file, so that offsets into one are offsets into the other.
    document.body = split.map_or(whole, |(_, body)| body).to_string();
    Ok(document)
}

/// Without blank lines at its beginning and end; an indent before the first character stays.
pub(super) fn without_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let blank = text.len() - text.trim_start().len();
    match text[..blank].rfind(['\n', '\r']) {
        Some(at) => &text[at + 1..],
        None => text,
    }
}

/// The title, and the text after its line and the blank lines below. `margin` is the width at which lines end.
fn title(text: &str, margin: Option<usize>) -> Option<(&str, &str)> {
    let end = text.find(['\n', '\r'])?;
    let (line, after) = (text[..end].trim(), &text[end..]);
    let body = without_blank_lines(after);
    if body.is_empty() || !is_title(line) || dateline::is_fact(line) {
        return None;
    }
    // Where lines end by width, a first line that is full goes on below, unless it stands alone.
    let breaks = after[..after.len() - body.len()].replace("\r\n", "\n").len();
    let next = body.split(['\n', '\r']).next().unwrap_or("");
    let stands_alone = breaks > 1 || body.starts_with(['\u{3000}', ' ', '\t']) || dateline::is_fact(next);
    let is_full = margin.is_some_and(|margin| line.width() + RAGGED >= margin);
    (!is_full || stands_alone).then_some((line, body))
}

/// The headline of an official document, which runs over the lines above its number, and the text from the number on.
fn official(text: &str) -> Option<(String, &str)> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').take(HEADLINE + 1) {
        let own = line.trim();
        if dateline::is_number(own) && !lines.is_empty() {
            return Some((joined(&lines), &text[at..]));
        }
        at += line.len();
        match own {
            "" => {}
            own if is_title(own) && !dateline::is_fact(own) => lines.push(own),
            _ => return None,
        }
    }
    None
}

/// Lines of a headline as one: without a gap between wide characters.
fn joined(lines: &[&str]) -> String {
    let mut title = String::new();
    for line in lines {
        let is_narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if is_narrow(title.chars().next_back()) && is_narrow(line.chars().next()) {
            title.push(' ');
        }
        title.push_str(line);
    }
    title
}

/// The width at which lines end, where most lines inside paragraphs have nearly the same and stop in the middle of a
/// sentence.
fn margin(text: &str) -> Option<usize> {
    text.matches(['\n', '\r']).nth(WRAPPED - 2)?;
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim_end).collect();
    // The last line of a paragraph may have any width.
    let goes_on =
        |pair: &&[&str]| !pair[0].is_empty() && !pair[1].is_empty() && !pair[1].starts_with(['\u{3000}', '\t', ' ']);
    let inner: Vec<&str> = lines.windows(2).filter(goes_on).map(|pair| pair[0]).collect();
    let mut widths: Vec<usize> = inner.iter().map(|line| line.width()).collect();
    widths.sort_unstable();
    // The widest may be one line that was never wrapped, so a high rank stands for the margin.
    let usual = *widths.get(widths.len() * 9 / 10)?;
    // A line gives way by a wide character and a mark that may not begin the next line.
    let wrapped = |line: &&&str| line.width().abs_diff(usual) <= RAGGED && !line.ends_with(|last| ENDS.contains(last));
    let is_wrapped = inner.len() + 1 >= WRAPPED
        && WIDTHS.contains(&usual)
        && inner.iter().filter(wrapped).count() * 10 >= inner.len() * 8;
    is_wrapped.then_some(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        read(text, Document::default()).expect("a text")
    }

    #[test]
    fn a_title_is_taken_only_where_it_looks_like_one() {
        let rows = [
            ("关于春季造林的通知\n\n各乡镇：\n今年造林三千亩。", "关于春季造林的通知", "各乡镇：\n今年造林三千亩。"),
            ("关于春季造林的通知\r\n今年造林三千亩。\r\n", "关于春季造林的通知", "今年造林三千亩。"),
            ("\n\n  谁来养老\n \n　　正文。\n\n", "谁来养老", "　　正文。"),
            ("3月5日，石门镇召开会议。\n会议强调。", "", "3月5日，石门镇召开会议。\n会议强调。"),
            ("他说：“今年好。”\n会议强调。", "", "他说：“今年好。”\n会议强调。"),
            ("各乡镇：\n今年造林。", "", "各乡镇：\n今年造林。"),
            ("来源：新华社\n正文。", "", "来源：新华社\n正文。"),
            ("只有一行", "", "只有一行"),
            ("通知\r各乡镇今年造林三千亩。", "通知", "各乡镇今年造林三千亩。"),
        ];
        for (text, title, body) in rows {
            let document = document(text);
            assert_eq!((document.title.as_str(), document.body.as_str()), (title, body));
        }
    }

    #[test]
    fn lines_that_end_by_width_are_seen() {
        let wrapped = "中華民國國民大會受全體國民之付託，依據孫中山先\n".repeat(8) + "生創立。";
        let read = document(&wrapped);
        assert!(read.hard_wrapped && read.title.is_empty(), "its first line is no title");
        let titled = document(&format!("宪法\n\n{wrapped}"));
        assert!(titled.hard_wrapped && titled.title == "宪法");
        assert_eq!(document(&format!("中華民國憲法\n{wrapped}")).title, "中華民國憲法");
        assert!(!document(&"今年计划造林三千亩，投入资金五百万元左右。\n".repeat(9)).hard_wrapped);
        assert!(!document(&"张三\n李四\n".repeat(9)).hard_wrapped, "a list of names");
    }
}
