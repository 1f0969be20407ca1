//! Rows of Parquet files.
//!
//! A page is decoded whole: in this format the input decides how much memory that takes. Footers, page headers
//! ([`super::thrift`]) and pages ([`super::parquet_pages`]) are looked through before they are believed, against damage and
//! the simpler forgeries.

use std::collections::HashSet;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, RowGroups as _,
};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};

use super::Skipped;
use super::expand::{ExpandError, no_bomb};
use super::parquet_pages::Chunks;
use super::record::{Record, TableError};
use super::thrift::{Refused, look_through, look_through_page};

/// Rows that are decoded at once.
const BATCH: usize = 256;

/// The bytes of the longest value in a column whose values are all of one length.
const WIDEST: i32 = 1 << 20;

/// Rows that are being read.
pub(super) struct Columnar {
    reader: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    /// Rows of the batch that were given.
    row: usize,
    /// Rows that were given in all.
    number: u64,
    bytes: u64,
    done: bool,
}

impl std::fmt::Debug for Columnar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Columnar").field("number", &self.number).finish_non_exhaustive()
    }
}

/// The system's error if there is one behind what the Parquet reader says.
fn system(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}

/// What `read` gives. The Parquet reader asserts what a damaged file breaks; that is told as any other damage.
fn guarded<T, E: From<ParquetError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged().into()))
}

fn damaged() -> ParquetError {
    ParquetError::General("what the file holds is damaged".to_owned())
}

fn refused(refused: Refused) -> ParquetError {
    match refused {
        Refused::Malformed => damaged(),
        Refused::Unread(error) => ParquetError::External(error.into()),
    }
}

/// The struct at the file's end that says what is where; none where there is none to be found, or none in the clear.
fn footer(input: &impl ChunkReader) -> Option<Bytes> {
    let end = input.len().checked_sub(TAIL)?;
    let tail = input.get_bytes(end, TAIL as usize).ok().filter(|tail| tail.ends_with(b"PAR1"))?;
    let length = u32::from_le_bytes(*tail.first_chunk()?);
    input.get_bytes(end.checked_sub(u64::from(length))?, usize::try_from(length).ok()?).ok()
}

/// Strings are read as views into their pages, so that a word that stands once in a dictionary is not copied a row; and bytes
/// too, for some programs write strings without saying that they are.
fn viewed(field: &Arc<Field>) -> Field {
    let field = field.as_ref().clone();
    match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => field.with_data_type(DataType::Utf8View),
        DataType::Binary | DataType::LargeBinary => field.with_data_type(DataType::BinaryView),
        _ => field,
    }
}

/// Refuses what is no table but a bomb, as other compressed input is refused.
fn expansion(metadata: &ParquetMetaData) -> Result<(), ExpandError> {
    for group in metadata.row_groups() {
        let size = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
        let read = group.columns().iter().map(|c| size(c.compressed_size())).fold(0, u64::saturating_add);
        // A page of a few bytes may stand for any number of nulls: a row counts as a byte at least.
        let expanded = group
            .columns()
            .iter()
            .map(|c| size(c.uncompressed_size()))
            .fold(size(group.num_rows()), u64::saturating_add);
        no_bomb(read, expanded)?;
    }
    Ok(())
}

/// The file's last bytes: the footer's length and a mark.
const TAIL: u64 = 8;

/// Input whose page headers are looked through.
struct Looked<R> {
    input: R,
    /// Where the bodies of pages begin: the Parquet reader may look at a header alone and come back for what it is before.
    bodies: Mutex<HashSet<u64>>,
}

impl<R> Looked<R> {
    fn new(input: R) -> Self {
        Self { input, bodies: Mutex::default() }
    }
}

impl<R: Length> Length for Looked<R> {
    fn len(&self) -> u64 {
        self.input.len()
    }
}

impl<R: ChunkReader> ChunkReader for Looked<R> {
    type T = Finite<R::T>;

    /// The Parquet reader begins here with the header of a page, with a body, or with the tail.
    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let left = self.len().saturating_sub(start);
        let mut bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        if left > TAIL && !bodies.remove(&start) {
            let body = look_through_page(self.input.get_read(start)?, left).map_err(refused)?;
            // Room is made for all that is to come out.
            no_bomb(body.size, body.expanded)
                .map_err(|error| ParquetError::External(io::Error::from(error).into()))?;
            if body.size > 0 {
                bodies.insert(start + body.after);
            }
        }
        self.input.get_read(start).map(Finite)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.input.get_bytes(start, length)
    }
}

/// Input that fails at its end, where others say that nothing is left: the Parquet reader skips what a damaged page says
/// that it holds, billions of items, without a look at whether they are there.
struct Finite<R>(R);

impl<R: Read> Read for Finite<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 if !buffer.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}

