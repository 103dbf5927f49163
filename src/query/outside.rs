//! A meaning moved outside main texts: which documents hold it only where menus and footers are counted in.

use super::field::Field;
use super::meaning::{Meaning, Term};

impl Meaning {
    /// Documents that hold what is meant with the text outside their main text counted in, and not without it; `None`
    /// where no string of the text is asked for. What is excluded stays in the main text, and nearness, too.
    pub fn outside(&self) -> Option<Self> {
        let mut outside = Vec::new();
        moved_terms(self, &mut outside);
        if outside.is_empty() {
            return None;
        }
        // Few documents hold any of it outside: that narrows what else is looked at.
        let any = either(outside.into_iter().map(Meaning::Term).collect());
        let mut parts = vec![any];
        match moved(self) {
            Self::And(moved) => parts.extend(moved),
            moved if parts[0] != moved => parts.push(moved),
            _ => {}
        }
        parts.push(Self::Not(Box::new(self.clone())));
        Some(Self::And(parts))
    }

    /// Whether dates decide what is found.
    pub(crate) fn has_dates(&self) -> bool {
        match self {
            Self::Dates(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_dates),
            Self::Not(part) => part.has_dates(),
            Self::Term(_) | Self::Near(_) | Self::Everything => false,
        }
    }
}

fn either(mut parts: Vec<Meaning>) -> Meaning {
    if parts.len() == 1 { parts.remove(0) } else { Meaning::Or(parts) }
}

/// The terms of the text as terms outside it.
fn moved_terms(meaning: &Meaning, terms: &mut Vec<Term>) {
    match meaning {
        Meaning::Term(term) if term.field == Field::Text => terms.push(Term { field: Field::Rest, ..term.clone() }),
        Meaning::And(parts) | Meaning::Or(parts) => parts.iter().for_each(|part| moved_terms(part, terms)),
        _ => {}
    }
}

/// The meaning with each term of the text inside or outside it.
fn moved(meaning: &Meaning) -> Meaning {
    match meaning {
        Meaning::Term(term) if term.field == Field::Text => {
            Meaning::Or(vec![meaning.clone(), Meaning::Term(Term { field: Field::Rest, ..term.clone() })])
        }
        Meaning::And(parts) => Meaning::And(parts.iter().map(moved).collect()),
        Meaning::Or(parts) => {
            let parts = parts.iter().map(moved);
            Meaning::Or(parts.flat_map(|part| if let Meaning::Or(inner) = part { inner } else { vec![part] }).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ParseOptions, parse};

    #[test]
    fn terms_of_the_text_alone_move() {
        let moves = |query| {
            let parsed = parse(query, &ParseOptions::default()).expect("a query").query;
            parsed.meaning().expect("a meaning").outside().is_some()
        };
        for (query, expected) in [
            ("造林", true),
            ("造林 来源:日报", true),
            ("标题:造林", false),
            ("-造林", false),
            ("日期:2018", false),
            ("甲 OR 乙", true),
        ] {
            assert_eq!(moves(query), expected, "{query}");
        }
    }
}
