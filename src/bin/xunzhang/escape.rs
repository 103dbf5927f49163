//! Hostile text made harmless: control characters, and those that turn the direction of writing, spelt out as
//! `\u{..}`, so that no article, path or query can steer a terminal. JSON spells them in its own way.

use std::fmt::Write;

/// Whether a character is never sent as it is: C0, DEL, C1, marks of direction, separators of lines and paragraphs.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text for one line: hostile characters spelt out, a tab as a blank.
pub fn line(text: &str) -> String {
    spelt(text, |c| if c == '\t' { Some(' ') } else { None })
}

/// A text of several lines: as [`line`], with its line ends kept.
pub fn lines(text: &str) -> String {
    spelt(&text.replace("\r\n", "\n"), |c| match c {
        '\t' => Some(' '),
        '\n' => Some('\n'),
        _ => None,
    })
}

/// A cell of a table: as [`lines`], with tabs kept.
pub fn cell(text: &str) -> String {
    spelt(text, |c| matches!(c, '\t' | '\n').then_some(c))
}

/// A text with its hostile characters spelt out, but for those that `instead` has something for.
fn spelt(text: &str, instead: impl Fn(char) -> Option<char>) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        match instead(c) {
            _ if !is_hostile(c) => all.push(c),
            Some(other) => all.push(other),
            None => all.extend(c.escape_unicode()),
        }
    }
    all
}

/// A text that was spelt out by [`line`], as it was: an id can be typed as it is printed.
pub fn unspelt(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\\u{") {
        let spelt = behind.split_once('}');
        let read = spelt.and_then(|(digits, _)| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
        all += before;
        match (read, spelt) {
            (Some(c), Some((_, after))) if is_hostile(c) => {
                all.push(c);
                rest = after;
            }
            _ => {
                all += "\\u{";
                rest = behind;
            }
        }
    }
    all + rest
}

/// JSON with the hostile characters that JSON lets pass spelt as `\u00XX`; they stand in its strings alone.
pub fn json(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hostile(c) && c != '\n' {
            let _ = write!(all, "\\u{:04x}", u32::from(c));
        } else {
            all.push(c);
        }
    }
    all
}

/// A word of a line whose fields blanks part: white space, `%` and hostile characters as `%XX` of their UTF-8 bytes.
pub fn percent(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '%' || c.is_whitespace() || is_hostile(c) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| {
                let _ = write!(all, "%{byte:02X}");
            });
        } else {
            all.push(c);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_spelt_out() {
        assert_eq!(line("红\u{1b}[31m\u{9b}字\u{7f}\n"), "红\\u{1b}[31m\\u{9b}字\\u{7f}\\u{a}");
        assert_eq!(
            line("a\tb\u{202e}c\u{2066}\u{200f}\u{61c}\u{2028}"),
            "a b\\u{202e}c\\u{2066}\\u{200f}\\u{61c}\\u{2028}"
        );
        assert_eq!(lines("一\r\n二\r三\n\t四"), "一\n二\\u{d}三\n 四");
        assert_eq!(cell("一\n二\t\u{1b}"), "一\n二\t\\u{1b}");
        assert_eq!(line("脱贫攻坚，é"), "脱贫攻坚，é");
    }

    #[test]
    fn what_was_spelt_out_can_be_read_back() {
        let id = "红\u{1b}[31m\u{202e}字";
        assert_eq!(unspelt(&line(id)), id);
        assert_eq!(unspelt("a\\u{41}\\u{1b\\u{}"), "a\\u{41}\\u{1b\\u{}");
    }

    #[test]
    fn json_stays_json() {
        let spelt = json(&serde_json::json!({"t": "\u{1b}\u{7f}\u{9b}\u{202e}。\n"}).to_string());
        assert_eq!(spelt, r#"{"t":"\u001b\u007f\u009b\u202e。\n"}"#);
    }

    #[test]
    fn a_word_of_a_line_has_no_blank() {
        assert_eq!(percent("报 告\u{3000}100%.txt\u{1b}"), "报%20告%E3%80%80100%25.txt%1B");
    }
}
