//! How the first paragraph of a report opens: `新华社北京3月5日电（记者张三）`, `央视网消息（新闻联播）：`, `本报讯（记者 张三）`,
//! `（中央社記者王小明台北5日電）`.

use super::super::date;
use super::list::{AGENCIES, MEDIA, ends_in};
use super::name::{before_place, names};
use super::{Written, trim};

/// Characters of a paragraph within which its opening ends.
const WITHIN: usize = 44;
/// Characters of the name of an agency or a paper.
const NAME: usize = 14;
const CLOSE: [char; 5] = [')', '）', '〕', '】', ']'];
const OPEN: [char; 5] = ['(', '（', '〔', '【', '['];

/// What an opening says.
pub(super) struct Opening<'a> {
    pub source: Option<&'a str>,
    pub names: Vec<String>,
    pub date: Option<Written>,
    /// The opening as written, without what follows the reporters.
    pub written: &'a str,
    /// What follows it.
    pub rest: &'a str,
}

/// The opening of a paragraph, if it has one.
pub(super) fn read(line: &str) -> Option<Opening<'_>> {
    let line = trim(line);
    let end = line.char_indices().nth(WITHIN).map_or(line.len(), |(at, _)| at);
    let head = &line[..end];
    bracketed(line, head).or_else(|| sent(line, head)).or_else(|| told(line, head))
}

/// `（中央社記者王小明台北5日電）`, `【央视新闻讯】`.
fn bracketed<'a>(line: &'a str, head: &'a str) -> Option<Opening<'a>> {
    let inner = head.strip_prefix(OPEN)?;
    let close = inner.find(CLOSE)?;
    let (inner, start) = (&inner[..close], line.len() - line.trim_start_matches(OPEN).len());
    let sent = inner.strip_suffix(['电', '電', '讯', '訊'])?;
    let rest = after_close(line, start + close);
    let written = &line[..line.len() - rest.len()];
    let (date, before) = dated(sent);
    let source = agency(before);
    let reporter = before.split_once("記者").or_else(|| before.split_once("记者"));
    let names = reporter.map(|(_, after)| before_place(after)).unwrap_or_default();
    (source.is_some() || !names.is_empty()).then_some(Opening { source, names, date, written, rest })
}

/// `新华社北京3月5日电（记者张三）`, `本报北京三月五日讯 记者张三报道：`.
fn sent<'a>(line: &'a str, head: &'a str) -> Option<Opening<'a>> {
    let (at, sign) = head.match_indices(['电', '電', '讯', '訊']).next()?;
    let before = head[..at].trim_start_matches('据');
    if before.contains(['。', '，', ',', '；', '！', '？', '“', '：', ':']) {
        return None;
    }
    let (date, place) = dated(before);
    let is_own = ["本报", "本報", "本台", "本网", "本網", "本刊"].iter().any(|own| before.starts_with(own));
    let source = agency(place).filter(|_| !is_own);
    // 来电 and 通讯 are words: an opening has a day or the name of an agency, and nothing goes on behind it.
    let after = &line[at + sign.len()..];
    let ends =
        after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || OPEN.contains(&c) || "：:".contains(c));
    let is_bare = is_own && place.chars().count() <= 2;
    let is_opening = (date.is_some() && (source.is_some() || is_own)) || ((source == Some(place) || is_bare) && ends);
    is_opening.then(|| with_names(line, at + sign.len(), source, date))
}

/// `央视网消息（新闻联播）：`, `央视网(新闻联播)：`.
fn told<'a>(line: &'a str, head: &'a str) -> Option<Opening<'a>> {
    let end = head.find("消息").or_else(|| head.find(['(', '（']))?;
    let (name, after) = (&head[..end], &line[end..]);
    let source =
        if after.starts_with("消息") { agency(name) } else { AGENCIES.iter().find(|known| **known == name).copied() };
    let source = source.filter(|source| *source == name)?;
    let start = end + if after.starts_with("消息") { "消息".len() } else { 0 };
    let goes_on = line[start..].trim_start().starts_with(['：', ':', '（', '(', ' ', '\u{3000}', '，', ',', '\n']);
    (goes_on || line.len() == start).then(|| with_names(line, start, Some(source), None))
}

/// An opening that ends at a byte of the line, with the reporters in brackets or behind a blank.
fn with_names<'a>(line: &'a str, end: usize, source: Option<&'a str>, date: Option<Written>) -> Opening<'a> {
    let (mut rest, mut found) = (line[end..].trim_start(), Vec::new());
    if let Some(inner) = rest.strip_prefix(OPEN)
        && let Some(close) = inner.char_indices().take(WITHIN).find(|(_, c)| CLOSE.contains(c)).map(|(at, _)| at)
    {
        let reporter = inner[..close].split_once("记者").or_else(|| inner[..close].split_once("記者"));
        found = reporter.map(|(_, after)| names(after)).unwrap_or_default();
        rest = after_close(inner, close);
    } else if let Some((value, after)) = rest.strip_prefix("记者").and_then(|value| value.split_once("报道"))
        && value.chars().count() <= 10
    {
        (found, rest) = (names(value), after);
    }
    let rest = rest.trim_start_matches(['：', ':', '，', ',', ' ', '\u{3000}', '—', '-']);
    let written = &line[..end];
    // A second opening follows the first: 央视网消息（新闻联播）：新华社北京4月2日电.
    match sent(rest, &rest[..rest.char_indices().nth(WITHIN).map_or(rest.len(), |(at, _)| at)]) {
        Some(second) if date.is_none() && second.date.is_some() => {
            let names = if found.is_empty() { second.names } else { found };
            let (source, written) = (source.or(second.source), &line[..line.len() - second.rest.len()]);
            Opening { source, names, date: second.date, written, rest: second.rest }
        }
        _ => Opening { source, names: found, date, written, rest },
    }
}

fn after_close(text: &str, close: usize) -> &str {
    let mut rest = text[close..].chars();
    rest.next();
    rest.as_str().trim_start()
}

/// The date at the end of a text, and what stands before it.
fn dated(text: &str) -> (Option<Written>, &str) {
    let day = date::find(text).filter(|day| day.after.trim().is_empty() && day.span.first == day.span.last);
    if let Some(day) = day {
        return (Some(Written::Whole(day.span)), day.before.trim_end());
    }
    match date::yearless_at_end(text) {
        Some((before, day)) => (Some(Written::Yearless(day)), before.trim_end()),
        None => (None, text.trim_end()),
    }
}

/// The agency or the paper that a text begins with: a known one, or the shortest beginning that ends as such names do.
fn agency(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['据', ' ', '\u{3000}']);
    if let Some(known) = AGENCIES.iter().find(|known| text.starts_with(**known)) {
        return Some(&text[..known.len()]);
    }
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(NAME);
    let is_name = |end: &usize| text[..*end].chars().all(char::is_alphanumeric) && ends_in(&text[..*end], &MEDIA);
    // The longest, so that 云陇日报社 is not 云陇日报; at least three characters.
    let end = ends.skip(2).filter(is_name).last()?;
    Some(&text[..end])
}
