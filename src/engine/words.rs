//! The words of a query, which give the order and never the membership.
//!
//! A short query is cut by the index's own words: as good as jieba there, and no dictionary is loaded for it. A longer
//! one is cut by jieba.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use crate::analysis::{Segmenter, fold, is_function_word};
use crate::error::Error;
use crate::index::{Snapshot, Stream, WordWeight};
use crate::query::{Meaning, Piece, Term};

/// Queries of more unigrams are cut by jieba.
const MOST_UNIGRAMS: usize = 20;
/// Unigrams of the longest word that is looked for.
const LONGEST: usize = 8;
/// What a unigram costs that stands alone, beside what it costs as a word: characters are in more articles than
/// words, and would win everywhere.
const ALONE: f64 = 4.0;
/// Function words count half.
const FUNCTION: f32 = 0.5;

/// The terms of a query that a document may have: those in no `NOT`, in the order of the query.
pub(super) fn positive(meaning: &Meaning) -> Vec<&Term> {
    match meaning {
        Meaning::Term(term) => vec![term],
        Meaning::Near(chain) => chain.terms().collect(),
        Meaning::And(parts) | Meaning::Or(parts) => parts.iter().flat_map(positive).collect(),
        _ => Vec::new(),
    }
}

/// The terms among them that are text.
pub(super) fn of_text<'a>(terms: &[&'a Term]) -> Vec<&'a Term> {
    terms.iter().copied().filter(|term| term.field.is_in_text()).collect()
}

/// The distinct words of terms, each with its greatest weight.
pub(super) fn words(terms: &[&Term], snapshot: &dyn Snapshot, segmenter: &Segmenter) -> Result<Vec<WordWeight>, Error> {
    let mut words: Vec<WordWeight> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let unigrams: usize = terms.iter().map(|term| term.unigrams.len()).sum();
    for term in terms {
        let by_rule = unigrams <= MOST_UNIGRAMS || term.is_pattern();
        let cut = if by_rule { by_index(term, snapshot)? } else { by_jieba(term, segmenter) };
        for (text, unigram) in cut {
            let function = is_function_word(&text);
            // The commonest characters of all say nothing, and stand in every document.
            if function && unigram {
                continue;
            }
            let weight = term.weight * if function { FUNCTION } else { 1.0 };
            match numbers.entry(text) {
                Occupied(known) => words[*known.get()].weight = words[*known.get()].weight.max(weight),
                Vacant(new) => {
                    words.push(WordWeight { text: new.key().clone(), weight, unigram });
                    new.insert(words.len() - 1);
                }
            }
        }
    }
    Ok(words)
}

/// Words, and whether each is a single unigram.
type Cut = Vec<(String, bool)>;

fn by_jieba(term: &Term, segmenter: &Segmenter) -> Cut {
    let mut cut = Vec::new();
    segmenter.cut(&fold(&term.written), false, |word| cut.push((word.to_owned(), false)));
    let mut covered = cut.iter().map(|(word, _)| word.as_str()).collect::<String>();
    covered.retain(|c| !c.is_whitespace());
    for piece in &term.unigrams {
        if let Piece::Token(token) = piece
            && !covered.contains(token.as_str())
        {
            cut.push((token.clone(), true));
        }
    }
    cut
}

/// The cut with the least cost, where a word costs the logarithm of how rare it is.
fn by_index<'a>(term: &'a Term, snapshot: &dyn Snapshot) -> Result<Cut, Error> {
    let mut cut = Vec::new();
    for run in term.unigrams.split(|piece| !matches!(piece, Piece::Token(_))) {
        let token = |piece: &'a Piece| match piece {
            Piece::Token(token) => Some(token.as_str()),
            _ => None,
        };
        let tokens: Vec<&str> = run.iter().filter_map(token).collect();
        cut_run(&tokens, snapshot, &mut cut)?;
    }
    Ok(cut)
}

fn cut_run(tokens: &[&str], snapshot: &dyn Snapshot, cut: &mut Cut) -> Result<(), Error> {
    let mut spans = Vec::new();
    for start in 0..tokens.len() {
        for end in start + 1..=tokens.len().min(start + LONGEST) {
            spans.push((start, end, tokens[start..end].concat()));
        }
    }
    let candidates: Vec<&str> = spans.iter().map(|(.., text)| text.as_str()).collect();
    let frequencies = snapshot.frequencies(Stream::BodyWords, &candidates)?;
    let titles = snapshot.frequencies(Stream::TitleWords, &candidates)?;
    let unigrams = snapshot.frequencies(Stream::Text, tokens)?;
    let all = snapshot.counts()?.documents.max(1) as f64;
    let rarity = |documents: u64| (all / (documents as f64 + 0.5)).ln().max(0.0) + 0.1;
    // The best cut of the first n tokens: its cost, and where its last word begins.
    let mut best: Vec<(f64, usize, bool)> = vec![(0.0, 0, false)];
    for end in 1..=tokens.len() {
        let alone = best[end - 1].0 + rarity(unigrams[end - 1]) + ALONE;
        let mut least = (alone, end - 1, true);
        for (at, (start, ..)) in spans.iter().enumerate().filter(|(_, (_, last, _))| *last == end) {
            let documents = frequencies[at].max(titles[at]);
            let cost = best[*start].0 + rarity(documents);
            if documents > 0 && cost < least.0 {
                least = (cost, *start, false);
            }
        }
        best.push(least);
    }
    let mut found = Vec::new();
    let mut end = tokens.len();
    while end > 0 {
        let (_, start, unigram) = best[end];
        found.push((tokens[start..end].concat(), unigram));
        end = start;
    }
    cut.extend(found.into_iter().rev());
    Ok(())
}
