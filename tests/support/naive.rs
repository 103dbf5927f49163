//! A backend that is a row of entries and a scan: what a snapshot must answer, with nothing clever about it. It reads
//! the streams at their blanks, compares tokens one by one and counts what it sees. Which cases it is held to is left
//! to the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use xunzhang::document::{Document, Entities, EntityKind, Entry, Streams};
use xunzhang::index::{
    Ask, Backend, Candidate, Column, Counts, Found, IndexError, Place, Receipt, Row as RowOf, Shape, Sketched,
    Snapshot, State, Stream, TermPattern, WordCount, WordCounts, WordWeight, Writer,
};
use xunzhang::query::{Chain, DateRange, Field, Meaning, Piece, Proximity, Term};

use order::{compare, count, in_body, order_of, score, values};

#[path = "naive_order.rs"]
mod order;

/// Parts the name of a key from a token of its value, in the stream of `extra`.
const NAME_END: char = '\u{1}';

/// What is committed, and whether somebody writes.
#[derive(Clone, Default)]
pub struct Naive {
    committed: Arc<Mutex<Arc<Row>>>,
    written: Arc<AtomicBool>,
}

/// The entries of one commit.
#[derive(Clone, Default)]
struct Row {
    number: u64,
    entries: Vec<Entry>,
    parts: BTreeMap<String, Vec<u8>>,
    state: State,
}

struct NaiveWriter {
    naive: Naive,
    draft: Mutex<Vec<Entry>>,
    parts: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Naive {
    fn committed(&self) -> Arc<Row> {
        self.committed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Backend for Naive {
    fn writer(&self, _threads: usize, _memory: usize) -> Result<Box<dyn Writer>, IndexError> {
        if self.written.swap(true, SeqCst) {
            return Err(IndexError::Locked { owner: String::new() });
        }
        let committed = self.committed();
        let (draft, parts) = (Mutex::new(committed.entries.clone()), Mutex::new(committed.parts.clone()));
        Ok(Box::new(NaiveWriter { naive: self.clone(), draft, parts }))
    }

    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError> {
        Ok(self.committed())
    }
}

impl NaiveWriter {
    fn draft(&self) -> std::sync::MutexGuard<'_, Vec<Entry>> {
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer for NaiveWriter {
    fn add(&self, entries: &[Entry]) -> Result<(), IndexError> {
        self.draft().extend_from_slice(entries);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), IndexError> {
        self.draft().retain(|entry| entry.document.key() != key);
        Ok(())
    }

    fn remove_file(&self, file_key: &str) -> Result<(), IndexError> {
        self.draft().retain(|entry| entry.document.origin.file_key() != file_key);
        Ok(())
    }

    fn attach(&self, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), bytes.to_owned());
        Ok(())
    }

    fn commit(&mut self, state: &State) -> Result<Receipt, IndexError> {
        let number = self.naive.committed().number + 1;
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        parts.retain(|name, _| state.parts.iter().any(|part| part.name == *name));
        let row = Row { number, entries: self.draft().clone(), parts, state: state.clone() };
        *self.naive.committed.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(row);
        Ok(Receipt { commit: number })
    }

    fn purge(&mut self) -> Result<(), IndexError> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), IndexError> {
        Ok(())
    }
}

impl Drop for NaiveWriter {
    fn drop(&mut self) {
        self.naive.written.store(false, SeqCst);
    }
}

impl Row {
    fn entry(&self, place: Place) -> &Entry {
        &self.entries[place.0 as usize]
    }

    fn places(&self, mut wanted: impl FnMut(&Document) -> bool) -> Vec<Place> {
        (0..)
            .map(Place)
            .zip(&self.entries)
            .filter(|(_, entry)| wanted(&entry.document))
            .map(|(place, _)| place)
            .collect()
    }

    /// How rare each word is: ln(1 + (N - n + .5) / (n + .5)).
    fn rarities(&self, words: &[WordWeight]) -> Vec<f32> {
        let having = |word: &WordWeight| self.entries.iter().filter(|entry| in_body(entry, word) > 0).count() as f32;
        let all = self.entries.len() as f32;
        words.iter().map(having).map(|having| (1.0 + (all - having + 0.5) / (having + 0.5)).ln()).collect()
    }
}

impl Snapshot for Row {
    fn state(&self) -> &State {
        &self.state
    }

