//! A row of a table, and why a table has none.

use std::io;

/// Why a table cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No byte, or blanks only.
    #[error("{0}: the file is empty; a table needs a header")]
    Empty(String),
    /// A needed column is not there.
    #[error("{file}: there is no column {wanted:?}; the columns are {found}")]
    Column {
        /// The file.
        file: String,
        /// The needed column.
        wanted: String,
        /// The columns that are there.
        found: String,
    },
    /// A needed column stands in two places.
    #[error("{file}: the column {column:?} stands twice in the header: rename one")]
    Twice {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// The input cannot be read.
    #[error("{file}: {error}")]
    Input {
        /// The file.
        file: String,
        /// What reading said.
        error: io::Error,
    },
    /// The first object of JSON Lines, whose keys are the columns, is none.
    #[error("{file}:{line}: the first object cannot be read: {reason}")]
    Object {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The header is not CSV.
    #[error("{file}: the header cannot be read: {error}")]
    Header {
        /// The file.
        file: String,
        /// What the CSV reader said.
        error: csv::Error,
    },
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, from 1; in a Parquet file, which has no lines, the row.
    pub line: u64,
    /// Bytes of the table up to here.
    pub bytes: u64,
    pub(super) fields: csv::StringRecord,
}

impl Record {
    /// A row of these fields that begins on `line`.
    #[must_use]
    pub fn new<S: AsRef<str>>(line: u64, fields: &[S]) -> Self {
        let fields = csv::StringRecord::from(fields.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
        Self { line, bytes: fields.as_slice().len() as u64, fields }
    }

    /// The field in column `column`; empty beyond the last.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or_default()
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.fields.iter()
    }

    /// All fields as one string without borders: what a digest is made of, with [`Record::ends`].
    #[must_use]
    pub fn joined(&self) -> &str {
        self.fields.as_slice()
    }

    /// Where each field ends in [`Record::joined`].
    pub fn ends(&self) -> impl Iterator<Item = usize> {
        (0..self.fields.len()).filter_map(|i| self.fields.range(i)).map(|range| range.end)
    }
}