impl Columnar {
    /// The columns that the schema names, and the rows.
    pub(super) fn open(
        file: &str,
        input: impl ChunkReader + 'static,
    ) -> Result<(Vec<String>, Self), TableError> {
        let input = Looked::new(input);
        let unread = |error| TableError::Input { file: file.to_owned(), error };
        let opened = guarded(|| {
            if let Some(footer) = footer(&input) {
                look_through(&footer).map_err(refused)?;
            }
            // The Arrow schema in the file is not read: Parquet's own says all that is needed here, and the reader of the
            // other panics on a damaged one.
            let options = || ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let plain = ArrowReaderMetadata::load(&input, options())?;
            let schema = Schema::new(plain.schema().fields().iter().map(viewed).collect::<Vec<_>>());
            let options = options().with_schema(Arc::new(schema));
            ArrowReaderMetadata::try_new(Arc::clone(plain.metadata()), options)
        });
        let metadata = opened.map_err(|error| unread(system(error)))?;
        expansion(metadata.metadata()).map_err(|error| unread(io::Error::other(error)))?;
        let columns: Vec<String> =
            metadata.schema().fields().iter().map(|f| f.name().trim().to_owned()).collect();
        if columns.iter().all(String::is_empty) {
            return Err(TableError::Empty(file.to_owned()));
        }
        let opened = guarded(|| {
            let parquet = Arc::clone(metadata.metadata());
            // Room is made for a batch of values before the first is read.
            if parquet
                .file_metadata()
                .schema_descr()
                .columns()
                .iter()
                .any(|column| column.type_length() > WIDEST)
            {
                return Err(damaged());
            }
            let (all, fields) = (ProjectionMask::all(), metadata.schema().fields());
            let levels =
                parquet_to_arrow_field_levels(parquet.file_metadata().schema_descr(), all, Some(fields))?;
            let chunks = Chunks::new(input, parquet);
            let batch = BATCH.min(chunks.num_rows().max(1));
            ParquetRecordBatchReader::try_new_with_row_groups(&levels, &chunks, batch, None)
        });
        let reader = opened.map_err(|error| unread(system(error)))?;
        Ok((columns, Self { reader, batch: None, row: 0, number: 0, bytes: 0, done: false }))
    }

    /// The next row. After an error there is no further one: where the next would begin is not known.
    pub(super) fn next(&mut self, file: &str) -> Option<Result<Record, Skipped>> {
        if self.done {
            return None;
        }
        while self.batch.as_ref().is_none_or(|batch| self.row >= batch.num_rows()) {
            self.row = 0;
            match guarded(|| self.reader.next().transpose()) {
                Ok(Some(batch)) => self.batch = Some(batch),
                Ok(None) => {
                    self.done = true;
                    return None;
                }
                Err(error) => return Some(Err(self.refuse(file, error))),
            }
        }
        let fields =
            self.batch.as_ref().map_or_else(|| Ok(csv::StringRecord::new()), |b| fields(b, self.row));
        self.row += 1;
        match fields {
            Ok(fields) => {
                self.number += 1;
                self.bytes += fields.as_slice().len() as u64;
                Some(Ok(Record { line: self.number, bytes: self.bytes, fields }))
            }
            Err(error) => Some(Err(self.refuse(file, error))),
        }
    }

    fn refuse(&mut self, file: &str, error: ArrowError) -> Skipped {
        self.done = true;
        let error = match error {
            ArrowError::IoError(_, error) => error,
            ArrowError::ExternalError(inner) => match inner.downcast::<ParquetError>() {
                Ok(error) => system(*error),
                Err(other) => io::Error::other(other),
            },
            other => io::Error::other(other),
        };
        Skipped::unread(file, self.number + 1, &error)
    }
}

/// One row in words: numbers, dates and nested values as Arrow displays them, bytes that are no UTF-8 as it does, nothing for
/// null.
fn fields(batch: &RecordBatch, row: usize) -> Result<csv::StringRecord, ArrowError> {
    let mut record = csv::StringRecord::with_capacity(64, batch.num_columns());
    let options = FormatOptions::default();
    for column in batch.columns() {
        let bytes =
            column.as_binary_view_opt().filter(|_| column.is_valid(row)).map(|bytes| bytes.value(row));
        let written = bytes.and_then(|bytes| str::from_utf8(bytes).ok());
        let words = || column.as_string_view_opt().map(|words| words.value(row));
        match written.or_else(words) {
            _ if column.is_null(row) => record.push_field(""),
            Some(words) => record.push_field(words),
            None => {
                let words = ArrayFormatter::try_new(column.as_ref(), &options)?.value(row).try_to_string()?;
                record.push_field(&words);
            }
        }
    }
    Ok(record)
}
