//! Dates that are written with numbers: years, months, days, their ranges, five-year plans, decades.

use super::calendar::{Point, Value};
use super::{Context, Found};
use crate::entity::reading::{closing, ends_before, is_digit, number_at, one_of, stands};

/// What joins the ends of a range; 一 between digits stands for a dash in nobody's text.
const TO: [&str; 8] = ["——", "—", "至", "到", "-", "–", "~", "−"];
/// A month or a day behind one of these recurs, or is of another calendar.
const RECURS: [&str; 9] = ["每年", "每", "农历", "阴历", "历年", "往年", "逢", "同年", "旧历"];
/// A bare day is a date only behind one of these, or at the beginning of a clause.
const DAY_AFTER: &str = ",。;:!?、(“‘「\n 在于自从至到截是电讯";
/// How far a month carries to a bare day, in characters: 3月5日开幕, 8日闭幕.
const MONTH_CARRIES: usize = 40;
/// What makes a day a duration behind it.
const LASTS: &str = "内间游后龄均元";

impl Context<'_> {
    /// A date that begins with a number.
    pub(super) fn number(&mut self, at: usize) -> Option<Found> {
        let before = self.before(at);
        if before.is_some_and(|c| is_digit(c) || matches!(c, '.' | '第' | '/')) {
            return None;
        }
        let (number, past) = number_at(self.chars, at)?;
        let (digits, ascii) = (past - at, self.chars[at].is_ascii_digit());
        if let Some(end) = self.unit(past, '年') {
            return self.year(number, digits, ascii, end);
        }
        if digits == 4 && ascii && (1000..=2999).contains(&number) {
            return self.years(number, past).or_else(|| self.in_signs(number, past));
        }
        if RECURS.iter().any(|word| ends_before(self.chars, at, word)) {
            return None;
        }
        if let Some(end) = self.unit(past, '月') {
            return self.month_alone(at, number, end);
        }
        self.months(at, number, past, None)
            .or_else(|| self.quarters(at, number, past))
            .or_else(|| self.decade_of_century(number, past))
            .or_else(|| self.day_alone(at, number, past))
    }

    /// 民国107年3月5日.
    pub(super) fn republic(&mut self, at: usize) -> Option<Found> {
        if !stands(self.chars, at, "民国") {
            return None;
        }
        let (number, past) = number_at(self.chars, at + 2 + usize::from(self.chars.get(at + 2) == Some(&' ')))?;
        let end = self.unit(past, '年')?;
        (number <= 200).then(|| self.after_year(number as i32 + 1911, end))
    }

    /// “十四五”: five years from 2021. One numeral and 五 is a plan only in quotation marks.
    pub(super) fn plan(&mut self, at: usize) -> Option<Found> {
        let before = self.before(at);
        if before.is_some_and(|c| is_digit(c) || c == '第') {
            return None;
        }
        let length = self.chars[at..].iter().take(4).take_while(|c| is_digit(**c)).count();
        let end = at + length;
        if !(2..=3).contains(&length) || self.chars[end - 1] != '五' || self.chars[at].is_ascii_digit() {
            return None;
        }
        let (number, _) = number_at(&self.chars[..end - 1], at)?;
        let quoted = before.and_then(closing).is_some_and(|close| self.chars.get(end) == Some(&close));
        let named = one_of(self.chars, end, &["规划", "时期", "期间", "末", "开局", "以来", "收官", "中期"]).is_some();
        let counted = self.chars.get(end).is_some_and(|c| "年月日个岁人号万亿名元公斤米位家户度章条".contains(*c));
        if !(quoted || (length == 3 && (named || !counted))) {
            return None;
        }
        let first = match number {
            1 => 1953,
            2 => 1958,
            number => 1966 + 5 * (i32::try_from(number).ok()? - 3),
        };
        (first < 2060).then_some(Found { end, value: Some(Value::years(first, first + 4)) })
    }

    /// 上世纪九十年代.
    pub(super) fn century(&mut self, at: usize) -> Option<Found> {
        let past = one_of(self.chars, at, &["上世纪", "上个世纪"])?.1;
        self.decade(1900, past)
    }

    /// What follows a year: a part of it, a month, another year, or nothing.
    pub(super) fn after_year(&mut self, year: i32, end: usize) -> Found {
        self.year = Some((year, end));
        if let Some(part) = self.part_of_year(year, end) {
            return part;
        }
        let blank = end + usize::from(self.chars.get(end) == Some(&' '));
        if let Some((number, past)) = number_at(self.chars, blank) {
            let month = u8::try_from(number).ok().filter(|month| (1..=12).contains(month));
            if let (Some(month), Some(past)) = (month, self.unit(past, '月')) {
                return self.after_month(year, month, past);
            }
            if let Some(months) = self.months(blank, number, past, Some(year)) {
                return months;
            }
        }
        if let Some((last, end)) = self.to(end).and_then(|to| self.written_year(to)).filter(|(last, _)| *last > year) {
            return Found { end, value: Some(Value::years(year, last)) };
        }
        Found { end, value: Point::year(year).checked().map(Value::At) }
    }

    /// What follows a month: a day, a third of it, another month, or nothing.
    pub(super) fn after_month(&mut self, year: i32, month: u8, end: usize) -> Found {
        (self.month, self.year) = (Some((year, month, end)), Some((year, end)));
        let point = Point::month(year, month);
        let blank = end + usize::from(self.chars.get(end) == Some(&' '));
        if let Some((day, past)) = self.small(blank, 31) {
            let ended = self.day_unit(past);
            if let Some(found) = self.range_of_days(Point { day: Some(day), ..point }, past, ended) {
                return found;
            }
            if let Some(end) = ended {
                return Found { end, value: Point { day: Some(day), ..point }.checked().map(Value::At) };
            }
        }
        if let Some((_, end)) = one_of(self.chars, end, &["上旬", "中旬", "下旬", "底", "初", "末"]) {
            return Found { end, value: Some(Value::At(point)) };
        }
        if let Some(last) = self.to(end).and_then(|to| self.written_month(year, to)) {
            self.year = Some((last.0.year, last.1));
            return Found { end: last.1, value: Some(Value::Between(point, last.0)) };
        }
        let end = end + usize::from(self.chars.get(end) == Some(&'份'));
        Found { end, value: point.checked().map(Value::At) }
    }

    fn year(&mut self, number: u32, digits: usize, ascii: bool, end: usize) -> Option<Found> {
        let number_of_year = i32::try_from(number).ok()?;
        if self.chars.get(end) == Some(&'代') {
            let tens = (20..=90).contains(&number) && number.is_multiple_of(10);
            let first = if tens { 1900 + number_of_year } else { number_of_year };
            let decade = tens || (digits == 4 && number.is_multiple_of(10));
            return decade.then(|| Found { end: end + 1, value: Some(Value::years(first, first + 9)) });
        }
        if digits == 4 && (1000..=2999).contains(&number) {
            return Some(self.after_year(number_of_year, end));
        }
        if digits == 2 && ascii && number < 10 {
            return Some(self.after_year(2000 + number_of_year, end));
        }
        // 108年起, but not 108年来.
        let lasts = self.chars.get(end).is_some_and(|c| "来间历多余的老后".contains(*c));
        let roc = ascii && (90..=150).contains(&number) && !lasts && self.is_of_taiwan();
        roc.then(|| self.after_year(number_of_year + 1911, end))
    }

    /// 2011—2020年.
    fn years(&mut self, first: u32, past: usize) -> Option<Found> {
        let (last, end) = self.to(past).and_then(|to| self.written_year(to))?;
        let first = i32::try_from(first).ok().filter(|first| *first < last)?;
        Some(Found { end, value: Some(Value::years(first, last)) })
    }

    /// 2018-03-05, 2018.3.5, 2018/3/5.
    fn in_signs(&mut self, year: u32, past: usize) -> Option<Found> {
        let sign = self.chars.get(past).filter(|c| matches!(c, '-' | '.' | '/'))?;
        let (month, past) = self.small(past + 1, 12)?;
        let (day, end) = self.small(past + 1, 31).filter(|_| self.chars.get(past) == Some(sign))?;
        let point = Point { year: i32::try_from(year).ok()?, month: Some(month), day: Some(day) }.checked()?;
        let goes_on = self.chars.get(end).is_some_and(|c| c.is_ascii_digit() || c == sign);
        (!goes_on).then_some(Found { end, value: Some(Value::At(point)) })
    }

    /// A month without a year: 三月 of this year, but not 三月三 and not 3个月.
    fn month_alone(&mut self, at: usize, number: u32, end: usize) -> Option<Found> {
        let month = u8::try_from(number).ok().filter(|month| (1..=12).contains(month))?;
        let festival = self
            .small(end, 31)
            .is_some_and(|(_, past)| !self.chars[end].is_ascii_digit() && self.day_unit(past).is_none());
        if festival || self.chars.get(end).is_some_and(|c| "龄嫂球光饼薪租".contains(*c)) {
            return None;
        }
        let Some(year) = self.year_of_month(at, month, end) else {
            let end = self.after_month(2000, month, end).end;
            (self.month, self.year) = (None, None);
            return Some(Found { end, value: None });
        };
        let told = self.year;
        let found = self.after_month(year, month, end);
        // A year that was only inferred carries nowhere.
        self.year = told;
        Some(found)
    }

    fn year_of_month(&self, at: usize, month: u8, end: usize) -> Option<i32> {
        let past = self.chars[end..].iter().take(5);
        let until = past.take_while(|c| is_digit(**c) || "日号底初旬中上下".contains(**c)).count();
        let to_come = self.is_to_come(at, end + until);
        self.carried_year(at).or_else(|| self.published.map(|published| published.year_of(month, to_come)))
    }

    /// Whether the text tells a date at a place as one to come.
    fn is_to_come(&self, at: usize, end: usize) -> bool {
        const WORDS: [&str; 9] = ["将", "拟", "计划", "预计", "力争", "准备", "打算", "届时", "确保"];
        let from = at.saturating_sub(10);
        self.chars.get(end).is_some_and(|c| matches!(c, '前' | '起'))
            || (from..at + 12).any(|at| one_of(self.chars, at, &WORDS).is_some())
    }

    /// 1至9月, 3-5月.
    fn months(&mut self, at: usize, first: u32, past: usize, year: Option<i32>) -> Option<Found> {
        let (last, past) = self.to(past).and_then(|to| self.small(to, 12))?;
        let end = self.unit(past, '月')?;
        let first = u8::try_from(first).ok().filter(|first| (1..last).contains(first))?;
        let year = year.or_else(|| self.year_of_month(at, first, end));
        Some(Found { end, value: year.map(|year| Value::months(year, first, last)) })
    }

    /// 一季度; 四季度 told before April has been.
    fn quarters(&mut self, at: usize, number: u32, past: usize) -> Option<Found> {
        let end = stands(self.chars, past, "季度").then_some(past + 2)?;
        let quarter = u8::try_from(number).ok().filter(|quarter| (1..=4).contains(quarter))?;
        let first = quarter * 3 - 2;
        let year = self.carried_year(at).or_else(|| self.published.map(|day| day.year_of(first, false)));
        Some(Found { end, value: year.map(|year| Value::months(year, first, first + 2)) })
    }

    /// 20世纪90年代.
    fn decade_of_century(&mut self, century: u32, past: usize) -> Option<Found> {
        let first = i32::try_from(century).ok().filter(|century| (10..=21).contains(century))?;
        stands(self.chars, past, "世纪").then(|| self.decade((first - 1) * 100, past + 2)).flatten()
    }

    fn decade(&self, century: i32, at: usize) -> Option<Found> {
        let (number, past) = number_at(self.chars, at)?;
        let first = century + i32::try_from(number).ok().filter(|number| number % 10 == 0 && *number < 100)?;
        stands(self.chars, past, "年代").then(|| Found { end: past + 2, value: Some(Value::years(first, first + 9)) })
    }

    /// 5日 at the beginning of a clause: of the month told last, or of that of publication.
    fn day_alone(&mut self, at: usize, number: u32, past: usize) -> Option<Found> {
        let day = u8::try_from(number).ok().filter(|day| (1..=31).contains(day))?;
        let end = self.unit(past, '日')?;
        let begins = self.before(at).is_none_or(|c| DAY_AFTER.contains(c));
        if !begins || self.chars.get(end).is_some_and(|c| LASTS.contains(*c)) {
            return None;
        }
        let told = self.month.filter(|(.., end)| at - end <= MONTH_CARRIES).map(|(year, month, _)| (year, month));
        let (year, month) = told.or_else(|| self.published?.month_of(day))?;
        let point = Point { year, month: Some(month), day: Some(day) };
        let found = self.range_of_days(point, past, Some(end));
        Some(found.unwrap_or(Found { end, value: point.checked().map(Value::At) }))
    }

    /// 上半年, 前三季度, 底, 初 behind a year.
    pub(super) fn part_of_year(&self, year: i32, at: usize) -> Option<Found> {
        let (first, last, end) = self.part(at)?;
        let value = if first == last { Value::At(Point::month(year, first)) } else { Value::months(year, first, last) };
        Some(Found { end, value: Some(value) })
    }

    /// Months of a part of a year, and where it ends.
    pub(super) fn part(&self, at: usize) -> Option<(u8, u8, usize)> {
        const PARTS: [(&str, u8, u8); 20] = [
            ("上半年", 1, 6),
            ("下半年", 7, 12),
            ("前三季度", 1, 9),
            ("前三个季度", 1, 9),
            ("前两季度", 1, 6),
            ("第一季度", 1, 3),
            ("第二季度", 4, 6),
            ("第三季度", 7, 9),
            ("第四季度", 10, 12),
            ("一季度", 1, 3),
            ("二季度", 4, 6),
            ("三季度", 7, 9),
            ("四季度", 10, 12),
            ("年底", 12, 12),
            ("年末", 12, 12),
            ("年初", 1, 1),
            ("岁末", 12, 12),
            ("底", 12, 12),
            ("末", 12, 12),
            ("初", 1, 1),
        ];
        let (word, first, last) = PARTS.iter().find(|(word, ..)| stands(self.chars, at, word))?;
        let end = at + word.chars().count();
        // 年初步, 年初中毕业, 年底部, 年末梢.
        let other = self.chars.get(end).is_some_and(|next| "步中级期衷心部层线气蕴见次始".contains(*next));
        let of_one = ["底", "末", "初", "年底", "年初", "年末"].contains(word);
        (!(of_one && other)).then_some((*first, *last, end))
    }

    /// The days between a first and a last: 1日至3日, 1-3日, 30日至7月2日.
    fn range_of_days(&self, first: Point, past: usize, ended: Option<usize>) -> Option<Found> {
        let to = self.to(ended.unwrap_or(past))?;
        let (number, past) = number_at(self.chars, to)?;
        let small = u8::try_from(number).ok()?;
        let (last, end) = if let Some(month) = self.unit(past, '月') {
            let (day, past) = self.small(month, 31)?;
            let year = first.year + i32::from(first.month.is_some_and(|month| month > small));
            (Point { year, month: Some(small), day: Some(day) }, self.day_unit(past)?)
        } else if let Some(at) = self.unit(past, '年') {
            let (month, past) = self.small(at, 12)?;
            let (day, past) = self.small(self.unit(past, '月')?, 31)?;
            let year = i32::try_from(number).ok()?;
            (Point { year, month: Some(month), day: Some(day) }, self.day_unit(past)?)
        } else {
            (Point { day: Some(small), ..first }, self.day_unit(past)?)
        };
        Some(Found { end, value: Some(Value::Between(first.checked()?, last.checked()?)) })
    }

    /// A year as the end of a range: 2020年.
    fn written_year(&self, at: usize) -> Option<(i32, usize)> {
        let (number, past) = number_at(self.chars, at).filter(|(number, _)| (1000..=2999).contains(number))?;
        Some((i32::try_from(number).ok()?, self.unit(past, '年')?))
    }

    /// A month as the end of a range, of a year of its own or of the first.
    fn written_month(&self, year: i32, at: usize) -> Option<(Point, usize)> {
        let own = self.written_year(at).or_else(|| stands(self.chars, at, "今年").then(|| (year + 1, at + 2)));
        let (year, at) = own.unwrap_or((year, at));
        let (month, past) = self.small(at, 12)?;
        let end = self.unit(past, '月')?;
        // 3月至5月2日 is not understood, and its first half alone is not wrong.
        (self.small(end, 31).is_none()).then_some((Point::month(year, month), end))
    }

    /// A number up to `most`.
    fn small(&self, at: usize, most: u8) -> Option<(u8, usize)> {
        let (number, past) = number_at(self.chars, at)?;
        let small = u8::try_from(number).ok().filter(|number| (1..=most).contains(number))?;
        Some((small, past))
    }

    /// Where a sign of range at a place ends.
    fn to(&self, at: usize) -> Option<usize> {
        one_of(self.chars, at, &TO).map(|(_, end)| end)
    }

    /// Where a unit at a place ends, a blank before it allowed.
    fn unit(&self, at: usize, unit: char) -> Option<usize> {
        let at = at + usize::from(self.chars.get(at) == Some(&' '));
        (self.chars.get(at) == Some(&unit)).then_some(at + 1)
    }

    /// Where 日 or 号 at a place ends; 5号楼 is no day.
    fn day_unit(&self, at: usize) -> Option<usize> {
        let other = |at: &usize| self.chars.get(*at).is_some_and(|next| "楼院线令文公桥井机店".contains(*next));
        self.unit(at, '日').or_else(|| self.unit(at, '号').filter(|at| !other(at)))
    }
}
