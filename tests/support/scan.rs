//! An independent reading of the text model: what a plain scan of the texts would find. It builds its fold from the
//! raw tables and the design's rules and shares no code with the library, so that the two can be held against each
//! other. Simple before fast; where a text lies and how it is asked is left to the tests.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// A unigram or a mark (`，` clause, `。` sentence, `¶` paragraph), and the bytes of the text that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub token: String,
    pub range: Range<usize>,
}

/// The unigrams of a text, with one mark between two of them where a hard mark stands.
pub fn unigrams(text: &str) -> Vec<String> {
    located(text).into_iter().map(|unit| unit.token).collect()
}

/// Whether the query's unigrams stand in the document one after the other; a mark in the query matches any mark.
pub fn contains(document: &[String], query: &[String]) -> bool {
    let same = |(a, b): (&String, &String)| a == b || (is_mark(a) && is_mark(b));
    !query.is_empty() && document.windows(query.len()).any(|window| window.iter().zip(query).all(same))
}

/// Whether a token is one of the three marks.
pub fn is_mark(token: &str) -> bool {
    matches!(token, "，" | "。" | "¶")
}

/// The unigrams and marks of a text with their places.
pub fn located(text: &str) -> Vec<Located> {
    let folded = fold(text);
    let mut found: Vec<Located> = Vec::new();
    let (mut at, mut gap) = (0, 0);
    while at < folded.len() {
        let (tokens, next) = tokens_at(&folded, at);
        if tokens.is_empty() {
            at = next;
            continue;
        }
        if let (Some(mark), false) = (mark_of(&folded, gap..at), found.is_empty()) {
            found.push(Located { token: mark.to_string(), range: folded[gap].from..folded[at].from });
        }
        found.extend(tokens);
        (at, gap) = (next, next);
    }
    found
}

// ---------------------------------------------------------------------------------------------------------------
// Fold

/// One character of the folded text, the bytes it came from, and whether a compatibility expansion made it.
#[derive(Clone, Copy)]
struct Folded {
    c: char,
    from: usize,
    to: usize,
    expanded: bool,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut normal: Vec<Folded> = Vec::with_capacity(text.len() / 3 + 1);
    for range in without_glosses(text, units(text)) {
        let unit = &text[range.clone()];
        let expanded = is_expansion(unit);
        let kept = unit.chars().filter(|&c| !is_skipped(c)).nfkc().filter(|&c| !is_skipped(c));
        normal.extend(kept.map(|c| Folded { c, from: range.start, to: range.end, expanded }));
    }
    write_zeros(&mut normal);
    let lower = |f: Folded| f.c.to_lowercase().map(move |c| Folded { c: class(c), ..f });
    normal.into_iter().flat_map(lower).collect()
}

/// Starters with the marks that follow them, as byte ranges.
fn units(text: &str) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::with_capacity(text.len() / 3 + 1);
    for (at, c) in text.char_indices().filter(|&(_, c)| !is_skipped(c)) {
        match units.last_mut() {
            Some(unit) if is_combining(c) => unit.end = at + c.len_utf8(),
            _ => units.push(at..at + c.len_utf8()),
        }
    }
    units
}

/// A compatibility expansion other than width, which joins no neighbour: ①, ½, ㎡.
fn is_expansion(unit: &str) -> bool {
    let width = |c: char| matches!(c, '\u{3000}' | '\u{ff00}'..='\u{ffef}');
    !unit.starts_with(width) && !unicode_normalization::is_nfkc(unit) && !unit.nfc().eq(unit.nfkc())
}

/// Controls but tabs and line breaks, and `Default_Ignorable_Code_Point` of the Unicode Character Database.
fn is_skipped(c: char) -> bool {
    let ignorable = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    ignorable || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// ○ and ◯ are 〇, and so is a run of 0 and O between two Han numerals.
fn write_zeros(text: &mut [Folded]) {
    const NUMERALS: &str = "〇一二三四五六七八九十";
    text.iter_mut().filter(|f| matches!(f.c, '○' | '◯')).for_each(|f| f.c = '〇');
    let mut after_numeral = None;
    for at in 0..text.len() {
        match text[at].c {
            '0' | 'O' => continue,
            c if NUMERALS.contains(c) => {
                let zeros = after_numeral.unwrap_or(at)..at;
                text[zeros].iter_mut().for_each(|f| f.c = '〇');
                after_numeral = Some(at + 1);
            }
            _ => after_numeral = None,
        }
    }
}

/// The smallest member of the character's class, by the raw tables.
fn class(c: char) -> char {
    static CLASSES: OnceLock<Vec<char>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| {
        let mut smallest: Vec<char> = (0..=0x3ffff).map(|c| char::from_u32(c).unwrap_or('\u{fffd}')).collect();
        for (a, b) in joins() {
            let (a, b) = (root(&smallest, a), root(&smallest, b));
            smallest[a.max(b) as usize] = a.min(b);
        }
        (0..smallest.len()).map(|at| root(&smallest, smallest[at])).collect()
    });
    classes.get(c as usize).copied().unwrap_or(c)
}

