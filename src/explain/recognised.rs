//! Terms that ask for what was recognised: the mentions that answer, and else what stands in their field instead.

use super::cause::Cause;
use super::named::Named;
use super::page::Page;
use super::part::{Asks, MOST_PLACES, Part, Standing, written};
use super::place::{Place, Through};
use crate::query::{Chain, Field, Term, pieces_of};
use crate::snippet::{Needle, found};

/// Values of a field that are told where none of them is the one asked for.
const MOST_VALUES: usize = 20;

/// How a document stands to a term of a field of what is recognised.
pub(super) fn part(page: &Page<'_>, term: &Term) -> Part {
    let answers: Vec<&Named> = page.named.iter().filter(|one| stands(page, one, term)).collect();
    let mut part = Part::new(written(term), Asks::Term, term.field.name());
    fill(&mut part, page, &answers);
    if !part.stands {
        part.causes = causes(page, term);
    }
    part
}

/// How a document stands to words that somebody must have said: the passages of a speaker in which any of them stands.
pub(super) fn passages(page: &Page<'_>, chain: &Chain) -> Part {
    let mut term = chain.first.iter().map(written).collect::<Vec<_>>().join(" OR ");
    let words: Vec<&Term> = chain.rest.iter().flat_map(|(_, terms)| terms).collect();
    words.iter().for_each(|word| term += &format!(" {}", word.written));
    let of_speaker = |one: &&Named| chain.first.iter().any(|speaker| one.answers(speaker));
    let of_words = |one: &&Named| words.iter().any(|word| stands(page, one, word));
    let answers: Vec<&Named> = page.named.iter().filter(of_speaker).filter(of_words).collect();
    let mut part = Part::new(term, Asks::Nearness, Field::Said.name());
    fill(&mut part, page, &answers);
    part
}

/// Whether a mention answers a term, or the passage holds what was looked for in what people said.
fn stands(page: &Page<'_>, one: &Named, term: &Term) -> bool {
    if term.field != Field::Said || term.is_speaker() {
        return one.answers(term);
    }
    let passage = page.document.body.get(one.bytes.clone()).unwrap_or_default();
    one.field == Field::Said && found(passage, &[Needle::new(term.unigrams.clone(), 1.0)]) == [true]
}

fn fill(part: &mut Part, page: &Page<'_>, answers: &[&Named]) {
    part.count = answers.len() as u64;
    part.stands = part.count > 0;
    let places = answers.iter().take(MOST_PLACES).filter_map(|one| place(page, one));
    part.places = places.map(|place| Standing { place, through: vec![Through::AsWritten] }).collect();
}

fn place(page: &Page<'_>, one: &Named) -> Option<Place> {
    let name = if one.in_title { "title" } else { "body" };
    let part = page.text.parts().position(|(own, ..)| own == name)?;
    Some(page.text.place_of(part, one.bytes.clone(), std::slice::from_ref(&one.bytes)))
}

/// Why nothing answers: nothing of the kind is named, or other things are; and the words may stand all the same.
fn causes(page: &Page<'_>, term: &Term) -> Vec<Cause> {
    let field = term.field.name().to_owned();
    let of_field: Vec<&Named> = page.named.iter().filter(|one| one.field == term.field).collect();
    let mut values: Vec<String> = Vec::new();
    for one in &of_field {
        let text = if one.in_title { &page.document.title } else { &page.document.body };
        let named = if term.is_speaker() {
            one.tokens.first().map(|token| token.trim_end_matches(crate::document::NAME_END).to_owned())
        } else {
            text.get(one.bytes.clone()).map(str::to_owned)
        };
        values.extend(named.filter(|value| values.len() < MOST_VALUES && !values.contains(value)));
    }
    let mut causes = Vec::new();
    causes.push(match of_field.is_empty() {
        true => Cause::FieldEmpty { field: field.clone() },
        false => Cause::FieldDiffers { field: field.clone(), values },
    });
    let elsewhere = page.elsewhere(&term.field, &pieces_of(&term.written));
    causes.extend(elsewhere.map(|place| Cause::InOtherField { field, place }));
    causes.sort_by_key(Cause::order);
    causes
}
