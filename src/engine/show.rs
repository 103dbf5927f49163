//! Whole documents, and what the analysis makes of a text.

use std::ops::Range;

use serde::Serialize;

use super::hits::needles;
use super::words::{of_text, positive};
use super::{Engine, SearchRequest};
use crate::analysis;
use crate::document::Document;
use crate::error::Error;
use crate::query::Field;
use crate::snippet;

/// A stored document with every match of a query.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Shown {
    /// Printed id.
    pub id: String,
    /// The document.
    pub document: Document,
    /// Bytes of the title that match, in order.
    pub title_marks: Vec<Range<usize>>,
    /// Bytes of the body that match, in order.
    pub body_marks: Vec<Range<usize>>,
}

/// What the analysis makes of a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Analysis {
    /// The folded text.
    pub folded: String,
    /// Its unigrams and marks.
    pub unigrams: Vec<String>,
    /// Its words of two characters or more.
    pub words: Vec<String>,
    /// The readings that folding left out, as written.
    pub glosses: Vec<String>,
}

impl Engine {
    /// The documents that an id, a path, `path#id` or a key names, with every match of a query, if one is given.
    /// More than one where the id is ambiguous; none where nothing has it.
    ///
    /// # Errors
    /// The query cannot be read, or the index cannot.
    pub fn show(&self, id: &str, query: Option<&str>) -> Result<Vec<Shown>, Error> {
        let snapshot = self.snapshot()?;
        let read = |query| -> Result<_, Error> { Ok(SearchRequest::new(query).parsed(&*snapshot)?.query.meaning()?) };
        let meaning = query.map(read).transpose()?;
        let terms = meaning.as_ref().map(positive).unwrap_or_default();
        let terms = of_text(&terms);
        let (of_title, of_body) = (needles(&terms, Field::Title), needles(&terms, Field::Text));
        let places = snapshot.find(id)?;
        let ids = snapshot.ids(&places)?;
        let shown = |(id, document): (String, Document)| Shown {
            id,
            title_marks: snippet::matches(&document.title, &of_title),
            body_marks: snippet::matches(&document.body, &of_body),
            document,
        };
        Ok(ids.into_iter().zip(snapshot.fetch(&places)?).map(shown).collect())
    }

    /// Shows what fold, unigrams and words of a text are, with the dictionary of this index.
    pub fn analyze(&self, text: &str) -> Analysis {
        let folded = analysis::fold(text);
        let mut words = Vec::new();
        self.inner.segmenter.cut(&folded, false, |word| words.push(word.to_owned()));
        let unigrams = analysis::unigrams(text).into_iter().map(|unigram| unigram.text).collect();
        let glosses = analysis::glosses(text).into_iter().map(|range| text[range].to_owned()).collect();
        Analysis { folded, unigrams, words, glosses }
    }
}
