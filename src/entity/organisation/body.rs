//! Bodies behind a place, behind the level of a division alone, and known ones, with the departments that follow.

use super::organisation;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::Role;

/// No body is longer behind its place, in characters.
const LONGEST: usize = 18;

/// Endings of an office: 农业农村|局.
const OFFICE_ENDS: &[&str] = &[
    "管理委员会",
    "委员会",
    "办公室",
    "管理局",
    "总局",
    "局",
    "厅",
    "委",
    "办",
    "处",
    "署",
    "中心",
    "总队",
    "支队",
    "大队",
    "总站",
    "站",
    "所",
];

/// What belongs to a name before its place.
const PREFIXES: &[&str] = &["中共", "国立", "私立", "市立", "县立", "省立"];

/// Levels of divisions that stand for the division that the text is about.
pub(in crate::entity) const LEVELS: &[&str] =
    &["自治区", "自治州", "自治县", "省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "村", "街道"];

/// Places with the body written right behind, the higher places of the chain included.
pub(super) fn of_places(page: &Page<'_>, places: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let mut head = place.chars.end;
        // 庄浪|县|文联, 盱眙|县政协: a short name and the level it lacks.
        if !page.words.at(head).iter().any(|word| word.role.has(Role::ORGAN))
            && "县市区州旗省镇乡".contains(page.char(head))
        {
            head += usize::from(at_body(page, head + 1).is_some());
        }
        let Some((end, confidence)) = at_body(page, head).or_else(|| open_body(page, head)) else { continue };
        let mut start = index;
        while start > 0
            && places[start - 1].chars.end == places[start].chars.start
            && is_below(page, &places[start - 1], &places[start])
        {
            start -= 1;
        }
        let first = places[start].chars.start;
        let first =
            if PREFIXES.iter().any(|prefix| first >= 2 && is_at(page, first - 2, prefix)) { first - 2 } else { first };
        found.push(organisation(first..with_departments(page, end), confidence));
    }
    found
}

/// Whether the second place may lie in the first, by the levels that their last characters tell.
pub(super) fn is_below(page: &Page<'_>, upper: &Span, lower: &Span) -> bool {
    let level = |span: &Span| match page.chars[span.chars.end - 1] {
        '省' => 1,
        '市' | '州' | '盟' => 2,
        '县' | '旗' | '区' => 3,
        '镇' | '乡' | '道' => 4,
        '村' => 5,
        _ => 1,
    };
    let equal = page.chars[upper.chars.clone()] == page.chars[lower.chars.clone()];
    !equal && (level(upper) < level(lower) || level(upper) == 2 && level(lower) == 2)
}

/// 市农业农村局, 区委, 自治区政协: the level of a division alone, with its body.
pub(super) fn of_levels(page: &Page<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for at in page.places(Traits::LEVEL) {
        let level = LEVELS.iter().find(|level| is_at(page, at, level));
        let Some(level) = level else { continue };
        let general = at > 0 && "各全本我该两几每某多一二三四五级".contains(page.chars[at - 1]);
        let stands = page.is_after_break(at) || page.is_function(at - 1) || ends_word(page, at);
        if general || !stands {
            continue;
        }
        if let Some((end, confidence)) = at_body(page, at + level.chars().count()) {
            found.push(organisation(at..with_departments(page, end), confidence - 0.1));
        }
    }
    found
}

fn ends_word(page: &Page<'_>, at: usize) -> bool {
    let roles = Role(Role::COMMON.0 | Role::BEFORE_NAME.0 | Role::BODY.0 | Role::ORGAN.0 | Role::BODY_END.0);
    page.words.longest_to(at, roles).is_some()
}

/// Offices with nothing before them: 税务局, 综合执法支队; the document has said whose.
pub(super) fn bare(page: &Page<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for at in page.words.places_of(Role::OFFICE) {
        if !(page.is_after_break(at) || page.is_function(at - 1)) {
            continue;
        }
        let end =
            at_office(page, at).filter(|&end| end - at >= 3 && !is_title_end(page, end) && !page.is_word(at, end));
        if let Some(end) = end.filter(|&end| page.ends(end) > 0.0) {
            found.push(organisation(at..with_departments(page, end), 0.65));
        }
    }
    found
}

/// Bodies that are known by name: 教育部, 国网; with a branch behind a place: 国网|山东|电力.
pub(super) fn known(page: &Page<'_>, places: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in page.words.places_of(Role::BODY) {
        let Some(word) = page.words.longest_at(at, Role::BODY) else { continue };
        if page.is_in_word(at, word.end) || page.is_cut_behind(at, word.end) || is_title_end(page, word.end) {
            continue;
        }
        let index = places.partition_point(|place| place.chars.start < word.end);
        let next = places.get(index).filter(|place| place.chars.start == word.end);
        let branch = next.and_then(|place| {
            let end = open_body(page, place.chars.end).map(|(end, _)| end);
            end.or_else(|| is_at(page, place.chars.end, "电力").then_some(place.chars.end + 2))
        });
        let length = word.end - at;
        let confidence = if length > 2 { 0.85 } else { 0.7 };
        let before = places[..index].iter().rev().take(3).any(|place| place.chars.end == at);
        let begins = length > 3 || page.begins(at) || before;
        if begins {
            found.push(organisation(at..with_departments(page, branch.unwrap_or(word.end)), confidence));
        }
    }
    found
}

