//! Promise: what is shown and marked is the author's text. Every needle is found where the index finds it, and every
//! mark is a range of the original on character boundaries, whatever characters the text is made of.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;
use xunzhang::analysis::{Kind, Unigram, glosses, unigrams};
use xunzhang::query::Piece;
use xunzhang::snippet::{Needle, Snippet, Text, found, matches, passages, shown};

/// What random texts are made of: few words, so that needles occur, and every sort of sign between them.
#[rustfmt::skip]
const PARTS: [&str; 72] = [
    "脱", "貧", "贫", "攻", "堅", "坚", "戰", "的", "的", "的的", "改革开放", "五龍鎮", "鎮(zhèn)", "堅(jiān)", "區（ＱŪ）", "重(ㄔㄨㄥˊ)",
    "区(WTO)", "二0一八", "〇", "々", "𠀀", "𪜀", "𰻞", "著", "カ", "が", "か\u{3099}", "ก", "한", "\u{1112}\u{1161}\u{11AB}",
    "a", "GDP", "ＧＤＰ", "C919", "e\u{301}", "é", "1", "1,000", "3.5", "2018.3.5", "２０１８", "①", "㎡", "½", "ß", "İ",
    "😀", "👨\u{200D}👩\u{200D}👧", "🇨🇳", "\u{301}", "\u{200B}", "\u{AD}", "\u{FE0F}", "\u{7}", "\u{1B}[31m", "\u{202E}",
    "，", "。", "。”", "“", "」", "、", "：", "……", "——", "(", "!", " ", "　", "\n", "\r\n\r\n", "\t",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&PARTS[..]), 0..150).prop_map(|parts| parts.concat())
}

/// Needles cut out of a text, and one that is rarely in it.
fn needles(text: &str, places: &[(usize, usize)]) -> Vec<Needle> {
    let all = unigrams(text);
    let cut = |&(at, length): &(usize, usize)| {
        let first = at % all.len().max(1);
        pieces(all.get(first..(first + length).min(all.len())).unwrap_or_default())
    };
    let mut cut: Vec<Vec<Piece>> = places.iter().map(cut).chain([pieces(&unigrams("改革，开放"))]).collect();
    cut.retain(|pieces| !pieces.is_empty());
    cut.into_iter().zip(1u8..).map(|(unigrams, weight)| Needle::new(unigrams, f32::from(weight))).collect()
}

fn pieces(all: &[Unigram]) -> Vec<Piece> {
    let is_mark = |unigram: &&Unigram| unigram.kind.is_mark();
    let start = all.iter().take_while(is_mark).count();
    let end = all.len() - all.iter().rev().take_while(is_mark).count();
    let piece = |unigram: &Unigram| match unigram.kind.is_mark() {
        true => Piece::AnyMark,
        false => Piece::Token(unigram.text.clone()),
    };
    all.get(start..end).unwrap_or_default().iter().map(piece).collect()
}

fn needle(query: &str) -> Needle {
    Needle::new(pieces(&unigrams(query)), 1.0)
}

/// Where a needle occurs, by a plain scan.
fn scan(all: &[Unigram], needle: &Needle) -> Vec<Range<usize>> {
    let same = |(unigram, piece): (&Unigram, &Piece)| match piece {
        Piece::AnyMark => unigram.kind.is_mark(),
        Piece::Token(token) => !unigram.kind.is_mark() && unigram.text == *token,
        other => panic!("no query here has {other:?}"),
    };
    let windows = all.windows(needle.unigrams.len());
    let hits = windows.filter(|window| window.iter().zip(&needle.unigrams).all(same));
    hits.map(|window| window[0].range.start..window[window.len() - 1].range.end).collect()
}

