//! A document into an entry: the streams that every backend stores, made once.

use super::naming::{Names, fill, recognised};
use crate::analysis::{Folded, Kind, PARAGRAPH, Segmenter, Unigrams, fold, line_numbers, sketch};
use crate::document::{Document, Entities, Entry, NAME_END, Pairs, Streams};
use crate::entity::Recogniser;
use crate::query::is_name_char;

/// Names of keys that are longer, in characters, are kept but cannot be asked for.
const LONGEST_NAME: usize = 40;

/// Analyses a document; what it names only where a recogniser is given, with the names that its thread has met.
pub(super) fn entry(
    document: Document,
    segmenter: &Segmenter,
    recogniser: Option<(&Recogniser, &mut Names)>,
    pairs: &Pairs,
) -> Entry {
    let (title, body) = (Folded::new(&document.title), Folded::new(&document.body));
    let mut streams = Streams {
        // A blank for each character, most of which are three bytes long.
        text: String::with_capacity((title.text.len() + body.text.len()) / 3 * 4 + 8),
        ..Streams::default()
    };
    let (length, han) = push(&mut streams.text, &title);
    (streams.title_length, streams.han) = (length, han);
    let of_title = streams.text.len();
    if length > 0 {
        append(&mut streams.text, PARAGRAPH);
    }
    let (length, han) = push(&mut streams.text, &body);
    streams.han += han;
    streams.sketch = sketch(&body);
    let offset = if streams.title_length > 0 { streams.title_length + 1 } else { 0 };
    streams.lines = line_numbers(&document.body, offset, length);
    if length == 0 {
        streams.text.truncate(of_title);
    }
    streams.pairs = pairs.stream(&streams.text);
    let cut = |text: &Folded, hard_wrapped, words: &mut String| {
        segmenter.cut(&text.text, hard_wrapped, |word| append(words, word));
    };
    cut(&title, false, &mut streams.title_words);
    cut(&body, document.hard_wrapped, &mut streams.body_words);
    let value = |text: Option<&str>| {
        let mut stream = String::new();
        push(&mut stream, &Folded::new(text.unwrap_or_default()));
        stream
    };
    streams.source = value(document.source.as_deref());
    streams.editor = value(document.editor.as_deref());
    streams.url = value(document.url.as_deref());
    streams.path = value(Some(&document.origin.place()));
    streams.rest = value(Some(document.rest.as_str()));
    streams.authors = values(document.authors.iter().map(|author| (String::new(), author.as_str())));
    let named = document.extra.iter().filter_map(|(name, text)| Some((field_name(name)?, text.as_str())));
    streams.extra = values(named.clone().map(|(name, text)| (format!("{name}{NAME_END}"), text)));
    streams.extra_values =
        named.filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.to_owned())).collect();
    let mut entities = Entities::default();
    if let Some((recogniser, names)) = recogniser {
        entities = recognised(&document, recogniser);
        fill(&mut streams, &document, &entities, recogniser, names);
    }
    Entry { document, entities, streams }
}

/// The name by which a query asks for a key of `extra`, if it can.
pub(super) fn field_name(name: &str) -> Option<String> {
    let folded = fold(name);
    let short = folded.chars().nth(LONGEST_NAME).is_none();
    (short && !folded.is_empty() && folded.chars().all(is_name_char)).then_some(folded)
}

/// Appends the unigrams of a folded text; gives how many there are, and how many are characters by themselves.
fn push(stream: &mut String, folded: &Folded) -> (u64, u64) {
    let (mut all, mut han) = (0, 0);
    for (token, kind, _) in Unigrams::new(folded) {
        append(stream, &token);
        all += 1;
        han += u64::from(kind == Kind::Han);
    }
    (all, han)
}

/// Appends a token to a stream, a blank between two.
#[inline]
pub(super) fn append(stream: &mut String, token: &str) {
    if !stream.is_empty() {
        stream.push(' ');
    }
    stream.push_str(token);
}

/// Several values in one stream, each token behind a prefix, a mark of a paragraph between two values.
fn values<'a>(all: impl Iterator<Item = (String, &'a str)>) -> String {
    let mut stream = String::new();
    for (prefix, text) in all {
        let folded = Folded::new(text);
        let tokens: Vec<String> = Unigrams::new(&folded).map(|(token, ..)| format!("{prefix}{token}")).collect();
        if !stream.is_empty() && !tokens.is_empty() {
            append(&mut stream, PARAGRAPH);
        }
        tokens.iter().for_each(|token| append(&mut stream, token));
    }
    stream
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dictionary;

    fn made(document: Document) -> Streams {
        entry(document, &Segmenter::new(Dictionary::default()), None, &Pairs::default()).streams
    }

    #[test]
    fn title_and_body_are_one_stream_with_a_paragraph_between() {
        let streams = made(Document::new("1", "脫貧", "攻堅(jiān)戰，開始。"));
        assert_eq!(streams.text, "脱 贫 ¶ 攻 坚 战 ， 开 始");
        assert_eq!((streams.title_length, streams.han), (2, 7));
        for (title, body, text) in
            [("", "甲", "甲"), ("甲", "", "甲"), ("甲", "……", "甲"), ("。", "乙", "乙"), ("", "", "")]
        {
            assert_eq!(made(Document::new("1", title, body)).text, text, "{title} {body}");
        }
    }

    #[test]
    fn values_of_other_keys_stand_behind_their_names() {
        let mut document = Document::new("1", "", "甲");
        document.extra =
            vec![("欄目".into(), "體育".into()), ("a b".into(), "乙".into()), ("栏目".into(), "足球".into())];
        assert_eq!(made(document).extra, "栏目\u{1}体 栏目\u{1}育 ¶ 栏目\u{1}足 栏目\u{1}球");
    }
}
