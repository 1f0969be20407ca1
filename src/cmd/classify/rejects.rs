//! The table of what was left out.

use demarche::read::Skipped;
use demarche::row::Field;
use demarche::write::{CsvEncoder, Encode};

/// Its columns.
fn columns() -> Vec<String> {
    ["file", "line", "column", "reason", "value-start"].map(str::to_owned).into()
}

/// Its header.
pub(super) fn header() -> Vec<u8> {
    CsvEncoder::CSV.header(&columns())
}

/// One of its rows.
pub(super) fn row(skipped: &Skipped) -> Vec<u8> {
    let columns = columns();
    let line = skipped.line.and_then(|l| usize::try_from(l).ok());
    let mut rows = CsvEncoder::CSV.rows(&columns);
    for field in [
        Field::Text(&skipped.file),
        line.map_or(Field::Empty, Field::Number),
        Field::Text(&skipped.column),
        Field::Text(&skipped.reason),
        Field::Text(&skipped.value),
    ] {
        rows.field(field);
    }
    rows.end();
    rows.finish()
}
