//! Archives: what each kind can hold, what is never read out of one, and what can be wrong with it.

use encoding_rs::{BIG5, GBK};
use tar::EntryType;

use super::pack::*;
use super::row::*;

pub fn rows() -> Vec<Row> {
    let mut rows = zips();
    rows.extend(wrong_zips());
    rows.extend(tars());
    rows.extend(wrong_tars());
    rows.extend(seven_zips());
    rows.extend(webs());
    rows.extend(nested());
    rows
}

fn plain(name: &str) -> Zipped {
    Zipped::new(name, &text(), 8)
}

fn zips() -> Vec<Row> {
    let text = text();
    let named = |name: &[u8]| Zipped::new(name, &text, 0);
    vec![
        row(
            "zip/methods.zip",
            zip(&[0, 8, 12, 93].map(|method| Zipped::new(format!("{method}.txt"), &text, method))),
            [article().at("!0.txt"), article().at("!8.txt"), article().at("!12.txt"), article().at("!93.txt")],
        ),
        row("zip/told-by-its-bytes.txt", zip(&[plain("a.txt")]), [article().at("!a.txt")]),
        row(
            "zip/records.zip",
            zip_of(&[("a.jsonl", b"{\"id\": \"z-8\", \"text\": \"\xE7\x94\xB2\"}\n{\"text\": \"\xE4\xB9\x99\"}")]),
            [document("", "甲").at("!a.jsonl#1").called("z-8"), document("", "乙").at("!a.jsonl#2")],
        ),
        row(
            "zip/names-in-gbk.zip",
            zip(&[named(&GBK.encode("通知/关于春季造林的通知.txt").0)]),
            [article().at("!通知/关于春季造林的通知.txt")],
        ),
        row(
            "zip/names-in-big5.zip",
            zip(&[named(&BIG5.encode("公告/關於春季造林的通知.txt").0)]),
            [article().at("!公告/關於春季造林的通知.txt")],
        ),
        row(
            "zip/names-in-utf-8.zip",
            zip(&[Zipped { flags: 0x800, ..named("通知.txt".as_bytes()) }]),
            [article().at("!通知.txt")],
        ),
        row(
            "zip/names-in-a-field.zip",
            zip(&[named(b"tz.txt").with_unicode_path("通知.txt")]),
            [article().at("!通知.txt")],
        ),
        row("zip/names-of-windows.zip", zip(&[plain("a\\b\\c.txt")]), [article().at("!a/b/c.txt")]),
        row(
            "zip/names-that-climb.zip",
            zip(&[plain("../../outside.txt"), plain("/outside/a.txt"), plain("a\nb\x1b[2J.txt")]),
            [article().at("!../../outside.txt"), article().at("!/outside/a.txt"), article().at("!a\nb\x1b[2J.txt")],
        ),
        row(
            "zip/hidden.zip",
            zip(&[plain("__MACOSX/._a.txt"), plain(".DS_Store"), plain(".git/a.txt"), plain("a.txt")]),
            [article().at("!a.txt")],
        ),
        row(
            "zip/folders-and-pictures.zip",
            zip(&[plain("a/"), plain("a/b.jpg"), plain("a/c.txt")]),
            [skip("unknown_format").at("!a/b.jpg"), article().at("!a/c.txt")],
        ),
        row("zip/of-nothing.zip", zip(&[]), [skip("no_text")]),
    ]
}

