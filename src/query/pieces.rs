//! A word of the query into the pieces that are looked up: unigrams, marks, and what its wildcards stand for.

use super::ast::Word;
use super::meaning::Piece;
use super::sign::narrow;
use crate::analysis::{Kind, unigrams};

/// The pieces of a word; neither the first nor the last is a mark or a gap.
pub(super) fn pieces(word: &Word) -> Vec<Piece> {
    if word.wildcards.is_empty() {
        return pieces_of(&word.text);
    }
    if word.text.chars().all(|c| narrow(c).is_ascii()) { in_runs(word) } else { between_han(word) }
}

/// A text as it is looked up: its unigrams, and any mark for each of its marks.
///
/// ```
/// use xunzhang::query::{Piece, pieces_of};
///
/// assert_eq!(pieces_of("後，A")[1..], [Piece::AnyMark, Piece::Token("a".into())]);
/// ```
pub fn pieces_of(text: &str) -> Vec<Piece> {
    let piece = |unigram: crate::analysis::Unigram| match unigram.kind.is_mark() {
        true => Piece::AnyMark,
        false => Piece::Token(unigram.text),
    };
    unigrams(text).into_iter().map(piece).collect()
}

/// Between Han characters `?` is one unigram and `*` a gap.
fn between_han(word: &Word) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for &wildcard in &word.wildcards {
        let sign = word.text[wildcard..].chars().next().unwrap_or('?');
        pieces.extend(pieces_of(&word.text[at..wildcard]));
        pieces.push(if narrow(sign) == '*' { Piece::Gap } else { Piece::Any });
        at = wildcard + sign.len_utf8();
    }
    pieces.extend(pieces_of(&word.text[at..]));
    pieces
}

/// In letters and digits a wildcard belongs to the run before it: `C91?` is `c` and then a number `91?`.
fn in_runs(word: &Word) -> Vec<Piece> {
    let mut likeness = String::with_capacity(word.text.len());
    let mut signs = Vec::with_capacity(word.text.len());
    for (at, c) in word.text.char_indices() {
        let c = narrow(c);
        let wild = word.wildcards.contains(&at);
        let digit = likeness.ends_with(|c: char| c.is_ascii_digit());
        likeness.push(if !wild {
            c
        } else if digit {
            '0'
        } else {
            'x'
        });
        signs.push((c, wild));
    }
    let piece = |unigram: crate::analysis::Unigram| {
        let signs = &signs[unigram.range.clone()];
        match unigram.kind {
            _ if unigram.kind.is_mark() => Piece::AnyMark,
            Kind::Letters | Kind::Digits if signs.iter().any(|(_, wild)| *wild) => {
                Piece::Pattern(signs.iter().map(|(c, _)| c.to_ascii_lowercase()).collect())
            }
            _ => Piece::Token(unigram.text),
        }
    };
    unigrams(&likeness).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Piece> {
        let wildcards = text.char_indices().filter(|(_, c)| matches!(c, '*' | '?')).map(|(at, _)| at).collect();
        pieces(&Word { text: text.to_owned(), quoted: false, wildcards })
    }

    #[test]
    fn a_wildcard_is_a_gap_between_han_and_a_part_of_a_run_else() {
        let token = |text: &str| Piece::Token(text.to_owned());
        let pattern = |text: &str| Piece::Pattern(text.to_owned());
        assert_eq!(cut("脱貧*战"), [token("脱"), token("贫"), Piece::Gap, token("战")]);
        assert_eq!(cut("五?镇"), [token("五"), Piece::Any, token("镇")]);
        assert_eq!(cut("C91?"), [token("c"), pattern("91?")]);
        assert_eq!(cut("GPT*"), [pattern("gpt*")]);
        assert_eq!(cut("G*-20"), [pattern("g*"), token("20")]);
    }
}
