//! What a document says about where it is: every place that is settled votes for its county, prefecture and province.

use rustc_hash::FxHashMap;

use super::division::{self, Level};

/// Votes by code.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    of: FxHashMap<u32, f32>,
    /// A name counts once however often it stands there, with the highest weight.
    given: FxHashMap<(u32, String), f32>,
}

impl Votes {
    /// A settled mention votes for its division and all above, a name that comes again no further.
    pub fn give(&mut self, code: u32, name: &str, weight: f32) {
        let given = self.given.entry((code, name.to_owned())).or_default();
        let more = (weight - *given).max(0.0);
        *given = given.max(weight);
        for code in std::iter::once(division::six(code)).chain(division::above(division::six(code))) {
            *self.of.entry(code).or_default() += more;
        }
    }

    /// How much the votes speak for a division: its own county most, then its prefecture and its province.
    pub fn score(&self, code: u32) -> f32 {
        let at = |code: u32| self.of.get(&code).copied().unwrap_or(0.0).min(3.0);
        let six = division::six(code);
        let province = at(six / 10_000 * 10_000);
        match division::level(six) {
            Level::Province => province,
            Level::City => 1.5 * at(six) + 0.5 * province,
            _ => 2.0 * at(six) + 1.2 * at(six / 100 * 100) + 0.5 * province,
        }
    }

    /// Whether nothing was settled.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether the division itself, or a place in it, was voted for.
    pub fn has(&self, code: u32) -> bool {
        self.of.contains_key(&division::six(code))
    }

    /// The counties that were voted for, the most first.
    pub fn counties(&self) -> Vec<(u32, f32)> {
        let counties =
            self.of.iter().filter(|(code, _)| division::level(**code) == Level::County && !division::is_zone(**code));
        let mut counties: Vec<(u32, f32)> = counties.map(|(code, votes)| (*code, *votes)).collect();
        counties.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        counties
    }
}