fn wrong_zips() -> Vec<Row> {
    let whole = zip(&[plain("a.txt"), plain("b.txt"), plain("c.txt")]);
    let zeros = vec![0; 40 << 20];
    let late = plain("b.txt");
    let inner = zip(&[Zipped::new("zeros.txt", &zeros, 8)]);
    vec![
        row("zip/no-such-thing.zip", text(), [skip("decompression")]),
        row("zip/empty-entry.zip", zip(&[Zipped::new("a.txt", b"", 0)]), [skip("empty").at("!a.txt")]),
        row(
            "zip/encrypted.zip",
            zip(&[Zipped { flags: 1, ..plain("a.txt") }, plain("b.txt")]),
            [skip("encrypted").at("!a.txt"), article().at("!b.txt")],
        ),
        row(
            "zip/link-and-device.zip",
            zip(&[
                Zipped { mode: 0o120_777, ..plain("a.txt") },
                Zipped { mode: 0o020_666, ..plain("b.txt") },
                Zipped { mode: 0o100_644, ..plain("c.txt") },
            ]),
            [skip("symbolic_link").at("!a.txt"), skip("not_regular").at("!b.txt"), article().at("!c.txt")],
        ),
        row(
            "zip/wrong-sum.zip",
            zip(&[Zipped { crc: 7, ..plain("a.txt") }, plain("b.txt")]),
            [skip("decompression").at("!a.txt"), article().at("!b.txt")],
        ),
        row(
            "zip/wrong-bytes.zip",
            zip(&[Zipped { packed: vec![0xFF; 60], ..plain("a.txt") }, plain("b.txt")]),
            [skip("decompression").at("!a.txt"), article().at("!b.txt")],
        ),
        row(
            "zip/unknown-method.zip",
            zip(&[Zipped { method: 77, ..plain("a.txt") }, plain("b.txt")]),
            [skip("decompression").at("!a.txt"), article().at("!b.txt")],
        ),
        row(
            "zip/overlapping.zip",
            zip(&[plain("a.txt"), Zipped { at: Some(0), ..plain("b.txt") }, plain("c.txt")]),
            [article().at("!a.txt"), skip("malformed").at("!b.txt"), article().at("!c.txt")],
        ),
        row(
            "zip/two-of-one-name.zip",
            zip(&[plain("a.txt"), Zipped::new("a.txt", "甲".as_bytes(), 0)]),
            [document("", "甲").at("!a.txt"), skip("malformed")],
        ),
        row(
            "zip/cut.zip",
            &whole[..whole.len() / 2],
            [article().at("!a.txt"), article().at("!b.txt"), skip("decompression")],
        ),
        row(
            "zip/cut-in-an-entry.zip",
            &whole[..whole.len() - 200],
            [article().at("!a.txt"), article().at("!b.txt"), skip("decompression").at("!c.txt")],
        ),
        row(
            "zip/without-its-list.zip",
            &whole[..whole.len() - 100],
            [article().at("!a.txt"), article().at("!b.txt"), article().at("!c.txt"), skip("decompression")],
        ),
        row(
            "zip/elsewhere.zip",
            zip(&[Zipped { at: Some(90_000), ..late }, plain("c.txt")]),
            [skip("decompression").at("!b.txt"), article().at("!c.txt")],
        ),
        row(
            "zip/bomb.zip",
            zip(&[Zipped::new("a.jsonl", &zeros, 8), plain("b.txt")]),
            [skip("too_compressed").at("!a.jsonl"), article().at("!b.txt")],
        ),
        row(
            "zip/42.zip",
            zip_of(&[("1.zip", &inner), ("2.zip", &zip_of(&[("3.zip", &zip_of(&[("4.zip", &inner)]))]))]),
            [skip("too_large").at("!1.zip!zeros.txt"), skip("too_deep").at("!2.zip!3.zip")],
        ),
    ]
}

fn tars() -> Vec<Row> {
    let text = text();
    let usual = tar_of(&[("./a.txt", &text), ("b/c.md", "# 标题\n\n正文".as_bytes()), ("d/.hidden.txt", &text)]);
    let usually = || [article().at("!a.txt"), document("标题", "正文").at("!b/c.md")];
    let long: &'static str =
        "通知/关于春季造林工作的通知关于春季造林工作的通知关于春季造林工作的通知关于春季造林工作的通知.txt";
    let within = "!通知/关于春季造林工作的通知关于春季造林工作的通知关于春季造林工作的通知关于春季造林工作的通知.txt";
    let mut rows =
        vec![row("tar/a.tar", usual.clone(), usually()), row("tar/told-by-its-bytes", usual.clone(), usually())];
    for (ending, compress) in COMPRESSIONS {
        rows.push(row(format!("tar/a.tar.{ending}"), compress(&usual), usually()));
    }
    rows.push(row("tar/a.tgz", gzip(&usual), usually()));
    let end = || vec![0; 1024];
    rows.extend([
        row("tar/long-name-of-gnu.tar", [long_name(long, &text, false), end()].concat(), [article().at(within)]),
        row("tar/long-name-of-posix.tar", [long_name(long, &text, true), end()].concat(), [article().at(within)]),
        row(
            "tar/names-in-gbk.tar",
            [tar_entry(&GBK.encode("关于春季造林的通知.txt").0, EntryType::Regular, &text, text.len() as u64), end()]
                .concat(),
            [article().at("!关于春季造林的通知.txt")],
        ),
    ]);
    rows
}

