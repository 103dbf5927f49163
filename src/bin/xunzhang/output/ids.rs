//! Answers as ids, one a line; in a batch the query's id and a tab before each.

use std::io::{self, Write};

use xunzhang::SearchResponse;

use super::Form;
use crate::batch::Question;
use crate::escape;

/// Answers as ids.
pub struct Ids;

impl Form for Ids {
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()> {
        let lead = question.id.as_deref().map(|id| escape::line(id) + "\t").unwrap_or_default();
        response.hits.iter().try_for_each(|hit| writeln!(out, "{lead}{}", escape::line(&hit.id)))
    }
}
