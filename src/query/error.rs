//! What can be wrong with a query, and how it is told: the fault, the query, and a caret under the place.
//!
//! The caret is placed by display width (a Han character takes two columns), long queries are shown around the
//! fault, and control characters as `\u{..}`.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::{MAX_BYTES, MAX_DEPTH, MAX_DISTANCE, MAX_TERMS, MAX_WILDCARDS};

/// What is wrong: what happened, why, and what to write instead.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The query has no unigram.
    #[error("nothing to search for: there is no character, letter or digit here; write a word, as in 脱贫攻坚")]
    NothingToSearch,
    /// The query is longer than [`MAX_BYTES`].
    #[error(
        "the query is too long: {bytes} bytes, and {MAX_BYTES} are allowed; ask for its most telling words, or for one \
         sentence at a time"
    )]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Brackets stand in more than [`MAX_DEPTH`] brackets.
    #[error("brackets are nested more than {MAX_DEPTH} deep; leave out those that change nothing, as in ((扶贫))")]
    TooDeep,
    /// There are more than [`MAX_TERMS`] terms.
    #[error("the query has more than {MAX_TERMS} terms; ask in several queries")]
    TooManyTerms,
    /// A free-standing quote is not closed.
    #[error("this quote is never closed; close it, as in \"一户一策\", or leave it out")]
    UnclosedQuote,
    /// A free-standing opening bracket is not closed.
    #[error("this bracket is never closed; close it, as in (扶贫 OR 脱贫), or leave it out")]
    UnclosedBracket,
    /// A closing bracket was never opened.
    #[error("this bracket was never opened; open it, as in (扶贫 OR 脱贫), or leave it out")]
    StrayBracket,
    /// Quotes or brackets hold no unigram.
    #[error("there is nothing to search for in here; write a word inside, or leave it out")]
    Empty,
    /// An operator lacks an operand.
    #[error(
        "{operator} has nothing to work on: it needs a term {side}; to search for the word itself, write \"{operator}\""
    )]
    Dangling {
        /// As typed.
        operator: String,
        /// Where the term is lacking.
        side: &'static str,
    },
    /// A field has no value directly behind its colon.
    #[error("{name}: has no value; write it directly behind the colon, without a blank, as in {name}:天水")]
    NoValue {
        /// The name as typed.
        name: String,
    },
    /// The value of `日期:` is no date.
    #[error("{value} is no date; write 日期:2018, 日期:2018-03, 日期:2018-03-05, 日期:2018-02..2018-03 or 日期:>=2018")]
    BadDate {
        /// As typed.
        value: String,
    },
    /// A range of dates ends before it begins.
    #[error("{value} ends before it begins; write the earlier date first, as in 日期:2018-02..2018-03")]
    DatesBackwards {
        /// As typed.
        value: String,
    },
    /// A weight is out of bounds.
    #[error("a weight is a number from 0.01 to 100, as in 扶贫^2")]
    BadWeight,
    /// A distance is out of bounds.
    #[error("a distance is a whole number from 1 to {MAX_DISTANCE}, as in 扶贫 NEAR/10 贷款 or 扶贫 W/5 贷款")]
    BadDistance,
    /// A nearness is asked of what has no place in a text.
    #[error(
        "NEAR, W, SENT and PARA relate terms, and groups of terms; move NOT, dates and the like outside, as in \
         (扶贫 NEAR/10 贷款) NOT 表态"
    )]
    NearOperand,
    /// A nearness is asked between fields.
    #[error(
        "only terms of one field stand near each other, and none of 原:, 词: and the names of 人: 地: 机构: can be asked so"
    )]
    NearFields,
    /// A wildcard in a field that compares whole strings.
    #[error("{name}: takes no wildcards; ask without {name}:, or write \\ before the sign")]
    NoWildcards {
        /// Canonical name of the field.
        name: String,
    },
    /// `词:` with one character.
    #[error("词: looks for words of two characters or more; ask for the character without 词:")]
    ShortWord,
    /// More than [`MAX_WILDCARDS`] wildcards.
    #[error("a query may have {MAX_WILDCARDS} wildcards, and this is one more; write \\ before a sign that is text")]
    TooManyWildcards,
}

/// A fault that the lenient reading got over.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// What is wrong.
    pub fault: Fault,
    /// Bytes of the query.
    pub span: Range<usize>,
}

