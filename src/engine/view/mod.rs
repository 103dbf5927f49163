//! VIEWS OVER MANY HITS: all documents that a query means, counted, listed or quoted, on one snapshot each.
//!
//! Every view begins with [`Engine::select`](crate::Engine) and reads columns rather than texts where those are enough.

mod calendar;
mod cite;
mod counting;
mod export;
mod facets;
mod histogram;
mod tally;
mod verify;

pub use calendar::{Period, Unit};
pub use cite::Citation;
pub use export::{Export, ExportHeader, Exported};
pub use facets::{Facet, FacetCounts, FacetValue};
pub use histogram::{Apart, Bar, Histogram, HistogramRequest, Periods};
pub use verify::{FileStanding, Quotation, Standing, Verdict};

pub(super) use facets::count;
