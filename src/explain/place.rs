//! Where something stands in a document, and how its writing differs from the query's.

use std::ops::Range;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::stream::Stream;
use crate::analysis::{Kind, Unigram, fold, is_han};
use crate::query::Term;
use crate::snippet::Snippet;

/// Where something stands in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// `title`, `body`, `source`, `author`, `editor`, `path`, `url`, `rest`, or the name of another key.
    pub field: String,
    /// Bytes of the field as it is stored.
    #[serde(serialize_with = "pair")]
    pub bytes: Range<usize>,
    /// What stands there, as the author wrote it, readings in brackets included.
    pub written: String,
    /// The passage around it, as hits show passages.
    pub passage: Option<Snippet>,
}

fn pair<S: serde::Serializer>(range: &Range<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    [range.start, range.end].serialize(serializer)
}

/// The name of a field that a passage of it carries.
pub(super) fn static_name(name: &str) -> &'static str {
    let known = ["title", "body", "source", "author", "editor", "path", "url", "rest"];
    known.into_iter().find(|known| *known == name).unwrap_or("extra")
}

/// How the writing of a match differs from the query's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Through {
    /// It does not.
    AsWritten,
    /// Another script, or another form of a character: 脫貧 for 脱贫.
    OtherScript,
    /// Full or half width, upper or lower case.
    WidthOrCase,
    /// A reading in brackets was passed over: 攻堅(jiān).
    Gloss,
    /// Other signs between the characters: 两不愁、三保障.
    Signs,
    /// Other blanks, or invisible characters, between the characters.
    Blanks,
    /// A line ends between the characters.
    LineBreak,
    /// A number is written otherwise: 1,000 for 1000, 二○一八 for 二〇一八.
    Number,
    /// Another of the three marks: a mark of the query matches any.
    OtherMark,
    /// A wildcard stands for something.
    Wildcard,
}

/// How the match that begins at a position differs from a term.
pub(super) fn through(stream: &Stream<'_>, first: usize, term: &Term, asked: &[Unigram]) -> Vec<Through> {
    if term.is_pattern() {
        return vec![Through::Wildcard];
    }
    let mut ways = Vec::new();
    for (at, unigram) in (first..).zip(asked) {
        if unigram.kind.is_mark() {
            let signs = |text: &str| fold(text).chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let same = stream.same_part(at - 1, at + 1)
                && signs(stream.gap(at - 1, at + 1)) == signs(&term.written[unigram.range.clone()]);
            ways.extend((!same).then_some(Through::OtherMark));
            continue;
        }
        let wanted = &term.written[unigram.range.clone()];
        ways.extend(of_character(wanted, stream.written(at, at)));
    }
    for (at, pair) in (first..).zip(asked.windows(2)) {
        if pair.iter().any(|unigram| unigram.kind.is_mark()) || !stream.same_part(at, at + 1) {
            continue;
        }
        if stream.has_gloss(at, at + 1) {
            ways.push(Through::Gloss);
            continue;
        }
        let wanted = term.written.get(pair[0].range.end..pair[1].range.start).unwrap_or_default();
        ways.extend(of_gap(wanted, stream.gap(at, at + 1)));
    }
    ways.sort_unstable();
    ways.dedup();
    if ways.is_empty() { vec![Through::AsWritten] } else { ways }
}

fn of_character(wanted: &str, written: &str) -> Option<Through> {
    let narrow = |text: &str| text.nfkc().collect::<String>().to_lowercase();
    if wanted == written {
        None
    } else if wanted.nfkc().eq(written.nfkc()) || narrow(wanted) == narrow(written) {
        Some(Through::WidthOrCase)
    } else if written.contains([',', '，']) || wanted.contains([',', '，']) || fold(wanted) == "〇" {
        Some(Through::Number)
    } else if written.chars().any(is_han) {
        Some(Through::OtherScript)
    } else if written.chars().any(|c| c == '○' || c == '◯' || c.is_numeric()) {
        Some(Through::Number)
    } else {
        Some(Through::WidthOrCase)
    }
}

fn of_gap(wanted: &str, written: &str) -> Vec<Through> {
    let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}');
    let bare = |text: &str| text.chars().filter(|c| !is_blank(*c)).nfkc().collect::<String>();
    let blanks = |text: &str| text.chars().filter(|c| is_blank(*c)).collect::<String>();
    let mut ways = Vec::new();
    if wanted == written {
        return ways;
    }
    if bare(wanted) != bare(written) {
        ways.push(Through::Signs);
    }
    if written.contains(is_break) {
        ways.push(Through::LineBreak);
    } else if blanks(wanted) != blanks(written) {
        ways.push(Through::Blanks);
    }
    if ways.is_empty() { vec![Through::WidthOrCase] } else { ways }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// The marks that part clauses, sentences and paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Border {
    /// Comma, colon, semicolon.
    Clause,
    /// Full stop, question mark, exclamation mark.
    Sentence,
    /// The end of a paragraph, or of a cell of a table.
    Paragraph,
}

impl Border {
    /// What a kind of mark parts; of what is no mark nothing.
    pub(super) fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Clause => Some(Self::Clause),
            Kind::Sentence => Some(Self::Sentence),
            Kind::Paragraph => Some(Self::Paragraph),
            _ => None,
        }
    }
}
