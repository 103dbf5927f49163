//! Text that somebody read in a wrong charset and saved so: 鐨勪竴浜 for 的一些, ÖÐ¹ú for 中国, いゅ for 中文. It is told and never
//! mended: what is stored is what the file holds.
//!
//! A stretch of which hardly anything is a common character is written back in the charset that it may have been read in,
//! and read in the one that it may have been written in; where that gives plausible Chinese, it was so.

use encoding_rs::{BIG5, CoderResult, EncoderResult, Encoding, GBK, UTF_8, WINDOWS_1252};

use super::charset::common_share;
use crate::document::Loss;

/// Characters beyond ASCII of a stretch, and the fewest that prove anything.
const STRETCH: usize = 240;
const FEWEST: usize = 12;
/// Share of common characters below which a stretch is suspect, and above which another reading is plausible. News has
/// 0.9, a list of rare names 0.5.
const SUSPECT: f64 = 0.45;
const PLAUSIBLE: f64 = 0.75;
/// Share of a reading that may be lost: bytes that no charset has were dropped when it was saved.
const LOST: f64 = 0.15;
/// What UTF-8's sign for the undecodable becomes when it is read as GBK.
const REPLACED: &str = "锟斤拷";

/// Charset that a text was read in, and the one that it was written in.
const WAYS: [(&Encoding, &Encoding); 7] = [
    (GBK, UTF_8),
    (GBK, BIG5),
    (BIG5, GBK),
    (BIG5, UTF_8),
    (WINDOWS_1252, GBK),
    (WINDOWS_1252, UTF_8),
    (WINDOWS_1252, BIG5),
];

/// What a text looks like, if it is no text as it stands.
pub(super) fn detect(text: &str) -> Option<Loss> {
    if text.match_indices(REPLACED).nth(1).is_some() {
        return Some(Loss::Mojibake { written: String::new(), read_as: GBK.name().to_string() });
    }
    let middle = text.floor_char_boundary(text.len() / 2);
    [text, &text[middle..]].into_iter().find_map(in_stretch)
}

fn in_stretch(text: &str) -> Option<Loss> {
    let stretch = stretch(text)?;
    let share = common_share(stretch);
    if share >= SUSPECT {
        return None;
    }
    let (read_as, written, _) = WAYS
        .iter()
        .filter_map(|(read_as, written)| {
            let other = reread(stretch, read_as, written);
            let lost = other.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
            let beyond = other.chars().filter(|c| !c.is_ascii()).count();
            let found = common_share(&other);
            let fits = found >= PLAUSIBLE && beyond >= FEWEST / 2 && lost as f64 <= beyond as f64 * LOST;
            fits.then_some((read_as, written, found))
        })
        .max_by(|a, b| a.2.total_cmp(&b.2))?;
    Some(Loss::Mojibake { written: written.name().to_string(), read_as: read_as.name().to_string() })
}

/// The beginning of a text, as far as it takes for enough characters beyond ASCII.
fn stretch(text: &str) -> Option<&str> {
    let mut beyond = text.char_indices().filter(|(_, c)| !c.is_ascii());
    let (first, _) = beyond.next()?;
    let (mut count, mut end) = (1, first);
    for (at, c) in beyond.take(STRETCH) {
        (count, end) = (count + 1, at + c.len_utf8());
    }
    (count >= FEWEST).then(|| &text[first..end])
}

/// A text written in one charset and read in another; what the first does not have is dropped.
fn reread(text: &str, read_as: &'static Encoding, written: &'static Encoding) -> String {
    let mut bytes = Vec::with_capacity(text.len() * 2);
    let (mut encoder, mut rest) = (read_as.new_encoder(), text);
    loop {
        bytes.reserve(rest.len() * 2 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = &rest[read..];
        match result {
            EncoderResult::InputEmpty => break,
            EncoderResult::OutputFull => {}
            // A byte that nobody knows: a sign that no charset reads as part of a character.
            EncoderResult::Unmappable(_) => bytes.push(b'?'),
        }
    }
    let mut decoder = written.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(bytes.len() * 2 + 16);
    let mut at = 0;
    while let (CoderResult::OutputFull, read, _) = decoder.decode_to_string(&bytes[at..], &mut out, true) {
        at += read;
        out.reserve(bytes.len() + 16);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "市委召开会议，部署今年春季造林工作。会议要求，各乡镇要按照计划，认真组织，完成全年任务。";
    const TRADITIONAL: &str =
        "市委召開會議，部署今年春季造林工作。會議要求，各鄉鎮要按照計畫，認真組織，完成全年任務。";

    fn misread(text: &str, written: &'static Encoding, read_as: &'static Encoding) -> String {
        let bytes = written.encode(text).0.into_owned();
        read_as.decode_without_bom_handling(&bytes).0.into_owned()
    }

    #[test]
    fn what_was_read_in_a_wrong_charset_is_told() {
        let rows = [
            (SIMPLIFIED, UTF_8, GBK),
            (SIMPLIFIED, GBK, WINDOWS_1252),
            (SIMPLIFIED, UTF_8, WINDOWS_1252),
            (SIMPLIFIED, GBK, BIG5),
            (TRADITIONAL, BIG5, GBK),
            (TRADITIONAL, BIG5, WINDOWS_1252),
            (TRADITIONAL, UTF_8, GBK),
        ];
        for (text, written, read_as) in rows {
            let told = detect(&misread(text, written, read_as));
            let expected = Loss::Mojibake { written: written.name().into(), read_as: read_as.name().into() };
            assert_eq!(told, Some(expected), "{}", misread(text, written, read_as));
            // Half a page of it is told, too.
            let mixed = text.to_string() + &misread(text, written, read_as);
            assert!(detect(&mixed).is_some(), "{mixed}");
        }
        assert!(matches!(detect("会议锟斤拷锟斤拷召开"), Some(Loss::Mojibake { .. })));
    }

    #[test]
    fn text_is_text() {
        let names = "龑翀赟旻昪彧甡霂霏婧妤颢昉珺羿奕翊".repeat(3);
        let japanese = "ここでは、きものについてのてんらんかいがひらかれている。".repeat(3);
        let french =
            "L'été dernier, les élèves étaient très préoccupés par l'idée d'un début différé où tout a été gâché.";
        for text in [
            SIMPLIFIED,
            TRADITIONAL,
            &names,
            &japanese,
            french,
            "",
            "abc",
            "한국어로 쓴 글은 여기에서 잘못 읽힌 것이 아니다",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }
}
