//! Pairs of texts that are worth comparing: those whose sketches share enough. Depends on the set of texts alone, never on
//! their order, and holds a bounded number of entries at a time whatever the set.
//!
//! Measured on 74,545 news stories: 140,000 pairs of 9,700 texts, among them every pair of `near_duplicates` that is
//! needed to join its groups, and none that was joined shared fewer than six shingles.

use std::panic::resume_unwind;

/// Shingles of two sketches that must be the same at least.
const SHARED: usize = 4;
/// Texts that share a shingle and are all held against each other.
const CROWD: usize = 100;
/// In a greater crowd (daily notices) each text is held against so many that are next to it by its sketch.
const NEIGHBOURS: usize = 32;
/// A shingle that more than this part of all texts have, and more than so many, is boilerplate and tells nothing. A text that
/// was printed a thousand times is rarer than a footer.
const BOILERPLATE: usize = 64;
const PRINTINGS: usize = 1_000;
/// Entries that are sorted at a time on each thread: 16 MB.
const ENTRIES: usize = 2 << 20;

/// Two texts by their numbers, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    pub one: u32,
    pub other: u32,
    /// They share so much that one may be a reprint of the other; else they are alike at most.
    pub is_close: bool,
}

/// Pairs of sketches by their numbers, in order, of those that `may` be pairs at all. Sketches rise, and are given in order.
pub fn candidates(sketches: &mut [Vec<u32>], threads: usize, may: impl Fn(u32, u32) -> bool + Sync) -> Vec<Pair> {
    leave_out_boilerplate(sketches, threads);
    let sketches = &*sketches;
    let tags: Vec<Tags> = sketches.iter().map(|sketch| Tags::of(sketch)).collect();
    // The same pair comes with each shingle that it shares.
    over_crowds(sketches, threads, |_, crowd, pairs| {
        let each = if crowd.len() <= CROWD { CROWD } else { NEIGHBOURS };
        for (at, &one) in crowd.iter().enumerate() {
            let others = &crowd[at + 1..(at + 1 + each).min(crowd.len())];
            let others = others
                .iter()
                .filter(|other| may(one, **other))
                .filter(|other| tags[one as usize].common(&tags[**other as usize]) >= SHARED);
            pairs.extend(others.filter_map(|&other| pair(sketches, one, other)));
        }
    })
}

/// Takes the shingles out of all sketches that too many of them have.
fn leave_out_boilerplate(sketches: &mut [Vec<u32>], threads: usize) {
    let most = PRINTINGS.max(sketches.len() / BOILERPLATE);
    let boilerplate = over_crowds(sketches, threads, |shingle, crowd, found| {
        found.extend((crowd.len() > most).then_some(shingle));
    });
    for sketch in sketches {
        sketch.retain(|shingle| boilerplate.binary_search(shingle).is_err());
    }
}

/// Visits each shingle that several texts have, with their numbers; what is found, each once and in order.
fn over_crowds<T: Ord + Send>(
    sketches: &[Vec<u32>],
    threads: usize,
    visit: impl Fn(u32, &[u32], &mut Vec<T>) + Sync,
) -> Vec<T> {
    let entries: usize = sketches.iter().map(Vec::len).sum();
    let threads = threads.max(1);
    let rounds = (entries / ENTRIES + 1).next_multiple_of(threads);
    let work = |first: usize| {
        let (mut found, mut room) = (Vec::new(), ENTRIES);
        let (mut entries, mut crowd): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
        for round in (first..rounds).step_by(threads) {
            entries.clear();
            for (number, sketch) in (0_u64..).zip(sketches) {
                let of_round = sketch.iter().filter(|shingle| **shingle as usize % rounds == round);
                entries.extend(of_round.map(|&shingle| u64::from(shingle) << 32 | number));
            }
            entries.sort_unstable();
            for stretch in entries.chunk_by(|one, other| one >> 32 == other >> 32).filter(|stretch| stretch.len() > 1) {
                crowd.clear();
                crowd.extend(stretch.iter().map(|entry| *entry as u32));
                visit((stretch[0] >> 32) as u32, &crowd, &mut found);
                if found.len() > room {
                    tidy(&mut found);
                    room = ENTRIES.max(2 * found.len());
                }
            }
        }
        found
    };
    let work = &work;
    let mut found: Vec<T> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || work(first))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    tidy(&mut found);
    found
}

