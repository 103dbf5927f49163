//! Text of a page that is too large or too deeply nested to be laid out as a tree: its tags are simply taken away.
//!
//! A parser that follows the standard needs time and room that grow with depth times size; a page made to hurt, or one
//! broken badly, is read here in one pass instead. No article is told from its menus.

/// Bytes of a page that is laid out as a tree at most.
const LARGEST: usize = 16 << 20;
/// Deepest nesting times number of tags: an ordinary page has 60 times 5,000.
const TANGLE: usize = 50_000_000;
/// Pairs of attributes that are compared at most: a second for the parser. A tag with ten has 400.
const COMPARED: usize = 1 << 29;
/// Tags that end by themselves or at the next of their kind, wherever they stand.
const FLAT: [&str; 9] = ["br", "hr", "img", "meta", "embed", "p", "li", "dd", "dt"];

/// Whether a page is not to be laid out as a tree, because that would take too long: the parser looks through all open
/// elements at every tag.
pub(super) fn is_too_tangled(html: &str) -> bool {
    let (mut depth, mut deepest, mut tags) = (0_usize, 0, 0_usize);
    for tag in html.split('<').skip(1) {
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if end == 0 {
            continue;
        }
        tags += 1;
        if FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(&name[..end])) {
            continue;
        }
        depth = if tag.starts_with('/') { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    html.len() > LARGEST || deepest.saturating_mul(tags) > TANGLE || compared(html) > COMPARED
}

/// How many attributes the parser compares at the most: within a tag, each with each. Blanks, strokes and signs of
/// equality are counted, of which every attribute has one.
fn compared(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut sum, mut count, mut at, mut in_tag) = (0_usize, 0_usize, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'<' if !in_tag => (in_tag, count) = (bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic), 0),
            b'>' if in_tag => (in_tag, sum) = (false, sum.saturating_add(count * count)),
            b'=' if in_tag => (count, at) = (count + 1, end_of_value(bytes, at)),
            b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' if in_tag => count += 1,
            _ => {}
        }
        at += 1;
    }
    sum.saturating_add(count * count)
}

/// The last byte of a quoted value behind a sign of equality, or that sign where none follows.
fn end_of_value(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = at + 1 + blanks;
    match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let length = bytes[start + 1..].iter().position(|byte| byte == quote);
            length.map_or(bytes.len(), |length| start + 1 + length)
        }
        _ => at,
    }
}

/// The content of the first `<title>`.
pub(super) fn title(html: &str) -> &str {
    let start = html.match_indices('<').find(|(at, _)| begins(&html[at + 1..], "title"));
    let inner = start.and_then(|(at, _)| html[at..].split_once('>')).map_or("", |(_, inner)| inner);
    inner.split('<').next().unwrap_or("").trim()
}

/// The text between the tags, scripts and styles left out, a line for each.
pub(super) fn text(html: &str) -> String {
    const HIDDEN: [&str; 4] = ["script", "style", "title", "noscript"];
    let (mut out, mut rest) = (String::with_capacity(html.len() / 4), html);
    // An end that was not found once is not looked for again, or a page full of beginnings would take for ever.
    let mut is_open = [false; HIDDEN.len()];
    while let Some(at) = rest.find('<') {
        push(&mut out, &rest[..at]);
        let tag = &rest[at..];
        let hidden = HIDDEN.iter().position(|name| begins(&tag[1..], name)).filter(|hidden| !is_open[*hidden]);
        let after = hidden.and_then(|hidden| {
            let after = end_of(&tag[1..], HIDDEN[hidden]);
            is_open[hidden] = after.is_none();
            after
        });
        rest = after.unwrap_or_else(|| tag.find('>').map_or("", |end| &tag[end + 1..]));
    }
    push(&mut out, rest);
    out.trim_end().to_string()
}

fn begins(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// What follows the end of an element.
fn end_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if begins(rest, name) {
            return Some(&rest[rest.find('>')? + 1..]);
        }
    }
    None
}

fn push(out: &mut String, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let plain = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    out.push_str(&plain.iter().fold(text.to_string(), |text, (name, sign)| text.replace(name, sign)));
    out.push_str("\n\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tangled_page_still_gives_its_text() {
        let page = "<div>".repeat(100_000) + "<script>if (a</b) </script>今年&amp;明年<p>三千亩";
        assert!(is_too_tangled(&page));
        assert_eq!(text(&page), "今年&明年\n\n三千亩");
        assert!(!is_too_tangled(&"<p>今年<br/>明年".repeat(100_000)));
        let many = format!("<p {}>", "a= b='>' ".repeat(20_000));
        assert!(is_too_tangled(&many) && !is_too_tangled(&"<p a=1 b='x y'>今年".repeat(20_000)));
        assert_eq!(text(&"<script>".repeat(200_000)), "");
        assert_eq!(title("<head><TITLE>通知</title>"), "通知");
    }
}
