//! demarche reads the news and says who is open to talks, on what conditions, and who refuses.

pub mod article;
pub mod span;
pub mod stance;
pub mod statement;
pub mod text;
