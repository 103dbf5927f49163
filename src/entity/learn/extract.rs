//! Candidates of a text: quotations, and runs of words whose edges may be those of a term.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::candidate::Seen;
use super::counts::hash;
use super::{Learner, select};
use crate::analysis::{Folded, fold, is_function_word, is_han};
use crate::document::Day;
use crate::entity::reading::closing;

/// Strings of words that came so often are watched; quotations are watched at once.
const WATCHED: u32 = 6;
/// Words in a string, and characters: of one word only what jieba's dictionary has not.
const WORDS: usize = 5;
const SHORTEST: usize = 2;
const LONGEST_OF_WORDS: usize = 12;
/// Words that no unquoted term has.
const JOINS: [&str; 8] = ["的", "和", "与", "及", "了", "是", "在", "等"];
/// Candidates that are watched at a time.
const MOST: usize = 200_000;

/// The words that tell, folded.
pub(super) static TELLING: LazyLock<Telling> = LazyLock::new(Telling::read);

/// Words by what they tell.
#[derive(Default)]
pub(super) struct Telling {
    cues: Vec<String>,
    pub heads: Vec<String>,
    not_first: HashSet<String>,
    not_last: HashSet<String>,
    not_before: Vec<String>,
    not_after: Vec<String>,
}

/// A text while it is read.
struct Reading<'a> {
    original: &'a str,
    folded: &'a Folded,
    day: Option<Day>,
}

/// A word of a text: its bytes in the folded text.
struct Word {
    range: Range<usize>,
    chars: usize,
    /// Characters of the text may stand between it and the one before.
    begins_run: bool,
    first: bool,
    last: bool,
    cue: bool,
}

impl Learner {
    /// Counts the strings of a text, and sees those that are watched.
    pub(super) fn read(&mut self, text: &str, day: Option<Day>) {
        let folded = Folded::new(text);
        let read = Reading { original: text, folded: &folded, day };
        let words = self.words(&folded.text);
        for at in 0..words.len() {
            self.strings_from(&read, &words, at);
        }
        self.quotations(&read);
    }

    /// Forgets the candidates of fewest documents where there are too many.
    pub(super) fn forget(&mut self) {
        while self.candidates.len() > MOST {
            let (least, now) = (self.forgotten, self.documents);
            // What came lately may come again.
            self.candidates.retain(|_, candidate| candidate.documents > least || candidate.is_recent(now));
            self.forgotten += 1;
        }
    }