    fn part(&self, name: &str) -> Result<Vec<u8>, IndexError> {
        let part = self.parts.get(name).cloned();
        part.ok_or_else(|| IndexError::Read { reason: format!("there is no part {name}") })
    }

    fn counts(&self) -> Result<Counts, IndexError> {
        let count = |wanted: fn(&Document) -> bool| self.places(wanted).len() as u64;
        let bytes = |entry: &Entry| (entry.document.title.len() + entry.document.body.len()) as u64;
        Ok(Counts {
            documents: self.entries.len() as u64,
            with_losses: count(|document| !document.losses.is_empty()),
            undated: count(|document| document.date.is_none()),
            inferred: count(|document| document.date.is_some_and(|date| date.inferred)),
            with_rest: self.entries.iter().filter(|entry| !entry.streams.rest.is_empty()).count() as u64,
            han: self.entries.iter().map(|entry| entry.streams.han).sum(),
            bytes: self.entries.iter().map(bytes).sum(),
        })
    }

    fn search(&self, ask: &Ask<'_>) -> Result<Found, IndexError> {
        let rarities = self.rarities(ask.words);
        let whole: f32 = ask.words.iter().zip(&rarities).map(|(word, rarity)| word.weight * rarity).sum();
        let mut found = Found { ideal: whole, ..Found::default() };
        for (place, entry) in (0..).map(Place).zip(&self.entries) {
            if ask.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(IndexError::Deadline);
            }
            let (score, share) = score(entry, ask, &rarities);
            let enough = ask.minimum == 0.0 || (share > 0.0 && share >= ask.minimum * whole);
            let late = ask.indexed_after.is_none_or(|after| entry.document.indexed_at.is_some_and(|at| at > after));
            if !matches(entry, ask.meaning)? || !enough || !late {
                continue;
            }
            if let Some((days, undated)) = &ask.dates {
                let range = DateRange { first: Some(*days.start()), last: Some(*days.end()) };
                if entry.document.date.is_none() && !undated {
                    found.undated_left_out += 1;
                }
                if !overlaps(entry, &range).unwrap_or(*undated) {
                    continue;
                }
            }
            let is_inferred = entry.document.date.is_some_and(|date| date.inferred);
            found.inferred += u64::from(ask.decides_by_date() && is_inferred);
            let date = entry.document.date.map(|date| date.first);
            let order = order_of(entry);
            let latest = self.entries.iter().filter_map(|entry| entry.document.date).map(|date| date.first).max();
            let age = date.zip(latest).map(|(date, latest)| (latest.0 - date.0) as u32);
            let score = ask.freshness.map_or(score, |freshness| score * freshness.kept(age));
            found.candidates.push(Candidate { place, score, date, age, order });
        }
        found.total = found.candidates.len() as u64;
        for group in found.candidates.iter().filter_map(|candidate| ask.groups?.get(&candidate.order)) {
            *found.groups.entry(*group).or_default() += 1;
        }
        found.candidates.sort_by(|a, b| compare(ask.sort, a, b));
        found.candidates.truncate(ask.limit);
        Ok(found)
    }

    fn fetch(&self, places: &[Place]) -> Result<Vec<Document>, IndexError> {
        Ok(places.iter().map(|place| self.entry(*place).document.clone()).collect())
    }

    fn entities(&self, places: &[Place]) -> Result<Vec<Entities>, IndexError> {
        Ok(places.iter().map(|place| self.entry(*place).entities.clone()).collect())
    }

    fn ids(&self, places: &[Place]) -> Result<Vec<String>, IndexError> {
        let id = |place: &Place| {
            let document = &self.entry(*place).document;
            let label = document.label();
            let ambiguous = self.places(|other| other.label() == label).len() > 1;
            if ambiguous { format!("{}#{label}", document.origin.place()) } else { label }
        };
        Ok(places.iter().map(id).collect())
    }

    fn find(&self, id: &str) -> Result<Vec<Place>, IndexError> {
        let here = |document: &Document| format!("{}#{}", document.origin.place(), document.label());
        let names: [&dyn Fn(&Document) -> bool; 4] = [
            &|document| document.label() == id,
            &|document| here(document) == id,
            &|document| document.key() == id,
            &|document| document.origin.place() == id,
        ];
        Ok(names.iter().map(|named| self.places(named)).find(|places| !places.is_empty()).unwrap_or_default())
    }

