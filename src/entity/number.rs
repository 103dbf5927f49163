//! DOCUMENT NUMBERS: 国发〔2019〕5号 in any bracket, 交通运输部令2019年第46号, 府农务字第1120198765号, 第45/2022号行政长官批示,
//! and numbers of cases, (2021)甘0503民初123号. Every one ends with 号, and is read backwards from there. Which organ a
//! number is of is left to who asks.

use super::reading::{ends_before, han_before, is_digit, one_of, stands};
use super::traits::Traits;
use super::{Span, Text};
use crate::analysis::is_han;
use crate::document::EntityKind;

/// Longest organ prefix in characters: 国家市场监督管理总局令 is ten, names of ministries reach sixteen.
const LONGEST_PREFIX: usize = 18;
/// What stands before a number and is no part of it: verbs and particles. 依 and 据 begin no organ's short name.
const BEFORE: [&str; 46] = [
    "印发", "下发", "转发", "出台", "发布", "公布", "发出", "制发", "签发", "核发", "颁布", "收到", "根据", "依据",
    "依照", "按照", "参照", "遵照", "执行", "落实", "援引", "引用", "文号", "文件", "编号", "参考", "写进", "写入",
    "送来", "拿出", "结合", "关于", "通知", "字号", "发文", "附件", "详见", "对照", "下达", "批准", "出具", "作出",
    "送达", "编为", "号为", "名为",
];
/// The same of one character.
const BEFORE_ONE: &str = "的了着把被让给以依据按照对在与及或由从为是将该此其见即说称到至向就凭用";
/// What joins within the names of ministries: 国家发展和改革委员会令.
const JOINED: [&str; 11] = ["国", "改革", "信息", "城乡", "社会", "物资", "草原", "旅游", "计划", "技术", "卫生"];
/// Organs written whole before a number: 省高院|湘高法发.
const ORGANS: [&str; 12] =
    ["人民政府", "政府", "法院", "检察院", "委员会", "办公厅", "办公室", "总局", "公司", "大学", "高院", "法制办"];
/// One character that ends an organ's name, before an abbreviation of a province or 国, 中.
const ORGAN_ENDS: &str = "院局厅委部办会署";
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滇黔陇秦国中";
/// What stands behind a number of Hong Kong or Macau, with the office that issued it.
const ISSUED: [&str; 6] = ["批示", "行政命令", "行政长官公告", "法律公告", "号外公告", "决议案"];

/// The document numbers of a text, in order.
pub(crate) fn find(text: &Text) -> Vec<Span> {
    let chars = &text.chars;
    let mut found: Vec<Span> = Vec::new();
    for end in text.places(Traits::NUMBER) {
        let Some(range) = number_before(chars, end) else { continue };
        if found.last().is_none_or(|last| last.chars.end <= range.start) {
            found.push(Span { kind: EntityKind::Number, chars: range, value: None, confidence: 0.95 });
        }
    }
    found
}

/// The number that ends with the 号 at a place.
fn number_before(chars: &[char], end: usize) -> Option<std::ops::Range<usize>> {
    let digits = digits_before(chars, end);
    if digits == end {
        return None;
    }
    bracketed(chars, digits, end).or_else(|| ordered(chars, digits, end)).or_else(|| of_a_case(chars, digits, end))
}

/// Where the digits before a place begin; a blank, a list (9、10号) and a division (45/2022号) belong to them.
fn digits_before(chars: &[char], end: usize) -> usize {
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '/' | '-' | ' ');
    let mut start = end - chars[..end].iter().rev().take(24).take_while(|c| is_part(c)).count();
    while start < end && !chars[start].is_ascii_digit() {
        start += 1;
    }
    start
}

/// 国发〔2019〕5号, also with 第 before the digits.
fn bracketed(chars: &[char], digits: usize, end: usize) -> Option<std::ops::Range<usize>> {
    let mut at = blanks_before(chars, digits);
    if chars[..at].last() == Some(&'第') {
        at = blanks_before(chars, at - 1);
    }
    let close = *chars[..at].last()?;
    let open = match close {
        '〕' => '〔',
        ']' => '[',
        ')' => '(',
        '】' => '【',
        '〉' => '〈',
        '》' => '《',
        _ => return None,
    };
    let year = chars[..at - 1].iter().rev().take(8).position(|c| *c == open).map(|back| at - 2 - back)?;
    let inside = &chars[year + 1..at - 1];
    let is_year = |c: &char| is_digit(*c) || matches!(c, '年' | ' ');
    if inside.is_empty() || !inside.iter().all(is_year) {
        return None;
    }
    let from = blanks_before(chars, year);
    prefix(chars, from).map(|start| start..end + 1)
}

/// 令2019年第46号, 令第722号, 第722号令, 字第112号, 公告2022年第14号, 第45/2022号行政长官批示.
fn ordered(chars: &[char], digits: usize, end: usize) -> Option<std::ops::Range<usize>> {
    let at = blanks_before(chars, digits);
    if chars[..at].last() != Some(&'第') {
        return None;
    }
    let order = at - 1;
    let year = year_before(chars, order);
    if let Some(issued) = issued(chars, end + 1) {
        return Some(year..issued);
    }
    if ends_before(chars, order, "字") {
        return prefix(chars, order).map(|start| start..end + 1);
    }
    if ["令", "公告", "通告"].iter().any(|kind| ends_before(chars, year, kind)) {
        return organ(chars, year).map(|start| start..end + 1);
    }
    let decree = stands(chars, end + 1, "令").then_some(end + 2)?;
    Some(organ(chars, year).unwrap_or(year)..decree)
}

