//! Promise: documents of word processors, books, letters, tables, XML and PDF give their text, whole and in order, or a
//! skip with its reason, whatever their names say and however they were damaged. What can crash or hang its reader does
//! so in a process of its own.
#![cfg(feature = "formats")]

#[path = "support/files.rs"]
mod files;
#[path = "support/read.rs"]
mod read;

use std::time::Duration;

use files::{docx, file, gbk, package, pdf, ucs2};
use read::{article, kind, one, options, read, read_with, zoo};
use xunzhang::corpus::{Helper, Skip, SkipReason};
use xunzhang::{Document, Loss};

// ---------------------------------------------------------------------------------------------------------------
// What a file is

#[test]
fn content_goes_before_the_name() {
    let page =
        "<!DOCTYPE html><html><head><title>造林通知通知</title></head><body><p>今年造林三千亩。</p></body></html>";
    let rich = b"{\\rtf1\\ansicpg936 \\'bd\\'f1\\'c4\\'ea\\'d4\\'ec\\'c1\\'d6\\'c8\\'fd\\'c7\\'a7\\'c4\\'b6}";
    let text = "今年造林三千亩。";
    let word = docx(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), &[]);
    let sheet = "标题\t正文\r\n通知\t今年造林三千亩。\r\n";
    let table = "<html><body><table><tr><td>今年造林三千亩</td></tr></table></body></html>";
    let paper = pdf(&[vec![(50.0, 700.0, 12.0, text)]], "UniGB-UCS2-H", ucs2);
    let rows: [(&str, &[u8]); 12] = [
        ("a.txt", page.as_bytes()),
        ("a.doc", page.as_bytes()),
        ("b.doc", rich),
        ("b.txt", rich),
        ("c.doc", &word),
        ("c.zip.txt", &word),
        ("d.txt", &paper),
        ("e.xls", sheet.as_bytes()),
        ("f.xls", table.as_bytes()),
        ("g.doc", text.as_bytes()),
        ("h.wps", text.as_bytes()),
        ("i", &paper),
    ];
    for (name, bytes) in rows {
        let document = one(name, bytes);
        assert!(document.body.contains("今年造林三千亩"), "{name}: {document:?}");
    }
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    let sealed = [old.as_slice(), b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"].concat();
    let rows: [(&str, &[u8], &str); 8] = [
        ("a.doc", &zoo("libreoffice.doc"), "unknown_format"),
        ("a.wps", &old, "unknown_format"),
        ("a.txt", &old, "unknown_format"),
        ("a.docx", &old, "encrypted"),
        ("a.doc", &sealed, "encrypted"),
        ("a.docx", text.as_bytes(), "malformed"),
        ("a.epub", b"PK\x03\x04", "malformed"),
        ("a.pdf", text.as_bytes(), "malformed"),
    ];
    for (name, bytes, expected) in rows {
        let read = read(name, bytes);
        assert_eq!(kind(&read), expected, "{name}: {read:?}");
    }
    let skips = read("a.doc", &old);
    assert!(matches!(&skips[0], Err(skip) if skip.to_string().contains("save it anew")), "{skips:?}");
}

// ---------------------------------------------------------------------------------------------------------------
// Documents of word processors

#[test]
fn documents_of_programs_give_all_their_text() {
    let (title, paragraphs) = article();
    for name in ["libreoffice.docx", "libreoffice.odt", "libreoffice.rtf"] {
        let document = one(name, &zoo(name));
        assert_eq!(document.title, title, "{name}");
        let table = "姓名\t职务\t\n沈振兴\t书记\t\n梅以恒\t副县长";
        assert_eq!(document.body.trim_end(), format!("{}\n\n{table}", paragraphs[..3].join("\n\n")), "{name}");
        assert_eq!((document.authors.len(), &document.losses[..]), (1, [].as_slice()), "{name}: {document:?}");
    }
}

