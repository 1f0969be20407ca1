//! Whose willingness is at stake in a statement, and with whom it would talk.

mod reading;
mod source;
mod stakes;

pub use stakes::{Said, Stakes, fill_stakes, holder};
