//! Queries with operators as a plain scan answers them: every place is tried, over unigrams that `scan` cut. Shares no
//! code with the library.

use std::collections::HashSet;

use super::scan::is_mark;

/// What a query asks for, as the tests put it together.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Unigrams in a row.
    Row(Vec<String>),
    /// Rows with gaps of at most eight unigrams between, none of them a mark.
    Gaps(Vec<Vec<String>>),
    /// Unigrams in a row, of which those that are `None` may be any but a mark.
    Holes(Vec<Option<String>>),
    /// Two rows with so many unigrams and marks between at most; in this order, or in either.
    Within(Vec<String>, Vec<String>, usize, bool),
    /// Two rows with none of these marks between or in them.
    Together(Vec<String>, Vec<String>, &'static str),
    All(Vec<Asked>),
    Any(Vec<Asked>),
    Not(Box<Asked>),
}

impl Asked {
    /// Whether a document's unigrams and marks are what is asked for, with every place tried.
    pub fn holds(&self, text: &[String]) -> bool {
        match self {
            Self::Row(row) => places(text, row).next().is_some(),
            Self::Gaps(rows) => {
                let (first, rest) = rows.split_first().expect("a row");
                places(text, first).any(|at| follow(text, at + first.len(), rest))
            }
            Self::Holes(holes) => text.windows(holes.len()).any(|window| {
                window.iter().zip(holes).all(|(token, hole)| match hole {
                    Some(wanted) => token == wanted,
                    None => !is_mark(token),
                })
            }),
            Self::Within(a, b, most, ordered) => {
                let near = |from: usize, to: usize| from <= to && to - from <= *most;
                let (first, second): (Vec<usize>, Vec<usize>) = (places(text, a).collect(), places(text, b).collect());
                let pairs = first.iter().flat_map(|one| second.iter().map(move |other| (*one, *other)));
                pairs
                    .into_iter()
                    .any(|(one, other)| near(one + a.len(), other) || (!ordered && near(other + b.len(), one)))
            }
            Self::Together(a, b, marks) => {
                let parts = text.split(|token| is_mark(token) && marks.contains(token.as_str()));
                parts.into_iter().any(|part| {
                    let second: Vec<usize> = places(part, b).collect();
                    let apart = |one: usize, other: usize| one + a.len() <= other || other + b.len() <= one;
                    places(part, a).any(|one| second.iter().any(|other| apart(one, *other)))
                })
            }
            Self::All(parts) => parts.iter().all(|part| part.holds(text)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(text)),
            Self::Not(part) => !part.holds(text),
        }
    }

    /// Whether a document with these unigrams may hold it: tells most that do not without a look at their places.
    pub fn may_hold(&self, known: &HashSet<&str>) -> bool {
        let all = |row: &[String]| row.iter().all(|token| known.contains(token.as_str()));
        match self {
            Self::Row(row) => all(row),
            Self::Gaps(rows) => rows.iter().all(|row| all(row)),
            Self::Holes(holes) => holes.iter().flatten().all(|token| known.contains(token.as_str())),
            Self::Within(a, b, ..) | Self::Together(a, b, _) => all(a) && all(b),
            Self::All(parts) => parts.iter().all(|part| part.may_hold(known)),
            Self::Any(parts) => parts.iter().any(|part| part.may_hold(known)),
            Self::Not(_) => true,
        }
    }

    /// As a query is typed; `wide` in Chinese punctuation.
    pub fn written(&self, wide: bool) -> String {
        let (open, close) = if wide { ("（", "）") } else { ("(", ")") };
        let sign = |narrow: &str, other: &str| if wide { other.to_owned() } else { narrow.to_owned() };
        let joined = |parts: &[Self], between: &str| {
            let parts: Vec<String> = parts.iter().map(|part| part.written(wide)).collect();
            format!("{open}{}{close}", parts.join(between))
        };
        match self {
            Self::Row(row) => row.concat(),
            Self::Gaps(rows) => rows.iter().map(|row| row.concat()).collect::<Vec<_>>().join(&sign("*", "＊")),
            Self::Holes(holes) => holes.iter().map(|hole| hole.clone().unwrap_or("?".to_owned())).collect(),
            Self::Within(a, b, most, ordered) => {
                let operator = if *ordered { sign("W/", "Ｗ／") } else { sign("NEAR/", "ＮＥＡＲ／") };
                format!("{open}{} {operator}{most} {}{close}", a.concat(), b.concat())
            }
            Self::Together(a, b, marks) => {
                let operator =
                    if marks.contains('。') { sign("SENT", "ＳＥＮＴ") } else { sign("PARA", "ＰＡＲＡ") };
                format!("{open}{} {operator} {}{close}", a.concat(), b.concat())
            }
            Self::All(parts) => joined(parts, &sign(" ", "　")),
            Self::Any(parts) => joined(parts, &sign(" OR ", "｜")),
            Self::Not(part) => format!("{}{open}{}{close}", sign("-", "－"), part.written(wide)),
        }
    }
}

/// Where a row stands in a text.
fn places<'a>(text: &'a [String], row: &'a [String]) -> impl Iterator<Item = usize> + 'a {
    (0..text.len().saturating_sub(row.len() - 1)).filter(move |at| text[*at] == row[0] && text[*at..].starts_with(row))
}

/// Whether rows follow, each behind a gap that begins where the one before it ended.
fn follow(text: &[String], from: usize, rows: &[Vec<String>]) -> bool {
    let Some((row, rest)) = rows.split_first() else { return true };
    let starts =
        (0..=8).take_while(|gap| text[from..].iter().take(*gap).filter(|token| !is_mark(token)).count() == *gap);
    starts.map(|gap| from + gap).any(|at| text[at..].starts_with(row) && follow(text, at + row.len(), rest))
}
