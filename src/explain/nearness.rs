//! Terms near each other: whether a chain holds, where, and what is wrong with the nearest of its terms where it does
//! not. Distances are as the index counts them: positions between, marks included, and no overlaps.

use super::cause::{Apart, Cause};
use super::page::Page;
use super::part::{Asks, MOST_PLACES, Part, Standing, written};
use super::place::Border;
use super::stream::{Span, Stream};
use crate::analysis::Kind;
use crate::query::{Chain, Field, MAX_GAP, Piece, Proximity, Term};

/// How a document stands to a chain; without a cause where a term of it is missing.
pub(super) fn part(page: &Page<'_>, chain: &Chain) -> Part {
    let any = |terms: &[Term]| match terms {
        [term] => written(term),
        terms => format!("({})", terms.iter().map(written).collect::<Vec<_>>().join(" OR ")),
    };
    let mut term = any(&chain.first);
    chain.rest.iter().for_each(|(proximity, terms)| term += &format!(" {proximity} {}", any(terms)));
    let field = chain.first.first().map_or(&Field::Text, |term| &term.field);
    let mut part = Part::new(term, Asks::Nearness, field.name());
    let field = if *field == Field::Title { &Field::Text } else { field };
    for stream in page.streams(field) {
        let (pairs, cause) = held(stream, chain);
        part.count += pairs.len() as u64;
        let room = MOST_PLACES.saturating_sub(part.places.len());
        let places = pairs.iter().take(room).flat_map(|pair| both(stream, *pair));
        // How the terms are written is told with the terms.
        part.places.extend(places.map(|place| Standing { place, through: Vec::new() }));
        part.causes.extend(cause);
    }
    part.stands = part.count > 0;
    if part.stands {
        part.causes.clear();
    }
    part
}

/// The last two occurrences of every way in which a chain holds, or why it does not where all its terms stand.
fn held(stream: &Stream<'_>, chain: &Chain) -> (Vec<(Span, Span)>, Option<Cause>) {
    let mut reached = all(stream, &chain.first);
    let mut pairs = Vec::new();
    for (proximity, terms) in &chain.rest {
        let next = all(stream, terms);
        let mate = |span: &Span| reached.iter().find(|one| related(stream, *proximity, **one, *span)).copied();
        pairs = next.iter().filter_map(|span| Some((mate(span)?, *span))).collect();
        if pairs.is_empty() {
            return (pairs, wrong(stream, *proximity, &reached, &next));
        }
        reached = pairs.iter().map(|(_, span)| *span).collect();
    }
    (pairs, None)
}

/// The occurrences of any of several terms.
fn all(stream: &Stream<'_>, terms: &[Term]) -> Vec<Span> {
    let in_title = |span: &Span| stream.parts().nth(stream.part(span.1)).is_some_and(|(name, ..)| name == "title");
    let of = |term: &Term| {
        let mut spans = stream.spans(&term.unigrams);
        spans.retain(|span| term.field != Field::Title || in_title(span));
        spans
    };
    terms.iter().flat_map(of).collect()
}

fn related(stream: &Stream<'_>, proximity: Proximity, one: Span, other: Span) -> bool {
    let (before, behind) = (one.min(other), one.max(other));
    let Some(between) = between(one, other) else { return false };
    let strongest = || stream.strongest_mark(before.0, behind.1);
    match proximity {
        Proximity::Near(most) => between <= usize::from(most),
        Proximity::Within(most) => one < other && between <= usize::from(most),
        Proximity::Sentence => strongest() < Some(Kind::Sentence),
        Proximity::Paragraph => strongest() < Some(Kind::Paragraph),
    }
}

/// Positions between two occurrences; `None` where they overlap.
fn between(one: Span, other: Span) -> Option<usize> {
    let (before, behind) = (one.min(other), one.max(other));
    (behind.0 > before.1).then(|| behind.0 - before.1 - 1)
}

/// What is wrong with the nearest of two operands.
fn wrong(stream: &Stream<'_>, proximity: Proximity, reached: &[Span], next: &[Span]) -> Option<Cause> {
    let ordered = matches!(proximity, Proximity::Within(_));
    let pairs = || reached.iter().flat_map(|one| next.iter().map(move |other| (*one, *other)));
    let nearest = |pairs: &mut dyn Iterator<Item = (Span, Span)>| {
        pairs.filter_map(|pair| Some((between(pair.0, pair.1)?, pair))).min()
    };
    let in_order = nearest(&mut pairs().filter(|(one, other)| one < other)).filter(|_| ordered);
    let any = nearest(&mut pairs());
    let Some((distance, pair)) = any else {
        let pair = pairs().next()?;
        let places = both(stream, pair);
        return Some(Cause::Proximity { asked: proximity.to_string(), found: Apart::Overlapping, between: 0, places });
    };
    let (found, distance, pair) = match (proximity, in_order) {
        (Proximity::Near(_), _) => (Apart::TooFar, distance, pair),
        (Proximity::Sentence, _) => (Apart::OtherSentence, distance, pair),
        (Proximity::Paragraph, _) => (Apart::OtherParagraph, distance, pair),
        (Proximity::Within(most), in_order) => match in_order {
            _ if distance <= usize::from(most) => (Apart::WrongOrder, distance, pair),
            Some((distance, pair)) => (Apart::TooFar, distance, pair),
            None => (Apart::WrongOrder, distance, pair),
        },
    };
    let places = both(stream, pair);
    Some(Cause::Proximity { asked: proximity.to_string(), found, between: distance as u64, places })
}

fn both(stream: &Stream<'_>, (one, other): (Span, Span)) -> Vec<super::Place> {
    let mut positions: Vec<usize> = (one.0..=one.1).chain(other.0..=other.1).collect();
    positions.sort_unstable();
    positions.dedup();
    stream.places(&positions)
}

/// What keeps the rows of a term with wildcards apart, all of which stand: a mark, or more than the wildcard takes.
pub(super) fn across_wildcards(stream: &Stream<'_>, pieces: &[Piece]) -> Option<Cause> {
    let is_wildcard = |piece: &Piece| matches!(piece, Piece::Any | Piece::Gap);
    let rows: Vec<Vec<Span>> =
        pieces.split(is_wildcard).filter(|row| !row.is_empty()).map(|row| stream.spans(row)).collect();
    let asked = if pieces.contains(&Piece::Gap) { "*" } else { "?" };
    let pairs = |pair: &[Vec<Span>]| -> Option<(usize, (Span, Span))> {
        let all = pair[0].iter().flat_map(|one| pair[1].iter().map(move |other| (*one, *other)));
        all.filter(|(one, other)| one < other).filter_map(|pair| Some((between(pair.0, pair.1)?, pair))).min()
    };
    let nearest: Vec<Option<(usize, (Span, Span))>> = rows.windows(2).map(pairs).collect();
    if rows.iter().any(Vec::is_empty) {
        return None;
    }
    let worst = nearest.iter().copied().flatten().max();
    let (distance, pair) = worst?;
    let mark = stream.strongest_mark(pair.0.0, pair.1.1).and_then(Border::of);
    let places = both(stream, pair);
    Some(match mark {
        Some(mark) if distance <= MAX_GAP as usize + 1 => {
            Cause::AcrossAMark { mark, place: places.into_iter().next()? }
        }
        _ => {
            let found = if nearest.iter().any(Option::is_none) { Apart::WrongOrder } else { Apart::TooFar };
            Cause::Proximity { asked: asked.to_owned(), found, between: distance as u64, places }
        }
    })
}
