//! A match in its context: the characters that stand on either side of it in its paragraph, as they are shown.

use std::ops::Range;

use super::display::Display;
use super::text::Text;
use crate::analysis::Kind;

/// A match and what stands beside it: the author's characters without glosses, line breaks as [`shown`](super::shown)
/// shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// What stands before it.
    pub left: String,
    /// The match itself.
    pub node: String,
    /// What stands behind it.
    pub right: String,
}

impl Text<'_> {
    /// The context of a place, bytes of the original as [`Text::places`] gives them: at most `width` characters on each
    /// side, all of one paragraph.
    pub fn context(&self, place: Range<usize>, width: usize) -> Context {
        let first = self.units.partition_point(|unit| unit.original.end <= place.start);
        let end = self.units.partition_point(|unit| unit.original.start < place.end);
        // A line break that is shown as nothing makes two characters one.
        let room = 2 * width + 8;
        let mut display = Display::new(self.original, self.glosses());
        display.show(self.start(first, room).min(place.start)..place.start);
        let node = display.mark(place.clone()).bytes;
        display.show(place.end..self.end(end, room).max(place.end));
        let (left, right) = (display.text[..node.start].trim_start(), display.text[node.end..].trim_end());
        let from = left.char_indices().rev().nth(width.saturating_sub(1)).map_or(0, |(at, _)| at);
        let to = right.char_indices().nth(width).map_or(right.len(), |(at, _)| at);
        Context {
            left: if width == 0 { String::new() } else { left[from..].to_owned() },
            node: display.text[node].to_owned(),
            right: right[..to].to_owned(),
        }
    }

    /// Where the paragraph of a unit begins, or a place at least `room` characters before it.
    fn start(&self, unit: usize, room: usize) -> usize {
        let Some(node) = self.units.get(unit) else { return self.original.len() };
        for at in (0..=unit).rev() {
            if at == 0 || self.units[at].mark == Some(Kind::Paragraph) {
                return self.border(at);
            }
            if self.units[at].columns.start + room <= node.columns.start {
                return self.units[at].original.start;
            }
        }
        0
    }

    /// Where the paragraph ends that a unit would go on, or a place at least `room` characters behind.
    fn end(&self, unit: usize, room: usize) -> usize {
        let column = unit.checked_sub(1).map_or(0, |node| self.units[node].columns.end);
        for at in unit..self.units.len() {
            if self.units[at].mark == Some(Kind::Paragraph) {
                return self.border(at);
            }
            if self.units[at].columns.end >= column + room {
                return self.units[at].original.end;
            }
        }
        self.border(self.units.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Piece;
    use crate::snippet::Needle;

    fn contexts(text: &str, node: &str, width: usize) -> Vec<[String; 3]> {
        let unigrams = crate::analysis::unigrams(node).into_iter().map(|unigram| Piece::Token(unigram.text)).collect();
        let needle = Needle::new(unigrams, 1.0);
        let text = Text::new(text);
        let contexts = text.places(&[needle]).into_iter().map(|(_, place)| text.context(place, width));
        contexts.map(|Context { left, node, right }| [left, node, right]).collect()
    }

    #[test]
    fn a_context_is_what_is_shown_of_one_paragraph() {
        for (text, width, wanted) in [
            ("全區脫貧攻堅(jiān)戰，開始。", 2, ["全區", "脫貧攻堅", "戰，"]),
            ("全區\n脫貧\n攻堅\n大會", 9, ["全區", "脫貧攻堅", "大會"]),
            ("第一段。\n\n“脱贫攻坚”要紧。\n\n第三段", 9, ["“", "脱贫攻坚", "”要紧。"]),
            ("标题\t脱贫攻坚", 9, ["", "脱贫攻坚", ""]),
            ("全区 脱贫攻坚 C919", 2, ["区 ", "脱贫攻坚", " C"]),
            ("全区脱贫攻坚战", 0, ["", "脱贫攻坚", ""]),
        ] {
            assert_eq!(contexts(text, "脱贫攻坚", width), [wanted.map(str::to_owned)], "{text}");
        }
        let long = "甲乙。".repeat(500);
        let [left, _, right] = &contexts(&format!("{long}脱贫攻坚{long}"), "脱贫攻坚", 20)[0];
        assert_eq!((left.chars().count(), right.chars().count()), (20, 20));
    }
}
