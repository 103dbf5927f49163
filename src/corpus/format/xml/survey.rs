//! Which elements of a file are its records: those that repeat and have a title or a text among their children, or stand
//! where feeds have theirs.

use std::collections::HashMap;
use std::ops::Range;

use super::super::super::fields::{Field, Keys};
use super::super::super::skip::Fault;
use super::super::markup::{Element, Piece, walk};
use super::entry::key;

/// Names of elements that are records even where there is only one.
const USUAL: [&str; 8] = ["item", "entry", "record", "doc", "row", "文章", "记录", "新闻"];
/// Roots of feeds, whose own title is the source of their records.
const FEEDS: [&str; 4] = ["channel", "feed", "rss", "RDF"];
/// Bytes of the title of a feed that are kept.
const SOURCE: usize = 200;

/// The records of a file.
#[derive(Default)]
pub(super) struct Survey {
    /// Where each stands in the text.
    pub records: Vec<Range<usize>>,
    /// The title of the feed.
    pub source: String,
    /// What ended the file early.
    pub fault: Option<Fault>,
    /// The file is one record.
    pub is_single: bool,
}

/// An element that is open.
struct Open {
    /// The number of its path: names from the root.
    path: usize,
    at: usize,
    has_title: bool,
    has_body: bool,
    /// It holds what follows the title of a feed.
    is_feed: bool,
}

/// What is known of all elements of one path.
#[derive(Default)]
struct Path {
    depth: usize,
    is_usual: bool,
    with_both: usize,
    ranges: Vec<Range<usize>>,
}

impl Survey {
    pub(super) fn new(text: &str, keys: &Keys) -> Self {
        let mut survey = Self::default();
        let (mut paths, mut numbers) = (Vec::<Path>::new(), HashMap::<(usize, String), usize>::new());
        let (mut open, mut in_title) = (Vec::<Open>::new(), false);
        let walked = walk(text, &mut |piece, end| {
            match piece {
                Piece::Open(element) => {
                    let (name, depth) = (element.name(), open.len() + 1);
                    let outer = open.last_mut();
                    in_title = name == "title" && outer.as_ref().is_some_and(|outer| outer.is_feed);
                    let parent = outer.as_ref().map_or(usize::MAX, |outer| outer.path);
                    if let Some(outer) = outer {
                        mark(outer, name, keys);
                    }
                    let path = *numbers.entry((parent, name.to_string())).or_insert_with(|| {
                        paths.push(Path { depth, is_usual: USUAL.contains(&name), ..Path::default() });
                        paths.len() - 1
                    });
                    open.push(opened(element, path, keys));
                }
                Piece::Text(text) if in_title && survey.source.len() < SOURCE => survey.source.push_str(text),
                Piece::Text(_) => {}
                Piece::Close(_) => {
                    in_title = false;
                    if let Some(closed) = open.pop().filter(|closed| closed.has_title || closed.has_body) {
                        let path = &mut paths[closed.path];
                        path.with_both += usize::from(closed.has_title && closed.has_body);
                        path.ranges.push(closed.at..end);
                    }
                }
            }
            true
        });
        survey.fault = walked.err();
        survey.source = survey.source.trim().to_string();
        // Of several kinds that repeat, one within another, the outer is the record.
        let is_record = |path: &&mut Path| {
            path.ranges.len() > 1
                || (path.is_usual && !path.ranges.is_empty())
                || (path.depth == 1 && path.with_both > 0)
        };
        let rank = |path: &&mut Path| {
            let repeats = path.ranges.len() > 1 || path.is_usual;
            (repeats, path.with_both * 2 >= path.ranges.len(), std::cmp::Reverse(path.depth), path.ranges.len())
        };
        if let Some(best) = paths.iter_mut().filter(is_record).max_by_key(rank) {
            survey.is_single = best.depth == 1;
            survey.records = std::mem::take(&mut best.ranges);
        }
        survey
    }
}

fn opened(element: &Element<'_>, path: usize, keys: &Keys) -> Open {
    let is_feed = FEEDS.contains(&element.name());
    let mut open = Open { path, at: element.at, has_title: false, has_body: false, is_feed };
    element.attributes().for_each(|(name, _)| mark(&mut open, &name, keys));
    open
}

/// Notes that an element has a child or an attribute of a name.
fn mark(open: &mut Open, name: &str, keys: &Keys) {
    match keys.rank(key(name)) {
        Some((Field::Title, _)) => open.has_title = true,
        Some((Field::Body, _)) => open.has_body = true,
        _ => {}
    }
}
