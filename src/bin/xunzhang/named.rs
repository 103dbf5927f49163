//! Articles by their ids: also by one that was copied from where it was printed, and what is told where several have it.

use xunzhang::{Engine, Error, Shown};

use crate::escape;
use crate::exit::Exit;
use crate::messages::Message;
use crate::talk::Talk;

/// Asks by an id as typed, and where nothing has it as it may have been printed: with its control characters spelt out.
pub fn by_id<T>(id: &str, ask: impl Fn(&str) -> Result<Vec<T>, Error>) -> Result<Vec<T>, Error> {
    let unspelt = escape::unspelt(id);
    match ask(id)? {
        none if none.is_empty() && unspelt != id => ask(&unspelt),
        all => Ok(all),
    }
}

/// The one article that an id names, with what a query marks in it; where none or several have the id, that is told, and how
/// the command ends.
pub fn one(id: &str, query: Option<&str>, engine: &Engine, talk: Talk) -> Result<Result<Shown, Exit>, Error> {
    let mut named = by_id(id, |id| engine.show(id, query))?;
    Ok(match named.len() {
        0 => {
            talk.tell(Message::UnknownId { id });
            Err(Exit::Partial)
        }
        1 => Ok(named.remove(0)),
        _ => {
            let several = named.iter().map(|one| (one.id.as_str(), one.document.shown_title()));
            Err(ambiguous(id, several, talk))
        }
    })
}

/// Tells that several articles have an id: the ids that tell them apart, and their titles.
pub fn ambiguous<'a>(id: &str, several: impl Iterator<Item = (&'a str, &'a str)>, talk: Talk) -> Exit {
    talk.tell(Message::AmbiguousId { id });
    several.for_each(|(id, title)| talk.say(&format!("  {id}  {title}")));
    Exit::Failure
}
