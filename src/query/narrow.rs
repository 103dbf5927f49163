//! A query narrowed by one more condition, as somebody would type it who picks a value from a list of counts.

use super::ast::{Node, NodeKind, Query, Word};
use super::dates::DateRange;
use super::field::Field;
use crate::analysis::unigrams;

impl Query {
    /// The canonical form of the query with a field that must hold a value; `None` where the value has nothing to search
    /// for.
    ///
    /// ```
    /// use xunzhang::query::{Field, ParseOptions, parse};
    ///
    /// let parsed = parse("扶贫 OR 脱贫", &ParseOptions::default())?;
    /// let narrowed = parsed.query.narrowed(&Field::Source, "麦川日报");
    /// assert_eq!(narrowed.as_deref(), Some(r#"(扶贫 OR 脱贫) 来源:"麦川日报""#));
    /// # Ok::<(), xunzhang::query::QueryError>(())
    /// ```
    pub fn narrowed(&self, field: &Field, value: &str) -> Option<String> {
        if unigrams(value).is_empty() {
            return None;
        }
        let word = Word { text: value.to_owned(), quoted: true, wildcards: Vec::new() };
        let word = Box::new(Node::new(0..0, NodeKind::Word(word)));
        Some(self.and(NodeKind::Field(field.clone(), word)))
    }

    /// The canonical form of the query with a date that must overlap a range.
    pub fn narrowed_to(&self, range: DateRange) -> String {
        self.and(NodeKind::Dates(range))
    }

    fn and(&self, condition: NodeKind) -> String {
        let both = Node::all(vec![self.root.clone(), Node::new(0..0, condition)]);
        both.map_or_else(String::new, |both| both.to_string())
    }
}
