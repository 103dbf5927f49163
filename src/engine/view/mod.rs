//! VIEWS OVER ALL HITS: what a search shows of the best, these count, list or quote over every document that a query
//! means, each on one snapshot.
//!
//! Each view is one file and starts from a `Selection`. [`kwic`](Engine::kwic) lists every occurrence in its context,
//! [`collocations`](Engine::collocations) the words that stand near, [`keyness`](Engine::keyness) the words that mark the
//! hits, [`compare`](Engine::compare) two answers, [`histogram`](Engine::histogram) counts over time, `facets` by value,
//! [`export`](Engine::export) writes all of it, [`cite`](Engine::cite) and [`verify`](Engine::verify) quote, and
//! [`more_like`](Engine::more_like) asks for articles like one. What an occurrence is stands in `occurrences` alone;
//! [`association`] has the formulas. A word here is one of two characters or more, as the index has it. What columns tell
//! is never read from texts.

pub mod association;
mod calendar;
mod cite;
mod collocations;
mod compare;
mod counting;
mod entity;
mod export;
mod facets;
mod histogram;
mod keyness;
mod kwic;
mod lines;
mod more_like;
mod near;
mod occurrences;
mod reading;
mod reprints;
mod summary;
mod tally;
mod verify;
mod written;

pub use calendar::{Period, Unit};
pub use cite::Citation;
pub use collocations::{Collocate, CollocationOptions, Collocations};
pub use compare::{CompareOptions, Comparison, Difference, Side};
pub use entity::{EntityPage, EntityRequest, Mentioning, Met, Title, Variant};
pub use export::{Export, ExportHeader, Exported};
pub use facets::{Facet, FacetCounts, FacetValue, Named};
pub use histogram::{Apart, Bar, Histogram, HistogramRequest, Periods};
pub use keyness::{Keyness, KeynessOptions, Keyword};
pub use kwic::{Concordance, ConcordanceLine, KwicOptions, KwicSort};
pub use occurrences::Counting;
pub use reprints::{Against, Changes, Printing, Reprints};
pub use summary::ViewSummary;
pub use verify::{FileStanding, Quotation, Standing, Verdict};

pub(super) use facets::count;
