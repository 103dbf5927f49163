//! Which stretch behind a place is the name: surnames, lengths, what follows, and how often the document has it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::evidence::Starts;
use crate::document::EntityKind;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::Role;

/// A name is taken from this weight on; the parts of the sum were set by hand on the sample articles.
const ENOUGH: f32 = 2.0;

/// Evidence of this weight makes a name likely by itself; below it a verb of saying has to follow.
const EXPECTED: f32 = 1.0;

/// Characters that names of other languages are written with.
const TRANSLITERATION: &str = include_str!("../data/transliteration.txt");

/// The best name at every place of evidence, and what the tagger found, where it is good enough: range and confidence.
pub(super) fn choose(page: &Page<'_>, starts: &Starts, seen_elsewhere: &[Span]) -> Vec<(Range<usize>, f32)> {
    let mut ideas: Vec<(Range<usize>, f32)> = Vec::new();
    for (start, weight) in starts.iter() {
        let here = hypotheses(page, start, weight).into_iter().flatten();
        ideas.extend(here.map(|(chars, fit)| {
            let against = against(page, seen_elsewhere, &chars, weight);
            (chars, fit - against)
        }));
    }
    for span in seen_elsewhere.iter().filter(|span| span.kind == EntityKind::Person) {
        // A place of the same name that the gazetteer is sure of, or a common word, needs more than the tagger.
        let index = seen_elsewhere.partition_point(|other| other.chars.start < span.chars.start);
        let same = seen_elsewhere[index..].iter().take_while(|other| other.chars.start == span.chars.start);
        let place = same.into_iter().any(|other| other.kind == EntityKind::Place && other.chars == span.chars);
        let word = page.is_word(span.chars.start, span.chars.end);
        let doubt = if place {
            1.0
        } else if word {
            0.6
        } else {
            0.3
        };
        ideas.push((span.chars.clone(), ENOUGH - doubt + span.confidence));
    }
    let mut seen: FxHashMap<&[char], (usize, usize)> = FxHashMap::default();
    for (chars, weight) in ideas.iter().filter(|(_, weight)| *weight > 1.2) {
        let times = seen.entry(&page.chars[chars.clone()]).or_insert((0, usize::MAX));
        if times.1 != chars.start {
            *times = (times.0 + usize::from(*weight > 1.2), chars.start);
        }
    }
    let often = |chars: &Range<usize>| seen.get(&page.chars[chars.clone()]).map_or(0, |times| times.0);
    let mut best: FxHashMap<usize, (Range<usize>, f32)> = FxHashMap::default();
    for (chars, weight) in ideas {
        let weight = weight + 0.35 * often(&chars).saturating_sub(1).min(3) as f32;
        let known = best.entry(chars.start).or_insert((chars.clone(), weight));
        if weight > known.1 {
            *known = (chars, weight);
        }
    }
    let enough = best.into_values().filter(|(_, weight)| *weight >= ENOUGH);
    enough.map(|(chars, weight)| (chars, (0.55 + (weight - ENOUGH) * 0.3).min(0.99))).collect()
}

/// What the people and places that others are sure of say against a name, by how far it crosses them.
fn against(page: &Page<'_>, sure: &[Span], chars: &Range<usize>, weight: f32) -> f32 {
    let first = sure.partition_point(|span| span.chars.end <= chars.start);
    let foreign = |at: usize| page.has(at, Traits::TRANSLITERATION);
    let run = chars.len() >= 3 && !foreign(chars.end) && chars.clone().all(foreign);
    let says = page.words.longest_at(chars.end, Role::SAYING).is_some_and(|word| word.end > word.start + 1);
    let mut against: f32 = 0.0;
    for span in sure[first..].iter().take_while(|span| span.chars.start < chars.end) {
        let person = span.kind == EntityKind::Person;
        let around = span.chars.start <= chars.start && chars.end <= span.chars.end;
        against = against.max(match () {
            () if person && run && span.chars.start >= chars.start => 0.0,
            () if person && span.chars != *chars => {
                if says {
                    0.3
                } else {
                    1.0
                }
            }
            () if !person && weight < 1.6 => 1.5,
            () if !person && around && span.chars != *chars => 1.0,
            () => 0.0,
        });
        // The tagger cut a foreign name short: 洛桑旦|增.
        if person && run && span.chars.start == chars.start && span.chars.end < chars.end {
            return -0.8;
        }
    }
    against
}

