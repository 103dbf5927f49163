//! What is attached to a letter: files of formats that are read, archives and forwarded letters among them. Pictures and
//! what else is no text are no skips, since hardly a letter comes without a logo.

use std::collections::HashMap;
use std::io::Cursor;
use std::iter::once;
use std::sync::Arc;

use mail_parser::{Message, MimeHeaders, PartType};

use super::super::archive;
use super::super::compress::{Budget, Opened};
use super::super::reader::Reading;
use super::super::skip::Skip;
use super::mail::bytes;
use super::{Items, ending, is_known, read};
use crate::document::{Document, Origin};

/// Name of a forwarded letter that has none.
const FORWARDED: &str = "message.eml";

/// The letter that something is attached to.
pub(super) struct Letter {
    pub origin: Origin,
    pub reading: Reading,
    /// How deep its attachments lie.
    pub depth: u8,
    pub budget: Arc<Budget>,
}

/// Name and bytes of each attachment that is read.
pub(super) fn attached(message: &Message<'_>) -> Vec<(String, Vec<u8>)> {
    let mut names: HashMap<String, u64> = HashMap::new();
    let named = message.attachments().filter_map(|part| {
        let is_letter = matches!(part.body, PartType::Message(_));
        let name = part.attachment_name().map(plain).or_else(|| is_letter.then(|| FORWARDED.to_string()))?;
        let ending = ending(&name);
        let is_read = is_letter || is_known(&ending) || archive::is_promised(&ending);
        // What cannot be decoded is told by its reader.
        is_read.then(|| (name, bytes(part, message).unwrap_or_default()))
    });
    let apart = named.map(|(name, bytes)| {
        let number = names.entry(name.clone()).and_modify(|number| *number += 1).or_insert(1);
        // Two of one name are told apart as if each lay in a folder.
        (if *number == 1 { name } else { format!("{number}/{name}") }, bytes)
    });
    apart.collect()
}

/// A name without the folders that it may claim.
fn plain(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).trim().to_string()
}

impl Letter {
    /// The documents of what is attached, one attachment after another: an archive among them is a thread while it is read.
    pub fn documents(self, attached: Vec<(String, Vec<u8>)>) -> impl Iterator<Item = Result<Document, Skip>> + Send {
        attached.into_iter().flat_map(move |(name, bytes)| self.open(&name, bytes))
    }

    fn open(&self, name: &str, bytes: Vec<u8>) -> Items {
        let (origin, size) = (self.origin.inside(name), Some(bytes.len() as u64));
        let opened = Opened::entry(Box::new(Cursor::new(bytes)), size, name, self.depth, Arc::clone(&self.budget));
        let items = opened.and_then(|opened| read(opened, &origin, &self.reading));
        items.unwrap_or_else(|fault| Box::new(once(Err(Skip::new(&origin, None, fault)))))
    }
}
