//! demarche reads the news and says who is open to talks, on what conditions, and who refuses.

pub mod article;
pub mod batch;
pub mod features;
pub mod model;
pub mod read;
pub mod row;
pub mod span;
pub mod stance;
pub mod statement;
pub mod text;
pub mod write;