/// Where a body ends that begins there: an organ, or a field of work with the ending of an office.
fn at_body(page: &Page<'_>, at: usize) -> Option<(usize, f32)> {
    if let Some(organ) = page.words.longest_at(at, Role::ORGAN).filter(|word| !is_title_end(page, word.end)) {
        let single = organ.end == at + 1;
        let bad = single
            && ("员会".contains(page.char(organ.end))
                || page.words.at(at).iter().any(|word| word.end > organ.end && word.role.has(Role::COMMON)));
        if !bad {
            return Some((organ.end, if single { 0.85 } else { 0.9 }));
        }
    }
    at_office(page, at).map(|end| (end, 0.92))
}

/// Where an office ends that begins there: a field of work with its ending.
fn at_office(page: &Page<'_>, at: usize) -> Option<usize> {
    let fields = page.words.at(at).iter().rev().filter(|word| word.role.has(Role::OFFICE));
    fields.into_iter().find_map(|field| {
        let ending = OFFICE_ENDS.iter().find(|ending| is_at(page, field.end, ending))?;
        let end = field.end + ending.chars().count();
        (!is_title_end(page, end)).then_some(end)
    })
}

/// Where a body with words of its own ends: the farthest ending in reach with no verb, mark or function word before.
fn open_body(page: &Page<'_>, at: usize) -> Option<(usize, f32)> {
    let reach = (at..page.chars.len().min(at + LONGEST))
        .find(|&place| is_barred(page, at, place))
        .unwrap_or(page.chars.len().min(at + LONGEST));
    let ends = (at + 1..=reach).rev().filter(|&end| {
        let word = page.words.longest_to(end, Role::BODY_END).filter(|word| word.start >= at);
        word.is_some_and(|word| {
            let length = word.end - word.start;
            let single = length == 1 && (!"局厅院委".contains(page.chars[end - 1]) || end - at < 3);
            !single && !is_title_end(page, end) && (word.start > at || !is_bare(page, word.start, word.end))
        })
    });
    let whole = |end: &usize| {
        !page.is_cut_behind(*end - 1, *end)
            && !page.words.at(*end - 2).iter().any(|word| word.end > *end && word.role.has(Role::COMMON))
    };
    ends.into_iter().find(whole).map(|end| (end, if page.ends(end) > 0.0 { 0.8 } else { 0.6 }))
}

/// Endings that need words of their own before them: 天水|公司 names none.
fn is_bare(page: &Page<'_>, start: usize, end: usize) -> bool {
    let word: String = page.chars[start..end].iter().collect();
    [
        "公司", "组织", "企业", "集团", "社区", "政府", "部队", "酒店", "饭店", "学校", "商场", "工厂", "总部", "军区",
        "团", "部", "社", "党",
    ]
    .contains(&word.as_str())
}

/// Whether no name of a body runs over this character: marks, function words, verbs that begin there.
fn is_barred(page: &Page<'_>, start: usize, at: usize) -> bool {
    let field = || {
        (start..=at).any(|from| {
            page.words
                .at(from)
                .iter()
                .any(|word| word.end > at && word.role.has(Role(Role::OFFICE.0 | Role::ORGAN.0 | Role::BODY_END.0)))
        })
    };
    if page.is_break(at) || page.chars[at].is_ascii_digit() || page.chars[at] == '共' {
        return true;
    }
    let verb = page.words.at(at).iter().any(|word| word.end > at + 1 && word.role.has(Role::VERB));
    let titled = page.words.at(at).iter().any(|word| word.end > at + 1 && word.role.has(Role::TITLE));
    (page.is_function(at) && page.chars[at] != '中' && page.chars[at] != '上' || verb || titled) && !field()
}

/// Whether the body that ends there would cut a title: 农业农村局|长.
fn is_title_end(page: &Page<'_>, end: usize) -> bool {
    page.char(end) == '长'
        && page.words.ending(end + 1).iter().any(|word| word.start < end && word.role.has(Role::BEFORE_NAME))
}

/// Adds departments written right behind: 江苏省卫生健康委|医政处, 市委|第三巡察组.
pub(super) fn with_departments(page: &Page<'_>, mut end: usize) -> usize {
    while let Some(next) = department(page, end) {
        end = next;
    }
    end
}

fn department(page: &Page<'_>, at: usize) -> Option<usize> {
    if page.is_break(at) || page.words.longest_at(at, Role::TITLE).is_some_and(|word| word.end > at + 1) {
        return None;
    }
    let listed = page.words.longest_at(at, Role::DEPARTMENT).filter(|word| !is_title_end(page, word.end));
    let open = (at + 2..=(at + 8).min(page.chars.len())).find(|&end| {
        let last = page.chars[end - 1];
        let team = page.char(at) == '第' && last == '组';
        let fits = "司处科庭局室院系".contains(last) || team;
        fits && end - at >= 3
            && !is_title_end(page, end)
            && !(at..end).any(|place| is_barred(page, at, place) && !team)
            && (page.words.longest_at(end, Role::BEFORE_NAME).is_some() || page.ends(end) >= 0.5)
    });
    // 经济部|水利署, 教育部|国教署.
    let office = page.words.longest_at(at, Role::BODY).filter(|word| "署局司办".contains(page.chars[word.end - 1]));
    let field = at_office(page, at).or(office.map(|word| word.end));
    let division =
        page.words.longest_at(at, Role::BODY_END).filter(|word| word.end > at + 2 && !is_title_end(page, word.end));
    listed.map(|word| word.end).into_iter().chain(open).chain(division.map(|word| word.end)).chain(field).max()
}

fn is_at(page: &Page<'_>, at: usize, word: &str) -> bool {
    let mut place = at;
    word.chars().all(|c| {
        place += 1;
        page.char(place - 1) == c
    })
}
