//! The inputs of `classify` and `extract` as one stream of jobs and of things to be told.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Arc;
use std::vec::IntoIter;

use demarche::article::Article;
use demarche::batch::{Job, StatementPlaces, StatementRows};
#[cfg(feature = "parquet")]
use demarche::read::{ArticleFormat, expanded, parquet_table};
use demarche::read::{
    Articles, Record, Records, Skipped, Table, TableError, TableFormat, articles, decoding_reader,
    table_articles, table_in,
};

use demarche::text::first_copies::FirstCopies;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::input::{Found, Input};
use super::ledger::Ledger;

/// A job with its size in bytes, or something to be told.
pub(super) enum Step {
    Job(Job, u64),
    Skip(Skipped),
    Note(String),
    Fail(TableError),
}

impl Step {
    /// XXH3-128 of all that shows of the step; steps of equal content have equal digests.
    pub(super) fn digest(&self) -> u128 {
        match self {
            Self::Job(job, _) => job.digest(),
            Self::Skip(skipped) => xxh3_128(skipped.to_string().as_bytes()),
            Self::Note(note) => xxh3_128(note.as_bytes()),
            Self::Fail(error) => xxh3_128(error.to_string().as_bytes()),
        }
    }
}

/// A piece of input that was left out; one that the system failed to read ends the run, for what follows it is unknown.
fn left_out(skipped: Skipped) -> Step {
    if skipped.unread {
        let error = std::io::Error::other(skipped.reason);
        return Step::Fail(TableError::Input { file: skipped.file, error });
    }
    Step::Skip(skipped)
}

/// Rows in one job.
const ROWS: usize = 256;
/// Bytes after which a job is not given a further row.
const BYTES: u64 = 1 << 18;

/// The stream.
pub(super) struct Source {
    early: IntoIter<Skipped>,
    inputs: IntoIter<Input>,
    ledger: Option<Ledger>,
    reading: Reading,
}

enum Reading {
    Articles {
        date: Option<String>,
        current: Option<Articles<'static>>,
        copies: Option<Box<FirstCopies>>,
        ids: Ids,
        /// What comes behind a note on it.
        told: Option<Box<Step>>,
    },
    Statements {
        columns: Vec<String>,
        table: Option<Box<Statements>>,
    },
}

/// The ids of articles so far: two articles under one id cannot be told apart in the output.
#[derive(Default)]
struct Ids {
    seen: HashSet<u64>,
    told: bool,
}

/// As many ids are compared as copies are remembered for: memory is bounded.
const IDS: usize = 1 << 20;

impl Ids {
    /// What is to be said of the first id that comes again.
    fn again(&mut self, id: &str) -> Option<String> {
        let again = !self.seen.insert(xxh3_64(id.as_bytes()));
        if self.seen.len() >= IDS {
            self.seen.clear();
        }
        (again && !std::mem::replace(&mut self.told, true)).then(|| {
            format!("more than one article has the id {id:?}, perhaps others too: rows of such articles cannot be told apart by it")
        })
    }
}

/// A table of statements that is being read.
struct Statements {
    table: Table<'static>,
    places: StatementPlaces,
    file: Arc<str>,
    /// Rows read so far.
    number: usize,
    record: Record,
    note: Option<String>,
    pending: Option<Skipped>,
}

impl Source {
    /// Articles of the inputs, which are opened one after another; `date` is that of articles that give none. Copies
    /// of earlier articles are told by [`Source::marking_copies`].
    pub(super) fn articles(found: Found, date: Option<String>, ledger: Option<Ledger>) -> Self {
        let reading =
            Reading::Articles { date, current: None, copies: None, ids: Ids::default(), told: None };
        Self { early: found.skipped.into_iter(), inputs: found.inputs.into_iter(), ledger, reading }
    }

    /// Looks for the first article that each is a copy of. As this happens where articles are read, in their order, it
    /// depends on no thread, and a resumed run, which reads its input again, finds the same.
    pub(super) fn marking_copies(mut self, wanted: bool) -> Self {
        if let Reading::Articles { copies, .. } = &mut self.reading {
            *copies = wanted.then(Box::default);
        }
        self
    }

