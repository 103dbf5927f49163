//! An article as plain data: what every other part speaks of.
//!
//! A [`Document`] carries the author's text untouched, the facts known about it and where it came from. An [`Entry`]
//! is a document together with the two streams that the analysis made of it, ready to be stored by any backend.
//! Nothing here reads files, folds text or knows an index.

mod file;
mod origin;
mod pairs;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use file::{FileRecord, SkippedRecord};
use origin::digest;
pub use origin::{Origin, hex};
pub use pairs::Pairs;

/// An article: its text, what is known about it, and where it came from.
///
/// ```
/// use xunzhang::Document;
///
/// let article = Document::new("notice-7", "关于春季造林的通知", "各乡镇：今年造林任务三千亩。");
/// assert_eq!(article.label(), "notice-7");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Document {
    /// The record's own id, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where the document came from.
    pub origin: Origin,
    /// Headline, as written; empty when none is known.
    #[serde(skip)]
    pub title: String,
    /// What is shown for a title where there is none: the first clause of the body, which keeps it. Never matched, ranked
    /// or counted for itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headline: String,
    /// The text, as written. A blank line, a line break with an indent and a tab between cells end a paragraph; any
    /// other line break is soft.
    #[serde(skip)]
    pub body: String,
    /// Text of the source that is not the article (menus, footers): asked for by a field of its own, never ranked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rest: String,
    /// Address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateSpan>,
    /// Newspaper, agency or site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Who edited it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editor: Option<String>,
    /// Every other key of the source, in its order: name and value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<(String, String)>,
    /// Charset that its bytes were read as, where that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Lines of the body end by width, not by sense: words run across them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hard_wrapped: bool,
    /// What was lost between the file and this document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<Loss>,
    /// How each extracted value was found: name of the field and the rule that found it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<(String, String)>,
    /// SHA-256 of the file's bytes, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_hash: Option<String>,
    /// When it was indexed: seconds since 1970 in UTC, later with every commit of an index. Set by the run that indexes,
    /// whatever it is given, and kept by an upgrade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indexed_at: Option<i64>,
}

impl Document {
    /// A document that is no file, with an id of its own.
    pub fn new(id: impl Into<String>, title: impl Into<String>, body: impl Into<String>) -> Self {
        Self { id: Some(id.into()), title: title.into(), body: body.into(), ..Self::default() }
    }

    /// The title, or what is shown where there is none.
    pub fn shown_title(&self) -> &str {
        if self.title.trim().is_empty() { &self.headline } else { &self.title }
    }

    /// The key of the document: the first 16 bytes of a SHA-256, 32 hexadecimal digits. Two documents with one key
    /// are one document, and the later replaces the earlier.
    ///
    /// It hashes the root's name, the path, the entry of an archive and the record's own id (with its number too
    /// where that id comes again in the same entry), or else its number.
    pub fn key(&self) -> String {
        let number = self.origin.record.to_string();
        let (id, number) = match &self.id {
            Some(id) if self.origin.repeated => (id.as_str(), number.as_str()),
            Some(id) => (id.as_str(), ""),
            None => ("", number.as_str()),
        };
        let entry = self.origin.entry.as_deref().unwrap_or("");
        digest(&[b"document", self.origin.file_key().as_bytes(), entry.as_bytes(), id.as_bytes(), number.as_bytes()])
    }

    /// What is printed as the document's id: its own id, else the path, with `#n` for record n of a file.
    pub fn label(&self) -> String {
        match (&self.id, self.origin.record) {
            (Some(id), _) => id.clone(),
            (None, 0) => self.origin.place(),
            (None, n) => format!("{}#{n}", self.origin.place()),
        }
    }
}

/// What kind of thing is named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum EntityKind {
    /// A person.
    #[serde(rename = "person")]
    Person,
    /// A division, village, river, mountain, road, site, country or region.
    #[serde(rename = "place")]
    Place,
    /// A body, company, school, party, team, medium.
    #[serde(rename = "org")]
    Organisation,
    /// A policy, strategy, campaign or slogan.
    #[serde(rename = "policy")]
    Policy,
    /// The number of an official document: 国发〔2019〕5号.
    #[serde(rename = "number")]
    Number,
    /// A law or regulation, with its article.
    #[serde(rename = "law")]
    Law,
    /// A day, month, year or longer interval of the calendar.
    #[serde(rename = "date")]
    Date,
}

