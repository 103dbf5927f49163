//! Documents of word processors and books, which are ZIPs of XML: `.docx`, `.odt`, `.epub`.
//!
//! `package` reads the parts, `flow` walks the text of one; one file a kind says what its elements are. Two crates are
//! enough for all three, zip and quick-xml: docx-rs and its like build a model to write documents with, and leave out
//! text boxes and notes; the crate epub is under the GPL.

pub(super) mod docx;
pub(super) mod epub;
mod flow;
pub(super) mod odt;
mod package;
