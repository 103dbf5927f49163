//! Counts per value: aligned with bars for people, lines of JSON for machines, with what has no value and how to narrow
//! the query to one.

use std::io::{self, Write};

use serde::Serialize;
use xunzhang::{Facet, FacetCounts};

use super::json::line;
use crate::columns::{aligned, bar};
use crate::escape;
use crate::figures::grouped;
use crate::language::Language;
use crate::messages::Message;

/// Writes counts for people; the option is the one that gives more values.
pub fn text(out: &mut dyn Write, counts: &FacetCounts, option: &str, language: Language) -> io::Result<()> {
    if counts.distinct + counts.without + counts.broader == 0 {
        return Ok(());
    }
    let (english, chinese) = counts.facet.names();
    writeln!(out, "── {} ──", escape::line(language.pick(english, chinese)))?;
    let most = counts.values.iter().map(|value| value.documents).max().unwrap_or(0);
    let row = |value: &str, documents: u64| vec![escape::line(value), grouped(documents)];
    let rows: Vec<Vec<String>> = counts.values.iter().map(|value| row(&value.value, value.documents)).collect();
    for (line, value) in aligned(&rows).iter().zip(&counts.values) {
        let inferred = match value.inferred {
            0 => String::new(),
            documents => format!("  {}", Message::InferredIn { documents }.text(language)),
        };
        writeln!(out, "  {line}  {}{inferred}", bar(value.documents, most))?;
    }
    let more = counts.distinct - counts.values.len() as u64;
    let told = [
        (more, Message::MoreValues { values: more, option }),
        (counts.without, Message::WithoutValue { documents: counts.without }),
        (counts.broader, Message::BroaderDate { documents: counts.broader }),
    ];
    for (_, message) in told.iter().filter(|(count, _)| *count > 0) {
        writeln!(out, "  {}", message.text(language))?;
    }
    let largest = counts.values.iter().filter(|value| value.query.is_some()).max_by_key(|value| value.documents);
    if let Some(query) = largest.and_then(|value| value.query.as_ref()) {
        writeln!(out, "  {}", escape::line(&Message::Narrow { query }.text(language)))?;
    }
    writeln!(out)
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    query: &'a str,
    field: &'a str,
    /// `value`; `none`: documents without one; `broader`: their dates cover more than one; `more`: values that are left
    /// out.
    kind: &'static str,
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<u64>,
    /// Those of them whose date is only inferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    inferred: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    narrowed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
}

/// Writes counts as lines of JSON.
pub fn json(out: &mut dyn Write, counts: &FacetCounts, query: &str, query_id: Option<&str>) -> io::Result<()> {
    let field = match &counts.facet {
        Facet::Extra(name) => name,
        facet => facet.names().0,
    };
    let blank = |kind| Line {
        r#type: "facet",
        query,
        field,
        kind,
        value: None,
        documents: None,
        inferred: None,
        values: None,
        narrowed: None,
        query_id,
    };
    for value in &counts.values {
        let (documents, narrowed) = (Some(value.documents), value.query.as_deref());
        let inferred = (value.inferred > 0).then_some(value.inferred);
        let told = Line { value: Some(&value.value), documents, inferred, narrowed, ..blank("value") };
        writeln!(out, "{}", line(&told)?)?;
    }
    let more = counts.distinct - counts.values.len() as u64;
    if more > 0 {
        writeln!(out, "{}", line(&Line { values: Some(more), ..blank("more") })?)?;
    }
    for (kind, documents) in [("none", counts.without), ("broader", counts.broader)] {
        if documents > 0 {
            writeln!(out, "{}", line(&Line { documents: Some(documents), ..blank(kind) })?)?;
        }
    }
    Ok(())
}
