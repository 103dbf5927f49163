//! A text broken into lines by display width: a Han character takes two columns, and a word of letters or digits stays
//! whole where it fits.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The ranges of bytes of a text that make lines of at most so many columns; blanks at a break belong to no line.
pub fn lines(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let (end, next) = line(text, start, room);
        lines.push(start..end);
        start = next;
    }
    lines
}

/// The end of the line that begins at a byte, and where the next begins.
fn line(text: &str, start: usize, room: usize) -> (usize, usize) {
    let rest = &text[start..];
    let mut used = 0;
    let over = rest.char_indices().find(|(_, c)| {
        used += columns(*c);
        used > room
    });
    // A character wider than the room stands alone rather than nowhere.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let Some(full) = over.map(|(at, _)| at.max(first)) else { return (text.len(), text.len()) };
    let end = border(rest, full);
    let line = rest[..end].trim_end_matches(' ');
    let next = rest[end..].trim_start_matches(' ');
    (start + line.len(), text.len() - next.len())
}

/// The last place at or before a byte where a line may end: not inside a word and not before a closing sign, if there
/// is such a place in the last half of the line.
fn border(text: &str, full: usize) -> usize {
    let may_end = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at..].chars().next();
        // Letters with marks too: a reading is not broken.
        let word =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic() || (c.is_alphabetic() && c.width() == Some(1)));
        !(word(before) && word(after) || after.is_some_and(closes))
    };
    let places = (full / 2..=full).rev().filter(|at| text.is_char_boundary(*at));
    places.into_iter().find(|at| *at > 0 && may_end(*at)).unwrap_or(full)
}

/// Signs that do not begin a line.
fn closes(c: char) -> bool {
    "，。、；：？！）》〉」』】〕”’…".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, room: usize) -> Vec<&str> {
        lines(text, room).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn a_han_character_takes_two_columns() {
        assert_eq!(width("脱贫ab"), 6);
        assert_eq!(broken("脱贫攻坚战", 4), ["脱贫", "攻坚", "战"]);
        assert_eq!(broken("脱贫攻坚战", 5), ["脱贫", "攻坚", "战"]);
        assert_eq!(broken("脱贫", 1), ["脱", "贫"]);
        assert_eq!(broken("", 10), Vec::<&str>::new());
    }

    #[test]
    fn words_stay_whole_and_no_line_begins_with_a_comma() {
        assert_eq!(broken("飞机 C919 试飞", 8), ["飞机", "C919 试", "飞"]);
        assert_eq!(broken("脱贫攻坚，全区", 8), ["脱贫攻", "坚，全区"]);
        assert_eq!(broken("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }
}
