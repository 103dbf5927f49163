//! Why a term does not stand in its field: what each comparison found, the most telling first.

use super::cause::Cause;
use super::compare::Comparison;
use super::nearness::across_wildcards;
use super::page::Page;
use super::stream::Stream;
use super::words::Words;
use crate::document::Loss;
use crate::query::{Field, Piece, Term};

/// The causes, at least one.
pub(super) fn causes(page: &Page<'_>, term: &Term, words: &Words<'_>) -> Vec<Cause> {
    let streams: Vec<&Stream<'_>> = page.streams(&term.field).into_iter().filter(|stream| !stream.is_empty()).collect();
    let is_text = term.field.is_in_text() && term.field != Field::Title;
    let field = if is_text { String::new() } else { term.field.name().to_owned() };
    if let Some(cause) = streams.iter().find_map(|stream| stands_otherwise(page, stream, term, words)) {
        return vec![cause];
    }
    let mut causes: Vec<Cause> = streams.iter().flat_map(|stream| near(stream, term)).collect();
    if !term.field.is_in_text() && !streams.is_empty() {
        // Of a short value the whole says more than its pieces.
        causes.retain(|cause| !matches!(cause, Cause::CharactersApart { .. } | Cause::Absent { .. }));
        let values = streams.iter().flat_map(|stream| stream.values()).collect();
        causes.push(Cause::FieldDiffers { field: field.clone(), values });
    }
    if streams.is_empty() && !is_text {
        causes.push(Cause::FieldEmpty { field: field.clone() });
    } else if causes.is_empty() {
        causes.push(Cause::Absent { piece: None, missing: term.tokens().map(str::to_owned).collect() });
    }
    let elsewhere = page.elsewhere(&term.field, &term.unigrams);
    causes.extend(elsewhere.map(|place| Cause::InOtherField { field, place }));
    causes.extend(page.in_rest(&term.unigrams).map(|place| Cause::OnlyInRest { place }));
    causes.extend(lost(page, term, &streams));
    causes.sort_by_key(Cause::order);
    causes
}

/// The characters of `原:` or `词:` stand, and are written or cut otherwise.
fn stands_otherwise(page: &Page<'_>, stream: &Stream<'_>, term: &Term, words: &Words<'_>) -> Option<Cause> {
    let (first, last) = match term.field {
        Field::Exact => stream.spans(&term.unigrams).into_iter().next()?,
        Field::Word => {
            let spans = stream.spans(&term.unigrams);
            spans.into_iter().find(|(first, last)| stream.part(*first) == stream.part(*last))?
        }
        _ => return None,
    };
    let place = stream.places(&(first..=last).collect::<Vec<_>>()).into_iter().next()?;
    Some(match term.field {
        Field::Exact => Cause::AsWrittenDiffers { place },
        _ => Cause::NotAWord { cut: words.cut(page, stream, (first, last)), place },
    })
}

/// What comes near a term in a stream; of one with wildcards, to the row of it that is missing.
fn near(stream: &Stream<'_>, term: &Term) -> Vec<Cause> {
    if !term.is_pattern() {
        return Comparison::new(stream, &term.unigrams).causes();
    }
    if let Some(cause) = across_wildcards(stream, &term.unigrams) {
        return vec![cause];
    }
    let is_wildcard = |piece: &Piece| matches!(piece, Piece::Any | Piece::Gap);
    let mut rows = term.unigrams.split(is_wildcard).filter(|row| !row.is_empty());
    let missing = rows.find(|row| stream.spans(row).is_empty());
    match missing.filter(|row| row.iter().all(|piece| !matches!(piece, Piece::Pattern(_)))) {
        Some(row) => Comparison::new(stream, row).causes(),
        None => vec![Cause::Absent { piece: None, missing: vec![term.written.clone()] }],
    }
}

/// What of the file is missing, with the gap in the term where there is one.
fn lost(page: &Page<'_>, term: &Term, streams: &[&Stream<'_>]) -> Option<Cause> {
    let losses = page.document.losses.clone();
    if losses.is_empty() || !term.field.is_in_text() || term.is_pattern() {
        return None;
    }
    let undecodable = losses.iter().any(|loss| matches!(loss, Loss::Undecodable { .. }));
    let gap = |stream: &&Stream<'_>| Comparison::new(stream, &term.unigrams).gap_of_loss();
    let place = if undecodable { streams.iter().find_map(gap) } else { None };
    Some(Cause::Lost { losses, place })
}