    /// Statements of the tables. The first is opened at once; the others must have the same columns.
    pub(super) fn statements(found: Found, ledger: Option<Ledger>) -> Result<Self, TableError> {
        let mut inputs = found.inputs.into_iter();
        let reading = match inputs.next() {
            None => Reading::Statements { columns: Vec::new(), table: None },
            Some(first) => {
                let (columns, table) = open_table(&first, ledger.as_ref())?;
                Reading::Statements { columns, table: Some(Box::new(table)) }
            }
        };
        Ok(Self { early: found.skipped.into_iter(), inputs, ledger, reading })
    }

    /// The columns of the first table of statements.
    pub(super) fn columns(&self) -> &[String] {
        match &self.reading {
            Reading::Articles { .. } => &[],
            Reading::Statements { columns, .. } => columns,
        }
    }
}

fn open(input: &Input, ledger: Option<&Ledger>) -> Result<Box<dyn Read>, TableError> {
    input.open(ledger).map_err(|error| TableError::Input { file: input.name.clone(), error })
}

/// A Parquet input, read in place or else held in memory; none if the input is of another format.
#[cfg(feature = "parquet")]
fn parquet(input: &Input, ledger: Option<&Ledger>) -> Result<Option<Table<'static>>, TableError> {
    if input.format != ArticleFormat::Parquet {
        return Ok(None);
    }
    let unread = |error| TableError::Input { file: input.name.clone(), error };
    if let Some(file) = input.open_in_place(ledger).map_err(unread)? {
        return parquet_table(&input.name, file).map(Some);
    }
    let mut bytes = Vec::new();
    let read = expanded(open(input, ledger)?).and_then(|mut input| input.read_to_end(&mut bytes));
    read.map_err(unread)?;
    parquet_table(&input.name, bytes::Bytes::from(bytes)).map(Some)
}

#[cfg(not(feature = "parquet"))]
#[allow(clippy::unnecessary_wraps, reason = "with the feature it can fail")]
fn parquet(_: &Input, _: Option<&Ledger>) -> Result<Option<Table<'static>>, TableError> {
    Ok(None)
}

/// The articles of an input, and the encoding where it is not UTF-8.
fn open_articles(
    input: &Input,
    ledger: Option<&Ledger>,
) -> Result<(Articles<'static>, Option<&'static str>), TableError> {
    match parquet(input, ledger)? {
        Some(table) => Ok((table_articles(table)?, None)),
        None => articles(input.format, &input.name, &input.id, open(input, ledger)?),
    }
}

fn open_rows(
    input: &Input,
    ledger: Option<&Ledger>,
) -> Result<(Table<'static>, Option<&'static str>), TableError> {
    if let Some(table) = parquet(input, ledger)? {
        return Ok((table, None));
    }
    let (reader, encoding) = decoding_reader(open(input, ledger)?)
        .map_err(|error| TableError::Input { file: input.name.clone(), error })?;
    Ok((table_in(input.format.table().unwrap_or(TableFormat::Csv), &input.name, reader)?, encoding))
}

fn open_table(input: &Input, ledger: Option<&Ledger>) -> Result<(Vec<String>, Statements), TableError> {
    let (table, encoding) = open_rows(input, ledger)?;
    let places = StatementPlaces::find(table.need("text")?, |column| table.find(column));
    let columns = table.columns().to_vec();
    let note = encoding.map(|name| format!("{}: read as {name}", input.name));
    let file = Arc::from(input.name.as_str());
    let record = Record::default();
    Ok((columns, Statements { table, places, file, number: 0, record, note, pending: None }))
}

impl Statements {
    /// Why the row read last cannot be scored.
    fn refused(&self) -> Option<Skipped> {
        let text = self.record.get(self.places.text);
        let reason = if text.trim().is_empty() {
            "the text is empty"
        } else if text.bytes().fold(false, |any, b| any | matches!(b, 0)) {
            "the text has a NUL byte"
        } else {
            return None;
        };
        Some(Skipped::at(&self.file, self.record.line, reason).column("text").value(text))
    }

