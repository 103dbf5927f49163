//! What the program says beside its data: notes and errors, on the standard error, in the user's language, with hostile
//! text made harmless.

use std::io::Write;

use crate::escape;
use crate::language::Language;
use crate::messages::Message;
use crate::terminal::Colours;

/// How to talk.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    /// The language of messages.
    pub language: Language,
    /// When to colour what is shown.
    pub colours: Colours,
}

impl Talk {
    /// A message in the user's language.
    pub fn text(self, message: Message<'_>) -> String {
        message.text(self.language)
    }

    /// Says something plain.
    pub fn say(self, text: &str) {
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{}", escape::lines(text));
    }

    /// Says a message.
    pub fn tell(self, message: Message<'_>) {
        self.say(&self.text(message));
    }

    /// Says something that may matter.
    pub fn note(self, text: &str) {
        self.say(&format!("xunzhang: {}{text}", self.language.pick("note: ", "提示：")));
    }

    /// Says what went wrong.
    pub fn error(self, error: &anyhow::Error) {
        let text = match error.downcast_ref() {
            Some(xunzhang::Error::Cancelled { committed }) => self.text(Message::Cancelled { committed: *committed }),
            _ => format!("{error:#}"),
        };
        self.say(&format!("xunzhang: {}{text}", self.language.pick("error: ", "错误：")));
    }
}
