//! Needles with gaps, and long ones: each is found in one walk through a text, whatever the text repeats. All others are
//! tried from unit to unit, in `text`.

use super::text::Text;
use crate::query::{MAX_GAP, Piece};

/// Rows of at least so many pieces are walked; shorter ones are tried from every unit, at their length times the text's
/// where it repeats itself.
pub(super) const LONG: usize = 64;

impl Text<'_> {
    /// First and last unit of every place of a needle, in order; behind a gap the nearest one. Of places of a long row
    /// that overlap only the first is given.
    pub(super) fn walk(&self, pieces: &[Piece]) -> impl Iterator<Item = (usize, usize)> {
        let mut rows: Vec<Vec<(usize, usize)>> =
            pieces.split(|piece| *piece == Piece::Gap).map(|row| self.row(row)).collect();
        let mut found = rows.pop().unwrap_or_default();
        for row in rows.into_iter().rev() {
            found = self.joined(&row, &found);
        }
        found.into_iter()
    }

    /// Every place of a row of pieces without gaps.
    fn row(&self, pieces: &[Piece]) -> Vec<(usize, usize)> {
        let is_plain = pieces.iter().all(|piece| matches!(piece, Piece::Token(_) | Piece::AnyMark));
        if pieces.len() >= LONG && is_plain {
            return self.long_row(pieces);
        }
        let place = |first| Some((first, self.last_of(pieces, first)?));
        (0..self.units.len()).filter_map(place).collect()
    }

    /// The row's places that one of `behind` follows within a gap, each with where the nearest of these ends.
    fn joined(&self, row: &[(usize, usize)], behind: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut at = 0;
        let mut joined = Vec::new();
        for &(first, last) in row {
            while behind.get(at).is_some_and(|(begin, _)| *begin <= last) {
                at += 1;
            }
            let Some(&(begin, end)) = behind.get(at) else { break };
            let near = begin - last - 1 <= MAX_GAP as usize;
            if near && self.units[last + 1..=begin].iter().all(|unit| unit.mark.is_none()) {
                joined.push((first, end));
            }
        }
        joined
    }

    /// As Knuth, Morris and Pratt have it: a unit is never looked at again.
    fn long_row(&self, pieces: &[Piece]) -> Vec<(usize, usize)> {
        let row = tokens(pieces);
        let borders = borders(&row);
        let (mut places, mut fitting) = (Vec::new(), 0);
        for (at, unit) in self.units.iter().enumerate() {
            let token = self.token(at);
            let fits = |place: usize| row[place].0 == token && (place == 0 || row[place].1 == unit.mark.is_some());
            while fitting > 0 && !fits(fitting) {
                fitting = borders[fitting - 1];
            }
            fitting += usize::from(fits(fitting));
            if fitting == row.len() {
                places.push((at + 1 - fitting, at));
                fitting = 0;
            }
        }
        places
    }
}

/// The tokens of a row, each with whether a mark stands before it.
fn tokens(pieces: &[Piece]) -> Vec<(&str, bool)> {
    let mut tokens = Vec::with_capacity(pieces.len());
    let mut mark = false;
    for piece in pieces {
        match piece {
            Piece::Token(token) => tokens.push((token.as_str(), std::mem::take(&mut mark))),
            _ => mark = true,
        }
    }
    tokens
}

/// For each beginning of a row, the length of the longest shorter beginning that it ends with; what stands before the
/// first token of one is nothing to it.
fn borders(row: &[(&str, bool)]) -> Vec<usize> {
    let mut borders = vec![0; row.len()];
    for at in 1..row.len() {
        let fits = |place: usize| row[place].0 == row[at].0 && (place == 0 || row[place].1 == row[at].1);
        let mut border: usize = borders[at - 1];
        while border > 0 && !fits(border) {
            border = borders[border - 1];
        }
        borders[at] = border + usize::from(fits(border));
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        let piece = |c| match c {
            '，' => Piece::AnyMark,
            '*' => Piece::Gap,
            '?' => Piece::Any,
            c => Piece::Token(String::from(c)),
        };
        text.chars().map(piece).collect()
    }

    #[test]
    fn a_walk_finds_what_every_unit_tried_finds() {
        let text = Text::new("甲乙甲乙，甲甲乙。乙甲，甲乙甲乙，甲甲乙乙甲乙甲");
        for row in ["甲乙甲乙，甲甲乙", "甲", "甲甲乙", "甲，甲乙", "乙，甲甲", "甲乙甲"] {
            let pieces = pieces(row);
            let mut behind = 0;
            let place = |first| Some((first, text.last_of(&pieces, first)?));
            let mut apart: Vec<(usize, usize)> = (0..text.units.len()).filter_map(place).collect();
            apart.retain(|(first, last)| *first >= behind && std::mem::replace(&mut behind, last + 1) <= *first);
            assert_eq!(text.long_row(&pieces), apart, "{row}");
        }
    }

    #[test]
    fn behind_a_gap_the_nearest_is_taken() {
        let text = Text::new("甲子乙丑乙，丙甲乙");
        assert_eq!(text.walk(&pieces("甲*乙")).collect::<Vec<_>>(), [(0, 2), (6, 7)]);
        assert_eq!(text.walk(&pieces("甲*乙?乙")).collect::<Vec<_>>(), [(0, 4)]);
        assert_eq!(text.walk(&pieces("甲*乙*乙")).collect::<Vec<_>>(), [(0, 4)]);
        assert_eq!(text.walk(&pieces("甲*丙")).collect::<Vec<_>>(), []);
    }
}