#[test]
fn what_was_deleted_is_no_text_and_boxes_and_notes_tear_no_word() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let text_box = format!("<w:txbxContent><w:p>{}</w:p></w:txbxContent>", run("文本框"));
    let shape = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}</mc:Fallback>\
         </mc:AlternateContent></w:r>"
    );
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='a3'/></w:pPr>{}</w:p><w:p>{}<w:del><w:r><w:delText>删除</w:delText></w:r></w:del>\
         <w:ins>{}</w:ins>{shape}{}<w:moveFrom>{}</w:moveFrom><w:r><w:footnoteReference w:id='2'/></w:r>{}</w:p>\
         <w:p><w:r><w:instrText>PAGEREF</w:instrText><w:t>行</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>格</w:t></w:r></w:p>",
        run("关于春季造林的通知"),
        run("今年造"),
        run("林"),
        run("三千"),
        run("移走"),
        run("亩。"),
    );
    let notes = format!(
        "<w:footnotes><w:footnote w:type='separator'><w:p>{}</w:p></w:footnote><w:footnote w:id='2'><w:p>{}</w:p>\
         </w:footnote></w:footnotes>",
        run("线"),
        run("脚注一条"),
    );
    let core = "<c:coreProperties xmlns:c='c'><dc:title>某某公司模板</dc:title><dc:creator>微软用户</dc:creator>\
                <dcterms:created>2003-01-01T00:00:00Z</dcterms:created><dcterms:modified>2018-03-05T00:00:00Z\
                </dcterms:modified></c:coreProperties>";
    let header = format!("<w:hdr><w:p>{}</w:p></w:hdr>", run("青石县文件"));
    let others = [
        ("word/footnotes.xml", notes.as_str()),
        ("docProps/core.xml", core),
        ("word/header1.xml", &header),
        ("word/styles.xml", "<w:styles><w:style w:styleId='a3'><w:name w:val='Title'/></w:style></w:styles>"),
    ];
    let document = one("a.docx", &docx(&body, &others));
    assert_eq!(document.title, "关于春季造林的通知");
    assert_eq!(document.body, "今年造林三千亩。\n\n文本框\n\n行\n二 格\n\n脚注一条");
    assert_eq!((document.rest.as_str(), document.authors.len(), document.date), ("青石县文件", 0, None));
}

#[test]
fn packages_made_to_hurt_are_skips() {
    let bomb = "<w:p/>".repeat(6 << 20);
    let deep = "<w:tbl>".repeat(100_000);
    let entities = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'>]><w:document><w:p><w:t>&c;今年</w:t></w:p>\
                    </w:document>";
    assert_eq!(kind(&read("a.docx", &docx(&bomb, &[]))), "too_compressed");
    assert_eq!(kind(&read("a.docx", &docx(&deep, &[]))), "malformed");
    assert_eq!(one("a.docx", &package(&[("word/document.xml", entities)])).body, "今年");
    assert_eq!(kind(&read("a.docx", &package(&[("word/other.xml", "")]))), "malformed");
}

// ---------------------------------------------------------------------------------------------------------------
// Books

#[test]
fn a_book_is_its_chapters() {
    let (_, paragraphs) = article();
    let chapters: Vec<Document> =
        read("书.epub", &zoo("ebooklib.epub")).into_iter().map(|read| read.expect("a chapter")).collect();
    assert_eq!(chapters.len(), 2, "the contents are left out");
    for (chapter, (title, text)) in
        chapters.iter().zip([("第一章　造林", &paragraphs[1]), ("第二章　花椒", &paragraphs[4])])
    {
        assert_eq!((chapter.title.as_str(), &chapter.body), (title, text));
        assert_eq!(chapter.extra, [("book".to_string(), "青石县志选读".to_string())]);
        assert_eq!((chapter.authors.join(""), chapter.source.as_deref()), ("方知遥".into(), Some("云陇出版社")));
        assert_eq!(chapter.date.map(|day| day.to_string()).as_deref(), Some("2016-03-01"));
    }
    assert_eq!((chapters[0].label(), chapters[1].label()), ("书.epub#1".into(), "书.epub#2".into()));
}

// ---------------------------------------------------------------------------------------------------------------
// Rich text

