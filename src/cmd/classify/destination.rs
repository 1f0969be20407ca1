//! Where the rows go: standard output, or files that grow beside their final names, in parts if asked, compressed if
//! their names say so.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::batch::Block;
use demarche::write::{Assemble, Compression, Encode};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use crate::cmd::growing::{Growing, is_special, open_special, sync_folder, target};

/// What is written where.
#[derive(Clone)]
pub(super) struct Plan {
    /// The file; none for standard output.
    pub(super) path: Option<PathBuf>,
    /// What encodes the rows.
    pub(super) encoder: &'static dyn Encode,
    /// The columns of every file.
    pub(super) columns: Vec<String>,
    /// Whether a file can be cut after any row and continued.
    pub(super) continuable: bool,
    /// Rows in one part; none for one file.
    pub(super) split: Option<NonZeroUsize>,
}

/// How far the output has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Length of every part before this one, and of this one so far.
    parts: Vec<u64>,
    /// Rows in this part.
    rows: usize,
    /// XXH3-128 of all parts so far, in hexadecimal.
    digest: String,
}

impl Position {
    /// Length of all parts.
    pub(super) fn length(&self) -> u64 {
        self.parts.iter().sum()
    }

    /// XXH3-128 of all parts, in hexadecimal.
    pub(super) fn digest(self) -> String {
        self.digest
    }
}

/// The output.
pub(super) struct Destination {
    plan: Plan,
    compression: Option<Compression>,
    place: Place,
    /// What makes a file of the rows, where the format needs it.
    assembler: Option<Box<dyn Assemble>>,
    /// Bytes that are not yet written.
    pending: Vec<u8>,
    packed: Vec<u8>,
    /// Rows in the current part.
    rows: usize,
    digest: Xxh3Default,
    /// BLAKE3 and length of what a stream was given, where that is wanted.
    told: Option<(blake3::Hasher, u64)>,
}

enum Place {
    Stream(Box<dyn Write>),
    /// All parts. The first stays open, and so locked, to the end: no other run can write to them.
    Parts(Vec<Growing>),
}

/// Bytes that are written at once, and that make one gzip member or Zstandard frame.
const PIECE: [usize; 2] = [1 << 16, 1 << 20];

impl Plan {
    /// What every file begins with.
    pub(super) fn header(&self) -> Vec<u8> {
        self.encoder.header(&self.columns)
    }

    /// The file that a part goes to, from 1.
    fn part(&self, number: usize) -> PathBuf {
        match (&self.path, self.split) {
            (None, _) => PathBuf::new(),
            (Some(path), None) => path.clone(),
            (Some(path), Some(_)) => part(path, number),
        }
    }

    /// The file that is written in place of `path`, if `path` is one that can be replaced.
    pub(super) fn file(&self) -> Option<&Path> {
        self.path.as_deref().filter(|p| !is_special(p))
    }
}

/// The name of a part, from 1: `out-00001.csv.gz`.
fn part(path: &Path, number: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let whole = Compression::of_name(&name).map_or(&*name, |(_, stem)| stem);
    let stem = whole.rsplit_once('.').map_or(whole, |(stem, _)| stem);
    let endings = name.get(stem.len()..).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number:05}{endings}"))
}

/// The first part, and the parts of an earlier run after it.
pub(super) fn known_parts(path: &Path) -> impl Iterator<Item = PathBuf> {
    let later = (2..).map(|number| part(path, number)).take_while(|part| part.exists());
    std::iter::once(part(path, 1)).chain(later)
}

impl Destination {
    /// Begins anew.
    pub(super) fn begin(plan: Plan) -> anyhow::Result<Self> {
        let place = match &plan.path {
            None => Place::Stream(Box::new(io::stdout())),
            Some(path) if is_special(path) => Place::Stream(Box::new(open_special(path)?)),
            Some(_) => Place::Parts(vec![Growing::begin(&plan.part(1))?]),
        };
        let mut destination = Self::at(plan, place);
        destination.open_part()?;
        Ok(destination)
    }

