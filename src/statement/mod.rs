//! Finds the statements of an article: direct quotes, reported speech and the reporter's own sentences.

mod assemble;
mod clause;
mod follows;
mod lexicon;
mod name;
mod phrase;
mod quote;
mod reported;
mod speaker;
mod token;
mod unit;
mod verb;

pub use assemble::extract;
