//! Answers as lines of JSON, version 1: a line for each hit, then a summary. In a batch the query's id stands beside
//! it. Control characters and those that turn the direction of writing are spelt `\u00XX`.

use std::io::{self, Write};

use serde::Serialize;
use xunzhang::SearchResponse;

use super::{Form, facets};
use crate::batch::Question;
use crate::escape;

/// Answers as lines of JSON.
pub struct Json;

#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(flatten)]
    line: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
}

/// The summary of a query that could not be answered.
#[derive(Serialize)]
struct Fault<'a> {
    r#type: &'static str,
    version: u32,
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    message: &'a str,
}

impl Form for Json {
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()> {
        let query_id = question.id.as_deref();
        for hit in &response.hits {
            writeln!(out, "{}", line(&Line { line: hit, query_id })?)?;
        }
        response.facets.iter().try_for_each(|counts| facets::json(out, counts, &response.summary.query, query_id))?;
        writeln!(out, "{}", line(&Line { line: &response.summary, query_id })?)
    }

    fn fault(&mut self, out: &mut dyn Write, question: &Question, message: &str) -> io::Result<bool> {
        let (query, query_id, error) = (question.query.as_str(), question.id.as_deref(), Error { message });
        writeln!(out, "{}", line(&Fault { r#type: "summary", version: 1, query, query_id, error })?)?;
        Ok(true)
    }
}

/// A value on one line, harmless on a terminal.
pub fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(escape::json(&serde_json::to_string(value)?))
}
