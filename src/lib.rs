//! demarche reads the news and says who is open to talks, on what conditions, and who refuses.

pub mod article;
pub mod batch;
pub mod check;
pub mod day;
pub mod eval;
pub mod features;
pub mod figures;
pub mod grouping;
pub mod model;
mod pages;
pub mod random;
pub mod read;
pub mod report;
pub mod row;
pub mod shape;
pub mod span;
pub mod stance;
pub mod statement;
pub mod text;
pub mod write;
