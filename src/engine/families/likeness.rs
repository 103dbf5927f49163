//! Two texts held against each other: a reprint, the same template with other facts, or neither. The whole texts are
//! read; which pairs are worth it is left to [`candidates`](super::candidates).
//!
//! What a reprint differs in lies together: a headline, a byline, a paragraph that was cut. What templates differ in lies
//! everywhere, a number here and a name there, so that hardly a long run survives. So a reprint holds nearly all
//! *sixteens* of the shorter text, runs of sixteen characters, while texts alike share *fives*; and where the same words
//! stand around numbers, the numbers of a reprint are the same.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::analysis::{SHINGLE, bare, fold, is_han, shingles};

/// Characters that are compared: the begin of a book tells enough of it.
const MOST: usize = 20_000;
/// Characters of a long run.
const LONG: usize = 16;
/// Share of the shorter text's long runs that a reprint has.
const REPRINT: f64 = 0.84;
/// The shorter of two texts alike, reprints among them, has at least this share of the other's characters: a brief in a
/// round-up of ten is no reprint of it, and two briefs are not joined by the round-up that has both.
const LEAST_SHARE: f64 = 0.5;
/// Of all fives of two texts alike, the share that both have.
const ALIKE: f64 = 0.56;
/// Characters and numbers around a number that must agree for the number to be told by them.
const BEFORE: usize = 3;
const BEHIND: usize = 2;
/// Months and days so near to the begin belong to the dateline, of which one may differ.
const DATELINE: usize = 30;
const DATES: [char; 3] = ['月', '日', '号'];
/// Of numbers in the same words, the share that differs in a template.
const OTHER_NUMBERS: f64 = 0.1;
/// Characters that numbers are written with, as folded, beside digits.
const NUMERALS: &str = "〇零一二两三四五六七八九十百千万亿";

/// What two texts are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Different texts.
    Apart,
    /// The same template with other facts: yesterday's and today's weather.
    Alike,
    /// One text printed twice.
    Reprint,
}

impl Likeness {
    /// A number for it, below four.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The reverse of [`Likeness::number`].
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Apart, Self::Alike, Self::Reprint].get(usize::from(number)).copied()
    }
}

/// Whether two texts can be anything to each other, by their lengths.
pub fn may_be_alike(one: u64, other: u64) -> bool {
    one.min(other) as f64 >= LEAST_SHARE * one.max(other) as f64
}

/// A text made ready to be held against others.
#[derive(Debug, Default)]
pub struct Profile {
    length: usize,
    fives: Vec<u64>,
    sixteens: Vec<u64>,
    numbers: Vec<Number>,
}

/// A number: hashes of the words around it and of its own value, and whether it may be the dateline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    around: u64,
    value: u64,
    of_dateline: bool,
}

impl Profile {
    /// Reads a text as written.
    pub fn new(text: &str) -> Self {
        let mut bare = bare(&fold(text));
        let length = bare.len();
        bare.truncate(MOST);
        Self { length, fives: shingles(&bare, SHINGLE), sixteens: shingles(&bare, LONG), numbers: numbers(&bare) }
    }

    /// What two texts are to each other.
    pub fn likeness(&self, other: &Self) -> Likeness {
        if !may_be_alike(self.length as u64, other.length as u64) {
            return Likeness::Apart;
        }
        let sixteens = common(&self.sixteens, &other.sixteens) as f64;
        let least = self.sixteens.len().min(other.sixteens.len()) as f64;
        if sixteens >= REPRINT * least && !self.contradicts(other) {
            return Likeness::Reprint;
        }
        let fives = common(&self.fives, &other.fives) as f64;
        let all = (self.fives.len() + other.fives.len()) as f64 - fives;
        if fives >= ALIKE * all { Likeness::Alike } else { Likeness::Apart }
    }

    /// Whether other numbers stand in the same words.
    fn contradicts(&self, other: &Self) -> bool {
        let (mut same, mut differing, mut of_dateline) = (0, 0, 0);
        walk(
            &self.numbers,
            &other.numbers,
            |number| number.around,
            |ours, theirs| {
                let agree = ours.iter().any(|ours| theirs.iter().any(|theirs| ours.value == theirs.value));
                let early = |all: &[Number]| all.iter().all(|number| number.of_dateline);
                match agree {
                    true => same += 1,
                    false if early(ours) && early(theirs) => of_dateline += 1,
                    false => differing += 1,
                }
            },
        );
        if of_dateline > 1 {
            differing += of_dateline;
        }
        f64::from(differing) > OTHER_NUMBERS * f64::from(same + differing)
    }
}

/// How many hashes two rising lists have in common.
fn common(ours: &[u64], theirs: &[u64]) -> usize {
    let mut count = 0;
    walk(ours, theirs, |hash| *hash, |_, _| count += 1);
    count
}

