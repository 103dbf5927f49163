//! Families as they are kept beside the documents: a part of the index, and what it is asked. A document is known by the
//! begin of its key; one that has been removed since stands in it until the next run, and is nowhere found.

use std::collections::HashMap;

/// Families of reprints and, around them, series: families alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Families {
    /// What the documents were when these were worked out: a sum over all keys and texts.
    pub of: u64,
    /// Hashes of the lines at the edges of bodies that recur, in order.
    boilerplate: Vec<u32>,
    /// Series, each a row of families, each a row of documents by the begin of their keys; the earliest comes first.
    series: Vec<Vec<Vec<u64>>>,
    /// Series and family of each document.
    places: HashMap<u64, (u32, u32)>,
    /// Numbers of the families of two or more.
    groups: HashMap<u64, u32>,
}

impl Families {
    /// Of series, whose families and documents are in order. A series of a single document is none.
    pub fn new(of: u64, boilerplate: Vec<u32>, mut series: Vec<Vec<Vec<u64>>>) -> Self {
        series.retain(|families| families.iter().map(Vec::len).sum::<usize>() > 1);
        let (mut places, mut groups, mut number) = (HashMap::new(), HashMap::new(), 0);
        for (at, families) in (0..).zip(&series) {
            for (family, members) in (0..).zip(families) {
                places.extend(members.iter().map(|member| (*member, (at, family))));
                if members.len() > 1 {
                    groups.extend(members.iter().map(|member| (*member, number)));
                    number += 1;
                }
            }
        }
        Self { of, boilerplate, series, places, groups }
    }

    /// Whether a line at the edge of a body recurs, by its hash.
    pub fn is_boilerplate(&self, line: u32) -> bool {
        self.boilerplate.binary_search(&line).is_ok()
    }

    /// The numbers of the families of two or more, by document.
    pub fn groups(&self) -> &HashMap<u64, u32> {
        &self.groups
    }

    /// How many families of two or more there are, and how many documents are in one.
    pub fn counts(&self) -> (u64, u64) {
        let families = self.series.iter().flatten().filter(|members| members.len() > 1);
        (families.count() as u64, self.groups.len() as u64)
    }

    /// The documents of one's family, the earliest first; nothing for a document that has none.
    pub fn family(&self, document: u64) -> &[u64] {
        match self.places.get(&document) {
            Some(&(series, family)) => &self.series[series as usize][family as usize],
            None => &[],
        }
    }

    /// The families of one's series but its own, the earliest first.
    pub fn alike(&self, document: u64) -> Vec<&[u64]> {
        let Some(&(series, own)) = self.places.get(&document) else { return Vec::new() };
        let others = (0..).zip(&self.series[series as usize]).filter(|(family, _)| *family != own);
        others.map(|(_, members)| members.as_slice()).collect()
    }

    /// As bytes: the sum, the lines behind their number, then for each series how many families it has, and for each of these
    /// its documents behind their number; all little-endian, numbers and lines of four bytes and documents of eight.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.of.to_le_bytes().to_vec();
        let count = |bytes: &mut Vec<u8>, count: usize| bytes.extend((count as u32).to_le_bytes());
        count(&mut bytes, self.boilerplate.len());
        bytes.extend(self.boilerplate.iter().flat_map(|line| line.to_le_bytes()));
        for families in &self.series {
            count(&mut bytes, families.len());
            for members in families {
                count(&mut bytes, members.len());
                bytes.extend(members.iter().flat_map(|member| member.to_le_bytes()));
            }
        }
        bytes
    }

    /// The reverse of [`Families::bytes`]; `None` for bytes that are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let of = long(&mut rest)?;
        let boilerplate: Option<Vec<u32>> = (0..short(&mut rest)?).map(|_| short(&mut rest)).collect();
        let mut series = Vec::new();
        while !rest.is_empty() {
            let mut families = Vec::new();
            for _ in 0..short(&mut rest)? {
                let members: Option<Vec<u64>> = (0..short(&mut rest)?).map(|_| long(&mut rest)).collect();
                families.push(members?);
            }
            series.push(families);
        }
        Some(Self::new(of, boilerplate?, series))
    }
}

fn short(bytes: &mut &[u8]) -> Option<u32> {
    bytes.split_off(..4).and_then(|number| Some(u32::from_le_bytes(number.try_into().ok()?)))
}

fn long(bytes: &mut &[u8]) -> Option<u64> {
    bytes.split_off(..8).and_then(|number| Some(u64::from_le_bytes(number.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_same_families() {
        let families =
            Families::new(9, vec![4, 6], vec![vec![vec![5, 3], vec![8]], vec![vec![1]], vec![vec![2, 4, 6]]]);
        let read = Families::read(&families.bytes());
        assert_eq!(read.as_ref(), Some(&families));
        assert_eq!(families.counts(), (2, 5));
        assert_eq!([3, 4, 6].map(|line| families.is_boilerplate(line)), [false, true, true]);
        assert_eq!((families.family(3), families.family(1)), (&[5, 3][..], &[][..]));
        assert_eq!(families.alike(3), [&[8][..]]);
        assert_eq!((families.groups().get(&8), families.groups().len()), (None, 5));
    }

    #[test]
    fn what_is_cut_off_is_none() {
        let bytes = Families::new(9, Vec::new(), vec![vec![vec![5, 3]]]).bytes();
        assert!((0..bytes.len()).filter(|end| *end != 12).all(|end| Families::read(&bytes[..end]).is_none()));
        assert!(Families::read(&[0xff; 40]).is_none());
    }
}