#[test]
fn rich_text_in_code_pages_and_escapes() {
    let text = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}{\\info{\\title X}{\\author \
                \\'b7\\'bd\\'d6\\'aa\\'d2\\'a3}{\\creatim\\yr2018\\mo3\\dy5}}\\pard\\f0 \\uc2\\u-28668\\'b9\\'d8\\u20110\\'d3\\'da\
                \\'d4\\'ec\\'c1\\'d6\\'b5\\'c4\\'cd\\'a8\\'d6\\'aa\\par \\u20170\\'bd\\'f1\\'c4\\'ea\\'a1\\'a3\\par}";
    let document = one("a.rtf", text.replace("\\u-28668", "\\u20851").as_bytes());
    assert_eq!((document.title.as_str(), document.body.as_str()), ("关于造林的通知", "今年。"));
    assert_eq!(document.authors, ["方知遥"]);
    assert_eq!(document.date.map(|day| (day.to_string(), day.inferred)), Some(("2018-03-05".into(), true)));
    let cut = one("a.rtf", b"{\\rtf1\\ansicpg936 \\'bd\\'f1\\'c4\\'ea{\\b \\'c4");
    assert!(cut.body.starts_with("今年"), "{cut:?}");
    assert!(cut.losses.iter().any(|loss| matches!(loss, Loss::Cut { .. })), "{cut:?}");
    assert_eq!(kind(&read("a.rtf", "{\\rtf1 ".repeat(9000).as_bytes())), "malformed");
}

// ---------------------------------------------------------------------------------------------------------------
// Tables

