//! Short names of companies that the document names in full: 太盛祥医药, 天尖茶业, 华瓷.

use super::organisation;
use crate::entity::page::Page;
use crate::entity::text::Span;

/// Ends that a company's short name drops.
const LEGAL: &[&str] = &["集团股份有限公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "专业合作社"];

/// Finds them where the full name does not stand.
pub(super) fn names(page: &Page<'_>, full: &[Span], places: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for company in full {
        let name = &page.chars[company.chars.clone()];
        let Some(legal) = LEGAL.iter().find(|legal| ends_with(name, legal)) else { continue };
        let stem_end = company.chars.end - legal.chars().count();
        let mut stem = company.chars.start;
        while let Some(place) = places.iter().find(|place| place.chars.start == stem && place.chars.end < stem_end) {
            stem = place.chars.end;
        }
        let value: String = name.iter().collect();
        found.extend(occurrences(page, &page.chars[stem..stem_end], 2, &value, full));
        if stem > company.chars.start {
            let least = stem - company.chars.start + 2;
            found.extend(occurrences(page, &page.chars[company.chars.start..stem_end], least, &value, full));
        }
    }
    found
}

/// The longest starts of the stem in the text, of two characters or more.
fn occurrences(page: &Page<'_>, stem: &[char], least: usize, value: &str, full: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    if stem.len() < least {
        return found;
    }
    for at in 0..page.chars.len().saturating_sub(1) {
        if page.chars[at] != stem[0] || page.chars[at + 1] != stem[1] {
            continue;
        }
        let mut length = page.chars[at..].iter().zip(stem).take_while(|(a, b)| a == b).count();
        // 岭黔新材 of 岭黔新材料: what is cut in a word ends where the next begins.
        while length > least && page.ends(at + length) < 0.0 {
            length -= 1;
        }
        let end = at + length;
        let inside = full.iter().any(|span| span.chars.start <= at && end <= span.chars.end);
        let sound = length >= least && (length > 2 || page.begins(at) && !page.is_word(at, end));
        if !inside && sound && page.ends(end) > 0.0 && !page.is_in_word(at, end) {
            let mut span = organisation(at..end, 0.8);
            span.value = Some(value.to_owned());
            found.push(span);
        }
    }
    found
}

fn ends_with(name: &[char], ending: &str) -> bool {
    name.len() > ending.chars().count() && name.iter().rev().copied().zip(ending.chars().rev()).all(|(a, b)| a == b)
}
