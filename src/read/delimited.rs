//! Rows of CSV and TSV.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use memchr::memchr_iter;

use super::Skipped;
use super::record::{Record, TableError};

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
    marks: Marks,
    end: bool,
    /// The bytes that were read last, and how many came before.
    bytes: Vec<u8>,
    before: u64,
    /// Line breaks before the row that is being read, and whether more of them may come with the next bytes.
    breaks: u64,
    open: bool,
    returns: Returns,
}

/// Carriage returns that no newline follows: line breaks of old Macintosh files, which the reader counts as none.
#[derive(Default)]
struct Returns {
    /// Those before byte `counted`, and before the row that begins at byte `row`.
    count: u64,
    counted: u64,
    before_row: u64,
    row: u64,
    /// The last byte that has come is one; what follows it has not.
    held: bool,
}

impl Returns {
    /// Counts those before byte `to`; `bytes` begin at byte `start`.
    fn count(&mut self, bytes: &[u8], start: u64, to: u64) {
        let place =
            |at: u64| usize::try_from(at.saturating_sub(start)).map_or(bytes.len(), |at| at.min(bytes.len()));
        let from = place(self.counted);
        for at in memchr_iter(b'\r', bytes.get(from..place(to)).unwrap_or_default()) {
            match bytes.get(from + at + 1) {
                Some(b'\n') => (),
                Some(_) => self.count += 1,
                None => self.held = true,
            }
        }
        self.counted = self.counted.max(to);
    }

    /// The row asked for begins at byte `row`.
    fn begin(&mut self, row: u64) {
        (self.row, self.before_row) = (row, self.count);
    }

    /// More bytes have come, which begin at byte `start`.
    fn follow(&mut self, bytes: &[u8], start: u64) {
        if std::mem::take(&mut self.held) && bytes.first() != Some(&b'\n') {
            self.count += 1;
            self.before_row += u64::from(self.row >= start);
        }
    }
}

impl Seen {
    /// A row is asked for, and the one before ends at `byte`.
    fn row(&mut self, byte: u64) {
        (self.breaks, self.open) = (0, true);
        self.marks.stray.retain(|&stray| stray >= byte);
        self.returns.count(&self.bytes, self.before, byte);
        self.returns.begin(byte);
        self.skip(usize::try_from(byte.saturating_sub(self.before)).unwrap_or(usize::MAX));
    }

    fn skip(&mut self, from: usize) {
        let bytes = self.bytes.get(from..).unwrap_or_default();
        let count = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let breaks = |at: &usize| match (bytes.get(*at), bytes.get(at + 1)) {
            (Some(b'\n'), _) => true,
            (_, next) => next.is_some_and(|&next| next != b'\n'),
        };
        self.breaks += (0..count).filter(breaks).count() as u64;
        self.open = count == bytes.len();
    }

    /// More bytes have come.
    fn note(&mut self, bytes: &[u8]) {
        self.end = bytes.is_empty();
        let end = self.before + self.bytes.len() as u64;
        self.returns.count(&self.bytes, self.before, end);
        self.returns.follow(bytes, end);
        self.before = end;
        self.marks.note(bytes, self.before);
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        if self.open {
            self.skip(0);
        }
    }
}

/// Quotation marks, as RFC 4180 has them. The reader takes a field to go on behind its closing mark, over as many rows as
/// it takes to find another.
#[derive(Default)]
struct Marks {
    count: u64,
    delimiter: u8,
    /// Inside a field that a mark has opened.
    inside: bool,
    /// The last byte was a mark inside: it closes the field, or stands for a mark with the next one.
    closing: bool,
    last: u8,
    /// Nothing but spaces stands behind the mark that closed a field before this place.
    spaces: Option<u64>,
    /// Where something stands behind a closing mark that ends no field, in bytes from the beginning.
    stray: VecDeque<u64>,
}

impl Marks {
    fn note(&mut self, bytes: &[u8], before: u64) {
        if let Some(at) = self.spaces.take() {
            self.end(bytes, at);
        } else if self.closing {
            self.close(bytes, before);
        }
        for at in memchr_iter(b'"', bytes) {
            self.count += 1;
            let last = at.checked_sub(1).and_then(|last| bytes.get(last)).copied().unwrap_or(self.last);
            if !self.inside {
                self.inside = self.count == 1 && before == 0 && at == 0 || self.ends(last);
            } else if self.closing {
                // The second of two.
                self.closing = false;
            } else {
                self.closing = true;
                self.close(bytes.get(at + 1..).unwrap_or_default(), before + at as u64 + 1);
            }
        }
        self.last = bytes.last().copied().unwrap_or(self.last);
    }

    /// Looks at what stands behind a mark inside a field, at `at`; another mark is looked at when its turn comes, and spaces
    /// before the end of the field do no harm.
    fn close(&mut self, behind: &[u8], at: u64) {
        let Some(&next) = behind.first() else { return };
        if next != b'"' {
            (self.inside, self.closing) = (false, false);
            self.end(behind, at);
        }
    }

    /// Looks for the end of the field that a mark has closed before `at`.
    fn end(&mut self, behind: &[u8], at: u64) {
        match behind.iter().find(|&&byte| byte != b' ') {
            None => self.spaces = Some(at),
            Some(&next) if !self.ends(next) => self.stray.push_back(at),
            Some(_) => (),
        }
    }

    const fn ends(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
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
        let marks = Marks { delimiter, ..Marks::default() };
        let seen = Rc::new(RefCell::new(Seen { marks, ..Seen::default() }));
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
        let Seen { end, breaks, returns: Returns { before_row, .. }, .. } = *self.seen.borrow();
        let (open, stray) = {
            let marks = &self.seen.borrow().marks;
            (marks.inside && !marks.closing, marks.stray.front().copied())
        };
        let line = before.line() + breaks + before_row;
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
        if end && open {
            let reason =
                "a quotation mark that opens here is never closed; all from here on was left out".to_owned();
            return Some(Err(Skipped::at(file, line, reason).value(last)));
        }
        if stray.is_some_and(|stray| stray < *bytes) {
            let lines = self.reader.position().line().saturating_sub(before.line()).max(1);
            let rows =
                if lines > 1 { format!(" (lines {line} to {})", line + lines - 1) } else { String::new() };
            let reason = format!(
                "text stands behind a quotation mark that closes a field{rows}: inside a field a mark is written twice"
            );
            return Some(Err(Skipped::at(file, line, reason).value(start)));
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