/// Every length that a name at a place may have, with its weight.
fn hypotheses(page: &Page<'_>, start: usize, weight: f32) -> [Option<(Range<usize>, f32)>; 6] {
    let mut ideas = [const { None }; 6];
    for (idea, length) in ideas.iter_mut().zip(2..) {
        let end = start + length;
        if end > page.chars.len() || page.is_break(end - 1) {
            break;
        }
        let fit = if length <= 5 { native(page, start, end, weight) } else { None };
        let fit = fit.into_iter().chain(transliterated(page, start, end, weight)).fold(f32::MIN, f32::max);
        if fit > f32::MIN {
            *idea = Some((start..end, weight + fit));
        }
    }
    ideas
}

/// How well a surname and a given name of one or two characters stand there.
fn native(page: &Page<'_>, start: usize, end: usize, weight: f32) -> Option<f32> {
    let chars = &page.chars[start..end];
    let expected = weight >= EXPECTED;
    if !expected && page.words.longest_at(end, Role::SAYING).is_none() {
        return None;
    }
    if chars.contains(&'某') || matches!(chars[0], '和' | '与' | '及' | '把' | '对' | '将' | '被') && weight < 1.7
    {
        return None;
    }
    let compound = page.vocabulary.surname(&chars[..2]).filter(|_| chars.len() >= 3 && chars.len() <= 4);
    let triple = chars.get(..3).and_then(|three| page.vocabulary.surname(three)).filter(|_| chars.len() >= 4);
    let single = page.vocabulary.surname(&chars[..1]).filter(|_| chars.len() <= 3);
    let (surname, given) = match (compound, single) {
        _ if triple.is_some() => (1.3, start + 3),
        (Some(_), _) => (1.3, start + 2),
        (None, Some(weight)) => (weight + if chars.len() == 3 { 0.4 } else { 0.0 }, start + 1),
        (None, None) => return None,
    };
    let cut = page.is_cut_behind(start, end);
    let ends = page.ends(end);
    let mut fit = surname + if cut { ends.min(0.0) - 1.0 } else { ends };
    if weight < 1.6 && page.is_function(start) {
        fit -= 0.8;
    }
    if !expected
        && matches!(chars[chars.len() - 1], '省' | '市' | '区' | '县' | '镇' | '乡' | '村' | '局' | '部' | '会')
    {
        fit -= 1.0;
    }
    if page.is_word(start, end) {
        // 厂长费力说, 质检员从容、: a word is a name only where what follows shows it.
        let follows = page.words.longest_at(end, Role(Role::SAYING.0 | Role::VERB.0)).is_some();
        let shown = page.is_break(end) || follows || page.is_function(end);
        fit -= if expected && shown && surname >= 0.4 { 0.6 } else { 1.4 };
    } else if page.words.at(start).iter().any(|word| word.end > end && word.role.has(Role::COMMON)) {
        fit -= 1.2;
    } else if page.words.at(start).iter().any(|word| word.end < end && word.role.has(Role::COMMON)) {
        fit -= 0.7;
    }
    if let Some(word) = page.words.longest_at(given, Role::COMMON).filter(|word| word.end == end) {
        fit -= if word.role.has(Role::VERB) { 1.0 } else { 0.5 };
    }
    for at in given..end {
        fit -= match page.chars[at] {
            '和' | '来' | '用' | '正' | '才' | '如' | '同' | '经' | '中' | '向' | '时' | '前' | '起' | '有' | '为'
            | '以' => 0.3,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' if !expected => 0.8,
            _ if page.is_function(at) => {
                if expected {
                    0.8
                } else {
                    1.5
                }
            }
            _ => 0.0,
        };
    }
    if (given..end).any(|at| page.words.at(at).iter().any(|word| word.end == end && word.role.has(Role::SAYING))) {
        fit -= 1.2;
    }
    let titled = |at: usize| page.words.at(at).iter().any(|word| word.end > at + 1 && word.role.has(Role::BEFORE_NAME));
    if (start..end).any(titled) {
        fit -= 1.5;
    }
    Some(fit)
}

/// How well a name of another language stands there: only behind a title, and only as a whole run of its characters.
fn transliterated(page: &Page<'_>, start: usize, end: usize, weight: f32) -> Option<f32> {
    let foreign = |at: usize| page.has(at, Traits::TRANSLITERATION);
    if weight < EXPECTED || !(start..end).all(foreign) {
        return None;
    }
    let whole = !foreign(end) && end - start >= 3;
    let ends = page.ends(end).max(if whole { 0.0 } else { -1.0 });
    if ends < 0.0 {
        return None;
    }
    if page.is_word(start, end) || page.is_cut_behind(start, end) {
        return None;
    }
    Some(ends + [0.0, 0.2, 0.7, 0.9, 0.9][(end - start - 2).min(4)])
}

/// What names of other languages are written with.
pub(crate) fn transliteration() -> impl Iterator<Item = char> {
    TRANSLITERATION.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars)
}
