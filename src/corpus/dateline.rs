//! What an article says about itself: `来源：`, `发布时间：2018-03-01 09:12`, `记者 张三`, `责任编辑：`, in either script.
//!
//! Only the first three lines and the last are looked at, and only what they say in so many words; where they say two
//! different things, nothing is taken. The text stays as it is, and the time of the file is never taken for a date.

use super::date;
use crate::document::{DateSpan, Document};

/// Lines with something in them that are looked at, at the beginning.
const FIRST: usize = 3;
/// Characters of a line that can be one of facts; a longer one is a paragraph.
const LONGEST: usize = 120;
/// Characters of a line that ends in a date, as that of an office that signs.
const SIGNATURE: usize = 40;

/// Characters of a line within which brackets name its reporter.
const OPENING: usize = 30;
/// Around a date that stands alone.
const BRACKETS: [char; 9] = ['(', ')', '（', '）', '[', ']', '【', '】', ' '];

#[derive(Clone, Copy, PartialEq)]
enum Fact {
    Date,
    Source,
    Author,
    Editor,
}

/// Labels before a colon. A longer one stands before the shorter that it ends with.
const LABELS: [(Fact, &[&str]); 4] = [
    (
        Fact::Date,
        &[
            "发布时间",
            "發布時間",
            "發佈時間",
            "发布日期",
            "發布日期",
            "發佈日期",
            "发表时间",
            "發表時間",
            "更新时间",
            "更新時間",
            "成文日期",
            "日期",
            "时间",
            "時間",
        ],
    ),
    (Fact::Source, &["信息来源", "新闻来源", "文章来源", "来源", "來源", "稿源", "出处", "出處"]),
    (Fact::Author, &["作者", "记者", "記者", "撰稿", "撰文", "通讯员", "通訊員"]),
    (Fact::Editor, &["责任编辑", "責任編輯", "责编", "責編", "编辑", "編輯"]),
];

/// Fills what the document does not know yet about date, source, authors and editor from its body.
pub(super) fn read(document: &mut Document) {
    let body = std::mem::take(&mut document.body);
    let filled = || body.split(['\n', '\r']).map(trim).filter(|line| !line.is_empty());
    let last = body.rsplit(['\n', '\r']).map(trim).find(|line| !line.is_empty());
    read_lines(document, &filled().take(FIRST).chain(last).collect::<Vec<_>>());
    document.body = body;
}

/// Fills what the document does not know yet from some lines about it.
pub(super) fn read_lines(document: &mut Document, lines: &[&str]) {
    let mut found = Found::default();
    for line in lines.iter().filter(|line| line.chars().nth(LONGEST).is_none()) {
        found.read_labels(line);
    }
    if found.dates.is_empty() {
        let dates = lines.iter().filter_map(|line| dated(line));
        found.dates.extend(dates.map(|date| (date, "short line".to_string())));
    }
    if found.authors.is_empty() {
        let reporters = lines.iter().filter_map(|line| reporters(line));
        found.authors.extend(reporters.map(|names| (names, "记者".to_string())));
    }
    found.fill(document);
}

/// Whether a line is about the text rather than of it.
pub(super) fn is_fact(line: &str) -> bool {
    labels(line).next().is_some() || is_date(line)
}

/// Values with the rules that found them.
#[derive(Default)]
struct Found {
    dates: Vec<(DateSpan, String)>,
    sources: Vec<(String, String)>,
    authors: Vec<(Vec<String>, String)>,
    editors: Vec<(String, String)>,
}

impl Found {
    fn read_labels(&mut self, line: &str) {
        for (fact, label, value) in labels(line) {
            let rule = format!("label {label}");
            let date = |text: &str| date::find(&date::half_width(text)).map(|found| found.span);
            match fact {
                Fact::Date => self.dates.extend(date(value).map(|span| (span, rule))),
                Fact::Editor => self.editors.push((value.to_string(), rule)),
                Fact::Author => self.authors.push((names(value), rule)),
                Fact::Source => {
                    self.sources.push((value.to_string(), rule));
                    // 来源：央视网 2022年01月30日 19:40
                    self.dates.extend(date(line).map(|span| (span, "beside the source".into())));
                }
            }
        }
    }

