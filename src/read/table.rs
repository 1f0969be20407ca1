//! CSV with a header: rows with their lines, bad rows told apart from good ones.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::Skipped;

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
        wanted: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// The input cannot be read.
    #[error("{file}: {error}")]
    Input {
        /// The file.
        file: String,
        /// What reading said.
        #[source]
        error: io::Error,
    },
    /// The header is not CSV.
    #[error("{file}: the header cannot be read: {error}")]
    Header {
        /// The file.
        file: String,
        /// What the CSV reader said.
        #[source]
        error: csv::Error,
    },
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Bytes of the table up to here.
    pub bytes: u64,
    fields: csv::StringRecord,
}

impl Record {
    /// The field in column `column`; empty beyond the last.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or_default()
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.fields.iter()
    }
}

/// A table that is being read.
pub struct Table<'a> {
    file: String,
    columns: Vec<String>,
    reader: csv::Reader<Watched<'a>>,
    seen: Rc<Cell<Seen>>,
    done: bool,
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("file", &self.file)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// What has come by so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    quotes: u64,
    end: bool,
}

/// Counts quotation marks, and tries again when a signal interrupts.
struct Watched<'a> {
    input: Box<dyn Read + 'a>,
    seen: Rc<Cell<Seen>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => return Err(error),
                Ok(count) => {
                    let marks = buffer.iter().take(count).filter(|&&b| b == b'"').count();
                    let quotes = self.seen.get().quotes + marks as u64;
                    self.seen.set(Seen { quotes, end: count == 0 });
                    return Ok(count);
                }
            }
        }
    }
}

/// Opens a table in UTF-8. `file` is what messages call it.
///
/// # Errors
/// If it is empty or its header cannot be read.
pub fn table<'a>(file: &str, input: impl Read + 'a) -> Result<Table<'a>, TableError> {
    let seen = Rc::new(Cell::new(Seen::default()));
    let watched = Watched { input: Box::new(input), seen: Rc::clone(&seen) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(watched);
    let header = match reader.headers() {
        Ok(header) => header,
        Err(error) if error.is_io_error() => {
            return Err(TableError::Input { file: file.to_owned(), error: error.into() });
        }
        Err(error) => return Err(TableError::Header { file: file.to_owned(), error }),
    };
    let columns: Vec<String> = header.iter().map(|c| c.trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err(TableError::Empty(file.to_owned()));
    }
    Ok(Table { file: file.to_owned(), columns, reader, seen, done: false })
}

impl Table<'_> {
    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What messages call the table.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The place of a column.
    #[must_use]
    pub fn find(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.eq_ignore_ascii_case(column))
    }

    /// The place of a column that must be there.
    ///
    /// # Errors
    /// If it is not; the message names the columns that are.
    pub fn need(&self, column: &'static str) -> Result<usize, TableError> {
        self.find(column).ok_or_else(|| TableError::Column {
            file: self.file.clone(),
            wanted: column,
            found: self.columns.join(", "),
        })
    }

    fn skipped(&self, line: u64, reason: String) -> Skipped {
        Skipped { file: self.file.clone(), line: Some(line), reason }
    }

    fn read(&mut self) -> Option<Result<Record, Skipped>> {
        let line = self.reader.position().line();
        let mut record = csv::StringRecord::new();
        let found = match self.reader.read_record(&mut record) {
            Ok(found) => found,
            Err(error) => {
                self.done = error.is_io_error();
                let line = error.position().map_or(line, csv::Position::line);
                return Some(Err(self.skipped(line, why(&error))));
            }
        };
        if !found {
            return None;
        }
        let line = record.position().map_or(line, csv::Position::line);
        let bytes = self.reader.position().byte();
        let last = record.get(record.len().saturating_sub(1)).unwrap_or_default();
        let ragged = record.len() != self.columns.len();
        let Seen { quotes, end } = self.seen.get();
        if end && quotes % 2 == 1 && (last.contains('\n') || ragged) {
            let reason =
                "a quotation mark that opens here is never closed; all from here on was left out".to_owned();
            return Some(Err(self.skipped(line, reason)));
        }
        if record.len() != self.columns.len() {
            let (found, wanted) = (record.len(), self.columns.len());
            let start: String = record.iter().next().unwrap_or_default().chars().take(40).collect();
            let reason =
                format!("the row has {found} fields, the header {wanted} (it begins with {start:?})");
            return Some(Err(self.skipped(line, reason)));
        }
        Some(Ok(Record { line, bytes, fields: record }))
    }
}

/// What is wrong with a row, without the place, which the message has already.
fn why(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => format!("field {} is not UTF-8", err.field() + 1),
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

impl Iterator for Table<'_> {
    type Item = Result<Record, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let item = self.read();
        self.done |= item.is_none();
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<Vec<String>, String>> {
        table("t.csv", text.as_bytes())
            .unwrap()
            .map(|r| r.map(|r| r.iter().map(str::to_owned).collect()).map_err(|s| s.to_string()))
            .collect()
    }

    #[test]
    fn good_rows_come_through_around_a_ragged_one() {
        let found = rows("a,b\n1,2\n3\n\"4\n5\",6\n");
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[1],
            Err("t.csv:3: the row has 1 fields, the header 2 (it begins with \"3\")".into())
        );
        assert_eq!(found[2], Ok(vec!["4\n5".into(), "6".into()]));
    }

    #[test]
    fn an_unclosed_quotation_mark_is_told_with_its_line() {
        let found = rows("a,b\n1,2\n3,\"four\n5,6\n");
        assert!(found[1].as_ref().unwrap_err().starts_with("t.csv:3: a quotation mark"), "{found:?}");
        assert_eq!(rows("a,b\n5\" pipe,x\n"), [Ok(vec!["5\" pipe".into(), "x".into()])]);
    }

    #[test]
    fn empty_tables_and_missing_columns_are_refused() {
        assert!(table("t.csv", &b""[..]).unwrap_err().to_string().contains("t.csv: the file is empty"));
        let error = table("t.csv", &b"id,words\n"[..]).unwrap().need("text").unwrap_err().to_string();
        assert_eq!(error, "t.csv: there is no column \"text\"; the columns are id, words");
    }
}
