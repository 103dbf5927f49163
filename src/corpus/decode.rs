//! Bytes to text: the charset that the file declares or betrays, and a count of what it could not decode.
//!
//! In this order: a byte-order mark, valid UTF-8, the charset that the page declares, the most plausible one. A
//! forced charset goes before all but the mark. Guessing is left to `charset`.

use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};

use super::charset::{detect, is_foreign, is_nonsense, utf16_without_mark};
use super::skip::{Fault, SkipReason};
use crate::document::Loss;

/// A text and what was lost on the way to it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub loss: Option<Loss>,
    pub encoding: &'static Encoding,
}

impl Decoded {
    /// The charset, where it is not UTF-8.
    pub(super) fn charset(&self) -> Option<String> {
        named(self.encoding)
    }
}

/// The name of a charset other than UTF-8.
pub(super) fn named(encoding: &'static Encoding) -> Option<String> {
    (encoding != UTF_8).then(|| encoding.name().to_owned())
}

/// The charset of a label; the older names of GB18030 stand for all of it.
pub(super) fn charset(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// The text of a whole file.
///
/// # Errors
/// It is no text in any charset, or in none that is known here.
pub(super) fn read(
    bytes: Vec<u8>,
    forced: Option<&'static Encoding>,
    declared: Option<&str>,
) -> Result<Decoded, Fault> {
    if is_binary(&bytes) {
        return Err(SkipReason::Binary.into());
    }
    let (encoding, is_guessed) = decide(&bytes, forced, declared);
    if encoding == UTF_8 && !is_guessed && Encoding::for_bom(&bytes).is_none() {
        // Most texts are what they are read as, and are not copied.
        return Ok(match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, loss: None, encoding },
            Err(damaged) => decode(damaged.as_bytes(), encoding),
        });
    }
    let decoded = decode(&bytes, encoding);
    if is_guessed && (is_nonsense(&decoded.text) || encoding != UTF_8 && is_foreign(&bytes)) {
        let message = "is text in none of UTF-8, UTF-16, GB18030 and Big5, or no text at all: name its charset with \
                       --encoding if you know it";
        return Err(Fault::new(SkipReason::Binary, message));
    }
    Ok(decoded)
}

/// Whether bytes are no text: more than one control character in a hundred has no charset but UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=25 | 28..=31);
    let controls = bytes.iter().filter(is_control).count();
    let is_utf16 = || {
        let marked = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
        marked || utf16_without_mark(bytes).is_some()
    };
    controls * 100 > bytes.len() && !is_utf16()
}

/// Decides the charset of a text by (the beginning of) its bytes, and says whether it is only a guess.
pub(super) fn decide(
    bytes: &[u8],
    forced: Option<&'static Encoding>,
    declared: Option<&str>,
) -> (&'static Encoding, bool) {
    if let Some(encoding) = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(forced) {
        return (encoding, false);
    }
    // UTF-16 of ASCII alone is valid UTF-8 with NULs.
    if std::str::from_utf8(bytes).is_ok() && (!bytes.contains(&0) || utf16_without_mark(bytes).is_none()) {
        return (UTF_8, false);
    }
    let detected = detect(bytes);
    // A page copied into UTF-8 often still declares what it was; a single-byte charset is a server's default.
    let declared = declared.and_then(charset).filter(|d| detected != UTF_8 && *d != UTF_8 && !d.is_single_byte());
    match declared.filter(|declared| decode(bytes, declared).loss.is_none()) {
        Some(declared) => (declared, false),
        None => (detected, true),
    }
}

/// Decodes a text in a charset; what it cannot decode is U+FFFD and counted.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let start = Encoding::for_bom(bytes).filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
    if encoding == UTF_8 {
        return decode_utf8(bytes, start);
    }
    let (mut text, mut faults) = (String::with_capacity(bytes.len() * 3 / 2), Faults::default());
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = start;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(length, extra) => {
                faults.add(at - usize::from(length) - usize::from(extra));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded { text, loss: faults.loss(encoding), encoding }
}

fn decode_utf8(bytes: &[u8], start: usize) -> Decoded {
    let bytes = &bytes[start..];
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_string(), loss: None, encoding: UTF_8 };
    }
    let (mut text, mut faults) = (String::with_capacity(bytes.len()), Faults::default());
    let mut at = start;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            faults.add(at + chunk.valid().len());
            text.push(char::REPLACEMENT_CHARACTER);
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    Decoded { text, loss: faults.loss(UTF_8), encoding: UTF_8 }
}

/// Places that could not be decoded: the first, and how many.
#[derive(Default)]
struct Faults {
    first: u64,
    count: u64,
}

impl Faults {
    fn add(&mut self, offset: usize) {
        if self.count == 0 {
            self.first = offset as u64;
        }
        self.count += 1;
    }

    fn loss(&self, encoding: &'static Encoding) -> Option<Loss> {
        let Self { first: offset, count } = *self;
        (count > 0).then(|| Loss::Undecodable { charset: encoding.name().to_string(), offset, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_declarations_and_losses() {
        let rows: [(&[u8], Option<&str>, &str, u64); 10] = [
            (b"", None, "", 0),
            ("\u{FEFF}今年".as_bytes(), None, "今年", 0),
            (b"\xFF\xFE\xCA\x4E\x74\x5E", None, "今年", 0),
            (b"\xFE\xFF\x4E\xCA\x5E\x74", None, "今年", 0),
            ("今年\u{FFFD}".as_bytes(), None, "今年\u{FFFD}", 0),
            (b"\xBD\xF1\xC4\xEA", Some("gb2312"), "今年", 0),
            (b"\xA4\xB5\xA6\x7E", Some("big5"), "今年", 0),
            ("今年".as_bytes(), Some("gb2312"), "今年", 0),
            (b"\xE4\xBB\x8A\xE5\xB9", None, "今\u{FFFD}", 3),
            (b"\xBD\xF1\xC4\xEA\xBC", Some("gbk"), "今年\u{FFFD}", 4),
        ];
        for (bytes, declared, text, offset) in rows {
            let decoded = read(bytes.to_vec(), None, declared).expect("text");
            assert_eq!(decoded.text, text);
            let first = decoded.loss.map_or(0, |loss| match loss {
                Loss::Undecodable { offset, count: 1, .. } => offset,
                other => panic!("{other:?}"),
            });
            assert_eq!(first, offset, "{text}");
        }
    }

    #[test]
    fn noise_is_no_text_and_a_file_in_two_charsets_is_one_with_losses() {
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
        for bytes in [noise.as_slice(), &[0; 4096], b"a\0b"] {
            assert!(read(bytes.to_vec(), None, None).is_err_and(|fault| fault.reason == SkipReason::Binary));
        }
        let text = "今年计划造林三千亩，投入资金。";
        let mixed = [text.as_bytes(), &GB18030.encode(text).0].concat();
        let decoded = read(mixed, None, None).expect("half of it is text");
        assert!(decoded.text.starts_with(text) && decoded.loss.is_some());
    }

    #[test]
    fn a_forced_charset_goes_before_valid_utf8() {
        let bytes = "今年".as_bytes();
        assert_eq!(decide(bytes, charset("big5"), None), (encoding_rs::BIG5, false));
        assert_eq!(charset("gb2312"), Some(GB18030));
    }
}
