//! From terms to numbers: vocabulary, sparse rows, TF-IDF, statistics by class. Receives terms and knows no text.

mod class_counts;
mod interner;
mod sparse;
mod table;
mod tfidf;
mod vocabulary;

pub use class_counts::{chi_squared, log_count_ratios};
pub use interner::Interner;
pub use sparse::{Row, SparseRows};
pub use table::{ABSENT, Keyed, Lookup, TermTable};
pub use tfidf::{Block, Column, RowBuilder, TfIdf, TfIdfSettings};
pub use vocabulary::{Names, Vocabulary};
