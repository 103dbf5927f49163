//! Makers of compressed files and archives, those that no honest archiver would make among them.

use std::io::{Cursor, Write};

// ---------------------------------------------------------------------------------------------------------------
// Compression

/// A compression: what it does to bytes.
pub type Compress = fn(&[u8]) -> Vec<u8>;

/// Every compression by the ending of its names.
pub const COMPRESSIONS: [(&str, Compress); 4] = [("gz", gzip), ("zst", zstd), ("bz2", bzip2), ("xz", xz)];

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut packed = zstd::Encoder::new(Vec::new(), 1).expect("memory takes bytes");
    packed.include_checksum(true).expect("a sum");
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).expect("memory takes bytes");
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

/// An XZ whose block asks for a dictionary of 4 GiB.
pub fn xz_of_a_huge_dictionary(bytes: &[u8]) -> Vec<u8> {
    let mut packed = xz(bytes);
    // The stream's header has 12 bytes; the block's begins with its size in words and ends with its sum.
    let end = 12 + (usize::from(packed[12]) + 1) * 4;
    let filter = 12 + packed[12..end].windows(2).position(|pair| pair == [0x21, 1]).expect("an LZMA2 filter");
    packed[filter + 2] = 40;
    let sum = crc(&packed[12..end - 4]);
    packed[end - 4..end].copy_from_slice(&sum.to_le_bytes());
    packed
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("memory takes bytes");
    packed.finish().expect("memory takes bytes")
}

fn crc(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

// ---------------------------------------------------------------------------------------------------------------
// ZIP

/// An entry of a ZIP, every field of it to be set wrong.
#[derive(Clone)]
pub struct Zipped {
    pub name: Vec<u8>,
    pub packed: Vec<u8>,
    pub size: u32,
    pub crc: u32,
    pub method: u16,
    pub flags: u16,
    pub mode: u32,
    pub extra: Vec<u8>,
    /// Where the list says that the entry is, if not where it is.
    pub at: Option<u32>,
}

impl Zipped {
    /// Stored, or compressed by `method`: 8 deflate, 12 bzip2, 93 zstd.
    pub fn new(name: impl AsRef<[u8]>, bytes: &[u8], method: u16) -> Self {
        let packed = match method {
            8 => deflate(bytes),
            12 => bzip2(bytes),
            93 => zstd(bytes),
            _ => bytes.to_vec(),
        };
        let (name, size, crc) = (name.as_ref().to_vec(), bytes.len() as u32, crc(bytes));
        Self { name, packed, size, crc, method, flags: 0, mode: 0, extra: Vec::new(), at: None }
    }

    /// Info-ZIP's field with the name in UTF-8.
    pub fn with_unicode_path(mut self, name: &str) -> Self {
        let mut field = vec![1];
        field.extend(crc(&self.name).to_le_bytes());
        field.extend(name.as_bytes());
        self.extra = [&[0x75, 0x70], (field.len() as u16).to_le_bytes().as_slice(), &field].concat();
        self
    }

    /// The fields that the entry's own header and the list have in common.
    fn common(&self) -> Vec<u8> {
        let mut fields = Vec::new();
        for field in [self.flags, self.method, 0, 0x21] {
            fields.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.packed.len() as u32, self.size] {
            fields.extend(field.to_le_bytes());
        }
        fields.extend((self.name.len() as u16).to_le_bytes());
        fields.extend((self.extra.len() as u16).to_le_bytes());
        fields
    }
}

pub fn zip(entries: &[Zipped]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = entry.at.unwrap_or(file.len() as u32);
        let common = entry.common();
        file.extend([b'P', b'K', 3, 4, 20, 0].iter().chain(&common).chain(&entry.name).chain(&entry.extra));
        file.extend(&entry.packed);
        // Made on Unix, so that the mode counts.
        list.extend([b'P', b'K', 1, 2, 20, 3, 20, 0].iter().chain(&common));
        list.extend([0; 6]);
        list.extend((entry.mode << 16).to_le_bytes());
        list.extend(at.to_le_bytes());
        list.extend(entry.name.iter().chain(&entry.extra));
    }
    let (start, length, count) = (file.len() as u32, list.len() as u32, entries.len() as u16);
    file.extend(list);
    file.extend([b'P', b'K', 5, 6, 0, 0, 0, 0]);
    file.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    file.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}

/// A ZIP of plain entries.
pub fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zip(&entries.iter().map(|(name, bytes)| Zipped::new(name, bytes, 8)).collect::<Vec<_>>())
}

// ---------------------------------------------------------------------------------------------------------------
// TAR

/// A header and its bytes, filled up to blocks; `size` is what the header says.
pub fn tar_entry(name: &[u8], kind: tar::EntryType, bytes: &[u8], size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_size(size);
    header.set_cksum();
    let mut entry = header.as_bytes().to_vec();
    entry.extend(bytes);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

/// A TAR of plain entries, with the mark of its end.
pub fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let plain =
        |(name, bytes): &(&str, &[u8])| tar_entry(name.as_bytes(), tar::EntryType::Regular, bytes, bytes.len() as u64);
    let mut file: Vec<u8> = entries.iter().flat_map(plain).collect();
    file.resize(file.len() + 1024, 0);
    file
}

/// An entry of a long name, as GNU (`L`) and POSIX (`x`) write it.
pub fn long_name(name: &str, bytes: &[u8], is_posix: bool) -> Vec<u8> {
    let entry = tar_entry(b"short.txt", tar::EntryType::Regular, bytes, bytes.len() as u64);
    if is_posix {
        let text = format!(" path={name}\n");
        let digits = if text.len() + 3 > 99 { 3 } else { 2 };
        let field = format!("{}{text}", text.len() + digits);
        let size = field.len() as u64;
        return [tar_entry(b"pax", tar::EntryType::XHeader, field.as_bytes(), size), entry].concat();
    }
    let field = [name.as_bytes(), b"\0"].concat();
    let size = field.len() as u64;
    [tar_entry(b"././@LongLink", tar::EntryType::GNULongName, &field, size), entry].concat()
}

// ---------------------------------------------------------------------------------------------------------------
// 7Z

/// A 7Z, of one block for all its entries or of a block for each.
pub fn seven_zip(entries: &[(&str, &[u8])], is_solid: bool) -> Vec<u8> {
    use sevenz_rust2::{ArchiveEntry, ArchiveWriter, SourceReader};
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).expect("memory takes bytes");
    if is_solid {
        let names = entries.iter().map(|(name, _)| ArchiveEntry::new_file(name)).collect();
        let readers = entries.iter().map(|(_, bytes)| SourceReader::from(*bytes)).collect();
        writer.push_archive_entries(names, readers).expect("memory takes bytes");
    } else {
        for (name, bytes) in entries {
            writer.push_archive_entry(ArchiveEntry::new_file(name), Some(*bytes)).expect("memory takes bytes");
        }
    }
    writer.finish().expect("memory takes bytes").into_inner()
}

// ---------------------------------------------------------------------------------------------------------------
// WARC

/// A record of a web archive.
pub fn record(kind: &str, address: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2018-03-06T01:02:03Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The record of an answer: its status, its fields and its body.
pub fn response(address: &str, status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{fields}\r\n\r\n");
    record("response", address, "application/http; msgtype=response", &[head.as_bytes(), body].concat())
}
