//! Linking: which division a mention means, by everything else that the document says.
//!
//! Chains come first (河南省|安阳市|林州市), then names that mean one thing only, then namesakes by the votes of what is
//! settled, round by round; villages last, which lie where the text is. What stays unsure stays without a value.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::division::{self, Level};
use super::gazetteer::Gazetteer;
use super::kind::Kind;
use super::options::{Choice, Piece, pieces};
use super::votes::Votes;
use crate::analysis::is_han;
use crate::document::EntityKind;
use crate::entity::{Span, Text};

/// What linking looks at, and the spans whose values it sets.
#[derive(Debug)]
pub(crate) struct Linkable<'a> {
    /// The headline.
    pub title: &'a Text,
    /// Spans of the headline.
    pub of_title: &'a mut [Span],
    /// The article.
    pub body: &'a Text,
    /// Spans of the article.
    pub of_body: &'a mut [Span],
    /// Newspaper, agency or site.
    pub source: Option<&'a str>,
}

/// Rounds of voting: what one settles, the next may use.
const ROUNDS: usize = 3;
/// By how much the best of several must lead.
const MARGIN: f32 = 1.5;
/// Characters within which an earlier place still says where a village is.
const NEAR: usize = 120;
/// How many earlier mentions of the same text are asked what they mean.
const LOOK_BACK: usize = 20;
/// How far behind a country its places stand: 韩国京畿道利川市.
const ABROAD: usize = 6;

/// Sets the values of place spans to the six digits of the division that is, or contains, the place.
pub(crate) fn link(gazetteer: &Gazetteer, article: &mut Linkable<'_>) {
    let mut linking = Linking { gazetteer, mentions: Vec::new(), votes: Votes::default() };
    linking.gather(article);
    linking.chains();
    for round in 0..ROUNDS {
        linking.round(round);
    }
    linking.villages();
    for mention in &linking.mentions {
        let Some((in_title, number)) = mention.target else { continue };
        let spans = if in_title { &mut *article.of_title } else { &mut *article.of_body };
        let code = mention.settled.and_then(|code| gazetteer.value(code));
        spans[number].value = code.map(|code| format!("{code:06}"));
    }
}

/// A name in the document, whether it is a place span or only says something about one.
#[derive(Debug)]
struct Mention {
    piece: Piece,
    part: Part,
    /// Where it begins and ends in its part, in characters.
    start: usize,
    end: usize,
    /// The span that it stands for: whether of the title, and its number.
    target: Option<(bool, usize)>,
    /// What it weighs when it votes.
    weight: f32,
    /// It stands directly behind the mention before it, as far as the text goes.
    follows: bool,
    /// It continues the chain of the mention before it.
    chained: bool,
    /// The last mention before it with the same text.
    same: Option<usize>,
    settled: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Source,
    Title,
    Body,
}

struct Linking<'g> {
    gazetteer: &'g Gazetteer,
    mentions: Vec<Mention>,
    votes: Votes,
}