    /// Goes on at `position`; none if what an earlier run has left is not what it was.
    pub(super) fn resume(plan: Plan, position: &Position) -> anyhow::Result<Option<Self>> {
        let mut destination = Self::at(plan, Place::Parts(Vec::new()));
        let mut parts = Vec::new();
        for (number, length) in (1..).zip(&position.parts) {
            let path = destination.plan.part(number);
            match Growing::resume(&path, *length, |bytes| destination.digest.update(bytes))? {
                Some(part) => parts.push(part),
                None => return Ok(None),
            }
        }
        close_all_but_ends(&mut parts);
        destination.place = Place::Parts(parts);
        destination.rows = position.rows;
        Ok(Some(destination).filter(|d| d.position() == *position))
    }

    fn at(plan: Plan, place: Place) -> Self {
        let name = plan.path.as_ref().and_then(|p| p.file_name()).unwrap_or_default();
        let compression = Compression::of_name(&name.to_string_lossy()).map(|(compression, _)| compression);
        let (pending, packed) = (Vec::new(), Vec::new());
        let (digest, assembler) = (Xxh3Default::new(), None);
        Self { plan, compression, place, assembler, pending, packed, rows: 0, digest, told: None }
    }

    fn open_part(&mut self) -> anyhow::Result<()> {
        self.assembler = self.plan.encoder.assembler(&self.plan.columns).transpose()?;
        self.pending.append(&mut self.plan.header());
        Ok(())
    }

    /// Adds encoded rows to the current part.
    fn push(&mut self, rows: &[u8]) -> io::Result<()> {
        if let Some(assembler) = &mut self.assembler {
            return assembler.add(rows, &mut self.pending);
        }
        self.pending.extend_from_slice(rows);
        Ok(())
    }

    /// Ends the current part's rows.
    fn close_part(&mut self) -> io::Result<()> {
        self.assembler.take().map_or(Ok(()), |mut assembler| assembler.finish(&mut self.pending))
    }

    /// Also makes a digest of what a stream is given.
    pub(super) fn digesting(mut self) -> Self {
        self.told = Some((blake3::Hasher::new(), 0));
        self
    }

    /// BLAKE3 and length of what a stream was given.
    pub(super) fn stream_digest(&self) -> Option<(String, u64)> {
        let (hash, length) = self.told.as_ref().filter(|_| matches!(self.place, Place::Stream(_)))?;
        Some((hash.finalize().to_string(), *length))
    }

    /// True if the output is made of compressed pieces.
    pub(super) const fn is_compressed(&self) -> bool {
        self.compression.is_some()
    }

    /// Takes rows.
    pub(super) fn take(&mut self, block: &Block) -> anyhow::Result<()> {
        let Some(split) = self.plan.split else {
            self.push(&block.bytes)?;
            self.rows += block.rows;
            return Ok(());
        };
        let mut start = 0;
        for &end in &block.ends {
            if self.rows == split.get() {
                self.next_part()?;
            }
            self.push(block.bytes.get(start..end).unwrap_or_default())?;
            self.rows += 1;
            start = end;
        }
        Ok(())
    }

    fn next_part(&mut self) -> anyhow::Result<()> {
        self.close_part()?;
        self.flush()?;
        let Place::Parts(parts) = &mut self.place else { return Ok(()) };
        if let Some(part) = parts.last() {
            part.sync()?;
        }
        close_all_but_ends(parts);
        parts.push(Growing::begin(&self.plan.part(parts.len() + 1))?);
        self.rows = 0;
        self.open_part()
    }

    /// Writes what is pending if it is enough for a piece. True if nothing is pending now: the output can be cut here.
    pub(super) fn settle(&mut self) -> anyhow::Result<bool> {
        let [plain, member] = PIECE;
        if self.pending.len() < if self.compression.is_some() { member } else { plain } {
            return Ok(false);
        }
        self.flush()?;
        Ok(true)
    }

