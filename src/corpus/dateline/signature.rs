//! Who signs and when: short lines that hold a date, the name of a paper or an office beside it, and the two lines at the
//! end of a notice.

use super::super::date;
use super::lines::is_longer;
use super::list::{BODIES, MEDIA, ends_in};
use super::{label, trim};
use crate::document::DateSpan;

/// Characters of a line that ends in a date, as that of an office that signs.
const SIGNATURE: usize = 40;
/// Characters of the name of a paper or an office.
const NAME: std::ops::RangeInclusive<usize> = 2..=24;
/// Around a date that stands alone.
const BRACKETS: [char; 12] = ['(', ')', '（', '）', '[', ']', '【', '】', ' ', '—', '─', '-'];

/// The day that a short line without a sentence in it ends in, or that stands between wide gaps:
/// `中共麦川区委　2020年10月12日`, `云陇日报　2015-08-11　记者 梅以恒`, `——二〇二一年一月十九日在…会议上`.
pub(super) fn dated(line: &str) -> Option<DateSpan> {
    if is_longer(line, SIGNATURE) {
        return None;
    }
    let found = |text: &str, is_alone: bool| {
        let narrow = date::half_width(text.trim_matches(BRACKETS));
        let day = date::find(&narrow).filter(|day| !day.before.contains(['。', ',', ';', ':']))?;
        let is_time = |c: char| ":.+Z ".contains(c) || "0123456789星期一二三四五六日天周上下午时時分秒T".contains(c);
        let is_subtitle = line.starts_with("——") && day.before.trim().is_empty() && day.after.starts_with('在');
        let fits = is_subtitle || day.after.chars().all(is_time) && (!is_alone || day.before.trim().is_empty());
        // A year or a month alone is more often a heading than a date.
        (fits && day.span.first == day.span.last).then_some(day.span)
    };
    found(line, false).or_else(|| cells(line).find_map(|cell| found(cell, true)))
}

/// Whether a line is a date and hardly anything else.
pub(super) fn is_date(line: &str) -> bool {
    let narrow = date::half_width(line.trim_matches(BRACKETS));
    dated(line).is_some() && date::find(&narrow).is_some_and(|found| found.before.trim().is_empty())
}

/// The source that a line of facts names without a label, and the rule: the cell beside a date, a label or a reporter;
/// `麦川区政务服务中心供稿`; `原载《云陇文史》2017年第2期`.
pub(super) fn source_beside(line: &str) -> Option<(&str, &'static str)> {
    if is_longer(line, SIGNATURE) || line.contains(['。', '，', '；', '？', '！']) {
        return None;
    }
    for cue in ["原载", "原載", "刊于", "刊於", "载于", "載於", "选自", "摘自", "转自", "轉自"] {
        if let Some(after) = line.trim_matches(BRACKETS).strip_prefix(cue) {
            return Some((trim(after.trim_start_matches([':', '：'])), "where it was printed"));
        }
    }
    if let Some(body) = line.trim_matches(BRACKETS).strip_suffix("供稿").filter(|body| is_name(body)) {
        return Some((body, "供稿"));
    }
    let mut all = cells(line);
    let (first, others) = (all.next()?, all.next().is_some());
    // 本报评论员　谷声远 names no paper.
    let beside_date = others && cells(line).any(is_date);
    let beside_label = others && cells(line).skip(1).any(|cell| label::labels(cell).next().is_some());
    let beside_reporter =
        others && cells(line).skip(1).any(|cell| cell.starts_with("记者") || cell.starts_with("記者"));
    let is_known = |cell: &str| ends_in(cell, &MEDIA) || ends_in(cell, &BODIES);
    let own = |cell: &str| ["本报", "本報", "本刊", "本台", "本网"].iter().any(|own| cell.starts_with(own));
    let cell = cells(line).take(2).find(|cell| is_name(cell) && !is_date(cell) && !own(cell) && !is_weekday(cell))?;
    let is_long = cell.chars().count() >= 4 && cell == first;
    let fits = beside_date && (is_long || is_known(cell)) || (beside_label || beside_reporter) && is_known(cell);
    let name = if cell == first { date::find(cell).map_or(cell, |day| trim(day.before)) } else { cell };
    (fits && is_name(name)).then_some((name, "beside the date"))
}

/// The first two lines of which the upper is short and names who signs, and the lower is a day: the body, where that is
/// the name of one, and the day.
pub(super) fn signed<'a>(lines: impl Iterator<Item = &'a str>) -> Option<(Option<&'a str>, DateSpan)> {
    let mut above: Option<&str> = None;
    for line in lines {
        let narrow = || date::half_width(line.trim_matches(BRACKETS));
        let short = |line: &str| !is_longer(line, SIGNATURE);
        if let Some(signer) = above.filter(|signer| short(line) && short(signer) && !signer.contains(['。', '：', ':']))
            && let Some(day) = date::parse(&narrow()).filter(|day| day.first == day.last && !day.inferred)
            && is_date(line)
        {
            let name = trim(signer.split("&").next().unwrap_or(signer));
            return Some((Some(name).filter(|name| ends_in(name, &BODIES) && !name.contains(['“', '《', '，'])), day));
        }
        above = Some(line);
    }
    None
}

/// Whether a line is the name of a body that signs, and nothing else.
pub(super) fn is_body(line: &str) -> bool {
    is_name(line) && ends_in(line, &BODIES)
}

/// The cells of a line: wide gaps and bars part them.
pub(super) fn cells(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split(['\u{3000}', '\u{A0}', '\t', '|', '｜']).flat_map(|cell| cell.split("  "));
    parts.map(trim).filter(|cell| !cell.is_empty())
}

/// Letters alone, as many as a name has, title marks allowed.
fn is_name(cell: &str) -> bool {
    NAME.contains(&cell.chars().count()) && cell.chars().all(|c| c.is_alphabetic() || "《》·".contains(c))
}

fn is_weekday(cell: &str) -> bool {
    cell.starts_with("星期") || cell.starts_with('周') || cell.starts_with("第")
}
