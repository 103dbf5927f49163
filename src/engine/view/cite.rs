//! A citation: what names an article and a passage of it so exactly that it can be checked years later.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::{Document, hex};
use crate::engine::body::{Body, is_marked};
use crate::engine::guard::guarded;
use crate::engine::hits::needles;
use crate::engine::words::{of_text, positive};
use crate::engine::{Engine, SearchRequest};
use crate::error::Error;
use crate::query::Field;
use crate::snippet::{Snippet, Text};

/// A passage of an article. Serialises to a line `{"type":"citation","version":1,…}`, and is read from one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "citation")]
#[non_exhaustive]
pub struct Citation {
    /// Version of the line: 1.
    pub version: u32,
    /// Printed id of the article.
    pub id: String,
    /// Key of the article; see [`Document::key`].
    pub key: String,
    /// Headline, as written.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Date as exact as it is known.
    pub date: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Name of the folder that was indexed.
    pub root: String,
    /// Path relative to it.
    pub path: Option<String>,
    /// SHA-256 of the file's bytes as it was indexed, in hexadecimal; `None` for a file that was read as a stream, and
    /// for a document that is no file.
    pub file_hash: Option<String>,
    /// SHA-256 of title, a line feed and body, in UTF-8 as they are stored.
    pub text_hash: String,
    /// The query that chose the passage.
    pub query: String,
    /// `title` or `body`: where the passage stands.
    pub field: String,
    /// Bytes of that field that the quotation is.
    pub bytes: [usize; 2],
    /// Characters of it.
    pub chars: [usize; 2],
    /// The passage exactly as it is stored, glosses and line breaks included.
    pub quotation: String,
    /// Day on which somebody looked at the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<String>,
}

impl Engine {
    /// Cites the best passage for a query of each document that an id, a path, `path#id` or a key names. More than one
    /// where the id is ambiguous; `None` in place of a document that the query marks nothing in.
    ///
    /// # Errors
    /// The query cannot be read, or the index cannot.
    pub fn cite(&self, id: &str, query: &str) -> Result<Vec<Option<Citation>>, Error> {
        guarded(|| self.quote(id, query))
    }

    fn quote(&self, id: &str, query: &str) -> Result<Vec<Option<Citation>>, Error> {
        let snapshot = self.snapshot()?;
        let meaning = SearchRequest::new(query).parsed(&*snapshot)?.query.meaning()?;
        let terms = of_text(&positive(&meaning));
        let (of_title, of_body) = (needles(&terms, Field::Title), needles(&terms, Field::Text));
        let places = snapshot.find(id)?;
        let documents = snapshot.ids(&places)?.into_iter().zip(snapshot.fetch(&places)?);
        let cited = documents.map(|(id, document)| {
            let best = Body::new(&document.body).passages(&of_body, 1);
            let best = if is_marked(&best) { best } else { Text::new(&document.title).passages("title", &of_title, 1) };
            is_marked(&best).then(|| citation(id, query, &document, &best[0]))
        });
        Ok(cited.collect())
    }
}

fn citation(id: String, query: &str, document: &Document, passage: &Snippet) -> Citation {
    let text = field(document, passage.field);
    let [start, end] = passage.range;
    let chars = |bytes: usize| text[..bytes].chars().count();
    Citation {
        version: 1,
        id,
        key: document.key(),
        title: document.title.clone(),
        authors: document.authors.clone(),
        source: document.source.clone(),
        date: document.date.map(|date| date.to_string()),
        url: document.url.clone(),
        root: document.origin.root.clone(),
        path: Some(document.origin.place()).filter(|path| !path.is_empty()),
        file_hash: document.file_hash.clone(),
        text_hash: text_hash(document),
        query: query.to_owned(),
        field: passage.field.to_owned(),
        bytes: passage.range,
        chars: [chars(start), chars(end)],
        quotation: text[start..end].to_owned(),
        accessed: None,
    }
}

/// The text of a field by its name.
pub(super) fn field<'a>(document: &'a Document, name: &str) -> &'a str {
    if name == "title" { &document.title } else { &document.body }
}

/// SHA-256 of title, a line feed and body.
pub(super) fn text_hash(document: &Document) -> String {
    let mut hash = Sha256::new();
    hash.update(&document.title);
    hash.update("\n");
    hash.update(&document.body);
    hex(&hash.finalize())
}