    /// Writes what is pending where that does not show in the bytes of the output. True if nothing is pending now.
    pub(super) fn settle_early(&mut self) -> anyhow::Result<bool> {
        if self.compression.is_none() {
            self.flush()?;
        }
        Ok(self.pending.is_empty())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let bytes = match self.compression {
            None => &self.pending,
            Some(compression) => {
                self.packed.clear();
                compression.pack(&self.pending, &mut self.packed);
                &self.packed
            }
        };
        match &mut self.place {
            Place::Stream(stream) => {
                let name = self.plan.path.as_ref().map(|p| p.display().to_string());
                let name = name.as_deref().unwrap_or("to standard output");
                stream.write_all(bytes).with_context(|| format!("cannot write {name}"))?;
                if let Some((hash, length)) = &mut self.told {
                    hash.update(bytes);
                    *length += bytes.len() as u64;
                }
            }
            Place::Parts(parts) => {
                if let Some(part) = parts.last_mut() {
                    part.append(bytes)?;
                }
                self.digest.update(bytes);
            }
        }
        self.pending.clear();
        Ok(())
    }

    /// How far the output has come; nothing may be pending.
    pub(super) fn position(&self) -> Position {
        let Place::Parts(parts) = &self.place else { return Position::default() };
        Position {
            parts: parts.iter().map(Growing::length).collect(),
            rows: self.rows,
            digest: format!("{:032x}", self.digest.digest128()),
        }
    }

    /// Makes what was written last.
    pub(super) fn sync(&self) -> anyhow::Result<()> {
        match &self.place {
            Place::Stream(_) => Ok(()),
            Place::Parts(parts) => parts.last().map_or(Ok(()), Growing::sync),
        }
    }

    /// Writes all that is pending and makes it last.
    pub(super) fn complete(&mut self) -> anyhow::Result<()> {
        self.close_part()?;
        if self.compression.is_some() && self.pending.is_empty() && self.length() == 0 {
            // An empty file is no gzip file; an empty member is one.
            if let (Some(compression), Place::Parts(parts)) = (self.compression, &mut self.place) {
                self.packed.clear();
                compression.pack(b"", &mut self.packed);
                parts.last_mut().map_or(Ok(()), |part| part.append(&self.packed))?;
            }
        }
        self.flush()?;
        match &mut self.place {
            Place::Stream(stream) => stream.flush().context("cannot write to standard output"),
            Place::Parts(_) => self.sync(),
        }
    }

    fn length(&self) -> u64 {
        match &self.place {
            Place::Stream(_) => 0,
            Place::Parts(parts) => parts.last().map_or(0, Growing::length),
        }
    }

    /// Gives all files their names, and returns those.
    pub(super) fn publish(&self) -> anyhow::Result<Vec<PathBuf>> {
        let Place::Parts(parts) = &self.place else { return Ok(Vec::new()) };
        for part in parts {
            part.publish()?;
        }
        if let Some(path) = self.plan.path.as_deref().and_then(target) {
            sync_folder(&path).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok((1..=parts.len()).map(|number| self.plan.part(number)).collect())
    }

    /// A part of an earlier, longer run that stands after the last one of this.
    pub(super) fn left_over(&self) -> Option<PathBuf> {
        let Place::Parts(parts) = &self.place else { return None };
        self.plan.split?;
        Some(self.plan.part(parts.len() + 1)).filter(|p| p.exists())
    }

    /// Takes away what was written.
    pub(super) fn discard(&self) {
        if let Place::Parts(parts) = &self.place {
            parts.iter().for_each(Growing::discard);
        }
    }
}

fn close_all_but_ends(parts: &mut [Growing]) {
    if let [_, between @ .., _] = parts {
        between.iter_mut().for_each(Growing::close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_before_the_endings() {
        for (path, seventh) in
            [("d/out.csv", "d/out-00007.csv"), ("out.v2.csv.gz", "out.v2-00007.csv.gz"), ("out", "out-00007")]
        {
            assert_eq!(part(Path::new(path), 7), PathBuf::from(seventh));
        }
    }
}
