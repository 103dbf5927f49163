//! Pinyin without tones: the readings of Han characters, and what a string of Latin letters can be read as.
//!
//! All readings in use of a character count, those of its other written forms included; they come from the `pinyin`
//! crate, less those that are out of use, and from the list that the glosses have. `ü` is `v`, and `u` behind j, q, x and y. Characters are those of the Basic
//! Multilingual Plane, folded.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

use super::fold::fold;
use super::{gloss, han};

/// Characters of which the crate has readings that are out of use, with those in use.
const IN_USE: &str = include_str!("data/readings_in_use.txt");
/// Ways to read one string at most.
const MOST_WAYS: usize = 16;
/// Ways that are tried to find them.
const MOST_TRIED: usize = 512;
/// Letters of the longest syllable: zhuang.
const LONGEST: usize = 6;

/// Syllables and the characters that are read so.
struct Table {
    /// The characters of each syllable, sorted.
    characters: BTreeMap<String, Vec<char>>,
    /// The syllables of each character, that of its own form first.
    readings: HashMap<char, Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { characters: BTreeMap::new(), readings: HashMap::new() };
    let rows = IN_USE.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| Some((line.chars().next()?, line.split(' ').skip(1).map(str::to_owned).collect()));
    let in_use: HashMap<char, Vec<String>> = rows.filter_map(row).collect();
    // The form that others fold to comes first, so that its commonest reading does.
    let all = ('\u{4E00}'..='\u{9FFF}').chain(['〇']);
    let (own, others): (Vec<char>, Vec<char>) = all.partition(|&c| han::representative(c) == c);
    for form in own.into_iter().chain(others) {
        let readings = form.to_pinyin_multi().into_iter().flatten().map(|reading| toneless(reading.with_tone()));
        let character = han::representative(form);
        let readings: Vec<String> = in_use.get(&character).cloned().unwrap_or_else(|| readings.collect());
        readings.into_iter().for_each(|reading| table.add(character, reading));
    }
    for (form, syllable) in gloss::own_readings() {
        table.add(han::representative(form), syllable.to_owned());
    }
    table.characters.values_mut().for_each(|characters| characters.sort_unstable());
    table
});

impl Table {
    fn add(&mut self, character: char, syllable: String) {
        // Interjections without a vowel (hm, ng) are no syllables of words.
        let readings = self.readings.entry(character).or_default();
        if syllable.contains(['a', 'e', 'i', 'o', 'u', 'v']) && !readings.contains(&syllable) {
            readings.push(syllable.clone());
            self.characters.entry(syllable).or_default().push(character);
        }
    }

    /// The characters of all syllables that begin with these letters, sorted.
    fn beginning(&self, letters: &str) -> Vec<char> {
        let from = self.characters.range(letters.to_owned()..);
        let begun = from.take_while(|(syllable, _)| syllable.starts_with(letters));
        let mut characters: Vec<char> = begun.flat_map(|(_, characters)| characters.iter().copied()).collect();
        characters.sort_unstable();
        characters.dedup();
        characters
    }
}

/// A reading with its tone mark, without it.
fn toneless(reading: &str) -> String {
    let mut letters = String::with_capacity(reading.len());
    for c in reading.chars() {
        letters.push(match c {
            'ā' | 'á' | 'ǎ' | 'à' => 'a',
            'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ế' | 'ề' => 'e',
            'ī' | 'í' | 'ǐ' | 'ì' => 'i',
            'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
            'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
            'ń' | 'ň' | 'ǹ' => 'n',
            '\u{300}'..='\u{36F}' => continue,
            other => other,
        });
    }
    letters
}

/// The readings of a folded Han character without tones, the commonest first.
///
/// ```
/// assert_eq!(xunzhang::analysis::pinyin::readings('绿'), ["lv", "lu"]);
/// ```
pub fn readings(folded: char) -> &'static [String] {
    TABLE.readings.get(&folded).map_or(&[], Vec::as_slice)
}