fn root(smallest: &[char], mut c: char) -> char {
    while smallest[c as usize] != c {
        c = smallest[c as usize];
    }
    c
}

fn joins() -> Vec<(char, char)> {
    const TABLES: [&str; 6] = [
        include_str!("../../src/analysis/data/opencc/TSCharacters.txt"),
        include_str!("../../src/analysis/data/opencc/STCharacters.txt"),
        include_str!("../../src/analysis/data/opencc/TWVariants.txt"),
        include_str!("../../src/analysis/data/opencc/HKVariants.txt"),
        include_str!("../../src/analysis/data/radicals.txt"),
        include_str!("../../src/analysis/data/additions.txt"),
    ];
    let mut joins = Vec::new();
    for line in TABLES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#')) {
        let members: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
        joins.extend(members.iter().flat_map(|&member| [(members[0], member), (member, normal(member))]));
    }
    joins
}

fn normal(c: char) -> char {
    std::iter::once(c).nfkc().next().unwrap_or(c)
}

// ---------------------------------------------------------------------------------------------------------------
// Glosses

/// Drops every bracket that holds a reading of the Han character right before it.
fn without_glosses(text: &str, units: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(units.len());
    let mut at = 0;
    while at < units.len() {
        match kept.last().and_then(|before| gloss_end(text, before, &units[at..])) {
            Some(length) => at += length,
            None => {
                kept.push(units[at].clone());
                at += 1;
            }
        }
    }
    kept
}

/// How many units the gloss takes that begins here, behind the unit `before`.
fn gloss_end(text: &str, before: &Range<usize>, units: &[Range<usize>]) -> Option<usize> {
    const BRACKETS: [(&str, &str); 4] = [("(（", ")）"), ("[［", "]］"), ("【", "】"), ("〔", "〕")];
    const LONGEST: usize = 24;
    let open = &text[units[0].clone()];
    let (_, closing) = BRACKETS.iter().find(|(opening, _)| opening.contains(open))?;
    let close = units.iter().take(LONGEST).position(|unit| closing.contains(&text[unit.clone()]))?;
    let han = text[before.clone()].chars().next()?;
    let inside = &text[units[0].end..units[close].start];
    (han.script() == Script::Han && is_reading(han, inside)).then_some(close + 1)
}

/// Whether this is a reading of the character in any of its written forms.
fn is_reading(han: char, inside: &str) -> bool {
    let Some((asked, tone)) = syllable(inside) else { return false };
    readings(han).any(|(known, known_tone)| known == asked && (tone % 5 == 0 || tone == known_tone))
}

fn readings(han: char) -> impl Iterator<Item = (String, u8)> {
    const OWN: &str = include_str!("../../src/analysis/data/readings.txt");
    static FORMS: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms: HashMap<char, Vec<char>> = HashMap::new();
        let joined = ('\u{2e80}'..='\u{3ffff}').filter(|&c| class(c) != c);
        joined.for_each(|c| forms.entry(class(c)).or_insert_with(|| vec![class(c)]).push(c));
        forms
    });
    let forms = forms.get(&class(normal(han))).cloned().unwrap_or(vec![han]);
    let known = forms.clone().into_iter().filter_map(|form| form.to_pinyin_multi());
    let known = known.flat_map(|readings| readings.into_iter().map(|reading| reading.with_tone()));
    let own = OWN.lines().filter(move |line| line.starts_with(|c| forms.contains(&c)));
    let own = own.flat_map(|line| line.split(' ').skip(1));
    known.chain(own).filter_map(syllable)
}

