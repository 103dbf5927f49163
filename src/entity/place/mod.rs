//! PLACES: the divisions of China down to townships, where their names stand in a text, and which division a mention
//! means.
//!
//! [`Gazetteer`] knows codes, names and parents; `find` sees its names in a text, `link` chooses among namesakes by
//! everything else that the document says, `levels` says what a mention is counted under. Which spans are places is
//! for others to say.

mod division;
mod find;
mod gazetteer;
mod kind;
mod levels;
mod link;
mod names;
mod options;
#[cfg(test)]
mod tests;
mod votes;

pub use division::{Division, Level};
pub use find::{Found, Safety};
pub(super) use gazetteer::LISTS;
pub use gazetteer::{Candidate, Form, Gazetteer};
pub use levels::levels;
pub(crate) use link::{Linkable, link};
