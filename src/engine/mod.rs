//! THE TWO CONDUCTORS: [`ingest`](Engine::ingest) and [`search`](Engine::search). Read these first.
//!
//! An [`Engine`] joins the parts: documents go through the analysis into an index, queries through parser, index,
//! order and snippets into a response. It is cheap to clone, shared between threads, and has no global state.

mod body;
mod clock;
mod collapse;
mod entry;
mod expand;
mod explanation;
mod families;
#[cfg(feature = "files")]
mod folder;
mod forget;
mod grouped;
mod guard;
mod hits;
mod ingest;
mod learn;
mod ledger;
mod naming;
mod open;
mod rank;
mod recognised;
mod recut;
mod relax;
mod report;
mod request;
mod response;
mod run;
mod search;
mod select;
mod show;
mod subject;
mod suggest;
mod terms;
mod understand;
mod unindexed;
mod view;
mod why;
mod words;

pub use explanation::{Explanation, TermCause};
#[cfg(feature = "files")]
pub use folder::{FolderStatus, SkippedFile};
pub use forget::Forgotten;
pub use ingest::{Ingest, IngestReport, Progress};
pub use open::{Engine, EngineOptions};
pub use rank::Component;
pub use recut::{DictionaryChange, RankChanges};
pub use report::Stats;
pub use request::{Limit, Relax, SearchRequest, Snippets, Undated};
pub use response::{Coverage, Earliest, Hit, OtherPrintings, SearchResponse, Summary, Total};
pub use show::{Analysis, Shown};
pub use suggest::{Completion, Reason, Suggestion};
pub use terms::TermsChange;
pub use understand::{Branch, Understanding};
pub use view::association;
pub use view::{Against, Changes, Printing, Reprints};
pub use view::{
    Apart, Bar, Citation, Export, ExportHeader, Exported, Facet, FacetCounts, FacetValue, FileStanding, Histogram,
    HistogramRequest, Named, Period, Periods, Quotation, Standing, Unit, Verdict,
};
pub use view::{
    Collocate, CollocationOptions, Collocations, CompareOptions, Comparison, Concordance, ConcordanceLine, Counting,
    Difference, Keyness, KeynessOptions, Keyword, KwicOptions, KwicSort, Side, ViewSummary,
};
pub use view::{EntityPage, EntityRequest, Mentioning, Met, Title, Variant};