    fn fill(self, document: &mut Document) {
        let Self { dates, mut sources, mut authors, mut editors } = self;
        sources.retain(|(value, _)| !value.is_empty());
        editors.retain(|(value, _)| !value.is_empty());
        authors.retain(|(names, _)| !names.is_empty());
        let mut rules = Vec::new();
        let mut note = |field: &str, rule: String| rules.push((field.to_string(), rule));
        if let Some((date, rule)) = only(dates).filter(|_| document.date.is_none()) {
            document.date = Some(date);
            note("date", rule);
        }
        if let Some((source, rule)) = only(sources).filter(|_| document.source.is_none()) {
            document.source = Some(source);
            note("source", rule);
        }
        if let Some((authors, rule)) = only(authors).filter(|_| document.authors.is_empty()) {
            document.authors = authors;
            note("authors", rule);
        }
        if let Some((editor, rule)) = only(editors).filter(|_| document.editor.is_none()) {
            document.editor = Some(editor);
            note("editor", rule);
        }
        document.found.extend(rules);
    }
}

/// The value that all of them agree on.
fn only<T: PartialEq>(values: Vec<(T, String)>) -> Option<(T, String)> {
    let agree = values.windows(2).all(|pair| pair[0].0 == pair[1].0);
    values.into_iter().next().filter(|_| agree)
}

/// The labels of a line, each with the value that follows.
fn labels(line: &str) -> impl Iterator<Item = (Fact, &str, &str)> {
    let colons = line.match_indices([':', '：']);
    colons.filter_map(move |(at, colon)| {
        let before = line[..at].trim_end_matches([' ', '\u{3000}']);
        let all = LABELS.iter().flat_map(|(fact, labels)| labels.iter().map(move |label| (*fact, *label)));
        let (fact, label) = all.into_iter().find(|(_, label)| before.ends_with(label))?;
        let owner = before[..before.len() - label.len()].chars().next_back();
        // 领导责任编辑: an editor's label may have a site's name before it, other labels stand free.
        let stands_free = owner.is_none_or(|c| !c.is_alphanumeric());
        let in_brackets = line.starts_with(['(', '（', '[', '【']) && fact == Fact::Editor;
        let value = value_of(&line[at + colon.len()..], fact);
        (stands_free || in_brackets).then_some((fact, label, value))
    })
}

/// A value ends where the line does, at a wide gap, a bar, a bracket or the next label; that of a date holds blanks.
fn value_of(text: &str, fact: Fact) -> &str {
    let text = trim(text);
    let next = LABELS.iter().flat_map(|(_, labels)| labels.iter()).filter_map(|label| {
        let at = text.find(label)?;
        text[at + label.len()..].trim_start().starts_with([':', '：']).then_some(at)
    });
    let text = &text[..next.min().unwrap_or(text.len())];
    let gap = ["  ", "\t", "\u{3000}", "|", "｜", ")", "）", "]", "】", "\u{A0}"]
        .iter()
        .filter_map(|gap| text.find(gap))
        .min();
    let text = trim(&text[..gap.unwrap_or(text.len())]);
    // 来源：央视网2022年01月30日 19:40
    let day = date::find(text).filter(|found| fact == Fact::Source && found.span.first == found.span.last);
    trim(day.map_or(text, |day| day.before))
}

/// The day that a short line without a sentence in it ends in, or that stands between wide gaps:
/// `中共麦川区委　2020年10月12日`, `云陇日报　2015-08-11　记者 梅以恒`.
fn dated(line: &str) -> Option<DateSpan> {
    if line.chars().nth(SIGNATURE).is_some() {
        return None;
    }
    let cells = line.split(['\u{3000}', '\u{A0}', '\t', '|', '｜']).flat_map(|cell| cell.split("  "));
    let found = |text: &str, is_alone: bool| {
        let narrow = date::half_width(text.trim_matches(BRACKETS));
        let day = date::find(&narrow).filter(|day| !day.before.contains(['。', ',', ';', ':']))?;
        let is_time = |c: char| ":.+Z ".contains(c) || "0123456789星期一二三四五六日天周上下午时時分秒T".contains(c);
        let fits = day.after.chars().all(is_time) && (!is_alone || day.before.trim().is_empty());
        // A year or a month alone is more often a heading than a date.
        (fits && day.span.first == day.span.last).then_some(day.span)
    };
    found(line, false).or_else(|| cells.into_iter().find_map(|cell| found(cell, true)))
}

/// Whether a line is a date and hardly anything else.
fn is_date(line: &str) -> bool {
    let narrow = date::half_width(line.trim_matches(BRACKETS));
    dated(line).is_some() && date::find(&narrow).is_some_and(|found| found.before.trim().is_empty())
}

