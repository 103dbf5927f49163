//! A tree of HTML as text: paragraphs, tables and lists, without scripts and without the readings of ruby.
//!
//! The tree is walked with a stack of its own, however deep it is. Which part of a page is the article is left to
//! `html`, blanks and gaps to `writer`.

use dom_query::{Document as Tree, NodeRef};

use super::writer::Writer;

/// Never text.
const DROPPED: [&str; 20] = [
    "script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "select", "button",
    "textarea", "input", "rt", "rp", "rtc", "video", "audio", "canvas", "math",
];
/// Never of the article.
const AROUND: [&str; 4] = ["nav", "footer", "aside", "dialog"];
/// Tags that end a line of text before and after them.
const BLOCKS: [&str; 38] = [
    "html",
    "body",
    "div",
    "p",
    "article",
    "section",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "center",
    "hr",
    "address",
    "footer",
];
/// Characters of a cell that is an article by itself, in a table that only places things.
const ARTICLE: usize = 400;

/// A text out of markup.
pub(super) struct Text {
    pub text: String,
    /// Characters outside links, blanks left out.
    pub plain: usize,
}

/// The text of a tree; without what stands around an article, by its tags, where `is_whole`.
pub(super) fn text(tree: &Tree, is_whole: bool) -> Text {
    text_of(tree.root(), is_whole)
}

/// The text of an element.
fn text_of(node: NodeRef<'_>, is_whole: bool) -> Text {
    let mut walk = Walk { is_whole, ..Walk::default() };
    let mut steps = vec![Step::Enter(node)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => walk.enter(node, &mut steps),
            Step::Leave(name) => walk.leave(&name),
        }
    }
    Text { text: walk.writer.finish(), plain: walk.plain }
}

/// The texts of tables and lists that hold facts rather than links, none within another, with the link characters a
/// third of them at most.
pub(super) fn lists(tree: &Tree) -> Vec<String> {
    let (mut lists, mut open) = (Vec::new(), vec![tree.root()]);
    while let Some(node) = open.pop() {
        let name = node.node_name().unwrap_or_default();
        if AROUND.contains(&name.as_ref()) || DROPPED.contains(&name.as_ref()) {
            continue;
        }
        let is_list = matches!(name.as_ref(), "ul" | "ol" | "dl") || (&*name == "table" && !is_layout(&node));
        if is_list {
            let text = text_of(node, true);
            let all = text.text.chars().filter(|c| !c.is_whitespace()).count();
            if all > 0 && text.plain * 3 >= all * 2 {
                lists.push(text.text);
            }
            continue;
        }
        let children: Vec<_> = node.children_it(true).collect();
        open.extend(children);
    }
    lists
}

/// Levels of the deepest node.
pub(super) fn depth(tree: &Tree) -> usize {
    let (mut deepest, mut open) = (0, vec![(tree.root(), 0)]);
    while let Some((node, level)) = open.pop() {
        deepest = deepest.max(level);
        open.extend(node.children_it(false).map(|child| (child, level + 1)));
    }
    deepest
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    /// The end of an element of this name.
    Leave(String),
}

#[derive(Default)]
struct Walk {
    writer: Writer,
    plain: usize,
    links: usize,
    is_whole: bool,
    /// For each open table whether it only places things.
    layouts: Vec<bool>,
}

impl Walk {
    fn enter<'a>(&mut self, node: NodeRef<'a>, steps: &mut Vec<Step<'a>>) {
        if node.is_text() {
            let text = node.text();
            if self.links == 0 {
                self.plain += text.chars().filter(|c| !c.is_whitespace()).count();
            }
            return self.writer.text(&text);
        }
        if let Some(name) = node.node_name().filter(|name| !name.starts_with('#')) {
            let is_around = self.is_whole && AROUND.contains(&name.as_ref());
            if is_around || DROPPED.contains(&name.as_ref()) {
                return;
            }
            self.open(&name, &node);
            steps.push(Step::Leave(name.to_string()));
        }
        // The last child is pushed first, for the stack gives it back last.
        steps.extend(node.children_it(true).map(Step::Enter));
    }

    fn open(&mut self, name: &str, node: &NodeRef<'_>) {
        match name {
            "a" => self.links += 1,
            "br" => self.writer.line_break(),
            "pre" => self.writer.begin_preformatted(),
            "table" => {
                self.writer.paragraph();
                self.layouts.push(is_layout(node));
            }
            "tr" if self.in_table() => self.writer.begin_row(),
            "td" | "th" if self.in_table() => self.writer.begin_cell(),
            name if BLOCKS.contains(&name) => self.writer.paragraph(),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => self.links -= 1,
            "pre" => self.writer.end_preformatted(),
            "table" => {
                self.layouts.pop();
                self.writer.paragraph();
            }
            "tr" if self.in_table() => {}
            "td" | "th" if self.in_table() => self.writer.end_cell(),
            name if BLOCKS.contains(&name) => self.writer.paragraph(),
            _ => {}
        }
    }

    /// Whether rows and cells are those of a table of facts.
    fn in_table(&self) -> bool {
        self.layouts.last().is_some_and(|is_layout| !is_layout)
    }
}

/// A table that only places things holds another, or a cell that is an article by itself.
fn is_layout(table: &NodeRef<'_>) -> bool {
    let names =
        |node: &NodeRef<'_>, names: &[&str]| node.node_name().is_some_and(|name| names.contains(&name.as_ref()));
    // Nested tables first: it is cheap, and spares reading the same text again at every level.
    table.descendants_it().any(|node| names(&node, &["table"]))
        || table.descendants_it().any(|node| names(&node, &["td", "th"]) && node.text().chars().nth(ARTICLE).is_some())
}
