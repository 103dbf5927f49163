//! A name found once is found everywhere: occurrences that no rule and no tagger saw, where no longer word contradicts.

use rustc_hash::FxHashMap;

use super::page::Page;
use super::text::Span;
use crate::document::EntityKind;

/// A name and what its best mention was.
struct Name {
    kind: EntityKind,
    length: usize,
    value: Option<String>,
    confidence: f32,
}

/// Further mentions of the people, places and organisations given.
pub(crate) fn repeated(page: &Page<'_>, given: &[Span]) -> Vec<Span> {
    let names = names(page, given);
    let mut found = Vec::new();
    for at in 0..page.chars.len() {
        let Some(candidates) = page.chars.get(at..at + 2).and_then(|pair| names.get(&key(pair[0], pair[1]))) else {
            continue;
        };
        for (text, name) in candidates {
            let end = at + name.length;
            if page.chars[at..].starts_with(text) && stands(page, at, end, name) {
                let confidence = name.confidence * 0.9;
                found.push(Span { kind: name.kind, chars: at..end, value: name.value.clone(), confidence });
            }
        }
    }
    found
}

type Names<'a> = FxHashMap<u64, Vec<(&'a [char], Name)>>;

fn key(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

/// What is known of a name while its mentions are counted.
#[derive(Default)]
struct Count {
    times: usize,
    confidence: f32,
    value: Option<String>,
}

/// Names by their first two characters: of two characters, those found twice or surely, of more, all that are likely.
fn names<'a>(page: &Page<'a>, given: &[Span]) -> Names<'a> {
    let mut counted: FxHashMap<(&[char], EntityKind), Count> = FxHashMap::default();
    for span in given {
        let named = matches!(span.kind, EntityKind::Person | EntityKind::Place | EntityKind::Organisation);
        if named && span.chars.len() >= 2 {
            let count = counted.entry((&page.chars[span.chars.clone()], span.kind)).or_default();
            count.times += 1;
            count.confidence = count.confidence.max(span.confidence);
            count.value = count.value.take().or_else(|| span.value.clone());
        }
    }
    let mut names = Names::default();
    for ((text, kind), Count { times, confidence, value }) in counted {
        let enough =
            if text.len() == 2 { times >= 2 && confidence >= 0.5 || confidence >= 0.6 } else { confidence >= 0.5 };
        if enough {
            let name = Name { kind, length: text.len(), value, confidence };
            names.entry(key(text[0], text[1])).or_default().push((text, name));
        }
    }
    names
}

/// Whether the name stands there as itself and not in a longer word.
fn stands(page: &Page<'_>, at: usize, end: usize, name: &Name) -> bool {
    if page.is_cut_behind(at, end) || name.length == 2 && page.is_in_word(at, end) {
        return false;
    }
    match name.kind {
        EntityKind::Person if name.length == 2 => {
            let place = matches!(page.char(end), '人' | '市' | '区' | '县' | '省' | '镇' | '乡' | '村');
            (page.ends(end) >= 0.5 || page.is_after_break(at)) && !place && (page.begins(at) || !page.is_word(at, end))
        }
        _ => true,
    }
}
