//! What of a page is its content beside what readability keeps: tables and lists that stand in the midst of the article, or
//! right behind it; and what is left outside.
//!
//! Texts are compared line by line, blanks left out, since readability rebuilds the elements that it keeps.

use std::collections::HashSet;

/// Characters of a line that tells where an article begins and ends.
const TELLING: usize = 8;
/// Bytes that are looked through for pieces of lines, in all.
const LOOKED: usize = 64 << 20;

/// The article with the tables and lists of the page that stand within it or right behind it and are missing; `None` where
/// none are.
pub(super) fn with_lists(article: &str, page: &str, lists: &[String]) -> Option<String> {
    let own: HashSet<String> = lines(article).collect();
    let all: Vec<&str> = page.lines().collect();
    let plain: Vec<String> = all.iter().map(|line| bare(line)).collect();
    let is_telling = |line: &String| line.chars().count() >= TELLING && own.contains(line);
    let first = plain.iter().position(is_telling)?;
    let mut last = plain.iter().rposition(is_telling)?;
    let mut kept = vec![false; all.len()];
    let mut from = first;
    for list in lists {
        let wanted: Vec<String> = lines(list).collect();
        if wanted.is_empty() || wanted.iter().all(|line| own.contains(line)) {
            continue;
        }
        let next = (last + 1..all.len()).find(|at| !plain[*at].is_empty()).unwrap_or(all.len());
        let Some(rows) = (from..=next).find_map(|at| rows(&plain, at, &wanted)) else { continue };
        rows.iter().for_each(|row| kept[*row] = true);
        from = rows.last().map_or(from, |row| row + 1);
        last = last.max(from - 1);
    }
    if !kept.contains(&true) {
        return None;
    }
    let here: HashSet<&String> = plain.iter().collect();
    if own.iter().any(|line| !here.contains(line)) {
        // Lines that are parted otherwise: the article stays as it is, and what is missing follows it.
        let missing = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(line, _)| *line);
        return Some(format!("{article}\n\n{}", missing.collect::<Vec<_>>().join("\n")));
    }
    let mut text = String::with_capacity(article.len() * 2);
    let mut is_parted = false;
    for (at, line) in all.iter().enumerate() {
        if plain[at].is_empty() {
            is_parted = true;
        } else if kept[at] || own.contains(&plain[at]) {
            if !text.is_empty() {
                text.push_str(if is_parted { "\n\n" } else { "\n" });
            }
            text.push_str(line);
            is_parted = false;
        } else {
            is_parted = true;
        }
    }
    Some(text)
}

/// The rows of a page in which the lines of a list stand, from a row on, blank ones between them passed by.
fn rows(plain: &[String], start: usize, wanted: &[String]) -> Option<Vec<usize>> {
    let mut rows = Vec::with_capacity(wanted.len());
    let mut filled = (start..plain.len()).filter(|at| !plain[*at].is_empty());
    for line in wanted {
        let at = filled.next()?;
        if plain[at] != *line {
            return None;
        }
        rows.push(at);
    }
    Some(rows)
}

/// The lines of a page that the body does not have, its title left out: a paragraph each, so that nothing is found across
/// two of them.
pub(super) fn outside(page: &str, body: &str, title: &str) -> String {
    let own: HashSet<String> = lines(body).chain(lines(title)).collect();
    let whole = bare(body);
    let mut looked = 0;
    let mut is_inside = |line: &String| {
        let may_look = looked < LOOKED;
        looked += whole.len();
        own.contains(line) || (may_look && whole.contains(line.as_str()))
    };
    let rest = page.lines().map(str::trim).filter(|line| !line.is_empty());
    rest.filter(|line| !is_inside(&bare(line))).collect::<Vec<_>>().join("\n\n")
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(bare).filter(|line| !line.is_empty())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_within_the_article_are_body_and_the_others_are_not() {
        let article = "今年造林三千亩，名单如下。\n\n以上同志特此公示。";
        let page = "首页\n要闻\n\n今年造林三千亩，名单如下。\n\n张三\t书记\t\n李四\t镇长\t\n\n以上同志特此公示。\n\n附件一\n附件二\n\n版权所有";
        let lists = ["首页\n要闻", "张三\t书记\n李四\t镇长", "附件一\n附件二", "版权所有\n电话"].map(String::from);
        let whole = with_lists(article, page, &lists).expect("a list is missing");
        assert_eq!(
            whole,
            "今年造林三千亩，名单如下。\n\n张三\t书记\t\n李四\t镇长\t\n\n以上同志特此公示。\n\n附件一\n附件二"
        );
        assert_eq!(outside(page, &whole, "题"), "首页\n\n要闻\n\n版权所有");
        assert_eq!(with_lists(article, page, &lists[..1]), None);
    }
}
