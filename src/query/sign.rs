//! The signs of the language in all their widths, and what sets one apart as plain text.

/// The ASCII form of a full-width sign, letter or digit; anything else is itself.
pub(super) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The closing quote for an opening one.
pub(super) fn closing_quote(open: char) -> Option<char> {
    match open {
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '"' | '＂' => Some(open),
        _ => None,
    }
}

/// Signs that a backslash makes plain wherever they stand.
pub(super) fn is_special(c: char) -> bool {
    matches!(narrow(c), '(' | ')' | '|' | '"' | '^' | '*' | '?' | '-' | '\\' | '“' | '”' | '「' | '」' | '『' | '』')
}

/// Whether the backslash here is an escape: at the start of a word, or before a sign of the language.
pub(super) fn escapes(text: &str, at: usize, at_start: bool) -> bool {
    let next = || text[at + 1..].chars().next();
    text[at..].starts_with('\\') && next().is_some_and(|c| is_special(c) || (at_start && !c.is_whitespace()))
}

/// Whether a closing quote or bracket that ends at `at` stands free to the right: before the end, a blank, a closing
/// bracket, a bar or a weight.
pub(super) fn ends_free(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars().map(narrow);
    match rest.next() {
        None | Some(')' | '|') => true,
        Some('^') => rest.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_whitespace(),
    }
}

/// Signs that are part of the term that they are glued to, though they are no unigram: `C++`, `3.5%`, `#话题#`.
pub(super) fn is_glued(c: char) -> bool {
    matches!(narrow(c), '%' | '+' | '#' | '$' | '@' | '&' | '‰' | '°' | '¥' | '￥' | '€' | '£')
}

const PAIRS: [(char, char); 13] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('{', '}'),
    ('【', '】'),
    ('〔', '〕'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('［', '］'),
];

/// The opening sign for a closing one, or the reverse: `mate` of what is looked at, given the side it is on.
pub(super) fn mate(c: char, closing: bool) -> Option<char> {
    let pair = PAIRS.iter().find(|(open, close)| if closing { *close == c } else { *open == c })?;
    Some(if closing { pair.0 } else { pair.1 })
}
