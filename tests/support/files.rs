//! Files of formats that are no plain text, made as small as they can be: packages of parts, and PDFs.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

/// A ZIP of parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        package.start_file(*name, options).expect("memory takes parts");
        package.write_all(text.as_bytes()).expect("memory takes bytes");
    }
    package.finish().expect("memory takes bytes").into_inner()
}

/// A document of Word's with this body.
pub fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    package(&[&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main)], others].concat())
}

/// A line of a page: where it stands from the lower left corner, its size, its text.
pub type Line<'a> = (f64, f64, f64, &'a str);

/// A PDF of pages of lines, in the font STSong-Light that is not embedded; `encode` gives the codes of its CMap.
pub fn pdf(pages: &[Vec<Line<'_>>], cmap: &str, encode: fn(&str) -> Vec<u8>) -> Vec<u8> {
    let content = |lines: &Vec<Line<'_>>| {
        lines.iter().fold(String::new(), |mut content, (x, y, size, text)| {
            let codes: String = encode(text).iter().map(|byte| format!("{byte:02x}")).collect();
            let _ = writeln!(content, "BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET");
            content
        })
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        String::new(),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{cmap} /DescendantFonts [4 0 R] >>"),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (GB1) /Supplement 0 >> /FontDescriptor 5 0 R >>"
            .to_string(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent \
         800 /Descent -200 /StemV 90 >>"
            .to_string(),
    ];
    let mut kids = String::new();
    for page in pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {} \
             0 R >>",
            number + 1
        ));
        let content = content(page);
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len());
    file(&objects)
}

/// A PDF of objects, the first of which is its catalogue.
pub fn file(objects: &[String]) -> Vec<u8> {
    let (mut text, mut places) = ("%PDF-1.4\n".to_string(), Vec::new());
    for (at, object) in objects.iter().enumerate() {
        places.push(text.len());
        let _ = writeln!(text, "{} 0 obj\n{object}\nendobj", at + 1);
    }
    let start = text.len();
    let _ = writeln!(text, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for place in places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = writeln!(text, "trailer << /Root 1 0 R /Size {} >>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    text.into_bytes()
}

/// UTF-16, as the CMap UniGB-UCS2-H has it.
pub fn ucs2(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// GBK, as the CMap GBK-EUC-H has it.
pub fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}
