//! What is attached to a letter: files of formats that are read, archives and forwarded letters among them. Pictures and
//! what else is no text are no skips, since hardly a letter comes without a logo.

use std::collections::HashMap;
use std::io::Cursor;
use std::iter::once;
use std::sync::Arc;

use mail_parser::{Message, MimeHeaders, PartType};

use super::super::archive::{self, DEEPEST};
use super::super::compress::{Budget, Opened};
use super::super::reader::Reading;
use super::super::skip::Skip;
use super::mail::bytes;
use super::{Items, ending, is_known, read};
use crate::document::Origin;

/// Name of a forwarded letter that has none.
const FORWARDED: &str = "message.eml";

/// The letter that something is attached to.
pub(super) struct Letter<'a> {
    pub origin: &'a Origin,
    pub reading: &'a Reading,
    /// How deep its attachments lie.
    pub depth: u8,
    pub budget: Arc<Budget>,
}

/// The documents of each attachment. Of a letter in a letter in an archive only the names are known.
pub(super) fn attached(message: &Message<'_>, letter: &Letter<'_>) -> Vec<Items> {
    if letter.depth > DEEPEST {
        return Vec::new();
    }
    let mut names: HashMap<String, u64> = HashMap::new();
    let named = message.attachments().filter_map(|part| {
        let is_letter = matches!(part.body, PartType::Message(_));
        let name = part.attachment_name().map(plain).or_else(|| is_letter.then(|| FORWARDED.to_string()))?;
        let ending = ending(&name);
        let is_read = is_letter || is_known(&ending) || archive::is_promised(&ending);
        // What cannot be decoded is told by its reader.
        is_read.then(|| (name, bytes(part, message).unwrap_or_default()))
    });
    named
        .map(|(name, bytes)| {
            let number = names.entry(name.clone()).and_modify(|number| *number += 1).or_insert(1);
            // Two of one name are told apart as if each lay in a folder.
            let name = if *number == 1 { name } else { format!("{number}/{name}") };
            letter.open(&name, bytes)
        })
        .collect()
}

/// A name without the folders that it may claim.
fn plain(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).trim().to_string()
}

impl Letter<'_> {
    fn open(&self, name: &str, bytes: Vec<u8>) -> Items {
        let entry = match &self.origin.entry {
            Some(outer) => format!("{outer}!{name}"),
            None => name.to_string(),
        };
        let origin = Origin { entry: Some(entry), ..self.origin.clone() };
        let size = Some(bytes.len() as u64);
        let opened = Opened::entry(Box::new(Cursor::new(bytes)), size, name, self.depth, Arc::clone(&self.budget));
        let items = opened.and_then(|opened| read(opened, &origin, self.reading));
        items.unwrap_or_else(|fault| Box::new(once(Err(Skip::new(&origin, None, fault)))))
    }
}
