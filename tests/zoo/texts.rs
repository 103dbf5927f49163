//! Files of text: every plain format in every charset, and what can be wrong with a text.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, KOI8_R, SHIFT_JIS};

use super::row::*;

pub fn rows() -> Vec<Row> {
    let mut rows = formats_in_charsets();
    rows.extend(charsets());
    rows.extend(losses());
    rows.extend(no_texts());
    rows.extend(records());
    rows.extend(pages());
    rows
}

/// The usual article in a format.
fn written(format: &str, title: &str, body: &str) -> String {
    match format {
        "md" => format!("# {title}\n\n{body}\n"),
        "html" => format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"),
        "json" => format!("{{\"title\": \"{title}\", \"text\": \"{body}\"}}"),
        "jsonl" => format!("{{\"title\": \"{title}\", \"text\": \"{body}\"}}\n"),
        _ => format!("{title}\n\n{body}"),
    }
}

fn little(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn big(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn formats_in_charsets() -> Vec<Row> {
    type Encode = fn(&str) -> Vec<u8>;
    let charsets: [(&str, Encode); 9] = [
        ("utf-8", |text| text.as_bytes().to_vec()),
        ("utf-8-mark", |text| format!("\u{FEFF}{text}").into_bytes()),
        ("utf-16le", little),
        ("utf-16le-mark", |text| little(&format!("\u{FEFF}{text}"))),
        ("utf-16be", big),
        ("utf-16be-mark", |text| big(&format!("\u{FEFF}{text}"))),
        ("gbk", |text| GBK.encode(text).0.into_owned()),
        ("gb18030", |text| GB18030.encode(&text.replace("各乡镇", "𠮷㑇乡")).0.into_owned()),
        ("big5", |text| BIG5.encode(text).0.into_owned()),
    ];
    let mut rows = Vec::new();
    for format in ["txt", "md", "html", "json", "jsonl"] {
        for (charset, encode) in charsets {
            let is_traditional = charset == "big5";
            let (title, body) = if is_traditional { (TRADITIONAL_TITLE, TRADITIONAL_BODY) } else { (TITLE, BODY) };
            let gives = match charset {
                "big5" => document(TRADITIONAL_TITLE, TRADITIONAL_PART),
                "gb18030" => document(TITLE, "𠮷㑇乡"),
                _ => article(),
            };
            let gives = if format == "jsonl" { gives.at("#1") } else { gives };
            rows.push(row(format!("charsets/{charset}.{format}"), encode(&written(format, title, body)), [gives]));
        }
    }
    rows
}

fn charsets() -> Vec<Row> {
    let long = |text: &str| text.repeat(4);
    let declared = |charset: &str, text: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"><title>{TITLE}</title></head><body><p>{text}</p></body></html>"
        )
    };
    let korean = long("정부는 올해 봄철 산림 조성 계획을 발표하고 예산을 크게 늘리기로 하였다. ");
    let japanese = long("ことしのもりづくりについてのおしらせです。ごきょうりょくをおねがいいたします。");
    let russian = long("Правительство объявило о планах по посадке лесов весной этого года. ");
    vec![
        row("more/nothing-said", text(), [article()]),
        row(
            "more/utf-32.txt",
            format!("{TITLE}{BODY}").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>(),
            [skip("binary")],
        ),
        row("more/euc-kr.txt", EUC_KR.encode(&korean).0, [skip("binary")]),
        row("more/euc-jp.txt", EUC_JP.encode(&japanese).0, [skip("binary")]),
        row("more/shift-jis.txt", SHIFT_JIS.encode(&japanese).0, [skip("binary")]),
        row("more/koi8-r.txt", KOI8_R.encode(&russian).0, [skip("binary")]),
        row(
            "more/declared-gb2312.html",
            GB18030.encode(&declared("gb2312", "朱镕基会见㑇先生。各乡镇今年造林三千亩。")).0,
            [document(TITLE, "朱镕基会见㑇先生")],
        ),
        row("more/declared-big5-is-utf-8.html", declared("big5", BODY), [article()]),
        row("more/declared-latin-1-is-gbk.html", GBK.encode(&declared("iso-8859-1", BODY)).0, [article()]),
        // HKSCS 8740 is U+43F0; an encoder for Big5 does not write it.
        row("more/hkscs.txt", [&*BIG5.encode(TRADITIONAL_BODY).0, &[0x87, 0x40]].concat(), [document("", "\u{43F0}")]),
    ]
}

