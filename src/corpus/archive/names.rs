//! Names inside archives: bytes in whatever charset the archiver had, to be shown and never to be opened.
//!
//! Archivers of Chinese systems wrote GBK or Big5 for decades without saying so. All names of one archive are in one
//! charset, so each that is no UTF-8 helps to tell it.

use encoding_rs::{BIG5, Encoding, GB18030};

use super::super::charset::detect;

/// Bytes of names that are kept to tell their charset.
const SAMPLE: usize = 4 << 10;

/// The charset of an archive's names, as far as it shows.
#[derive(Default)]
pub(super) struct Names {
    sample: Vec<u8>,
}

impl Names {
    /// Takes a name into account that is shown later.
    pub(super) fn learn(&mut self, raw: &[u8]) {
        if self.sample.len() < SAMPLE && std::str::from_utf8(raw).is_err() {
            self.sample.extend_from_slice(raw);
            self.sample.push(b'\n');
        }
    }

    /// A name as it is shown: without `./` before it, with `/` between its parts.
    pub(super) fn shown(&mut self, raw: &[u8]) -> String {
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_string(),
            Err(_) => {
                self.learn(raw);
                match self.charset().decode_without_bom_handling_and_without_replacement(raw) {
                    Some(name) => name.into_owned(),
                    None => escaped(raw),
                }
            }
        };
        let name = name.replace('\0', "\u{FFFD}");
        // Windows writes its own stroke between parts; elsewhere it is a character like any other.
        let name = if name.contains('/') { name } else { name.replace('\\', "/") };
        let mut name = name.as_str();
        while let Some(rest) = name.strip_prefix("./") {
            name = rest;
        }
        name.to_string()
    }

    fn charset(&self) -> &'static Encoding {
        if detect(&self.sample) == BIG5 { BIG5 } else { GB18030 }
    }
}

/// Whether a name is no part of a corpus: one of its parts begins with a dot, or is what macOS adds.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') && part != "." && part != "..")
}

/// Bytes that are in no charset, each beyond ASCII as `%B1`: two different names stay different.
fn escaped(raw: &[u8]) -> String {
    let byte = |byte: &u8| if byte.is_ascii() { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    raw.iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_in_the_charset_of_their_archive() {
        let big5 = |text: &str| BIG5.encode(text).0.into_owned();
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let rows: [(&[Vec<u8>], &[&str]); 4] = [
            (&["./通知/a.txt".into(), "甲\\乙.txt".into()], &["通知/a.txt", "甲/乙.txt"]),
            (&[gbk("关于春季造林的通知.txt"), gbk("甲/乙.txt")], &["关于春季造林的通知.txt", "甲/乙.txt"]),
            (&[big5("關於春季造林的通知.txt"), big5("會議.txt")], &["關於春季造林的通知.txt", "會議.txt"]),
            (&[b"\xFF\xFF.txt".to_vec(), b"a\0b".to_vec()], &["%FF%FF.txt", "a\u{FFFD}b"]),
        ];
        for (raw, expected) in rows {
            let mut names = Names::default();
            raw.iter().for_each(|name| names.learn(name));
            assert_eq!(raw.iter().map(|name| names.shown(name)).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn hidden_names() {
        let rows = [
            ("a.txt", false),
            ("../../etc/passwd", false),
            (".a/b.txt", true),
            ("x/.DS_Store", true),
            ("__MACOSX/a.txt", true),
            ("a./b.txt", false),
        ];
        for (name, expected) in rows {
            assert_eq!(is_hidden(name), expected, "{name}");
        }
    }
}