impl Linking<'_> {
    fn gather(&mut self, article: &Linkable<'_>) {
        if let Some(source) = article.source {
            self.scan(&Text::new(source).chars, Part::Source);
        }
        self.scan(&article.title.chars, Part::Title);
        self.spans(&article.title.chars, article.of_title, Part::Title);
        self.spans(&article.body.chars, article.of_body, Part::Body);
        let same: Vec<Option<usize>> = {
            let mut last: FxHashMap<&str, usize> = FxHashMap::default();
            self.mentions.iter().enumerate().map(|(at, mention)| last.insert(&mention.piece.text, at)).collect()
        };
        self.mentions.iter_mut().zip(same).for_each(|(mention, same)| mention.same = same);
    }

    /// Names of provinces, prefectures and counties in a source or a title, which are too short to be told otherwise.
    fn scan(&mut self, chars: &[char], part: Part) {
        for found in self.gazetteer.find(chars) {
            self.push(chars, found.chars, part, 1.5, None);
        }
    }

    fn spans(&mut self, text: &[char], spans: &[Span], part: Part) {
        for (number, span) in spans.iter().enumerate().filter(|(_, span)| text.get(span.chars.clone()).is_some()) {
            match span.kind {
                EntityKind::Place => {
                    self.push(text, span.chars.clone(), part, 1.0, Some((part == Part::Title, number)))
                }
                EntityKind::Organisation => self.organisation(text, span.chars.clone(), part),
                _ => {}
            }
        }
    }

    /// The divisions that an organisation's name begins with.
    fn organisation(&mut self, text: &[char], chars: Range<usize>, part: Part) {
        let mut at = chars.start;
        while let Some(length) = self.gazetteer.longest(&text[at..chars.end]) {
            self.push(text, at..at + length, part, 0.8, None);
            at += length;
        }
    }

    fn push(&mut self, text: &[char], chars: Range<usize>, part: Part, weight: f32, target: Option<(bool, usize)>) {
        let pieces = pieces(self.gazetteer, &text[chars.clone()]);
        let last = pieces.len().saturating_sub(1);
        for (number, piece) in pieces.iter().enumerate() {
            let (from, end) = (chars.start + piece.chars.start, chars.start + piece.chars.end);
            let before = self.mentions.last().filter(|before| before.part == part);
            let follows = before.is_some_and(|before| before.end == from);
            let abroad =
                before.is_some_and(|before| before.piece.abroad && text.get(before.end..from).is_some_and(is_bare));
            let piece = Piece { abroad: piece.abroad || abroad, ..piece.clone() };
            let target = target.filter(|_| number == last);
            self.mentions.push(Mention {
                piece,
                part,
                start: from,
                end,
                target,
                weight,
                follows,
                chained: false,
                same: None,
                settled: None,
            });
        }
    }

    /// Keeps of neighbours in a chain what fits: first to the right, then back to the left.
    fn chains(&mut self) {
        for at in 1..self.mentions.len() {
            let (left, right) = self.mentions.split_at_mut(at);
            let (Some(before), mention) = (left.last(), &mut right[0]) else { continue };
            if !mention.follows || before.piece.choices.is_empty() {
                continue;
            }
            let inside = |choice: &&Choice| {
                before
                    .piece
                    .choices
                    .iter()
                    .any(|outer| outer.code != choice.code && self.gazetteer.covers(outer.code, choice.code))
            };
            let kept: Rc<[Choice]> = mention.piece.choices.iter().filter(inside).copied().collect();
            // A township or village behind a county that the list does not have there: the county tells, not the list.
            let within = |outer: &Choice| division::level(outer.code) >= Level::County;
            let unlisted = before.piece.choices.iter().all(within) && mention.piece.kind == Kind::Village;
            mention.chained = !kept.is_empty() || mention.piece.choices.is_empty() || unlisted;
            if !kept.is_empty() || unlisted {
                mention.piece.choices = kept;
            }
        }
        for at in (1..self.mentions.len()).rev() {
            let (left, right) = self.mentions.split_at_mut(at);
            let (Some(before), mention) = (left.last_mut(), &right[0]) else { continue };
            if mention.chained && !mention.piece.choices.is_empty() {
                let holds = |outer: &Choice| {
                    mention.piece.choices.iter().any(|inner| self.gazetteer.covers(outer.code, inner.code))
                };
                before.piece.choices = before.piece.choices.iter().filter(|outer| holds(outer)).copied().collect();
            }
        }
    }

    fn round(&mut self, round: usize) {
        for at in 0..self.mentions.len() {
            if self.mentions[at].settled.is_some() || self.mentions[at].piece.choices.is_empty() {
                continue;
            }
            if let Some(code) = self.choose(at, round) {
                self.settle(at, code);
            }
        }
    }

    fn settle(&mut self, at: usize, code: u32) {
        let mention = &mut self.mentions[at];
        mention.settled = Some(code);
        self.votes.give(code, &mention.piece.text, mention.weight);
    }

    /// The choice that leads clearly. In the first round only what is nearly certain by itself.
    fn choose(&self, at: usize, round: usize) -> Option<u32> {
        let mention = &self.mentions[at];
        let in_chain = mention.chained || self.is_head(at);
        let may =
            |choice: &&Choice| !(choice.doubtful || mention.piece.abroad) || in_chain || self.votes.has(choice.code);
        let choices = mention.piece.choices.iter().filter(may);
        let mut scores: Vec<(f32, f32, u32)> = choices.map(|choice| self.score(at, choice)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let (best, support, code) = *scores.first()?;
        let second = scores.iter().find(|(_, _, other)| self.gazetteer.value(*other) != self.gazetteer.value(code));
        let led = second.is_none_or(|(second, ..)| best - second >= MARGIN);
        let alone = second.is_none();
        let sure = in_chain && (alone || support > 0.0 && led);
        let plain = division::level(code) != Level::Town && best - support >= 1.0;
        let certain = sure || alone && plain || best - support >= 4.0;
        match round {
            0 => certain.then_some(code),
            1 => (certain || led && support >= 2.0 && best >= 2.0).then_some(code),
            _ => (certain
                || led && best >= 1.5 && (support > 0.0 || best >= 2.0)
                || alone && self.may_stand_alone(mention, code))
            .then_some(code),
        }
    }

    /// Whether a chain continues behind it: 白云区 in 白云区|麦架镇.
    fn is_head(&self, at: usize) -> bool {
        self.mentions.get(at + 1).is_some_and(|next| next.chained && !next.piece.choices.is_empty())
    }

    /// A township of which there is one, in a document that says nothing of where it is, or names its province.
    fn may_stand_alone(&self, mention: &Mention, code: u32) -> bool {
        division::level(code) == Level::Town
            && mention.piece.choices[0].prior >= 0.0
            && (self.votes.is_empty() || self.votes.score(code) > 0.0)
    }

    /// Score, the part of it that the document gives, and the code.
    fn score(&self, at: usize, choice: &Choice) -> (f32, f32, u32) {
        let support = self.votes.score(choice.code) + self.nearness(at, choice.code);
        (choice.prior + support, support, choice.code)
    }

    /// What the last places before it say: the same name meant this, or the place before it holds this.
    fn nearness(&self, at: usize, code: u32) -> f32 {
        let mention = &self.mentions[at];
        let mut earlier =
            self.mentions[..at].iter().rev().filter(|other| other.part == mention.part && other.settled.is_some());
        let same = self.same(at);
        let holds = |other: &Mention| other.settled.is_some_and(|outer| self.gazetteer.covers(outer, code));
        let near = earlier.next().is_some_and(|other| mention.start.saturating_sub(other.end) <= NEAR && holds(other));
        let again =
            if same.is_some_and(|same| self.gazetteer.value(same) == self.gazetteer.value(code)) { 3.0 } else { 0.0 };
        again + if near { 1.5 } else { 0.0 }
    }

    /// What the last mention of the same text that is settled means.
    fn same(&self, at: usize) -> Option<u32> {
        let before = std::iter::successors(self.mentions[at].same, |at| self.mentions[*at].same);
        before.take(LOOK_BACK).find_map(|at| self.mentions[at].settled)
    }

    /// Places that no list knows: behind a division in a chain they lie in it, and a village lies where the text is.
    fn villages(&mut self) {
        let counties = self.votes.counties();
        for at in 0..self.mentions.len() {
            let mention = &self.mentions[at];
            if mention.settled.is_some()
                || mention.target.is_none()
                || mention.piece.known
                || !mention.piece.choices.is_empty()
            {
                continue;
            }
            let looks = mention.piece.kind;
            let before = at.checked_sub(1).and_then(|before| self.mentions[before].settled);
            let before = before.filter(|_| mention.follows);
            let same = self.same(at);
            self.mentions[at].settled = match (looks, before) {
                (Kind::Nature, _) => None,
                (Kind::Village, Some(outer)) if !self.gazetteer.is_last(outer) => same
                    .or_else(|| self.surroundings(at, &counties))
                    .filter(|county| self.gazetteer.covers(outer, *county)),
                (_, Some(outer)) => Some(outer),
                _ if same.is_some() => same,
                (Kind::Village, None) => self.surroundings(at, &counties),
                (Kind::Site, None) => match counties[..] {
                    [(county, _)] => Some(county),
                    _ => None,
                },
                (Kind::Other, None) => None,
            };
        }
    }

    /// The county in which the text is at this place: the only one, or that of the last county or township before it if
    /// no other county is spoken of more.
    fn surroundings(&self, at: usize, counties: &[(u32, f32)]) -> Option<u32> {
        let most = counties.first()?;
        if counties.len() == 1 {
            return Some(most.0);
        }
        let mention = &self.mentions[at];
        let near = self.mentions[..at].iter().rev().filter(|other| other.part == mention.part);
        let last = near
            .take_while(|other| mention.start.saturating_sub(other.end) <= NEAR)
            .filter_map(|other| other.settled)
            .find(|code| division::level(*code) >= Level::County)?;
        let county = division::six(last);
        counties.iter().any(|(code, votes)| *code == county && *votes + 0.5 >= most.1).then_some(county)
    }
}

/// Whether a country may rule over what stands so far behind it: a few characters with no mark and no word that parts.
fn is_bare(between: &[char]) -> bool {
    between.len() <= ABROAD
        && between.iter().all(|char| is_han(*char) && !"和与及在从到向对赴来往同跟驻".contains(*char))
}
