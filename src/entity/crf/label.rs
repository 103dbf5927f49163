//! The labels of a character: outside, or begin, inside, end or the single one of a person, place or organisation; what
//! may follow what, and how spans and labels become each other. Openers come first, so that one loop covers them.

use crate::document::EntityKind;

/// How many labels there are.
pub(super) const LABELS: usize = 13;
/// A number for each label, with room to 16 so that one loop of whole vectors covers it.
pub(super) const ROOM: usize = 16;
pub(super) const OUTSIDE: usize = 0;
const BEGIN: usize = 1;
const SINGLE: usize = 4;
const INSIDE: usize = 7;
const END: usize = 10;
/// The labels below this may stand where no span is open, the others where one is.
pub(super) const OPENERS: usize = INSIDE;
/// Labels behind which no span is open.
pub(super) const CLOSERS: [usize; 7] = [OUTSIDE, SINGLE, SINGLE + 1, SINGLE + 2, END, END + 1, END + 2];
/// The kinds, in the order of their labels.
pub(super) const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Place, EntityKind::Organisation];

/// Whether a span is open behind the label.
pub(super) fn opens(label: usize) -> bool {
    (BEGIN..SINGLE).contains(&label) || (INSIDE..END).contains(&label)
}

/// Whether a label may follow another.
pub(super) fn may_follow(before: usize, label: usize) -> bool {
    match (opens(before), label >= INSIDE) {
        (true, true) => (before - BEGIN) % KINDS.len() == (label - BEGIN) % KINDS.len(),
        (open, inside) => open == inside,
    }
}

/// The label of a character of a span of that kind.
pub(super) fn label(kind: usize, at: usize, length: usize) -> usize {
    kind + match (at, length) {
        (_, 1) => SINGLE,
        (0, _) => BEGIN,
        (at, length) if at + 1 == length => END,
        _ => INSIDE,
    }
}

/// Tells kind, start and end of every span that labels write.
pub(super) fn spans(labels: &[u8], mut span: impl FnMut(usize, usize, usize)) {
    let mut start = 0;
    for (at, label) in labels.iter().map(|&label| usize::from(label)).enumerate() {
        match label {
            BEGIN..SINGLE => start = at,
            SINGLE..INSIDE => span(label - SINGLE, at, at + 1),
            END.. => span(label - END, start, at + 1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_spans_are_spans_again_and_follow_each_other() {
        let spans_in = [(0, 0, 3), (1, 3, 4), (2, 5, 9), (1, 9, 11)];
        let mut labels = [OUTSIDE as u8; 12];
        for (kind, start, end) in spans_in {
            (start..end).for_each(|at| labels[at] = label(kind, at - start, end - start) as u8);
        }
        let mut found = Vec::new();
        spans(&labels, |kind, start, end| found.push((kind, start, end)));
        assert_eq!(found, spans_in);
        assert!(labels.windows(2).all(|pair| may_follow(usize::from(pair[0]), usize::from(pair[1]))));
        assert!(!may_follow(BEGIN, OUTSIDE) && !may_follow(BEGIN, END + 1) && !may_follow(OUTSIDE, INSIDE));
        assert!(CLOSERS.iter().all(|&closer| !opens(closer)));
    }
}