/// Joins what overlaps, touches or is parted by glosses alone.
fn joined(text: &str, mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let glosses = glosses(text);
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let reach =
            |end: usize| glosses.iter().fold(end, |end, gloss| if gloss.start == end { gloss.end } else { end });
        match joined.last_mut() {
            Some(last) if range.start <= reach(last.end) => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn texts(text: &str) -> Vec<String> {
    unigrams(text).into_iter().map(|unigram| unigram.text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(2026), failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn matches_are_what_a_scan_finds(text in text(), places in prop::collection::vec((0usize..200, 1usize..6), 0..5)) {
        let needles = needles(&text, &places);
        let all = unigrams(&text);
        let scanned: Vec<_> = needles.iter().map(|needle| scan(&all, needle)).collect();
        prop_assert_eq!(found(&text, &needles), scanned.iter().map(|hits| !hits.is_empty()).collect::<Vec<_>>());
        prop_assert_eq!(matches(&text, &needles), joined(&text, scanned.concat()));
    }

    #[test]
    fn snippets_hold(text in text(), places in prop::collection::vec((0usize..200, 1usize..6), 0..5), limit in 1usize..4) {
        let needles = needles(&text, &places);
        let all = passages("body", &text, &needles, usize::MAX);
        all.iter().try_for_each(|snippet| holds(&text, snippet))?;
        let mut ranges: Vec<[usize; 2]> = all.iter().map(|snippet| snippet.range).collect();
        ranges.sort_unstable();
        prop_assert!(ranges.windows(2).all(|pair| pair[0][1] <= pair[1][0]), "passages overlap: {:?}", ranges);
        prop_assert_eq!(&passages("body", &text, &needles, limit)[..], &all[..limit.min(all.len())]);
        let marks: Vec<&Range<usize>> = all.iter().flat_map(|snippet| &snippet.marks).map(|mark| &mark.original).collect();
        for needle in &needles {
            let hits = scan(&unigrams(&text), needle);
            let marked = |hit: &Range<usize>| marks.iter().any(|mark| mark.start <= hit.start && hit.end <= mark.end);
            prop_assert!(hits.is_empty() || hits.iter().any(marked), "{:?} is nowhere marked", needle);
        }
    }

    #[test]
    fn a_title_is_one_line_of_the_same_unigrams(text in text()) {
        let line = shown(&text);
        prop_assert!(!line.contains(['\n', '\r', '\t']) && glosses(&line).is_empty());
        prop_assert_eq!(line.trim(), &line);
        let plain = |text: &str| unigrams(text).into_iter().filter(|unigram| !unigram.kind.is_mark()).map(|unigram| unigram.text).collect::<Vec<_>>();
        prop_assert_eq!(plain(&line), plain(&text));
    }
}

/// What every snippet is.
fn holds(text: &str, snippet: &Snippet) -> Result<(), TestCaseError> {
    let original = text.get(snippet.range[0]..snippet.range[1]);
    prop_assert!(original.is_some(), "{:?} is no range of the text", snippet.range);
    let original = original.unwrap_or_default();
    prop_assert!(glosses(&snippet.text).is_empty(), "a gloss is shown in {:?}", snippet.text);
    prop_assert_eq!(snippet.text.trim(), &snippet.text);
    let blank = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut hidden = original.to_owned();
    glosses(original).into_iter().rev().for_each(|gloss| hidden.replace_range(gloss, ""));
    prop_assert_eq!(blank(&snippet.text), blank(&hidden));
    if !unigrams(original).iter().any(|unigram| unigram.kind == Kind::Paragraph) {
        prop_assert_eq!(texts(&snippet.text), texts(original));
    }
    let units: Vec<u16> = snippet.text.encode_utf16().collect();
    let mut before: Option<(usize, usize)> = None;
    for mark in &snippet.marks {
        let marked = snippet.text.get(mark.bytes.clone());
        prop_assert!(marked.is_some_and(|marked| !marked.is_empty()), "{:?}", mark);
        let marked = marked.unwrap_or_default();
        let by_characters: String = snippet.text.chars().skip(mark.chars.start).take(mark.chars.len()).collect();
        prop_assert_eq!(marked, by_characters);
        prop_assert_eq!(marked.encode_utf16().collect::<Vec<_>>(), &units[mark.utf16.clone()]);
        prop_assert!(snippet.range[0] <= mark.original.start && mark.original.end <= snippet.range[1]);
        let original = texts(&text[mark.original.clone()]);
        let paragraphs = original.iter().any(|text| text == "¶");
        prop_assert!(paragraphs || texts(marked) == original, "{:?} is not {:?}", marked, original);
        let order = before.is_none_or(|(shown, original)| shown < mark.bytes.start && original < mark.original.start);
        prop_assert!(order, "marks touch or are out of order: {:?}", snippet.marks);
        before = Some((mark.bytes.end, mark.original.end));
    }
    Ok(())
}

/// Passages as `text` with marks as 【…】.
fn marked(text: &str, queries: &[&str], limit: usize) -> Vec<String> {
    let needles: Vec<Needle> = queries.iter().map(|query| needle(query)).collect();
    let show = |snippet: Snippet| {
        let mut text = snippet.text;
        for mark in snippet.marks.iter().rev() {
            text.insert(mark.bytes.end, '】');
            text.insert(mark.bytes.start, '【');
        }
        text
    };
    passages("body", text, &needles, limit).into_iter().map(show).collect()
}

#[test]
fn marks_are_the_authors_characters() {
    for (text, query, wanted) in [
        ("打贏脫貧攻堅(jiān)戰(zhàn)。", "脱贫攻坚战", "打贏【脫貧攻堅戰】。"),
        ("“兩不愁、三保障”，好", "两不愁三保障", "“【兩不愁、三保障】”，好"),
        ("推進改革\n開放", "改革开放", "推進【改革開放】"),
        ("共１，０００人", "1000", "共【１，０００】人"),
        ("50㎡的\u{200B}地", "m", "50【㎡】的\u{200B}地"),
        ("改革，開放", "改革。开放", "【改革，開放】"),
        ("甲(jiǎ)\u{7}乙 丙", "乙", "甲\u{7}【乙】 丙"),
        ("改革改革堅(jiān)改革", "改革", "【改革改革】堅【改革】"),
        ("坚(jiān)坚", "坚", "【坚坚】"),
    ] {
        assert_eq!(marked(text, &[query], 1), [wanted], "{text}");
    }
}

#[test]
fn a_passage_is_whole_sentences_where_they_fit() {
    let filler = "这里是一个没有什么内容的句子，它只是占据一些地方。";
    let text = format!("{}他说：“要打赢脱贫攻坚战。”{}", filler.repeat(10), filler.repeat(10));
    let shown = marked(&text, &["脱贫攻坚"], 1);
    assert_eq!(shown, [format!("他说：“要打赢【脱贫攻坚】战。”{}", filler.repeat(4))]);
    let at_the_end = format!("{}脱贫攻坚。\n\n别的段落。", filler.repeat(10));
    assert_eq!(marked(&at_the_end, &["脱贫攻坚"], 1), [format!("{}【脱贫攻坚】。", filler.repeat(3))]);
    let clauses = format!("{}脱贫攻坚，{}", "没有句号，".repeat(60), "没有句号，".repeat(60));
    let shown = marked(&clauses, &["脱贫攻坚"], 1);
    assert!(shown[0].starts_with("没有句号，") && shown[0].ends_with("没有句号，"), "{shown:?}");
    let bare = format!("{}脱贫攻坚{}", "无".repeat(300), "无".repeat(300));
    assert_eq!(marked(&bare, &["脱贫攻坚"], 1), [format!("{}【脱贫攻坚】{}", "无".repeat(30), "无".repeat(86))]);
}

#[test]
fn the_best_passage_has_most_needles_and_the_next_what_it_lacks() {
    let filler = "这里是一个没有什么内容的句子，它只是占据一些地方。".repeat(8);
    let text = format!("改革。{filler}改革和开放。{filler}脱贫。{filler}改革，改革。");
    let shown = marked(&text, &["改革", "开放", "脱贫"], 9);
    assert!(shown[0].starts_with("【改革】和【开放】。"), "{shown:?}");
    assert!(shown[1].contains("【脱贫】。"), "{shown:?}");
    assert!(shown[2].contains("【改革】，【改革】。"), "{shown:?}");
    assert!(shown[3].starts_with("【改革】。") && shown.len() == 4, "{shown:?}");
}

#[test]
fn without_a_match_the_first_sentences_are_shown() {
    assert_eq!(marked("\n　　甘肅(sù)日報訊。五龍鎮。\n\n第二段", &["改革"], 3), ["甘肅日報訊。五龍鎮。"]);
    assert_eq!(marked("——", &["改革"], 3), Vec::<String>::new());
    assert_eq!(marked("改革", &["改革"], 0), Vec::<String>::new());
    assert_eq!(marked("", &[], 1), Vec::<String>::new());
}

#[test]
fn runs_of_letters_and_digits_are_not_cut_and_the_longest_passage_is_bounded() {
    let text = format!("{}改革{}", "Wi-Fi-6E,".repeat(40), "x1".repeat(2000));
    let shown = passages("body", &text, &[needle("改革")], 1);
    assert!(shown[0].text.chars().count() <= 440, "{}", shown[0].text.chars().count());
    let words = "alpha beta gamma delta ".repeat(30);
    let shown = passages("body", &words, &[needle("delta alpha")], 1);
    let whole = |text: &str| text.split(' ').all(|word| ["alpha", "beta", "gamma", "delta"].contains(&word));
    assert!(whole(&shown[0].text) && shown[0].text.len() <= 120, "{}", shown[0].text);
}

#[test]
fn a_long_match_lengthens_its_passage() {
    let long = "改革开放".repeat(50);
    let text = format!("前面的话。{long}后面的话。");
    let shown = passages("body", &text, &[needle(&long)], 1);
    assert_eq!(&shown[0].text[shown[0].marks[0].bytes.clone()], long);
    let endless = "改革开放".repeat(500);
    let shown = passages("body", &endless, &[needle(&endless)], 1);
    assert_eq!(shown[0].text.chars().count(), 400);
}

#[test]
fn a_text_of_megabytes_takes_no_long_while() {
    let text = format!("{}改革开放", "的堅(jiān)x1 １，０００　".repeat(100_000));
    let needles: Vec<Needle> = ["的", "坚", "的坚x1", "改革开放"].map(needle).to_vec();
    let began = std::time::Instant::now();
    let text = Text::new(&text);
    assert!(text.matches(&needles).len() > 100_000);
    assert_eq!(text.passages("body", &needles, 3).len(), 3);
    // Quadratic work would take minutes.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
