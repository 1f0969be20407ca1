//! Whose willingness is at stake in a statement, and with whom it would talk.

mod office;
mod organisation;
mod reading;
mod source;
mod stakes;
mod subject;

pub use stakes::{Said, Stakes, fill_stakes, holder};
