//! Parquet: rows as columns, typed, in row groups.
//!
//! Rows are encoded on any thread, tagged field by field; one thread makes a table of them ([`super::Assemble`]), for a
//! Parquet file has its columns together and its index at its end.

use std::io;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::row::{Field, Kind, kind};

use super::{Assemble, Encode, Rows};

/// Writes Parquet: counts and offsets as `INT64`, probabilities as `DOUBLE`, all else as strings; a field of which
/// nothing is known is null. Pages are compressed by Snappy, which every reader knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParquetEncoder;

/// Encoded bytes after which a row group ends: what bounds memory.
const ROW_GROUP: usize = 8 << 20;
/// Tagged bytes that are made into arrays at once.
const BATCH: usize = 1 << 20;

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const PROBABILITY: u8 = 3;

/// Rows in memory: a tag a field, and 8 bytes that are its value or its length.
struct TaggedRows(Vec<u8>);

impl TaggedRows {
    fn push(&mut self, tag: u8, value: u64) {
        self.0.push(tag);
        self.0.extend_from_slice(&value.to_le_bytes());
    }
}

impl Rows for TaggedRows {
    fn field(&mut self, field: Field<'_>) {
        match field {
            Field::Empty => self.0.push(EMPTY),
            Field::Text(words) => {
                self.push(TEXT, words.len() as u64);
                self.0.extend_from_slice(words.as_bytes());
            }
            Field::Number(number) => self.push(NUMBER, number as u64),
            Field::Probability(millionths) => self.push(PROBABILITY, u64::from(millionths)),
        }
    }

    fn end(&mut self) {}

    fn length(&mut self) -> usize {
        self.0.len()
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0
    }
}

impl Encode for ParquetEncoder {
    fn header(&self, _: &[String]) -> Vec<u8> {
        Vec::new()
    }

    fn rows<'a>(&self, _: &'a [String]) -> Box<dyn Rows + 'a> {
        Box::new(TaggedRows(Vec::new()))
    }

    fn assembler(&self, columns: &[String]) -> Option<io::Result<Box<dyn Assemble>>> {
        Some(ParquetTable::new(columns).map(|table| Box::new(table) as Box<dyn Assemble>))
    }
}

/// The next field of tagged rows, which is taken off them.
fn take<'a>(rows: &mut &'a [u8]) -> Option<Field<'a>> {
    let (&tag, rest) = rows.split_first()?;
    *rows = rest;
    if tag == EMPTY {
        return Some(Field::Empty);
    }
    let (value, rest) = rest.split_first_chunk()?;
    *rows = rest;
    let value = usize::try_from(u64::from_le_bytes(*value)).ok()?;
    Some(match tag {
        NUMBER => Field::Number(value),
        PROBABILITY => Field::Probability(u32::try_from(value).ok()?),
        _ => {
            let (words, rest) = rows.split_at_checked(value)?;
            *rows = rest;
            Field::Text(std::str::from_utf8(words).ok()?)
        }
    })
}

enum Column {
    Text(StringBuilder),
    Number(Int64Builder),
    Probability(Float64Builder),
}

impl Column {
    fn of(name: &str) -> (Self, DataType) {
        match kind(name) {
            Kind::Text => (Self::Text(StringBuilder::new()), DataType::Utf8),
            Kind::Number => (Self::Number(Int64Builder::new()), DataType::Int64),
            Kind::Probability => (Self::Probability(Float64Builder::new()), DataType::Float64),
        }
    }

    /// False if the field is of another kind, or an array cannot hold it.
    fn push(&mut self, field: Field<'_>) -> bool {
        match (self, field) {
            (Self::Text(column), Field::Text(words)) => {
                let length = column.values_slice().len().saturating_add(words.len());
                if i32::try_from(length).is_err() {
                    return false;
                }
                column.append_value(words);
            }
            (Self::Text(column), Field::Empty) => column.append_null(),
            (Self::Number(column), Field::Number(number)) => match i64::try_from(number) {
                Ok(number) => column.append_value(number),
                Err(_) => return false,
            },
            (Self::Number(column), Field::Empty) => column.append_null(),
            (Self::Probability(column), Field::Probability(p)) => column.append_value(f64::from(p) / 1e6),
            (Self::Probability(column), Field::Empty) => column.append_null(),
            _ => return false,
        }
        true
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Probability(column) => Arc::new(column.finish()),
        }
    }
}

/// Arrow arrays of the rows that a [`ParquetEncoder`] has encoded.
pub struct Columns {
    schema: SchemaRef,
    builders: Vec<Column>,
}

