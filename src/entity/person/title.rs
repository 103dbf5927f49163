//! The title that a text gives a person beside the name: 麦积区委书记|张智明, 蔡承旺|教授.

use std::ops::Range;

use crate::document::EntityKind;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::vocabulary::Role;

/// Characters of the title of the person that the numbered mention names: before the name with the body that it is held in,
/// else behind it, else the one that the mention itself is made of (张书记).
pub(crate) fn title_of(page: &Page<'_>, spans: &[Span], number: usize) -> Option<Range<usize>> {
    let name = &spans[number].chars;
    // (在线编辑:付丽丽), 记者 张三: a colon or a blank may stand between.
    let apart = usize::from(name.start > 0 && matches!(page.chars[name.start - 1], ':' | ' '));
    if let Some(title) = page.words.longest_to(name.start - apart, Role::BEFORE_NAME) {
        let body = number.checked_sub(1).map(|before| &spans[before]);
        let places = |span: &&Span| matches!(span.kind, EntityKind::Organisation | EntityKind::Place);
        let body = body.filter(places).filter(|span| span.chars.end >= title.start && span.chars.end < name.start);
        return Some(body.map_or(title.start, |span| span.chars.start.min(title.start))..title.end);
    }
    let behind = Role(Role::ADDRESS.0 | Role::BEFORE_NAME.0);
    if let Some(title) = page.words.longest_at(name.end, behind).filter(|word| word.end > word.start + 1) {
        return Some(title.start..title.end);
    }
    let inside = page.words.longest_to(name.end, Role::ADDRESS)?;
    (inside.start > name.start).then_some(inside.start..inside.end)
}
