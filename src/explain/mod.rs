//! MEANING + DOCUMENT → WHERE EACH PART STANDS, OR WHAT IS THERE INSTEAD. Pure: no index, no order.
//!
//! [`explain`] holds a document against what a query means, part by part, by the same unigrams as the index's. A part
//! that stands is shown with its places and with how their writing differs; for one that does not, the causes are
//! typed, the most telling first. Ranks, limits and near answers are left to the engine, sentences to who prints.

mod absence;
mod apart;
mod cause;
mod compare;
mod likeness;
mod named;
mod nearness;
mod number;
mod page;
mod part;
mod place;
mod recognised;
mod stream;
mod verdict;
mod words;

pub use cause::{Apart, Cause, NotIndexed};
pub use named::Named;
pub use part::{Asks, Part, Role, Standing, dates};
pub use place::{Border, Place, Through};
pub use verdict::{Verdict, explain};
