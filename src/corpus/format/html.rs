//! A web page: its article with tables and lists, its title, and what its head says.
//!
//! The article is found by readability; where that finds little, the whole page is kept rather than a name lost. What
//! is not the article is kept apart. The facts of the head are left to `head`, text to `page`, tables and lists to
//! `content`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};

use super::super::dateline;
use super::super::skip::{Fault, SkipReason};
use super::head::{Head, collapse};
use super::{content, page, strip};
use crate::analysis::is_han;
use crate::document::Document;

/// Bytes of a page in which it declares its charset.
const DECLARATION: usize = 4 << 10;
/// Levels of a tree that recursive readers of it are trusted with, and its elements.
const DEEPEST: usize = 512;
const ELEMENTS: usize = 200_000;
/// Share of the page's characters outside links, in percent, that an article must have to be trusted. 50 pages of news
/// and of offices have from 46 to 100.
const LEAST: usize = 40;
/// Lines below the heading that may say source and date.
const BELOW: usize = 3;

/// Whether a text begins as a page does.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// The charset that a page declares in its first bytes.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    if !head.contains("<meta") && !head.trim_start().starts_with("<?xml") {
        return None;
    }
    let mut parts = head.split("charset").skip(1).chain(head.split("encoding").skip(1).take(1));
    parts.find_map(|part| {
        let value = part.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))?;
        (end > 0).then(|| value[..end].to_string())
    })
}

/// Makes the document of a page.
pub(super) fn read(html: &str, document: Document) -> Result<Document, Fault> {
    guarded(html, document, laid_out)
}

/// Makes the document of a page that is all article, as a chapter of a book is; its own title is not that of the book.
#[cfg(feature = "formats")]
pub(super) fn chapter(html: &str, book: &str, document: Document) -> Result<Document, Fault> {
    guarded(html, document, |html, mut document| {
        let tree = Tree::from(html);
        if page::depth(&tree) > DEEPEST {
            return Ok(stripped(html, document));
        }
        let head = Head::new(&tree);
        let body = page::text(&tree, true).text;
        let first = body.lines().next().filter(|line| dateline::is_title(line) && line.len() < body.len());
        let own = head.title.as_deref().filter(|title| *title != book);
        let title = head.heading.as_deref().map(|title| ("h1", title)).or(first.map(|line| ("first line", line)));
        if let Some((rule, title)) = title.or(own.map(|title| ("title", title))) {
            document.title = collapse(title);
            document.found.push(("title".into(), rule.into()));
        }
        document.body = without_title(body, &document.title);
        Ok(document)
    })
}

/// Text out of a piece of markup, as a feed has it.
#[cfg(feature = "formats")]
pub(super) fn fragment(html: &str) -> String {
    let read = guarded(html, Document::default(), |html, document| {
        let tree = Tree::from(html);
        let body = if page::depth(&tree) > DEEPEST { strip::text(html) } else { page::text(&tree, false).text };
        Ok(Document { body, ..document })
    });
    read.map_or_else(|_| strip::text(html), |document| document.body)
}

/// Reads a page, unless that would take too long.
fn guarded(
    html: &str,
    document: Document,
    read: impl FnOnce(&str, Document) -> Result<Document, Fault>,
) -> Result<Document, Fault> {
    if strip::is_too_tangled(html) {
        return Ok(stripped(html, document));
    }
    // The parser is not ours: what it trips over costs this page alone.
    let read = catch_unwind(AssertUnwindSafe(|| read(html, document)));
    read.unwrap_or_else(|_| {
        let reason = "its markup breaks the parser".to_string();
        let message = "is a page whose markup breaks the parser: save it anew, or as text";
        Err(Fault::new(SkipReason::Malformed { line: None, reason }, message))
    })
}

fn stripped(html: &str, document: Document) -> Document {
    Document { title: collapse(strip::title(html)), body: strip::text(html), ..document }
}

