//! An HTTP answer as it was sent (RFC 9112): status, fields, and the body without its framing.
//!
//! Compression is left to whoever reads the body: it is told by the first bytes there.

use std::io::{self, BufRead, BufReader, Read};

use super::Fields;

/// Codings of a body that are undone by whoever reads it.
const CODINGS: [&str; 5] = ["", "identity", "gzip", "x-gzip", "zstd"];

/// An answer, its head read.
pub(super) struct Answer<R> {
    pub status: u16,
    fields: Fields,
    bytes: BufReader<R>,
}

/// Reads the head of an answer, at most `limit` bytes; none where it is no answer.
pub(super) fn answer<R: Read>(bytes: R, limit: u64) -> io::Result<Option<Answer<R>>> {
    let mut bytes = BufReader::new(bytes);
    let mut head = bytes.by_ref().take(limit);
    let mut line = Vec::new();
    head.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line).into_owned();
    let mut words = line.split_ascii_whitespace();
    let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
    let status = words.next().and_then(|word| word.parse().ok()).filter(|_| is_http);
    let fields = fields(&mut head)?;
    Ok(status.zip(fields).map(|(status, fields)| Answer { status, fields, bytes }))
}

/// Reads names and values up to a blank line; none where there is no such line.
pub(super) fn fields(head: &mut impl BufRead) -> io::Result<Option<Fields>> {
    let (mut fields, mut last) = (Fields::new(), String::new());
    let mut line = Vec::new();
    loop {
        line.clear();
        if head.read_until(b'\n', &mut line)? == 0 || !line.ends_with(b"\n") {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            return Ok(Some(fields));
        }
        if text.starts_with([' ', '\t']) {
            // A value that goes on.
            if let Some(value) = fields.get_mut(&last) {
                value.push_str(text.trim_end());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            last = name.trim().to_ascii_lowercase();
            fields.insert(last.clone(), value.trim().to_string());
        }
    }
}

/// The charset that a content type declares.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let value = lower.split("charset=").nth(1)?.trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ';', ' ', ',']).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_string())
}

impl<R: Read> Answer<R> {
    fn get(&self, name: &str) -> String {
        self.fields.get(name).map(|value| value.to_ascii_lowercase()).unwrap_or_default()
    }

    pub(super) fn content_type(&self) -> String {
        self.get("content-type")
    }

    /// A coding of the body that nobody here undoes.
    pub(super) fn unknown_coding(&self) -> Option<String> {
        Some(self.get("content-encoding")).filter(|coding| !CODINGS.contains(&coding.as_str()))
    }

    /// The body; some crawlers put chunks together and leave the field that says there are any.
    pub(super) fn body(&mut self) -> Box<dyn Read + '_> {
        let is_chunked = self.get("transfer-encoding").contains("chunked");
        let begins = self.bytes.fill_buf().ok().and_then(chunk_begins).is_some();
        if is_chunked && begins {
            Box::new(Chunks { bytes: &mut self.bytes, left: 0, is_first: true, is_done: false })
        } else {
            Box::new(&mut self.bytes)
        }
    }
}

/// The size in the line that bytes begin with, if they begin with the line of a chunk.
fn chunk_begins(bytes: &[u8]) -> Option<u64> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    chunk_size(&bytes[..end])
}

fn chunk_size(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    u64::from_str_radix(line.split(';').next()?.trim(), 16).ok()
}

/// The bytes of chunks, put together.
struct Chunks<'a, R> {
    bytes: &'a mut R,
    /// Bytes left in the chunk.
    left: u64,
    is_first: bool,
    is_done: bool,
}

impl<R: BufRead> Chunks<'_, R> {
    /// The size of the next chunk.
    fn next(&mut self) -> io::Result<u64> {
        let mut line = Vec::new();
        if !std::mem::take(&mut self.is_first) {
            self.bytes.by_ref().take(2).read_until(b'\n', &mut line)?;
            line.clear();
        }
        self.bytes.by_ref().take(1024).read_until(b'\n', &mut line)?;
        chunk_size(&line).ok_or_else(|| io::Error::other("the chunks of the answer are broken"))
    }
}

impl<R: BufRead> Read for Chunks<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.is_done && !buffer.is_empty() {
            self.left = self.next()?;
            self.is_done = self.left == 0;
        }
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.bytes.read(&mut buffer[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_come_without_their_framing() {
        let rows = [
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=\"GBK\"\r\n\r\nbody", 200, "body"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\n\r\n", 200, "body"),
            ("HTTP/1.0 404 Not Found\nTransfer-Encoding: chunked\n\n<p>put together</p>", 404, "<p>put together</p>"),
        ];
        for (sent, status, body) in rows {
            let mut answer = answer(sent.as_bytes(), 1024).expect("bytes").expect("an answer");
            let mut read = String::new();
            answer.body().read_to_string(&mut read).expect("a body");
            assert_eq!((answer.status, read.as_str()), (status, body));
        }
        for broken in ["", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n"] {
            assert!(answer(broken.as_bytes(), 1024).expect("bytes").is_none(), "{broken}");
        }
        assert_eq!(charset("text/html; charset=\"GBK\"").as_deref(), Some("gbk"));
        assert_eq!(charset("text/html"), None);
    }
}
