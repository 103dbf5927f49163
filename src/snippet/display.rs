//! What is shown of a text: the author's characters without glosses, with each run of line breaks and tabs, and the
//! blanks around it, as one blank, or as nothing where one plain break parts two Han characters; and where the marks lie in what is shown. Control characters stay as they are.

use std::ops::Range;

use super::Mark;
use crate::analysis::{glosses, is_han};

/// A text as one line: without its glosses, line breaks as blanks, no blank at the ends.
///
/// ```
/// assert_eq!(xunzhang::snippet::shown("五龍鎮(zhèn)\n  工作會議\n"), "五龍鎮 工作會議");
/// ```
pub fn shown(text: &str) -> String {
    let glosses = glosses(text);
    let mut display = Display::new(text, &glosses);
    let start = text.len() - text.trim_start().len();
    display.show(start..start + text.trim().len());
    display.text
}

/// What has been shown so far.
pub(super) struct Display<'a> {
    original: &'a str,
    glosses: &'a [Range<usize>],
    pub text: String,
    end: Place,
}

/// How long the shown text was at some place, in three units.
#[derive(Clone, Copy, Default)]
struct Place {
    bytes: usize,
    chars: usize,
    utf16: usize,
}

impl<'a> Display<'a> {
    pub fn new(original: &'a str, glosses: &'a [Range<usize>]) -> Self {
        Self { original, glosses, text: String::new(), end: Place::default() }
    }

    /// Shows a stretch of the original that cuts through no gloss and no run of blanks.
    pub fn show(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let first = self.glosses.partition_point(|gloss| gloss.end <= range.start);
        for gloss in self.glosses[first..].iter().take_while(|gloss| gloss.start < range.end) {
            self.push(at..gloss.start);
            at = gloss.end;
        }
        self.push(at..range.end);
    }

    /// Shows a stretch and marks it.
    pub fn mark(&mut self, original: Range<usize>) -> Mark {
        let start = self.end;
        self.show(original.clone());
        Mark {
            bytes: start.bytes..self.end.bytes,
            chars: start.chars..self.end.chars,
            utf16: start.utf16..self.end.utf16,
            original,
        }
    }

    fn push(&mut self, range: Range<usize>) {
        let end = range.end;
        let mut rest = self.original.get(range).unwrap_or_default();
        while let Some(blank) = rest.find(char::is_whitespace) {
            let (before, after) = rest.split_at(blank);
            let blanks = after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
            self.append(before);
            let (blanks, next) = after.split_at(blanks);
            self.append(match blanks {
                "\n" | "\r\n" | "\r"
                    if self.text.ends_with(is_han) && self.original[end - next.len()..].starts_with(is_han) =>
                {
                    ""
                }
                _ if blanks.contains(is_break) => " ",
                _ => blanks,
            });
            rest = next;
        }
        self.append(rest);
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
        self.end.bytes += text.len();
        for c in text.chars() {
            self.end.chars += 1;
            self.end.utf16 += c.len_utf16();
        }
    }
}

/// A tab, or what ends a line or a paragraph.
fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
