//! Dates that are told from the day of publication: 今年, 上月, 本周一, 昨夜, 年底, 下半年.

use super::calendar::{Point, Value};
use super::{Context, Found};
use crate::document::Day;
use crate::entity::reading::{ends_before, is_digit, one_of, stands};

/// Years from this one.
const YEARS: [(&str, i32); 7] =
    [("大前年", -3), ("大后年", 3), ("今年", 0), ("去年", -1), ("明年", 1), ("前年", -2), ("后年", 2)];
const MONTHS: [(&str, i32); 8] =
    [("上个月", -1), ("下个月", 1), ("这个月", 0), ("上月", -1), ("下月", 1), ("本月", 0), ("这月", 0), ("当月底", 0)];
const WEEKS: [(&str, i32); 11] = [
    ("上个星期", -1),
    ("下个星期", 1),
    ("上星期", -1),
    ("下星期", 1),
    ("本星期", 0),
    ("这星期", 0),
    ("上周", -1),
    ("下周", 1),
    ("本周", 0),
    ("这周", 0),
    ("这个星期", 0),
];
/// Days from the day of publication. Parts of a day that are one word with it belong to it, 前天晚 does not.
const DAYS: [(&str, i32); 19] = [
    ("大前天", -3),
    ("大后天", 3),
    ("今天", 0),
    ("今日", 0),
    ("今晨", 0),
    ("今早", 0),
    ("今晚", 0),
    ("今夜", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("昨晚", -1),
    ("昨夜", -1),
    ("昨晨", -1),
    ("前天", -2),
    ("前晚", -2),
    ("明天", 1),
    ("明日", 1),
    ("明晚", 1),
    ("后天", 2),
];
/// What ends a word that only looks like one of those: 如今|年轻人, 目前|年产, 今后|天.
const ENDED: [(char, &str); 9] = [
    ('今', "如现当"),
    ('去', "过失出除"),
    ('明', "证说表透声阐指注标聪文清光黎简发鲜"),
    ('前', "目此之以从提空日眼当先生"),
    ('后', "今此以之最然战前先事"),
    ('上', "以网线马晚早加实史"),
    ('下', "以地之如线"),
    ('本', "基根日资成书版"),
    ('大', "重巨扩"),
];

impl Context<'_> {
    /// A date told by a word at a place.
    pub(super) fn relative(&mut self, at: usize) -> Option<Found> {
        let first = self.chars[at];
        let ends_word = |before| ENDED.iter().any(|(c, words)| *c == first && words.contains(before));
        if self.before(at).is_some_and(ends_word) {
            return None;
        }
        match first {
            '年' | '月' => self.end_of(at),
            '第' => self.part_alone(at),
            _ => self
                .year_word(at)
                .or_else(|| self.month_word(at))
                .or_else(|| self.week(at))
                .or_else(|| self.day_word(at))
                .or_else(|| self.part_alone(at)),
        }
    }

    fn year_word(&mut self, at: usize) -> Option<Found> {
        let (years, end) = word_of(self.chars, at, &YEARS)?;
        // 至今年轻, 今年龄: the word is another.
        if self.chars.get(end).is_some_and(|next| "轻纪龄".contains(*next)) {
            return None;
        }
        match self.published {
            Some(published) => Some(self.after_year(published.year + years, end)),
            None => {
                let end = self.after_year(2000, end).end;
                (self.year, self.month) = (None, None);
                Some(Found { end, value: None })
            }
        }
    }

    fn month_word(&mut self, at: usize) -> Option<Found> {
        let (months, end) = word_of(self.chars, at, &MONTHS)?;
        let end = end - usize::from(self.chars[end - 1] == '底');
        match self.published.and_then(|published| published.months_away(months)) {
            Some((year, month)) => Some(self.after_month(year, month, end)),
            None => {
                let end = self.after_month(2000, 1, end).end;
                (self.year, self.month) = (None, None);
                Some(Found { end, value: None })
            }
        }
    }

    /// 上周, 本周一: a week from Monday to Sunday, or a day of it.
    fn week(&mut self, at: usize) -> Option<Found> {
        let (weeks, end) = word_of(self.chars, at, &WEEKS)?;
        let monday = self.published.and_then(|published| published.monday(weeks));
        let days = |first: i32, last: i32| {
            monday.map(|monday| {
                let (first, last) = (Day(monday.0 + first), Day(monday.0 + last));
                if first == last { Value::At(first.into()) } else { Value::Between(first.into(), last.into()) }
            })
        };
        let value = match self.chars.get(end) {
            Some('末') => return Some(Found { end: end + 1, value: days(5, 6) }),
            Some(day) => "一二三四五六日天".chars().position(|name| name == *day),
            None => None,
        };
        // 上周报道, 本周边: only 周 with a day is sure; 周边 and 周年 are other words.
        match value {
            Some(day) => {
                let day = day.min(6) as i32;
                Some(Found { end: end + 1, value: days(day, day) })
            }
            None if self.chars.get(end).is_some_and(|next| "边年期转岁密刊".contains(*next)) => None,
            None => Some(Found { end, value: days(0, 6) }),
        }
    }

    fn day_word(&mut self, at: usize) -> Option<Found> {
        let (days, end) = word_of(self.chars, at, &DAYS)?;
        let next = self.chars.get(end).copied().unwrap_or(' ');
        let figure = match days {
            1 => self.before(at).is_some_and(|c| matches!(c, '的' | '好')) || matches!(next, '之' | '星'),
            2 => one_of(self.chars, end, &["努力", "形成", "习得", "因素", "教育", "培养"]).is_some(),
            _ => stands(self.chars, end, "头条") || next == '说',
        };
        let day = self.published.and_then(|published| published.day);
        let value = day.map(|day| Value::At(Point::from(Day(day.0 + days))));
        (!figure).then_some(Found { end, value })
    }

    /// 年底, 年初, 月底 without a year or a month.
    fn end_of(&mut self, at: usize) -> Option<Found> {
        let recurs = ["每", "当", "同", "该", "次", "逐", "历", "往", "跨", "满", "全", "大"];
        if self.before(at).is_some_and(is_digit) || recurs.iter().any(|word| ends_before(self.chars, at, word)) {
            return None;
        }
        if self.chars[at] == '年' {
            return self.part_alone(at);
        }
        let (_, end) = one_of(self.chars, at, &["月底", "月初", "月末"])?;
        let month = self.published.and_then(|published| Some(Point::month(published.year, published.month?)));
        Some(Found { end, value: month.map(Value::At) })
    }

    /// 下半年, 前三季度, 年底 of this year, or of the year told before in the sentence.
    fn part_alone(&mut self, at: usize) -> Option<Found> {
        let (_, _, end) = self.part(at)?;
        let year = self.carried_year(at).or_else(|| self.published.map(|published| published.year));
        match year {
            Some(year) => self.part_of_year(year, at),
            None => Some(Found { end, value: None }),
        }
    }
}

fn word_of(chars: &[char], at: usize, words: &[(&str, i32)]) -> Option<(i32, usize)> {
    let (word, number) = words.iter().find(|(word, _)| stands(chars, at, word))?;
    Some((*number, at + word.chars().count()))
}
