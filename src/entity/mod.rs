//! TEXT → MENTIONS of people, places, organisations, policy terms, numbers of documents, laws and dates, and who said
//! what. Pure: text in, ranges out; no files, no index.
//!
//! Everything here works on the folded characters of a `Text`, so that both scripts, glosses and widths are one; only
//! [`Recogniser`] turns what was found into byte ranges of the original.

mod consistency;
mod crf;
mod date;
mod law;
pub mod learn;
mod lexicon;
mod names;
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
mod sites;
mod speech;
mod stretches;
mod text;
mod traits;
mod vocabulary;

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::analysis::POLICY_TERMS;
use crate::document::{DateSpan, Entities, EntityKind, hex};
use page::Page;
use pair::Pair;
use rules::Rules;
use stretches::{append, stretches};
use vocabulary::Vocabulary;

pub use crf::{Example, Tagger, TrainOptions, Trained, WeightsError, train};
pub use place::{Candidate, Division, Form, Found, Gazetteer, Level, Safety, levels};
pub use policy::TermsError;
use text::{Span, Text};

/// Version of the rules that recognise beside the weights and the lists; raised with every change of what they give.
const RULES: &str = "entities 1";

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

/// Recognises entities. Cheap to make and to share: weights and lists are loaded when they are first needed.
#[derive(Clone, Debug)]
pub struct Recogniser {
    /// Names are told without it, and a fingerprint without anything.
    tagger: Arc<OnceLock<Tagger>>,
    rules: Arc<OnceLock<Rules>>,
    vocabulary: Arc<OnceLock<Vocabulary>>,
}

impl Default for Recogniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Recogniser {
    /// The one that comes with the library.
    pub fn new() -> Self {
        Self { tagger: Arc::default(), rules: Arc::default(), vocabulary: Arc::default() }
    }

    /// The same with a user's policy terms, one a line, variants behind each, parted by blanks.
    ///
    /// # Errors
    /// A line that cannot be a term.
    pub fn with_terms(&self, lines: &str) -> Result<Self, TermsError> {
        Ok(Self { rules: Arc::new(OnceLock::from(Rules::with_terms(lines)?)), ..self.clone() })
    }

    /// The same with a tagger of one's own.
    #[must_use]
    pub fn with_tagger(self, tagger: Tagger) -> Self {
        Self { tagger: Arc::new(OnceLock::from(tagger)), ..self }
    }

    /// Tells a change of what recognises, the weights of a user among it: 16 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new_with_prefix(self.tagger.get().map_or_else(Tagger::embedded_digest, Tagger::digest));
        let lists = vocabulary::lists().chain(place::LISTS).chain([RULES, POLICY_TERMS, policy::CUES_LIST, law::NAMES]);
        for part in lists {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hex(&hash.finalize()[..8])
    }

    fn rules(&self) -> &Rules {
        self.rules.get_or_init(Rules::default)
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(Vocabulary::new)
    }

    fn tagger(&self) -> &Tagger {
        self.tagger.get_or_init(Tagger::embedded)
    }

    /// Loads weights and lists, which is else done when they are first needed.
    pub fn load(&self) {
        self.tagger();
        self.rules();
        self.vocabulary();
        Gazetteer::embedded();
    }

    /// The way to write a policy term that stands first in its line of the list or of the user's; none of what is no term
    /// there.
    pub fn canonical_term(&self, written: &str) -> Option<&str> {
        self.rules().terms.canonical(written)
    }

    /// The mentions of title and body, in order and without overlap, and the passages that people said in the body. A body of
    /// more than a megabyte is read in stretches, each as an article of its own.
    pub fn recognise(&self, article: &Article<'_>) -> Entities {
        let mut entities = Entities::default();
        for stretch in stretches(article.body) {
            let body = &article.body[stretch.clone()];
            let found = self.recognise_stretch(&Article { body, ..*article });
            append(&mut entities, found, stretch.start);
        }
        entities
    }

    fn recognise_stretch(&self, article: &Article<'_>) -> Entities {
        let pair = Pair::new(article);
        let page = Page::new(&pair.chars, &pair.traits, self.vocabulary());
        let mut spans = self.spans(&page, &pair);
        pair.link(&mut spans);
        let source = article.source.map(|source| Text::new(source).chars).unwrap_or_default();
        organisation::name_fully(&page, &mut spans, &source);
        let said = speech::said(&page, &spans);
        pair.entities(&page, &spans, &said)
    }

    /// All mentions, in order and without overlap.
    fn spans(&self, page: &Page<'_>, pair: &Pair<'_>) -> Vec<Span> {
        let tagged = self.tagger().tag(page.chars);
        let mut all = pair.both(|text| self.rules().find(text, pair.article.date));
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
        resolve::resolve(all, page.chars.len())
    }
}