    fn step(&mut self) -> Option<Step> {
        if let Some(note) = self.note.take() {
            return Some(Step::Note(note));
        }
        if let Some(skipped) = self.pending.take() {
            return Some(left_out(skipped));
        }
        let (mut records, before) = (Records::default(), self.record.bytes);
        let first = self.number + 1;
        while records.len() < ROWS && self.record.bytes - before < BYTES && self.pending.is_none() {
            let Some(read) = self.table.read(&mut self.record) else { break };
            self.number += 1;
            self.pending = read.err().or_else(|| self.refused());
            if self.pending.is_none() {
                records.push(&self.record);
            }
        }
        if records.is_empty() {
            return self.pending.take().map(left_out);
        }
        let (file, places) = (Arc::clone(&self.file), self.places);
        Some(Step::Job(Job::Rows(StatementRows { records, file, places, first }), self.record.bytes - before))
    }
}

impl Source {
    /// The first step of the next input; none if there is no further input.
    fn next_input(&mut self) -> Option<Step> {
        let input = self.inputs.next()?;
        let failed = |error: TableError| match error {
            TableError::Input { file, error } => Step::Skip(Skipped::file(&file, error.to_string())),
            column @ TableError::Column { .. } if !input.named => Step::Note(format!("passed over {column}")),
            // One file of a folder is as much as one row of a table.
            other if !input.named => {
                Step::Skip(Skipped::file(&input.name, without_name(&other, &input.name)))
            }
            other => Step::Fail(other),
        };
        match &mut self.reading {
            Reading::Articles { current, .. } => match open_articles(&input, self.ledger.as_ref()) {
                Err(error) => Some(failed(error)),
                Ok((articles, encoding)) => {
                    *current = Some(articles);
                    let note = encoding.map(|name| Step::Note(format!("{}: read as {name}", input.name)));
                    note.or_else(|| self.next())
                }
            },
            Reading::Statements { columns, table } => match open_table(&input, self.ledger.as_ref()) {
                Err(error) => Some(failed(error)),
                Ok((found, _)) if found != *columns => {
                    let reason =
                        format!("its columns ({}) are not those of the first table", found.join(", "));
                    Some(Step::Skip(Skipped::file(&input.name, reason)))
                }
                Ok((_, opened)) => {
                    *table = Some(Box::new(opened));
                    self.next()
                }
            },
        }
    }
}

fn without_name(error: &TableError, name: &str) -> String {
    let said = error.to_string();
    said.strip_prefix(name).map_or(&*said, |rest| rest.trim_start_matches([':', ' '])).to_owned()
}

fn article_step(
    article: Result<Article, Skipped>,
    date: Option<&str>,
    copies: Option<&mut FirstCopies>,
) -> Step {
    match article {
        Ok(mut article) => {
            let bytes = article.text.len() as u64;
            article.date = article.date.or_else(|| date.map(str::to_owned));
            article.duplicate_of = copies.and_then(|copies| copies.first(&article.id, &article.text));
            Step::Job(Job::Article(article), bytes)
        }
        Err(skipped) => left_out(skipped),
    }
}

impl Iterator for Source {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if let Some(skipped) = self.early.next() {
            return Some(Step::Skip(skipped));
        }
        let step = match &mut self.reading {
            Reading::Articles { date, current, copies, ids, told } => {
                told.take().map(|step| *step).or_else(|| {
                    let article = current.as_mut()?.next()?;
                    let again = article.as_ref().ok().and_then(|article| ids.again(&article.id));
                    let step = article_step(article, date.as_deref(), copies.as_deref_mut());
                    let Some(note) = again else { return Some(step) };
                    *told = Some(Box::new(step));
                    Some(Step::Note(note))
                })
            }
            Reading::Statements { table, .. } => table.as_mut().and_then(|t| t.step()),
        };
        step.or_else(|| self.next_input())
    }
}