/// Every folded character that shares a reading with this one, itself among them, sorted.
pub fn homophones(folded: char) -> Vec<char> {
    let of = |syllable: &String| TABLE.characters.get(syllable).into_iter().flatten().copied();
    let mut characters: Vec<char> = readings(folded).iter().flat_map(of).collect();
    characters.sort_unstable();
    characters.dedup();
    characters
}

/// Whether a text is Latin letters, or Latin letters and Han, and nothing else but blanks and apostrophes.
pub fn may_be_pinyin(text: &str) -> bool {
    let letters = runs(text);
    letters.is_some_and(|runs| runs.iter().any(|run| run.starts_with(|c: char| c.is_ascii_lowercase())))
}

/// What a text in pinyin, or in pinyin and Han, can be read as: for each way the characters of each place, folded and
/// sorted; the likeliest way first. Where letters are no row of whole syllables some are taken for initials, and at an
/// open end for the begin of a syllable.
///
/// ```
/// use xunzhang::analysis::pinyin::ways;
///
/// assert_eq!(ways("xian", false).iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
/// assert_eq!(ways("zzm", false)[0].len(), 3);
/// assert!(ways("xi近平", false)[0][0].contains(&'习'));
/// ```
pub fn ways(text: &str, open_end: bool) -> Vec<Vec<Vec<char>>> {
    let Some(runs) = runs(text) else { return Vec::new() };
    let mut ways: Vec<Vec<Vec<char>>> = vec![Vec::new()];
    for (at, run) in runs.iter().enumerate() {
        let open = open_end && at + 1 == runs.len();
        let readings: Vec<Vec<Vec<char>>> = match run.chars().next() {
            Some(c) if han::is_han(c) => vec![vec![vec![c]]],
            _ => splits(run, open).iter().map(|units| units.iter().map(|unit| unit.characters()).collect()).collect(),
        };
        let longer = |way: &Vec<Vec<char>>| {
            let way = way.clone();
            readings.iter().map(move |reading| [way.as_slice(), reading].concat()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(longer).take(MOST_WAYS).collect();
    }
    ways
}

/// Han characters one by one, and runs of letters in the spelling of the table; `None` where there is anything else.
fn runs(text: &str) -> Option<Vec<String>> {
    let mut runs: Vec<String> = Vec::new();
    let mut border = true;
    for c in toneless(&fold(text)).chars() {
        match c {
            'a'..='z' if !border => runs.last_mut()?.push(c),
            'a'..='z' => runs.push(c.to_string()),
            _ if han::is_han(c) => runs.push(c.to_string()),
            '\'' | '’' | ' ' | '-' => {}
            _ => return None,
        }
        border = !c.is_ascii_lowercase();
    }
    Some(runs)
}

/// A part of a run of letters: a whole syllable, or the begin of one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Unit<'a> {
    letters: &'a str,
    whole: bool,
}

impl Unit<'_> {
    fn characters(self) -> Vec<char> {
        if self.whole {
            TABLE.characters.get(&spelt(self.letters)).cloned().unwrap_or_default()
        } else {
            TABLE.beginning(self.letters)
        }
    }
}

/// A syllable as the table has it: `lue` and `nue` are lve and nve, and `v` behind j, q, x and y is u.
fn spelt(letters: &str) -> String {
    match letters {
        "lue" => "lve".to_owned(),
        "nue" => "nve".to_owned(),
        _ if letters.starts_with(['j', 'q', 'x', 'y']) => letters.replace('v', "u"),
        _ => letters.to_owned(),
    }
}

/// The ways to cut a run of letters: those with the fewest initials, then with the fewest parts, first.
fn splits(run: &str, open_end: bool) -> Vec<Vec<Unit<'_>>> {
    let mut found = Vec::new();
    split(run, open_end, false, &mut Vec::new(), &mut found);
    if found.is_empty() {
        split(run, open_end, true, &mut Vec::new(), &mut found);
    }
    let begun = |units: &Vec<Unit<'_>>| units.iter().filter(|unit| !unit.whole).count();
    found.sort_by_key(|units| (begun(units), units.len()));
    found.truncate(MOST_WAYS);
    found
}

