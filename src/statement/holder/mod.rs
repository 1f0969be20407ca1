//! Whose willingness is at stake in a statement, and with whom it would talk.

mod office;
mod organisation;
mod reading;
mod source;
mod stakes;
mod subject;

pub use source::Stakes;
pub use stakes::{Said, fill_stakes, holder};