fn laid_out(html: &str, mut document: Document) -> Result<Document, Fault> {
    let tree = Tree::from(html);
    if page::depth(&tree) > DEEPEST {
        return Ok(stripped(html, document));
    }
    let head = Head::new(&tree);
    let whole = page::text(&tree, true);
    if let Some((rule, title)) = title(&head) {
        document.title = title;
        document.found.push(("title".into(), rule.into()));
    }
    head.fill(&mut document);
    let (everything, lists) = (page::text(&tree, false).text, page::lists(&tree));
    let article = article(tree).filter(|article| article.plain * 100 >= whole.plain * LEAST);
    let article =
        article.map(|article| content::with_lists(&article.text, &whole.text, &lists).unwrap_or(article.text));
    document.body = without_title(article.unwrap_or_else(|| whole.text.clone()), &document.title);
    document.rest = content::outside(&everything, &document.body, &document.title);
    if document.title.is_empty() {
        // A piece of a page: a line of Chinese near its beginning names it better than nothing.
        let line =
            document.body.lines().filter(|line| line.chars().any(is_han)).take(1).find(|line| dateline::is_title(line));
        document.title = line.map(str::trim).unwrap_or_default().to_string();
        document.found.extend(line.map(|_| ("title".to_string(), "first line".to_string())));
    }
    let is_title = |line: &&str| !document.title.is_empty() && collapse(line) == document.title;
    let lines = || whole.text.lines().filter(|line| !line.trim().is_empty());
    let below: Vec<&str> = lines().skip_while(|line| !is_title(line)).skip(1).take(BELOW).collect();
    dateline::read_lines(&mut document, &below);
    // An editor is named below the article, outside it.
    let signed: Vec<&str> = lines().filter(|line| dateline::names_editor(line)).collect();
    dateline::read_lines(&mut document, &signed);
    head.fill_last(&mut document);
    Ok(document)
}

