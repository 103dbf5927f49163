//! A map from numbers to numbers that recognition looks into several times a character. Eight keys and their values are
//! one line of a cache, and all eight are compared without a branch: a look costs one wait for memory, and looks that
//! follow each other wait together.

/// Keys of one bucket, and their values beside them.
const WIDTH: usize = 8;

#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket {
    keys: [u32; WIDTH],
    values: [u32; WIDTH],
}

/// From keys other than 0 to values other than 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Their number is a power of two, at most half of their places are taken. A bucket fills from its front; what it has
    /// no place for stands in the next.
    buckets: Vec<Bucket>,
    length: usize,
}

impl Table {
    /// Room for that many.
    pub fn with_capacity(length: usize) -> Self {
        Self { buckets: vec![Bucket::default(); (length * 2 / WIDTH + 1).next_power_of_two()], length: 0 }
    }

    /// The value of a key, 0 where it has none.
    #[inline]
    pub fn get(&self, key: u32) -> u32 {
        let mut at = spread(key);
        loop {
            let Some(bucket) = self.buckets.get(at & self.buckets.len().wrapping_sub(1)) else { return 0 };
            let mut value = 0;
            for slot in 0..WIDTH {
                value |= bucket.values[slot] & u32::from(bucket.keys[slot] == key).wrapping_neg();
            }
            if (value != 0) | (bucket.keys[WIDTH - 1] == 0) {
                return value;
            }
            at += 1;
        }
    }

    /// Gives a key a value; what it had before is forgotten.
    pub fn insert(&mut self, key: u32, value: u32) {
        if (self.length + 1) * 2 > self.buckets.len() * WIDTH {
            self.grow();
        }
        self.length += usize::from(place(&mut self.buckets, key, value));
    }

    /// How many bytes it holds.
    pub fn memory(&self) -> usize {
        self.buckets.capacity() * size_of::<Bucket>()
    }

    fn grow(&mut self) {
        let mut buckets = vec![Bucket::default(); (self.buckets.len() * 2).max(1)];
        for bucket in &self.buckets {
            for (&key, &value) in bucket.keys.iter().zip(&bucket.values).filter(|(key, _)| **key != 0) {
                place(&mut buckets, key, value);
            }
        }
        self.buckets = buckets;
    }
}

/// Writes into the place of the key; says whether it was free.
fn place(buckets: &mut [Bucket], key: u32, value: u32) -> bool {
    let last = buckets.len() - 1;
    let mut at = spread(key) & last;
    loop {
        let bucket = &mut buckets[at];
        if let Some(slot) = bucket.keys.iter().position(|&found| found == 0 || found == key) {
            let free = bucket.keys[slot] == 0;
            (bucket.keys[slot], bucket.values[slot]) = (key, value);
            return free;
        }
        at = (at + 1) & last;
    }
}

/// Multiplies by the golden ratio, which spreads keys that differ in few bits (Knuth, volume 3, 6.4).
#[inline]
fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 10) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found() {
        let mut table = Table::default();
        assert_eq!(table.get(1), 0);
        for key in 1..5000 {
            table.insert(key * 7919, key);
        }
        table.insert(7919, 3);
        assert_eq!(table.get(7919), 3);
        assert!((2..5000).all(|key| table.get(key * 7919) == key));
        assert_eq!(table.get(5), 0);
        assert!(table.length * 2 <= table.buckets.len() * WIDTH);
    }
}
