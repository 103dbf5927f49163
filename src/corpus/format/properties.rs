//! What a program wrote about a document beside its text: title, author, day. Believed only where it is plausible, for
//! much of it comes from templates and installations.

use super::super::dateline;
use super::super::skip::Fault;
use super::head::collapse;
use super::text;
use crate::analysis::is_han;
use crate::document::{DateSpan, Document};

/// Authors that are nobody, one a line.
const NOBODY: &str = include_str!("../data/default_authors.txt");
/// Days between making and last changing a document, beyond which it was made from an older one.
const YOUNG: i32 = 366;
/// Titles begin so where nobody gave one.
const UNTITLED: [&str; 9] =
    ["microsoft", "untitled", "document", "doc", "powerpoint", "无标题", "未命名", "文档", "新建"];

/// The facts of a document as a program keeps them.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub title: String,
    pub author: String,
    pub created: Option<DateSpan>,
    pub modified: Option<DateSpan>,
}

impl Properties {
    /// The document of a text whose paragraphs end with blank lines; `heading` is what its style calls the title.
    pub(super) fn document(&self, text: &str, heading: &str, base: Document) -> Result<Document, Fault> {
        let first = text.lines().next().unwrap_or("");
        let named = [("title style", heading), ("properties", self.title.as_str())];
        // A title that the text does not begin with may be another document's.
        let own = named.iter().find(|(_, title)| !title.trim().is_empty() && collapse(title) == collapse(first));
        let mut document = match own.filter(|_| first.len() < text.len()) {
            Some((rule, _)) => {
                let mut document = base;
                document.title = first.trim().to_string();
                document.found.push(("title".into(), (*rule).into()));
                document.body = text::without_blank_lines(&text[first.len()..]).to_string();
                dateline::read(&mut document);
                document
            }
            // A row of a table names nothing.
            None if first.contains('\t') => {
                let mut document = Document { body: text.to_string(), ..base };
                dateline::read(&mut document);
                document
            }
            None => text::read(text, base)?,
        };
        // Paragraphs are parted by blank lines here, so no line ends by width.
        document.hard_wrapped = false;
        self.fill(&mut document);
        Ok(document)
    }

    /// Fills what the text does not say.
    pub(super) fn fill(&self, document: &mut Document) {
        let found = |field: &str| (field.to_string(), "properties".to_string());
        if document.title.is_empty() && is_title(&self.title) {
            document.title = collapse(&self.title);
            document.found.push(found("title"));
        }
        if document.authors.is_empty() && is_author(&self.author) {
            document.authors = vec![self.author.trim().to_string()];
            document.found.push(found("authors"));
        }
        if let Some(day) = self.day().filter(|_| document.date.is_none()) {
            document.date = Some(DateSpan { inferred: true, ..day });
            document.found.push(found("date"));
        }
    }

    /// The day it was made, unless it was made from an older document.
    fn day(&self) -> Option<DateSpan> {
        let created = self.created?;
        let age = self.modified.map_or(0, |modified| modified.first.0 - created.first.0);
        let (year, ..) = created.first.calendar();
        ((0..=YOUNG).contains(&age) && year >= 1990).then_some(created)
    }
}

fn is_title(title: &str) -> bool {
    let plain = title.trim().to_lowercase();
    let is_file = [".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".indd", ".qxd", ".cdr", ".fbd"]
        .iter()
        .any(|ending| plain.ends_with(ending));
    !is_file
        && plain.chars().filter(|c| is_han(*c)).count() >= 4
        && !UNTITLED.iter().any(|name| plain.starts_with(name))
}

/// A name of two to four Han characters that is nobody's; other names are those of installations more often than not.
fn is_author(author: &str) -> bool {
    let name = author.trim();
    let is_nobody = NOBODY.lines().any(|line| line == name);
    (2..=4).contains(&name.chars().count()) && name.chars().all(is_han) && !is_nobody
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plausible_is_believed() {
        let rows = [
            ("关于造林的通知", "方知遥", "2018-03-05", "2018-03-06", "关于造林的通知", "方知遥", "2018-03-05"),
            ("文档1", "微软用户", "2003-01-01", "2018-03-06", "", "", ""),
            ("Microsoft Word - 通知通知.doc", "Administrator", "1899-12-30", "1899-12-30", "", "", ""),
            ("", "青石县委办公室", "", "", "", "", ""),
        ];
        for (title, author, created, modified, own, authors, date) in rows {
            let properties = Properties {
                title: title.into(),
                author: author.into(),
                created: DateSpan::parse(created),
                modified: DateSpan::parse(modified),
            };
            let body = "3月5日，全县造林三千亩，投入资金五百万元。";
            let read = properties.document(body, "", Document::default()).expect("a text");
            let day = read.date.map(|day| day.to_string()).unwrap_or_default();
            assert_eq!((read.title.as_str(), read.authors.join("").as_str(), day.as_str()), (own, authors, date));
            assert_eq!(read.body, body);
        }
    }

    #[test]
    fn the_title_is_the_first_line_by_its_style() {
        let text = "关于造林。再次通知\n\n各乡镇：";
        let read = Properties::default().document(text, "关于造林。再次通知", Document::default()).expect("a text");
        assert_eq!((read.title.as_str(), read.body.as_str()), ("关于造林。再次通知", "各乡镇："));
        let other = Properties { title: "旧年的一份通知".into(), ..Properties::default() };
        let read = other.document("关于造林的通知\n\n各乡镇：", "", Document::default()).expect("a text");
        assert_eq!(read.title, "关于造林的通知");
    }
}
