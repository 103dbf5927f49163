//! Short forms of people's names, and the full name each stands for: 张书记, 老秦, 小侯, 阿珍, 佘奶奶, 王某某, 扎西大哥,
//! 博格 for 特里格夫·博格.

use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

use super::person;
use crate::entity::page::Page;
use crate::entity::text::Span;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::{Role, Vocabulary};

/// Forms of address of one character that say little: they need a full name with the surname in the text.
const SLIGHT: &str = "总局处工队所导董校部";

/// Somebody whose full name the text gives.
struct Known {
    name: Vec<char>,
    surname: usize,
    title: Vec<char>,
    first: usize,
    times: usize,
}

/// Those whose full name the text gives, in the order in which it first does, and by surname.
struct People {
    all: Vec<Known>,
    by_surname: FxHashMap<Vec<char>, Vec<usize>>,
    by_given: FxHashMap<char, usize>,
}

/// Finds short forms, given the full names and where they stand.
pub(crate) fn short_forms(page: &Page<'_>, full: &[Span]) -> Vec<Span> {
    let known = known(page, full);
    let mut found = Vec::new();
    // Most characters stand before no form of address, no 某 and are none of 老, 小, 阿.
    let mut address = vec![false; page.chars.len() + 5];
    page.words.places_of(Role::ADDRESS).for_each(|at| address[at] = true);
    for at in page.places(Traits::WORD) {
        let form = anonymous(page, at).or_else(|| nickname(page, at, &known));
        found.extend(form.or_else(|| {
            let near = address[at + 1..at + 5].contains(&true);
            if near { addressed(page, at, &known) } else { None }
        }));
    }
    found.extend(parts(page, &known));
    found
}

fn known(page: &Page<'_>, full: &[Span]) -> People {
    let mut all: Vec<Known> = Vec::new();
    let mut places: FxHashMap<&[char], usize> = FxHashMap::default();
    for span in full.iter().filter(|span| span.value.is_none() && !is_short(page, span)) {
        let name = &page.chars[span.chars.clone()];
        let place = *places.entry(name).or_insert(all.len());
        let title = page.words.longest_to(span.chars.start, Role::BEFORE_NAME);
        let title = title.map_or(&[][..], |word| &page.chars[word.start..word.end]);
        if place == all.len() {
            let surname = surname_length(page.vocabulary, name);
            all.push(Known { name: name.to_vec(), surname, title: title.to_vec(), first: span.chars.start, times: 0 });
        } else if all[place].title.is_empty() {
            all[place].title = title.to_vec();
        }
        all[place].times += 1;
    }
    let mut people = People { all, by_surname: FxHashMap::default(), by_given: FxHashMap::default() };
    for (index, person) in people.all.iter().enumerate() {
        people.by_surname.entry(person.name[..person.surname].to_vec()).or_default().push(index);
        for &c in person.name[person.surname..].iter().filter(|_| person.surname > 0) {
            people.by_given.insert(c, index);
        }
    }
    people
}

/// Whether a name is itself a short form, which the tagger sees as a name: 任副区长, 阿香, 王某.
fn is_short(page: &Page<'_>, span: &Span) -> bool {
    let (start, end) = (span.chars.start, span.chars.end);
    let nickname = end - start == 2 && matches!(page.chars[start], '老' | '小' | '阿');
    let address = page.words.longest_to(end, Role::ADDRESS).filter(|word| word.end - word.start >= 2);
    nickname || page.chars[end - 1] == '某' || address.is_some_and(|word| word.start <= start + 2)
}

/// Characters of the surname; 0 for names of other languages.
fn surname_length(vocabulary: &Vocabulary, name: &[char]) -> usize {
    if name.iter().any(|&c| Traits::of(c).has(Traits::INTERPUNCT)) {
        return 0;
    }
    // A surname of three characters has a given name behind it, one of one a name of two or three in all.
    let lengths = [(3, 4..=6), (2, 3..=4), (1, 2..=3)];
    let fits = |(length, names): &(usize, RangeInclusive<usize>)| {
        names.contains(&name.len()) && vocabulary.surname(&name[..*length]).is_some()
    };
    lengths.iter().find(|length| fits(length)).map_or(0, |(length, _)| *length)
}

/// 王某, 尹某某, 王某甲.
fn anonymous(page: &Page<'_>, at: usize) -> Option<Span> {
    if page.char(at + 1) != '某' {
        return None;
    }
    page.vocabulary
        .surname(&page.chars[at..at + 1])
        .filter(|weight| *weight >= 0.4 && page.begins(at) && !page.is_function(at))?;
    let mut end = at + 1;
    while page.char(end) == '某' && end < at + 3 {
        end += 1;
    }
    if end == at + 1 || page.is_word(at, at + 2) {
        return None;
    }
    end += usize::from(matches!(page.char(end), '甲' | '乙' | '丙' | '丁'));
    Some(person(at..end, None, 0.9))
}

/// 老秦, 小侯, 阿珍.
fn nickname(page: &Page<'_>, at: usize, known: &People) -> Option<Span> {
    let (first, second) = (page.char(at), page.char(at + 1));
    if !matches!(first, '老' | '小' | '阿') || page.is_break(at + 1) {
        return None;
    }
    let end = at + 2;
    let kin = page.words.longest_at(end, Role::ADDRESS).filter(|word| first == '阿' && word.end == end + 1);
    if !page.begins(at)
        || page.ends(end) < 0.5 && (first != '阿' || page.has(end, Traits::TRANSLITERATION))
        || page.is_word(at, end)
        || page.is_cut_behind(at, end)
    {
        return None;
    }
    if first == '阿' {
        let owner = &known.all[*known.by_given.get(&second)?];
        let end = kin.filter(|_| page.ends(end) < 0.8).map_or(end, |word| word.end);
        return Some(person(at..end, Some(owner.name.iter().collect()), 0.95));
    }
    if let Some(owner) = owner(known, &[second], &[], at) {
        return Some(person(at..end, Some(owner), 0.85));
    }
    let sure = page.vocabulary.surname(&[second]).is_some_and(|weight| weight >= 0.9);
    let says = page.words.longest_at(end, Role::SAYING).is_some();
    (sure && says).then(|| person(at..end, None, 0.6))
}

