//! The fields of the embedded index, all declared from the start: a schema cannot gain any, and an empty one costs
//! nothing.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::tokens::{RAW, STREAM};
use crate::document::EntityKind;

/// Version of these fields and of what they hold.
pub(super) const FORMAT: u32 = 6;

/// Names of the columns of values.
pub(super) const SOURCE_VALUE: &str = "source_value";
pub(super) const AUTHOR_VALUES: &str = "author_values";
pub(super) const FOLDER_VALUE: &str = "folder_value";
pub(super) const EXTRA_VALUES: &str = "extra_values";
pub(super) const ENTITY_VALUES: &str = "entity_values";

/// Handles of the fields.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// Key and file key, 16 bytes each.
    pub key: Field,
    pub file: Field,
    /// Printed id, and the path with the entry of an archive: whole strings.
    pub id: Field,
    pub place: Field,
    /// The first 8 bytes of the key: the last resort of every order.
    pub order: Field,
    pub first_day: Field,
    pub last_day: Field,
    /// 1 where the date is inferred, else nothing.
    pub inferred: Field,
    /// Positions of `text` that are the title's.
    pub title_length: Field,
    pub han: Field,
    /// Numbers of the sketch, in order.
    pub sketch: Field,
    /// Numbers of the lines at the edges of the body.
    pub lines: Field,
    pub bytes: Field,
    /// `losses`, `undated`, `inferred`, `rest`.
    pub flags: Field,
    /// Streams of unigrams with positions.
    pub text: Field,
    /// Pairs of frequent characters in `text`, with how often they stand there.
    pub pairs: Field,
    pub source: Field,
    pub authors: Field,
    pub editor: Field,
    pub path: Field,
    pub url: Field,
    pub extra: Field,
    pub rest: Field,
    /// Streams of words with frequencies and lengths.
    pub title_words: Field,
    pub body_words: Field,
    /// Values as written, to be counted; those of other keys behind the folded name and [`NAME_END`].
    ///
    /// [`NAME_END`]: crate::document::NAME_END
    pub source_value: Field,
    pub author_values: Field,
    pub folder_value: Field,
    pub extra_values: Field,
    pub indexed_at: Field,
    /// Names of what is recognised, each a token, and what people said; what documents are counted by, behind its name and
    /// [`NAME_END`](crate::document::NAME_END).
    pub people: Field,
    pub places: Field,
    pub organisations: Field,
    pub policies: Field,
    pub numbers: Field,
    pub laws: Field,
    pub said: Field,
    pub entity_values: Field,
    pub mentions: Field,
    /// What is shown and what an upgrade starts from.
    pub stored_title: Field,
    pub stored_body: Field,
    pub facts: Field,
}

impl Fields {
    /// The field of the names of a kind, if it has one: dates are columns.
    pub fn names(&self, kind: EntityKind) -> Option<Field> {
        Some(match kind {
            EntityKind::Person => self.people,
            EntityKind::Place => self.places,
            EntityKind::Organisation => self.organisations,
            EntityKind::Policy => self.policies,
            EntityKind::Number => self.numbers,
            EntityKind::Law => self.laws,
            _ => return None,
        })
    }
}

/// The schema and its handles.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let column = || NumericOptions::default().set_fast();
    let fields = Fields {
        key: bytes(&mut builder, "key"),
        file: bytes(&mut builder, "file"),
        id: builder.add_text_field("id", raw().set_fast(RAW)),
        place: builder.add_text_field("place", raw()),
        order: builder.add_u64_field("order", column()),
        first_day: builder.add_i64_field("first_day", column()),
        last_day: builder.add_i64_field("last_day", column()),
        inferred: builder.add_u64_field("inferred", column()),
        title_length: builder.add_u64_field("title_length", column()),
        han: builder.add_u64_field("han", column()),
        sketch: builder.add_u64_field("sketch", column()),
        lines: builder.add_u64_field("lines", column()),
        bytes: builder.add_u64_field("bytes", column()),
        flags: builder.add_text_field("flags", stream(IndexRecordOption::Basic, false)),
        text: unigrams(&mut builder, "text"),
        pairs: builder.add_text_field("pairs", stream(IndexRecordOption::WithFreqs, false)),
        source: unigrams(&mut builder, "source"),
        authors: unigrams(&mut builder, "authors"),
        editor: unigrams(&mut builder, "editor"),
        path: unigrams(&mut builder, "path"),
        url: unigrams(&mut builder, "url"),
        extra: unigrams(&mut builder, "extra"),
        rest: unigrams(&mut builder, "rest"),
        title_words: builder.add_text_field("title_words", stream(IndexRecordOption::WithFreqs, true)),
        body_words: builder.add_text_field("body_words", stream(IndexRecordOption::WithFreqs, true)),
        source_value: value(&mut builder, SOURCE_VALUE),
        author_values: value(&mut builder, AUTHOR_VALUES),
        folder_value: value(&mut builder, FOLDER_VALUE),
        extra_values: value(&mut builder, EXTRA_VALUES),
        indexed_at: builder.add_i64_field("indexed_at", column()),
        people: unigrams(&mut builder, "people"),
        places: unigrams(&mut builder, "places"),
        organisations: unigrams(&mut builder, "organisations"),
        policies: unigrams(&mut builder, "policies"),
        numbers: unigrams(&mut builder, "numbers"),
        laws: unigrams(&mut builder, "laws"),
        said: unigrams(&mut builder, "said"),
        entity_values: value(&mut builder, ENTITY_VALUES),
        mentions: builder.add_bytes_field("mentions", BytesOptions::default().set_stored()),
        stored_title: builder.add_bytes_field("stored_title", BytesOptions::default().set_stored()),
        stored_body: builder.add_bytes_field("stored_body", BytesOptions::default().set_stored()),
        facts: builder.add_bytes_field("facts", BytesOptions::default().set_stored()),
    };
    (builder.build(), fields)
}

fn value(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_fast(RAW))
}

fn bytes(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_bytes_field(name, BytesOptions::default().set_indexed())
}

fn unigrams(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, stream(IndexRecordOption::WithFreqsAndPositions, false))
}

fn stream(record: IndexRecordOption, lengths: bool) -> TextOptions {
    indexed(STREAM, record, lengths)
}

fn raw() -> TextOptions {
    indexed(RAW, IndexRecordOption::Basic, false)
}

fn indexed(tokenizer: &str, record: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(lengths))
}