/// What decoders turn into U+FFFD is lost and counted; what stands as U+FFFD in valid UTF-8 is not.
fn losses() -> Vec<Row> {
    let big5 = BIG5.encode(TRADITIONAL_BODY).0.into_owned();
    let gbk = GBK.encode(BODY).0.into_owned();
    let inside = |bytes: &[u8], at: usize, wrong: &[u8]| [&bytes[..at], wrong, &bytes[at..]].concat();
    let utf16 =
        |unit: u16| [little("造林三千亩"), unit.to_le_bytes().to_vec(), little("，投入资金五百万元。")].concat();
    vec![
        row(
            "losses/big5-user-defined.txt",
            inside(&big5, 8, &[0x81, 0xA1, 0x85, 0xC3]),
            [document("", "\u{FFFD}\u{FFFD}").losing(8, 2)],
        ),
        row("losses/gbk-invalid.txt", inside(&gbk, 8, &[0xFF]), [document("", "\u{FFFD}").losing(8, 1)]),
        // GB18030 has a private character for each user-defined one of GBK, so nothing is lost.
        row("losses/gbk-user-defined.txt", inside(&gbk, 8, &[0xAA, 0xA1]), [document("", "\u{E000}")]),
        row("losses/utf-8-cut.txt", &BODY.as_bytes()[..BODY.len() - 1], [document("", PART).losing(66, 1)]),
        row(
            "losses/utf-8-with-a-bad-byte.txt",
            inside(BODY.as_bytes(), 12, &[0xFF]),
            [document("", "\u{FFFD}今年").losing(12, 1)],
        ),
        row(
            "losses/surrogate-in-utf-8.txt",
            inside(BODY.as_bytes(), 12, &[0xED, 0xA0, 0x80]),
            [document("", PART).losing(12, 3)],
        ),
        row(
            "losses/fffd-that-stands-there.txt",
            inside(BODY.as_bytes(), 12, "\u{FFFD}".as_bytes()),
            [document("", "\u{FFFD}今年")],
        ),
        row(
            "losses/fffd-that-stands-there.jsonl",
            "{\"text\": \"造林\u{FFFD}三千亩\"}\n",
            [document("", "造林\u{FFFD}三千亩").at("#1")],
        ),
        row("losses/surrogate-in-utf-16.txt", utf16(0xD800), [document("", "\u{FFFD}").losing(10, 1)]),
        row("losses/odd-utf-16.txt", [&little(BODY)[..], b"x"].concat(), [document("", PART).losing(46, 1)]),
        row(
            "losses/surrogate.json",
            r#"{"title": "关于春季造林的通知", "text": "造林三千亩\ud83d"}"#,
            [document(TITLE, "造林三千亩\u{FFFD}").losing(0, 1)],
        ),
        row(
            "losses/surrogate.jsonl",
            "{\"text\": \"甲\"}\n{\"text\": \"造林三千亩\\udc00\"}\n",
            [document("", "甲").at("#1"), document("", "造林三千亩\u{FFFD}").losing(16, 1).at("#2")],
        ),
    ]
}

