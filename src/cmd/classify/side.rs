//! A table beside the output that grows with it and is continued with it: rejects, statements for review, and the index of
//! `--since`.

use std::path::Path;

use crate::cmd::growing::Growing;

/// Bytes that are written at once.
const PIECE: usize = 1 << 16;

/// The table.
pub(super) struct Side {
    file: Growing,
    pending: Vec<u8>,
}

impl Side {
    /// Begins anew with `header`.
    pub(super) fn begin(path: &Path, header: Vec<u8>) -> anyhow::Result<Self> {
        Ok(Self { file: Growing::begin(path)?, pending: header })
    }

    /// Goes on after `length` bytes; none if an earlier run has left less.
    pub(super) fn resume(path: &Path, length: u64) -> anyhow::Result<Option<Self>> {
        let file = Growing::resume(path, length, |_| ())?;
        Ok(file.map(|file| Self { file, pending: Vec::new() }))
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &[u8]) -> anyhow::Result<()> {
        self.pending.extend_from_slice(rows);
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

    /// Writes what is pending and makes it last.
    pub(super) fn complete(&mut self) -> anyhow::Result<()> {
        self.settle()?;
        self.sync()
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
