//! Signs as rows: what stands on one line of a page, in pieces that wide gaps part.

use super::page::{Sign, Signs};

/// Share of a sign's size by which signs of one row may stand higher or lower: a raised figure of a note does.
const LEVEL: f64 = 0.45;
/// Gap, in sizes, that parts two pieces of a row: the narrowest gutter between columns is one size wide.
const PART: f64 = 0.8;
/// Gap, in sizes, that is a blank between letters.
const BLANK: f64 = 0.2;

/// A piece of a row without a wide gap in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// The line that it stands on, from the top.
    pub y: f64,
    pub size: f64,
}

/// A page as rows from the top, the pieces of each from the left.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub rows: Vec<Vec<Piece>>,
    has_pictures: bool,
}

impl Page {
    pub(super) fn new(page: Signs) -> Self {
        let Signs { mut signs, has_pictures } = page;
        signs.sort_by(|a, b| a.y.total_cmp(&b.y));
        let (mut rows, mut row) = (Vec::new(), Vec::<Sign>::new());
        for sign in signs {
            // The first sign of a row says where it is, or a slope of raised figures would join two rows.
            let is_below = row.first().is_some_and(|first| sign.y - first.y > LEVEL * first.size.max(sign.size));
            if is_below {
                rows.push(pieces(std::mem::take(&mut row)));
            }
            row.push(sign);
        }
        rows.push(pieces(row));
        rows.retain(|row| !row.is_empty());
        Self { rows, has_pictures }
    }

    /// Whether the page shows something and has no text, or none that its fonts tell.
    pub(super) fn is_picture(&self) -> bool {
        let signs = || self.rows.iter().flatten().flat_map(|piece| piece.text.chars());
        let unknown = signs().filter(|sign| *sign == char::REPLACEMENT_CHARACTER).count();
        let count = signs().count();
        (count == 0 && self.has_pictures) || unknown * 2 > count
    }
}

/// The pieces of a row.
fn pieces(mut signs: Vec<Sign>) -> Vec<Piece> {
    signs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Sign> = None;
    for sign in signs {
        // What is printed twice, a little aside, is bold.
        let is_shadow = last.as_ref().is_some_and(|last| {
            last.text == sign.text && sign.x - last.x < 0.25 * last.size && sign.x - last.x < 0.6 * last.width
        });
        if is_shadow {
            continue;
        }
        if sign.text.trim().is_empty() {
            // A blank is a gap like any other, but one that was meant.
            if let Some(piece) = pieces.last_mut().filter(|piece| !piece.text.ends_with(char::is_whitespace)) {
                let is_wide = sign.text.contains('\u{3000}');
                piece.text.push(if is_wide { '\u{3000}' } else { ' ' });
                // One wide blank parts names on a line, and more of them are a gap.
                piece.right += if is_wide { sign.width } else { 0.0 };
            }
            continue;
        }
        let end = sign.x + sign.width;
        match pieces.last_mut() {
            Some(piece) if sign.x - piece.right <= PART * piece.size.max(sign.size) => {
                let is_gap = sign.x - piece.right > BLANK * piece.size.max(sign.size);
                if is_gap && !piece.text.ends_with(char::is_whitespace) && !is_wide_beside(&piece.text, &sign.text) {
                    piece.text.push(' ');
                }
                piece.text.push_str(&sign.text);
                piece.right = piece.right.max(end);
                // A raised figure says nothing about the line.
                piece.size = piece.size.max(sign.size);
            }
            _ => pieces.push(Piece { text: sign.text.clone(), left: sign.x, right: end, y: sign.y, size: sign.size }),
        }
        last = Some(sign);
    }
    for piece in &mut pieces {
        piece.text = piece.text.trim_end().to_string();
    }
    pieces
}

/// Whether two texts meet at a wide character, where lines and gaps mean no blank.
pub(super) fn is_wide_beside(before: &str, after: &str) -> bool {
    let is_wide = |c: char| c >= '\u{2E80}' || ('\u{2018}'..='\u{201D}').contains(&c) || c == '—' || c == '…';
    before.chars().next_back().is_some_and(is_wide) || after.chars().next().is_some_and(is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str, x: f64, y: f64, width: f64) -> Vec<Sign> {
        let place = |(at, c): (usize, char)| Sign { text: c.into(), x: x + at as f64 * width, y, width, size: 10.0 };
        text.chars().enumerate().map(place).collect()
    }

    #[test]
    fn rows_and_pieces_are_told_by_gaps() {
        let all = [signs("今年造林", 0.0, 20.0, 10.0), signs("标题", 0.0, 0.0, 10.0), signs("ab", 80.0, 20.0, 5.0)];
        let bold = signs("标题", 0.4, 0.1, 10.0);
        let page = Page::new(Signs { signs: [all.concat(), bold].concat(), ..Signs::default() });
        let texts = |row: &Vec<Piece>| row.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>().join("|");
        assert_eq!(page.rows.iter().map(texts).collect::<Vec<_>>(), ["标题", "今年造林|ab"]);
        assert!(!page.is_picture());
        assert!(Page::new(Signs { has_pictures: true, ..Signs::default() }).is_picture());
    }
}
