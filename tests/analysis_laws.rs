//! The laws of fold and unigrams, on random texts of every kind of character, and what is a gloss.

use std::io::Write as _;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use xunzhang::analysis::{Folded, Unigram, Unigrams, fold, glosses, is_han, unigrams};

/// Pieces in which characters depend on each other.
#[rustfmt::skip]
const PARTS: [&str; 64] = [
    "脫貧攻堅(jiān)戰", "脱贫攻坚战", "區（ＱŪ）", "区(WTO)", "張三(zhang)", "一(yī)", "重(ㄔㄨㄥˊ)", "坚(", ")", "二0一八", "二OO八", "三○◯", "十",
    "0", "O", "o", "一", "〇", "々", "零", "1,000", "1,000,000.5", "3.5", "2018.3.5", "18:30", ".", ",", "１，０００", "१,२३४", "①", "½", "㎡", "㍿",
    "ﬁ", "Ǆ", "İ", "ß", "ẞ", "Σ", "e\u{301}", "\u{301}", "\u{308}", "\u{302}", "\u{34F}", "한", "\u{1112}", "\u{1161}", "\u{11AB}", "か\u{3099}",
    "ﾊﾞ", "ﾞ", "กำ", "\u{F71}", "⽂", "⺁", "豈", "\u{2F800}", "\u{2F00}", "\r\n", "\r", "\n　", "\t", "。", "……",
];

/// Characters by their ranges: both scripts of Han and its extensions, letters, digits, marks, emoji, controls.
#[rustfmt::skip]
const RANGES: [(u32, u32); 30] = [
    (0x0, 0x7F), (0x80, 0xFF), (0x100, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x52F), (0x5D0, 0x6FF), (0x900, 0x97F),
    (0xE00, 0xFFF), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x20FF), (0x2100, 0x218F), (0x2460, 0x24FF), (0x2E80, 0x2FDF),
    (0x3000, 0x30FF), (0x3100, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7FF), (0xE000, 0xE010), (0xF900, 0xFB4F),
    (0xFE00, 0xFE6F), (0xFF00, 0xFFFF), (0x1D100, 0x1D7FF), (0x1F100, 0x1F9FF), (0x20000, 0x2A6DF), (0x2A700, 0x2FA1F),
    (0x30000, 0x323AF), (0xE0000, 0xE01EF),
];

fn character() -> impl Strategy<Value = String> {
    select(&RANGES[..])
        .prop_flat_map(|(first, last)| first..=last)
        .prop_map(|code| char::from_u32(code).map_or(String::new(), String::from))
}

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![3 => select(&PARTS[..]).prop_map(str::to_owned), 2 => character()];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A compatibility expansion other than width.
fn is_expanded(c: char) -> bool {
    let wide = matches!(c, '\u{3000}' | '\u{FF00}'..='\u{FFEF}');
    !wide && !std::iter::once(c).nfc().eq(std::iter::once(c).nfkc())
}

/// Whether a character is of one piece with the one before: marks, jamo that compose, and what folding skips.
fn follows(c: char) -> bool {
    let first = std::iter::once(c).nfkd().next().unwrap_or(c);
    let is_mark = first.general_category_group() == GeneralCategoryGroup::Mark;
    is_mark || matches!(first, '\u{1160}'..='\u{11FF}') || fold(&c.to_string()).is_empty()
}

fn texts(all: Vec<Unigram>) -> Vec<String> {
    all.into_iter().map(|unigram| unigram.text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(2026), failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(once.chars().all(|c| !fold(&c.to_string()).is_empty()), "{:?} holds what is to be skipped", once);
    }

    /// Only what a compatibility expansion keeps apart may join once folded: ① is then a 1 like any other.
    #[test]
    fn a_folded_text_has_the_same_unigrams(text in text()) {
        let text: String = text.chars().filter(|&c| !is_expanded(c)).collect();
        prop_assert_eq!(texts(unigrams(&fold(&text))), texts(unigrams(&text)));
    }

    #[test]
    fn a_range_is_the_smallest_run_of_characters_that_fold_to_its_unigram(text in text()) {
        let folded = Folded::new(&text);
        let mut before = 0..0;
        for (token, kind, range) in Unigrams::new(&folded).filter(|(_, kind, _)| !kind.is_mark()) {
            let original = folded.original(range.clone());
            prop_assert!(!original.is_empty() && text.get(original.clone()).is_some(), "{:?} of {:?}", original, token);
            prop_assert!(before.start <= original.start && before.end <= original.end, "{:?} before {:?}", before, original);
            before = original.clone();
            // The stretch folds to what holds the token where nothing before it decides: 0 between numerals is 〇.
            let alone = fold(&text[original.clone()]);
            let zero = folded.text[range.clone()].contains('〇');
            let holds = alone.contains(&folded.text[range.clone()]);
            prop_assert!(holds || zero, "{:?} folds to {:?}, not to {:?} ({:?})", &text[original.clone()], alone, token, kind);
            // Smallest: without its first or its last character, each with its marks, it does not.
            let inner = &text[original];
            let second = inner.char_indices().skip(1).find(|&(_, c)| !follows(c)).map_or(inner.len(), |(at, _)| at);
            let last = inner.char_indices().rfind(|&(_, c)| !follows(c)).map_or(0, |(at, _)| at);
            for less in [&inner[second..], &inner[..last]] {
                prop_assert!(zero || less.is_empty() || !fold(less).contains(&folded.text[range.clone()]), "{:?} is enough for {:?}", less, token);
            }
        }
    }

    #[test]
    fn every_han_character_outside_glosses_is_in_a_unigram(text in text()) {
        let (all, glosses) = (unigrams(&text), glosses(&text));
        for (at, c) in text.char_indices().filter(|&(_, c)| is_han(c)) {
            let covered = all.iter().any(|unigram| !unigram.kind.is_mark() && unigram.range.contains(&at));
            let in_gloss = glosses.iter().any(|gloss| gloss.contains(&at));
            prop_assert!(covered || in_gloss, "{} at {}", c, at);
        }
    }

    #[test]
    fn marks_stand_between_unigrams_and_no_unigram_is_too_long(text in text(), repeat in 1usize..80) {
        let all = unigrams(&text.repeat(repeat));
        for ends in [all.first(), all.last()].into_iter().flatten() {
            prop_assert!(!ends.kind.is_mark());
        }
        prop_assert!(all.windows(2).all(|pair| !(pair[0].kind.is_mark() && pair[1].kind.is_mark())));
        for unigram in &all {
            prop_assert!(!unigram.text.is_empty() && unigram.text.encode_utf16().count() <= 255, "{:?}", unigram);
        }
    }
}

