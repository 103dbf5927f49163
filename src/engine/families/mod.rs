//! FAMILIES OF REPRINTS: which documents are one text printed several times. Worked out over all documents at the end of
//! each run, from their sketches and, where two are near, from their texts; kept as a part of the index.
//!
//! Two texts are held against each other in `likeness`; which are is decided in `candidates`; `table` is what is kept
//! and asked. Families grow by links: what is a reprint of a reprint belongs to them. Around them are series, families
//! alike: one template with other facts, such as daily notices, which are listed and never taken for one.
//!
//! The outcome depends on the documents alone, never on the order in which they came, on threads or on earlier runs.

mod candidates;
mod compared;
mod forest;
mod likeness;
mod table;

use std::collections::HashMap;
use std::panic::resume_unwind;

use crate::analysis::{length_of, line_of, shingles_of};
use crate::document::Day;
use crate::error::Error;
use crate::index::{IndexError, Place, Snapshot};

use candidates::{Pair, candidates};
use forest::Forest;
use likeness::{Likeness, Profile, may_be_alike};

pub(super) use compared::Compared;
pub(super) use table::Families;

/// Kinds of the parts of an index that have them, and what pairs of texts were found to be.
pub(super) const PART: &str = "families";
pub(super) const COMPARED: &str = "compared";
/// Texts that have a line at the edge before it is boilerplate: so many, and one of so many.
const RECURRING: usize = 10;
const OF_TEXTS: usize = 2_000;
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

/// The families of a snapshot, and what was compared for them; `None` where those that are known already are still right.
/// `compared` is asked for what earlier runs found, where that is needed.
pub(super) fn work_out(
    snapshot: &dyn Snapshot,
    threads: usize,
    known: Option<&Families>,
    compared: impl FnOnce() -> Compared,
) -> Result<Option<(Families, Compared)>, Error> {
    let (mut members, mut of, mut lines) = (Vec::new(), 0_u64, Vec::new());
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
        lines.extend(sketched.lines.iter().map(|line| (line_of(*line).0, whole)));
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
    let texts: Vec<(Place, u64)> = copies.iter().map(|same| (same[0].place, same[0].whole)).collect();
    let length = |text: u32| length_of(texts[text as usize].1);
    let pairs = candidates(&mut sketches, threads, |one, other| may_be_alike(length(one), length(other)));
    drop(sketches);
    let mut links = Links { reprints: Forest::new(texts.len()), alike: Forest::new(texts.len()) };
    let compared = link(&mut links, &texts, &pairs, &compared(), snapshot, threads)?;
    Ok(Some((Families::new(of, boilerplate(lines, texts.len()), series(copies, links)), compared)))
}

/// The edge lines that recur, given with the texts that they are of: so many texts have each that it tells nothing of one. A
/// text that is printed often counts once.
fn boilerplate(mut lines: Vec<(u32, u64)>, texts: usize) -> Vec<u32> {
    lines.sort_unstable();
    lines.dedup();
    let most = RECURRING.max(texts / OF_TEXTS);
    let recurring = lines.chunk_by(|one, other| one.0 == other.0).filter(|stretch| stretch.len() >= most);
    recurring.map(|stretch| stretch[0].0).collect()
}

/// What stands for a document in the sum over all.
fn number(member: &Member) -> u64 {
    let day = member.day.map_or(0, |day| day.0 as u32 as u64 + 1);
    let mixed = (member.order ^ member.whole.rotate_left(17)).wrapping_add(day.wrapping_mul(0x9e37_79b9));
    mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (mixed >> 29)
}

/// Texts joined to those that they are reprints of, and to those that they are at least alike.
struct Links {
    reprints: Forest,
    alike: Forest,
}

impl Links {
    /// Whether comparing two texts can join what is not joined yet.
    fn is_open(&mut self, pair: &Pair) -> bool {
        let apart = |forest: &mut Forest| forest.root(pair.one) != forest.root(pair.other);
        apart(&mut self.alike) || (pair.is_close && apart(&mut self.reprints))
    }

    fn join(&mut self, pair: &Pair, likeness: Likeness) {
        if likeness == Likeness::Reprint {
            self.reprints.join(pair.one, pair.other);
        }
        if likeness >= Likeness::Alike {
            self.alike.join(pair.one, pair.other);
        }
    }
}

/// Compares pair after pair, where that is not known already, and joins the texts. What was needed of what is known is
/// remembered with what was found.
fn link(
    links: &mut Links,
    texts: &[(Place, u64)],
    pairs: &[Pair],
    known: &Compared,
    snapshot: &dyn Snapshot,
    threads: usize,
) -> Result<Compared, IndexError> {
    let wholes = |pair: &Pair| (texts[pair.one as usize].1, texts[pair.other as usize].1);
    let likeness = |pair: &Pair| known.likeness(wholes(pair).0, wholes(pair).1);
    let (mut profiles, mut compared) = (HashMap::new(), Compared::default());
    for pairs in pairs.chunks(PAIRS) {
        let open = pairs.iter().filter(|pair| links.is_open(pair)).map(|pair| (pair, likeness(pair)));
        let open: Vec<(&Pair, Option<Likeness>)> = open.collect();
        let unknown = open.iter().filter(|(_, known)| known.is_none());
        let mut wanted: Vec<u32> = unknown.flat_map(|(pair, _)| [pair.one, pair.other]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        profiles.retain(|number, _| wanted.binary_search(number).is_ok());
        wanted.retain(|number| !profiles.contains_key(number));
        profiles.extend(read(snapshot, texts, &wanted, threads)?);
        for (pair, known) in open {
            if links.is_open(pair) {
                let found = known.unwrap_or_else(|| profiles[&pair.one].likeness(&profiles[&pair.other]));
                links.join(pair, found);
                compared.add(wholes(pair).0, wholes(pair).1, found);
            }
        }
    }
    Ok(compared)
}

/// Texts made ready to be compared, on several threads.
fn read(
    snapshot: &dyn Snapshot,
    texts: &[(Place, u64)],
    wanted: &[u32],
    threads: usize,
) -> Result<Vec<(u32, Profile)>, IndexError> {
    let profile = |number: &u32| -> Result<(u32, Profile), IndexError> {
        let document = snapshot.fetch(&[texts[*number as usize].0])?.pop().unwrap_or_default();
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
fn series(copies: Vec<Vec<Member>>, mut links: Links) -> Vec<Vec<Vec<u64>>> {
    let mut grown: HashMap<(u32, u32), Vec<Member>> = HashMap::new();
    for (number, same) in (0..).zip(copies) {
        grown.entry((links.alike.root(number), links.reprints.root(number))).or_default().extend(same);
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
