//! Numbers written otherwise: 2018 and 二〇一八, 15000 and 1.5万 and 一万五千, 3.5% and 百分之三点五, 2018-03-05 and
//! 2018年3月5日. A row of unigrams is brought to its values, and compared so.

/// A number: digits without zeros at the end, times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Value {
    digits: u128,
    power: i32,
}

/// A unigram or a number, with the unigrams that it is made of.
#[derive(Debug, PartialEq)]
enum Sense<'a> {
    Number(Value),
    Other(&'a str),
}

/// The first and the last unigram of a text that mean what was asked for, if a number is in it.
pub(super) fn find(text: &[&str], asked: &[&str]) -> Option<(usize, usize)> {
    let plain = senses(asked, false);
    let numbers = plain.iter().filter(|(sense, ..)| matches!(sense, Sense::Number(_))).count();
    if numbers == 0 {
        return None;
    }
    // Of a whole date, the signs between its numbers are left out.
    let is_date = numbers > 1;
    let (asked, text) = (senses(asked, is_date), senses(text, is_date));
    let starts = (text.len() + 1).saturating_sub(asked.len());
    let first = (0..starts).find(|&first| text[first..].iter().zip(&asked).all(|(one, other)| one.0 == other.0))?;
    Some((text[first].1, text[first + asked.len() - 1].2))
}

fn senses<'a>(tokens: &[&'a str], is_date: bool) -> Vec<(Sense<'a>, usize, usize)> {
    let mut senses = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let first = at;
        if tokens[at..].starts_with(&["百", "分", "之"]) && number(&tokens[at + 3..]).is_some() {
            at += 3;
        }
        let Some((value, length)) = number(&tokens[at..]) else {
            senses.push((Sense::Other(tokens[at]), at, at));
            at += 1;
            continue;
        };
        at += length;
        if is_date && matches!(tokens.get(at), Some(&("年" | "月" | "日" | "号"))) {
            at += 1;
        }
        senses.push((Sense::Number(value), first, at - 1));
    }
    senses
}

/// The number that a row begins with, and how many unigrams it takes.
fn number(tokens: &[&str]) -> Option<(Value, usize)> {
    let (value, length) = arabic(tokens).or_else(|| han(tokens))?;
    Some((value, length))
}

fn arabic(tokens: &[&str]) -> Option<(Value, usize)> {
    let text = tokens.first()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    let units = tokens[1..].iter().map_while(|token| unit(token));
    let (power, length) = units.fold((0, 1), |(power, length), unit| (power + unit, length + 1));
    Some((Value::new(digits, power - fraction.len() as i32), length))
}

/// Han numerals: digit by digit, or with their units.
fn han(tokens: &[&str]) -> Option<(Value, usize)> {
    let length = tokens.iter().take_while(|token| digit(token).is_some() || unit(token).is_some()).count();
    let (mut whole, mut section, mut digits) = (0u128, 0u128, None::<u128>);
    for token in &tokens[..length] {
        if let Some(next) = digit(token) {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(next)?);
            continue;
        }
        let times = 10u128.checked_pow(u32::try_from(unit(token)?).ok()?)?;
        let before = digits.take();
        if times < 10_000 {
            section = section.checked_add(before.unwrap_or(1).checked_mul(times)?)?;
        } else {
            let part = section.checked_add(before.unwrap_or(u128::from(section == 0 && whole == 0)))?;
            whole = if part == 0 { whole.checked_mul(times)? } else { whole.checked_add(part.checked_mul(times)?)? };
            section = 0;
        }
    }
    let value = whole.checked_add(section)?.checked_add(digits.unwrap_or(0))?;
    let fraction: Vec<u128> = match tokens.get(length) {
        Some(&"点") => tokens[length + 1..].iter().map_while(|token| digit(token)).collect(),
        _ => Vec::new(),
    };
    if length == 0 {
        return None;
    }
    let all = fraction.iter().try_fold(value, |all, digit| all.checked_mul(10)?.checked_add(*digit))?;
    let taken = if fraction.is_empty() { length } else { length + 1 + fraction.len() };
    let units = tokens[taken..].iter().take_while(|_| !fraction.is_empty()).map_while(|token| unit(token));
    let (power, more) = units.fold((0, 0), |(power, more), unit| (power + unit, more + 1));
    Some((Value::new(all, power - fraction.len() as i32), taken + more))
}

fn digit(token: &str) -> Option<u128> {
    let place = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"].iter().position(|known| *known == token);
    place
        .or(match token {
            "零" => Some(0),
            "两" => Some(2),
            _ => None,
        })
        .map(|digit| digit as u128)
}

/// The power of ten that a unit stands for.
fn unit(token: &str) -> Option<i32> {
    Some(match token {
        "十" => 1,
        "百" => 2,
        "千" => 3,
        "万" => 4,
        "亿" => 8,
        _ => return None,
    })
}

impl Value {
    fn new(mut digits: u128, mut power: i32) -> Self {
        while digits != 0 && digits.is_multiple_of(10) {
            (digits, power) = (digits / 10, power + 1);
        }
        Self { digits, power: if digits == 0 { 0 } else { power } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::unigrams;

    #[test]
    fn one_number_in_many_writings() {
        let cut = |text: &str| -> Vec<String> { unigrams(text).into_iter().map(|unigram| unigram.text).collect() };
        let stands = |asked: &str, text: &str| {
            let (asked, text) = (cut(asked), cut(text));
            let (asked, text): (Vec<&str>, Vec<&str>) =
                (asked.iter().map(String::as_str).collect(), text.iter().map(String::as_str).collect());
            find(&text, &asked).is_some()
        };
        for (asked, text) in [
            ("2018年", "在二〇一八年"),
            ("二〇一八年", "到2018年底"),
            ("15000人", "共1.5万人"),
            ("1.5万人", "一万五千人"),
            ("十八大", "18大"),
            ("3.5", "百分之三点五"),
            ("百分之五", "增长5%"),
            ("三千亩", "3000亩"),
            ("2亿元", "两亿元"),
            ("2018年3月5日", "2018-03-05"),
            ("一百零五天", "105天"),
            ("三十万亿", "30万亿"),
        ] {
            assert!(stands(asked, text), "{asked} {text}");
        }
        for (asked, text) in [("2018", "二〇一九"), ("3月", "3日"), ("和服", "一二三"), ("10", "一")] {
            assert!(!stands(asked, text), "{asked} {text}");
        }
    }
}
