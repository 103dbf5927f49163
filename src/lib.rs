//! Full-text search for Chinese articles: complete by construction, ranked by words, with the sentence marked.
//!
//! ```
//! use xunzhang::{Document, Engine, SearchRequest};
//!
//! let engine = Engine::in_memory()?;
//! engine.ingest([Document::new("1", "工作會議", "五龍鎮(zhèn)脫貧攻堅(jiān)工作推進會。")])?;
//! let response = engine.search(&SearchRequest::new("脱贫攻坚"))?;
//! let snippet = &response.hits[0].snippets[0];
//! assert_eq!(snippet.text, "五龍鎮脫貧攻堅工作推進會。");
//! assert_eq!(&snippet.text[snippet.marks[0].bytes.clone()], "脫貧攻堅");
//! # Ok::<(), xunzhang::Error>(())
//! ```
//!
//! The modules in reading order: [`engine`] conducts, [`document`] is what all speak of, [`analysis`] turns text into
//! unigrams and words, [`entity`] recognises whom and what texts name, [`corpus`] reads files, [`query`] reads what was asked, [`index`] keeps documents and finds
//! them, [`snippet`] marks the passages, [`explain`] says why a document is a hit and why it is none.

pub mod analysis;
#[cfg(feature = "files")]
pub mod corpus;
pub mod document;
pub mod engine;
pub mod entity;
mod error;
pub mod explain;
pub mod index;
pub mod query;
pub mod snippet;

pub use document::{DateSpan, Day, Document, Loss, Origin};
pub use engine::{Against, Changes, Earliest, OtherPrintings, Printing, Reprints};
pub use engine::{
    Analysis, Branch, Completion, Component, Coverage, DictionaryChange, Engine, EngineOptions, Explanation, Forgotten,
    Hit, Ingest, IngestReport, Limit, Progress, RankChanges, Reason, Relax, SearchRequest, SearchResponse, Shown,
    Snippets, Stats, Suggestion, Summary, TermCause, Total, Undated, Understanding,
};
pub use engine::{
    Apart, Bar, Citation, Collocate, CollocationOptions, Collocations, CompareOptions, Comparison, Concordance,
    ConcordanceLine, Counting, Difference, Export, ExportHeader, Exported, Facet, FacetCounts, FacetValue,
    FileStanding, Histogram, HistogramRequest, Keyness, KeynessOptions, Keyword, KwicOptions, KwicSort, Period,
    Periods, Quotation, Side, Standing, Unit, Verdict, ViewSummary,
};
pub use engine::{EntityPage, EntityRequest, Mentioning, Met, Named, TermsChange, Title, Variant};
#[cfg(feature = "files")]
pub use engine::{FolderStatus, SkippedFile};
pub use error::Error;
pub use index::Sort;
pub use snippet::{Mark, Snippet};