/// Something named in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is.
    pub kind: EntityKind,
    /// Where it stands, in bytes of the text.
    pub bytes: std::ops::Range<usize>,
    /// What it means where the text writes it short: the full name of a person, the fuller name of an organisation, a
    /// law with its article; the six digits of the division that a place is or lies in; a date as `2018`, `2018-03`,
    /// `2018-03-05`, two of them with `/` between for an interval.
    pub value: Option<String>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// Where the title of a person stands, before or behind the name, in bytes of the text: 麦积区委书记 of 张智明.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<std::ops::Range<usize>>,
}

/// A passage that somebody said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Full name of who said it, or the only form given.
    pub speaker: String,
    /// His words, in bytes of the body, without the outer quotation marks.
    pub bytes: std::ops::Range<usize>,
}

/// What was recognised in a document: each list in order, mentions without overlap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entities {
    /// Mentions in the title.
    pub title: Vec<Mention>,
    /// Mentions in the body.
    pub body: Vec<Mention>,
    /// Passages of the body that people said.
    pub said: Vec<Said>,
}

/// A document with the streams that the analysis made of it: made once, and stored by any backend as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The article.
    pub document: Document,
    /// What was recognised in it.
    pub entities: Entities,
    /// What it is found and ranked by.
    pub streams: Streams,
}

/// Parts the folded name of a key from a token of its value, in [`Streams::extra`].
pub const NAME_END: char = '\u{1}';

/// The analysis of a document as plain strings: folded tokens with one blank between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streams {
    /// Unigrams of title `¶` body.
    pub text: String,
    /// Tokens of [`Pairs`] in `text`, where the index has them.
    pub pairs: String,
    /// How many positions of `text` are the title's.
    pub title_length: u64,
    /// Words of the title.
    pub title_words: String,
    /// Words of the body.
    pub body_words: String,
    /// Unigrams of the source.
    pub source: String,
    /// Unigrams of the authors, `¶` between two.
    pub authors: String,
    /// Unigrams of the editor.
    pub editor: String,
    /// Unigrams of the path.
    pub path: String,
    /// Unigrams of the address.
    pub url: String,
    /// Unigrams of what is not the article: menus, footers.
    pub rest: String,
    /// Unigrams of every other value, each behind the folded name of its key and [`NAME_END`], `¶` between two values.
    pub extra: String,
    /// Every other value as written, behind the folded name of its key.
    pub extra_values: Vec<(String, String)>,
    /// Names of what is recognised, a stream for each kind that there is: every name by which each can be asked for, as
    /// one token, as often as the document speaks of it.
    pub names: Vec<(EntityKind, String)>,
    /// Passages that people said, `¶` between two: the token of the speaker with [`NAME_END`] behind it, then the
    /// unigrams of the passage, in which a paragraph ends like a sentence.
    pub said: String,
    /// Values of what is recognised as people read them, each behind the name of what documents are counted by.
    pub entity_values: Vec<(String, String)>,
    /// Han characters in title and body.
    pub han: u64,
    /// Hash of the body and the least hashes of its runs of characters: what reprints are found by. Empty for a short one.
    pub sketch: Vec<u64>,
    /// The short lines at the begin and at the end of the body, with the positions of `text` that each takes, as the analysis
    /// makes numbers of them.
    pub lines: Vec<u64>,
}

/// Something that did not survive the way from the file to the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Loss {
    /// Bytes that the charset cannot decode, shown as U+FFFD.
    Undecodable {
        /// Charset the file was read as.
        charset: String,
        /// Byte offset of the first of them in the (decompressed) file.
        offset: u64,
        /// How many places.
        count: u64,
    },
    /// The text was read in a wrong charset before it came into the file, or is so here: it stands as it is.
    Mojibake {
        /// Charset that it looks like it was written in; empty where what stood there is gone for good.
        written: String,
        /// Charset that it looks like it was read in.
        read_as: String,
    },
    /// Text beyond a limit was cut off.
    Cut {
        /// Bytes kept.
        kept: u64,
    },
    /// Pages that show something and have no text, as those of a scanner.
    PagesWithoutText {
        /// Their numbers, counted from 1.
        pages: Vec<u32>,
    },
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable { charset, offset, count } => {
                write!(f, "{count} undecodable places as {charset}, the first at byte {offset}")
            }
            Self::Mojibake { written, read_as } if written.is_empty() => {
                write!(f, "has 锟斤拷 for what could not be decoded before it was saved as {read_as}: fetch it anew")
            }
            Self::Mojibake { written, read_as } => write!(
                f,
                "reads like {written} that was taken for {read_as}: if the file is in {written}, say so with --encoding \
                 'PATH={}'; if it was saved like this, fetch it anew",
                written.to_lowercase()
            ),
            Self::Cut { kept } => write!(f, "cut after {kept} bytes"),
            Self::PagesWithoutText { pages } => write!(f, "no text on {} of the pages: {}", pages.len(), ranges(pages)),
        }
    }
}

