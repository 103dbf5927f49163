//! A document as streams, one for each field that a query can ask for, analysed once for all of its terms.

use std::borrow::Cow;

use super::named::Named;
use super::place::Place;
use super::stream::Stream;
use crate::analysis::fold;
use crate::document::Document;
use crate::query::{Field, Piece};

/// A document whose fields are analysed.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    /// What is named in it.
    pub named: &'a [Named],
    /// Title and body.
    pub text: Stream<'a>,
    title: Stream<'a>,
    /// Every other field that has a value; an editor cannot be asked for.
    values: Vec<(Option<Field>, Stream<'a>)>,
    rest: Stream<'a>,
}

impl<'a> Page<'a> {
    pub fn new(document: &'a Document, named: &'a [Named]) -> Self {
        let part = |name: &'static str, text: &'a str| (Cow::Borrowed(name), Cow::Borrowed(text));
        let title = document.title.as_str();
        let mut values = Vec::new();
        values.extend(document.source.as_deref().map(|text| (Some(Field::Source), Stream::of("source", text))));
        let authors = document.authors.iter().map(|author| part("author", author));
        values.push((Some(Field::Author), Stream::new(authors)));
        values.extend(document.editor.as_deref().map(|text| (None, Stream::of("editor", text))));
        values.extend(document.url.as_deref().map(|text| (Some(Field::Url), Stream::of("url", text))));
        let extra = |(name, text): &'a (String, String)| (Some(Field::Extra(fold(name))), Stream::of(name, text));
        values.extend(document.extra.iter().map(extra));
        let path = (Cow::Borrowed("path"), Cow::Owned(document.origin.place()));
        values.push((Some(Field::Path), Stream::new([path])));
        values.retain(|(_, stream)| !stream.is_empty());
        Self {
            document,
            named,
            text: Stream::new([part("title", title), part("body", &document.body)]),
            title: Stream::of("title", title),
            values,
            rest: Stream::of("rest", &document.rest),
        }
    }

    /// What a term of a field is looked for in; no match crosses from one stream to another.
    pub fn streams(&self, field: &Field) -> Vec<&Stream<'a>> {
        match field {
            Field::Text | Field::Exact | Field::Word => vec![&self.text],
            Field::Title => vec![&self.title],
            Field::Rest => vec![&self.rest],
            field => {
                self.values.iter().filter(|(of, _)| of.as_ref() == Some(field)).map(|(_, stream)| stream).collect()
            }
        }
    }

    /// A match outside the field asked for.
    pub fn elsewhere(&self, field: &Field, pieces: &[Piece]) -> Option<Place> {
        let own = |of: &Option<Field>| of.as_ref() == Some(field);
        let text = (!field.is_in_text() || *field == Field::Title).then_some(&self.text);
        let others = self.values.iter().filter(|(of, _)| !own(of)).map(|(_, stream)| stream);
        text.into_iter().chain(others).find_map(|stream| first(stream, pieces))
    }

    /// A match in what is not the article.
    pub fn in_rest(&self, pieces: &[Piece]) -> Option<Place> {
        first(&self.rest, pieces)
    }
}

fn first(stream: &Stream<'_>, pieces: &[Piece]) -> Option<Place> {
    let (first, last) = stream.spans(pieces).into_iter().next()?;
    stream.places(&(first..=last).collect::<Vec<_>>()).into_iter().next()
}
