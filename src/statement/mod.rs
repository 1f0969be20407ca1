//! Finds the statements of an article: direct quotes, reported speech and the reporter's own sentences.

mod assemble;
mod lexicon;
mod name;
mod phrase;
mod quote;
mod reported;
mod speaker;
mod token;
mod unit;

pub use assemble::extract;