    fn words(&self, folded: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        self.segmenter.places(folded, false, |word, range| {
            let chars = word.chars().count();
            let plain = word.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric()) && !is_function_word(word);
            let begins_run = words.last().is_none_or(|before| before.range.end != range.start);
            let edge = plain && !word.chars().all(|c| c.is_ascii_digit());
            words.push(Word {
                range,
                chars,
                begins_run,
                cue: TELLING.cues.iter().any(|cue| cue == word),
                first: edge && !TELLING.not_first.contains(word),
                last: edge && !TELLING.not_last.contains(word),
            });
        });
        words
    }

    /// The strings that begin with a word.
    fn strings_from(&mut self, read: &Reading<'_>, words: &[Word], at: usize) {
        let folded = read.folded.text.as_str();
        let mut chars = 0;
        for end in at..(at + WORDS).min(words.len()) {
            if end > at && words[end].begins_run {
                return;
            }
            chars += words[end].chars;
            if chars > LONGEST_OF_WORDS {
                return;
            }
            let range = words[at].range.start..words[end].range.end;
            let key = hash(folded[range.clone()].chars());
            let count = self.counts.add(key);
            self.counts.words += u64::from(end == at);
            // The words within join what may be two: 保护和发展, 党的精神.
            if JOINS.contains(&&folded[words[end].range.clone()]) {
                return;
            }
            // 全面从严治党, but not 全面推进.
            if end == at + 1 && words[at].cue && !words[end].first {
                return;
            }
            let may_be = words[at].first && words[end].last && chars > SHORTEST.max(1) && (end > at || chars > 2);
            if !may_be || count < WATCHED || (end == at && self.segmenter.knows(&folded[range.clone()])) {
                continue;
            }
            let mut cut = 0;
            let cuts = words[at..end].iter().map(|word| {
                cut += word.chars as u8;
                cut
            });
            let cuts = cuts.collect();
            self.see(key, read, range, cuts, false);
        }
    }

    /// What stands in quotation marks, where it is short and of one piece.
    fn quotations(&mut self, read: &Reading<'_>) {
        let mut titled = 0_i32;
        for (at, c) in read.folded.text.char_indices() {
            match c {
                '《' => titled += 1,
                '》' => titled -= 1,
                '“' | '‘' | '「' | '『' if titled <= 0 => self.quotation(read, at, c),
                _ => {}
            }
        }
    }

    fn quotation(&mut self, read: &Reading<'_>, at: usize, open: char) {
        let folded = read.folded.text.as_str();
        let Some(close) = closing(open) else { return };
        let start = at + open.len_utf8();
        let most = self.options.longest + 1;
        let ended = |(_, c): &(usize, char)| *c == close;
        let Some((length, _)) = folded[start..].char_indices().take(most).find(ended) else { return };
        let inside = &folded[start..start + length];
        let plain = |c: char| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '、' | '+' | '·' | '-');
        let han = inside.chars().filter(|c| is_han(*c)).count();
        if han < 2 || !inside.chars().all(plain) || is_date(inside) {
            return;
        }
        // 两不愁、三保障 and 两不愁三保障 are one.
        let key = hash(inside.chars().filter(|c| *c != '、'));
        self.see(key, read, start..start + length, Vec::new(), true);
    }

    fn see(&mut self, key: u64, read: &Reading<'_>, range: Range<usize>, cuts: Vec<u8>, quoted: bool) {
        let folded = read.folded.text.as_str();
        let bare = bare(folded, &range);
        // Quotations are seen by themselves, and not again as words.
        if !quoted && bare != range {
            return;
        }
        let (before, after) = (around(folded, bare.start, true), around(folded, bare.end, false));
        let told = &*TELLING;
        let cued = told.cues.iter().any(|word| before.ends_with(word.as_str()))
            || told.heads.iter().any(|word| word.chars().nth(1).is_some() && after.starts_with(word.as_str()));
        let against = told.not_before.iter().any(|word| before.ends_with(word.as_str()))
            || told.not_after.iter().any(|word| after.starts_with(word.as_str()));
        let neighbour = |text: &str, last: bool| {
            let c = if last { text.chars().next_back() } else { text.chars().next() };
            c.map_or(0, u32::from)
        };
        let beside = [neighbour(before, true), neighbour(after, false)];
        let clause = &read.original[read.folded.original(select::clause(folded, &range))];
        let seen = Seen { document: self.documents, day: read.day, quoted, cued, against, beside, around: clause };
        let written = &read.original[read.folded.original(range.clone())];
        let candidate = self.candidates.entry(key).or_default();
        candidate.vote(&folded[range], written);
        if candidate.cuts.is_empty() && !cuts.is_empty() {
            candidate.cuts = cuts;
        }
        candidate.see(&seen);
    }
}

/// The range with the quotation marks around it, where it stands whole in such.
fn bare(folded: &str, range: &Range<usize>) -> Range<usize> {
    let before = folded[..range.start].chars().next_back();
    let after = folded[range.end..].chars().next();
    match (before, after) {
        (Some(open), Some(close)) if closing(open) == Some(close) && open != '(' && open != '《' => {
            range.start - open.len_utf8()..range.end + close.len_utf8()
        }
        _ => range.clone(),
    }
}

/// Some characters before or behind a place.
fn around(folded: &str, at: usize, before: bool) -> &str {
    if before {
        let start = folded[..at].char_indices().rev().take(6).last().map_or(at, |(start, _)| start);
        &folded[start..at]
    } else {
        let end = folded[at..].char_indices().nth(6).map_or(folded.len(), |(end, _)| at + end);
        &folded[at..end]
    }
}

/// “十三五” and “9·11” are dates.
fn is_date(inside: &str) -> bool {
    let numeral = |c: char| crate::entity::reading::is_digit(c) || !is_han(c);
    !inside.contains('+') && inside.chars().all(numeral)
}

impl Telling {
    fn read() -> Self {
        let mut telling = Self::default();
        let files = [include_str!("../data/learn_words.txt"), include_str!("../data/policy_cues.txt")];
        let mut section = "";
        for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            let words = line.split_whitespace().map(fold);
            match section {
                "cues" => telling.cues.extend(words),
                "heads" => telling.heads.extend(words),
                "not first" => telling.not_first.extend(words),
                "not last" => telling.not_last.extend(words),
                "not before" => telling.not_before.extend(words),
                "not after" => telling.not_after.extend(words),
                _ => {}
            }
        }
        telling
    }
}