/// Where 行政长官批示, 社会工作局局长批示 behind a number ends.
fn issued(chars: &[char], at: usize) -> Option<usize> {
    let office = |at: &usize| chars[..*at].last().is_none_or(|before| is_han(*before));
    (at..chars.len().min(at + 14)).take_while(office).find_map(|at| one_of(chars, at, &ISSUED)).map(|(_, end)| end)
}

/// The number of a case: a year in brackets, a court, a kind.
fn of_a_case(chars: &[char], digits: usize, end: usize) -> Option<std::ops::Range<usize>> {
    let is_part = |c: &char| is_han(*c) || c.is_ascii_digit();
    let start = digits - chars[..digits].iter().rev().take(16).take_while(|c| is_part(c)).count();
    let kinds = ["民", "刑", "行", "执", "破", "赔"];
    if start == digits || !chars[start..digits].iter().any(|c| kinds.iter().any(|kind| kind.contains(*c))) {
        return None;
    }
    let open = start.checked_sub(6)?;
    let is_year = matches!(chars[open], '(' | '〔' | '[') && chars[open + 1..open + 5].iter().all(char::is_ascii_digit);
    is_year.then_some(open..end + 1)
}

/// Where `2019年` before a place begins, or the place.
fn year_before(chars: &[char], at: usize) -> usize {
    let digits = at.checked_sub(5).filter(|_| ends_before(chars, at, "年"));
    digits.filter(|start| chars[*start..at - 1].iter().all(char::is_ascii_digit)).unwrap_or(at)
}

fn blanks_before(chars: &[char], at: usize) -> usize {
    at - chars[..at].iter().rev().take(2).take_while(|c| c.is_whitespace()).count()
}

/// Where the short name of an organ before a place begins.
fn prefix(chars: &[char], end: usize) -> Option<usize> {
    let mut start = after_verbs(chars, han_before(chars, end, LONGEST_PREFIX), end);
    for at in start + 1..end {
        let whole = ORGANS.iter().any(|organ| ends_before(chars, at, organ)) && end - at >= 2;
        let short = ORGAN_ENDS.contains(chars[at - 1]) && PROVINCES.contains(chars[at]) && end - at >= 3;
        if whole || short {
            start = at;
        }
    }
    (start < end).then_some(start)
}

/// Where the full name of an organ before a place begins.
fn organ(chars: &[char], end: usize) -> Option<usize> {
    let start = after_verbs(chars, han_before(chars, end, LONGEST_PREFIX), end);
    (start + 1 < end).then_some(start)
}

/// The place behind the last verb or particle of a run. 和 is one, but not in 和政发, which begins with the name of a county.
fn after_verbs(chars: &[char], start: usize, end: usize) -> usize {
    let mut from = start;
    for at in start..end {
        let county = at == start && chars.get(at + 1).is_some_and(|next| "政县龙平静田硕顺林".contains(*next));
        let joins = chars[at] == '和' && (county || one_of(chars, at + 1, &JOINED).is_some());
        let verb = BEFORE_ONE.contains(chars[at]) && !stands(chars, at, "对外");
        if verb || (chars[at] == '和' && !joins) {
            from = at + 1;
        } else if let Some((_, past)) = one_of(chars, at, &BEFORE) {
            from = past.min(end);
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_with_their_organs() {
        for (text, number) in [
            ("会议印发的浙委改发〔2018〕6号提出", "浙委改发〔2018〕6号"),
            ("同步印发发改能源[2021]633号文件", "发改能源[2021]633号"),
            ("写进晋高法（2022）15号附的案例", "晋高法(2022)15号"),
            ("和徐交发【2021】46号文件", "徐交发【2021】46号"),
            ("参考了省高院湘高法发〔2020〕9号文件", "湘高法发〔2020〕9号"),
            ("《办法》（交通运输部令2019年第46号）", "交通运输部令2019年第46号"),
            ("依據國務院令第722號", "国务院令第722号"),
            ("中华人民共和国国务院令第76号", "中华人民共和国国务院令第76号"),
            ("以國務院第722號令公布", "国务院第722号令"),
            ("文號是府農務字第1120198765號", "府农务字第1120198765号"),
            ("公布的第45/2022號行政長官批示", "第45/2022号行政长官批示"),
            ("第3/2020號社會工作局局長批示生效", "第3/2020号社会工作局局长批示"),
            ("法院作出（2021）甘0503民初123号民事判决", "(2021)甘0503民初123号"),
            ("国家税务总局公告2022年第14号", "国家税务总局公告2022年第14号"),
            ("国发 〔2019〕 5 号", "国发 〔2019〕 5 号"),
        ] {
            let text = Text::new(text);
            let found: Vec<_> = find(&text).into_iter().map(|span| text.slice(span.chars).to_owned()).collect();
            assert_eq!(found, [number]);
        }
        for text in ["长征五号", "解放路12号", "第12/2021号行政法规", "5号", "第46号", "(2018)5号", "〔2018〕", "号"]
        {
            assert_eq!(find(&Text::new(text)), [], "{text}");
        }
    }
}