/// A syllable of pinyin or bopomofo without its tone, and the tone: 1 to 5, or 0 where none is written.
fn syllable(written: &str) -> Option<(String, u8)> {
    let mut tone = 0;
    let mut letters = String::new();
    for c in written.nfkd().flat_map(char::to_lowercase).filter(|&c| !c.is_whitespace() && !is_skipped(c)) {
        match c {
            '\u{304}' | '\u{2c9}' | '1' => tone = 1,
            '\u{301}' | '\u{2ca}' | '2' => tone = 2,
            '\u{30c}' | '\u{306}' | '\u{2c7}' | '3' => tone = 3,
            '\u{300}' | '\u{2cb}' | '4' => tone = 4,
            '\u{2d9}' | '\u{307}' | '5' => tone = 5,
            'ɡ' => letters.push('g'),
            'ɑ' => letters.push('a'),
            '\u{308}' | ':' if letters.ends_with('u') => {
                letters.pop();
                letters.push('v');
            }
            'a'..='z' | '\u{3105}'..='\u{3129}' | '\u{302}' => letters.push(c),
            _ => return None,
        }
    }
    Some((from_bopomofo(&letters), tone)).filter(|(letters, _)| !letters.is_empty())
}

/// Bopomofo as pinyin, with v for ü; anything else as it is.
fn from_bopomofo(letters: &str) -> String {
    const SOUNDS: &str = "ㄧㄚia ㄧㄛio ㄧㄝie ㄧㄞiai ㄧㄠiao ㄧㄡiu ㄧㄢian ㄧㄣin ㄧㄤiang ㄧㄥing ㄨㄚua ㄨㄛuo ㄨㄞuai ㄨㄟui ㄨㄢuan ㄨㄣun \
        ㄨㄤuang ㄨㄥong ㄩㄝve ㄩㄢvan ㄩㄣvn ㄩㄥiong ㄅb ㄆp ㄇm ㄈf ㄉd ㄊt ㄋn ㄌl ㄍg ㄎk ㄏh ㄐj ㄑq ㄒx ㄓzh ㄔch ㄕsh ㄖr ㄗz ㄘc ㄙs \
        ㄚa ㄛo ㄜe ㄝe ㄞai ㄟei ㄠao ㄡou ㄢan ㄣen ㄤang ㄥeng ㄦer ㄧi ㄨu ㄩv";
    if letters.is_ascii() {
        return letters.to_string();
    }
    let mut latin = letters.to_string();
    for sound in SOUNDS.split_ascii_whitespace() {
        let split = sound.find(|c: char| c.is_ascii()).unwrap_or(sound.len());
        latin = latin.replace(&sound[..split], &sound[split..]);
    }
    spell(&latin)
}

