//! The fuller name of an organisation written short: 市委 in an article about 林州市 is 林州市委, 发改委 is 国家发展和改革委员会.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use crate::document::EntityKind;
use crate::entity::page::Page;
use crate::entity::place::Gazetteer;
use crate::entity::text::Span;

/// Levels of divisions, as the last character of a name tells them, and how many digits of a code name one.
const LEVELS: &[(&str, usize)] =
    &[("自治区", 2), ("省", 2), ("市", 4), ("县", 6), ("区", 6), ("州", 4), ("旗", 6), ("镇", 0), ("乡", 0)];

/// A division and where it is named.
type Named = (usize, String);
/// By level.
type Divisions = FxHashMap<&'static str, Vec<Named>>;
/// How often each code is the value of a place.
type Codes = FxHashMap<String, usize>;

/// Sets the value of every organisation that is written short; places are linked before.
pub(crate) fn name_fully(page: &Page<'_>, spans: &mut [Span], source: &[char]) {
    let divisions = LazyCell::new(|| divisions(page, spans, source));
    let codes = LazyCell::new(|| codes(spans));
    let longer = LazyCell::new(|| longer(page, spans));
    let short = |(_, span): &(usize, &Span)| span.kind == EntityKind::Organisation && span.value.is_none();
    let fuller = |(number, span): (usize, &Span)| {
        let chars = &page.chars[span.chars.clone()];
        let name: String = chars.iter().collect();
        let value = known(page, &name).or_else(|| of_division(page, &name, span.chars.start, &divisions, &codes));
        let value = value.or_else(|| longer.get(chars).map(|whole| whole.iter().collect()));
        let value = value.or_else(|| expanded(page, &name)).filter(|value| *value != name)?;
        Some((number, value))
    };
    let values: Vec<(usize, String)> = spans.iter().enumerate().filter(short).filter_map(fuller).collect();
    for (number, value) in values {
        spans[number].value = Some(value);
    }
}

/// 发改委, and 教育部|办公厅.
fn known(page: &Page<'_>, name: &str) -> Option<String> {
    let ends = name.char_indices().map(|(at, _)| at).skip(2).chain([name.len()]);
    let longest = ends.filter(|&end| page.vocabulary.bodies.contains_key(&name[..end])).last()?;
    Some(format!("{}{}", page.vocabulary.bodies[&name[..longest]], &name[longest..]))
}

/// 市委, 县水务局: the division of this level that was named last before, else the first; without any, the one in which
/// most places lie.
fn of_division(
    page: &Page<'_>,
    name: &str,
    at: usize,
    divisions: &LazyCell<Divisions, impl FnOnce() -> Divisions>,
    codes: &LazyCell<Codes, impl FnOnce() -> Codes>,
) -> Option<String> {
    let (level, digits) = LEVELS.iter().find(|(level, _)| name.starts_with(level) && name.len() > level.len())?;
    let named = divisions.get(level).and_then(|named| {
        let after = named.partition_point(|(place, _)| *place <= at);
        named.get(after.saturating_sub(1)).map(|(_, division)| division.clone())
    });
    let division = named.or_else(|| likely(codes, *digits).filter(|division| division.ends_with(level)))?;
    let rest = &name[level.len()..];
    Some(format!("{division}{}", page.vocabulary.offices.get(rest).map_or(rest, String::as_str)))
}

/// The division of so many digits in which most of the places with a code lie.
fn likely(codes: &Codes, digits: usize) -> Option<String> {
    let mut sums: FxHashMap<&str, usize> = FxHashMap::default();
    for (code, times) in codes.iter().filter(|(code, _)| digits > 0 && code.len() == 6) {
        *sums.entry(&code[..digits]).or_default() += times;
    }
    let (prefix, _) = sums.into_iter().max_by_key(|(prefix, times)| (*times, std::cmp::Reverse(*prefix)))?;
    let code = format!("{prefix:0<6}").parse().ok()?;
    Gazetteer::embedded().division(code).map(|division| division.name.to_owned())
}

fn codes(spans: &[Span]) -> Codes {
    let mut codes = Codes::default();
    for code in spans.iter().filter(|span| span.kind == EntityKind::Place).filter_map(|span| span.value.as_ref()) {
        *codes.entry(code.clone()).or_default() += 1;
    }
    codes
}

/// 庄浪县文联 becomes 庄浪县文学艺术界联合会: the ending of a name is a known short form; 麦积|区委 is named in full.
fn expanded(page: &Page<'_>, name: &str) -> Option<String> {
    let of_level = |end: &str| LEVELS.iter().any(|(level, _)| end.starts_with(level));
    let short = |end: &str| page.vocabulary.offices.contains_key(end) && !of_level(end);
    let cut = name.char_indices().skip(2).find(|(at, _)| short(&name[*at..]))?.0;
    Some(format!("{}{}", &name[..cut], page.vocabulary.offices[&name[cut..]]))
}

/// The ends of names that stand alone elsewhere: 卫生局 where 高雄市政府卫生局 was named before.
fn longer<'a>(page: &Page<'a>, spans: &[Span]) -> FxHashMap<&'a [char], &'a [char]> {
    let mut longer = FxHashMap::default();
    for span in spans.iter().filter(|span| span.kind == EntityKind::Organisation && span.chars.len() > 4) {
        let name = &page.chars[span.chars.clone()];
        for start in 2..name.len() - 2 {
            longer.entry(&name[start..]).or_insert(name);
        }
    }
    longer
}

/// Divisions that the source, the places and the names of bodies tell, by level, in the order of the text.
fn divisions(page: &Page<'_>, spans: &[Span], source: &[char]) -> Divisions {
    let mut found = Divisions::default();
    let mut note = |at: usize, chars: &[char]| {
        for (level, _) in LEVELS {
            let length = level.chars().count();
            let is_level = |window: &[char]| window.iter().copied().eq(level.chars());
            let place = chars.windows(length).position(is_level).filter(|place| (2..=10).contains(place));
            if let Some(place) = place {
                found.entry(level).or_default().push((at, chars[..place + length].iter().collect()));
                break;
            }
        }
    };
    for span in spans.iter().filter(|span| matches!(span.kind, EntityKind::Place | EntityKind::Organisation)) {
        note(span.chars.start, &page.chars[span.chars.clone()]);
    }
    note(usize::MAX, source);
    found
}
