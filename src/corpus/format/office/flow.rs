//! The text of a word processor's document: paragraphs, rows and cells out of its elements, notes and text boxes behind
//! the paragraph that they hang on, so that no word is torn apart by them.
//!
//! Which element is what is left to `docx` and `odt`.

use super::super::super::skip::Fault;
use super::super::markup::{Element, Piece, walk};
use super::super::writer::Writer;

/// What an element is for the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// Its text is text.
    Text,
    Paragraph,
    Table,
    Row,
    Cell,
    Break,
    Blank,
    Hyphen,
    /// None of it is text.
    Hidden,
    /// A note, whose text follows at the end.
    Note,
    /// A text box, whose text follows its paragraph.
    Box,
    /// A paragraph that is a title, or a sign within one that it is.
    Heading,
    /// What is inside counts, and it is nothing by itself.
    Transparent,
}

/// Text of a part.
#[derive(Default)]
pub(super) struct Flow {
    /// The text so far, and that of open boxes and notes.
    writers: Vec<Writer>,
    roles: Vec<Role>,
    hidden: usize,
    texts: usize,
    /// Text boxes that wait for the end of their paragraph.
    boxes: Vec<String>,
    notes: Vec<String>,
    /// The paragraph that is open is a title.
    is_heading: bool,
    /// Where the open paragraph begins.
    start: usize,
    heading: String,
}

/// The text of a part, and its first title.
pub(super) struct Text {
    pub body: String,
    pub heading: String,
}

impl Flow {
    /// Walks a part; `role` says what an element is.
    pub(super) fn read(xml: &str, role: &dyn Fn(&Element<'_>) -> Role) -> Result<Text, Fault> {
        let mut flow = Self { writers: vec![Writer::default()], ..Self::default() };
        walk(xml, &mut |piece, _| {
            match piece {
                Piece::Open(element) => flow.open(role(element)),
                Piece::Text(text) if flow.hidden == 0 && flow.texts > 0 => flow.writer().text(text),
                Piece::Text(_) => {}
                Piece::Close(_) => flow.close(),
            }
            true
        })?;
        flow.flush();
        let mut writer = flow.writers.swap_remove(0);
        flow.notes.iter().for_each(|note| writer.block(note));
        Ok(Text { body: writer.finish(), heading: flow.heading })
    }

    fn open(&mut self, role: Role) {
        self.roles.push(role);
        match role {
            Role::Hidden => self.hidden += 1,
            Role::Text => self.texts += 1,
            Role::Note | Role::Box => self.writers.push(Writer::default()),
            _ if self.hidden > 0 => {}
            Role::Paragraph => self.begin_paragraph(false),
            // The sign of a title stands inside its paragraph.
            Role::Heading if self.roles.contains(&Role::Paragraph) => self.is_heading = true,
            Role::Heading => self.begin_paragraph(true),
            Role::Table => self.writer().paragraph(),
            Role::Row => self.writer().begin_row(),
            Role::Cell => self.writer().begin_cell(),
            Role::Break => self.writer().line_break(),
            Role::Blank => self.writer().text(" "),
            Role::Hyphen => self.writer().text("-"),
            Role::Transparent => {}
        }
    }

    fn close(&mut self) {
        let role = self.roles.pop().unwrap_or(Role::Transparent);
        match role {
            Role::Hidden => self.hidden -= 1,
            Role::Text => self.texts -= 1,
            Role::Note | Role::Box => {
                let text = self.writers.pop().map(Writer::finish).filter(|text| !text.is_empty() && self.hidden == 0);
                if role == Role::Note { self.notes.extend(text) } else { self.boxes.extend(text) }
            }
            _ if self.hidden > 0 => {}
            Role::Heading if self.roles.contains(&Role::Paragraph) => {}
            Role::Paragraph | Role::Heading => self.end_paragraph(),
            Role::Table => self.writer().paragraph(),
            Role::Cell => self.writer().end_cell(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, is_heading: bool) {
        self.writer().paragraph();
        if self.writers.len() == 1 {
            self.is_heading = is_heading;
            self.start = self.writers[0].written().len();
        }
    }

    fn end_paragraph(&mut self) {
        if self.writers.len() == 1 {
            if self.is_heading && self.heading.is_empty() {
                self.heading = self.writers[0].written()[self.start..].trim().to_string();
            }
            self.writers[0].paragraph();
            self.flush();
        } else {
            self.writer().paragraph();
        }
    }

    fn flush(&mut self) {
        for text in std::mem::take(&mut self.boxes) {
            self.writers[0].block(&text);
        }
    }

    /// Where text goes now: there is always one.
    fn writer(&mut self) -> &mut Writer {
        let last = self.writers.len() - 1;
        &mut self.writers[last]
    }
}
