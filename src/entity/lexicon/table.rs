//! A map from numbers to numbers that the recogniser looks into twice a character: one array, the next free place where
//! two meet, eight bytes a place. The map of the standard library takes four times as long.

/// From keys other than 0 to values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Key and value; key 0 is a free place. Their number is a power of two, at most two thirds are taken.
    slots: Vec<[u32; 2]>,
    length: usize,
}

impl Table {
    /// Room for that many.
    pub fn with_capacity(length: usize) -> Self {
        Self { slots: vec![[0; 2]; (length + length / 2 + 2).next_power_of_two()], length: 0 }
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: u32) -> Option<u32> {
        let last = self.slots.len().checked_sub(1)?;
        let mut at = spread(key) & last;
        loop {
            match *self.slots.get(at)? {
                [found, value] if found == key => return Some(value),
                [0, _] => return None,
                _ => at = (at + 1) & last,
            }
        }
    }

    /// Gives a key a value; what it had before is forgotten.
    pub fn insert(&mut self, key: u32, value: u32) {
        if (self.length + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        if place(&mut self.slots, key, value) {
            self.length += 1;
        }
    }

    fn grow(&mut self) {
        let mut slots = vec![[0; 2]; (self.slots.len() * 2).max(16)];
        for &[key, value] in self.slots.iter().filter(|slot| slot[0] != 0) {
            place(&mut slots, key, value);
        }
        self.slots = slots;
    }
}

/// Writes into the place of the key; says whether it was free.
fn place(slots: &mut [[u32; 2]], key: u32, value: u32) -> bool {
    let last = slots.len() - 1;
    let mut at = spread(key) & last;
    while slots[at][0] != 0 && slots[at][0] != key {
        at = (at + 1) & last;
    }
    let free = slots[at][0] == 0;
    slots[at] = [key, value];
    free
}

/// Multiplies by the golden ratio, which spreads keys that differ in few bits (Knuth, volume 3, 6.4).
#[inline]
fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found() {
        let mut table = Table::default();
        assert_eq!(table.get(1), None);
        for key in 1..5000 {
            table.insert(key * 7919, key);
        }
        table.insert(7919, 3);
        assert_eq!(table.get(7919), Some(3));
        assert!((2..5000).all(|key| table.get(key * 7919) == Some(key)));
        assert_eq!(table.get(5), None);
    }
}