    fn frequencies(&self, stream: Stream, terms: &[&str]) -> Result<Vec<u64>, IndexError> {
        let tokens = |entry: &Entry| match stream {
            Stream::Text => entry.streams.text.clone(),
            Stream::BodyWords => entry.streams.body_words.clone(),
            Stream::TitleWords => entry.streams.title_words.clone(),
            Stream::Names(kind) => names(entry, kind).to_owned(),
        };
        let holds = |term: &str| self.entries.iter().filter(|entry| count(&tokens(entry), term) > 0).count() as u64;
        Ok(terms.iter().map(|term| holds(term)).collect())
    }

    fn sketches(&self, visit: &mut dyn FnMut(&Sketched<'_>)) -> Result<(), IndexError> {
        for (place, entry) in (0..).map(Place).zip(&self.entries) {
            let (day, Streams { sketch, lines, .. }) = (entry.document.date.map(|date| date.first), &entry.streams);
            visit(&Sketched { place, order: order_of(entry), day, sketch, lines });
        }
        Ok(())
    }

    fn ordered(&self, orders: &[u64]) -> Result<Vec<Option<Place>>, IndexError> {
        let place = |order: &u64| Some(Place(self.entries.iter().position(|entry| order_of(entry) == *order)? as u64));
        Ok(orders.iter().map(place).collect())
    }

    fn scan(&self, after: Option<Place>, limit: usize) -> Result<Vec<(Place, Document)>, IndexError> {
        let documents = self.entries.iter().map(|entry| entry.document.clone());
        let behind = |(place, _): &(Place, Document)| after.is_none_or(|after| *place > after);
        Ok((0..).map(Place).zip(documents).filter(behind).take(limit).collect())
    }

    fn rows(
        &self,
        column: Option<&Column>,
        within: Option<&[Place]>,
        visit: &mut dyn FnMut(&RowOf<'_>),
    ) -> Result<Vec<String>, IndexError> {
        let mut known: Vec<String> = Vec::new();
        for (place, entry) in (0..).map(Place).zip(&self.entries) {
            if within.is_some_and(|within| !within.contains(&place)) {
                continue;
            }
            let mut numbers: Vec<u32> = Vec::new();
            for value in values(entry, column) {
                let number = known.iter().position(|other| *other == value).unwrap_or(known.len());
                if number == known.len() {
                    known.push(value);
                }
                if !numbers.contains(&(number as u32)) {
                    numbers.push(number as u32);
                }
            }
            let document = &entry.document;
            let days = document.date.map(|date| (date.first, date.last));
            let indexed_at = document.indexed_at.unwrap_or_default();
            let inferred = document.date.is_some_and(|date| date.inferred);
            visit(&RowOf { place, days, inferred, han: entry.streams.han, indexed_at, values: &numbers });
        }
        Ok(known)
    }

    fn positions(
        &self,
        unigrams: &[&str],
        places: &[Place],
        _deadline: Option<Instant>,
        visit: &mut dyn FnMut(usize, usize, &[u32]),
    ) -> Result<(), IndexError> {
        for (at, place) in places.iter().enumerate() {
            for (number, unigram) in unigrams.iter().enumerate() {
                let tokens = (0..).zip(self.entry(*place).streams.text.split_ascii_whitespace());
                let positions: Vec<u32> =
                    tokens.filter(|(_, token)| token == unigram).map(|(position, _)| position).collect();
                if !positions.is_empty() {
                    visit(at, number, &positions);
                }
            }
        }
        Ok(())
    }

    fn occurrences(&self, terms: &[&Term], within: &[Place]) -> Result<Vec<u64>, IndexError> {
        let of_place = |place: &Place| {
            let counts: Result<Vec<usize>, IndexError> =
                terms.iter().map(|term| occurrences(self.entry(*place), term)).collect();
            Ok(counts?.iter().sum::<usize>() as u64)
        };
        within.iter().map(of_place).collect()
    }

    fn word_counts(&self, sets: [&[Place]; 2]) -> Result<WordCounts, IndexError> {
        let mut counts = WordCounts::default();
        for (place, entry) in (0..).map(Place).zip(&self.entries) {
            let one = WordCount { all: 1, in_sets: sets.map(|set| u64::from(set.contains(&place))) };
            let words = format!("{} {}", entry.streams.title_words, entry.streams.body_words);
            for word in words.split_ascii_whitespace() {
                counts.tokens.add(one);
                counts.words.entry(word.to_owned()).or_default().add(one);
            }
        }
        counts.words.retain(|_, count| count.in_sets != [0, 0]);
        Ok(counts)
    }

    fn shapes(&self, places: &[Place]) -> Result<Vec<Shape>, IndexError> {
        let shape = |streams: &Streams| Shape { han: streams.han, lines: streams.lines.clone() };
        Ok(places.iter().map(|place| shape(&self.entry(*place).streams)).collect())
    }

    fn terms(&self, pattern: &TermPattern, limit: usize) -> Result<Vec<(String, u64)>, IndexError> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for stream in self.entries.iter().flat_map(|entry| [&entry.streams.body_words, &entry.streams.title_words]) {
            let words: BTreeSet<&str> = stream.split_ascii_whitespace().filter(|word| pattern.fits(word)).collect();
            words.into_iter().for_each(|word| *counts.entry(word.to_owned()).or_default() += 1);
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.truncate(limit);
        Ok(counts)
    }
}

/// The names of a kind that a document has.
fn names(entry: &Entry, kind: EntityKind) -> &str {
    entry.streams.names.iter().find(|(own, _)| *own == kind).map_or("", |(_, stream)| stream)
}

fn matches(entry: &Entry, meaning: &Meaning) -> Result<bool, IndexError> {
    Ok(match meaning {
        Meaning::Term(term) => occurrences(entry, term)? > 0,
        Meaning::And(parts) => {
            let all: Result<Vec<bool>, IndexError> = parts.iter().map(|part| matches(entry, part)).collect();
            all?.iter().all(|holds| *holds)
        }
        Meaning::Or(parts) => {
            let all: Result<Vec<bool>, IndexError> = parts.iter().map(|part| matches(entry, part)).collect();
            all?.contains(&true)
        }
        Meaning::Not(part) => !matches(entry, part)?,
        Meaning::Dates(range) => overlaps(entry, range) == Some(true),
        Meaning::Near(chain) => holds(entry, chain)?,
        Meaning::Everything => true,
        other => return Err(IndexError::Read { reason: format!("the scan does not know {other:?}") }),
    })
}

/// Whether the document's days overlap the range; `None` where it has no date.
fn overlaps(entry: &Entry, range: &DateRange) -> Option<bool> {
    let date = entry.document.date?;
    Some(range.first.is_none_or(|first| date.last >= first) && range.last.is_none_or(|last| date.first <= last))
}

/// How often the term stands in its stream, unigram by unigram.
fn occurrences(entry: &Entry, term: &Term) -> Result<usize, IndexError> {
    let document = &entry.document;
    Ok(match &term.field {
        Field::Word => {
            let word: String = term.tokens().collect();
            count(&entry.streams.title_words, &word) + count(&entry.streams.body_words, &word)
        }
        Field::Exact if spans(entry, term)?.is_empty() => 0,
        Field::Exact => document.title.matches(&term.written).count() + document.body.matches(&term.written).count(),
        _ => {
            let mut starts: Vec<usize> = spans(entry, term)?.into_iter().map(|(start, _)| start).collect();
            starts.dedup();
            starts.len()
        }
    })
}

/// The stream that holds a field, how much of it counts, and what stands before every token.
fn stream<'a>(entry: &'a Entry, field: &Field) -> Result<(Vec<&'a str>, String), IndexError> {
    let streams = &entry.streams;
    let (stream, name) = match field {
        Field::Text | Field::Title | Field::Exact => (streams.text.as_str(), String::new()),
        Field::Source => (streams.source.as_str(), String::new()),
        Field::Author => (streams.authors.as_str(), String::new()),
        Field::Path => (streams.path.as_str(), String::new()),
        Field::Url => (streams.url.as_str(), String::new()),
        Field::Rest => (streams.rest.as_str(), String::new()),
        Field::Extra(name) => (streams.extra.as_str(), format!("{name}{NAME_END}")),
        Field::Said => (streams.said.as_str(), String::new()),
        other => match other.kind() {
            Some(kind) => (names(entry, kind), String::new()),
            None => return Err(IndexError::Field { field: other.name().to_owned() }),
        },
    };
    let mut tokens: Vec<&str> = stream.split_ascii_whitespace().collect();
    if *field == Field::Title {
        tokens.truncate(streams.title_length as usize);
    }
    Ok((tokens, name))
}

/// Start and end of every occurrence, in order.
fn spans(entry: &Entry, term: &Term) -> Result<Vec<(usize, usize)>, IndexError> {
    let (tokens, name) = stream(entry, &term.field)?;
    let of_key = |token: &&str| token.strip_prefix(name.as_str()).unwrap_or("\u{0}").to_owned();
    let tokens: Vec<String> = tokens.iter().map(of_key).collect();
    let ends = |start| ends(&tokens, &term.unigrams, start).into_iter().map(move |end| (start, end));
    let mut spans: Vec<(usize, usize)> = (0..tokens.len()).flat_map(ends).collect();
    spans.sort_unstable();
    spans.dedup();
    Ok(spans)
}

fn is_mark(token: &str) -> bool {
    matches!(token, "，" | "。" | "¶")
}

/// Where a string of pieces may end that begins at `start`.
fn ends(tokens: &[String], pieces: &[Piece], start: usize) -> Vec<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return vec![start] };
    if *piece == Piece::Gap {
        let inside = |gap: &usize| tokens[start..].iter().take(*gap).filter(|token| !is_mark(token)).count() == *gap;
        return (0..=8).filter(inside).flat_map(|gap| ends(tokens, rest, start + gap)).collect();
    }
    let fits = tokens.get(start).is_some_and(|token| match piece {
        Piece::Token(wanted) => token == wanted,
        Piece::AnyMark => is_mark(token),
        Piece::Pattern(pattern) => fits(&pattern.chars().collect::<Vec<_>>(), &token.chars().collect::<Vec<_>>()),
        _ => !is_mark(token),
    });
    if fits { ends(tokens, rest, start + 1) } else { Vec::new() }
}

