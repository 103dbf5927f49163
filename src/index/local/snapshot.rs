//! The documents of one commit, as they are asked for.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Instant;

use tantivy::directory::Directory;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term};

use super::collecting::{Collector, address, place};
use super::folder::Folder;
use super::glob::Expansions;
use super::matching::{Clock, Days, Matcher, posted, terms};
use super::mentions::recalled;
use super::packed::text;
use super::phrase::positions;
use super::rows::{Values, by_segment};
use super::schema::Fields;
use super::scoring::{Scorer, add_strings};
use super::tally::Members;
use super::terms::matching_terms;
use super::writer::{INFERRED, LOSSES, REST, UNDATED, cut, unhex};
use super::{part, read};
use crate::document::{Day, Document, Entities, Pairs};
use crate::index::{
    Ask, Column, Counts, Found, IndexError, Place, Row, Shape, Sketched, Snapshot, State, Stream, TermPattern,
    WordCounts,
};
use crate::query::{self, Meaning};

/// A [`Snapshot`] of a local index.
pub(super) struct LocalSnapshot {
    searcher: Searcher,
    fields: Fields,
    state: State,
    folder: Folder,
    counts: OnceLock<Counts>,
    pairs: Pairs,
}

impl LocalSnapshot {
    pub fn open(index: &Index, fields: Fields, state: State, folder: Folder) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader.try_into()?;
        let pairs = Pairs::new(&state.pairs);
        Ok(Self { searcher: reader.searcher(), fields, state, folder, counts: OnceLock::new(), pairs })
    }

    fn segments(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        (0..).zip(self.searcher.segment_readers())
    }

    fn matcher<'a>(&'a self, reader: &'a SegmentReader, clock: &'a Clock, expansions: &'a Expansions) -> Matcher<'a> {
        Matcher { reader, fields: self.fields, clock, pairs: &self.pairs, expansions, strings: Vec::new() }
    }

    /// Live documents of a term of a whole string.
    fn places(&self, field: Field, text: &str) -> Result<Vec<Place>, IndexError> {
        self.places_of(&Term::from_field_text(field, cut(text)))
    }

    fn places_of(&self, term: &Term) -> Result<Vec<Place>, IndexError> {
        let mut places = Vec::new();
        for (segment, reader) in self.segments() {
            let inverted = reader.inverted_index(term.field()).map_err(read)?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic).map_err(read)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    places.push(place(segment, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(places)
    }

    /// The live document whose key begins so.
    fn place_of(&self, order: u64) -> Result<Option<Place>, IndexError> {
        let begin = order.to_be_bytes();
        for (_, reader) in self.segments() {
            let keys = reader.inverted_index(self.fields.key).map_err(read)?;
            let mut from = keys.terms().range().ge(begin).into_stream().map_err(read)?;
            while from.advance() && from.key().starts_with(&begin) {
                let live = self.places_of(&Term::from_field_bytes(self.fields.key, from.key()))?;
                if let Some(place) = live.first() {
                    return Ok(Some(*place));
                }
            }
        }
        Ok(None)
    }

    fn count(&self) -> Result<Counts, IndexError> {
        let mut counts = Counts { documents: self.searcher.num_docs(), ..Counts::default() };
        counts.with_losses = self.places(self.fields.flags, LOSSES)?.len() as u64;
        counts.undated = self.places(self.fields.flags, UNDATED)?.len() as u64;
        counts.inferred = self.places(self.fields.flags, INFERRED)?.len() as u64;
        counts.with_rest = self.places(self.fields.flags, REST)?.len() as u64;
        for (_, reader) in self.segments() {
            let column = |name| reader.fast_fields().u64(name).map_err(read);
            let (han, bytes) = (column("han")?, column("bytes")?);
            for doc in reader.doc_ids_alive() {
                counts.han += han.first(doc).unwrap_or_default();
                counts.bytes += bytes.first(doc).unwrap_or_default();
            }
        }
        Ok(counts)
    }

    /// For each term of the query, its weight times how telling its rarest unigram is.
    fn weigh(&self, meaning: &Meaning, weights: &mut Vec<f32>) -> Result<(), IndexError> {
        match meaning {
            Meaning::Term(term) => weights.push(term.weight * self.rarity(std::iter::once(term))?),
            Meaning::Near(chain) => {
                let heaviest = chain.terms().map(|term| term.weight).fold(0.0, f32::max);
                weights.push(heaviest * self.rarity(chain.terms())?);
            }
            Meaning::And(parts) | Meaning::Or(parts) => {
                for part in parts {
                    self.weigh(part, weights)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The latest first day of any document, also of one that was deleted.
    fn latest(&self) -> Result<Day, IndexError> {
        let mut latest = i64::from(i32::MIN);
        for (_, reader) in self.segments() {
            let days = reader.fast_fields().i64("first_day").map_err(read)?;
            if days.num_docs() > 0 {
                latest = latest.max(days.max_value());
            }
        }
        Ok(Day(latest as i32))
    }

    /// How telling the rarest unigram of terms is that stand in the text, or the rarest name that was recognised.
    fn rarity<'a>(&self, terms: impl Iterator<Item = &'a query::Term>) -> Result<f32, IndexError> {
        let all = self.searcher.num_docs() as f32;
        let mut rarest = all;
        for term in terms.filter(|term| term.field.is_in_text() || term.field.is_recognised()) {
            let field = posted(&self.fields, &term.field)?;
            for token in term.tokens() {
                let documents = self.searcher.doc_freq(&Term::from_field_text(field, token)).map_err(read)?;
                rarest = rarest.min(documents as f32);
            }
        }
        Ok((1.0 + (all - rarest + 0.5).max(0.0) / (rarest + 0.5)).ln())
    }

    fn fetch_one(&self, place: Place) -> Result<Document, IndexError> {
        let (segment, doc) = address(place);
        let stored: TantivyDocument = self.searcher.doc(DocAddress::new(segment, doc)).map_err(read)?;
        let facts = stored.get_first(self.fields.facts);
        let facts = facts.as_ref().and_then(Value::as_bytes).unwrap_or_default();
        let mut document: Document = serde_json::from_slice(facts).map_err(read)?;
        document.title = text(&stored, self.fields.stored_title)?;
        document.body = text(&stored, self.fields.stored_body)?;
        Ok(document)
    }
}

impl Snapshot for LocalSnapshot {
    fn state(&self) -> &State {
        &self.state
    }

    fn part(&self, name: &str) -> Result<Vec<u8>, IndexError> {
        self.folder.atomic_read(&part(name)).map_err(read)
    }

    fn counts(&self) -> Result<Counts, IndexError> {
        if let Some(counts) = self.counts.get() {
            return Ok(*counts);
        }
        let counts = self.count()?;
        Ok(*self.counts.get_or_init(|| counts))
    }

    fn search(&self, ask: &Ask<'_>) -> Result<Found, IndexError> {
        let clock = Clock::new(ask.deadline);
        let scorer = Scorer::new(&self.searcher, self.fields, ask.words, ask.minimum)?;
        let mut weights = Vec::with_capacity(terms(ask.meaning));
        self.weigh(ask.meaning, &mut weights)?;
        let expansions = Expansions::new(&self.searcher, &self.fields, ask.meaning)?;
        let mut collector = Collector::new(ask, self.latest()?);
        let (mut undated_left_out, mut inferred) = (0, 0);
        let by_date = ask.decides_by_date();
        for (segment, reader) in self.segments() {
            let mut matcher = self.matcher(reader, &clock, &expansions);
            // Where the words alone decide, no row of all documents is made first.
            let free = ask.minimum > 0.0 && *ask.meaning == Meaning::Everything;
            let docs = if free { None } else { Some(matcher.matching(ask.meaning, None, &mut 0)?) };
            let mut scored = scorer.score(reader, self.fields, docs, &clock)?;
            add_strings(&mut scored, &matcher.strings, &weights);
            let days = by_date.then(|| Days::open(reader)).transpose()?;
            let indexed =
                ask.indexed_after.map(|_| reader.fast_fields().i64("indexed_at").map_err(read)).transpose()?;
            let mut stays = |doc: DocId| {
                if let (Some(after), Some(indexed)) = (ask.indexed_after, &indexed)
                    && indexed.first(doc).is_none_or(|at| at <= after)
                {
                    return false;
                }
                let Some(days) = &days else { return true };
                let Some((range, undated)) = &ask.dates else {
                    inferred += u64::from(!reader.is_deleted(doc) && days.is_inferred(doc));
                    return true;
                };
                let Some((first, last)) = days.of(doc) else {
                    undated_left_out += u64::from(!undated);
                    return *undated;
                };
                let stays = first <= *range.end() && last >= *range.start();
                inferred += u64::from(stays && days.is_inferred(doc));
                stays
            };
            let live = scored.into_iter().filter(|&(doc, _)| !reader.is_deleted(doc) && stays(doc));
            collector.take(segment, reader, live)?;
        }
        let (total, groups) = (collector.total, std::mem::take(&mut collector.groups));
        let (ideal, candidates) = (scorer.ideal(), collector.finish());
        Ok(Found { total, undated_left_out, inferred, ideal, groups, candidates })
    }

    fn fetch(&self, places: &[Place]) -> Result<Vec<Document>, IndexError> {
        places.iter().map(|&place| self.fetch_one(place)).collect()
    }

    fn entities(&self, places: &[Place]) -> Result<Vec<Entities>, IndexError> {
        let of = |&place: &Place| {
            let (segment, doc) = address(place);
            let stored: TantivyDocument = self.searcher.doc(DocAddress::new(segment, doc)).map_err(read)?;
            let mentions = stored.get_first(self.fields.mentions);
            let mentions = mentions.as_ref().and_then(Value::as_bytes);
            mentions.map_or(Ok(Entities::default()), recalled)
        };
        places.iter().map(of).collect()
    }

    fn ids(&self, places: &[Place]) -> Result<Vec<String>, IndexError> {
        let mut ids = vec![String::new(); places.len()];
        let mut by_segment: HashMap<u32, Vec<(usize, DocId)>> = HashMap::new();
        for (at, &place) in places.iter().enumerate() {
            let (segment, doc) = address(place);
            by_segment.entry(segment).or_default().push((at, doc));
        }
        for (segment, wanted) in by_segment {
            let column = self.searcher.segment_reader(segment).fast_fields().str("id").map_err(read)?;
            let Some(column) = column else { continue };
            let mut ords: Vec<(u64, usize)> = Vec::with_capacity(wanted.len());
            for (at, doc) in wanted {
                ords.extend(column.term_ords(doc).next().map(|ord| (ord, at)));
            }
            ords.sort_unstable();
            let sorted: Vec<u64> = ords.iter().map(|(ord, _)| *ord).collect();
            let mut ats = ords.iter().map(|(_, at)| *at);
            let take = |bytes: &[u8]| {
                if let Some(at) = ats.next() {
                    ids[at] = String::from_utf8_lossy(bytes).into_owned();
                }
            };
            column.dictionary().sorted_ords_to_term_cb(&sorted, take).map_err(read)?;
        }
        for (id, &place) in ids.iter_mut().zip(places) {
            if self.searcher.doc_freq(&Term::from_field_text(self.fields.id, id)).map_err(read)? > 1
                && self.places(self.fields.id, id)?.len() > 1
            {
                *id = format!("{}#{id}", self.fetch_one(place)?.origin.place());
            }
        }
        Ok(ids)
    }

    fn find(&self, id: &str) -> Result<Vec<Place>, IndexError> {
        let named = self.places(self.fields.id, id)?;
        if !named.is_empty() {
            return Ok(named);
        }
        for (at, _) in id.match_indices('#') {
            let mut named = self.places(self.fields.id, &id[at + 1..])?;
            let documents = self.fetch(&named)?;
            let mut here = documents.iter().map(|document| document.origin.place() == id[..at]);
            named.retain(|_| here.next().unwrap_or_default());
            if !named.is_empty() {
                return Ok(named);
            }
        }
        let key = if id.len() == 32 { unhex(id) } else { Vec::new() };
        match key.len() {
            16 => self.places_of(&Term::from_field_bytes(self.fields.key, &key)),
            _ => self.places(self.fields.place, id),
        }
    }

    fn frequencies(&self, stream: Stream, terms: &[&str]) -> Result<Vec<u64>, IndexError> {
        let field = match stream {
            Stream::Text => self.fields.text,
            Stream::BodyWords => self.fields.body_words,
            Stream::TitleWords => self.fields.title_words,
            Stream::Names(kind) => match self.fields.names(kind) {
                Some(field) => field,
                None => return Ok(vec![0; terms.len()]),
            },
        };
        let frequency = |term: &&str| self.searcher.doc_freq(&Term::from_field_text(field, term)).map_err(read);
        terms.iter().map(frequency).collect()
    }

    fn scan(&self, after: Option<Place>, limit: usize) -> Result<Vec<(Place, Document)>, IndexError> {
        let behind = |place: &Place| after.is_none_or(|after| *place > after);
        let alive = |(segment, reader)| {
            let reader: &SegmentReader = reader;
            reader.doc_ids_alive().map(move |doc| place(segment, doc))
        };
        let first = after.map_or(0, |after| address(after).0);
        let places = self.segments().filter(|(segment, _)| *segment >= first).flat_map(alive).filter(behind);
        places.take(limit).map(|place| Ok((place, self.fetch_one(place)?))).collect()
    }

    fn rows(
        &self,
        column: Option<&Column>,
        within: Option<&[Place]>,
        visit: &mut dyn FnMut(&Row<'_>),
    ) -> Result<Vec<String>, IndexError> {
        let mut values = Values::new(column);
        let wanted = within.map(|within| by_segment(within, self.searcher.segment_readers().len()));
        for (segment, reader) in self.segments() {
            match &wanted {
                Some(wanted) => values.rows(segment, reader, &wanted[segment as usize], visit)?,
                None => values.rows(segment, reader, &reader.doc_ids_alive().collect::<Vec<_>>(), visit)?,
            }
        }
        Ok(values.finish())
    }

    fn word_counts(&self, sets: [&[Place]; 2]) -> Result<WordCounts, IndexError> {
        let mut counts = WordCounts::default();
        for (segment, reader) in self.segments() {
            let members = Members::new(segment, reader, sets);
            for field in [self.fields.title_words, self.fields.body_words] {
                members.count(reader, field, &mut counts)?;
            }
        }
        counts.words.retain(|_, count| count.in_sets != [0; 2]);
        Ok(counts)
    }

    fn shapes(&self, places: &[Place]) -> Result<Vec<Shape>, IndexError> {
        let columns = |(_, reader): (u32, &SegmentReader)| {
            let column = |name| reader.fast_fields().u64(name).map_err(read);
            Ok((column("han")?, column("lines")?))
        };
        let columns: Vec<_> = self.segments().map(columns).collect::<Result<_, IndexError>>()?;
        let of = |(segment, doc): (u32, DocId)| {
            let (han, lines) = columns.get(segment as usize)?;
            Some(Shape { han: han.first(doc).unwrap_or_default(), lines: lines.values_for_doc(doc).collect() })
        };
        Ok(places.iter().map(|&place| of(address(place)).unwrap_or_default()).collect())
    }

    fn sketches(&self, visit: &mut dyn FnMut(&Sketched<'_>)) -> Result<(), IndexError> {
        let (mut sketch, mut lines) = (Vec::new(), Vec::new());
        for (segment, reader) in self.segments() {
            let column = |name| reader.fast_fields().u64(name).map_err(read);
            let (orders, sketches, days) = (column("order")?, column("sketch")?, Days::open(reader)?);
            let all_lines = column("lines")?;
            for doc in reader.doc_ids_alive() {
                sketch.clear();
                sketch.extend(sketches.values_for_doc(doc));
                lines.clear();
                lines.extend(all_lines.values_for_doc(doc));
                let order = orders.first(doc).unwrap_or_default();
                let day = days.of(doc).map(|(first, _)| first);
                visit(&Sketched { place: place(segment, doc), order, day, sketch: &sketch, lines: &lines });
            }
        }
        Ok(())
    }

    fn ordered(&self, orders: &[u64]) -> Result<Vec<Option<Place>>, IndexError> {
        orders.iter().map(|order| self.place_of(*order)).collect()
    }

    fn terms(&self, pattern: &TermPattern, limit: usize) -> Result<Vec<(String, u64)>, IndexError> {
        matching_terms(&self.searcher, [self.fields.body_words, self.fields.title_words], pattern, limit)
    }

    fn positions(
        &self,
        unigrams: &[&str],
        places: &[Place],
        deadline: Option<Instant>,
        visit: &mut dyn FnMut(usize, usize, &[u32]),
    ) -> Result<(), IndexError> {
        let clock = Clock::new(deadline);
        let mut wanted: Vec<(Place, usize)> = places.iter().copied().zip(0..).collect();
        wanted.sort_unstable();
        for wanted in wanted.chunk_by(|(a, _), (b, _)| address(*a).0 == address(*b).0) {
            let reader = self.searcher.segment_reader(address(wanted[0].0).0);
            for (number, unigram) in unigrams.iter().enumerate() {
                let docs = wanted.iter().map(|(place, at)| (address(*place).1, *at));
                let term = Term::from_field_text(self.fields.text, unigram);
                positions(reader, &term, docs, &clock, |at, positions| visit(at, number, positions))?;
            }
        }
        Ok(())
    }

    fn occurrences(&self, terms: &[&query::Term], within: &[Place]) -> Result<Vec<u64>, IndexError> {
        let clock = Clock::new(None);
        let mut all = Vec::with_capacity(within.len());
        let meaning = Meaning::And(terms.iter().map(|&term| Meaning::Term(term.clone())).collect());
        let expansions = Expansions::new(&self.searcher, &self.fields, &meaning)?;
        let wanted = by_segment(within, self.searcher.segment_readers().len());
        for ((_, reader), docs) in self.segments().zip(wanted) {
            let matcher = self.matcher(reader, &clock, &expansions);
            let mut counts = vec![0; docs.len()];
            for term in terms {
                let found = matcher.occurrences(term, Some(&docs))?;
                let mut at = 0;
                for (doc, count) in found.docs.iter().zip(&found.counts) {
                    at += docs[at..].partition_point(|other| other < doc);
                    counts[at] += u64::from(*count);
                }
            }
            all.extend(counts);
        }
        Ok(all)
    }
}
