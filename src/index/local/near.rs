//! Which documents of a segment hold terms near each other: `NEAR/n`, `W/n`, `SENT`, `PARA`.
//!
//! First the documents that hold every operand, then, in these alone, the places: from operand to operand only those
//! occurrences go on that have one of the operand before them near.

use tantivy::DocId;

use super::matching::{Clock, Matcher};
use super::phrase::Occurrences;
use super::places::{Marks, Places, Stretches};
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
            let count = links.count(doc, self.clock)?;
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
    operands: Vec<Vec<Places>>,
    /// How near each operand but the first stands to the one before it.
    proximities: Vec<Proximity>,
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
        let operands: Result<Vec<_>, IndexError> = operands(chain).map(places).collect();
        Ok(Self {
            operands: operands?,
            proximities: chain.rest.iter().map(|(proximity, _)| *proximity).collect(),
            sentences: marks(Proximity::Sentence, &SENTENCES)?,
            paragraphs: marks(Proximity::Paragraph, &PARAGRAPHS)?,
        })
    }

    /// How many places of the last operand are reached in a document.
    fn count(&mut self, doc: DocId, clock: &Clock) -> Result<u32, IndexError> {
        if let Some(sentences) = &mut self.sentences {
            sentences.of(doc, clock)?;
        }
        if let Some(paragraphs) = &mut self.paragraphs {
            paragraphs.of(doc, clock)?;
        }
        let link = |number: usize| {
            let proximity = *self.proximities.get(number)?;
            let marks = match proximity {
                Proximity::Sentence => self.sentences.as_ref(),
                Proximity::Paragraph => self.paragraphs.as_ref(),
                Proximity::Near(_) | Proximity::Within(_) => None,
            };
            Some(Link { proximity, marks: marks.map_or(&[], Marks::last_read) })
        };
        let mut reached = Ends::default();
        for (number, operand) in self.operands.iter_mut().enumerate() {
            let (before, behind) = (number.checked_sub(1).and_then(link), link(number));
            let mut here = Ends::default();
            for places in operand {
                let Some(mut stretches) = places.read(doc, clock)? else { continue };
                before.iter().chain(&behind).for_each(|link| stretches.keep_whole(link.marks));
                match &before {
                    None => here.add(stretches.firsts(|_| true), stretches.lasts(|_| true)),
                    Some(link) => link.reach(&reached, &stretches, &mut here),
                }
                clock.spend(here.firsts.len() + here.lasts.len())?;
            }
            here.settle();
            if here.firsts.is_empty() {
                return Ok(0);
            }
            reached = here;
        }
        Ok(reached.firsts.len() as u32)
    }
}

/// Where occurrences begin and where they end, each in order. Which belongs to which is not asked: one that lies
/// before is near by its end, one that lies behind by its beginning.
#[derive(Default)]
struct Ends {
    firsts: Vec<u32>,
    lasts: Vec<u32>,
}

impl Ends {
    fn add(&mut self, firsts: Vec<u32>, lasts: Vec<u32>) {
        self.firsts.extend(firsts);
        self.lasts.extend(lasts);
    }

    fn settle(&mut self) {
        for places in [&mut self.firsts, &mut self.lasts] {
            // Few rows in order behind each other: this sort merges them.
            places.sort();
            places.dedup();
        }
    }
}

/// How near an operand must stand to the one before it.
struct Link<'a> {
    proximity: Proximity,
    /// The marks that no two may have between them, nor in them.
    marks: &'a [u32],
}