/// Visits the stretches of two ordered lists that have the same key.
fn walk<T>(ours: &[T], theirs: &[T], key: impl Fn(&T) -> u64, mut visit: impl FnMut(&[T], &[T])) {
    let (mut ours, mut theirs) = (ours, theirs);
    while let (Some(our), Some(their)) = (ours.first(), theirs.first()) {
        let (our, their) = (key(our), key(their));
        let stretch = |all: &[T], wanted| all.iter().take_while(|one| key(one) == wanted).count();
        match our.cmp(&their) {
            Ordering::Less => ours = &ours[1..],
            Ordering::Greater => theirs = &theirs[1..],
            Ordering::Equal => {
                let (our, their) = (ours.split_at(stretch(ours, our)), theirs.split_at(stretch(theirs, their)));
                visit(our.0, their.0);
                (ours, theirs) = (our.1, their.1);
            }
        }
    }
}

/// The numbers of a text, ordered by the words around them. A number among those words counts as one, whatever its value.
fn numbers(bare: &[char]) -> Vec<Number> {
    // Digits and numerals of Han are runs of their own: 2019三 are two numbers.
    // Of Han all numerals are in the list; asking Unicode for every character of a text takes longer than the rest.
    let is_digit = |c: char| !is_han(c) && c.is_numeric();
    let kind = |c: char| (NUMERALS.contains(c), is_digit(c));
    let is_number = |c: char| kind(c) != (false, false);
    let alike = |a: &char, b: &char| is_number(*a) && kind(*a).0 == kind(*b).0 && is_number(*b);
    let pieces: Vec<&[char]> = bare.chunk_by(alike).collect();
    let sign = |piece: &&[char]| if is_number(piece[0]) { '#' } else { piece[0] };
    let signs: Vec<char> = pieces.iter().map(sign).collect();
    let number = |(at, piece): (usize, &&[char])| {
        let (before, behind) = (at.saturating_sub(BEFORE)..at, at + 1..(at + 1 + BEHIND).min(signs.len()));
        let around = hash(&(&signs[before], &signs[behind.clone()]));
        let of_dateline = at < DATELINE && signs[behind].first().is_some_and(|next| DATES.contains(next));
        is_number(piece[0]).then(|| Number { around, value: hash(piece), of_dateline })
    };
    let mut numbers: Vec<Number> = pieces.iter().enumerate().filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEATHER: &str = "市气象台3月5日下午发布天气预报：今天夜间到明天白天，全市晴间多云，川区气温零下2到12度，山区气温零下6到8度，\
        偏东风3级。预计未来三天气温将缓慢回升，请各乡镇做好果树防冻工作。";
    const STORY: &str = "五龙镇今年造林三千亩，其中核桃一千二百亩、花椒八百亩。镇林业站说，树苗已在3月中旬全部到位，栽植由各村组织。\
        各村按户包干，成活率由县里秋后验收，达不到九成的要补栽。张智明说：“栽下去容易，管起来难。”\
        往年的教训是重栽轻管，今年镇上把管护写进了合同，谁栽谁管，管活了再付一半的工钱。";

    fn likeness(one: &str, other: &str) -> Likeness {
        let (one, other) = (Profile::new(one), Profile::new(other));
        assert_eq!(one.likeness(&other), other.likeness(&one));
        one.likeness(&other)
    }

    #[test]
    fn a_reprint_differs_in_one_place() {
        let bylined = format!("本报五龙3月21日讯（记者 付丽丽）{STORY}（责任编辑：陈默）");
        let cut = &STORY[..STORY.find("往年").unwrap_or_default()];
        for reprint in [STORY, &bylined, cut, &STORY.replace("龙", "龍").replace("容易", "不难")] {
            assert_eq!(likeness(STORY, reprint), Likeness::Reprint, "{reprint}");
        }
    }

    #[test]
    fn a_template_with_other_facts_is_no_reprint() {
        let tomorrow = WEATHER.replace("3月5日", "3月6日").replace("12度", "15度").replace("8度", "9度");
        assert_eq!(likeness(WEATHER, &tomorrow), Likeness::Alike);
        let elsewhere = STORY.replace("三千", "两千").replace("一千二百", "七百").replace("八百", "四百");
        assert!(likeness(STORY, &elsewhere) < Likeness::Reprint);
        assert_eq!(likeness(WEATHER, STORY), Likeness::Apart);
    }

    #[test]
    fn a_brief_is_no_reprint_of_the_round_up_that_has_it() {
        assert_eq!(likeness(WEATHER, &format!("{STORY}{WEATHER}{STORY}")), Likeness::Apart);
    }
}
