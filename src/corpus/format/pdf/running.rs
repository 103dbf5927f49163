//! What recurs around the text of most pages: headers, footers and page numbers. It goes to `rest`.

use std::collections::HashMap;

use super::columns::Row;
use super::rows::Page;

/// Rows at the top and at the bottom of a page that are looked at.
const EDGE: usize = 3;
/// Share of pages, in percent, on which a row recurs: left and right pages may have headers of their own.
const RECURS: usize = 40;
/// Points by which its height may differ.
const LEVEL: f64 = 6.0;

/// Takes away what recurs, and gives each of it once.
pub(super) fn remove(pages: &mut [Page]) -> String {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<String> = edge(page.rows.len()).map(|at| key(&page.rows[at])).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let with_text = pages.iter().filter(|page| !page.rows.is_empty()).count();
    let recurs = |row: &Row| counts.get(&key(row)).is_some_and(|count| *count > 1 && count * 100 >= with_text * RECURS);
    let (mut rest, mut seen) = (Vec::new(), Vec::new());
    for page in pages {
        // From the edges inwards, so that a line of the text that reads the same stays.
        let count = page.rows.len();
        let top = page.rows.iter().take(EDGE).take_while(|row| recurs(row)).count();
        let bottom = page.rows[top..].iter().rev().take(EDGE).take_while(|row| recurs(row)).count();
        let mut removed: Vec<Row> = page.rows.drain(count - bottom..).collect();
        removed.extend(page.rows.drain(..top));
        for row in removed {
            if !seen.contains(&key(&row)) {
                seen.push(key(&row));
                rest.push(text(&row));
            }
        }
    }
    rest.join("\n\n")
}

/// The rows near the edges of a page of so many.
fn edge(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |at| *at < EDGE || at + EDGE >= count)
}

fn text(row: &Row) -> String {
    row.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A row without what changes from page to page, its numbers and the side that they stand on, but with its height.
fn key(row: &Row) -> String {
    let mut key = String::new();
    for c in text(row).chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if c.is_numeric() && key.ends_with('#') => {}
            c if c.is_numeric() => key.push('#'),
            c => key.push(c),
        }
    }
    let plain = key.trim_matches('#');
    let height = row.first().map_or(0.0, |piece| piece.y / LEVEL).round();
    format!("{} {height}", if plain.is_empty() { "#" } else { plain })
}

#[cfg(test)]
mod tests {
    use super::super::rows::Piece;
    use super::*;

    #[test]
    fn headers_and_numbers_go_and_lines_that_look_like_them_stay() {
        let row = |text: &str| vec![Piece { text: text.into(), ..Piece::default() }];
        let page = |number: usize| {
            let mut page = Page::default();
            let name = ["甲", "乙", "丙"][number];
            let body = [format!("{name}段"), "共同的一行".to_string(), format!("{name}段之末")];
            page.rows.push(row("云陇日报"));
            page.rows.extend(body.iter().map(|text| row(text)));
            page.rows.push(row(&format!("— {} —", number + 1)));
            page
        };
        let mut pages: Vec<Page> = (0..3).map(page).collect();
        pages[2].rows.insert(1, row("不同"));
        assert_eq!(remove(&mut pages), "— 1 —\n\n云陇日报");
        let texts = |page: &Page| page.rows.iter().map(text).collect::<Vec<_>>().join(" ");
        assert_eq!(texts(&pages[2]), "不同 丙段 共同的一行 丙段之末");
    }
}