impl Columns {
    /// Empty columns of these names.
    #[must_use]
    pub fn new(names: &[String]) -> Self {
        let (builders, fields): (Vec<_>, Vec<_>) = names
            .iter()
            .map(|name| {
                let (column, data) = Column::of(name);
                (column, arrow_schema::Field::new(name, data, true))
            })
            .unzip();
        Self { schema: Arc::new(Schema::new(fields)), builders }
    }

    /// Adds encoded rows.
    ///
    /// # Errors
    /// If they are of other columns, or one column of the batch takes more than 2 GiB.
    pub fn add(&mut self, mut rows: &[u8]) -> io::Result<()> {
        let unfit =
            || io::Error::new(io::ErrorKind::InvalidData, "a row does not fit the columns of its batch");
        while !rows.is_empty() && !self.builders.is_empty() {
            for column in &mut self.builders {
                let field = take(&mut rows).ok_or_else(unfit)?;
                if !column.push(field) {
                    return Err(unfit());
                }
            }
        }
        Ok(())
    }

    /// All rows since the last time, as one batch.
    ///
    /// # Errors
    /// If Arrow refuses it.
    pub fn finish(&mut self) -> io::Result<RecordBatch> {
        let arrays = self.builders.iter_mut().map(Column::finish).collect();
        RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(io::Error::other)
    }
}

/// A Parquet file in the making.
struct ParquetTable {
    columns: Columns,
    /// None once the file is finished.
    writer: Option<ArrowWriter<Vec<u8>>>,
    /// Tagged bytes in `columns`.
    pending: usize,
}

impl ParquetTable {
    fn new(names: &[String]) -> io::Result<Self> {
        let columns = Columns::new(names);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let schema = Arc::clone(&columns.schema);
        let writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties))?;
        Ok(Self { columns, writer: Some(writer), pending: 0 })
    }

    fn write(&mut self) -> io::Result<()> {
        let Some(writer) = self.writer.as_mut().filter(|_| self.pending > 0) else { return Ok(()) };
        self.pending = 0;
        writer.write(&self.columns.finish()?)?;
        if writer.in_progress_size() >= ROW_GROUP {
            writer.flush()?;
        }
        Ok(())
    }
}

impl Assemble for ParquetTable {
    fn add(&mut self, rows: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        self.columns.add(rows)?;
        self.pending += rows.len();
        if self.pending >= BATCH {
            self.write()?;
        }
        if let Some(writer) = &mut self.writer {
            // The writer counts by itself what it has written, so its buffer can be emptied.
            out.append(writer.inner_mut());
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        self.write()?;
        if let Some(writer) = self.writer.take() {
            out.append(&mut writer.into_inner()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

    use super::*;

    fn encoded(rows: usize) -> (Vec<String>, Vec<u8>) {
        let names = ["key", "start", "open"].map(str::to_owned);
        let mut encoder = ParquetEncoder.rows(&names);
        for i in 0..rows {
            encoder.field(if i % 3 == 0 { Field::Empty } else { Field::Text("a “b”") });
            encoder.field(Field::Number(i));
            encoder.field(Field::Probability(250_000));
            encoder.end();
        }
        (names.to_vec(), encoder.finish())
    }

    #[test]
    fn columns_are_typed_and_unknown_fields_are_null() {
        let (names, rows) = encoded(5000);
        let mut table = ParquetEncoder.assembler(&names).unwrap().unwrap();
        let mut file = Vec::new();
        table.add(&rows, &mut file).unwrap();
        table.finish(&mut file).unwrap();
        let read = ParquetRecordBatchReader::try_new(bytes::Bytes::from(file), 10_000).unwrap();
        let batches: Vec<RecordBatch> = read.map(Result::unwrap).collect();
        let [batch] = batches.as_slice() else { panic!("{} batches", batches.len()) };
        assert_eq!(batch.num_rows(), 5000);
        let keys = batch.column(0).as_string::<i32>();
        assert_eq!((keys.is_null(3), keys.value(4)), (true, "a “b”"));
        assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(4999), 4999);
        assert_eq!(batch.column(2).as_primitive::<Float64Type>().value(0).to_bits(), 0.25_f64.to_bits());
    }

    #[test]
    fn rows_that_do_not_fit_are_refused() {
        let (names, rows) = encoded(2);
        assert!(Columns::new(&names[1..]).add(&rows).is_err());
        assert!(Columns::new(&names).add(&rows[..rows.len() - 1]).is_err());
    }
}
