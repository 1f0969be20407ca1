//! The table of what was left out.

use std::path::Path;

use demarche::read::Skipped;
use demarche::row::Field;
use demarche::write::{CsvEncoder, Encode};

use crate::cmd::growing::Growing;

/// Its columns.
const COLUMNS: [&str; 5] = ["file", "line", "column", "reason", "value-start"];

/// Bytes that are written at once.
const PIECE: usize = 1 << 16;

/// The table.
pub(super) struct Rejects {
    file: Growing,
    pending: Vec<u8>,
    columns: Vec<String>,
}

impl Rejects {
    /// Begins anew.
    pub(super) fn begin(path: &Path) -> anyhow::Result<Self> {
        let columns: Vec<String> = COLUMNS.map(str::to_owned).into();
        let pending = CsvEncoder::CSV.header(&columns);
        Ok(Self { file: Growing::begin(path)?, pending, columns })
    }

    /// Goes on after `length` bytes; none if an earlier run has left less.
    pub(super) fn resume(path: &Path, length: u64) -> anyhow::Result<Option<Self>> {
        let file = Growing::resume(path, length, |_| ())?;
        let columns: Vec<String> = COLUMNS.map(str::to_owned).into();
        Ok(file.map(|file| Self { file, pending: Vec::new(), columns }))
    }

    /// Adds a row.
    pub(super) fn add(&mut self, skipped: &Skipped) -> anyhow::Result<()> {
        let line = skipped.line.and_then(|l| usize::try_from(l).ok());
        let mut rows = CsvEncoder::CSV.rows(&self.columns);
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
        self.pending.extend(rows.finish());
        if self.pending.len() > PIECE {
            self.settle()?;
        }
        Ok(())
    }

    /// Writes what is pending; returns the length.
    pub(super) fn settle(&mut self) -> anyhow::Result<u64> {
        self.file.append(&self.pending)?;
        self.pending.clear();
        Ok(self.file.length())
    }

    /// Makes what was written last.
    pub(super) fn sync(&self) -> anyhow::Result<()> {
        self.file.sync()
    }

    /// Gives the file its name.
    pub(super) fn publish(&self) -> anyhow::Result<()> {
        self.file.publish()
    }

    /// Takes away what was written.
    pub(super) fn discard(&self) {
        self.file.discard();
    }
}
