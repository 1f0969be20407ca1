//! `--since`: the rows of articles that have not changed are taken over from an earlier output.
//!
//! Every output of articles that is one plain file gets an index, the hidden file `.NAME.demarche-index` beside it: a line
//! an article, `digest start length rows open conditional rejecting none`, and a last line (JSON) with the settings and
//! the size and digest of the output. An index whose last line does not fit is not used.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use demarche::batch::Block;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use super::Arguments;
use super::checkpoint::Settings;
use super::side::Side;
use crate::cmd::growing::index_of;
use crate::cmd::progress::Reporter;

/// The last line of an index.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Trailer {
    settings: Settings,
    bytes: u64,
    digest: String,
}

/// The settings that decide how a row looks.
const DECIDING: [&str; 7] = ["model", "program", "format", "columns", "excel", "precision", "speakers"];

fn deciding(settings: &Settings) -> Settings {
    settings
        .iter()
        .filter(|(name, _)| DECIDING.contains(&name.as_str()))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect()
}

/// The index of an output that is being written.
pub(super) struct Index {
    pub(super) table: Side,
    /// Bytes of the output so far.
    start: u64,
}

impl Index {
    /// Begins anew, after a header of `header` bytes.
    pub(super) fn begin(output: &Path, header: usize) -> anyhow::Result<Self> {
        Ok(Self { table: Side::begin(&index_of(output), Vec::new())?, start: header as u64 })
    }

    /// Goes on after `length` bytes; none if an earlier run has left less. The output has `start` bytes.
    pub(super) fn resume(output: &Path, length: u64, start: u64) -> anyhow::Result<Option<Self>> {
        Ok(Side::resume(&index_of(output), length)?.map(|table| Self { table, start }))
    }

    /// Notes the rows of an article.
    pub(super) fn add(&mut self, article: u128, block: &Block) -> anyhow::Result<()> {
        let [open, conditional, rejecting, none] = block.labels;
        let (start, length, rows) = (self.start, block.bytes.len(), block.rows);
        self.start += length as u64;
        let line =
            format!("{article:032x} {start} {length} {rows} {open} {conditional} {rejecting} {none}\n");
        self.table.add(line.as_bytes())
    }

    /// Writes the last line.
    pub(super) fn complete(&mut self, settings: &Settings, digest: String) -> anyhow::Result<()> {
        let trailer = Trailer { settings: deciding(settings), bytes: self.start, digest };
        self.table.add(format!("{}\n", serde_json::to_string(&trailer)?).as_bytes())?;
        self.table.complete()
    }
}

/// The rows of one article in an earlier output.
struct Rows {
    start: u64,
    length: usize,
    count: usize,
    labels: [usize; 4],
}

/// An earlier output.
pub(super) struct Earlier {
    file: Mutex<File>,
    rows: HashMap<u128, Rows>,
}

/// The earlier output whose rows can be taken over.
pub(super) fn earlier(
    arguments: &Arguments,
    settings: &Settings,
    reporter: &Reporter,
) -> anyhow::Result<Option<Earlier>> {
    let Some(since) = &arguments.since else { return Ok(None) };
    anyhow::ensure!(
        arguments.is_indexed(),
        "--since is for articles, with one output file (csv, tsv or jsonl) that is not compressed and not split"
    );
    match Earlier::open(since, settings)? {
        Ok(earlier) => Ok(Some(earlier)),
        Err(why) => {
            reporter.note(&why);
            Ok(None)
        }
    }
}

impl Earlier {
    /// Opens an earlier output whose rows are those that `settings` would give. Else why it cannot be used.
    fn open(output: &Path, settings: &Settings) -> anyhow::Result<Result<Self, String>> {
        let name = output.display();
        if !output.exists() {
            return Ok(Err(format!("{name} is not there yet: every article is scored")));
        }
        let index = index_of(output);
        let Ok(lines) = File::open(&index) else {
            return Ok(Err(format!("{name} has no index ({}): every article is scored", index.display())));
        };
        let (rows, trailer) =
            read(BufReader::new(lines)).with_context(|| format!("cannot read {}", index.display()))?;
        let Some(trailer) = trailer else {
            return Ok(Err(format!("the index {} is damaged: every article is scored", index.display())));
        };
        let wanted = deciding(settings);
        if let Some(changed) = wanted.keys().find(|n| wanted.get(*n) != trailer.settings.get(*n)) {
            return Ok(Err(format!("{name} was made with another {changed}: every article is scored")));
        }
        let mut file = File::open(output).with_context(|| format!("cannot read {name}"))?;
        let (bytes, digest) = digest(&mut file).with_context(|| format!("cannot read {name}"))?;
        if (bytes, &digest) != (trailer.bytes, &trailer.digest) {
            return Ok(Err(format!("{name} was changed after it was made: every article is scored")));
        }
        Ok(Ok(Self { file: Mutex::new(file), rows }))
    }

    /// The rows of an article, if it was there.
    pub(super) fn rows(&self, article: u128) -> Option<Block> {
        let rows = self.rows.get(&article)?;
        let mut bytes = vec![0; rows.length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(rows.start)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(Block { bytes, rows: rows.count, labels: rows.labels, ..Block::default() })
    }
}

/// Size and XXH3-128 of a file.
fn digest(file: &mut File) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes) = (Xxh3Default::new(), 0);
    let mut reader = BufReader::with_capacity(1 << 16, file);
    loop {
        let part = reader.fill_buf()?;
        let count = part.len();
        if count == 0 {
            return Ok((bytes, format!("{:032x}", hash.digest128())));
        }
        hash.update(part);
        bytes += count as u64;
        reader.consume(count);
    }
}

fn read(lines: impl BufRead) -> io::Result<(HashMap<u128, Rows>, Option<Trailer>)> {
    let (mut rows, mut trailer) = (HashMap::new(), None);
    for line in lines.lines() {
        let line = line?;
        match entry(&line) {
            Some((article, entry)) => {
                rows.insert(article, entry);
            }
            None => trailer = serde_json::from_str(&line).ok(),
        }
    }
    Ok((rows, trailer))
}

fn entry(line: &str) -> Option<(u128, Rows)> {
    let (article, numbers) = line.split_once(' ')?;
    let article = u128::from_str_radix(article, 16).ok()?;
    let numbers: Vec<usize> = numbers.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[start, length, rows, open, conditional, rejecting, none] = numbers.as_slice() else { return None };
    let start = u64::try_from(start).ok()?;
    Some((article, Rows { start, length, count: rows, labels: [open, conditional, rejecting, none] }))
}
