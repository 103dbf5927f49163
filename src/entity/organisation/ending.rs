//! Companies, schools and hospitals by their ending, where no place stands before their name or one stands in it.

use super::body::is_below;
use super::organisation;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::Role;

/// Endings that make a name of what stands before.
pub(in crate::entity) const ENDINGS: &[&str] = &[
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "专业合作社",
    "集团",
    "大学",
    "学院",
    "中学",
    "医院",
    "银行",
    "协会",
    "基金会",
    "研究院",
    "研究所",
    "联合会",
    "总会",
    "学会",
    "商会",
    "理工大学",
    "委员会",
    "管理局",
    "足球队",
    "书院",
    "博物馆",
    "电视台",
    "日报",
    "晚报",
    "出版社",
    "通讯社",
];

/// No name of a company is longer, in characters.
const LONGEST: usize = 24;

/// All of them.
pub(super) fn with_legal_form(page: &Page<'_>, places: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in page.places(Traits::COMPANY) {
        let Some(ending) = ENDINGS.iter().filter(|ending| is_at(page, at, ending)).max_by_key(|ending| ending.len())
        else {
            continue;
        };
        let end = at + ending.chars().count();
        if page.is_cut_behind(at, end)
            || page.words.at(at).iter().any(|word| word.end > end && word.role.has(Role::NOUN))
        {
            continue;
        }
        let company = ending.ends_with("公司") || ending.ends_with("合作社");
        if let Some(start) = start_of(page, places, at, company) {
            found.push(organisation(start..super::body::with_departments(page, end), if company { 0.9 } else { 0.62 }));
        }
    }
    found
}

/// Where the name begins: at the first place of the run, else behind the function word, title or mark before it.
fn start_of(page: &Page<'_>, places: &[Span], at: usize, company: bool) -> Option<usize> {
    let mut start = at;
    let reach = if company { LONGEST } else { 8 };
    while start > 0 && at - start < reach && !page.is_break(start - 1) {
        let c = page.chars[start - 1];
        let inside = c == '和' && company || c == '中' || c == '上';
        let general = page.is_function(start - 1) && !inside
            || "家个名各多位所一二三四五六七八九十千百支".contains(c)
            || c.is_ascii_digit();
        let word = page.words.longest_to(start, Role(Role::VERB.0 | Role::TITLE.0));
        if start < at && (general || word.is_some_and(|word| word.end - word.start >= 2)) || start == at && general {
            break;
        }
        start -= 1;
    }
    if at - start >= reach {
        return None;
    }
    let index = places.partition_point(|place| place.chars.start < start);
    let inside: Vec<&Span> = places[index..].iter().take_while(|place| place.chars.end <= at).collect();
    // 德化县|福建德化…: what is higher again begins the name.
    let chained = |pair: &&[&Span]| pair[0].chars.end == pair[1].chars.start && !is_below(page, pair[0], pair[1]);
    let again = inside.windows(2).rev().find(chained).map(|pair| pair[1]);
    let first = again.or(inside.first().copied());
    let start = first.filter(|_| company).map_or(start, |place| place.chars.start);
    let word = page.words.at(start).iter().any(|word| word.end >= at && word.role.has(Role::COMMON));
    (at - start >= 2 && !word).then_some(start)
}

fn is_at(page: &Page<'_>, at: usize, word: &str) -> bool {
    let mut place = at;
    word.chars().all(|c| {
        place += 1;
        page.char(place - 1) == c
    })
}