#[test]
fn every_character_alone_keeps_the_laws() {
    for c in ('\0'..='\u{323AF}').chain('\u{E0000}'..='\u{E0FFF}') {
        let (text, once) = (c.to_string(), fold(c.encode_utf8(&mut [0; 4])));
        assert_eq!(fold(&once), once, "{c:?} folds twice");
        let all = unigrams(&text);
        assert!(all.iter().all(|unigram| unigram.range == (0..text.len())), "{c:?}: {all:?}");
        assert!(!all.is_empty() || !is_han(c), "{c:?} is no unigram");
    }
}

#[test]
fn a_number_too_long_to_lose_its_commas_is_cut_like_any_other_run() {
    for digits in ["123,", "१२३,"] {
        let all = unigrams(&digits.repeat(200));
        assert!(all.iter().all(|unigram| unigram.text.encode_utf16().count() <= 255 && !unigram.text.contains(',')));
    }
}

#[test]
fn pairs_of_scripts_fold_alike() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/scripts/pairs.tsv");
    let Ok(pairs) = std::fs::read_to_string(path) else {
        return say("analysis_laws: skipped the pairs of scripts, ../shared is not there");
    };
    let plain = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let pairs: Vec<(&str, &str)> = pairs.lines().filter_map(|line| line.rsplit_once('\t')).collect();
    let sides = pairs.iter().filter_map(|(left, right)| Some((left.rsplit_once('\t')?.1, right)));
    let alike = sides.filter(|(left, right)| plain(left) == plain(right)).count();
    say(&format!("analysis_laws: {alike} of {} pairs fold alike", pairs.len()));
    assert!(alike * 100 >= pairs.len() * 94, "{alike} of {}", pairs.len());
}

/// Text, and its glosses.
const GLOSSES: [(&str, &[&str]); 34] = [
    ("脫貧攻堅(jiān)戰(zhàn)", &["(jiān)", "(zhàn)"]),
    ("堅(jia\u{304}n)", &["(jia\u{304}n)"]),
    ("堅(jian1)(JIAN)(Jiān)", &["(jian1)", "(JIAN)", "(Jiān)"]),
    ("堅(jian)", &["(jian)"]),
    ("堅( jiān )", &["( jiān )"]),
    ("堅（ｊｉāｎ）", &["（ｊｉāｎ）"]),
    ("區（qū）", &["（qū）"]),
    ("绿(lǜ)绿(lu\u{308}\u{300})绿(lü4)绿(lv4)绿(lu:4)", &["(lǜ)", "(lu\u{308}\u{300})", "(lü4)", "(lv4)", "(lu:4)"]),
    ("綠(ㄌㄩˋ)重(ㄔㄨㄥˊ)么(˙ㄇㄜ)", &["(ㄌㄩˋ)", "(ㄔㄨㄥˊ)", "(˙ㄇㄜ)"]),
    ("期(qí)法(fà)", &["(qí)", "(fà)"]),
    ("长(zhǎng)长(cháng)", &["(zhǎng)", "(cháng)"]),
    ("坚\u{200B}(jiān)", &["(jiān)"]),
    ("堅(ji\u{200B}ān)", &["(ji\u{200B}ān)"]),
    ("女(nǚ)居(jū)去(qu4)雨(yu3)", &["(nǚ)", "(jū)", "(qu4)", "(yu3)"]),
    ("儿(er)二(èr)", &["(er)", "(èr)"]),
    ("區(WTO)", &[]),
    ("张三(zhang)", &[]),
    ("坚(jiàn)", &[]),
    ("坚(jian2)", &[]),
    ("坚 (jiān)", &[]),
    ("坚，(jiān)", &[]),
    ("坚()", &[]),
    ("坚(1)", &[]),
    ("一(1)", &[]),
    ("附表一（一）", &[]),
    ("意(一ˋ)", &["(一ˋ)"]),
    ("坚(jiān", &[]),
    ("坚jiān)", &[]),
    ("坚(jiān、gù)", &[]),
    ("坚(坚)", &[]),
    ("a(jiān)", &[]),
    ("(jiān)", &[]),
    ("坚固(jiāngù)", &[]),
    ("坚(jiān\u{4E00})", &[]),
];

#[test]
fn glosses_are_readings_of_the_character_before_them() {
    for (text, wanted) in GLOSSES {
        let found: Vec<&str> = glosses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

/// Speaks past the test's captured output.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
