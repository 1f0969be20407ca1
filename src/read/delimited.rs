//! Rows of CSV and TSV.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use super::Skipped;
use super::table::{Record, TableError};

/// Rows that are being read.
pub(super) struct Delimited<'a> {
    reader: csv::Reader<Watched<'a>>,
    seen: Rc<RefCell<Seen>>,
    done: bool,
}

impl std::fmt::Debug for Delimited<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delimited").field("done", &self.done).finish_non_exhaustive()
    }
}

/// What has come by so far. The reader takes a row to begin where the one before ends, though the second byte of its line
/// break and blank lines stand between: those are counted here, so that lines are those that an editor shows.
#[derive(Default)]
struct Seen {
    quotes: u64,
    end: bool,
    /// The bytes that were read last, and how many came before.
    bytes: Vec<u8>,
    before: u64,
    /// Line breaks before the row that is being read, and whether more of them may come with the next bytes.
    breaks: u64,
    open: bool,
}

impl Seen {
    /// A row is asked for, and the one before ends at `byte`.
    fn row(&mut self, byte: u64) {
        (self.breaks, self.open) = (0, true);
        self.skip(usize::try_from(byte.saturating_sub(self.before)).unwrap_or(usize::MAX));
    }

    fn skip(&mut self, from: usize) {
        let bytes = self.bytes.get(from..).unwrap_or_default();
        let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let (breaks, count) =
            blank.fold((0, 0), |(n, count), &byte| (n + u64::from(byte == b'\n'), count + 1));
        self.breaks += breaks;
        self.open = count == bytes.len();
    }

    /// More bytes have come.
    fn note(&mut self, bytes: &[u8]) {
        // Sums of bytes, which vector registers hold many of.
        let marks = |part: &[u8]| part.iter().map(|&b| u8::from(b == b'"')).sum::<u8>();
        self.quotes += bytes.chunks(usize::from(u8::MAX)).map(|part| u64::from(marks(part))).sum::<u64>();
        self.end = bytes.is_empty();
        self.before += self.bytes.len() as u64;
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        if self.open {
            self.skip(0);
        }
    }
}

/// Notes what comes by, and tries again when a signal interrupts.
struct Watched<'a> {
    input: Box<dyn Read + 'a>,
    seen: Rc<RefCell<Seen>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => return Err(error),
                Ok(count) => {
                    self.seen.borrow_mut().note(buffer.get(..count).unwrap_or_default());
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
        let seen = Rc::new(RefCell::new(Seen::default()));
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
        let before = self.reader.position().clone();
        self.seen.borrow_mut().row(before.byte());
        let Record { line: begins, bytes, fields: record } = record;
        let found = self.reader.read_record(record);
        let Seen { quotes, end, breaks, .. } = *self.seen.borrow();
        let line = before.line() + breaks;
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.done = error.is_io_error();
                return Some(Err(why(file, line, &error)));
            }
        };
        if !found {
            return None;
        }
        (*begins, *bytes) = (line, self.reader.position().byte());
        let last = record.get(record.len().saturating_sub(1)).unwrap_or_default();
        let ragged = record.len() != width;
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
