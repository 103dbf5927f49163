//! Places as candidates: names of the gazetteer, by how safe each is, provinces of one character in a row (甘川两省), and
//! villages, rivers, roads and sites by their last character.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::page::Page;
use super::place::{Gazetteer, Safety};
use super::reading::stands;
use super::text::Span;
use super::traits::Traits;
use super::vocabulary::Role;
use crate::document::EntityKind;

/// Provinces by one character.
pub(super) const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘陇青宁新台港澳";

/// Last characters of sites, and how long their names may be before them.
pub(super) const ENDS: &[(&str, Range<usize>)] = &[
    ("村", 1..4),
    ("镇", 1..4),
    ("乡", 1..4),
    ("街道", 1..4),
    ("社区", 1..5),
    ("嘎查", 1..5),
    ("渔村", 1..3),
    ("河", 1..3),
    ("江", 1..3),
    ("湖", 1..4),
    ("山", 1..4),
    ("岛", 1..4),
    ("溪", 1..4),
    ("水库", 1..5),
    ("铁路", 2..5),
    ("高铁", 2..4),
    ("高速", 2..4),
    ("大桥", 1..5),
    ("码头", 1..4),
    ("车站", 1..4),
    ("东站", 2..3),
    ("西站", 2..3),
    ("南站", 2..3),
    ("北站", 2..3),
    ("机场", 2..5),
    ("港", 1..3),
    ("遗址", 2..6),
    ("草原", 1..4),
    ("平原", 1..4),
    ("公园", 2..6),
    ("景区", 2..6),
    ("管道", 3..5),
    ("新区", 2..4),
    ("开发区", 2..8),
    ("县", 1..4),
    ("峡", 1..3),
    ("寺", 1..4),
    ("古镇", 1..4),
    ("沟", 1..3),
    ("湾", 1..3),
    ("寨", 2..5),
    ("路", 1..3),
    ("大道", 1..4),
    ("道", 2..3),
];

/// All place candidates, in order, those of the gazetteer without overlap.
pub(crate) fn places(page: &Page<'_>, gazetteer: &Gazetteer, tagged: &[Span]) -> Vec<Span> {
    let mut places: Vec<Span> = Vec::new();
    let whole = full_names(page);
    for found in gazetteer.find(page.chars) {
        let Range { start, end } = found.chars;
        let long = end - start > 2;
        let confidence = match found.safety {
            Safety::Sure if !page.is_cut_behind(start, end) || page.words.longest_at(end, Role::BODY_END).is_some() => {
                0.88
            }
            Safety::Likely if !page.is_in_word(start, end) && !page.is_cut_behind(start, end) => 0.75,
            Safety::Unsafe
                if long
                    && page.begins(start)
                    && page.ends(end) > 0.0
                    && !page.is_word(start, end)
                    && !page.is_in_word(start, end) =>
            {
                0.55
            }
            Safety::Unsafe if is_named_fully(page, start, end, &whole) && !page.is_in_word(start, end) => 0.86,
            _ => continue,
        };
        if !is_direction(page, start, end) {
            places.push(place(start..shortened(page, start, end), confidence));
        }
    }
    places.extend(letters(page));
    let seen = tagged.iter().filter(|span| span.kind == EntityKind::Place && span.confidence >= 0.5);
    places.extend(seen.filter(|span| !is_direction(page, span.chars.start, span.chars.end)).map(|span| {
        let chars = span.chars.start..shortened(page, span.chars.start, span.chars.end);
        Span { chars, ..span.clone() }
    }));
    let known = Known::new(&places, page.chars.len());
    let sites = by_ending(page, &known);
    places.extend(sites);
    places.sort_by_key(|span| (span.chars.start, span.chars.end));
    places.dedup_by(|later, earlier| later.chars == earlier.chars);
    places
}

/// Where a place ends without what only says where at it: 太行山|里, 清江|岸, 盱眙|县城.
fn shortened(page: &Page<'_>, start: usize, end: usize) -> usize {
    let nature = |c: char| "山江河湖海溪川岛村镇".contains(c);
    let at_side = end - start > 2 && "里岸边畔下上".contains(page.chars[end - 1]) && nature(page.chars[end - 2]);
    let town = end - start > 2 && page.char(end) == '城' && page.chars[end - 1] == '县';
    end - usize::from(at_side || town)
}

/// Whether it only says which way: 东北|季风, 西南|片区.
fn is_direction(page: &Page<'_>, start: usize, end: usize) -> bool {
    end - start == 2
        && page.chars[start..end].iter().all(|c| "东西南北".contains(*c))
        && "季风部方角侧片麓向面边坡".contains(page.char(end))
}