fn split<'a>(
    rest: &'a str,
    open_end: bool,
    initials: bool,
    before: &mut Vec<Unit<'a>>,
    found: &mut Vec<Vec<Unit<'a>>>,
) {
    if rest.is_empty() {
        found.push(before.clone());
        return;
    }
    for end in (1..=rest.len().min(LONGEST)).rev() {
        let letters = &rest[..end];
        let whole = TABLE.characters.contains_key(&spelt(letters));
        let last = open_end && end == rest.len() && !TABLE.beginning(letters).is_empty();
        let initial = initials && is_initial(letters);
        if found.len() < MOST_TRIED && (whole || last || initial) {
            before.push(Unit { letters, whole: whole && !last });
            split(&rest[end..], open_end, initials, before, found);
            before.pop();
        }
    }
}

fn is_initial(letters: &str) -> bool {
    matches!(letters, "zh" | "ch" | "sh")
        || (letters.len() == 1 && letters.starts_with(|c: char| c.is_ascii_lowercase() && !"aeiouv".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_own_readings() {
        let names = "单 shan,解 xie,仇 qiu,查 zha,曾 zeng,区 ou,尉 yu,万 mo,俟 qi,盖 ge,乐 yue,任 ren,纪 ji,朴 piao,翟 zhai,\
                     覃 qin,缪 miao,员 yun,折 she,洗 xian,秘 bi,繁 po,种 chong,召 shao,隗 wei,祭 zhai,訾 zi,乜 nie,阚 kan,\
                     葛 ge,曲 qu,宿 su,燕 yan,华 hua,长 zhang,令 ling,澹 tan,冼 xian,逄 pang,宓 fu,郇 huan,哈 ha,撒 sa,车 che,晟 cheng,盛 sheng";
        let lacks = names.split(',').filter(|name| {
            let (character, syllable) =
                (name.chars().next().expect("a character"), &name.trim()[name.trim().len().min(4)..]);
            !readings(character).iter().any(|known| known == syllable.trim())
        });
        assert_eq!(lacks.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn letters_are_cut_into_syllables_or_initials() {
        let cut = |run, open| -> Vec<String> {
            let joined = |units: &Vec<Unit<'_>>| units.iter().map(|unit| unit.letters).collect::<Vec<_>>().join(" ");
            splits(run, open).iter().map(joined).collect()
        };
        assert_eq!(cut("zhangzhiming", false)[0], "zhang zhi ming");
        assert_eq!(cut("xian", false), ["xian", "xi an"]);
        assert_eq!(cut("zzm", false), ["z z m"]);
        assert_eq!(cut("lv", false), ["lv"]);
        assert!(cut("tsh", true).contains(&"t sh".to_owned()));
        assert_eq!(cut("tians", true)[0], "tian s");
        assert!(cut("xqz0", false).is_empty());
    }

    #[test]
    fn every_spelling_leads_to_the_characters() {
        for (text, places) in [
            ("zhang zhiming", "张智明"),
            ("张zhiming", "张智明"),
            ("xi'an", "西安"),
            ("Xī'ān", "西安"),
            ("lü", "绿"),
            ("nv", "女"),
            ("lvyou", "旅游"),
            ("lüyou", "旅游"),
            ("qve", "却"),
            ("lueying", "掠影"),
            ("chongqing", "重庆"),
            ("zhzhm", "张智明"),
        ] {
            let fits = |way: &Vec<Vec<char>>| {
                way.len() == places.chars().count()
                    && way.iter().zip(places.chars()).all(|(class, c)| class.binary_search(&c).is_ok())
            };
            assert!(ways(text, false).iter().any(fits), "{text}");
        }
        assert!(ways("2018nian", false).is_empty());
        assert!(!may_be_pinyin("张智明") && !may_be_pinyin("c919") && may_be_pinyin("xi近平"));
    }
}
