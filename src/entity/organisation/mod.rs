//! Organisations, found over a whole document: a place or 市, 县, 区 with its body (天水市人民政府, 区委), departments that
//! follow, bodies known by name (教育部, 国网), companies and schools by their ending; then the short names of companies and
//! the fuller name that each short form stands for.

mod body;
mod ending;
mod short;
mod value;

use super::page::Page;
use super::text::Span;
use super::vocabulary::Role;
use crate::document::EntityKind;

pub(in crate::entity) use body::LEVELS;
pub(in crate::entity) use ending::ENDINGS;
pub(crate) use value::name_fully;

/// All organisations that rules find, with how sure each is.
pub(crate) fn find(page: &Page<'_>, places: &[Span]) -> Vec<Span> {
    let mut found = body::of_places(page, places);
    found.extend(body::of_levels(page));
    found.extend(body::known(page, places));
    found.extend(body::bare(page));
    found.extend(ending::with_legal_form(page, places));
    found.sort_by_key(|span| (span.chars.start, span.chars.end));
    found
}

/// Whether the tagger's organisation counts: from .5 on with an ending that bodies have, else from .8, and never with a verb
/// at its end (五龙镇|汇报).
pub(crate) fn is_likely(page: &Page<'_>, span: &Span) -> bool {
    let end = span.chars.end;
    let known = page.words.longest_to(end, Role(Role::BODY_END.0 | Role::BODY.0 | Role::ORGAN.0 | Role::DEPARTMENT.0));
    let verb = page.words.longest_to(end, Role::VERB).is_some_and(|word| word.start > span.chars.start);
    let least = if known.is_some() { 0.5 } else { 0.8 };
    span.kind == EntityKind::Organisation && span.confidence >= least && (known.is_some() || !verb)
}

/// Short names of the organisations given: 太盛祥医药 for 天水太盛祥医药有限公司.
pub(crate) fn short_names(page: &Page<'_>, full: &[Span], places: &[Span]) -> Vec<Span> {
    short::names(page, full, places)
}

fn organisation(chars: std::ops::Range<usize>, confidence: f32) -> Span {
    Span { kind: EntityKind::Organisation, chars, value: None, confidence }
}
