//! Articles and statements in, scored rows out: in input order, on all cores.

mod job;
mod layout;
mod pipeline;
mod review;
mod score;

pub use job::{Job, StatementPlaces, StatementRow};
pub use layout::{Layout, UnknownColumn};
pub use pipeline::{Pipeline, Stopped, ordered};
pub use review::review_header;
pub use score::{Bench, Block, Scoring};
