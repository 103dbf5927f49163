//! Texts of LibreOffice and others, `.odt`. What was deleted under tracked changes and comments is no text.

use super::super::super::reader::Reading;
use super::super::super::skip::{Fault, SkipReason};
use super::super::markup::Element;
use super::super::{Items, one};
use super::docx::core_properties;
use super::flow::{Flow, Role, Text};
use super::package::Package;
use crate::document::Document;

/// Gives the document of an OpenDocument text.
pub(in super::super) fn read(bytes: &[u8], base: Document, reading: &Reading) -> Result<Items, Fault> {
    let mut package = Package::open(bytes, reading.max_bytes)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(SkipReason::Encrypted.into());
    }
    let Text { body, heading } = Flow::read(&package.required("content.xml")?, &role)?;
    let properties = package.text("meta.xml")?.map(|meta| core_properties(&meta)).unwrap_or_default();
    let mut document = properties.document(&body, &heading, base)?;
    // Headers and footers stand among the styles of the pages.
    let styles = package.text("styles.xml")?.unwrap_or_default();
    document.rest = Flow::read(&styles, &|element| around(element)).map(|text| text.body).unwrap_or_default();
    one(document)
}

fn role(element: &Element<'_>) -> Role {
    match element.name() {
        "h" if element.get("outline-level").is_some_and(|level| level == "1") => Role::Heading,
        "p" if element.get("style-name").is_some_and(|style| style == "Title") => Role::Heading,
        "p" | "h" => Role::Paragraph,
        "table" => Role::Table,
        "table-row" => Role::Row,
        "table-cell" | "covered-table-cell" => Role::Cell,
        "line-break" => Role::Break,
        "s" | "tab" => Role::Blank,
        "soft-hyphen" | "soft-page-break" => Role::Transparent,
        "note" => Role::Note,
        "text-box" => Role::Box,
        "tracked-changes" | "annotation" | "note-citation" | "ruby-text" | "title" | "desc" | "forms" | "scripts"
        | "font-face-decls" | "automatic-styles" => Role::Hidden,
        "text" => Role::Text,
        _ => Role::Transparent,
    }
}

fn around(element: &Element<'_>) -> Role {
    match element.name() {
        "master-styles" => Role::Text,
        "styles" | "automatic-styles" | "font-face-decls" | "page-number" | "page-count" => Role::Hidden,
        "text" => Role::Transparent,
        _ => role(element),
    }
}
