//! What the head of a page says: titles, address, date, source, author, from meta tags and JSON-LD.
//!
//! Which of several titles is the right one is left to `html`, what JSON-LD says to `linked`.

use std::sync::LazyLock;

use dom_query::Document as Tree;

use super::super::date;
use super::linked;
use super::record::split_names;
use crate::document::Document;

/// Names of meta tags of each kind, the better first.
static METAS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("../data/metas.tsv").lines().filter(|line| !line.starts_with('#'));
    let split = lines.filter_map(|line| line.split_once('\t'));
    split.map(|(kind, names)| (kind, names.split_whitespace().collect())).collect()
});

/// What is read of a comment that a newspaper's system writes into its pages.
const PROPERTIES: [&str; 4] = ["title", "date", "author", "sourcename"];

/// What stands in the head of a page.
#[derive(Default)]
pub(super) struct Head {
    /// Name in lower case and content of each meta tag.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    /// Text of `<title>`.
    pub title: Option<String>,
    /// Text of the first `<h1>` that has any.
    pub heading: Option<String>,
    /// Scripts of JSON-LD.
    linked: Vec<String>,
    /// Different values of elements that mark a time.
    times: Vec<String>,
}

impl Head {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut head = Self::default();
        for node in tree.root().descendants_it() {
            let text = || Some(collapse(&node.text())).filter(|text| !text.is_empty());
            match node.node_name().as_deref() {
                Some("meta") => {
                    let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key));
                    if let (Some(name), Some(content)) = (name, node.attr("content")) {
                        head.metas.push((name.to_lowercase(), content.trim().to_string()));
                    }
                }
                Some("title") if head.title.is_none() => head.title = text(),
                Some("h1") if head.heading.is_none() => head.heading = text(),
                Some("time") => {
                    let time = node.attr("datetime").map(|time| time.trim().to_string());
                    head.times.extend(time.filter(|time| !time.is_empty() && !head.times.contains(time)));
                }
                Some("link") if node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    head.canonical = node.attr("href").map(|href| href.trim().to_string());
                }
                Some("script") if node.attr("type").is_some_and(|kind| &*kind == "application/ld+json") => {
                    head.linked.push(node.text().to_string());
                }
                _ if node.is_comment() => head.metas.extend(properties(&node.html())),
                _ => {}
            }
        }
        head
    }

    /// The title that the meta tags give.
    pub(super) fn meta_title(&self) -> Option<&str> {
        self.get("title")
    }

    /// Writes address, date, source, authors and editor into the document.
    pub(super) fn fill(&self, document: &mut Document) {
        let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
        let address = self.canonical.as_deref().filter(is_address).or_else(|| self.get("address").filter(is_address));
        document.url = address.map(str::to_string);
        document.date = self.get("date").and_then(date::parse);
        // Many templates fill in an address where a name belongs.
        document.source = self.get("source").filter(|text| !is_address(text)).map(str::to_string);
        document.authors = self.get("author").filter(|text| !is_address(text)).map(split_names).unwrap_or_default();
        document.editor = self.get("editor").map(str::to_string);
        let fields = [
            ("url", document.url.is_some()),
            ("date", document.date.is_some()),
            ("source", document.source.is_some()),
            ("authors", !document.authors.is_empty()),
            ("editor", document.editor.is_some()),
        ];
        let found = fields.iter().filter(|(_, is_there)| *is_there);
        document.found.extend(found.map(|(field, _)| (field.to_string(), "meta".into())));
        linked::fill(&self.linked, document);
    }

    /// Fills what neither the page nor the head's tags say from JSON-LD and from an element that marks a time.
    pub(super) fn fill_last(&self, document: &mut Document) {
        if let (None, [time]) = (document.date, self.times.as_slice())
            && let Some(date) = date::parse(time)
        {
            document.date = Some(date);
            document.found.push(("date".into(), "time element".into()));
        }
    }

    /// The content of the first name of a kind that has any.
    fn get(&self, kind: &str) -> Option<&str> {
        let names = METAS.iter().filter(|(own, _)| *own == kind).flat_map(|(_, names)| names);
        let content = |name: &&str| self.metas.iter().find(|(own, text)| own == name && !text.is_empty());
        names.copied().find_map(|name| content(&name)).map(|(_, text)| text.as_str())
    }
}

/// What newspapers' systems write about a page into a comment of it:
/// `<!--enpproperty <date>2018-03-05 07:14:52.0</date><author>张三</author>/enpproperty-->`.
fn properties(comment: &str) -> Vec<(String, String)> {
    let Some((_, inner)) = comment.split_once("enpproperty") else { return Vec::new() };
    let property = |name: &&str| {
        let (_, after) = inner.split_once(&format!("<{name}>"))?;
        let value = collapse(after.split_once(&format!("</{name}>"))?.0);
        (!value.is_empty()).then(|| (format!("enp:{name}"), value))
    };
    PROPERTIES.iter().filter_map(property).collect()
}

/// Text with one blank for any number of them; wide ones inside stay.
pub(super) fn collapse(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r', '\u{A0}']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim().to_string()
}
