//! TEXT → MENTIONS of people, places, organisations, policy terms, numbers of documents, laws and dates, and who said
//! what. Pure: text in, ranges out; no files, no index.
//!
//! Everything here works on the folded characters of a [`Text`], so that both scripts, glosses and widths are one; only
//! [`Recogniser`] turns what was found into byte ranges of the original.

mod consistency;
mod organisation;
mod page;
mod person;
pub mod place;
mod resolve;
mod sites;
mod speech;
mod text;
mod vocabulary;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{DateSpan, Entities, EntityKind, Mention, Said};
use page::Page;
use place::Gazetteer;
use vocabulary::Vocabulary;

pub(crate) use text::{Span, Text};

/// What recognition is given of an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article<'a> {
    /// Headline; may be empty.
    pub title: &'a str,
    /// The text.
    pub body: &'a str,
    /// When it was published: dates in the text are told from it.
    pub date: Option<DateSpan>,
    /// Newspaper, agency or site: a hint at the places meant.
    pub source: Option<&'a str>,
}

/// Recognises entities. Cheap to share, costly to make: it holds the weights and the lists.
#[derive(Clone, Debug)]
pub struct Recogniser {
    vocabulary: Arc<Vocabulary>,
    gazetteer: &'static Gazetteer,
}

impl Default for Recogniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Recogniser {
    /// The one that comes with the library.
    pub fn new() -> Self {
        Self { vocabulary: Arc::new(Vocabulary::new()), gazetteer: Gazetteer::embedded() }
    }

    /// The mentions of title and body, in order and without overlap, and the passages that people said in the body.
    pub fn recognise(&self, article: &Article<'_>) -> Entities {
        let (title, body) = (Text::new(article.title), Text::new(article.body));
        // One text, so that a name of the body is known in the title.
        let mut chars = title.chars.clone();
        chars.push('\n');
        let offset = chars.len();
        chars.extend(&body.chars);
        let page = Page::new(&chars, &self.vocabulary);
        let spans = self.spans(&page, article);
        let said = speech::said(&page, &spans);
        let parts = Parts { article, title: &title, body: &body, offset };
        parts.entities(&page, &spans, &said)
    }

    /// All mentions of a text, in order and without overlap.
    fn spans(&self, page: &Page<'_>, article: &Article<'_>) -> Vec<Span> {
        let tagged: Vec<Span> = Vec::new();
        let places = sites::places(page, self.gazetteer, &tagged);
        let mut all = tagged.clone();
        all.extend(places.iter().cloned());
        let bodies = organisation::find(page, &places);
        all.extend(organisation::short_names(page, &bodies, &places));
        all.extend(bodies);
        let people = person::full_names(page, &tagged);
        all.extend(people.iter().cloned());
        let repeated = consistency::repeated(page, &all);
        let mut full: Vec<Span> = people.into_iter().chain(repeated.iter().filter(|span| span.kind == EntityKind::Person).cloned()).collect();
        full.sort_by_key(|span| span.chars.start);
        all.extend(repeated);
        all.extend(person::short_forms(page, &full));
        let mut spans = resolve::resolve(all, page.chars.len());
        let source: Vec<char> = article.source.map(|source| Text::new(source).chars).unwrap_or_default();
        organisation::name_fully(page, &mut spans, &source);
        spans
    }
}

/// Title and body, and where the body begins in the characters of both.
struct Parts<'a> {
    article: &'a Article<'a>,
    title: &'a Text,
    body: &'a Text,
    offset: usize,
}

impl Parts<'_> {
    fn entities(&self, page: &Page<'_>, spans: &[Span], said: &[speech::Passage]) -> Entities {
        let written = self.written(page, spans);
        let mut entities = Entities::default();
        for span in spans {
            let Some((bytes, in_title)) = self.bytes(span.chars.clone()) else { continue };
            let value = span.value.as_ref().map(|value| written.get(value).unwrap_or(value).clone());
            let mention = Mention { kind: span.kind, bytes, value, confidence: span.confidence };
            if in_title { entities.title.push(mention) } else { entities.body.push(mention) }
        }
        for passage in said {
            let speaker = &spans[passage.speaker];
            let name = speaker.value.clone().unwrap_or_else(|| page.chars[speaker.chars.clone()].iter().collect());
            if let Some((bytes, false)) = self.bytes(passage.chars.clone()) {
                entities.said.push(Said { speaker: written.get(&name).cloned().unwrap_or(name), bytes });
            }
        }
        entities
    }

    /// How the names mentioned are written in the original, by their folded form.
    fn written(&self, page: &Page<'_>, spans: &[Span]) -> HashMap<String, String> {
        let mut written = HashMap::new();
        for span in spans.iter().filter(|span| span.kind != EntityKind::Date) {
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