#[test]
fn tables_in_every_dialect() {
    let plain =
        "标题,正文,日期,栏目\n通知,\"今年造林\n三千亩，\"\"一户一策\"\"。\",2018-03-05,要闻\n公告,明年。,2019-01-02,\n";
    let utf16: Vec<u8> =
        format!("\u{FEFF}{}", plain.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rows: [(&str, Vec<u8>); 7] = [
        ("a.csv", plain.into()),
        ("b.csv", format!("\u{FEFF}{}", plain.replace('\n', "\r\n")).into()),
        ("c.csv", gbk(plain)),
        ("d.csv", utf16),
        ("e.csv", format!("sep=;\n{}", plain.replace(',', ";")).into()),
        ("f.tsv", plain.replace(',', "\t").into()),
        ("g.csv", plain.replace(',', "|").into()),
    ];
    for (name, bytes) in rows {
        let read: Vec<Document> = read(name, &bytes).into_iter().map(|read| read.expect("a record")).collect();
        let facts: Vec<_> = read.iter().map(|d| (d.title.as_str(), d.origin.record)).collect();
        assert_eq!(facts, [("通知", 1), ("公告", 2)], "{name}");
        assert_eq!(read[0].body.replace(['\t', ';', '|'], ","), "今年造林\n三千亩，\"一户一策\"。", "{name}");
        assert_eq!(read[0].date.map(|day| day.to_string()).as_deref(), Some("2018-03-05"), "{name}");
        assert_eq!(read[0].extra, [("栏目".to_string(), "要闻".to_string())], "{name}");
        assert!(read.iter().all(|document| document.losses.is_empty()), "{name}");
    }
}

#[test]
fn a_broken_row_costs_only_itself() {
    let rows = "title,text\n甲,一\n乙,\"二\n丙,三\n丁,四,多\n\n,,\n戊,五,,\n己,六\n庚";
    let read = read("a.csv", rows.as_bytes());
    let told = read.iter().map(|read| match read {
        Ok(document) => document.title.clone(),
        Err(Skip { reason: SkipReason::Malformed { line: Some(line), .. }, .. }) => format!("line {line}"),
        Err(skip) => skip.to_string(),
    });
    assert_eq!(told.collect::<Vec<_>>(), ["甲", "line 3", "丙", "line 5", "戊", "己", "line 10"]);
}

#[test]
fn a_table_without_names_says_what_to_do() {
    let read = read("a.csv", "2018-03-05,今年造林\n2018-03-06,明年造林\n".as_bytes());
    assert!(matches!(&read[..], [Err(skip)] if skip.message.contains("--field body=NAME")), "{read:?}");
    let mut options = options();
    options.map_field("body=全文").expect("a field");
    let named = read_with("a.csv", "编号,全文\n7,今年\n".as_bytes(), options);
    assert!(matches!(&named[..], [Ok(document)] if document.body == "今年" && document.id.as_deref() == Some("7")));
    assert_eq!(kind(&read_with("a.csv", b"title,text\n", self::options())), "no_text");
    let damaged = [gbk("标题,正文\n甲,一\n乙,二"), b"\xFF\xFF\n".to_vec(), gbk("丙,三\n")].concat();
    let read = self::read("a.csv", &damaged);
    let losses: Vec<usize> = read.iter().map(|read| read.as_ref().expect("a record").losses.len()).collect();
    assert_eq!(losses, [0, 1, 0]);
}

// ---------------------------------------------------------------------------------------------------------------
// XML

#[test]
fn feeds_and_exports_are_records() {
    let rss = "<?xml version='1.0' encoding='gb2312'?><rss xmlns:content='c'><channel><title>云陇日报</title>\
               <description>每日要闻</description><item><title>造林</title><link>http://a/1</link><description>摘要\
               </description><content:encoded><![CDATA[<p>今年造林。</p><p>三千亩。</p>]]></content:encoded><pubDate>Mon, 05 \
               Mar 2018 09:12:00 +0800</pubDate><dc:creator>方知遥</dc:creator></item><item><title>花椒</title>\
               <description>新建花椒基地 &amp; 苗圃</description></item></channel></rss>";
    let feed: Vec<Document> = read("a.xml", &gbk(rss)).into_iter().map(|read| read.expect("a record")).collect();
    assert_eq!(feed.iter().map(|d| d.title.as_str()).collect::<Vec<_>>(), ["造林", "花椒"]);
    assert_eq!((feed[0].body.as_str(), feed[1].body.as_str()), ("今年造林。\n\n三千亩。", "新建花椒基地 & 苗圃"));
    assert_eq!((feed[0].url.as_deref(), feed[0].authors.join("")), (Some("http://a/1"), "方知遥".into()));
    assert_eq!((feed[0].source.as_deref(), feed[0].losses.len()), (Some("云陇日报"), 0));

    let atom = "<feed xmlns='a'><title>站</title><entry><title>造林</title><link href='http://a/1'/><published>2018-03-05\
                T09:12:00Z</published><author><name>方知遥</name></author><content type='xhtml'><div><p>今年<b>造</b>林。</p>\
                <p>三千亩。</p></div></content></entry></feed>";
    let entry = one("a.atom", atom.as_bytes());
    assert_eq!((entry.title.as_str(), entry.body.as_str()), ("造林", "今年造林。\n\n三千亩。"));
    assert_eq!(entry.date.map(|day| day.to_string()).as_deref(), Some("2018-03-05"));
    assert_eq!((entry.url.as_deref(), entry.authors.join("")), (Some("http://a/1"), "方知遥".into()));

    let export = "<数据><文章 编号='1'><标题>甲</标题><正文>一</正文></文章><文章 编号='2'><标题>乙</标题><正文>二";
    let cut = read("a.xml", export.as_bytes());
    assert_eq!(kind(&cut), "a document malformed", "{cut:?}");
    let broken = format!("{export}</正文></文章><文章><标题></错></数据>");
    assert_eq!(kind(&read("a.xml", broken.as_bytes())), "a document a document malformed");

    let prose = "<?xml version='1.0'?><TEI><head>造林记</head><p>今年<hi>造</hi>林。</p><p>三千亩。</p></TEI>";
    let document = one("a.xml", prose.as_bytes());
    assert_eq!((document.title.as_str(), document.body.as_str()), ("造林记", "今年造林。\n\n三千亩。"));
    assert_eq!(kind(&read("a.xml", "<a>".repeat(100_000).as_bytes())), "malformed");
}

// ---------------------------------------------------------------------------------------------------------------
// PDF

#[test]
fn pdfs_of_programs_give_whole_paragraphs_in_order() {
    let (title, paragraphs) = article();
    // PyMuPDF breaks a line at a blank, however far it is from the margin.
    for (name, range) in [("cairo.pdf", 0..1), ("mupdf_empty_password.pdf", 1..3), ("reportlab.pdf", 0..5)] {
        let document = one(name, &zoo(name));
        let text = format!("{}\n\n{}", document.title, document.body);
        let mut from = text.find(&title).unwrap_or_else(|| panic!("{name}: {text}"));
        for paragraph in &paragraphs[range] {
            from += text[from..].find(paragraph.as_str()).unwrap_or_else(|| panic!("{name}: no {paragraph} in {text}"));
        }
        assert_eq!(document.losses, [], "{name}");
    }
    let repeated = one("reportlab.pdf", &zoo("reportlab.pdf"));
    assert_eq!((repeated.title.as_str(), repeated.body.matches(&paragraphs[0]).count()), (title.as_str(), 4));
    assert_eq!(repeated.body.split("\n\n").count(), 20, "{}", repeated.body);
    assert!(repeated.rest.contains("云陇日报　农业版") && repeated.rest.contains("第 1 页"), "{}", repeated.rest);
    let half = one("a.pdf", &zoo("mupdf_half_scan.pdf"));
    assert_eq!(
        (half.body.as_str(), &half.losses[..]),
        (paragraphs[1].as_str(), [Loss::PagesWithoutText { pages: vec![1] }].as_slice())
    );
    assert_eq!(kind(&read("a.pdf", &zoo("mupdf_scan.pdf"))), "no_text_layer");
    assert_eq!(kind(&read("a.pdf", &zoo("mupdf_password.pdf"))), "encrypted");
}

#[test]
fn lines_are_joined_and_columns_follow_one_another() {
    let lines = [
        (200.0, 740.0, 20.0, "造林工作会议召开"),
        (74.0, 700.0, 12.0, "会议强调，要打赢脱贫攻"),
        (50.0, 680.0, 12.0, "坚战，落实“一户一策”，把造"),
        (50.0, 660.0, 12.0, "林同增收结合起来。"),
        (74.0, 640.0, 12.0, "各乡镇主要负责人参加会议"),
        (50.0, 620.0, 12.0, "。"),
    ];
    for (cmap, encode) in [("UniGB-UCS2-H", ucs2 as fn(&str) -> Vec<u8>), ("GBK-EUC-H", gbk)] {
        let document = one("a.pdf", &pdf(&[lines.to_vec()], cmap, encode));
        assert_eq!(document.title, "造林工作会议召开");
        assert_eq!(
            document.body,
            "会议强调，要打赢脱贫攻坚战，落实“一户一策”，把造林同增收结合起来。\n\n各乡镇主要负责人参加会议。"
        );
        assert!(!document.hard_wrapped);
    }
    let mut columns = vec![(150.0, 740.0, 20.0, "一条跨越左右两栏的标题")];
    for at in 0..6 {
        let y = 700.0 - 20.0 * f64::from(at);
        columns.push((50.0, y, 12.0, "左栏的文字连着左栏的文字连着左"));
        columns.push((260.0, y, 12.0, "右栏的文字连着右栏的文字连着右"));
    }
    let body = one("a.pdf", &pdf(&[columns], "UniGB-UCS2-H", ucs2)).body;
    assert!(body.starts_with("左栏的文字连着左栏的文字连着左左栏") && body.ends_with("着右"), "{body}");
    assert_eq!(body.matches("左右栏").count(), 1, "only where the right column follows the left: {body}");
    let rows = [("姓名", "单位"), ("沈振兴", "青石县委"), ("梅以恒", "青石县政府")];
    let cells = rows
        .iter()
        .zip([700.0, 680.0, 660.0])
        .flat_map(|((name, office), y)| [(50.0, y, 12.0, *name), (200.0, y, 12.0, *office)]);
    let table = one("a.pdf", &pdf(&[cells.collect()], "UniGB-UCS2-H", ucs2));
    assert!(table.body.contains("沈振兴\t青石县委\t\n梅以恒\t青石县政府\t"), "{table:?}");
}

#[test]
fn a_pdf_made_to_hurt_ends_as_a_skip_or_as_what_is_there() {
    let page = |resources: &str, content: &str| {
        [
            "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_string(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << {resources} >> /Contents 4 0 R >>"
            ),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        ]
    };
    let circle = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>".to_string(),
    ];
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >> /Length 11 >>\n\
                stream\n/A Do /A Do\nendstream";
    let recursion = [page("/XObject << /A 5 0 R >>", "/A Do").to_vec(), vec![form.to_string()]].concat();
    let deep = [page("", &format!("{} Tj", "[".repeat(200_000))).to_vec(), vec!["[".repeat(300_000)]].concat();
    let nested = page("", "q ").map(|part| part.replace("q ", &"q BT ".repeat(400_000)));
    let rows = [
        ("circle", file(&circle)),
        ("recursion", file(&recursion)),
        ("deep", file(&deep)),
        ("nested", file(&nested)),
        ("directories", file(&["<< /Pages ".repeat(100_000)])),
        ("noise", [b"%PDF-1.7\n".as_slice(), &[0xA5; 9000]].concat()),
    ];
    for (name, bytes) in rows {
        let read = read("a.pdf", &bytes);
        let [Err(skip)] = &read[..] else { panic!("{name}: {read:?}") };
        let kind = kind(&read);
        assert!(["malformed", "broken", "no_text_layer", "took_too_long"].contains(&kind.as_str()), "{name}: {skip}");
    }
}

