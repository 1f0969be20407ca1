//! From rows to bytes, one file a format.

mod csv;
mod jsonl;

pub use csv::CsvEncoder;
pub use jsonl::JsonLinesEncoder;

use crate::row::Field;

/// A table format. Encoders keep no state, so that any thread can encode any row.
pub trait Encode: Sync {
    /// What stands before the first row.
    fn header(&self, columns: &[String]) -> Vec<u8>;

    /// Adds one row, whose fields are in the order of `columns`, to `out`.
    fn row(&self, columns: &[String], fields: &[Field], out: &mut Vec<u8>);
}