fn tidy<T: Ord>(found: &mut Vec<T>) {
    found.sort_unstable();
    found.dedup();
}

/// The last bytes of the shingles of a sketch as a set: most pairs are told by it not to share enough before their sketches
/// are merged, which takes a step for each shingle.
struct Tags {
    set: [u64; 4],
    /// How many shingles have a byte that an earlier one has.
    repeated: usize,
}

impl Tags {
    fn of(sketch: &[u32]) -> Self {
        let mut set = [0_u64; 4];
        for shingle in sketch {
            set[(shingle >> 6 & 3) as usize] |= 1 << (shingle & 63);
        }
        let different: u32 = set.iter().map(|bits| bits.count_ones()).sum();
        Self { set, repeated: sketch.len() - different as usize }
    }

    /// At least as many as the shingles that two sketches share.
    fn common(&self, other: &Self) -> usize {
        let both = self.set.iter().zip(&other.set).map(|(ours, theirs)| (ours & theirs).count_ones());
        both.sum::<u32>() as usize + self.repeated
    }
}

/// Two texts whose sketches share enough. Up to the end of the sketch that ends first, the shorter list holds what the
/// text without more shingles has: of a text of which half was cut, all of that is shared.
fn pair(sketches: &[Vec<u32>], one: u32, other: u32) -> Option<Pair> {
    let (ours, theirs) = (&sketches[one as usize], &sketches[other as usize]);
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while a < ours.len() && b < theirs.len() {
        let (our, their) = (ours[a], theirs[b]);
        shared += usize::from(our == their);
        a += usize::from(our <= their);
        b += usize::from(their <= our);
    }
    let least = a.min(b);
    // Of what the text with fewer shingles has, half for texts alike, of which about three quarters are expected, and three
    // fifths for a reprint, of which nine tenths are.
    let is_pair = shared >= SHARED && 2 * shared >= least;
    is_pair.then_some(Pair { one, other, is_close: 5 * shared >= 3 * least })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_share_enough_are_pairs() {
        let mut sketches = [
            vec![1, 2, 3, 4, 5, 6],
            vec![1, 2, 3, 4, 7, 8],
            vec![1, 2, 3, 9, 10, 11],
            vec![2, 4, 5, 6, 12, 13],
            vec![2, 4, 5, 6, 12, 14],
        ];
        let pairs = candidates(&mut sketches, 2, |_, _| true);
        let numbers: Vec<(u32, u32)> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(numbers, [(0, 1), (0, 3), (0, 4), (3, 4)]);
        assert!(pairs.iter().all(|pair| pair.is_close));
    }

    #[test]
    fn tags_tell_of_no_fewer_than_are_shared() {
        let sketch = |from: u32, step: u32| (0..16).map(|at| from + 257 * step * at).collect::<Vec<u32>>();
        let sketches = [sketch(0, 1), sketch(0, 2), sketch(257, 3), vec![514, 771, 1028, 0xffff_ffff], vec![0, 514]];
        for one in &sketches {
            for other in &sketches {
                let shared = one.iter().filter(|shingle| other.contains(shingle)).count();
                assert!(Tags::of(one).common(&Tags::of(other)) >= shared, "{one:?} {other:?}");
            }
        }
        let none = Tags::of(&[1, 2, 3]).common(&Tags::of(&[4, 5, 255]));
        assert_eq!((none, Tags::of(&[1, 257]).common(&Tags::of(&[513]))), (0, 2));
    }

    #[test]
    fn a_crowd_is_a_chain_and_boilerplate_is_none() {
        let crowd = 4 * CROWD as u32;
        let mut sketches: Vec<Vec<u32>> = (0..crowd).map(|number| vec![1, 7, 8, 9, 10, 100 + number]).collect();
        let others = (0..100 * crowd).map(|number| vec![1, 1_000_000 + number]);
        sketches.extend(others);
        let pairs = candidates(&mut sketches, 2, |_, _| true);
        assert!(pairs.len() <= crowd as usize * NEIGHBOURS);
        let has = |number: u32| pairs.iter().any(|pair| (pair.one, pair.other) == (number - 1, number));
        assert!((1..crowd).all(has));
        assert!(!sketches[0].contains(&1) && sketches[0].contains(&7));
    }
}
