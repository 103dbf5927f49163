//! People, found over a whole document: names after titles, in lists, before verbs of saying, with interpuncts; then the
//! short forms (张书记, 老秦, 阿珍) with the full name they stand for.
//!
//! Whether a stretch of characters is a name is the affair of [`name`]; which places suggest one is told in
//! [`evidence`]. Repetitions elsewhere are left to [`consistency`](super::consistency).

mod evidence;
mod foreign;
mod name;
mod short;
mod title;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::page::Page;
use super::text::Span;
use super::vocabulary::Role;
use crate::document::EntityKind;

pub(crate) use name::transliteration;
pub(crate) use short::short_forms;
pub(crate) use title::title_of;

/// Full names of people with how sure each is, given what the tagger found and the places.
pub(crate) fn full_names(page: &Page<'_>, tagged: &[Span], places: &[Span]) -> Vec<Span> {
    let sure = sure(page, tagged, places);
    let mut starts = evidence::starts(page);
    for span in sure.iter().filter(|span| span.kind == EntityKind::Person) {
        starts.add(span.chars.start, 0.6);
    }
    starts.sort();
    let mut found = name::choose(page, &starts, &sure);
    found.extend(foreign::names(page, tagged));
    found.sort_by_key(|(chars, _)| (chars.start, chars.end));
    let more = evidence::lists(page, &found);
    if !more.is_empty() {
        for (start, weight) in more {
            starts.add(start, weight);
        }
        starts.sort();
        let listed = name::choose(page, &starts, &sure);
        let known: FxHashMap<usize, usize> = found.iter().map(|(chars, _)| (chars.start, chars.end)).collect();
        found.extend(listed.into_iter().filter(|(chars, _)| !known.contains_key(&chars.start)));
    }
    found.sort_by_key(|(chars, _)| (chars.start, chars.end));
    found.into_iter().map(|(chars, confidence)| person(chars, None, confidence)).collect()
}

/// The tagger's people, without the particle that it takes along (令狐敏|则), and the surest places.
fn sure(page: &Page<'_>, tagged: &[Span], places: &[Span]) -> Vec<Span> {
    let people = tagged.iter().filter(|span| {
        let body = page.words.longest_at(span.chars.start, Role::BODY).is_some_and(|word| word.end == span.chars.end);
        span.kind == EntityKind::Person && span.confidence >= 0.4 && !body
    });
    let mut sure: Vec<Span> = people.cloned().collect();
    for span in &mut sure {
        let runs_on = "则也就还又都却便曾将在的".contains(page.chars[span.chars.end - 1]);
        span.chars.end -= usize::from(runs_on && span.chars.len() > 2);
    }
    sure.extend(places.iter().filter(|span| span.confidence >= 0.7).cloned());
    sure.sort_by_key(|span| (span.chars.start, span.chars.end));
    sure
}

fn person(chars: Range<usize>, value: Option<String>, confidence: f32) -> Span {
    Span { kind: EntityKind::Person, chars, value, confidence }
}
