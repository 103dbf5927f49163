//! Lines of a body and their lengths, found byte by byte: every article that is read comes by here, and decoding it to
//! find two signs of ASCII costs more than reading it.

/// The lines of a text, each up to a line feed or a carriage return.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (line, after) = match text.bytes().position(is_end) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(line)
    })
}

/// The same lines from the last to the first.
pub(super) fn lines_from_the_end(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (line, before) = match text.as_bytes().iter().rposition(|byte| is_end(*byte)) {
            Some(at) => (&text[at + 1..], Some(&text[..at])),
            None => (text, None),
        };
        rest = before;
        Some(line)
    })
}

/// Whether a text has more than so many characters; most paragraphs tell by their bytes.
pub(super) fn is_longer(text: &str, characters: usize) -> bool {
    text.len() > characters && (text.len() > 4 * characters || text.chars().nth(characters).is_some())
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_between_the_signs() {
        for text in ["", "甲", "甲\n", "\n甲\r\n乙\n\n丙", "\r"] {
            let expected: Vec<&str> = text.split(['\n', '\r']).collect();
            assert_eq!(lines(text).collect::<Vec<_>>(), expected);
            let mut back: Vec<&str> = lines_from_the_end(text).collect();
            back.reverse();
            assert_eq!(back, expected);
        }
    }

    #[test]
    fn lengths_are_in_characters() {
        for text in ["", "甲乙", "甲乙丙", "ab", "abc", "𠮷𠮷", "𠮷𠮷𠮷"] {
            assert_eq!(is_longer(text, 2), text.chars().count() > 2, "{text}");
        }
    }
}
