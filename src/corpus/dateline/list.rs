//! The lists of words that datelines are read by: text files, in either script, a blank between two words.

use std::sync::LazyLock;

/// What stands before or behind a name in a byline.
pub(super) static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../data/roles.txt")));
/// What names of bodies that sign end in.
pub(super) static BODIES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../data/bodies.txt")));
/// What titles of notices end in.
pub(super) static NOTICES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../data/notices.txt")));
/// Places between a reporter and a day.
pub(super) static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../data/places.txt")));
/// Agencies and sites by their whole names, and what names of media end in.
pub(super) static AGENCIES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let all = words(include_str!("../data/media.txt"));
    all.into_iter().filter(|word| !word.starts_with('-')).collect()
});
pub(super) static MEDIA: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let all = words(include_str!("../data/media.txt"));
    all.into_iter().filter_map(|word| word.strip_prefix('-')).collect()
});

/// The words of a list, without its comments.
fn words(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Whether a text ends in one of the words and has more than it.
pub(super) fn ends_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.len() > word.len() && text.ends_with(word))
}
