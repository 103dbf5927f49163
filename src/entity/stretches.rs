//! Long bodies in stretches, so that what is recognised in a book takes no more memory at a time than an article does.

use std::ops::Range;

use crate::document::Entities;

/// Bytes of a stretch at most: articles are one, of whatever kind.
const LONGEST: usize = 1 << 20;

/// The stretches of a body, each up to the end of a line where it has any; an empty body is one.
pub(super) fn stretches(body: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0_usize);
    std::iter::from_fn(move || {
        let start = next?;
        let most = body.floor_char_boundary(start.saturating_add(LONGEST));
        let end = match body[start..most].rfind('\n') {
            _ if most == body.len() => most,
            Some(line) => start + line + 1,
            None => most,
        };
        next = (end < body.len()).then_some(end);
        Some(start..end)
    })
}

/// Adds what was found in a stretch that begins at a byte; of the title what the first has found.
pub(super) fn append(entities: &mut Entities, found: Entities, start: usize) {
    let shift = |bytes: Range<usize>| bytes.start + start..bytes.end + start;
    if start == 0 {
        entities.title = found.title;
    }
    entities.body.extend(found.body.into_iter().map(|mut mention| {
        mention.bytes = shift(mention.bytes);
        mention.title = mention.title.map(shift);
        mention
    }));
    entities.said.extend(found.said.into_iter().map(|mut said| {
        said.bytes = shift(said.bytes);
        said
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Article, Recogniser};

    #[test]
    fn stretches_are_the_whole_body() {
        let line = "张智明说：“今年造林三千亩。”\n";
        for body in [String::new(), line.into(), line.repeat(60_000), "字".repeat(1 << 20)] {
            let ranges: Vec<Range<usize>> = stretches(&body).collect();
            assert_eq!(ranges.iter().map(|range| &body[range.clone()]).collect::<String>(), body);
            assert!(ranges.iter().all(|range| range.len() <= LONGEST));
        }
    }

    #[test]
    fn a_long_body_is_recognised_to_its_end() {
        let line = "麦积区委书记张智明说：“今年造林三千亩。”\n";
        let recognise = |body: &str| {
            Recogniser::new().recognise(&Article { title: "张智明谈造林", body, date: None, source: None })
        };
        let (one, times) = (recognise(line), LONGEST / line.len() + 2);
        let body = line.repeat(times);
        let all = recognise(&body);
        assert_eq!((all.title.len(), all.body.len()), (one.title.len(), one.body.len() * times));
        let (last, whole) = (all.body.last().expect("a mention"), one.body.last().expect("a mention"));
        assert_eq!(body[last.bytes.clone()], line[whole.bytes.clone()]);
        assert_eq!(last.bytes.end + line.len(), body.len() + whole.bytes.end);
    }
}
