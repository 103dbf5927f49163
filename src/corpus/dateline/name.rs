//! Names of reporters and authors: `（记者 张三 李四）`, `〔記者邵以航／臺南報導〕`, `本報記者　麥頌汶`, `文／薄如雪`.

use super::lines::is_longer;
use super::list::{PLACES, ROLES};
use super::{signature, trim};
use crate::analysis::is_han;

/// Characters of a line within which brackets name its reporter.
const OPENING: usize = 30;
/// Characters of a line that names somebody.
const LINE: usize = 40;
const OPEN: [char; 5] = ['(', '（', '〔', '【', '［'];
const CLOSE: [char; 5] = [')', '）', '〕', '】', '］'];
/// Roles that open a cell of names without a colon.
const REPORTERS: [&str; 4] = ["记者", "記者", "通讯员", "通訊員"];
const WRITERS: [&str; 10] = ["撰文", "撰稿", "评论员", "評論員", "特約撰述", "特约撰述", "文／", "文/", "采写", "作者"];

/// The names that a line gives in brackets near its start, or in a cell of its own.
pub(super) fn reporters(line: &str) -> Option<Vec<String>> {
    in_brackets(line).or_else(|| in_cells(line))
}

fn in_brackets(line: &str) -> Option<Vec<String>> {
    let (at, _) = line.char_indices().take(OPENING).find(|(_, c)| OPEN.contains(c))?;
    let (inner, _) = line[at..].split_once(CLOSE)?;
    let (_, value) = REPORTERS.iter().filter_map(|role| inner.split_once(role)).next()?;
    Some(names(value)).filter(|names| !names.is_empty())
}

/// Without brackets a cell that begins so: 记者获悉 is a sentence.
fn in_cells(line: &str) -> Option<Vec<String>> {
    if is_longer(line, LINE) || line.contains(['。', '，', ',', '：', ':']) {
        return None;
    }
    let mut found = Vec::new();
    let (mut rest, mut is_first) = (line, true);
    while let Some((start, role, is_reporter)) = next_role(rest) {
        let before = rest[..start].trim_end_matches(['本', '报', '報', '台', '网', '網', '刊', '特', '约', '約']);
        let stands_free = before.is_empty() || before.ends_with(['\u{3000}', '\u{A0}', '\t', ' ']);
        let after = &rest[start + role.len()..];
        let is_parted = after.starts_with([' ', '\u{3000}', '\u{A0}', '\t']) || role.ends_with(['／', '/']);
        let is_alone = is_reporter && is_first && before.is_empty() && after.contains(['／', '∕', '/']);
        if !(stands_free && (is_parted || is_alone)) {
            break;
        }
        let end = next_role(after).map_or(after.len(), |(end, ..)| end);
        found.extend(names(&after[..end]));
        (rest, is_first) = (&after[end..], false);
    }
    (!found.is_empty()).then_some(found)
}

/// The first role of a text, where it begins, and whether it is a reporter's.
fn next_role(text: &str) -> Option<(usize, &'static str, bool)> {
    let roles = REPORTERS.iter().map(|role| (role, true)).chain(WRITERS.iter().map(|role| (role, false)));
    roles.filter_map(|(role, is_reporter)| Some((text.find(role)?, *role, is_reporter))).min_by_key(|(at, ..)| *at)
}

/// Who gives a speech: a name of its own line, or behind a title and a gap, beside a line that dates it and above the
/// address to the audience: `区长　郑禾青`, then `各位代表：`.
pub(super) fn speaker<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let address = lines.iter().position(|line| line.ends_with(['：', ':']) && line.chars().count() <= 20)?;
    let dated = lines[..address].iter().any(|line| signature::dated(line).is_some());
    let is_name = |cell: &&str| (2..=4).contains(&cell.chars().count()) && cell.chars().all(is_han);
    let mut names = lines[..address].iter().rev().filter_map(|line| {
        let cells: Vec<&str> = signature::cells(line).collect();
        cells.last().copied().filter(|_| cells.len() <= 2).filter(is_name)
    });
    names.next().filter(|_| dated)
}

/// Names between blanks and enumeration marks: two to four Han characters, or with a point between or in letters. None
/// where anything else stands among them.
pub(super) fn names(text: &str) -> Vec<String> {
    const BETWEEN: [char; 13] = ['、', ',', '，', ';', '；', ' ', ':', '：', '\u{3000}', '\u{A0}', '/', '\t', '‧'];
    // Behind a stroke stands the place: 記者林穗禾∕花蓮報導.
    let text = trim(text).split(['∕', '／']).next().unwrap_or("");
    let without = |part: &str| ROLES.iter().fold(part.to_string(), |name, role| name.replace(role, ""));
    let names: Vec<String> =
        text.split(BETWEEN).map(without).filter(|name| !name.is_empty() && name != "文" && name != "图").collect();
    let is_name = |name: &String| {
        let count = name.chars().count();
        let is_foreign = name.contains(['·', '•', '.']) || name.is_ascii();
        let has_no_sense = |c: char| c.is_ascii_digit() || "。！？“”《》（）()｜|".contains(c);
        (2..=if is_foreign { 30 } else { 4 }).contains(&count) && !name.contains(has_no_sense)
    };
    if names.iter().all(is_name) { names } else { Vec::new() }
}

/// The names that stand before a place without a gap: `王小明台北`.
pub(super) fn before_place(text: &str) -> Vec<String> {
    let text = trim(text);
    let end = PLACES.iter().filter_map(|place| text.strip_suffix(place)).min_by_key(|name| name.len());
    names(end.unwrap_or(text))
}
