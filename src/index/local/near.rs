//! Which documents of a segment hold terms near each other: `NEAR/n`, `W/n`, `SENT`, `PARA`.
//!
//! First the documents that hold every operand, then, in these alone, the places: from operand to operand only those
//! occurrences go on that have one of the operand before them near.

use tantivy::DocId;

use super::matching::Matcher;
use super::phrase::Occurrences;
use super::places::{Marks, Places, Span};
use crate::index::IndexError;
use crate::query::{Chain, Proximity, Term};

/// The marks that end a sentence, and a paragraph.
const SENTENCES: [&str; 2] = ["。", "¶"];
const PARAGRAPHS: [&str; 1] = ["¶"];

impl Matcher<'_> {
    /// The documents where the chain holds, each with how many of its last operand's occurrences are reached.
    pub fn near(&self, chain: &Chain, within: Option<&[DocId]>) -> Result<Occurrences, IndexError> {
        let mut docs: Option<Vec<DocId>> = within.map(<[_]>::to_vec);
        for terms in operands(chain) {
            let mut any = Vec::new();
            for term in terms {
                any.extend(self.layout(term)?.occurrences(self.reader, docs.as_deref(), self.clock)?.docs);
            }
            any.sort_unstable();
            any.dedup();
            docs = Some(any);
        }
        let mut links = Links::open(self, chain)?;
        let mut found = Occurrences::default();
        for doc in docs.unwrap_or_default() {
            let count = links.count(doc);
            if count > 0 {
                found.push(doc, count);
            }
            self.clock.tick()?;
        }
        Ok(found)
    }
}

fn operands(chain: &Chain) -> impl Iterator<Item = &[Term]> {
    std::iter::once(chain.first.as_slice()).chain(chain.rest.iter().map(|(_, terms)| terms.as_slice()))
}

/// The places of every operand, and of the marks between.
struct Links {
    first: Vec<Places>,
    rest: Vec<(Proximity, Vec<Places>)>,
    sentences: Option<Marks>,
    paragraphs: Option<Marks>,
}

impl Links {
    fn open(matcher: &Matcher<'_>, chain: &Chain) -> Result<Self, IndexError> {
        let places = |terms: &[Term]| -> Result<Vec<Places>, IndexError> {
            terms.iter().map(|term| Places::open(matcher.reader, &matcher.layout(term)?)).collect()
        };
        let marks = |wanted: Proximity, marks: &[&str]| -> Result<Option<Marks>, IndexError> {
            let Some(term) = chain.terms().next().filter(|_| chain.rest.iter().any(|(own, _)| *own == wanted)) else {
                return Ok(None);
            };
            let layout = matcher.layout(term)?;
            Marks::open(matcher.reader, layout.field, &layout.prefix, marks).map(Some)
        };
        let rest: Result<Vec<_>, IndexError> =
            chain.rest.iter().map(|(proximity, terms)| Ok((*proximity, places(terms)?))).collect();
        Ok(Self {
            first: places(&chain.first)?,
            rest: rest?,
            sentences: marks(Proximity::Sentence, &SENTENCES)?,
            paragraphs: marks(Proximity::Paragraph, &PARAGRAPHS)?,
        })
    }

    /// How many occurrences of the last operand are reached in a document.
    fn count(&mut self, doc: DocId) -> u32 {
        let mut reached = all(&mut self.first, doc);
        for (proximity, places) in &mut self.rest {
            if reached.is_empty() {
                return 0;
            }
            let marks = match proximity {
                Proximity::Sentence => self.sentences.as_mut(),
                Proximity::Paragraph => self.paragraphs.as_mut(),
                Proximity::Near(_) | Proximity::Within(_) => None,
            };
            let marks = marks.map_or(&[] as &[u32], |marks| marks.of(doc));
            reached = related(&reached, *proximity, all(places, doc), marks);
        }
        reached.len() as u32
    }
}

/// The occurrences of any of several terms.
fn all(places: &mut [Places], doc: DocId) -> Vec<Span> {
    let (mut all, mut spans) = (Vec::new(), Vec::new());
    for places in places {
        places.spans(doc, &mut spans);
        all.append(&mut spans);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Those of `next` that have one of `reached` near; none that it overlaps counts.
fn related(reached: &[Span], proximity: Proximity, mut next: Vec<Span>, marks: &[u32]) -> Vec<Span> {
    let is_whole =
        |span: &Span| marks.get(marks.partition_point(|mark| *mark <= span.first)).is_none_or(|m| *m > span.last);
    let reached: Vec<Span> = reached.iter().copied().filter(is_whole).collect();
    let starts: Vec<u32> = reached.iter().map(|span| span.first).collect();
    let mut ends: Vec<u32> = reached.iter().map(|span| span.last).collect();
    ends.sort_unstable();
    // Whether one ends before it from here on, and whether one begins behind it up to there.
    let before = |span: &Span, from: u32| any_in(&ends, from, span.first);
    let behind = |span: &Span, to: u32| any_in(&starts, span.last + 1, to.saturating_add(1));
    next.retain(|span| match proximity {
        Proximity::Within(most) => before(span, (span.first.saturating_sub(1)).saturating_sub(u32::from(most))),
        Proximity::Near(most) => {
            let most = u32::from(most);
            before(span, span.first.saturating_sub(1).saturating_sub(most)) || behind(span, span.last + 1 + most)
        }
        Proximity::Sentence | Proximity::Paragraph => {
            let at = marks.partition_point(|mark| *mark < span.first);
            let from = at.checked_sub(1).map_or(0, |before| marks[before] + 1);
            let to = marks.get(at).map_or(u32::MAX - 1, |mark| mark - 1);
            is_whole(span) && (before(span, from) || behind(span, to))
        }
    });
    next
}

/// Whether a row in order has a number from `from` on and below `end`.
fn any_in(row: &[u32], from: u32, end: u32) -> bool {
    row.get(row.partition_point(|number| *number < from)).is_some_and(|number| *number < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(all: &[(u32, u32)]) -> Vec<Span> {
        all.iter().map(|&(first, last)| Span { first, last }).collect()
    }

    #[test]
    fn distances_are_the_places_between_and_overlaps_count_nothing() {
        let reached = spans(&[(10, 11)]);
        let kept = |proximity, next: &[(u32, u32)]| related(&reached, proximity, spans(next), &[]).len();
        assert_eq!(kept(Proximity::Within(3), &[(12, 13), (15, 15), (16, 16), (8, 9), (11, 12)]), 2);
        assert_eq!(kept(Proximity::Near(3), &[(6, 6), (5, 6), (5, 5), (9, 10), (15, 16)]), 3);
        assert_eq!(kept(Proximity::Near(1), &[(0, 0), (8, 8), (7, 7)]), 1);
    }

    #[test]
    fn a_sentence_ends_at_its_marks() {
        let related = |next: &[(u32, u32)]| {
            related(&spans(&[(3, 4), (9, 11)]), Proximity::Sentence, spans(next), &[0, 6, 10, 20]).len()
        };
        assert_eq!(related(&[(1, 1), (5, 5)]), 2);
        assert_eq!(related(&[(7, 8), (12, 13), (4, 7)]), 0);
    }
}