fn no_texts() -> Vec<Row> {
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut rows = vec![
        row("wrong/empty.txt", "", [skip("empty")]),
        row("wrong/empty.json", "", [skip("empty")]),
        row("wrong/empty.jsonl", "", [skip("empty")]),
        row("wrong/empty.html", "", [skip("empty")]),
        row("wrong/empty.zip", "", [skip("empty")]),
        row("wrong/empty.gz", "", [skip("empty")]),
        row("wrong/blanks.txt", " \n\u{3000}\r\n", [skip("no_text")]),
        row("wrong/blanks.md", "\n\n", [skip("no_text")]),
        row("wrong/blanks.jsonl", "\n\n", [skip("no_text")]),
        row("wrong/nuls.txt", [0; 4096], [skip("binary")]),
        row(
            "wrong/picture.txt",
            *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\x01\x02\x08\x06\0\0\0",
            [skip("binary")],
        ),
        row("wrong/program", *b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0", [skip("binary")]),
        row("wrong/noise.txt", noise, [skip("binary")]),
        row("wrong/large.txt", "造林".repeat(200_000), [skip("too_large")]),
        row("wrong/scanned.rar", *b"Rar!\x1a\x07\x01\0", [skip("unknown_format")]),
        row("wrong/picture.jpg", "no picture, but who looks", [skip("unknown_format")]),
    ];
    let mark = |bytes: &[u8]| [bytes, &text()].concat();
    rows.push(row("wrong/two-marks.txt", mark("\u{FEFF}".as_bytes()), [article()]));
    rows
}

fn records() -> Vec<Row> {
    let long = format!("{{\"text\": \"甲\"}}\n{{\"text\": \"{}\"}}\n{{\"text\": \"乙\"}}\n", "长".repeat(400_000));
    vec![
        row(
            "records/array.json",
            "[{\"text\": \"甲\"}, {\"text\": \"乙\"}]",
            [document("", "甲").at("#1"), document("", "乙").at("#2")],
        ),
        row(
            "records/values.json",
            "{\"text\": \"甲\"}\n{\"text\": \"乙\"}",
            [document("", "甲").at("#1"), document("", "乙").at("#2")],
        ),
        row(
            "records/own-id.jsonl",
            "{\"id\": \"z-7\", \"text\": \"甲\"}\n{\"id\": \"z-7\", \"text\": \"乙\"}",
            [document("", "甲").at("#1").called("z-7"), document("", "乙").at("#2").called("z-7")],
        ),
        row("records/cut.json", "{\"title\": \"没有", [skip("malformed")]),
        row("records/open-array.json", "[{\"text\": \"甲\"}", [document("", "甲").at("#1"), skip("malformed")]),
        row("records/nothing.json", "[]", [skip("no_text")]),
        row("records/number.json", "7", [skip("no_text")]),
        row("records/without-text.json", "{\"id\": 1}", [skip("no_text")]),
        row("records/behind-the-end.json", "[{\"text\": \"甲\"}] x", [document("", "甲").at("#1"), skip("malformed")]),
        row("records/deep.json", "[".repeat(200_000), [skip("malformed").at("#1")]),
        row("records/deep-value.jsonl", format!("{{\"text\": {}", "[".repeat(100_000)), [skip("malformed").at("#1")]),
        row(
            "records/bad-line.jsonl",
            "{\"text\": \"甲\"}\n{\"text\":\n[1]\n{\"text\": \"乙\"}",
            [
                document("", "甲").at("#1"),
                skip("malformed").at("#2"),
                skip("no_text").at("#3"),
                document("", "乙").at("#4"),
            ],
        ),
        row(
            "records/long-line.jsonl",
            long,
            [document("", "甲").at("#1"), skip("too_large").at("#2"), document("", "乙").at("#3")],
        ),
        row("records/nul.json", "{\"text\": \"造林\\u0000三千亩\"}", [document("", "造林\0三千亩")]),
    ]
}

fn pages() -> Vec<Row> {
    let deep = format!("<html><title>{TITLE}</title><body>{}<p>{BODY}</p>", "<div>".repeat(50_000));
    vec![
        row("pages/piece.html", format!("<p>{TITLE}</p><p>{BODY}</p>"), [article()]),
        row("pages/article.shtml", format!("<!DOCTYPE html><title>{TITLE}</title><p>{BODY}</p>"), [article()]),
        row("pages/page-without-ending", format!("<!DOCTYPE html><title>{TITLE}</title><p>{BODY}</p>"), [article()]),
        row("pages/deep.html", deep, [article()]),
        row("pages/only-a-script.html", "<html><body><script>location='/'</script></body></html>", [skip("no_text")]),
        row("pages/unclosed.html", format!("<html><head><title>{TITLE}</title><body><p>{BODY}<p"), [article()]),
        row(
            "pages/declared.xhtml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html><head><title>{TITLE}</title></head><body><p>{BODY}</p></body></html>"
            ),
            [article()],
        ),
    ]
}
