//! Names with a dot between their parts: 玛丽安娜·冈萨雷斯-里维拉, 巴奈‧拉籃, 艾倫．馬許.

use std::ops::Range;

use crate::document::EntityKind;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::Role;

/// No part of a name is longer.
const LONGEST: usize = 8;

/// All of them: range and confidence.
pub(super) fn names(page: &Page<'_>, tagged: &[Span]) -> Vec<(Range<usize>, f32)> {
    let mut found: Vec<(Range<usize>, f32)> = Vec::new();
    for at in page.places(Traits::INTERPUNCT).filter(|&at| at > 0) {
        let dotted = page.has(at - 1, Traits::HAN) && page.has(at + 1, Traits::HAN);
        if !dotted || found.last().is_some_and(|(chars, _)| chars.end > at) {
            continue;
        }
        let (start, mut end) = (start_of(page, at), end_of(page, at + 1));
        while joins(page, end) {
            end = end_of(page, end + 1);
        }
        if at - start >= 1 && end > at + 1 {
            let index = tagged.partition_point(|span| span.chars.end <= at);
            let near = |span: &&Span| {
                span.kind == EntityKind::Person && span.chars.start < at && span.chars.end.abs_diff(end) <= 2
            };
            // The tagger sees what follows: 拉赫曼|日前.
            let chars = tagged.get(index).filter(near).map_or(start..end, |span| span.chars.clone());
            found.push((chars, 0.97));
        }
    }
    found
}

fn joins(page: &Page<'_>, at: usize) -> bool {
    (page.has(at, Traits::INTERPUNCT) || page.char(at) == '-')
        && page.has(at + 1, Traits::HAN)
        && page.has(at - 1, Traits::HAN)
}

/// Where the part before a dot begins: behind a title or a break, else where its characters begin.
fn start_of(page: &Page<'_>, dot: usize) -> usize {
    let mut start = dot;
    while start > 0 && dot - start < LONGEST && page.has(start - 1, Traits::HAN) {
        let known = start < dot && page.words.ending(start).iter().any(|word| word.role.has(Role::BEFORE_NAME));
        if known || start < dot && page.words.longest_to(start, Role::VERB).is_some() {
            return start;
        }
        start -= 1;
    }
    if page.is_after_break(start) && dot - start <= 5 {
        return start;
    }
    let foreign = |at: &usize| !page.has(*at, Traits::TRANSLITERATION);
    (start..dot).rev().find(foreign).map_or(start, |at| at + 1)
}

/// Where the part that begins there ends: with its characters, or a little later where only then a word begins.
fn end_of(page: &Page<'_>, start: usize) -> usize {
    let foreign = |at: &usize| at - start >= LONGEST || !page.has(*at, Traits::TRANSLITERATION);
    let end = (start..page.chars.len()).find(foreign).unwrap_or(page.chars.len());
    if end >= start + 2 {
        return end;
    }
    (end.max(start + 1)..end + 3).find(|&at| page.ends(at) > 0.0 || joins(page, at)).unwrap_or(end.max(start + 1))
}
