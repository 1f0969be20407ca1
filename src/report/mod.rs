//! Figures and rows turned into something to read.

mod card;
pub mod evaluation;
mod explanation;
pub mod svg;

pub use card::card;
pub use explanation::explanation_page;
