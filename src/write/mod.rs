//! From rows to bytes, one file a format.

mod compression;
mod csv;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;

pub use compression::Compression;
pub use csv::CsvEncoder;
pub use jsonl::JsonLinesEncoder;
#[cfg(feature = "parquet")]
pub use parquet::{Columns, ParquetEncoder};

use std::io;

use crate::row::Field;

/// A table format.
pub trait Encode: Sync {
    /// What stands before the first row.
    fn header(&self, columns: &[String]) -> Vec<u8>;

    /// Starts a run of rows whose fields are in the order of `columns`. Runs stand alone, so that any thread can
    /// encode any of them.
    fn rows<'a>(&self, columns: &'a [String]) -> Box<dyn Rows + 'a>;

    /// What makes a file of runs of rows, in formats whose files are more than a header and runs after one another.
    fn assembler(&self, _columns: &[String]) -> Option<io::Result<Box<dyn Assemble>>> {
        None
    }
}

/// A file that is made of runs of rows in their order. Its bytes cannot be cut and continued.
pub trait Assemble {
    /// Adds a run; what is certain of the file by now is appended to `out`.
    ///
    /// # Errors
    /// If the run is of other columns.
    fn add(&mut self, rows: &[u8], out: &mut Vec<u8>) -> io::Result<()>;

    /// Appends the rest of the file to `out`.
    ///
    /// # Errors
    /// If the format refuses.
    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()>;
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
