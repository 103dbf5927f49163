//! What was cut, added or changed between two texts: sentence by sentence, and character by character where sentences
//! were changed. Texts are compared as folded, so that script, width, readings and blanks are no difference; what is given
//! is what was written. Which texts are worth comparing is left to others.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Folded;

/// What becomes of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Both have it; given as the new text writes it.
    Kept,
    /// Only the old text has it.
    Cut,
    /// Only the new text has it.
    Added,
}

/// A stretch of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// What becomes of it.
    pub fate: Fate,
    /// What is written.
    pub text: String,
}

/// Characters that sentences end with.
const ENDS: [char; 7] = ['。', '！', '？', '!', '?', '；', '\n'];
/// What is kept between two changes of a sentence and is shorter, in characters, is told as changed with them: single
/// characters that two wordings happen to share are noise.
const LEAST_KEPT: usize = 3;
/// Characters of both sides together that are compared one by one: the time grows with the square.
const MOST_CHARACTERS: usize = 8_000;

/// How a new text differs from an old one, as stretches in order, what was cut before what was added in its place.
///
/// ```
/// use xunzhang::analysis::{Fate, difference};
///
/// let stretches = difference("脫貧攻堅。明年再說。", "脱贫攻坚。");
/// assert_eq!(stretches[1].fate, Fate::Cut);
/// assert_eq!(stretches[1].text, "明年再說。");
/// ```
pub fn difference(old: &str, new: &str) -> Vec<Stretch> {
    let (ours, theirs) = (Units::new(old), Units::new(new));
    let (ours_sentences, theirs_sentences) = (ours.sentences(), theirs.sentences());
    let keys = |units: &Units<'_>, sentences: &[Range<usize>]| -> Vec<Vec<char>> {
        sentences.iter().map(|sentence| units.key(sentence.clone())).collect()
    };
    let (our_keys, their_keys) = (keys(&ours, &ours_sentences), keys(&theirs, &theirs_sentences));
    let mut told = Told { old: ours, new: theirs, stretches: Vec::new() };
    for op in capture_diff_slices(Algorithm::Myers, &our_keys, &their_keys) {
        let (cut, added) = (span(&ours_sentences, op.old_range()), span(&theirs_sentences, op.new_range()));
        match op {
            DiffOp::Equal { .. } => told.kept(added),
            _ => told.changed(cut, added),
        }
    }
    told.stretches
}

/// Units of the sentences of a range.
fn span(sentences: &[Range<usize>], range: Range<usize>) -> Range<usize> {
    let start = sentences.get(range.start).map_or(0, |sentence| sentence.start);
    if range.is_empty() { start..start } else { start..sentences[range.end - 1].end }
}

/// A text by its folded characters: each with what of the text belongs to it, which is all up to the next one.
struct Units<'a> {
    text: &'a str,
    folded: Vec<char>,
    starts: Vec<usize>,
}

impl<'a> Units<'a> {
    fn new(text: &'a str) -> Self {
        let folded = Folded::new(text);
        let mut units = Self { text, folded: Vec::new(), starts: Vec::new() };
        for (at, c) in folded.text.char_indices() {
            units.folded.push(c);
            units.starts.push(folded.original(at..at + c.len_utf8()).start);
        }
        if let Some(first) = units.starts.first_mut() {
            *first = 0;
        }
        units
    }

    fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 0..self.folded.len() {
            let ends = ENDS.contains(&self.folded[at]);
            if ends && self.folded.get(at + 1).is_none_or(|next| !ENDS.contains(next) && !next.is_whitespace()) {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < self.folded.len() {
            sentences.push(start..self.folded.len());
        }
        sentences
    }

    /// What must agree: everything but blanks.
    fn key(&self, units: Range<usize>) -> Vec<char> {
        self.folded[units].iter().copied().filter(|c| !c.is_whitespace()).collect()
    }

    fn written(&self, units: Range<usize>) -> &'a str {
        let at = |unit: usize| self.starts.get(unit).copied().unwrap_or(self.text.len());
        self.text.get(at(units.start)..at(units.end)).unwrap_or_default()
    }
}

