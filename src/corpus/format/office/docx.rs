//! Word's documents since 2007, `.docx`, and those of WPS under the same ending.
//!
//! What was deleted under tracked changes is no text, what was inserted is; headers and footers go to `rest`; comments
//! and numbers that Word makes by itself (一、 第一条) are left out.

use super::super::super::reader::Reading;
use super::super::super::skip::Fault;
use super::super::markup::{Element, Piece, walk};
use super::super::properties::Properties;
use super::super::{Items, one};
use super::flow::{Flow, Role, Text};
use super::package::Package;
use crate::document::{DateSpan, Document};

const MAIN: &str = "word/document.xml";
/// Names of the styles of a title, in lower case; their ids differ by language.
const TITLES: [&str; 4] = ["title", "heading 1", "标题", "标题 1"];

/// Gives the document of a file of Word's.
pub(in super::super) fn read(bytes: &[u8], base: Document, reading: &Reading) -> Result<Items, Fault> {
    let mut package = Package::open(bytes, reading.max_bytes)?;
    let main = package.text("_rels/.rels")?.and_then(|relations| main_part(&relations)).unwrap_or(MAIN.into());
    let styles = package.text("word/styles.xml")?.map(|styles| title_styles(&styles)).unwrap_or_default();
    let role = |element: &Element<'_>| role(element, &styles);
    let Text { body, heading } = Flow::read(&package.required(&main)?, &role)?;
    let mut parts = vec![body];
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = package.text(notes)? {
            parts.push(Flow::read(&xml, &role)?.body);
        }
    }
    parts.retain(|part| !part.is_empty());
    let properties = package.text("docProps/core.xml")?.map(|core| core_properties(&core)).unwrap_or_default();
    let mut document = properties.document(&parts.join("\n\n"), &heading, base)?;
    document.rest = around(&mut package, &role)?;
    one(document)
}

/// Headers and footers, each text once.
fn around(package: &mut Package<'_>, role: &dyn Fn(&Element<'_>) -> Role) -> Result<String, Fault> {
    let mut names = package.names();
    names.retain(|name| name.starts_with("word/header") || name.starts_with("word/footer"));
    names.sort();
    let mut texts: Vec<String> = Vec::new();
    for name in names {
        let text = package.text(&name)?.map(|xml| Flow::read(&xml, role)).transpose()?.map(|text| text.body);
        texts.extend(text.filter(|text| !text.is_empty() && !texts.contains(text)));
    }
    Ok(texts.join("\n\n"))
}

fn role(element: &Element<'_>, titles: &[String]) -> Role {
    match element.name() {
        "t" => Role::Text,
        "p" => Role::Paragraph,
        "tbl" => Role::Table,
        "tr" => Role::Row,
        "tc" => Role::Cell,
        "br" | "cr" => Role::Break,
        "tab" | "ptab" => Role::Blank,
        "noBreakHyphen" => Role::Hyphen,
        "txbxContent" => Role::Box,
        // A shape stands there twice, for newer readers and for older ones; a moved text where it was and where it is.
        "del" | "moveFrom" | "Fallback" | "rt" | "instrText" | "delText" | "tabs" => Role::Hidden,
        "footnote" | "endnote" if element.get("type").is_some() => Role::Hidden,
        "pStyle" if element.get("val").is_some_and(|style| titles.contains(&style)) => Role::Heading,
        _ => Role::Transparent,
    }
}

/// The part that is the document, as the package says.
fn main_part(relations: &str) -> Option<String> {
    let mut found = None;
    let read = walk(relations, &mut |piece, _| {
        if let Piece::Open(element) = piece
            && element.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            found = element.get("Target").map(|target| target.trim_start_matches('/').to_string());
        }
        found.is_none()
    });
    read.ok().and(found)
}

/// The ids of the styles that are titles.
fn title_styles(styles: &str) -> Vec<String> {
    let (mut titles, mut id) = (Vec::new(), None);
    let read = walk(styles, &mut |piece, _| {
        if let Piece::Open(element) = piece {
            match element.name() {
                "style" => id = element.get("styleId"),
                "name" if element.get("val").is_some_and(|name| TITLES.contains(&name.to_lowercase().as_str())) => {
                    titles.extend(id.take());
                }
                _ => {}
            }
        }
        true
    });
    // Without styles a first line may still be the title.
    if read.is_err() { Vec::new() } else { titles }
}

/// Title, author and days of the part that has them.
pub(super) fn core_properties(core: &str) -> Properties {
    let (mut properties, mut open) = (Properties::default(), Vec::new());
    let read = walk(core, &mut |piece, _| {
        match piece {
            Piece::Open(element) => open.push(element.name().to_string()),
            Piece::Close(_) => drop(open.pop()),
            Piece::Text(text) => match open.last().map(String::as_str) {
                Some("title") => properties.title.push_str(text),
                Some("initial-creator") => properties.author = text.to_string(),
                Some("creator") if properties.author.is_empty() => properties.author = text.to_string(),
                Some("created" | "creation-date") => properties.created = DateSpan::parse(text),
                Some("modified" | "date") => properties.modified = DateSpan::parse(text),
                _ => {}
            },
        }
        true
    });
    read.map(|()| properties).unwrap_or_default()
}
