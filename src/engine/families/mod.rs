//! FAMILIES OF REPRINTS: which documents are one text printed several times. Worked out over all documents at the end of
//! each run, from their sketches and, where two are near, from their texts; kept as a part of the index.
//!
//! Two texts are held against each other in `likeness`; which are is decided in `candidates`; `table` is what is kept
//! and asked. Families grow by links: what is a reprint of a reprint belongs to them. Around them are series, families
//! alike: one template with other facts, such as daily notices, which are listed and never taken for one.
//!
//! The outcome depends on the documents alone, never on the order in which they came, on threads or on earlier runs.

mod candidates;
mod forest;
mod likeness;
mod table;

use std::collections::HashMap;
use std::panic::resume_unwind;

use crate::analysis::shingles_of;
use crate::document::Day;
use crate::error::Error;
use crate::index::{IndexError, Place, Snapshot};

use candidates::{Pair, candidates};
use forest::Forest;
use likeness::{Likeness, Profile};

pub(super) use table::Families;

/// Kind of the part of an index that has them.
pub(super) const PART: &str = "families";
/// Pairs that are compared before texts are let go: at most twice as many are at hand, of about 20 bytes a character.
const PAIRS: usize = 1 << 10;

/// A document as far as families need it.
struct Member {
    place: Place,
    /// Begin of its key.
    order: u64,
    day: Option<Day>,
    /// Hash of its whole text.
    whole: u64,
    sketch: Vec<u32>,
}

impl Member {
    /// The earliest comes first, what has no date comes last.
    fn earliness(&self) -> (Day, u64) {
        (self.day.unwrap_or(Day(i32::MAX)), self.order)
    }
}

/// The families of a snapshot; `None` where those that are known already are still right.
pub(super) fn work_out(
    snapshot: &dyn Snapshot,
    threads: usize,
    known: Option<&Families>,
) -> Result<Option<Families>, Error> {
    let (mut members, mut of) = (Vec::new(), 0_u64);
    snapshot.sketches(&mut |sketched| {
        let Some(&whole) = sketched.sketch.first() else { return };
        let member = Member {
            place: sketched.place,
            order: sketched.order,
            day: sketched.day,
            whole,
            sketch: shingles_of(sketched.sketch),
        };
        of = of.wrapping_add(number(&member));
        members.push(member);
    })?;
    if known.is_some_and(|known| known.of == of) {
        return Ok(None);
    }
    // The same text word for word needs no comparing: its earliest stands for all.
    members.sort_unstable_by_key(|member| (member.whole, member.earliness()));
    let mut copies: Vec<Vec<Member>> = Vec::new();
    for member in members {
        match copies.last_mut() {
            Some(same) if same[0].whole == member.whole => same.push(member),
            _ => copies.push(vec![member]),
        }
    }
    copies.sort_unstable_by(|one, other| (&one[0].sketch, one[0].whole).cmp(&(&other[0].sketch, other[0].whole)));
    let mut sketches: Vec<Vec<u32>> = copies.iter_mut().map(|same| std::mem::take(&mut same[0].sketch)).collect();
    let pairs = candidates(&mut sketches);
    drop(sketches);
    let places: Vec<Place> = copies.iter().map(|same| same[0].place).collect();
    let (reprints, alike) = joined(&places, &pairs, snapshot, threads)?;
    Ok(Some(Families::new(of, series(copies, reprints, alike))))
}

/// What stands for a document in the sum over all.
fn number(member: &Member) -> u64 {
    let day = member.day.map_or(0, |day| day.0 as u32 as u64 + 1);
    let mixed = (member.order ^ member.whole.rotate_left(17)).wrapping_add(day.wrapping_mul(0x9e37_79b9));
    mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (mixed >> 29)
}

/// Texts joined to those that they are reprints of, and to those that they are at least alike.
fn joined(
    places: &[Place],
    pairs: &[Pair],
    snapshot: &dyn Snapshot,
    threads: usize,
) -> Result<(Forest, Forest), IndexError> {
    let (mut reprints, mut alike) = (Forest::new(places.len()), Forest::new(places.len()));
    let mut profiles: HashMap<u32, Profile> = HashMap::new();
    for pairs in pairs.chunks(PAIRS) {
        let mut open = pairs.to_vec();
        open.retain(|pair| is_open(pair, &mut reprints, &mut alike));
        let mut wanted: Vec<u32> = open.iter().flat_map(|pair| [pair.one, pair.other]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        profiles.retain(|number, _| wanted.binary_search(number).is_ok());
        wanted.retain(|number| !profiles.contains_key(number));
        profiles.extend(read(snapshot, places, &wanted, threads)?);
        for pair in open {
            if !is_open(&pair, &mut reprints, &mut alike) {
                continue;
            }
            let (Some(one), Some(other)) = (profiles.get(&pair.one), profiles.get(&pair.other)) else { continue };
            let likeness = one.likeness(other);
            if likeness == Likeness::Reprint {
                reprints.join(pair.one, pair.other);
            }
            if likeness >= Likeness::Alike {
                alike.join(pair.one, pair.other);
            }
        }
    }
    Ok((reprints, alike))
}

/// Whether comparing two texts can join what is not joined yet.
fn is_open(pair: &Pair, reprints: &mut Forest, alike: &mut Forest) -> bool {
    let apart = |forest: &mut Forest| forest.root(pair.one) != forest.root(pair.other);
    apart(alike) || (pair.is_close && apart(reprints))
}

/// Texts made ready to be compared, on several threads.
fn read(
    snapshot: &dyn Snapshot,
    places: &[Place],
    wanted: &[u32],
    threads: usize,
) -> Result<Vec<(u32, Profile)>, IndexError> {
    let profile = |number: &u32| -> Result<(u32, Profile), IndexError> {
        let document = snapshot.fetch(&[places[*number as usize]])?.pop().unwrap_or_default();
        Ok((*number, Profile::new(&document.body)))
    };
    std::thread::scope(|scope| {
        let parts = wanted.chunks(wanted.len().div_ceil(threads.max(1)).max(1));
        let part = |part: &'_ [u32]| part.iter().map(profile).collect::<Result<Vec<_>, IndexError>>();
        let workers: Vec<_> = parts.map(|numbers| scope.spawn(move || part(numbers))).collect();
        let mut profiles = Vec::with_capacity(wanted.len());
        for worker in workers {
            profiles.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(profiles)
    })
}

/// Series of families of documents, each in its order.
fn series(copies: Vec<Vec<Member>>, mut reprints: Forest, mut alike: Forest) -> Vec<Vec<Vec<u64>>> {
    let mut grown: HashMap<(u32, u32), Vec<Member>> = HashMap::new();
    for (number, same) in (0..).zip(copies) {
        grown.entry((alike.root(number), reprints.root(number))).or_default().extend(same);
    }
    let mut series: HashMap<u32, Vec<Vec<Member>>> = HashMap::new();
    for ((root, _), mut family) in grown {
        family.sort_unstable_by_key(Member::earliness);
        series.entry(root).or_default().push(family);
    }
    let mut series: Vec<Vec<Vec<Member>>> = series.into_values().collect();
    for families in &mut series {
        families.sort_unstable_by_key(|family| family[0].earliness());
    }
    series.sort_unstable_by_key(|families| families[0][0].earliness());
    let order = |family: Vec<Member>| family.iter().map(|member| member.order).collect();
    series.into_iter().map(|families| families.into_iter().map(order).collect()).collect()
}