fn wrong_tars() -> Vec<Row> {
    let text = text();
    let of = |name: &str, kind| tar_entry(name.as_bytes(), kind, b"", 0);
    let entry = |name: &str| tar_entry(name.as_bytes(), EntryType::Regular, &text, text.len() as u64);
    let end = vec![0; 1024];
    let mut broken = entry("b.txt");
    broken[10] ^= 1;
    vec![
        row("tar/no-such-thing.tar", text.clone(), [skip("decompression")]),
        row(
            "tar/of-no-files.tar",
            [
                of("folder", EntryType::Directory),
                of("link.txt", EntryType::Symlink),
                of("hard.txt", EntryType::Link),
                of("pipe.txt", EntryType::Fifo),
                of("device.txt", EntryType::Char),
                of("disk.txt", EntryType::Block),
                of("empty.txt", EntryType::Regular),
                end.clone(),
            ]
            .concat(),
            [
                skip("symbolic_link").at("!link.txt"),
                skip("symbolic_link").at("!hard.txt"),
                skip("not_regular").at("!pipe.txt"),
                skip("not_regular").at("!device.txt"),
                skip("not_regular").at("!disk.txt"),
                skip("empty").at("!empty.txt"),
            ],
        ),
        row(
            "tar/cut-in-an-entry.tar",
            [entry("a.txt"), entry("b.txt")[..550].to_vec()].concat(),
            [article().at("!a.txt"), skip("decompression").at("!b.txt")],
        ),
        row(
            "tar/cut-in-a-header.tar",
            [entry("a.txt"), entry("b.txt")[..100].to_vec()].concat(),
            [article().at("!a.txt"), skip("decompression")],
        ),
        row("tar/without-its-end.tar", entry("a.txt"), [article().at("!a.txt"), skip("decompression")]),
        row(
            "tar/wrong-sum.tar",
            [entry("a.txt"), broken, end.clone()].concat(),
            [article().at("!a.txt"), skip("decompression")],
        ),
        row(
            "tar/of-a-terabyte.tar",
            tar_entry(b"a.txt", EntryType::Regular, &text, 1 << 40),
            [skip("too_large").at("!a.txt")],
        ),
        row(
            "tar/of-a-terabyte-of-lines.tar",
            tar_entry(b"a.jsonl", EntryType::Regular, "{\"text\": \"甲\"}\n".as_bytes(), 1 << 40),
            [document("", "甲").at("!a.jsonl#1"), skip("decompression").at("!a.jsonl")],
        ),
        row(
            "tar/sparse-terabyte.tar",
            [sparse_terabyte(), entry("b.txt"), end.clone()].concat(),
            [skip("not_regular").at("!a.txt"), article().at("!b.txt")],
        ),
        row(
            "tar/endless-name.tar.gz",
            gzip(&tar_entry(b"name", EntryType::GNULongName, &vec![b'x'; 3 << 20], 3 << 20)),
            [skip("decompression")],
        ),
        row(
            "tar/cut.tar.gz",
            &gzip(&[entry("a.txt"), noise(300_000)].concat())[..3000],
            [article().at("!a.txt"), skip("decompression")],
        ),
    ]
}

/// An entry of a terabyte of which no byte is stored.
fn sparse_terabyte() -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_path("a.txt").expect("a name");
    header.set_entry_type(EntryType::GNUSparse);
    header.set_size(0);
    let gnu = header.as_gnu_mut().expect("a header of GNU's");
    gnu.set_real_size(1 << 40);
    gnu.sparse[0].set_offset(1 << 40);
    gnu.sparse[0].set_length(0);
    header.set_cksum();
    header.as_bytes().to_vec()
}

fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn seven_zips() -> Vec<Row> {
    let text = text();
    let entries: [(&str, &[u8]); 3] = [("通知/a.txt", &text), ("b.md", "# 标题\n\n正文".as_bytes()), (".c.txt", &text)];
    let usually = || [article().at("!通知/a.txt"), document("标题", "正文").at("!b.md")];
    let whole = seven_zip(&entries, false);
    let mut flipped = whole.clone();
    flipped[40] ^= 0x55;
    vec![
        row("7z/a.7z", whole.clone(), usually()),
        row("7z/solid.7z", seven_zip(&entries, true), usually()),
        row("7z/told-by-its-bytes.txt", whole.clone(), usually()),
        row("7z/no-such-thing.7z", text.clone(), [skip("decompression")]),
        row("7z/cut.7z", &whole[..whole.len() - 20], [skip("decompression")]),
        row("7z/flipped.7z", flipped, [skip("decompression").at("!通知/a.txt"), document("标题", "正文").at("!b.md")]),
        row("7z/encrypted.7z", *include_bytes!("encrypted.7z"), [skip("encrypted").at("!a.txt")]),
        row("7z/encrypted-names.7z", *include_bytes!("encrypted-names.7z"), [skip("encrypted")]),
        row(
            "7z/bomb.7z",
            seven_zip(&[("a.jsonl", &vec![b'a'; 40 << 20])], false),
            [skip("too_compressed").at("!a.jsonl")],
        ),
    ]
}

