//! TEXT → MENTIONS of people, places, organisations, policy terms, numbers of documents, laws and dates, and who said
//! what. Pure: text in, ranges out; no files, no index.
//!
//! Everything here works on the folded characters of a [`Text`], so that both scripts, glosses and widths are one; only
//! [`Recogniser`] turns what was found into byte ranges of the original.

mod character_set;
mod consistency;
mod crf;
mod date;
mod law;
mod lexicon;
mod number;
mod organisation;
mod page;
mod pair;
mod person;
pub mod place;
mod policy;
mod reading;
mod resolve;
mod rules;
#[cfg(test)]
mod rules_tests;
mod sites;
mod speech;
mod text;
mod vocabulary;

use std::sync::Arc;

use crate::document::{DateSpan, Entities, EntityKind};
use page::Page;
use pair::Pair;
use rules::Rules;
use vocabulary::Vocabulary;

pub use crf::{Example, Tagger, TrainOptions, Trained, WeightsError, train};
pub use place::{Candidate, Division, Form, Found, Gazetteer, Level, Safety, levels};
pub use policy::TermsError;
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
    tagger: Arc<Tagger>,
    rules: Arc<Rules>,
    vocabulary: Arc<Vocabulary>,
}

impl Default for Recogniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Recogniser {
    /// The one that comes with the library.
    pub fn new() -> Self {
        Self::with(Tagger::embedded(), Rules::default())
    }

    /// The same with a user's policy terms, one a line, variants behind each, parted by blanks.
    ///
    /// # Errors
    /// A line that cannot be a term.
    pub fn with_terms(lines: &str) -> Result<Self, TermsError> {
        Ok(Self::with(Tagger::embedded(), Rules::with_terms(lines)?))
    }

    /// The same with a tagger of one's own.
    #[must_use]
    pub fn with_tagger(self, tagger: Tagger) -> Self {
        Self { tagger: Arc::new(tagger), ..self }
    }

    fn with(tagger: Tagger, rules: Rules) -> Self {
        Self { tagger: Arc::new(tagger), rules: Arc::new(rules), vocabulary: Arc::new(Vocabulary::new()) }
    }

    /// The mentions of title and body, in order and without overlap, and the passages that people said in the body.
    pub fn recognise(&self, article: &Article<'_>) -> Entities {
        let pair = Pair::new(article);
        let page = Page::new(&pair.chars, &self.vocabulary);
        let mut spans = self.spans(&page, &pair);
        pair.link(&mut spans);
        let said = speech::said(&page, &spans);
        pair.entities(&page, &spans, &said)
    }

    /// All mentions, in order and without overlap.
    fn spans(&self, page: &Page<'_>, pair: &Pair<'_>) -> Vec<Span> {
        let tagged = self.tagger.tag(page.chars);
        let mut all = pair.both(|text| self.rules.find(text, pair.article.date));
        let places = sites::places(page, Gazetteer::embedded(), &tagged);
        let bodies = organisation::find(page, &places);
        let people = person::full_names(page, &tagged, &places);
        all.extend(tagged.into_iter().filter(|span| organisation::is_likely(page, span)));
        all.extend(organisation::short_names(page, &bodies, &places));
        for found in [&places, &bodies, &people] {
            all.extend(found.iter().cloned());
        }
        let repeated = consistency::repeated(page, &all);
        let also = repeated.iter().filter(|span| span.kind == EntityKind::Person);
        let mut named: Vec<Span> = people.iter().chain(also).cloned().collect();
        named = resolve::resolve(named, page.chars.len());
        all.extend(person::short_forms(page, &named));
        all.extend(repeated);
        let mut spans = resolve::resolve(all, page.chars.len());
        let source: Vec<char> = pair.article.source.map(|source| Text::new(source).chars).unwrap_or_default();
        organisation::name_fully(page, &mut spans, &source);
        spans
    }
}
