//! What order hits can be asked for in, and what may follow behind the exact ones, as typed and as meant.

use clap::{Args, ValueEnum};
use xunzhang::{Relax, SearchRequest, Sort};

use crate::figures::parse_share;

/// The order of hits.
#[derive(Args)]
pub struct Order {
    /// The order
    #[arg(long, value_enum, default_value_t = SortName::Relevance)]
    sort: SortName,
    /// What the oldest articles lose of their score, 0 to 1: half of it after a year
    #[arg(long, value_name = "WEIGHT", value_parser = parse_share, default_value_t = 0.0)]
    recency: f32,
}

impl Order {
    /// Tells a request.
    pub fn order(&self, request: &mut SearchRequest) {
        (request.sort, request.recency) = (self.sort.meant(), self.recency);
    }
}

/// What can be typed for it.
#[derive(Clone, Copy, ValueEnum)]
enum SortName {
    /// The best first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
    /// The best of late: a month takes half of the score
    Hot,
}

impl SortName {
    fn meant(self) -> Sort {
        match self {
            Self::Relevance => Sort::Relevance,
            Self::Newest => Sort::Newest,
            Self::Oldest => Sort::Oldest,
            Self::Hot => Sort::Hot,
        }
    }
}

/// What can be typed for it.
#[derive(Clone, Copy, ValueEnum)]
pub enum RelaxName {
    Never,
    Auto,
    Always,
}

impl RelaxName {
    /// When near answers follow.
    pub fn meant(self) -> Relax {
        match self {
            Self::Never => Relax::Never,
            Self::Auto => Relax::Auto,
            Self::Always => Relax::Always,
        }
    }
}
