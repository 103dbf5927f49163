//! Numbers joined into sets, as a forest in which each set is a tree.

/// A forest of numbers.
pub struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    /// Every number below this by itself.
    pub fn new(numbers: usize) -> Self {
        Self { parents: (0..numbers as u32).collect() }
    }

    /// The least number of a number's set.
    pub fn root(&mut self, mut number: u32) -> u32 {
        while self.parents[number as usize] != number {
            let above = self.parents[self.parents[number as usize] as usize];
            self.parents[number as usize] = above;
            number = above;
        }
        number
    }

    /// Makes one set of two.
    pub fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other) as usize] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_has_one_root() {
        let mut forest = Forest::new(5);
        for (one, other) in [(3, 4), (1, 3), (1, 4)] {
            forest.join(one, other);
        }
        assert_eq!([0, 1, 2, 3, 4].map(|number| forest.root(number)), [0, 1, 2, 1, 1]);
    }
}