/// Ascending numbers as people write them: `1-3, 7`.
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        run => run.iter().map(u32::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// A day: days since 1970-01-01 of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        let date = time::Date::from_calendar_date(year, month, day).ok()?;
        Some(Self(date.to_julian_day() - EPOCH))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn calendar(self) -> (i32, u8, u8) {
        match time::Date::from_julian_day(self.0.saturating_add(EPOCH)) {
            Ok(date) => (date.year(), u8::from(date.month()), date.day()),
            Err(_) => (9999, 12, 31),
        }
    }
}

/// Julian day number of 1970-01-01.
const EPOCH: i32 = 2_440_588;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.calendar();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A date as exact as it is known: a day, a month or a year as the interval that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateSpan {
    /// First day covered.
    pub first: Day,
    /// Last day covered.
    pub last: Day,
    /// Worked out from something else than a whole written date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
}

impl DateSpan {
    /// The span of a year, of a month, or of a day; `None` where the calendar has no such date.
    pub fn new(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let (first, last) = match (month, day) {
            (Some(m), Some(d)) => (Day::new(year, m, d)?, Day::new(year, m, d)?),
            (Some(m), None) => {
                let first = Day::new(year, m, 1)?;
                let next = if m == 12 { Day::new(year + 1, 1, 1)? } else { Day::new(year, m + 1, 1)? };
                (first, Day(next.0 - 1))
            }
            (None, _) => (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?),
        };
        Some(Self { first, last, inferred: false })
    }

    /// Reads `2018`, `2018-03`, `2018-3-5`, also with `/` or `.` between the numbers, and takes the date of
    /// `2018-03-05T09:12:00+08:00` as it stands.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.trim().split(['T', 't', ' ']).next()?;
        let mut parts = date.split(['-', '/', '.']);
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut small = || match parts.next() {
            None => Some(None),
            Some(n) if n.len() <= 2 => n.parse().ok().map(Some),
            Some(_) => None,
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, month, day)
    }
}

impl fmt::Display for DateSpan {
    /// `2018-03-05` for a day, `2018-03` for a month, `2018` for a year, else both ends with `..` between.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.calendar();
        let same = |span: Option<Self>| span.is_some_and(|s| (s.first, s.last) == (self.first, self.last));
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if same(Self::new(year, Some(month), None)) {
            write!(f, "{year:04}-{month:02}")
        } else if same(Self::new(year, None, None)) {
            write!(f, "{year:04}")
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_prints_as_exactly_as_it_is_known() {
        for text in ["2018", "2018-02", "2018-02-28", "1949-10-01"] {
            assert_eq!(DateSpan::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        assert_eq!(DateSpan::parse("2018/3/5").map(|d| d.to_string()).as_deref(), Some("2018-03-05"));
        for text in ["2018-02-30", "18-02", "2018-02-03-04", "", "二〇一八", "2018-123"] {
            assert_eq!(DateSpan::parse(text), None, "{text}");
        }
        assert_eq!(Day::new(1970, 1, 1), Some(Day(0)));
    }

    #[test]
    fn the_key_tells_records_apart_and_labels_name_them() {
        let mut record = Document {
            origin: Origin { path: "a.jsonl".into(), record: 2, ..Origin::default() },
            ..Document::default()
        };
        let plain = record.key();
        assert_eq!(record.label(), "a.jsonl#2");
        record.id = Some("x".into());
        let own = record.key();
        record.origin.repeated = true;
        assert_eq!(record.label(), "x");
        assert!(plain != own && own != record.key());
    }
}
