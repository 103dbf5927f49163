//! Where a text is cut for the recogniser: behind a mark that ends a sentence or a line, and in text without such marks
//! at a soft place before [`LONGEST`] characters, so that every sentence costs a bounded time.

use std::ops::Range;

/// The longest sentence, in characters.
const LONGEST: usize = 400;
/// How far before the longest a comma or blank is looked for.
const SOFT: usize = 100;

/// The sentences of a text, in order and without a gap.
pub(super) fn sentences(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = chars.get(start..).filter(|rest| !rest.is_empty())?;
        let most = &rest[..rest.len().min(LONGEST)];
        let length = most.iter().position(|&c| ends(c)).map_or_else(|| soft(most, rest.len()), |at| at + 1);
        start += length;
        Some(start - length..start)
    })
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '\n' | '！' | '？' | '；' | '\u{2028}' | '\u{2029}')
}

/// The length of the first sentence of text that goes on for `length` characters without an end.
fn soft(most: &[char], length: usize) -> usize {
    if length <= LONGEST {
        return most.len();
    }
    let last = most.iter().rposition(|c| matches!(c, ',' | '、' | ':' | ' ' | '\t' | '，' | '：' | '”'));
    last.filter(|at| at + SOFT >= LONGEST).map_or(most.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        let chars: Vec<char> = text.chars().collect();
        sentences(&chars).map(|range| range.len()).collect()
    }

    #[test]
    fn a_text_is_cut_at_its_marks_or_at_a_soft_place() {
        assert_eq!(lengths("他来了。她没来!\n完"), [4, 4, 1, 1]);
        assert_eq!(lengths(""), Vec::<usize>::new());
        assert_eq!(lengths(&"长".repeat(900)), [400, 400, 100]);
        assert_eq!(lengths(&format!("{},{}", "长".repeat(350), "短".repeat(349))), [351, 349]);
        assert_eq!(lengths(&format!("{},{}", "长".repeat(50), "短".repeat(349))), [400]);
    }
}
