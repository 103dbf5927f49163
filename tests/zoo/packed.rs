//! Compressed files: each compression around each format, and what can be wrong with it.

use super::pack::*;
use super::row::*;

/// Bytes that compress to next to nothing: more than may be harmless.
const ZEROS: usize = 40 << 20;

pub fn rows() -> Vec<Row> {
    let (text, zeros) = (text(), vec![b'a'; ZEROS]);
    let record = format!("{{\"title\": \"{TITLE}\", \"text\": \"{BODY}\"}}\n");
    let mut rows = Vec::new();
    for (ending, compress) in COMPRESSIONS {
        let packed = compress(&text);
        let halves = [compress(&text[..40]), compress(&text[40..])].concat();
        let at = packed.len() / 2;
        let flipped = [&packed[..at], &[packed[at] ^ 0x55], &packed[at + 1..]].concat();
        let name = |what: &str| format!("packed/{ending}/{what}");
        rows.extend([
            row(name(&format!("a.txt.{ending}")), packed.clone(), [article()]),
            row(name(&format!("a.jsonl.{ending}")), compress(record.as_bytes()), [article().at("#1")]),
            row(name("told-by-its-bytes.txt"), packed.clone(), [article()]),
            row(name(&format!("no-such-thing.txt.{ending}")), text.clone(), [skip("decompression")]),
            row(name(&format!("cut.txt.{ending}")), &packed[..packed.len() - 9], [skip("decompression")]),
            row(name(&format!("flipped.txt.{ending}")), flipped, [skip("decompression")]),
            row(name(&format!("of-nothing.txt.{ending}")), compress(b""), [skip("empty")]),
            row(name(&format!("two-in-one.txt.{ending}")), halves, [article()]),
            row(name(&format!("twice.txt.{ending}.{ending}")), compress(&packed), [skip("binary")]),
            row(name(&format!("bomb.txt.{ending}")), compress(&zeros), [skip("too_large")]),
            row(name(&format!("bomb.jsonl.{ending}")), compress(&zeros), [skip("too_compressed")]),
        ]);
    }
    rows.push(row("packed/huge-dictionary.txt.xz", xz_of_a_huge_dictionary(&text), [skip("decompression")]));
    // A frame whose window has 2 GiB, of one raw block.
    let window = [0x28, 0xB5, 0x2F, 0xFD, 0, 0xA8, 9, 0, 0, b'a'];
    rows.push(row("packed/huge-window.txt.zst", window, [skip("decompression")]));
    rows.push(row("packed/BZh-is-a-text.txt", format!("BZh9\n\n{BODY}"), [document("BZh9", PART)]));
    rows
}
