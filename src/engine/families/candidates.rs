//! Pairs of texts that are worth comparing: those whose sketches share enough. Depends on the set of texts alone, never on
//! their order, and holds a bounded number of entries at a time whatever the set.

/// Shingles of two sketches of sixteen that must be the same. Of texts alike in half of their shingles one pair in 500
/// shares fewer; one more to ask for would miss six times as many.
const SHARED: usize = 3;
/// Texts that share a shingle and are all held against each other.
const CROWD: usize = 48;
/// In a greater crowd (boilerplate, daily notices) each text is held against so many that are next to it by its sketch.
const NEIGHBOURS: usize = 16;
/// Entries that are sorted at a time: 16 MB.
const ENTRIES: usize = 2 << 20;

/// Numbers of pairs of sketches, the smaller first, in order. Sketches rise, and are given in order.
pub fn candidates(sketches: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let entries: usize = sketches.iter().map(Vec::len).sum();
    let rounds = (entries / ENTRIES + 1) as u32;
    let mut pairs = Vec::new();
    let mut room = ENTRIES;
    for round in 0..rounds {
        for (crowd, each) in crowds(sketches, round, rounds).iter().map(|crowd| (crowd, reach(crowd.len()))) {
            for (at, &one) in crowd.iter().enumerate() {
                let others = &crowd[at + 1..(at + 1 + each).min(crowd.len())];
                let near = |other: &&u32| share(&sketches[one as usize], &sketches[**other as usize]);
                pairs.extend(others.iter().filter(near).map(|&other| (one, other)));
            }
            // The same pair comes with each shingle that it shares.
            if pairs.len() > room {
                tidy(&mut pairs);
                room = ENTRIES.max(2 * pairs.len());
            }
        }
    }
    tidy(&mut pairs);
    pairs
}

/// Texts that have a shingle in common, for each shingle of this round's.
fn crowds(sketches: &[Vec<u32>], round: u32, rounds: u32) -> Vec<Vec<u32>> {
    let of_round = |shingle: &&u32| *shingle % rounds == round;
    let mut entries: Vec<(u32, u32)> = Vec::new();
    for (number, sketch) in (0..).zip(sketches) {
        entries.extend(sketch.iter().filter(of_round).map(|&shingle| (shingle, number)));
    }
    entries.sort_unstable();
    let crowds = entries.chunk_by(|one, other| one.0 == other.0).filter(|crowd| crowd.len() > 1);
    crowds.map(|crowd| crowd.iter().map(|(_, number)| *number).collect()).collect()
}

fn reach(crowd: usize) -> usize {
    if crowd <= CROWD { CROWD } else { NEIGHBOURS }
}

fn tidy(pairs: &mut Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
}

/// Whether two rising sketches share enough; a short text's sketch may have less than that in all.
fn share(one: &[u32], other: &[u32]) -> bool {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        let (ours, theirs) = (one[a], other[b]);
        shared += usize::from(ours == theirs);
        a += usize::from(ours <= theirs);
        b += usize::from(theirs <= ours);
    }
    shared >= SHARED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_share_three_are_pairs() {
        let sketches = [vec![1, 2, 3, 4], vec![1, 2, 3, 9], vec![1, 2, 5, 7], vec![3, 4, 5, 7]].map(Vec::from);
        assert_eq!(candidates(&sketches), [(0, 1)]);
    }

    #[test]
    fn a_crowd_is_a_chain() {
        let crowd = vec![vec![7, 8, 9]; 4 * CROWD];
        let pairs = candidates(&crowd);
        assert!(pairs.len() <= crowd.len() * NEIGHBOURS);
        assert!((1..crowd.len() as u32).all(|number| pairs.contains(&(number - 1, number))));
    }
}
