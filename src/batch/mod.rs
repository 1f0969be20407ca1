//! Articles and statements in, scored rows out: in input order, on all cores.

#[cfg(feature = "parquet")]
mod arrow;
mod job;
mod layout;
mod pipeline;
mod review;
mod score;

#[cfg(feature = "parquet")]
pub use arrow::score_batch;
pub use job::{Job, StatementPlaces, StatementRows};
pub use layout::{ChoiceError, Layout};
pub use pipeline::{Gone, Pipeline, Stopped, ordered, results};
pub use review::review_header;
pub use score::{Bench, Block, Scoring};
