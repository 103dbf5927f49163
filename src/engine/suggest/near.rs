//! Strings near to a term: other characters of the same sound or shape, and slips. Whether the corpus has them, and
//! which of them to show, is left to others.

use std::collections::HashMap;

use super::Reason;
use super::count::Counter;
use super::lattice::{Near, Spot, rows};
use super::slips::{missing, swapped_or_superfluous};
use crate::analysis::look_alikes;
use crate::analysis::pinyin::{homophones, readings};
use crate::error::Error;

/// Costs of a change, in natural logarithms: how rare such a slip is, whoever types.
const BOTH: f32 = 1.5;
const HOMOPHONE: f32 = 2.5;
/// Of characters that share a reading which is not the commonest of both.
const RARE_READING: f32 = 3.5;
const LOOK_ALIKE: f32 = 3.0;

/// Strings near to a term of Han characters, the likeliest first, each once; slips among them where they are wanted.
pub(super) fn near(characters: &[char], slips: bool, counter: &Counter<'_>) -> Result<Vec<Near>, Error> {
    let spots: Vec<Spot> = characters.iter().map(|&c| spot(c)).collect();
    let mut all = rows(&spots, 2.max(characters.len().div_ceil(2)), counter.snapshot)?;
    if slips {
        all.extend(swapped_or_superfluous(characters, counter.snapshot)?);
        all.extend(missing(characters, counter)?);
    }
    let asked: String = characters.iter().collect();
    all.retain(|near| near.text != asked && near.evidence.is_finite());
    all.sort_by(|a, b| a.evidence.total_cmp(&b.evidence));
    let mut known = std::collections::HashSet::new();
    all.retain(|near| known.insert(near.text.clone()));
    Ok(all)
}

/// What may stand in the place of a character.
pub(super) fn spot(own: char) -> Spot {
    let mut changes: HashMap<char, (f32, Reason)> = HashMap::new();
    for c in homophones(own) {
        let same = readings(own).first() == readings(c).first();
        changes.insert(c, (if same { HOMOPHONE } else { RARE_READING }, Reason::Homophone));
    }
    for &c in look_alikes(own) {
        let change = changes.entry(c).or_insert((LOOK_ALIKE, Reason::LookAlike));
        if change.1 == Reason::Homophone {
            change.0 = BOTH;
        }
    }
    changes.remove(&own);
    let mut characters: Vec<char> = changes.keys().copied().chain([own]).collect();
    characters.sort_unstable();
    Spot { own: Some(own), characters, changes }
}
