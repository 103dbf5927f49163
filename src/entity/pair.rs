//! Title and body read as one text, so that a name of the one is known in the other, and the way back to both.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Article;
use super::page::Page;
use super::person;
use super::place::{Gazetteer, Linkable, link};
use super::speech::Passage;
use super::text::{Span, Text};
use super::traits::Traits;
use crate::document::{Entities, EntityKind, Mention, Said};

/// Title and body of an article.
pub(crate) struct Pair<'a> {
    /// What was given.
    pub article: &'a Article<'a>,
    /// Characters of the title, a line's end, and those of the body.
    pub chars: Vec<char>,
    /// What is known of each.
    pub traits: Vec<Traits>,
    title: Text,
    body: Text,
    /// Where the body begins in `chars`.
    offset: usize,
}

impl<'a> Pair<'a> {
    /// Folds both.
    pub fn new(article: &'a Article<'a>) -> Self {
        let (title, body) = (Text::new(article.title), Text::new(article.body));
        let chars = [&title.chars[..], &['\n'], &body.chars].concat();
        let traits = [&title.traits[..], &[Traits::of('\n')], &body.traits].concat();
        let offset = title.chars.len() + 1;
        Self { article, chars, traits, title, body, offset }
    }

    /// What `find` finds in each, as spans of both.
    pub fn both(&self, find: impl Fn(&Text) -> Vec<Span>) -> Vec<Span> {
        let mut spans = find(&self.title);
        spans.extend(find(&self.body).into_iter().map(|span| shifted(span, self.offset as isize)));
        spans
    }

    /// Sets the divisions that places mean.
    pub fn link(&self, spans: &mut [Span]) {
        let in_title = spans.partition_point(|span| span.chars.start < self.offset);
        let mut of_title = spans[..in_title].to_vec();
        let back = |span: &Span| shifted(span.clone(), -(self.offset as isize));
        let mut of_body: Vec<Span> = spans[in_title..].iter().map(back).collect();
        let (title, body, source) = (&self.title, &self.body, self.article.source);
        let mut linkable = Linkable { title, of_title: &mut of_title, body, of_body: &mut of_body, source };
        link(Gazetteer::embedded(), &mut linkable);
        for (span, linked) in spans.iter_mut().zip(of_title.into_iter().chain(of_body)) {
            span.value = linked.value;
        }
    }

    /// What was found, by bytes of title and body; names of people are given as the text writes them.
    pub fn entities(&self, page: &Page<'_>, spans: &[Span], said: &[Passage]) -> Entities {
        let written = self.written(page, spans, said);
        let as_written = |folded: &String| written.get(folded).unwrap_or(folded).clone();
        let mut entities = Entities::default();
        for (number, span) in spans.iter().enumerate() {
            let Some((bytes, in_title)) = self.bytes(span.chars.clone()) else { continue };
            let title = (span.kind == EntityKind::Person).then(|| person::title_of(page, spans, number)).flatten();
            let mention = Mention {
                kind: span.kind,
                bytes,
                value: span.value.as_ref().map(as_written),
                confidence: span.confidence,
                title: title.and_then(|chars| self.bytes(chars)).map(|(bytes, _)| bytes),
            };
            let mentions = if in_title { &mut entities.title } else { &mut entities.body };
            // Two folded characters may come out of one: 日 with a mark belongs to one mention.
            if mentions.last().is_none_or(|last| last.bytes.end <= mention.bytes.start) {
                mentions.push(mention);
            }
        }
        for passage in said {
            let speaker = &spans[passage.speaker];
            let name = speaker.value.clone().unwrap_or_else(|| page.chars[speaker.chars.clone()].iter().collect());
            let after = entities.said.last().map_or(0, |said| said.bytes.end);
            if let Some((bytes, false)) = self.bytes(passage.chars.clone()).filter(|(bytes, _)| bytes.start >= after) {
                entities.said.push(Said { speaker: as_written(&name), bytes });
            }
        }
        entities
    }

    /// How people and organisations are written in the original, by their folded names.
    fn written(&self, page: &Page<'_>, spans: &[Span], said: &[Passage]) -> FxHashMap<String, String> {
        let mut written = FxHashMap::default();
        // Values and speakers alone are looked up, and most names are neither.
        let valued = spans.iter().filter_map(|span| span.value.as_ref()?.chars().next());
        let speaking = said.iter().map(|passage| page.chars[spans[passage.speaker].chars.start]);
        let firsts: FxHashSet<char> = valued.chain(speaking).collect();
        let needed = |span: &&Span| firsts.contains(&page.chars[span.chars.start]);
        for span in spans
            .iter()
            .filter(|span| matches!(span.kind, EntityKind::Person | EntityKind::Organisation))
            .filter(needed)
        {
            if let Some((bytes, in_title)) = self.bytes(span.chars.clone()) {
                let original = if in_title { self.article.title } else { self.article.body };
                let folded = page.chars[span.chars.clone()].iter().collect();
                written.entry(folded).or_insert_with(|| original[bytes].to_owned());
            }
        }
        written
    }

    /// Bytes of the original and whether it is the title; none for what runs across.
    fn bytes(&self, chars: Range<usize>) -> Option<(Range<usize>, bool)> {
        if chars.start >= self.offset {
            return Some((self.body.original(chars.start - self.offset..chars.end - self.offset), false));
        }
        (chars.end < self.offset).then(|| (self.title.original(chars), true))
    }
}

fn shifted(mut span: Span, by: isize) -> Span {
    span.chars = span.chars.start.saturating_add_signed(by)..span.chars.end.saturating_add_signed(by);
    span
}
