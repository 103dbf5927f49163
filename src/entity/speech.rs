//! Who said what: passages that the text attributes to a named person.
//!
//! A cue is a verb of saying with its mark (张智明强调，…), or a colon before a quotation (…打断：“…”). Its subject is the
//! person named last before it in the clause, or who a pronoun stands for. The words run to the end of the sentence,
//! of the quotation, or to the clause in which somebody else begins. Bodies, meetings and unnamed people say nothing.

use std::ops::Range;

use super::page::Page;
use super::text::Span;
use super::traits::Traits;
use super::vocabulary::{Role, Word};
use crate::document::EntityKind;

/// A passage: the speaker's mention and the words, by characters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Passage {
    /// Which of the mentions is the speaker.
    pub speaker: usize,
    /// His words.
    pub chars: Range<usize>,
}

/// No subject stands farther before its verb, in characters: 指着一处整改点说.
const FARTHEST: usize = 16;

/// Finds all passages, given the mentions in order.
pub(crate) fn said(page: &Page<'_>, mentions: &[Span]) -> Vec<Passage> {
    let mut reader =
        Reader { page, mentions, quotes: quotes(page), found: Vec::new(), last: None, clause: 0, sentence: 0 };
    reader.read();
    reader.continued();
    reader.found.sort_by_key(|passage| (passage.chars.start, passage.chars.end));
    reader.found.dedup_by(|later, earlier| later.chars.start < earlier.chars.end);
    reader.found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    mentions: &'a [Span],
    /// Quotations, the marks included, in order.
    quotes: Vec<Range<usize>>,
    found: Vec<Passage>,
    /// Mention of who spoke last.
    last: Option<usize>,
    /// Where the clause and the sentence that are read begin.
    clause: usize,
    sentence: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        let marks = self.page.places(Traits::CLAUSE).chain(self.quotes.iter().map(|quote| quote.start));
        let mut places: Vec<usize> = marks.chain(self.page.words.places_of(Role::SAYING)).collect();
        places.sort_unstable();
        let mut next = 0;
        for at in places {
            if at >= next {
                next = self.step(at);
            }
        }
    }

    /// Reads what begins there; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        if let Some(quote) = self.quote_at(at) {
            let colon = at > 0 && self.page.chars[at - 1] == ':';
            if colon && let Some(speaker) = self.subject(at - 1) {
                self.add(speaker, quote.start + 1..quote.end - 1);
            }
            if is_closed_sentence(self.page, &quote) {
                (self.clause, self.sentence) = (quote.end, if colon { quote.end } else { self.sentence });
            }
            return quote.end;
        }
        let c = self.page.chars[at];
        if is_clause_end(c) && !(c == ':' && self.quote_at(at + 1).is_some()) {
            self.clause = at + 1;
            if is_sentence_end(c) {
                self.sentence = at + 1;
            }
            return at + 1;
        }
        let cue = self.page.words.longest_at(at, Role::SAYING).filter(|word| self.is_cue(word));
        cue.and_then(|word| self.cue(word)).unwrap_or(at + 1)
    }

    fn is_cue(&self, word: &Word) -> bool {
        let next = self.mentions.partition_point(|span| span.chars.end <= word.start);
        let inside = self.mentions.get(next).is_some_and(|span| span.chars.start < word.end);
        // 意见和建议, 三项要求: nouns.
        let named = next > 0 && self.mentions[next - 1].chars.end == word.start;
        let noun = !named && word.start > 0 && "和与及、的条项份个些出".contains(self.page.chars[word.start - 1]);
        let part = word.end == word.start + 1 && self.page.is_in_word(word.start, word.end);
        !(inside || noun || part)
    }

    /// Takes the words of a verb of saying, if somebody named says them; gives where to go on.
    fn cue(&mut self, word: Word) -> Option<usize> {
        let page = self.page;
        let mut end = word.end;
        while matches!(page.char(end), '道' | '说') {
            end += 1;
        }
        let mark = page.char(end);
        let start = match mark {
            ',' | ':' => end + 1,
            '“' | '「' | '"' => end,
            c if is_sentence_end(c) => {
                let speaker = self.subject(word.start)?;
                self.quoted_before(speaker);
                return None;
            }
            '了' | '过' | '的' | '得' | '着' | '起' | '、' | ';' => return None,
            _ if word.role.has(Role::SAYS) && !page.is_in_word(word.start, word.end) => end,
            _ => return None,
        };
        let speaker = self.subject(word.start)?;
        self.quoted_before(speaker);
        if mark == ':' && self.quote_at(start).is_some() {
            return Some(start);
        }
        let words = self.words_from(start, speaker);
        let next = words.end.max(start);
        self.add(speaker, words);
        Some(next)
    }

    /// The quotation that ended where the clause of the subject begins belongs to him too: “……”毛宁表示.
    fn quoted_before(&mut self, speaker: usize) {
        let before = self.quotes.partition_point(|quote| quote.end <= self.mentions[speaker].chars.start);
        let quote = before.checked_sub(1).map(|index| self.quotes[index].clone());
        let Some(quote) = quote.filter(|quote| quote.end == self.clause && quote.len() > 5) else { return };
        if is_closed_sentence(self.page, &quote) {
            self.add(speaker, quote.start + 1..quote.end - 1);
        }
    }

    fn add(&mut self, speaker: usize, chars: Range<usize>) {
        let taken = self
            .found
            .iter()
            .rev()
            .take(2)
            .any(|passage| passage.chars.start < chars.end && chars.start < passage.chars.end);
        if chars.len() > 1 && !taken {
            self.last = Some(speaker);
            self.found.push(Passage { speaker, chars });
        }
    }

    /// The words that begin there: to the end of the sentence, or to where another takes over.
    fn words_from(&self, start: usize, speaker: usize) -> Range<usize> {
        let page = self.page;
        let mut at = start;
        while at < page.chars.len() {
            if let Some(quote) = self.quote_at(at) {
                at = quote.end;
                let whole = quote.start == start && (page.is_break(at) || self.person_at(at).is_some());
                if whole {
                    return start + 1..quote.end - 1;
                }
                continue;
            }
            let c = page.chars[at];
            if is_sentence_end(c) || is_clause_end(c) && at > start && self.takes_over(at + 1, speaker) {
                break;
            }
            at += 1;
        }
        start..at
    }

    /// Whether another person, or somebody unnamed who speaks, is the subject of the clause that begins there.
    fn takes_over(&self, start: usize, speaker: usize) -> bool {
        let others = |at: usize| self.name_of(at) != self.name_of(speaker);
        if self.person_at(start).is_some_and(others) {
            return true;
        }
        // 民政事务总署表示乐见其成: a body speaks.
        let next = self.mentions.partition_point(|span| span.chars.start < start);
        let body = self.mentions.get(next).filter(|span| span.chars.start == start);
        if body.is_some_and(|span| self.page.words.longest_at(span.chars.end, Role::SAYS).is_some()) {
            return true;
        }
        let speaks = |at: usize| {
            let verb = self.page.words.longest_at(at, Role::SAYING)?;
            Some(matches!(self.page.char(verb.end), ',' | ':' | '“' | '「'))
        };
        (start + 1..start + 4).take_while(|&at| !self.page.is_break(at)).any(|at| speaks(at) == Some(true))
            && self.page.char(start) != '他'
    }

    /// Who is the subject of the verb at a place, as a mention.
    fn subject(&self, verb: usize) -> Option<usize> {
        let clause = self.clause.min(verb);
        let near = clause.max(verb.saturating_sub(FARTHEST));
        let before = self.people_between(near, verb);
        let addressed = |index: &&usize| {
            let start = self.mentions[**index].chars.start;
            start > 0 && "对向与同跟给被问把".contains(self.page.chars[start - 1])
        };
        let chosen = before.iter().rev().find(|index| !addressed(index)).or(before.last());
        if let Some(&index) = chosen {
            return Some(index);
        }
        let clause = &self.page.chars[clause..verb];
        let pronoun = clause.iter().position(|&c| matches!(c, '他' | '她'));
        if pronoun.is_some_and(|at| clause.get(at + 1) != Some(&'们')) {
            return self
                .people_between(self.sentence, verb)
                .last()
                .copied()
                .or(self.last)
                .or_else(|| self.earlier(verb));
        }
        // 韩局长引用第三条，称下半年…: the clause before has the subject.
        let bare = clause.is_empty() && self.clause > self.sentence;
        let sentence = if bare { self.people_between(self.sentence, verb) } else { Vec::new() };
        sentence.first().copied()
    }

    fn earlier(&self, verb: usize) -> Option<usize> {
        self.people_between(verb.saturating_sub(200), verb).last().copied()
    }

    /// People mentioned between two places, in order.
    fn people_between(&self, start: usize, end: usize) -> Vec<usize> {
        let first = self.mentions.partition_point(|span| span.chars.start < start);
        let within = self.mentions[first..].iter().enumerate().take_while(|(_, span)| span.chars.end <= end);
        within.filter(|(_, span)| span.kind == EntityKind::Person).map(|(index, _)| first + index).collect()
    }

    fn person_at(&self, start: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|span| span.chars.start < start);
        self.mentions.get(index).filter(|span| span.chars.start == start && span.kind == EntityKind::Person)?;
        Some(index)
    }

    /// What tells a speaker from another.
    fn name_of(&self, mention: usize) -> String {
        let span = &self.mentions[mention];
        span.value.clone().unwrap_or_else(|| self.page.chars[span.chars.clone()].iter().collect())
    }

    fn quote_at(&self, at: usize) -> Option<Range<usize>> {
        let index = self.quotes.binary_search_by_key(&at, |quote| quote.start).ok()?;
        Some(self.quotes[index].clone())
    }

    /// Sentences that follow in the same paragraph go on with what was demanded, up to the last that demands and as long
    /// as nobody is named: 要认真落实…。要着力解决….
    fn continued(&mut self) {
        let mut more = Vec::new();
        for (index, passage) in self.found.iter().enumerate() {
            let limit = self.found.get(index + 1).map_or(self.page.chars.len(), |next| next.chars.start);
            let (mut start, mut waiting) = (passage.chars.end + 1, Vec::new());
            while self.page.char(start - 1) == '。' && start < limit && self.page.char(start) != '\n' {
                let end = self.words_from(start, passage.speaker).end;
                if end > limit || !self.people_between(start, end).is_empty() || end <= start {
                    break;
                }
                waiting.push(Passage { speaker: passage.speaker, chars: start..end });
                if self.is_demand(start) {
                    more.append(&mut waiting);
                }
                start = end + 1;
            }
        }
        self.found.extend(more);
    }

    /// Whether the sentence that begins there says what has to be done, in its first clause.
    fn is_demand(&self, start: usize) -> bool {
        let clause = (start..self.page.chars.len()).take(20).take_while(|&at| !is_clause_end(self.page.chars[at]));
        let range = start..clause.last().map_or(start, |at| at + 1);
        let has = |cue: &[char]| self.page.chars[range.clone()].windows(cue.len()).any(|window| window == cue);
        let demands = has(&['要']) || has(&['必', '须']);
        let plain = !has(&['要', '求']) && !has(&['主', '要']) && !has(&['需', '要']) && !has(&['重', '要']);
        demands && plain && self.people_between(range.start, range.end).is_empty()
    }
}

/// Quotations of double marks, the marks included, in order; those inside another are left out.
fn quotes(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, &c) in page.chars.iter().enumerate() {
        match open {
            None => open = closing(c).map(|mark| (at, mark)),
            Some((start, mark)) if c == mark => {
                found.push(start..at + 1);
                open = None;
            }
            // A mark never closed ends with its paragraph.
            Some(_) if c == '\n' => open = None,
            Some(_) => {}
        }
    }
    found
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '「' => '」',
        '"' => '"',
        _ => return None,
    })
}

/// Whether a quotation holds a whole sentence, by the mark before its end.
fn is_closed_sentence(page: &Page<'_>, quote: &Range<usize>) -> bool {
    quote.len() > 2 && matches!(page.chars[quote.end - 2], '。' | '!' | '?' | ',' | '…' | '.')
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '\n')
}

fn is_clause_end(c: char) -> bool {
    Traits::of(c).has(Traits::CLAUSE)
}
