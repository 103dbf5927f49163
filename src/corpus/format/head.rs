//! What the head of a page says: titles, address, date, source, author, from meta tags and JSON-LD.
//!
//! Which of several titles is the right one is left to `html`.

use dom_query::Document as Tree;
use serde_json::Value;

use super::super::date;
use super::record::split_names;
use crate::document::Document;

/// Names of meta tags, the better first: `PubDate` and `ContentSource` are China's standard for official sites.
const TITLES: [&str; 2] = ["og:title", "articletitle"];
const DATES: [&str; 8] = [
    "article:published_time",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "datepublished",
    "dc.date",
    "weibo:article:create_at",
];
const SOURCES: [&str; 3] = ["contentsource", "source", "dc.source"];
const AUTHORS: [&str; 4] = ["author", "article:author", "byline", "dc.creator"];
const EDITORS: [&str; 2] = ["editor", "contenteditor"];
const ADDRESSES: [&str; 1] = ["og:url"];

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
                Some("link") if node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    head.canonical = node.attr("href").map(|href| href.trim().to_string());
                }
                Some("script") if node.attr("type").is_some_and(|kind| &*kind == "application/ld+json") => {
                    head.linked.push(node.text().to_string());
                }
                _ => {}
            }
        }
        head
    }

    /// The title that the meta tags give.
    pub(super) fn meta_title(&self) -> Option<&str> {
        self.get(&TITLES)
    }

    /// Writes address, date, source, authors and editor into the document.
    pub(super) fn fill(&self, document: &mut Document) {
        let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
        let address = self.canonical.as_deref().filter(is_address).or_else(|| self.get(&ADDRESSES).filter(is_address));
        document.url = address.map(str::to_string);
        document.date = self.get(&DATES).and_then(date::parse);
        // Many templates fill in an address where a name belongs.
        document.source = self.get(&SOURCES).filter(|text| !is_address(text)).map(str::to_string);
        document.authors = self.get(&AUTHORS).filter(|text| !is_address(text)).map(split_names).unwrap_or_default();
        document.editor = self.get(&EDITORS).map(str::to_string);
        let fields = [
            ("url", document.url.is_some()),
            ("date", document.date.is_some()),
            ("source", document.source.is_some()),
            ("authors", !document.authors.is_empty()),
            ("editor", document.editor.is_some()),
        ];
        let found = fields.iter().filter(|(_, is_there)| *is_there);
        document.found.extend(found.map(|(field, _)| (field.to_string(), "meta".into())));
        if document.date.is_none()
            && let Some(date) = self.linked.iter().find_map(|script| published(script))
        {
            document.date = date::parse(&date);
            document.found.extend(document.date.map(|_| ("date".to_string(), "JSON-LD".to_string())));
        }
    }

    /// The content of the first of the names that has any.
    fn get(&self, names: &[&str]) -> Option<&str> {
        let content = |name: &&str| self.metas.iter().find(|(own, text)| own == name && !text.is_empty());
        names.iter().find_map(content).map(|(_, text)| text.as_str())
    }
}

/// The day that JSON-LD says an article was published on.
fn published(script: &str) -> Option<String> {
    let value: Value = serde_json::from_str(script.trim()).ok()?;
    let values = value.as_array().map_or_else(|| std::slice::from_ref(&value), Vec::as_slice);
    let date =
        |value: &Value| ["datePublished", "pubDate"].iter().find_map(|key| Some(value[*key].as_str()?.to_string()));
    values.iter().find_map(date)
}

/// Text with one blank for any number of them; wide ones inside stay.
pub(super) fn collapse(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r', '\u{A0}']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim().to_string()
}