fn webs() -> Vec<Row> {
    let page = format!("<html><head><title>{TITLE}</title></head><body><p>{BODY}</p></body></html>");
    let html = "Content-Type: text/html; charset=utf-8";
    let answer = |address: &str, status: &str| response(address, status, html, page.as_bytes());
    let chunked = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let whole = [
        record("warcinfo", "", "application/warc-fields", b"software: a crawler"),
        record("request", "http://a/1.html", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        answer("http://a/1.html", "200 OK"),
        answer("http://a/2.html", "404 Not Found"),
        response("http://a/3.png", "200 OK", "Content-Type: image/png", b"\x89PNG"),
        response("http://a/4", "200 OK", "Content-Type: text/html; charset=gbk", &GBK.encode(&page).0),
        response("http://a/5.com", "200 OK", &format!("{html}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
        response("http://a/6", "200 OK", &format!("{html}\r\nContent-Encoding: gzip"), &gzip(page.as_bytes())),
        answer("http://a/1.html", "200 OK"),
        record("resource", "file:///7.txt", "text/plain", &text()),
        record("conversion", "http://a/8.pdf", "text/plain", &text()),
    ];
    let gives = || {
        [
            article().at("!http://a/1.html"),
            article().at("!http://a/4"),
            article().at("!http://a/5.com"),
            article().at("!http://a/6"),
            article().at("!http://a/1.html#2"),
            article().at("!file:///7.txt"),
            article().at("!http://a/8.pdf"),
            skip("no_pages"),
        ]
    };
    let one = answer("http://a/1.html", "200 OK");
    vec![
        row("warc/a.warc", whole.concat(), gives()),
        row("warc/a.warc.gz", whole.iter().flat_map(|record| gzip(record)).collect::<Vec<_>>(), gives()),
        row("warc/told-by-its-bytes", one.clone(), [article().at("!http://a/1.html")]),
        row("warc/no-such-thing.warc", text(), [skip("decompression")]),
        row(
            "warc/cut.warc",
            [&one[..], &one[..one.len() - 60]].concat(),
            [article().at("!http://a/1.html"), skip("decompression").at("!http://a/1.html#2")],
        ),
        row(
            "warc/no-record.warc",
            [&one[..], b"GARBAGE\r\n\r\n"].concat(),
            [article().at("!http://a/1.html"), skip("decompression")],
        ),
        row(
            "warc/endless-head.warc",
            [b"WARC/1.0\r\n".as_slice(), &b"X: y\r\n".repeat(30_000)].concat(),
            [skip("decompression")],
        ),
        row("warc/without-length.warc", "WARC/1.0\r\nWARC-Type: response\r\n\r\nbody", [skip("decompression")]),
    ]
}

fn nested() -> Vec<Row> {
    let text = text();
    let inner = zip(&[plain("a.txt")]);
    let gz = gzip(&text);
    vec![
        row("nested/zip-in-zip.zip", zip_of(&[("b.zip", &inner)]), [article().at("!b.zip!a.txt")]),
        row("nested/zip-in-tar.tar.gz", gzip(&tar_of(&[("b.zip", &inner)])), [article().at("!b.zip!a.txt")]),
        row("nested/zip.zip.gz", gzip(&inner), [article().at("!a.txt")]),
        row(
            "nested/gz-in-tar.tar",
            tar_of(&[("a.txt.gz", &gz), ("b.txt.gz", &gzip(&gz))]),
            [article().at("!a.txt.gz"), skip("binary").at("!b.txt.gz")],
        ),
        row(
            "nested/tar-in-zip.zip",
            zip_of(&[("b.tar.xz", &xz(&tar_of(&[("a.txt", &text)])))]),
            [article().at("!b.tar.xz!a.txt")],
        ),
        row(
            "nested/7z-in-tar.tar",
            tar_of(&[("b.7z", &seven_zip(&[("a.txt", &text)], false))]),
            [article().at("!b.7z!a.txt")],
        ),
        row(
            "nested/too-deep.tar",
            tar_of(&[("b.tar", &tar_of(&[("c.tar", &tar_of(&[("a.txt", &text)]))]))]),
            [skip("too_deep").at("!b.tar!c.tar")],
        ),
        row(
            "nested/large-zip-in-tar.tar",
            tar_of(&[("b.zip", &zip(&[Zipped::new("a.txt", &noise(2 << 20), 0)]))]),
            [skip("too_large").at("!b.zip")],
        ),
    ]
}
