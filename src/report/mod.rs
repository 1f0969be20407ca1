//! Figures and rows turned into something to read.

mod card;
pub mod evaluation;
pub mod svg;

pub use card::card;