/// Stretches as they are told.
struct Told<'a> {
    old: Units<'a>,
    new: Units<'a>,
    stretches: Vec<Stretch>,
}

impl Told<'_> {
    fn kept(&mut self, added: Range<usize>) {
        self.push(Fate::Kept, self.new.written(added));
    }

    fn replaced(&mut self, cut: Range<usize>, added: Range<usize>) {
        self.push(Fate::Cut, self.old.written(cut));
        self.push(Fate::Added, self.new.written(added));
    }

    /// Sentences in place of others, character by character.
    fn changed(&mut self, cut: Range<usize>, added: Range<usize>) {
        if cut.is_empty() || added.is_empty() || cut.len() + added.len() > MOST_CHARACTERS {
            return self.replaced(cut, added);
        }
        let (ours, theirs) = (&self.old.folded[cut.clone()], &self.new.folded[added.clone()]);
        let ops = capture_diff_slices(Algorithm::Myers, ours, theirs);
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        // A change goes on until enough is kept.
        let (mut from, mut to) = (cut.start..cut.start, added.start..added.start);
        for (at, op) in ops.iter().enumerate() {
            let (old, new) = (moved(op.old_range(), cut.start), moved(op.new_range(), added.start));
            let is_between = at > 0 && at + 1 < ops.len();
            let stays = matches!(op, DiffOp::Equal { .. }) && (!is_between || new.len() >= LEAST_KEPT);
            if stays {
                self.replaced(from, to);
                self.kept(new.clone());
                (from, to) = (old.end..old.end, new.end..new.end);
            } else {
                (from.end, to.end) = (old.end, new.end);
            }
        }
        self.replaced(from, to);
    }

    fn push(&mut self, fate: Fate, text: &str) {
        match self.stretches.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.fate == fate => last.text += text,
            _ => self.stretches.push(Stretch { fate, text: text.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let sign = |stretch: Stretch| match stretch.fate {
            Fate::Kept => stretch.text,
            Fate::Cut => format!("[-{}-]", stretch.text),
            Fate::Added => format!("{{+{}+}}", stretch.text),
        };
        difference(old, new).into_iter().map(sign).collect()
    }

    #[test]
    fn sentences_first_then_characters() {
        for (old, new, wanted) in [
            ("甲乙丙。丁戊。", "甲乙丙。丁戊。", "甲乙丙。丁戊。"),
            ("甲乙丙。丁戊。己。", "甲乙丙。己。", "甲乙丙。[-丁戊。-]己。"),
            ("甲乙丙。", "电：甲乙丙。", "{+电：+}甲乙丙。"),
            ("今年造林三千亩。完。", "今年造林四千亩。完。", "今年造林[-三-]{+四+}千亩。完。"),
            ("今年造林三千亩", "今年植树四千亩", "今年[-造林三-]{+植树四+}千亩"),
            ("", "甲", "{+甲+}"),
            ("甲", "", "[-甲-]"),
            ("", "", ""),
        ] {
            assert_eq!(shown(old, new), wanted, "{old} {new}");
        }
    }

    #[test]
    fn script_readings_and_blanks_are_no_difference() {
        assert_eq!(shown("脱贫攻坚。\n开始！", "脫貧攻堅(jiān)。開始！"), "脫貧攻堅(jiān)。開始！");
    }

    #[test]
    fn nothing_is_lost_of_either_text() {
        let (old, new) = ("（一）甲①乙。\u{200b}丙\r\n丁ｅ́？戊", "甲①丙！乙。\t丁é？？己\u{200b}");
        let of = |left_out: Fate| -> String {
            let kept = difference(old, new).into_iter().filter(|stretch| stretch.fate != left_out);
            kept.map(|stretch| stretch.text).collect()
        };
        assert_eq!(of(Fate::Cut), new);
        let folded = |text: &str| super::super::fold(text).replace(char::is_whitespace, "");
        assert_eq!(folded(&of(Fate::Added)), folded(old));
    }
}