/// Names of two characters that stand before the level of a division somewhere: 和平|县.
fn full_names(page: &Page<'_>) -> FxHashSet<[char; 2]> {
    let ends = page.places(Traits::DIVISION).filter(|&at| at >= 2);
    ends.map(|at| [page.chars[at - 2], page.chars[at - 1]]).collect()
}

fn is_named_fully(page: &Page<'_>, start: usize, end: usize, whole: &FxHashSet<[char; 2]>) -> bool {
    end == start + 2 && whole.contains(&[page.chars[start], page.chars[start + 1]])
}

/// 甘川两省, 京冀之间, 鄂陕两地, 中德: a row of letters and what shows that they are places.
fn letters(page: &Page<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut next = 0;
    for at in page.places(Traits::PROVINCE) {
        if at < next {
            continue;
        }
        let end = (at..page.chars.len()).find(|&end| !page.has(end, Traits::PROVINCE)).unwrap_or(page.chars.len());
        let shown = matches!(page.char(end), '两' | '三' | '四' | '边' | '交')
            || page.char(end) == '之' && page.char(end + 1) == '间';
        if (2..=4).contains(&(end - at)) && shown && !page.is_word(at, end) {
            found.extend((at..end).map(|letter| place(letter..letter + 1, 0.9)));
        }
        next = end;
    }
    found
}

/// Where known places begin and end, and where one is cut.
struct Known {
    begins: Marks,
    ends: Marks,
    inside: Marks,
}

/// A set of places of a text.
struct Marks(Vec<bool>);

impl Marks {
    fn contains(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }
}

impl Known {
    fn new(places: &[Span], length: usize) -> Self {
        let none = || Marks(vec![false; length + 1]);
        let mut known = Self { begins: none(), ends: none(), inside: none() };
        for span in places {
            known.begins.0[span.chars.start] = true;
            known.ends.0[span.chars.end] = true;
            known.inside.0[span.chars.start + 1..span.chars.end].fill(true);
        }
        known
    }
}

/// Sites by their last characters, from a place where a name may begin.
fn by_ending(page: &Page<'_>, known: &Known) -> Vec<Span> {
    let mut found = Vec::new();
    for at in page.places(Traits::SITE).filter(|&at| at > 0) {
        for (ending, lengths) in ENDS {
            if !stands(page.chars, at, ending) {
                continue;
            }
            let end = at + ending.chars().count();
            if let Some(start) = start_of(page, known, at, end, lengths) {
                let sure = end - at > 1 && (known.begins.contains(start) || page.is_after_break(start));
                found.push(place(start..end, if sure { 0.85 } else { 0.6 }));
            }
        }
    }
    found
}

fn start_of(page: &Page<'_>, known: &Known, at: usize, end: usize, lengths: &Range<usize>) -> Option<usize> {
    if page.is_cut_behind(at.saturating_sub(1), end)
        || end - at == 1 && page.ends(end) < -0.5 && page.words.longest_at(end, Role::BODY_END).is_none()
    {
        return None;
    }
    let start = lengths.clone().rev().filter_map(|length| at.checked_sub(length)).find(|&start| {
        let behind = known.ends.contains(start);
        let opens = page.is_after_break(start) || behind || is_opening(page, start);
        let inside = known.inside.contains(start);
        opens && !inside && (start..at).all(|place| !page.is_break(place) && !page.is_function(place))
    })?;
    // 沿|沣河, 爬|崂山: a verb of one character before the name.
    let start = if "驻进登返下入出回离整爬沿过顺今比绕跨游".contains(page.chars[start]) {
        start + 1
    } else {
        start
    };
    if start == at {
        return None;
    }
    let general =
        page.chars[start..at].iter().any(|c| "各全本我该两几每某多一二三四五六七八九十个座条之进返驻".contains(*c));
    // 科教|兴村, 楼房|依山.
    let phrase =
        at - start >= 3 && page.words.at(start).iter().any(|word| word.end < at && word.role.has(Role::COMMON));
    let word = |from: usize| {
        page.words.at(from).iter().any(|word| word.end >= at && word.end <= end && word.role.has(Role::COMMON))
    };
    (!general && !phrase && !(start..at).any(word)).then_some(start)
}

/// Whether a place may begin there, by the word before: 在, 到, a verb.
fn is_opening(page: &Page<'_>, start: usize) -> bool {
    page.is_function(start - 1) || page.words.longest_to(start, Role::VERB).is_some()
}

fn place(chars: Range<usize>, confidence: f32) -> Span {
    Span { kind: EntityKind::Place, chars, value: None, confidence }
}
