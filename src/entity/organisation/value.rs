//! The fuller name of an organisation written short: 市委 in an article about 林州市 is 林州市委, 发改委 is 国家发展和改革委员会.

use std::collections::HashMap;

use crate::document::EntityKind;
use crate::entity::page::Page;
use crate::entity::text::Span;

/// Levels of divisions, as the last character of a name tells them, and what stands for them.
const LEVELS: &[&str] = &["自治区", "省", "市", "县", "区", "州", "旗", "镇", "乡"];

/// Sets the value of every organisation that is written short.
pub(crate) fn name_fully(page: &Page<'_>, spans: &mut [Span], source: &[char]) {
    let divisions = divisions(page, spans, source);
    for span in spans.iter_mut().filter(|span| span.kind == EntityKind::Organisation && span.value.is_none()) {
        let name: String = page.chars[span.chars.clone()].iter().collect();
        if let Some(full) = page.vocabulary.bodies.get(&name) {
            span.value = Some(full.clone());
            continue;
        }
        let level = LEVELS.iter().find(|level| name.starts_with(**level));
        let Some(level) = level.filter(|level| name.len() > level.len()) else {
            span.value = expanded(page, &name);
            continue;
        };
        let of_level = divisions.get(level);
        let before = |places: &&Vec<(usize, String)>| {
            let after = places.partition_point(|(at, _)| *at <= span.chars.start);
            places.get(after.saturating_sub(1)).cloned()
        };
        if let Some((_, division)) = of_level.as_ref().and_then(before) {
            let rest = &name[level.len()..];
            span.value = Some(format!("{division}{}", long_form(page, rest).unwrap_or_else(|| rest.to_owned())));
        }
    }
}

/// 如皋市民政局 stays; 庄浪县文联 becomes 庄浪县文学艺术界联合会: the ending of a name is a known short form.
fn expanded(page: &Page<'_>, name: &str) -> Option<String> {
    let cut = name.char_indices().skip(2).find(|(at, _)| page.vocabulary.offices.contains_key(&name[*at..]))?.0;
    Some(format!("{}{}", &name[..cut], page.vocabulary.offices[&name[cut..]]))
}

fn long_form(page: &Page<'_>, rest: &str) -> Option<String> {
    page.vocabulary.offices.get(rest).cloned()
}

/// Divisions that the source, the places and the names of bodies tell, by level, in the order of the text.
fn divisions(page: &Page<'_>, spans: &[Span], source: &[char]) -> HashMap<&'static str, Vec<(usize, String)>> {
    let mut found: HashMap<&'static str, Vec<(usize, String)>> = HashMap::new();
    let mut note = |at: usize, chars: &[char]| {
        for level in LEVELS {
            let mark: Vec<char> = level.chars().collect();
            let place =
                chars.windows(mark.len()).position(|window| window == mark).filter(|&place| (2..=10).contains(&place));
            if let Some(place) = place {
                found.entry(level).or_default().push((at, chars[..place + mark.len()].iter().collect()));
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
