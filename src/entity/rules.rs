//! What rules alone find: document numbers, laws, dates and policy terms, without overlap. A number holds before a law, a
//! law before the rest (2019年 within 令2019年第46号 is no date, 乡村振兴 within the name of its law no term); of a date and a
//! term the longer.

#[cfg(test)]
mod tests;

use super::policy::{Terms, TermsError};
use super::{Span, Text, date, law, number};
use crate::document::DateSpan;

/// The rules with the terms of a user.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub terms: Terms,
}

impl Rules {
    /// With a user's term file.
    ///
    /// # Errors
    /// A line that cannot be a term.
    pub fn with_terms(lines: &str) -> Result<Self, TermsError> {
        Ok(Self { terms: Terms::with(lines)? })
    }

    /// The mentions of a text, in order.
    pub fn find(&self, text: &Text, published: Option<DateSpan>) -> Vec<Span> {
        let mut found = number::find(text);
        add(&mut found, law::find(text));
        let mut rest = self.terms.find(text);
        rest.extend(date::find(text, published));
        rest.sort_by_key(|span| std::cmp::Reverse(span.chars.len()));
        add(&mut found, rest);
        found
    }
}

/// Adds those that overlap none before, and sorts.
fn add(found: &mut Vec<Span>, more: Vec<Span>) {
    for span in more {
        let at = found.partition_point(|kept| kept.chars.start < span.chars.start);
        let before = at.checked_sub(1).is_none_or(|before| found[before].chars.end <= span.chars.start);
        if before && found.get(at).is_none_or(|next| span.chars.end <= next.chars.start) {
            found.insert(at, span);
        }
    }
}