/// Pinyin's spelling of an initial and a final put together: iou is you, jü is ju, zh alone is zhi.
fn spell(sounds: &str) -> String {
    const ALONE: [(&str, &str); 11] = [
        ("iong", "yong"),
        ("ong", "weng"),
        ("iu", "you"),
        ("ui", "wei"),
        ("un", "wen"),
        ("in", "yin"),
        ("ing", "ying"),
        ("i", "yi"),
        ("u", "wu"),
        ("vn", "yun"),
        ("v", "yu"),
    ];
    if let Some((_, spelled)) = ALONE.iter().find(|(alone, _)| *alone == sounds) {
        return (*spelled).to_string();
    }
    match sounds.chars().next() {
        Some('i') => sounds.replacen('i', "y", 1),
        Some('u') => sounds.replacen('u', "w", 1),
        Some('v') => sounds.replacen('v', "yu", 1),
        Some('j' | 'q' | 'x') => sounds.replacen('v', "u", 1),
        _ if matches!(sounds, "zh" | "ch" | "sh" | "r" | "z" | "c" | "s") => format!("{sounds}i"),
        _ => sounds.to_string(),
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Unigrams

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alone,
    Letter,
    Digit,
    Other,
}

fn kind(c: char) -> Kind {
    use Script::{Han, Hiragana, Katakana, Thai, Tibetan};
    let category = c.general_category();
    match category {
        _ if c.is_ascii_alphabetic() => Kind::Letter,
        GeneralCategory::PrivateUse => Kind::Alone,
        _ if c.script() == Han || c == 'ー' => Kind::Alone,
        _ if c.is_numeric() => Kind::Digit,
        _ if !c.is_alphabetic() => Kind::Other,
        _ if matches!(c.script(), Hiragana | Katakana | Thai | Tibetan) => Kind::Alone,
        _ => Kind::Letter,
    }
}

/// The tokens that begin here, none at a sign, and the place behind them.
fn tokens_at(text: &[Folded], at: usize) -> (Vec<Located>, usize) {
    match kind(text[at].c) {
        Kind::Other => (Vec::new(), at + 1),
        Kind::Alone => {
            let is_han = text[at].c.script() == Script::Han;
            let end = run_end(text, at, |c| is_combining(c) && !is_han);
            (vec![token(text, at..end)], end)
        }
        Kind::Letter => {
            let end = run_end(text, at, |c| kind(c) == Kind::Letter || is_combining(c));
            (vec![token(text, at..end)], end)
        }
        Kind::Digit => numbers(text, at),
    }
}

fn is_combining(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark
}

fn token(text: &[Folded], range: Range<usize>) -> Located {
    let bytes = text[range.start].from..text[range.end - 1].to;
    Located { token: text[range].iter().map(|f| f.c).collect(), range: bytes }
}

/// The end of the run that begins at `at`; a compatibility expansion joins no neighbour.
fn run_end(text: &[Folded], at: usize, belongs: impl Fn(char) -> bool) -> usize {
    let joined = |next: usize| {
        let (a, b) = (&text[next - 1], &text[next]);
        belongs(b.c) && ((!a.expanded && !b.expanded) || a.from == b.from)
    };
    (at + 1..text.len()).find(|&next| !joined(next)).unwrap_or(text.len())
}

/// A chain of digit runs with single `.` and `,` between: `1,000` loses its commas, `3.5` is one, 2018.3.5 is three.
fn numbers(text: &[Folded], at: usize) -> (Vec<Located>, usize) {
    let digits = |at: usize| at..run_end(text, at, |c| kind(c) == Kind::Digit);
    let mut runs = vec![digits(at)];
    let mut end = runs[0].end;
    let plain = |at: usize, is: &dyn Fn(char) -> bool| text.get(at).is_some_and(|f| !f.expanded && is(f.c));
    let is_digit = |c: char| kind(c) == Kind::Digit;
    let separates = |at: usize| plain(at, &|c| c == '.') || (plain(at, &|c| c == ',') && is_inner(text, at));
    while plain(end - 1, &is_digit) && separates(end) && plain(end + 1, &is_digit) {
        runs.push(digits(end + 1));
        end = runs[runs.len() - 1].end;
    }
    let separated = |at: usize, by: char| at > 0 && text[runs[at].start - 1].c == by;
    let mut whole: Vec<Located> = Vec::new();
    let mut dotted: Vec<bool> = Vec::new();
    let mut thousands = false;
    for (n, run) in runs.iter().enumerate() {
        let next = token(text, run.clone());
        let short = n > 0 && runs[n - 1].len() <= 3 && !separated(n - 1, '.');
        thousands = separated(n, ',') && run.len() == 3 && (thousands || short);
        match whole.last_mut() {
            Some(last) if thousands => join(last, "", next),
            _ => {
                whole.push(next);
                dotted.push(separated(n, '.'));
            }
        }
    }
    (decimals(whole, &dotted), end)
}

/// Joins a number and the one behind its dot where no third hangs on by a dot.
fn decimals(numbers: Vec<Located>, dotted: &[bool]) -> Vec<Located> {
    let is_dotted = |at: usize| dotted.get(at).copied().unwrap_or(false);
    let mut joined: Vec<Located> = Vec::new();
    for (at, number) in numbers.into_iter().enumerate() {
        let single = is_dotted(at) && !is_dotted(at + 1) && !is_dotted(at - 1);
        match joined.last_mut() {
            Some(last) if single => join(last, ".", number),
            _ => joined.push(number),
        }
    }
    joined
}

fn join(last: &mut Located, between: &str, next: Located) {
    last.token = format!("{}{between}{}", last.token, next.token);
    last.range.end = next.range.end;
}

/// Whether a sign stands right between two ASCII letters or digits.
fn is_inner(text: &[Folded], at: usize) -> bool {
    let is_ascii = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|f| f.c.is_ascii_alphanumeric());
    is_ascii(at.checked_sub(1)) && is_ascii(Some(at + 1))
}

/// The strongest mark in the gap between two unigrams, if one of its signs is hard.
fn mark_of(text: &[Folded], gap: Range<usize>) -> Option<&'static str> {
    let is_blank = |at: usize| text.get(at).is_some_and(|f| f.c.is_whitespace());
    let strength = |at: usize| match text[at].c {
        '\t' | '\u{2029}' => 3,
        '\r' if text.get(at + 1).is_some_and(|f| f.c == '\n') => 0,
        '\n' | '\r' | '\u{2028}' if is_blank(at + 1) => 3,
        '.' | ',' | ':' if is_inner(text, at) => 0,
        '!' | '?' | '.' | '。' | '…' => 2,
        ',' | ':' | ';' => 1,
        _ => 0,
    };
    let strongest = gap.map(strength).max().unwrap_or(0);
    [None, Some("，"), Some("。"), Some("¶")][strongest]
}