impl Link<'_> {
    /// Adds the occurrences that have one of `reached` near, whichever comes first; none that it overlaps counts.
    fn reach(&self, reached: &Ends, stretches: &Stretches<'_>, here: &mut Ends) {
        let mut firsts = stretches.firsts(|_| true);
        firsts.retain(as_mut(self.behind_one(reached)));
        here.add(firsts, stretches.lasts(self.behind_one(reached)));
        if !matches!(self.proximity, Proximity::Within(_)) {
            let mut lasts = stretches.lasts(|_| true);
            lasts.retain(as_mut(self.before_one(reached)));
            here.add(stretches.firsts(self.before_one(reached)), lasts);
        }
    }

    /// Whether one of `reached` ends near before what begins here; asked of places in order.
    fn behind_one<'a>(&'a self, reached: &'a Ends) -> impl FnMut(u32) -> bool + 'a {
        let mut at = 0;
        move |first| {
            while reached.lasts.get(at).is_some_and(|last| *last < first) {
                at += 1;
            }
            at.checked_sub(1).is_some_and(|before| reached.lasts[before] >= self.earliest(first))
        }
    }

    /// Whether one of `reached` begins near behind what ends here; asked of places in order.
    fn before_one<'a>(&'a self, reached: &'a Ends) -> impl FnMut(u32) -> bool + 'a {
        let mut at = 0;
        move |last| {
            while reached.firsts.get(at).is_some_and(|first| *first <= last) {
                at += 1;
            }
            reached.firsts.get(at).is_some_and(|first| *first <= self.latest(last))
        }
    }

    /// The first place where one may end that stands before what begins here.
    fn earliest(&self, first: u32) -> u32 {
        match self.proximity {
            Proximity::Near(most) | Proximity::Within(most) => first.saturating_sub(1 + u32::from(most)),
            Proximity::Sentence | Proximity::Paragraph => {
                let before = self.marks.partition_point(|mark| *mark < first).checked_sub(1);
                before.map_or(0, |before| self.marks[before] + 1)
            }
        }
    }

    /// The last place where one may begin that stands behind what ends here.
    fn latest(&self, last: u32) -> u32 {
        match self.proximity {
            Proximity::Near(most) | Proximity::Within(most) => last.saturating_add(1 + u32::from(most)),
            Proximity::Sentence | Proximity::Paragraph => {
                let next = self.marks.get(self.marks.partition_point(|mark| *mark <= last));
                next.map_or(u32::MAX - 1, |mark| mark - 1)
            }
        }
    }
}

/// A question about a place as one about what holds it.
fn as_mut(mut wanted: impl FnMut(u32) -> bool) -> impl FnMut(&u32) -> bool {
    move |place| wanted(*place)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `next`, each a first place and a length, have one of `reached`, first and last places, near.
    fn kept(proximity: Proximity, reached: &[(u32, u32)], next: &[(u32, u32)], marks: &[u32]) -> usize {
        let mut ends = Ends::default();
        ends.add(reached.iter().map(|span| span.0).collect(), reached.iter().map(|span| span.1).collect());
        ends.settle();
        let link = Link { proximity, marks };
        let holds = |&(first, last): &(u32, u32)| {
            let mut stretches = Stretches::of_one(first, last - first + 1);
            let mut here = Ends::default();
            stretches.keep_whole(marks);
            link.reach(&ends, &stretches, &mut here);
            !here.firsts.is_empty()
        };
        next.iter().filter(|span| holds(span)).count()
    }

    #[test]
    fn distances_are_the_places_between_and_overlaps_count_nothing() {
        let kept = |proximity, next: &[(u32, u32)]| kept(proximity, &[(10, 11)], next, &[]);
        assert_eq!(kept(Proximity::Within(3), &[(12, 13), (15, 15), (16, 16), (8, 9), (11, 12)]), 2);
        assert_eq!(kept(Proximity::Near(3), &[(6, 6), (5, 6), (5, 5), (9, 10), (15, 16)]), 3);
        assert_eq!(kept(Proximity::Near(1), &[(0, 0), (8, 8), (7, 7)]), 1);
    }

    #[test]
    fn a_sentence_ends_at_its_marks() {
        let kept = |next: &[(u32, u32)]| kept(Proximity::Sentence, &[(3, 4)], next, &[0, 6, 10, 20]);
        assert_eq!(kept(&[(1, 1), (5, 5)]), 2);
        assert_eq!(kept(&[(7, 8), (12, 13), (4, 7)]), 0);
    }
}
