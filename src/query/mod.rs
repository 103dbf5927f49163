//! WORDS ASKED → WHAT IS MEANT. Pure: no files, no engine.
//!
//! [`parse`] reads a query into what was typed ([`Query`]: a tree with places), and [`Query::meaning`] says what it
//! means ([`Meaning`]: a small tree without places, which is all that an index ever sees). A [`Query`] prints itself
//! in canonical form; parsed again, that means and prints the same.
//!
//! # How it binds
//!
//! From the tightest: a field and its value; `^2`; `NEAR/n`, `W/n`, `SENT`, `PARA`; `NOT` and `-`; `AND`; `OR` and
//! `|`; a blank. So `脱贫攻坚 扶贫｜脱贫` asks for the first and one of the other two, as on the web, and
//! `甲 AND 乙 OR 丙` is read as in every textbook. The canonical form has brackets wherever two of them meet.
//!
//! # What keeps real text from being read as code
//!
//! A headline or a question, pasted as it is, is terms and nothing else:
//!
//! - Words end at a blank and at a bar. Inside an unquoted word a hard mark (as `analysis::unigrams` reports it)
//!   separates terms like a blank; every soft sign joins.
//! - **Quotes and brackets** are operators only where they stand free on both sides (`pairs`).
//! - **A field** is a known name at the start of a word (or behind a bracket, a bar or `-`), with its value directly
//!   behind the colon. Behind a *full-width* colon the value must have no hard mark, and for the names of one
//!   character (人 地 策 说 原 词) no hard mark but colons may follow in the whole query: 说：这一年，我们… and
//!   人：从哪里来？ are text. No headline or question of the 116,310 measured begins a word with a name and a colon; in
//!   all of them the name is the end of a longer word (发言人：, 发源地：), which is no start of a word.
//! - **`日期:`** needs a date. What is none behind a full-width colon and begins like none is text without complaint.
//! - **Word operators** are upper-case words that stand alone, with a term on each side that they need.
//! - **`-`** negates at the start of a word, directly before anything but a digit, a dash or a blank.
//! - **`*`** is a wildcard between two Han characters, or in or behind a run of letters and digits; **`?`** between
//!   two Han characters of a word of at most eight unigrams, inside such a run, or behind one that has a digit (C91?,
//!   but not "what is this?"). Runs: in a word of ASCII letters, digits, `-`, `_` and `.` only. `？` never is one, nor
//!   is a doubled `**` (张**).
//! - **`^2`** is a weight except behind a bare number or a single letter (10^6, x^2).
//!
//! # Escapes
//!
//! A backslash before a sign of the language makes it text, and at the start of a word it makes the word text: `\OR`,
//! `\人:张三`, `脱贫\*战`. Between straight quotes a doubled quote is a quote: `"他说""好"""`. Anywhere else a backslash is
//! a sign like any other.
//!
//! # Limits
//!
//! [`MAX_BYTES`], [`MAX_TERMS`], [`MAX_DEPTH`], [`MAX_WILDCARDS`]. Recursion is as deep as brackets and no deeper; time
//! is linear but for fields with long values. No string makes the parser panic.

mod ast;
mod dates;
mod error;
mod expand;
mod field;
mod lex;
mod meaning;
mod narrow;
mod near;
mod outside;
mod pairs;
mod parse;
mod pieces;
mod print;
mod recognised;
mod sign;
mod synonyms;
mod value;
mod word;

pub use ast::{Near, Node, NodeKind, Proximity, Query, Word};
pub use dates::DateRange;
pub use error::{Complaint, Fault, QueryError};
pub use expand::{Alternatives, StandsBy, Substitution};
pub use field::Field;
pub(crate) use field::{KINDS, is_name_char};
pub use meaning::{Chain, Meaning, Piece, Term};
pub use parse::{ParseOptions, Parsed, parse};
pub use pieces::pieces_of;
pub use synonyms::{Synonyms, SynonymsError};

/// A query is at most this many bytes long.
pub const MAX_BYTES: usize = 8_192;
/// Brackets stand in at most this many brackets.
pub const MAX_DEPTH: usize = 64;
/// A query has at most this many terms.
pub const MAX_TERMS: usize = 1_024;
/// A query has at most this many wildcards.
pub const MAX_WILDCARDS: usize = 8;
/// `NEAR/n` and `W/n` take at most this distance, in unigrams.
pub const MAX_DISTANCE: u16 = 1_000;
/// A gap (`*` between Han characters) is at most this many unigrams.
pub const MAX_GAP: u32 = 8;
/// A nearness between groups becomes at most this many chains of terms.
const MAX_CHAINS: usize = 64;
