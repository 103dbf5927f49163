//! What single characters tell recognition: a character is looked up once, and every pass asks bits. Most characters are
//! of no interest to most passes.

use std::sync::LazyLock;

use super::{organisation, person, sites};
use crate::analysis::is_han;

/// What is known of a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(u32);

/// Characters that stand before or after a name, and seldom in one.
const FUNCTION: &str = "的了在是和与及同为对就也则向到从把将被已还又都不说称等以由让使请给带来去走站住用有没会要因如而且跟并正才便却仍只曾所这那其他她它们我你两几各每该据经任于至里中上下后前时起地得着过当像";

impl Traits {
    /// A name or a word goes on over it: Han, a letter, a digit.
    pub const WORD: Self = Self(1);
    pub const HAN: Self = Self(1 << 1);
    /// Stands before or after a name, and seldom in one.
    pub const FUNCTION: Self = Self(1 << 2);
    /// A dot between the parts of a foreign name, as folding leaves it.
    pub const INTERPUNCT: Self = Self(1 << 3);
    /// Names of other languages are written with it.
    pub const TRANSLITERATION: Self = Self(1 << 4);
    /// A province by itself.
    pub const PROVINCE: Self = Self(1 << 5);
    /// Begins an ending of sites.
    pub const SITE: Self = Self(1 << 6);
    /// Begins an ending of companies, schools and the like.
    pub const COMPANY: Self = Self(1 << 7);
    /// Begins the level of a division.
    pub const LEVEL: Self = Self(1 << 8);
    /// Ends the full name of a division.
    pub const DIVISION: Self = Self(1 << 9);
    /// A word of one character after which a name may begin.
    pub const OPENING: Self = Self(1 << 10);
    /// Ends a clause, or a sentence.
    pub const CLAUSE: Self = Self(1 << 11);
    /// Ends a document number.
    pub const NUMBER: Self = Self(1 << 12);
    /// A law is cited from there, or its name ends there.
    pub const LAW: Self = Self(1 << 13);
    /// A date may begin there.
    pub const DATE: Self = Self(1 << 14);
    /// A term that no list has may begin there.
    pub const COINED: Self = Self(1 << 15);
    /// A body that only Taiwan has may begin there.
    pub const TAIWAN: Self = Self(1 << 16);

    /// What is known of a folded character.
    #[inline]
    pub fn of(c: char) -> Self {
        static TABLE: LazyLock<Box<[Traits]>> = LazyLock::new(table);
        TABLE.get(c as usize).copied().unwrap_or_else(|| Self::beyond(c))
    }

    /// Beyond the basic plane there is nothing to tell but what it is.
    fn beyond(c: char) -> Self {
        let han = is_han(c);
        let of = |traits: Self, true_of: bool| if true_of { traits.0 } else { 0 };
        Self(of(Self::WORD, han || c.is_alphanumeric()) | of(Self::HAN, han))
    }

    /// Whether it has one of these.
    #[inline]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Every place with one of these traits, in order.
pub(crate) fn places(traits: &[Traits], wanted: Traits) -> impl Iterator<Item = usize> {
    traits.iter().enumerate().filter(move |(_, traits)| traits.has(wanted)).map(|(at, _)| at)
}

fn table() -> Box<[Traits]> {
    let mut table: Box<[Traits]> =
        (0..=0xFFFF).map(|c| char::from_u32(c).map(Traits::beyond).unwrap_or_default()).collect();
    let mut mark = |traits: Traits, characters: &mut dyn Iterator<Item = char>| {
        characters.for_each(|c| table[c as usize].0 |= traits.0);
    };
    for (traits, characters) in [
        (Traits::FUNCTION, FUNCTION),
        (Traits::INTERPUNCT, "·•・‧.∙⋅"),
        (Traits::PROVINCE, sites::PROVINCES),
        (Traits::DIVISION, "省市县区州旗盟镇乡"),
        (Traits::OPENING, "据由与和对向但而如连替为请被"),
        (Traits::CLAUSE, "。!?\n,;:"),
        (Traits::NUMBER, "号"),
        (Traits::LAW, "《第、法典例"),
        (Traits::DATE, "0123456789〇一二三四五六七八九十民上今去明前后昨本这下大年月第"),
        (Traits::COINED, "“‘「『长一平清无书法数美健和信零"),
        (Traits::TAIWAN, "行立监县乡镇区卫原国陆大中环农"),
    ] {
        mark(traits, &mut characters.chars());
    }
    mark(Traits::TRANSLITERATION, &mut person::transliteration());
    let first = |word: &&'static str| word.chars().next().unwrap_or_default();
    mark(Traits::SITE, &mut sites::ENDS.iter().map(|(ending, _)| first(ending)));
    mark(Traits::COMPANY, &mut organisation::ENDINGS.iter().map(first));
    mark(Traits::LEVEL, &mut organisation::LEVELS.iter().map(first));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_what_they_are_listed_with() {
        for (c, traits) in
            [('镇', Traits::SITE), ('的', Traits::FUNCTION), ('陇', Traits::PROVINCE), ('9', Traits::DATE)]
        {
            assert!(Traits::of(c).has(traits) && Traits::of(c).has(Traits::WORD), "{c}");
        }
        assert!(Traits::of('𠮷').has(Traits::HAN) && !Traits::of('，').has(Traits::WORD));
        let all: Vec<Traits> = "五龙镇。".chars().map(Traits::of).collect();
        assert_eq!(places(&all, Traits::SITE).collect::<Vec<_>>(), [2]);
    }
}