impl fmt::Display for Complaint {
    /// The fault in a sentence, and how it was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reading = match &self.fault {
            Fault::Dangling { operator, .. } if !operator.contains(char::is_alphabetic) => "left out",
            Fault::Empty | Fault::BadWeight => "left out",
            _ => "read as text",
        };
        write!(f, "{} ({reading})", shown(&self.fault.to_string()))
    }
}

/// A query that cannot be answered: the fault, the query, and where in it.
///
/// ```
/// use xunzhang::query::{ParseOptions, parse};
///
/// let strict = ParseOptions { strict: true, ..ParseOptions::default() };
/// let error = parse("脱贫 (五龙", &strict).unwrap_err();
/// assert_eq!(error.to_string().lines().nth(2), Some("       ^"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct QueryError {
    fault: Fault,
    query: String,
    span: Range<usize>,
}

impl std::error::Error for QueryError {}

impl QueryError {
    pub(super) fn new(fault: Fault, query: &str, span: Range<usize>) -> Self {
        Self { fault, query: query.to_owned(), span }
    }

    /// What is wrong.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The query as it was typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Bytes of the query.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

/// Columns shown before the fault, and from its start on.
const BEFORE: usize = 30;
const AFTER: usize = 46;

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", shown(&self.fault.to_string()))?;
        if self.query.trim().is_empty() {
            return Ok(());
        }
        let start = floor(&self.query, self.span.start);
        let end = floor(&self.query, self.span.end).max(start);
        let (before, cut) = tail(&self.query[..start], BEFORE);
        let lead = if cut { "…" } else { "" };
        let (fault, fault_cut) = head(&self.query[start..end], AFTER);
        let rest = if fault_cut { "" } else { &self.query[end..] };
        let (after, after_cut) = head(rest, AFTER.saturating_sub(width(&fault)));
        let trail = if fault_cut || after_cut { "…" } else { "" };
        write!(f, "\n  {lead}{before}{fault}{after}{trail}\n")?;
        let indent = 2 + usize::from(cut) + width(&before);
        write!(f, "{:indent$}{}", "", "^".repeat(width(&fault).max(1)))
    }
}

/// The nearest border of characters at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// As much of the end of a text as has room, as shown, and whether anything was left out.
fn tail(text: &str, room: usize) -> (String, bool) {
    let mut used = 0;
    let cut = text.char_indices().rev().find(|(_, c)| {
        used += width(&shown(c.encode_utf8(&mut [0; 4])));
        used > room
    });
    let start = cut.map_or(0, |(at, c)| at + c.len_utf8());
    (shown(&text[start..]), start > 0)
}

/// As much of the start of a text as has room, as shown, and whether anything was left out.
fn head(text: &str, room: usize) -> (String, bool) {
    let mut used = 0;
    let cut = text.char_indices().find(|(_, c)| {
        used += width(&shown(c.encode_utf8(&mut [0; 4])));
        used > room
    });
    let end = cut.map_or(text.len(), |(at, _)| at);
    (shown(&text[..end]), end < text.len())
}

/// A text with its control characters spelt out, those that turn or break the line included.
fn shown(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        let hidden = matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
        if c.is_control() || hidden { all.extend(c.escape_unicode()) } else { all.push(c) }
    }
    all
}

/// Columns that a text takes, where a Han character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(query: &str, span: Range<usize>) -> String {
        QueryError::new(Fault::UnclosedBracket, query, span)
            .to_string()
            .split_once('\n')
            .map(|(_, d)| d.to_owned())
            .unwrap_or_default()
    }

    #[test]
    fn the_caret_stands_under_the_fault() {
        assert_eq!(drawn("脱贫 (五龙", 7..8), "  脱贫 (五龙\n       ^");
        assert_eq!(drawn("a\u{1b}[31m 日期:今年", 7..20), "  a\\u{1b}[31m 日期:今年\n              ^^^^^^^^^");
        assert_eq!(drawn("脱贫 OR", 7..9), "  脱贫 OR\n       ^^");
    }

    #[test]
    fn a_long_query_is_shown_around_the_fault() {
        let query = format!("{}({}", "脱贫攻坚".repeat(100), "五龙镇".repeat(100));
        let shown = drawn(&query, 1200..1201);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(width(lines[0]), 2 + 1 + BEFORE + AFTER - 1 + 1);
        assert_eq!(lines[1], format!("{}^", " ".repeat(3 + BEFORE)));
        assert!(!drawn("甲", 1..99).is_empty());
    }
}