fn fits(pattern: &[char], token: &[char]) -> bool {
    match (pattern.split_first(), token.split_first()) {
        (None, token) => token.is_none(),
        (Some(('*', rest)), None) => fits(rest, token),
        (Some(('*', rest)), Some((_, tail))) => fits(rest, token) || fits(pattern, tail),
        (Some((sign, rest)), Some((c, tail))) => (*sign == '?' || sign == c) && fits(rest, tail),
        (Some(_), None) => false,
    }
}

/// Whether the chain holds, tried with every pair of neighbours.
fn holds(entry: &Entry, chain: &Chain) -> Result<bool, IndexError> {
    let all = |terms: &[Term]| -> Result<Vec<(usize, usize)>, IndexError> {
        let spans: Result<Vec<_>, IndexError> = terms.iter().map(|term| spans(entry, term)).collect();
        Ok(spans?.concat())
    };
    let field = if chain.first[0].field == Field::Title { Field::Text } else { chain.first[0].field.clone() };
    let (tokens, name) = stream(entry, &field)?;
    let mut reached = all(&chain.first)?;
    for (proximity, terms) in &chain.rest {
        let related = |(a, b): (&(usize, usize), &(usize, usize))| {
            let (ordered, one, two) = if a <= b { (true, a, b) } else { (false, b, a) };
            let clear = |marks: &[&str]| {
                tokens[one.0..two.1].iter().all(|token| !marks.contains(&token.trim_start_matches(name.as_str())))
            };
            one.1 <= two.0
                && match proximity {
                    Proximity::Near(most) => two.0 - one.1 <= usize::from(*most),
                    Proximity::Within(most) => ordered && two.0 - one.1 <= usize::from(*most),
                    Proximity::Sentence => clear(&["。", "¶"]),
                    Proximity::Paragraph => clear(&["¶"]),
                }
        };
        let next = all(terms)?;
        reached = next.into_iter().filter(|b| reached.iter().any(|a| related((a, b)))).collect();
    }
    Ok(!reached.is_empty())
}
