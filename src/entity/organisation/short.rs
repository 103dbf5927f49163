//! Short names of companies that the document names in full: 太盛祥医药, 天尖茶业, 华瓷.

use rustc_hash::FxHashMap;

use super::organisation;
use crate::entity::page::Page;
use crate::entity::text::Span;

/// Ends that a company's short name drops.
const LEGAL: &[&str] = &["集团股份有限公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "专业合作社"];

/// The part of a company's name that its short name begins.
struct Stem<'a> {
    chars: &'a [char],
    /// No shorter start of it names the company.
    least: usize,
    company: &'a Span,
}

/// Finds them where the full name does not stand; `full` in order.
pub(super) fn names(page: &Page<'_>, full: &[Span], places: &[Span]) -> Vec<Span> {
    let mut stems: FxHashMap<[char; 2], Vec<Stem<'_>>> = FxHashMap::default();
    for company in full {
        for stem in stems_of(page, company, places).into_iter().filter(|stem| stem.chars.len() >= stem.least) {
            let known = stems.entry([stem.chars[0], stem.chars[1]]).or_default();
            // One mention of a company is enough, and more than a few of one start are no help.
            if known.len() < 4 && known.iter().all(|other| other.chars != stem.chars) {
                known.push(stem);
            }
        }
    }
    if stems.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, pair) in page.chars.windows(2).enumerate() {
        for stem in stems.get(&[pair[0], pair[1]]).into_iter().flatten() {
            found.extend(occurrence(page, at, stem, full));
        }
    }
    found
}

/// Without the places before and the legal form behind, and with the places.
fn stems_of<'a>(page: &'a Page<'_>, company: &'a Span, places: &[Span]) -> Vec<Stem<'a>> {
    let name = &page.chars[company.chars.clone()];
    let Some(legal) = LEGAL.iter().find(|legal| ends_with(name, legal)) else { return Vec::new() };
    let end = company.chars.end - legal.chars().count();
    let mut start = company.chars.start;
    let longest_at = |start: usize| {
        let first = places.partition_point(|place| place.chars.start < start);
        places[first..].iter().take_while(|place| place.chars.start == start).map(|place| place.chars.end).max()
    };
    while let Some(next) = longest_at(start).filter(|&next| next < end) {
        start = next;
    }
    let mut stems = vec![Stem { chars: &page.chars[start..end], least: 2, company }];
    if start > company.chars.start {
        let least = start - company.chars.start + 2;
        stems.push(Stem { chars: &page.chars[company.chars.start..end], least, company });
    }
    stems
}

/// The longest start of the stem that stands there, of its least length or more.
fn occurrence(page: &Page<'_>, at: usize, stem: &Stem<'_>, full: &[Span]) -> Option<Span> {
    let mut length = page.chars[at..].iter().zip(stem.chars).take_while(|(a, b)| a == b).count();
    // 岭黔新材 of 岭黔新材料: what is cut in a word ends where the next begins.
    while length > stem.least && page.ends(at + length) < 0.0 {
        length -= 1;
    }
    let end = at + length;
    let after = full.partition_point(|span| span.chars.start <= at);
    let inside = full[..after].iter().rev().take(4).any(|span| end <= span.chars.end);
    let sound = length >= stem.least && (length > 2 || page.begins(at) && !page.is_word(at, end));
    if inside || !sound || page.ends(end) <= 0.0 || page.is_in_word(at, end) {
        return None;
    }
    let mut span = organisation(at..end, 0.8);
    span.value = Some(page.chars[stem.company.chars.clone()].iter().collect());
    Some(span)
}

fn ends_with(name: &[char], ending: &str) -> bool {
    name.len() > ending.chars().count() && name.iter().rev().copied().zip(ending.chars().rev()).all(|(a, b)| a == b)
}
