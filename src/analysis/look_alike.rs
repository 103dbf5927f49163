//! Characters that eyes, scanners and keyboards of shapes take for each other: 己 and 已, 部 and 陪.
//!
//! Two lists: groups written for this project, and neighbours that were derived from Unicode's data about the shapes of
//! characters (`data/README.md` says how).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::han::representative;

/// For each folded character those like it.
static TABLE: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<char>> = HashMap::new();
    let mut join = |a: char, b: char| {
        let like = table.entry(representative(a)).or_default();
        if representative(a) != representative(b) && !like.contains(&representative(b)) {
            like.push(representative(b));
        }
    };
    for group in rows(include_str!("data/look_alike_groups.txt")) {
        for a in group.chars() {
            group.chars().for_each(|b| join(a, b));
        }
    }
    for row in rows(include_str!("data/look_alikes.txt")) {
        let mut characters = row.chars();
        let first = characters.next();
        for (a, b) in first.into_iter().flat_map(|a| characters.clone().map(move |b| (a, b))) {
            join(a, b);
            join(b, a);
        }
    }
    table
});

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// The characters that look like a folded one.
///
/// ```
/// assert!(xunzhang::analysis::look_alikes('已').contains(&'己'));
/// ```
pub fn look_alikes(folded: char) -> &'static [char] {
    TABLE.get(&folded).map_or(&[], Vec::as_slice)
}