/// The article as readability finds it.
fn article(tree: Tree) -> Option<page::Text> {
    let config = Config { max_elements_to_parse: ELEMENTS, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(tree, None, Some(config)).ok()?.parse().ok()?;
    let text = page::text(&Tree::fragment(article.content), false);
    (!text.text.is_empty()).then_some(text)
}

/// The title without the name of the site, and the rule that found it.
fn title(head: &Head) -> Option<(&'static str, String)> {
    let (meta, heading) = (head.meta_title().map(collapse), head.heading.as_deref());
    let own = head.title.as_deref();
    // A heading that the page's own title begins with is that title without the site.
    if let Some(heading) = heading.filter(|heading| meta.as_deref().or(own).is_some_and(|all| all.starts_with(heading)))
    {
        return Some(("h1", heading.to_string()));
    }
    let is_begun = |short: &&str| own.is_some_and(|own| own.starts_with(short));
    if let Some(meta) = meta.as_deref() {
        return Some(("og:title", if is_begun(&meta) { meta.to_string() } else { without_site(meta).to_string() }));
    }
    match (own, heading) {
        (Some(own), _) => Some(("title", without_site(own).to_string())),
        (None, heading) => heading.map(|heading| ("h1", heading.to_string())),
    }
}

/// Without the names of site and column that stand after a sign: `…_新闻_某网`, `… - 新华网`.
fn without_site(title: &str) -> &str {
    const SITES: [&str; 13] =
        ["网", "網", "网站", "新闻", "新聞", "频道", "頻道", "报", "報", "在线", "客户端", "政府", ".com"];
    let mut title = title.trim();
    while let Some((at, sign)) = title.rmatch_indices(['_', '-', '|', '－', '—', '–', '｜']).next() {
        let (head, tail) = (title[..at].trim_end_matches(['-', '—', ' ']), title[at + sign.len()..].trim());
        if head.chars().count() < 4 || !SITES.iter().any(|end| tail.ends_with(end)) {
            break;
        }
        // Before the site stand the names of its columns: …_要闻_某网.
        let first = title.split_once('_').map(|(first, _)| first).filter(|_| sign == "_");
        title = first.filter(|first| first.chars().count() >= 4).unwrap_or(head).trim_end();
    }
    title
}

/// An article does not repeat its title: no hit counts twice.
fn without_title(article: String, title: &str) -> String {
    let first = article.lines().next().unwrap_or("");
    let rest = article[first.len()..].trim_start_matches('\n');
    if title.is_empty() || collapse(first) != title || rest.is_empty() { article } else { rest.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(html: &str) -> Document {
        read(html, Document::default()).expect("a page")
    }

    #[test]
    fn tables_lists_and_breaks_become_text() {
        let page = document(
            "<html><head><title>名单公布_某新闻网</title><meta name=PubDate content='2018-03-05 09:12'></head><body><h1>名单公布</h1>\
             <p>今年&amp;明年，<b>各乡</b>镇<ruby>區<rt>qū</rt></ruby>。</p><ul><li>甲</li><li>乙</li></ul>\
             <table><tr><th>姓名</th><th>职务</th></tr><tr><td>张三</td><td>书记</td></tr></table>\
             <p>一<br>二</p><script>var x = '脚本';</script></body></html>",
        );
        assert_eq!(page.title, "名单公布");
        assert_eq!(page.date.map(|d| d.to_string()).as_deref(), Some("2018-03-05"));
        assert_eq!(page.body, "今年&明年，各乡镇區。\n\n甲\n\n乙\n\n姓名\t职务\t\n张三\t书记\t\n\n一\n二");
    }

    #[test]
    fn a_comment_of_a_newspaper_tells_of_its_page() {
        let text = "今年计划造林三千亩，投入资金五百万元，各乡镇按照方案组织实施。".repeat(3);
        let page = document(&format!(
            "<html><head><title>云陇日报</title></head><body><!--enpproperty <articleid>7</articleid><date>2018-03-05 \
             07:14:52:0</date><author>张三</author><title>山上又添新绿</title><sourcename></sourcename>/enpproperty-->\
             <div><p>{text}</p><p>{text}</p></div></body></html>"
        ));
        assert_eq!((page.title.as_str(), page.authors.join("|").as_str()), ("山上又添新绿", "张三"));
        assert_eq!((page.date.map(|day| day.to_string()).as_deref(), page.source), (Some("2018-03-05"), None));
    }

    #[test]
    fn what_is_not_the_article_is_kept_apart() {
        let text = "今年计划造林三千亩，投入资金五百万元，各乡镇按照方案组织实施。".repeat(3);
        let page = document(&format!(
            "<html><head><title>造林名单_某新闻网</title><script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"WebPage\"}},\
             {{\"@type\":\"NewsArticle\",\"datePublished\":\"2018-03-05T09:12:00+08:00\",\"author\":[{{\"name\":\"张三\"}}],\
             \"publisher\":{{\"name\":\"某日报\"}}}}]}}</script></head><body>\
             <div class=menu><ul><li><a href=/>首页</a></li><li><a href=/a>要闻</a></li></ul></div>\
             <div class=content><h1>造林名单</h1><p>{text}</p><p>{text}</p>\
             <table><tr><td>李四</td><td>镇长</td></tr><tr><td>王五</td><td>书记</td></tr></table><ol><li>甲村</li><li>乙村</li></ol>\
             <p>{text}</p></div><div class=footer><p>版权所有 电话12345</p><p>责任编辑：赵六</p></div></body></html>"
        ));
        assert_eq!((page.title.as_str(), page.authors.join("|").as_str()), ("造林名单", "张三"));
        let date = page.date.map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(
            (date.as_str(), page.source.as_deref(), page.editor.as_deref()),
            ("2018-03-05", Some("某日报"), Some("赵六"))
        );
        for part in ["李四\t镇长", "王五\t书记", "甲村", "乙村"] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        for part in ["首页", "要闻", "版权所有"] {
            assert!(!page.body.contains(part) && page.rest.contains(part), "{part}: {} | {}", page.body, page.rest);
        }
        assert!(!page.rest.contains("造林") && !page.rest.contains("甲村"), "{}", page.rest);
    }

    #[test]
    fn a_page_made_to_hurt_still_gives_its_text() {
        for opening in ["<div>", "<b>", "<table><tr><td>", "<svg><td>", "<ul><li>", "<font color=red><p>"] {
            for count in [60, 500, 600, 100_000] {
                let page = opening.repeat(count) + "今年造林三千亩。";
                // What stands in a drawing is no text, but must not overflow the stack either.
                let body = document(&page).body;
                assert!(opening.starts_with("<svg>") || body.contains("今年造林三千亩。"), "{opening} {count}");
            }
        }
    }

    #[test]
    fn the_name_of_the_site_is_cut() {
        let rows = [
            ("通知通知_要闻_某某新闻网", "通知通知"),
            ("一带一路-新华网", "一带一路"),
            ("2018-03-05日程", "2018-03-05日程"),
            ("甲-某网", "甲-某网"),
        ];
        for (title, cut) in rows {
            assert_eq!(without_site(title), cut);
        }
        assert_eq!(declared_charset(b"<meta charset='GB2312'>").as_deref(), Some("gb2312"));
        assert!(is_page("\n<!DOCTYPE html>") && !is_page("<p>") && declared_charset(b"charset=big5 ").is_none());
    }
}
