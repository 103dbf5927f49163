//! Text out of markup: blanks as a browser shows them, a blank line between paragraphs, a tab after each cell.
//!
//! A tab also ends the last cell of a row, so that no phrase runs from one row into the next.

/// Writes text with the gaps between its parts.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    gap: Gap,
    /// How deep in cells and in preformatted text.
    cells: usize,
    /// Where the last cell begins.
    cell: usize,
    preformatted: usize,
}

#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Blank,
    /// A blank that stands where the source only breaks its line.
    Break,
    Line,
    Paragraph,
}

impl Writer {
    /// Adds text; blanks in a row become one, and none is put between Han characters where the source breaks its line.
    /// Wide blanks and those that do not break are characters of the author's.
    pub(super) fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.fill_gap(' ');
            return self.text.push_str(text);
        }
        if self.gap == Gap::Line && text.trim_start_matches(['\n', '\r', '\t', ' ']).starts_with(['\u{3000}', '\u{A0}'])
        {
            // A line break with an indent begins a paragraph.
            self.gap = Gap::Paragraph;
        }
        for c in text.chars() {
            let gap = match c {
                '\n' | '\r' => Gap::Break,
                c if is_blank(c) => Gap::Blank,
                _ => {
                    self.fill_gap(c);
                    self.text.push(c);
                    continue;
                }
            };
            self.widen(if self.gap == Gap::Break { Gap::Break } else { gap });
        }
    }

    /// `<br>`: two of them end a paragraph.
    pub(super) fn line_break(&mut self) {
        self.widen(if self.gap == Gap::Line { Gap::Paragraph } else { Gap::Line });
    }

    /// The edge of a block.
    pub(super) fn paragraph(&mut self) {
        // A cell that is a paragraph begins on its row.
        if self.cells == 0 || self.text.len() > self.cell {
            self.widen(if self.cells > 0 { Gap::Line } else { Gap::Paragraph });
        }
    }

    /// A new row of a table.
    pub(super) fn begin_row(&mut self) {
        self.widen(Gap::Line);
    }

    /// A new cell.
    pub(super) fn begin_cell(&mut self) {
        self.fill_gap('\t');
        self.cells += 1;
        self.cell = self.text.len();
    }

    /// A cell ends, an empty one, too.
    pub(super) fn end_cell(&mut self) {
        self.cells = self.cells.saturating_sub(1);
        self.gap = Gap::None;
        self.text.push('\t');
    }

    pub(super) fn begin_preformatted(&mut self) {
        self.paragraph();
        self.preformatted += 1;
    }

    pub(super) fn end_preformatted(&mut self) {
        self.preformatted = self.preformatted.saturating_sub(1);
        self.paragraph();
    }

    /// Adds a text that is laid out already, as paragraphs of its own.
    #[cfg(feature = "formats")]
    pub(super) fn block(&mut self, text: &str) {
        self.paragraph();
        if let Some(first) = text.chars().next() {
            self.fill_gap(first);
            self.text.push_str(text);
        }
        self.paragraph();
    }

    /// What is written so far.
    #[cfg(feature = "formats")]
    pub(super) fn written(&self) -> &str {
        &self.text
    }

    /// The text, without blanks at its edges.
    pub(super) fn finish(self) -> String {
        if self.text.trim().is_empty() {
            String::new()
        } else {
            self.text.trim_end().trim_start_matches(['\n', ' ']).to_string()
        }
    }

    fn widen(&mut self, gap: Gap) {
        if gap > self.gap {
            self.gap = gap;
        }
    }

    fn fill_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let is_wide = |c: char| c >= '\u{2E80}';
        match (gap, self.text.chars().next_back()) {
            (_, None) | (Gap::None, _) | (Gap::Blank | Gap::Break, Some('\n' | '\t')) => {}
            (Gap::Break, Some(last)) if is_wide(last) && is_wide(next) => {}
            (Gap::Blank | Gap::Break, _) => self.text.push(' '),
            (Gap::Line, Some('\n')) => {}
            (Gap::Line, _) => self.text.push('\n'),
            (Gap::Paragraph, Some('\n')) if self.text.ends_with("\n\n") => {}
            (Gap::Paragraph, Some('\n')) => self.text.push('\n'),
            (Gap::Paragraph, _) => self.text.push_str("\n\n"),
        }
    }
}

/// The blanks that markup does not mean.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{C}' | '\u{FEFF}')
}
