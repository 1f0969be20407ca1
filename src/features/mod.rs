//! From terms to numbers: vocabulary, sparse rows, TF-IDF, selection. Receives terms and knows no text.

mod select;
mod sparse;
mod tfidf;
mod vocabulary;

pub use select::chi_squared;
pub use sparse::{Row, SparseRows};
pub use tfidf::{Block, RowBuilder, TfIdf, TfIdfSettings};
pub use vocabulary::{Interner, Vocabulary};
