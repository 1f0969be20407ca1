//! Articles and statements in, scored rows out: in input order, on all cores.

mod pipeline;
mod score;

pub use pipeline::{Pipeline, Stopped, ordered};
pub use score::{Block, Job, Scoring, StatementPlaces, StatementRow};
