//! Labels with a colon behind them: `来源：新华社  发布时间：2018-03-01 09:12`, `（责任编辑：李四）`.

use std::sync::LazyLock;

use super::super::date;
use super::trim;

/// What a label is a label of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fact {
    Date,
    Source,
    Author,
    Editor,
    /// Something else, which ends a value all the same.
    None,
}

/// A label, the place of its line in the list, which is its rank, and what it is a label of.
struct Label {
    text: &'static str,
    rank: usize,
    fact: Fact,
}

/// The list, longer labels first, so that 视频编辑 is not taken for 编辑.
static LABELS: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let lines = include_str!("../data/labels.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut labels: Vec<Label> = lines
        .enumerate()
        .filter_map(|(rank, line)| line.split_once('\t').map(|(fact, words)| (rank, fact, words)))
        .flat_map(|(rank, fact, words)| {
            let fact = match fact {
                "date" => Fact::Date,
                "source" => Fact::Source,
                "author" => Fact::Author,
                "editor" => Fact::Editor,
                _ => Fact::None,
            };
            words.split_whitespace().map(move |text| Label { text, rank, fact })
        })
        .collect();
    labels.sort_by_key(|label| std::cmp::Reverse(label.text.len()));
    labels
});

const OPEN: [char; 6] = ['(', '（', '[', '【', '〔', '［'];
const CLOSE: [char; 6] = [')', '）', ']', '】', '〕', '］'];
/// Characters of a remark in brackets at the end of a paragraph.
const REMARK: usize = 60;
/// Where a value ends.
const GAPS: [&str; 9] = ["  ", "\t", "\u{3000}", "|", "｜", "\u{A0}", "丨", "；", "。"];

/// The labels of a line, each with its rank, what it is and the value that follows.
pub(super) fn labels(line: &str) -> impl Iterator<Item = (usize, Fact, &'static str, &str)> {
    with_colon(line).chain(bracketed(line))
}

/// `（编辑　颜秋池）`: an editor in brackets needs no colon.
fn bracketed(line: &str) -> Option<(usize, Fact, &'static str, &str)> {
    let inner = line.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    let label = LABELS.iter().find(|label| label.fact == Fact::Editor && inner.starts_with(label.text))?;
    let value = inner[label.text.len()..].strip_prefix([' ', '\u{3000}', '\u{A0}'])?;
    Some((label.rank, label.fact, label.text, value_of(value, label.fact)))
}

fn with_colon(line: &str) -> impl Iterator<Item = (usize, Fact, &'static str, &str)> {
    line.match_indices([':', '：']).filter_map(move |(at, colon)| {
        let before = line[..at].trim_end_matches([' ', '\u{3000}', '\u{A0}']);
        let label = LABELS.iter().find(|label| before.ends_with(label.text))?;
        let owner = &before[..before.len() - label.text.len()];
        // 领导责任编辑: an editor's label may have a site's name before it, other labels stand free, or behind the value of
        // another: 编辑：张三责任编辑：李四.
        let follows = label.text.chars().count() >= 4 && owner.contains([':', '：']);
        let stands_free = follows || owner.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let in_brackets = line.starts_with(OPEN) && label.fact == Fact::Editor;
        let is_event = matches!(label.text, "时间" | "時間") && (line.contains("地点") || line.contains("地點"));
        let value = value_of(&line[at + colon.len()..], label.fact);
        ((stands_free || in_brackets) && !is_event).then_some((label.rank, label.fact, label.text, value))
    })
}

/// The remark in brackets that a long paragraph ends with: `……。（视频编辑：林楠 文字编辑：刘禛）`.
pub(super) fn tail(line: &str) -> Option<&str> {
    let inner = line.strip_suffix(CLOSE)?;
    let (at, open) = inner.char_indices().rev().take(REMARK).find(|(_, c)| OPEN.contains(c))?;
    Some(&inner[at + open.len_utf8()..]).filter(|_| at > 0)
}

/// A value ends where the line does, at a wide gap, a bar, a bracket or the next label; that of a date holds blanks.
fn value_of(text: &str, fact: Fact) -> &str {
    let text = trim(text);
    let next = text.match_indices([':', '：']).find_map(|(colon, _)| {
        let before = text[..colon].trim_end();
        let label = LABELS.iter().find(|label| before.ends_with(label.text))?;
        Some(before.len() - label.text.len())
    });
    let text = &text[..next.unwrap_or(text.len())];
    let gap = GAPS.iter().filter_map(|gap| text.find(gap)).chain(text.find(CLOSE)).min();
    let text = trim(&text[..gap.unwrap_or(text.len())]);
    // 来源：央视网2022年01月30日 19:40
    let day = date::find(text).filter(|found| fact == Fact::Source && found.span.first == found.span.last);
    trim(day.map_or(text, |day| day.before)).trim_end_matches(['(', '（', '[', '【', '/', ' '])
}
