//! A batch of queries: one a line, `ID<tab>QUERY` or the query alone, read as they are needed. A line without an id
//! has its number, counted from 1, as id; blank lines are passed over.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// A query and, in a batch, its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The query as asked.
    pub query: String,
    /// Its id in the batch; `None` for a query that stands alone.
    pub id: Option<String>,
    /// The line was no UTF-8; its query shows what could be read.
    pub garbled: bool,
}

/// The queries of a file; `-` is the standard input.
pub fn open(path: &Path) -> io::Result<Questions<Box<dyn BufRead>>> {
    let reader: Box<dyn BufRead> =
        if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(path)?)) };
    Ok(Questions { reader, number: 0 })
}

/// The queries of a batch, in their order.
pub struct Questions<R> {
    reader: R,
    number: u64,
}

impl<R: BufRead> Iterator for Questions<R> {
    type Item = io::Result<Question>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => self.number += 1,
                Err(error) => return Some(Err(error)),
            }
            if let Some(question) = question(&line, self.number) {
                return Some(Ok(question));
            }
        }
    }
}

/// The query of a line; a blank line has none.
fn question(line: &[u8], number: u64) -> Option<Question> {
    let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    let text = String::from_utf8_lossy(line);
    let garbled = matches!(text, std::borrow::Cow::Owned(_));
    let text = text.trim_end_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return None;
    }
    let (id, query) = match text.split_once('\t') {
        Some((id, query)) => (id.to_owned(), query),
        None => (number.to_string(), text),
    };
    Some(Question { query: query.to_owned(), id: Some(id), garbled })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(String, String, bool)> {
        let questions = Questions { reader: text, number: 0 };
        let plain = |question: io::Result<Question>| question.map(|q| (q.id.unwrap_or_default(), q.query, q.garbled));
        questions.map(|question| plain(question).expect("memory can be read")).collect()
    }

    #[test]
    fn a_line_is_a_query_with_or_without_an_id() {
        let all = read("\u{feff}q1\t脱贫 攻坚\r\n\r\n五龙镇\nx\t\n\t甲\tb".as_bytes());
        let plain: Vec<(&str, &str)> = all.iter().map(|(id, query, _)| (id.as_str(), query.as_str())).collect();
        assert_eq!(plain, [("q1", "脱贫 攻坚"), ("3", "五龙镇"), ("x", ""), ("", "甲\tb")]);
    }

    #[test]
    fn a_line_that_is_no_text_is_told() {
        assert_eq!(read(b"1\t\xff\xfe\n2\tgood\n").iter().map(|line| line.2).collect::<Vec<_>>(), [true, false]);
    }
}
