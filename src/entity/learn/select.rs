//! Which candidates are proposed, and in what order.

use std::collections::HashMap;
use std::ops::Range;

use super::candidate::Candidate;
use super::counts::hash;
use super::extract::TELLING;
use super::{Learner, Proposal};
use crate::entity::reading::is_digit;

/// A longer string that has this share of a shorter one's occurrences leaves it none of its own.
const NESTED: f64 = 0.8;
/// A string that no one quotes must stick together so much, in bits of mutual information, and vary so much, in bits.
const STICKS: f64 = 4.0;
const VARIES: f64 = 1.2;
/// From this share of cues on it needs to stick half as much.
const CARRIED_OUT: f64 = 0.4;
/// Characters of an example.
const EXAMPLE: usize = 48;

/// The best proposals of what was read.
pub(super) fn proposals(learner: &Learner, limit: usize, is_name: &dyn Fn(&str) -> bool) -> Vec<Proposal> {
    let enough = |candidate: &&Candidate| candidate.documents >= learner.options.documents;
    let told = learner.candidates.values().filter(enough).map(|candidate| proposal(learner, candidate));
    let mut all: Vec<Proposal> = told.flatten().collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
    let mut kept: Vec<Proposal> = Vec::new();
    let longer = longer(&all);
    for proposal in all {
        if kept.len() >= limit {
            break;
        }
        let nested = longer.get(&proposal.term).is_some_and(|most| *most >= NESTED * f64::from(proposal.count));
        // A string around a better one is that one with what happens to stand beside it, unless it is itself quoted.
        let around = kept.iter().any(|better| {
            (proposal.term.contains(&better.term) && proposal.quoted < 0.3)
                || (better.term.contains(&proposal.term) && proposal.count <= better.count * 2)
        });
        if !nested && !around && !is_name(&proposal.term) {
            kept.push(proposal);
        }
    }
    kept
}

/// Where the clause around a place stands, shortened.
pub(super) fn clause(folded: &str, range: &Range<usize>) -> Range<usize> {
    let ends = |c: char| matches!(c, '。' | '!' | '?' | ';' | ',' | '\n');
    let before = folded[..range.start].char_indices().rev().take(EXAMPLE / 2).take_while(|(_, c)| !ends(*c)).last();
    let start = before.map_or(range.start, |(at, _)| at);
    let after = folded[range.end..].char_indices().take(EXAMPLE / 2).take_while(|(_, c)| !ends(*c)).last();
    let end = after.map_or(range.end, |(at, c)| range.end + at + c.len_utf8());
    start..end
}

/// How often each term stands within the longer one that has it most.
fn longer(all: &[Proposal]) -> HashMap<String, f64> {
    let counts: HashMap<&str, f64> =
        all.iter().map(|proposal| (proposal.term.as_str(), f64::from(proposal.count))).collect();
    let mut most: HashMap<String, f64> = HashMap::new();
    for proposal in all {
        let ends: Vec<usize> = proposal.term.char_indices().map(|(at, _)| at).chain([proposal.term.len()]).collect();
        for (first, start) in ends.iter().enumerate() {
            for end in &ends[first + 1..] {
                let part = &proposal.term[*start..*end];
                if part.len() < proposal.term.len() && counts.contains_key(part) {
                    let known = most.entry(part.to_owned()).or_insert(0.0);
                    *known = known.max(f64::from(proposal.count));
                }
            }
        }
    }
    most
}

fn proposal(learner: &Learner, candidate: &Candidate) -> Option<Proposal> {
    let count = f64::from(candidate.count.max(1));
    let share = |part: u32| f64::from(part) / count;
    let (quoted, cued, against) = (share(candidate.quoted), share(candidate.cued), share(candidate.against));
    let (entropy, pmi) = (candidate.entropy(), pmi(learner, candidate));
    let is_quoted = candidate.quoted_documents >= 3 && quoted >= 0.05;
    let least = if cued >= CARRIED_OUT { STICKS / 2.0 } else { STICKS };
    let sticks = pmi.is_none_or(|pmi| pmi >= least) && entropy >= VARIES;
    let counted = formula(&candidate.text, 0.0) < 1.0 && candidate.text.starts_with(is_count);
    // 两国合作 is counted, and no one quotes it; no one quotes 八项规定 any more either, but its words stand nowhere else.
    let counted = counted && !(cued >= CARRIED_OUT && pmi.is_some_and(|pmi| pmi >= 2.0 * STICKS));
    if !is_quoted && (counted || !sticks || cued < 0.1) {
        return None;
    }
    let head = TELLING.heads.iter().any(|head| candidate.text.ends_with(head.as_str()));
    let months = candidate.months.len() as f64;
    let score = 2.5 * f64::from(u8::from(is_quoted)) * (0.3 + quoted).min(1.0) + 3.0 * cued.min(0.6) - 4.0 * against
        + 1.2 * formula(&candidate.text, quoted)
        + f64::from(u8::from(head))
        + 0.12 * pmi.unwrap_or(STICKS).clamp(0.0, 10.0)
        + 0.4 * entropy.min(3.0)
        + 0.5 * f64::from(candidate.documents).log10()
        + 0.6 * (1.0 + months).log10();
    Some(Proposal {
        term: candidate.text.clone(),
        written: candidate.written.clone(),
        score,
        count: candidate.count,
        documents: candidate.documents,
        quoted,
        cued,
        entropy,
        pmi,
        months: candidate.months.len() as u32,
        first: candidate.first,
        example: candidate.example.clone(),
    })
}

/// The smallest mutual information over the cuts between its words.
fn pmi(learner: &Learner, candidate: &Candidate) -> Option<f64> {
    let (counts, words) = (&learner.counts, learner.counts.words.max(1) as f64);
    let of = |chars: &[char]| f64::from(counts.of(hash(chars.iter().copied())).max(1));
    let chars: Vec<char> = candidate.text.chars().collect();
    let whole = of(&chars);
    let split = |cut: &u8| {
        let (left, right) = chars.split_at(usize::from(*cut).min(chars.len()));
        (whole * words / (of(left) * of(right))).log2()
    };
    candidate.cuts.iter().map(split).reduce(f64::min)
}

/// How much of a numeral formula a term is: 1 for 两不愁三保障, for 六稳 where it is quoted, .5 for equal parts.
fn formula(term: &str, quoted: f64) -> f64 {
    let chars: Vec<char> = term.chars().collect();
    let numerals = chars.iter().filter(|c| is_count(**c)).count();
    let parts: Vec<usize> = chars.split(|c| *c == '、').map(<[char]>::len).collect();
    let even = parts.len() > 1 && parts.iter().all(|length| *length == parts[0]);
    match numerals {
        2.. => 1.0,
        1 if is_count(chars[0]) && quoted >= 0.3 => 1.0,
        _ if term.contains('+') => 1.0,
        _ if even => 0.5,
        _ => 0.0,
    }
}

fn is_count(c: char) -> bool {
    is_digit(c) || matches!(c, '两' | '双')
}
