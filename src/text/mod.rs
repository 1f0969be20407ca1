//! From text to terms, one file a stage: normalize → token → lexicon (stem, cue classes) → n-grams and frames.

mod analyzer;
mod cues;
mod frame;
mod key;
mod lexicon;
pub mod near_duplicate;
mod ngram;
mod normalize;
mod reading;
pub mod sentence;
mod stem;
mod token;

pub use analyzer::{Analyzer, Families, Family, Session, Settings, TermSink, UnknownFamily};
pub use normalize::normalize;
pub use stem::STEMMER;
pub use token::{Token, TokenKind, Tokens, tokens};
