//! xunzhang
pub mod analysis;
#[cfg(feature = "files")]
pub mod corpus;
pub mod document;
pub mod query;
pub use document::{DateSpan, Day, Document, Loss, Origin};
