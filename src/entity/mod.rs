//! TEXT → MENTIONS of people, places, organisations, policy terms, numbers of documents, laws and dates, and who said
//! what. Pure: text in, ranges out; no files, no index.
//!
//! Everything here works on the folded characters of a [`Text`], so that both scripts, glosses and widths are one; only
//! [`Recogniser`] turns what was found into byte ranges of the original.

mod crf;
mod lexicon;
mod text;

use crate::document::{DateSpan, Entities, Mention};

pub use crf::{Example, Tagger, TrainOptions, Trained, WeightsError, train};
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
#[derive(Clone, Debug, Default)]
pub struct Recogniser {}

impl Recogniser {
    /// The one that comes with the library.
    pub fn new() -> Self {
        Self::default()
    }

    /// The mentions of title and body, in order and without overlap, and the passages that people said in the body.
    pub fn recognise(&self, article: &Article<'_>) -> Entities {
        let (title, body) = (Text::new(article.title), Text::new(article.body));
        let (of_title, of_body): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
        Entities { title: mentions(&title, of_title), body: mentions(&body, of_body), said: Vec::new() }
    }
}

fn mentions(text: &Text, spans: Vec<Span>) -> Vec<Mention> {
    let whole =
        |Span { kind, chars, value, confidence }| Mention { kind, bytes: text.original(chars), value, confidence };
    spans.into_iter().map(whole).collect()
}
