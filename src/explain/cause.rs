//! Why a part of a query does not hold of a document: what is there instead.

use serde::Serialize;

use super::place::{Border, Place};
use crate::document::Loss;

/// Why a document is no hit, or none that is shown. As JSON `kind` and the fields. The order is that of telling: what
/// comes first here is told first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Cause {
    /// The id is no document of the index.
    NotIndexed {
        /// Why, as far as the index knows.
        reason: NotIndexed,
    },
    /// A part under `NOT` stands in it.
    Excluded {
        /// Where.
        place: Option<Place>,
    },
    /// Its date is none of those asked for.
    DateOutside {
        /// Its date, as exact as it is known.
        date: String,
        /// The days that were asked for.
        range: String,
    },
    /// It has no date, and days were asked for.
    Undated {
        /// The days that were asked for.
        range: String,
    },
    /// It begins in the title and ends in the body, which no term crosses.
    AcrossTitleAndBody {
        /// Its two pieces.
        places: Vec<Place>,
    },
    /// A mark stands in it, which no term crosses: 改革，开放. Quotes with the mark, or two terms, find it.
    AcrossAMark {
        /// The strongest mark in it.
        mark: Border,
        /// Where.
        place: Place,
    },
    /// A mark was asked for within it, and there is none: 改革开放 for “改革，开放”.
    MarkMissing {
        /// Where.
        place: Place,
    },
    /// Its parts stand, but not as near, or not in the order, that was asked for.
    Proximity {
        /// The nearness asked for: `NEAR/4`, `SENT`; `*` or `?` for a wildcard.
        asked: String,
        /// What is wrong with the nearest of them.
        found: Apart,
        /// How many unigrams and marks are between them.
        between: u64,
        /// The nearest of them.
        places: Vec<Place>,
    },
    /// It stands, but is written otherwise than `原:` asks for.
    AsWrittenDiffers {
        /// Where, and how.
        place: Place,
    },
    /// It stands, but segmentation makes no word of it: 产品和服务 for `词:和服`.
    NotAWord {
        /// The words and characters that are there.
        cut: Vec<String>,
        /// Where.
        place: Place,
    },
    /// A bracket that is no reading of the character before it stands in it: 张三(zhang)丰.
    GlossNotSkipped {
        /// The bracket.
        bracket: String,
        /// The character before it.
        character: String,
        /// Where.
        place: Place,
    },
    /// It stands in another field than the one asked for.
    InOtherField {
        /// The field asked for, as a query names it; empty for title and body.
        field: String,
        /// Where it stands.
        place: Place,
    },
    /// The field has another value.
    FieldDiffers {
        /// The field asked for, as a query names it.
        field: String,
        /// What it holds.
        values: Vec<String>,
    },
    /// The document has nothing in this field.
    FieldEmpty {
        /// The field asked for, as a query names it.
        field: String,
    },
    /// It stands only in text of the source that is not the article: menus, footers.
    OnlyInRest {
        /// Where.
        place: Place,
    },
    /// A number in it is written otherwise: 二〇一八 for 2018.
    NumberDiffers {
        /// Where.
        place: Place,
    },
    /// It stands inside a longer number or word: 18 in 2018, AI in OpenAI.
    LongerRun {
        /// The longer number or word.
        run: String,
        /// Where.
        place: Place,
    },
    /// Its letters and digits are parted otherwise: Wi-Fi for WiFi.
    PartedOtherwise {
        /// Where.
        place: Place,
    },
    /// All but one character stands there: 布署 for 部署.
    OtherCharacters {
        /// The character asked for.
        asked: String,
        /// The one that stands there.
        found: String,
        /// They have a reading in common.
        sound_alike: bool,
        /// Where.
        place: Place,
    },
    /// The file could not be read as a whole, and what is missing may have held it.
    Lost {
        /// What was lost.
        losses: Vec<Loss>,
        /// Where the gap is, if it is a gap in the term.
        place: Option<Place>,
    },
    /// All its characters stand near each other, but not in a row.
    CharactersApart {
        /// What stands between them, as written.
        between: Vec<String>,
        /// They stand in the order of the query.
        in_order: bool,
        /// Where.
        place: Place,
    },
    /// It stands nowhere.
    Absent {
        /// Its longest piece of two or more unigrams that stands somewhere, and where.
        piece: Option<Place>,
        /// Its unigrams that stand nowhere.
        missing: Vec<String>,
    },
    /// The text holds all that was asked for, and the index knows otherwise: words were cut by another dictionary.
    IndexDiffers,
    /// It is among the answers in other words, which follow the exact ones: synonyms, numbers in another writing.
    InOtherWords,
    /// It is among the near answers, and no exact one.
    NearOnly {
        /// The terms that it lacks.
        lacks: Vec<String>,
    },
    /// It would be a near answer, but near answers were not asked for, or there are exact ones enough.
    NearAnswersOff {
        /// How many exact answers there are.
        exact: u64,
    },
    /// There are near answers, and others are nearer.
    NotNearEnough,
    /// It is a hit, but none of those asked for.
    BeyondLimit {
        /// Its place in the order of all hits, from 1.
        rank: u64,
        /// How many hits were asked for, if not all.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u64>,
        /// How many were passed over first.
        offset: u64,
    },
}

