//! Reprints taken together in an answer: of each family the best of its hits is shown, with how many others there are and
//! which was printed first. A view alone: what is found, and how many, does not depend on it.

use std::collections::{HashMap, HashSet};

use super::families::Families;
use super::hits::Kind;
use super::rank::Ranked;
use super::response::{Earliest, Hit, OtherPrintings};
use crate::error::Error;
use crate::index::{Candidate, Snapshot};

/// Lists of hits, the exact ones first, each with how they were found.
pub(super) type Lists = [(Vec<Ranked>, Kind); 3];

/// How many shown hits some candidates make.
pub(super) fn shown<'a>(candidates: impl Iterator<Item = &'a Candidate>, groups: &HashMap<u64, u32>) -> usize {
    let mut seen = HashSet::new();
    candidates.filter(|candidate| groups.get(&candidate.order).is_none_or(|group| seen.insert(*group))).count()
}

/// How many families and documents without one are among so many documents, of which these are in families.
pub(super) fn families_among(total: u64, members: &HashMap<u32, u64>) -> u64 {
    total - members.values().map(|count| count - 1).sum::<u64>()
}

/// Leaves the best of each family, and counts the members that the lists behind the exact hits have.
pub(super) fn collapse(lists: Lists, groups: &HashMap<u64, u32>, members: &mut HashMap<u32, u64>) -> Lists {
    let mut seen = HashSet::new();
    lists.map(|(mut list, kind)| {
        list.retain(|ranked| {
            let Some(&group) = groups.get(&ranked.candidate.order) else { return true };
            if kind != Kind::Exact {
                *members.entry(group).or_default() += 1;
            }
            seen.insert(group)
        });
        (list, kind)
    })
}

/// Tells of each hit, known by the begin of its key, how many other hits are printings of its text, and which printing of
/// the index is the earliest, where that is another.
pub(super) fn tell(
    snapshot: &dyn Snapshot,
    families: &Families,
    members: &HashMap<u32, u64>,
    hits: &mut [Hit],
    orders: &[u64],
) -> Result<(), Error> {
    for (hit, order) in hits.iter_mut().zip(orders) {
        let all = families.groups().get(order).and_then(|group| members.get(group)).copied().unwrap_or_default();
        if all < 2 {
            continue;
        }
        let live = snapshot.ordered(families.family(*order))?.into_iter().flatten().next();
        let place = live.filter(|place| *place != hit.place);
        let earliest = place.map(|place| -> Result<_, Error> {
            let document = snapshot.fetch(&[place])?.pop().unwrap_or_default();
            let id = snapshot.ids(&[place])?.pop().unwrap_or_default();
            Ok(Earliest { id, date: document.date.map(|date| date.to_string()), source: document.source })
        });
        hit.reprints = Some(OtherPrintings { count: all - 1, earliest: earliest.transpose()? });
    }
    Ok(())
}
