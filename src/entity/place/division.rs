//! A division and the arithmetic of its code (GB/T 2260): two digits for the province, two for the prefecture, two for
//! the county, three more for the township. What the divisions are called stands in the gazetteer.

/// How high a division stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// A province, autonomous region, municipality or special administrative region.
    Province,
    /// A prefecture: 天水市, 黔东南苗族侗族自治州, 阿里地区, 锡林郭勒盟.
    City,
    /// A county, district, banner or city of that rank; also one that a province administers itself, as 仙桃市.
    County,
    /// A township, town or subdistrict; below a county in the lists of [`levels`](super::levels) also a village or site.
    Town,
}

impl Level {
    /// What a facet calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Town => "town",
        }
    }
}

/// A division of China.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division<'a> {
    /// Its code as a number: six digits, nine for a township. Below Taiwan the numbers are only ours.
    pub code: u32,
    /// How high it stands.
    pub level: Level,
    /// Its name as written in simplified characters.
    pub name: &'a str,
}

/// Codes of Taiwan, Hong Kong and Macau, of whose parts the standard has none.
const BEYOND: [u32; 3] = [71, 81, 82];

/// The level that a code stands for.
pub(super) fn level(code: u32) -> Level {
    match code {
        1_000_000.. => Level::Town,
        _ if code.is_multiple_of(10_000) => Level::Province,
        _ if code.is_multiple_of(100) => Level::City,
        _ => Level::County,
    }
}

/// The codes above a code by its digits, nearest first; not all of them need exist.
pub(super) fn above(code: u32) -> impl Iterator<Item = u32> {
    let six = six(code);
    [six, six / 100 * 100, six / 10_000 * 10_000].into_iter().filter(move |other| *other != code)
}

/// The first six digits.
pub(super) fn six(code: u32) -> u32 {
    if code >= 1_000_000 { code / 1000 } else { code }
}

/// The first two digits.
pub(super) fn province(code: u32) -> u32 {
    six(code) / 10_000
}

/// Whether the code is a development zone's, which statistics count as a county (130171) and no law knows as one; the
/// districts of Da Hinggan Ling (232761) have such codes, too.
pub(super) fn is_zone(code: u32) -> bool {
    let six = six(code);
    (71..80).contains(&(six % 100)) && six / 100 != 2327
}

/// Whether it is a part of Taiwan, Hong Kong or Macau, which has no code of the standard; Kinmen, which has one in
/// Fujian, is governed from Taiwan.
pub(super) fn is_beyond(code: u32) -> bool {
    const KINMEN: u32 = 350_527;
    BEYOND.contains(&province(code)) && !code.is_multiple_of(10_000) || six(code) == KINMEN
}