#[test]
fn a_helper_that_fails_costs_only_its_file() {
    let paper = pdf(&[vec![(50.0, 700.0, 12.0, "今年造林三千亩。")]], "UniGB-UCS2-H", ucs2);
    let with = |change: fn(&mut Helper)| {
        let mut options = options();
        options.helper.iter_mut().for_each(change);
        kind(&read_with("a.pdf", &paper, options))
    };
    assert_eq!(with(|_| {}), "a document");
    assert_eq!(with(|helper| helper.time = Duration::ZERO), "took_too_long");
    assert_eq!(with(|helper| helper.program = "/no/such/program".into()), "broken");
    assert_eq!(with(|helper| helper.arguments = vec!["--version".into()]), "broken");
    assert_eq!(with(|helper| helper.arguments = vec!["no-command".into()]), "broken");
    if cfg!(target_os = "linux") {
        assert_eq!(with(|helper| helper.memory = 0), "too_much_memory");
    }
    let mut alone = options();
    alone.helper = None;
    let read = read_with("a.pdf", &paper, alone);
    assert!(matches!(&read[..], [Err(skip)] if skip.reason == SkipReason::NoHelper), "{read:?}");
}

// ---------------------------------------------------------------------------------------------------------------
// Damage

#[test]
fn whatever_is_cut_ends_as_documents_or_as_skips() {
    let names =
        ["libreoffice.docx", "libreoffice.odt", "libreoffice.rtf", "ebooklib.epub", "reportlab.pdf", "cairo.pdf"];
    for name in names {
        let whole = zoo(name);
        for eighth in 1..8 {
            let cut = &whole[..whole.len() * eighth / 8];
            let read = read(name, cut);
            assert!(!read.is_empty(), "{name} cut after {eighth} eighths vanished");
            // A ZIP without its end has no list of its parts.
            if !name.ends_with("rtf") && !name.ends_with("pdf") {
                assert_eq!(kind(&read), "malformed", "{name} {eighth}");
            }
        }
    }
}

#[test]
fn a_text_beyond_the_limit_is_cut_and_told() {
    let mut options = options();
    options.max_text = 101;
    let read = read_with("a.txt", "今年造林三千亩。\n".repeat(9).as_bytes(), options);
    let [Ok(document)] = &read[..] else { panic!("{read:?}") };
    assert_eq!((document.body.len(), &document.losses[..]), (100, &[Loss::Cut { kept: 100 }][..]));
}
