//! DATES IN THE TEXT, resolved against the day of publication: 今年, 上月, 3月5日, 二〇一八年, 民国107年, ranges as one span, halves
//! and quarters, five-year plans. Durations, festivals, 近日 and what recurs are left out.
//!
//! The value is what the calendar has: `2018`, `2018-03`, `2018-03-05`, two of them with `/` between for an interval;
//! none where publication is not known and the text tells no year.

mod calendar;
mod grammar;
mod relative;

use super::reading::{ends_sentence, is_of_taiwan};
use super::traits::Traits;
use super::{Span, Text};
use crate::document::{DateSpan, EntityKind};
use calendar::{Published, Value};

/// How far the year of a date before carries, in characters of the same sentence: 明年的营地还在青岛, 5月开营.
const CARRIES: usize = 25;

/// The dates of a text, in order.
pub(crate) fn find(text: &Text, published: Option<DateSpan>) -> Vec<Span> {
    let published = published.map(Published::new);
    let mut context = Context { text, chars: &text.chars, published, taiwan: None, year: None, month: None };
    let (mut next, mut found) = (0, Vec::new());
    for at in text.places(Traits::DATE) {
        let Some(date) = (at >= next).then(|| context.date(at)).flatten() else { continue };
        let value = date.value.map(|value| value.to_string());
        found.push(Span { kind: EntityKind::Date, chars: at..date.end, value, confidence: 0.9 });
        next = date.end;
    }
    found
}

/// A date that begins at a place.
struct Found {
    end: usize,
    value: Option<Value>,
}

/// What is known while reading: the text, when it was published, what the dates before told.
struct Context<'a> {
    text: &'a Text,
    chars: &'a [char],
    published: Option<Published>,
    taiwan: Option<bool>,
    /// The last year that was told, and where that ended.
    year: Option<(i32, usize)>,
    /// Year and month that were told last, and where that ended.
    month: Option<(i32, u8, usize)>,
}

impl Context<'_> {
    fn date(&mut self, at: usize) -> Option<Found> {
        match self.chars[at] {
            '0'..='9' => self.number(at),
            '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
                self.plan(at).or_else(|| self.number(at))
            }
            '民' => self.republic(at),
            '上' => self.century(at).or_else(|| self.relative(at)),
            '今' | '去' | '明' | '前' | '后' | '昨' | '本' | '这' | '下' | '大' | '年' | '月' | '第' => {
                self.relative(at)
            }
            _ => None,
        }
    }

    /// The character before a place.
    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).map(|before| self.chars[before])
    }

    /// The year that a month without one is of, told before in the same sentence.
    fn carried_year(&self, at: usize) -> Option<i32> {
        let (year, end) = self.year.filter(|(_, end)| at - end <= CARRIES)?;
        let ended = self.chars[end..at].iter().any(|c| ends_sentence(*c));
        let open = ["以来", "起"].iter().any(|word| super::reading::stands(self.chars, end, word));
        (!ended && !open).then_some(year)
    }

    fn is_of_taiwan(&mut self) -> bool {
        let text = self.text;
        *self.taiwan.get_or_insert_with(|| is_of_taiwan(text))
    }
}

#[cfg(test)]
mod tests;
