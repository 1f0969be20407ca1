//! From text to terms, one file a stage: normalize → token → lexicon (stem, cue classes) → n-grams and frames.

mod analyzer;
pub(crate) mod bytes;
mod chain;
mod context;
mod cues;
mod facet;
mod family;
pub mod first_copies;
mod frame;
pub(crate) mod key;
mod lexicon;
mod names;
pub mod near_duplicate;
mod ngram;
mod normalize;
pub(crate) mod paragraph;
mod reading;
mod roles;
pub mod sentence;
mod stances;
mod stem;
mod surroundings;
mod token;
mod unit;
mod verdict;
mod word_table;

pub use analyzer::{Analyzer, Session, Settings, TermSink};
pub use family::{Families, Family, UnknownFamily};
pub use lexicon::Notes;
pub use normalize::normalize;
pub use stem::STEMMER;
pub(crate) use token::each_token;
pub use token::{Token, TokenKind, Tokens, tokens};
