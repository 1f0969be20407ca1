//! From rows to bytes, one file a format.

mod compression;
mod csv;
mod jsonl;

pub use compression::Compression;
pub use csv::CsvEncoder;
pub use jsonl::JsonLinesEncoder;

use crate::row::Field;

/// A table format.
pub trait Encode: Sync {
    /// What stands before the first row.
    fn header(&self, columns: &[String]) -> Vec<u8>;

    /// Starts a run of rows whose fields are in the order of `columns`. Runs stand alone, so that any thread can
    /// encode any of them.
    fn rows<'a>(&self, columns: &'a [String]) -> Box<dyn Rows + 'a>;
}

/// A run of encoded rows.
pub trait Rows {
    /// Adds one field to the row.
    fn field(&mut self, field: Field<'_>);

    /// Ends the row.
    fn end(&mut self);

    /// The number of bytes of all rows so far; asked between rows.
    fn length(&mut self) -> usize;

    /// The bytes of all rows of the run.
    fn finish(self: Box<Self>) -> Vec<u8>;
}