/// `（记者 张三 李四）`, `〔記者邵以航／臺南報導〕` near the start of a line, or a line or a cell of its own, `記者 麥頌汶`.
fn reporters(line: &str) -> Option<Vec<String>> {
    const OPEN: [char; 4] = ['(', '（', '〔', '【'];
    let opening = line.char_indices().take(OPENING).find(|(_, c)| OPEN.contains(c)).map(|(at, _)| &line[at..]);
    if let Some((inner, _)) = opening.and_then(|text| text.split_once([')', '）', '〕', '】'])) {
        let (_, value) = inner.split_once("记者").or_else(|| inner.split_once("記者"))?;
        return Some(names(value)).filter(|names| !names.is_empty());
    }
    // Without brackets a cell that begins so: 记者获悉 is a sentence.
    let short = Some(line).filter(|line| line.chars().nth(SIGNATURE).is_none())?;
    let (before, value) = short.split_once("记者").or_else(|| short.split_once("記者"))?;
    let before = before.trim_end_matches(['本', '报', '報', '台', '网', '網', '刊']);
    let is_free = before.is_empty() || before.ends_with(['\u{3000}', '\u{A0}', '\t', ' ']);
    let names = names(value.strip_prefix([' ', '\u{3000}', '\u{A0}'])?);
    (is_free && !names.is_empty()).then_some(names)
}

/// Names between blanks and enumeration marks: two to four Han characters, or with a point between or in letters. None
/// where anything else stands among them.
fn names(text: &str) -> Vec<String> {
    const ROLES: [&str; 13] = [
        "本报",
        "本報",
        "新华社",
        "记者",
        "記者",
        "通讯员",
        "通訊員",
        "实习生",
        "實習生",
        "报道",
        "報道",
        "報導",
        "摄影",
    ];
    const BETWEEN: [char; 12] = ['、', ',', '，', ';', '；', ' ', ':', '：', '\u{3000}', '\u{A0}', '/', '\t'];
    // Behind a stroke stands the place: 記者林穗禾∕花蓮報導.
    let text = text.split(['∕', '／']).next().unwrap_or("");
    let without = |part: &str| ROLES.iter().fold(part.to_string(), |name, role| name.replace(role, ""));
    let names: Vec<String> = text.split(BETWEEN).map(without).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &String| {
        let count = name.chars().count();
        let is_foreign = name.contains(['·', '•', '.']) || name.is_ascii();
        let has_no_sense = |c: char| c.is_ascii_digit() || "。！？“”《》".contains(c);
        (2..=if is_foreign { 30 } else { 4 }).contains(&count) && !name.contains(has_no_sense)
    };
    if names.iter().all(is_name) { names } else { Vec::new() }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_a_plain_text() {
        let rows = [
            ("来源：新华社  发布时间：2018-03-01 09:12  作者：张三", "新华社", "2018-03-01", "张三", ""),
            ("來源：中央社\n記者：王小明、李大同\n責任編輯：陳五", "中央社", "", "王小明|李大同", "陳五"),
            ("来源：央视网 2022年01月30日 19:40", "央视网", "2022-01-30", "", ""),
            ("本报讯（记者 张三 李四）昨日，", "", "", "张三|李四", ""),
            ("本報北京三月五日電（記者張三、李四）會議今日開幕。", "", "", "張三|李四", ""),
            ("２０１８年３月５日\n正文", "", "2018-03-05", "", ""),
            ("第一行。\n(天水在線編輯:付麗麗)", "", "", "", "付麗麗"),
            ("日期：2018年3月", "", "2018-03", "", ""),
            ("他说：来源很多。会议时间是2018年3月5日。", "", "", "", ""),
            ("記者　麥頌汶\n\n記者早上所見，", "", "", "麥頌汶", ""),
            ("麦川县自来水公司　2014-07-08\n正文。", "", "2014-07-08", "", ""),
            ("来源：甲报\n来源：乙报", "", "", "", ""),
            ("来源：央视网2022年01月30日 19:40", "央视网", "2022-01-30", "", ""),
            ("云陇日报　2015-08-11　记者 梅以恒", "", "2015-08-11", "梅以恒", ""),
            ("2024/06/21 14:32　〔記者邵以航／臺南報導〕", "", "2024-06-21", "邵以航", ""),
            ("（记者获悉，会议定于2018年3月5日召开）", "", "", "", ""),
            ("2018年\n一、工作回顾", "", "", "", ""),
        ];
        for (text, source, date, authors, editor) in rows {
            let mut document = Document { body: text.into(), ..Document::default() };
            read(&mut document);
            let date_text = document.date.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(document.source.unwrap_or_default(), source, "{text}");
            assert_eq!(document.authors.join("|"), authors, "{text}");
            assert_eq!((date_text.as_str(), document.editor.unwrap_or_default().as_str()), (date, editor), "{text}");
        }
    }
}
