//! One answer out of all candidates: no two spans of the result overlap.
//!
//! Kinds with an unmistakable form come first, then the longer and surer; a person named by a title beats the place of
//! the same name, and an organisation beats the places in its name.

use super::text::Span;
use crate::document::EntityKind;

/// Chooses among candidates; the result is in order. Exact doubles keep the surest, and a value over none.
pub(crate) fn resolve(mut candidates: Vec<Span>, length: usize) -> Vec<Span> {
    candidates.retain(|span| span.chars.start < span.chars.end && span.chars.end <= length);
    let place = |span: &Span| (span.chars.start, span.chars.end, span.kind);
    candidates.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(place(a).cmp(&place(b))));
    let mut taken: Vec<u32> = vec![0; length];
    let mut kept: Vec<Span> = Vec::new();
    for span in candidates {
        let owner = taken[span.chars.start];
        if taken[span.chars.clone()].iter().all(|&at| at == 0) {
            kept.push(span);
            let number = kept.len() as u32;
            let chars = kept[kept.len() - 1].chars.clone();
            taken[chars].fill(number);
        } else if let Some(double) = owner.checked_sub(1).map(|index| &mut kept[index as usize]) {
            let same = double.chars == span.chars && double.kind == span.kind;
            if same && double.value.is_none() {
                double.value = span.value;
            }
        }
    }
    kept.sort_by_key(|span| span.chars.start);
    kept
}

/// What a candidate weighs against those that overlap it.
fn rank(span: &Span) -> f32 {
    let kind = match span.kind {
        EntityKind::Number | EntityKind::Law => 20.0,
        EntityKind::Date => 10.0,
        EntityKind::Policy => 2.0,
        EntityKind::Person => 1.3,
        EntityKind::Organisation => 1.1,
        _ => 1.0,
    };
    kind * span.confidence * (1.0 + 0.15 * span.chars.len().min(20) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_and_surer_stays() {
        let span = |kind, chars, confidence| Span { kind, chars, value: None, confidence };
        let place = span(EntityKind::Place, 0..3, 0.8);
        let body = span(EntityKind::Organisation, 0..7, 0.8);
        let person = span(EntityKind::Person, 9..12, 0.9);
        assert_eq!(resolve(vec![place, person.clone(), body.clone()], 12), [body, person]);
        assert_eq!(resolve(vec![span(EntityKind::Place, 3..9, 1.0)], 5), []);
    }
}