/// What is wrong with the nearness of two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Apart {
    /// There is more between them.
    TooFar,
    /// The second stands before the first.
    WrongOrder,
    /// They stand in different sentences.
    OtherSentence,
    /// They stand in different paragraphs.
    OtherParagraph,
    /// They share a character.
    Overlapping,
}

/// Why an id is no document of an index.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum NotIndexed {
    /// The file was skipped when it was read last.
    Skipped {
        /// Folder that was read, and path in it.
        path: String,
        /// What happened, probably why, and what to do.
        message: String,
    },
    /// The file is indexed, but has no such document; perhaps it had one before it was read anew.
    NotInFile {
        /// Path of the file.
        path: String,
        /// How many documents it has.
        documents: u64,
        /// Ids of the first of them.
        ids: Vec<String>,
    },
    /// The index knows nothing of it.
    Unknown {
        /// Files that were skipped when they were read last, and which the index does not remember by name.
        unnamed: u64,
        /// Time of the last commit, RFC 3339 in UTC.
        indexed_at: String,
    },
}

impl Cause {
    /// Place in the order of telling.
    pub(crate) fn order(&self) -> u8 {
        match self {
            Self::NotIndexed { .. } => 0,
            Self::Excluded { .. } => 1,
            Self::DateOutside { .. } => 2,
            Self::Undated { .. } => 3,
            Self::AcrossAMark { .. } => 4,
            Self::AcrossTitleAndBody { .. } => 5,
            Self::MarkMissing { .. } => 6,
            Self::Proximity { .. } => 7,
            Self::AsWrittenDiffers { .. } => 8,
            Self::NotAWord { .. } => 9,
            Self::GlossNotSkipped { .. } => 10,
            // What was asked of a field, and stands beside it, is told before what comes near in it.
            Self::InOtherField { field, .. } if !field.is_empty() => 11,
            Self::FieldDiffers { .. } => 17,
            Self::FieldEmpty { .. } => 12,
            Self::InOtherField { .. } => 13,
            Self::OnlyInRest { .. } => 14,
            Self::NumberDiffers { .. } => 15,
            Self::PartedOtherwise { .. } => 15,
            Self::LongerRun { .. } => 16,
            Self::OtherCharacters { .. } => 16,
            Self::Lost { place: Some(_), .. } => 18,
            Self::CharactersApart { .. } => 19,
            // What was cut off may be any length of text, and what could not be decoded is a few characters.
            Self::Lost { losses, .. } if losses.iter().any(|loss| matches!(loss, Loss::Cut { .. })) => 20,
            Self::Absent { .. } => 21,
            Self::Lost { .. } => 22,
            Self::IndexDiffers => 23,
            Self::NearOnly { .. } | Self::InOtherWords => 24,
            Self::NearAnswersOff { .. } => 25,
            Self::NotNearEnough => 26,
            Self::BeyondLimit { .. } => 27,
        }
    }
}