/// 张书记, 任副区长, 濮阳老师, 招婆婆; 海日汗经理, 扎西大哥, 阿辉伯.
fn addressed(page: &Page<'_>, at: usize, known: &People) -> Option<Span> {
    for length in [2, 1, 3, 4] {
        let middle = at + length;
        let Some(address) = page.words.longest_at(middle, Role::ADDRESS) else { continue };
        let head = &page.chars[at..middle];
        let fits = page.begins(at) && !is_part_of_title(page, at, address.end) && !page.is_word(at, address.end);
        if !fits || matches!(head, ['阿' | '老' | '小']) {
            continue;
        }
        let title = &page.chars[middle..address.end];
        let slight = title.len() == 1 && SLIGHT.contains(title[0]);
        let ends = page.ends(address.end) >= 0.5;
        if let Some(owner) = owner(known, head, title, at).filter(|_| ends || !slight) {
            return Some(person(at..address.end, Some(owner), 0.9));
        }
        let outer =
            known.foreign().find(|person| person.name.starts_with(head) && person.name.len() > length && length >= 2);
        if let Some(owner) = outer {
            return Some(person(at..address.end, Some(owner.name.iter().collect()), 0.85));
        }
        if !ends || page.is_cut_behind(at, address.end) {
            continue;
        }
        let weight = page.vocabulary.surname(head).unwrap_or(0.0);
        let covered = page.is_in_word(at, middle) || page.words.at(at).iter().any(|word| word.end > middle);
        if weight >= 0.4 && !page.is_function(at) && !slight && !covered && title.len() >= 2 {
            return Some(person(at..address.end, None, 0.5 + 0.2 * weight));
        }
    }
    None
}

/// Whether a listed title ends there and begins at the surname or before: 支|队长, 县|长.
fn is_part_of_title(page: &Page<'_>, at: usize, end: usize) -> bool {
    page.words.ending(end).iter().any(|word| word.start <= at && word.role.has(Role::BEFORE_NAME))
}

/// The full name with this surname.
fn owner(known: &People, surname: &[char], title: &[char], at: usize) -> Option<String> {
    let bearers = known.by_surname.get(surname).filter(|_| !surname.is_empty())?;
    let people = || bearers.iter().map(|&index| &known.all[index]);
    let agrees = |person: &&Known| !title.is_empty() && person.title.ends_with(title);
    // The one whose title agrees, then who was named before, then who is named more often.
    let weight = |person: &&Known| (agrees(person), person.first < at, person.times, person.first);
    people().max_by_key(weight).map(|person| person.name.iter().collect())
}

impl People {
    /// Those whose name is of another language.
    fn foreign(&self) -> impl Iterator<Item = &Known> {
        self.by_surname.get(&Vec::new()).into_iter().flatten().map(|&index| &self.all[index])
    }
}

/// Parts of foreign names that stand alone: 弗拉基米尔, 博格, 玛丽 for 玛丽安娜, 央金 for 央金拉姆, 佐佐木 for 佐佐木健一.
fn parts(page: &Page<'_>, known: &People) -> Vec<Span> {
    let mut pieces: FxHashMap<&[char], (&[char], usize)> = FxHashMap::default();
    let mut firsts: FxHashMap<char, Vec<&[char]>> = FxHashMap::default();
    for person in known.all.iter().filter(|person| person.surname >= 2 && person.name.len() >= 4) {
        pieces.entry(&person.name[..person.surname]).or_insert((&person.name, person.first));
    }
    for person in known.foreign().filter(|person| person.name.len() >= 4) {
        for part in person.name.split(|&c| Traits::of(c).has(Traits::INTERPUNCT)) {
            let whole = part.len() == person.name.len();
            let starts: &[&[char]] = match part.len() {
                4.. if whole => &[&part[..2], &part[..3], &part[part.len() - 2..]],
                4.. => &[part, &part[..2]],
                2.. => &[part],
                _ => &[],
            };
            for piece in starts {
                pieces.entry(piece).or_insert((&person.name, person.first));
            }
        }
    }
    for piece in pieces.keys() {
        firsts.entry(piece[0]).or_default().push(piece);
    }
    let mut found = Vec::new();
    for at in 0..page.chars.len() {
        for piece in firsts.get(&page.chars[at]).into_iter().flatten() {
            let end = at + piece.len();
            let (name, first) = pieces[piece];
            let bounded = page.begins(at) && (piece.len() > 2 || page.ends(end) >= 0.5);
            let alone = page.chars[at..].starts_with(piece) && at > first && bounded;
            if alone && !page.is_word(at, end) && !page.is_in_word(at, end) && !is_dotted(page, at, end) {
                found.push(person(at..end, Some(name.iter().collect()), 0.7));
            }
        }
    }
    found
}

fn is_dotted(page: &Page<'_>, at: usize, end: usize) -> bool {
    page.has(end, Traits::INTERPUNCT) || at > 0 && page.has(at - 1, Traits::INTERPUNCT)
}
