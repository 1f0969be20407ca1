//! Rows of CSV and TSV.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::Skipped;
use super::table::{Record, TableError};

/// Rows that are being read.
pub(super) struct Delimited<'a> {
    reader: csv::Reader<Watched<'a>>,
    seen: Rc<Cell<Seen>>,
    done: bool,
}

impl std::fmt::Debug for Delimited<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delimited").field("done", &self.done).finish_non_exhaustive()
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
                    // Sums of bytes, which vector registers hold many of.
                    let marks = |part: &[u8]| part.iter().map(|&b| u8::from(b == b'"')).sum::<u8>();
                    let parts = buffer.get(..count).unwrap_or_default().chunks(usize::from(u8::MAX));
                    let quotes =
                        self.seen.get().quotes + parts.map(|part| u64::from(marks(part))).sum::<u64>();
                    self.seen.set(Seen { quotes, end: count == 0 });
                    return Ok(count);
                }
            }
        }
    }
}

impl<'a> Delimited<'a> {
    /// The columns that the first row names, and the rows after it.
    pub(super) fn open(
        file: &str,
        delimiter: u8,
        input: Box<dyn Read + 'a>,
    ) -> Result<(Vec<String>, Self), TableError> {
        let seen = Rc::new(Cell::new(Seen::default()));
        let watched = Watched { input, seen: Rc::clone(&seen) };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(watched);
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
        Ok((columns, Self { reader, seen, done: false }))
    }

    /// The next row, which must have `width` fields.
    pub(super) fn next(
        &mut self,
        file: &str,
        width: usize,
        record: &mut Record,
    ) -> Option<Result<(), Skipped>> {
        if self.done {
            return None;
        }
        let item = self.read(file, width, record);
        self.done |= item.is_none();
        item
    }

    fn read(&mut self, file: &str, width: usize, record: &mut Record) -> Option<Result<(), Skipped>> {
        let line = self.reader.position().line();
        let Record { line: begins, bytes, fields: record } = record;
        let found = match self.reader.read_record(record) {
            Ok(found) => found,
            Err(error) => {
                self.done = error.is_io_error();
                let line = error.position().map_or(line, csv::Position::line);
                return Some(Err(why(file, line, &error)));
            }
        };
        if !found {
            return None;
        }
        let line = record.position().map_or(line, csv::Position::line);
        (*begins, *bytes) = (line, self.reader.position().byte());
        let last = record.get(record.len().saturating_sub(1)).unwrap_or_default();
        let ragged = record.len() != width;
        let Seen { quotes, end } = self.seen.get();
        let start = record.get(0).unwrap_or_default();
        if end && quotes % 2 == 1 && (last.contains('\n') || ragged) {
            let reason =
                "a quotation mark that opens here is never closed; all from here on was left out".to_owned();
            return Some(Err(Skipped::at(file, line, reason).value(last)));
        }
        if ragged {
            let begins: String = start.chars().take(40).collect();
            let found = record.len();
            let reason =
                format!("the row has {found} fields, the header {width} (it begins with {begins:?})");
            return Some(Err(Skipped::at(file, line, reason).value(start)));
        }
        Some(Ok(()))
    }
}

/// What is wrong with a row.
fn why(file: &str, line: u64, error: &csv::Error) -> Skipped {
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => {
            let column = err.field() + 1;
            Skipped::at(file, line, format!("field {column} is not UTF-8")).column(&column.to_string())
        }
        csv::ErrorKind::Io(error) => Skipped::unread(file, line, error),
        _ => Skipped::at(file, line, error.to_string()),
    }
}
