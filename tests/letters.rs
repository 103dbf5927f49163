//! Promise: a letter gives its subject, day, sender and text, and what is attached to it; a page that a browser saved is a
//! page. Nothing of a letter is lost unsaid.
#![cfg(feature = "formats")]

#[path = "support/files.rs"]
#[allow(dead_code, reason = "formats have more of them")]
mod files;
#[path = "support/read.rs"]
#[allow(dead_code, reason = "formats ask for more")]
mod read;

use files::{docx, gbk};
use read::{kind, one, read};
use xunzhang::corpus::Skip;
use xunzhang::{Document, Loss};

/// Quoted-printable.
fn quoted(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("={byte:02X}"))
        .collect::<Vec<_>>()
        .chunks(24)
        .map(<[_]>::concat)
        .collect::<Vec<_>>()
        .join("=\r\n")
}

#[test]
fn letters_give_subject_day_sender_and_text() {
    let letter = format!(
        "From: =?gb2312?Q?{}?= <fang@example.org>\r\nTo: a@example.org\r\nSubject: =?utf-8?Q?{}?=\r\nDate: Mon, 5 Mar 2018 \
         09:12:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: \
         text/plain; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b\r\nContent-Type: \
         image/png; name=\"plan.png\"\r\nContent-Disposition: attachment; filename=\"plan.png\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n",
        quoted(&gbk("方知遥")).replace("=\r\n", ""),
        quoted("造林通知".as_bytes()).replace("=\r\n", ""),
        quoted(&gbk("今年造林三千亩。")),
    );
    let document = one("a.eml", letter.as_bytes());
    assert_eq!((document.title.as_str(), document.body.trim()), ("造林通知", "今年造林三千亩。"));
    assert_eq!(document.date.map(|day| day.to_string()).as_deref(), Some("2018-03-05"));
    assert_eq!(document.authors, ["方知遥"]);
    assert_eq!(document.extra, [("attachment".to_string(), "plan.png".to_string())]);
    assert_eq!(document.losses, []);

    let raw = [
        b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nSubject: ".to_vec(),
        gbk("关于春季造林的通知"),
        b"\n\n".to_vec(),
        gbk("今年造林三千亩。\n"),
    ];
    let document = one("b.txt", &raw.concat());
    assert_eq!((document.title.as_str(), document.body.trim()), ("关于春季造林的通知", "今年造林三千亩。"));

    let cut = letter.split("--b\r\nContent-Type: image").next().expect("a part");
    assert!(matches!(one("a.eml", cut.as_bytes()).losses[..], [Loss::Cut { .. }]));
}

#[test]
fn what_is_attached_to_a_letter_is_read() {
    let attached = |name: &str, bytes: &[u8]| {
        format!(
            "--b\r\nContent-Disposition: attachment; filename*=utf-8''{}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
            name.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>(),
            quoted(bytes)
        )
    };
    let head = "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n";
    let mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    let forwarded = format!("{head}Subject: old\r\n\r\nfour\r\n");
    let letter = |text: &str| {
        let word = docx("<w:p><w:r><w:t>今年造林三千亩。</w:t></w:r></w:p>", &[]);
        let parts = [
            attached("../通知.docx", &word),
            attached("a.txt", "第一件".as_bytes()),
            attached("a.txt", "第二件".as_bytes()),
            attached("logo.png", b"\x89PNG"),
            attached("c.zip", b"PK"),
            format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{forwarded}\r\n"),
        ];
        format!("{head}Subject: {text}\r\n{mixed}{}--b--\r\n", parts.concat())
    };
    let told = |letter: &str| -> Vec<(Option<String>, String)> {
        let entry = |read: &Result<Document, Skip>| match read {
            Ok(document) => (document.origin.entry.clone(), document.body.trim().to_string()),
            Err(skip) => (skip.entry.clone(), kind(&[Err(skip.clone())]).to_string()),
        };
        read("a.eml", letter.as_bytes()).iter().map(entry).collect()
    };
    let expected = [
        ("通知.docx", "今年造林三千亩。"),
        ("a.txt", "第一件"),
        ("2/a.txt", "第二件"),
        ("c.zip", "decompression"),
        ("message.eml", "four"),
    ];
    let expected = expected.map(|(entry, text)| (Some(entry.to_string()), text.to_string()));
    let all = told(&letter("three"));
    assert_eq!((all[0].0.as_deref(), &all[1..]), (None, &expected[..]));
    assert_eq!(told(&letter("")), expected, "a letter that says nothing brings what is attached");
    let deep = (0..6).fold(forwarded.clone(), |inner, _| {
        format!("{head}Subject: outer\r\n{mixed}--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n")
    });
    assert_eq!(told(&deep).len(), 3, "letters in letters end");
}

#[test]
fn a_saved_page_is_a_page() {
    let page = "<html><head><meta charset=gb2312><title>造林通知_云陇新闻网</title></head><body><p>今年造林三千亩，投入资金。\
                </p></body></html>";
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.example.org/1.html\r\nSubject: saved\r\nDate: Mon, 5 \
         Mar 2018 09:12:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; \
         boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: \
         quoted-printable\r\nContent-Location: http://a.example.org/1.html\r\n\r\n{}\r\n--b--\r\n",
        quoted(&gbk(page))
    );
    for name in ["a.mhtml", "a.mht", "a.doc"] {
        let document = one(name, saved.as_bytes());
        assert_eq!((document.title.as_str(), document.body.as_str()), ("造林通知", "今年造林三千亩，投入资金。"));
        assert_eq!((document.url.as_deref(), document.date), (Some("http://a.example.org/1.html"), None));
    }
}
