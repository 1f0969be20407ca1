//! One run: results are taken in the order of the input, and how far it has come is noted from time to time.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use demarche::batch::{Block, review_header};
use demarche::read::{Skipped, TableError};
use xxhash_rust::xxh3::Xxh3Default;

use super::checkpoint::{self, Checkpoint, Settings};
use super::destination::{Destination, Plan};
use super::done::Done;
use super::rejects;
use super::side::Side;
use super::since::Index;
use crate::cmd::interrupt::{self, Interrupted};
use crate::cmd::progress::{Reporter, count};
use crate::cmd::steps::{Source, Step};

/// How often a checkpoint is written.
const EVERY: Duration = Duration::from_secs(2);

/// What has become of a step.
pub(super) struct Told {
    /// The step's digest, where one is needed.
    pub(super) digest: u128,
    pub(super) what: What,
}

pub(super) enum What {
    Block { block: Block, articles: usize, copies: usize, bytes: u64, reused: bool },
    Skip(Skipped),
    Note(String),
    Fail(TableError),
}

/// What a run is to do, beside scoring.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// What it depends on.
    pub(super) settings: Settings,
    /// The table of rejects.
    pub(super) rejects: Option<PathBuf>,
    /// The table for review.
    pub(super) review: Option<PathBuf>,
    /// Whether the first reject ends the run.
    pub(super) strict: bool,
    /// Rows between checkpoints, if not only time decides.
    pub(super) checkpoint_rows: Option<NonZeroUsize>,
    /// Whether the output gets an index.
    pub(super) indexed: bool,
    /// Whether a digest is made of what a stream is given.
    pub(super) digesting: bool,
}

/// The first reject of a strict run.
#[derive(Debug, thiserror::Error)]
#[error("{0}; --strict stops at the first, and the output was not finished")]
struct Refused(Skipped);

/// An error after which the run can be continued.
#[derive(Debug)]
struct Kept {
    words: String,
    error: anyhow::Error,
}

impl std::fmt::Display for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#}; {}", self.error, self.words)
    }
}

impl std::error::Error for Kept {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        None
    }
}

/// The run.
pub(super) struct Run {
    task: Task,
    destination: Destination,
    rejects: Option<Side>,
    review: Option<Side>,
    index: Option<Index>,
    track: Option<Track>,
    /// Steps that were taken, and their chained digest.
    steps: u64,
    chain: u128,
    pub(super) done: Done,
    pub(super) reporter: Reporter,
}

/// What is known of checkpoints.
struct Track {
    place: PathBuf,
    stored: Instant,
    /// Rows at the last checkpoint.
    rows: usize,
    /// The last one that can be written.
    ready: Option<Checkpoint>,
    /// True if there is one on the disk.
    exists: bool,
}

/// The digest of a chain of steps with one more.
fn chained(chain: u128, digest: u128) -> u128 {
    let mut hash = Xxh3Default::new();
    hash.update(&chain.to_le_bytes());
    hash.update(&digest.to_le_bytes());
    hash.digest128()
}

impl Run {
    /// Begins anew.
    pub(super) fn begin(task: Task, plan: Plan, reporter: Reporter) -> anyhow::Result<Self> {
        let continued = plan.file().filter(|_| plan.continuable);
        let track = continued.map(|output| Track::new(checkpoint::place(output), false));
        let (file, header) = (plan.file().map(ToOwned::to_owned), plan.header().len());
        let destination = Destination::begin(plan)?;
        let destination = if task.digesting { destination.digesting() } else { destination };
        // Only now is it sure that no other run is writing here.
        if let Some(track) = &track {
            checkpoint::remove(&track.place);
        }
        let rejects = task.rejects.as_deref().map(|path| Side::begin(path, rejects::header())).transpose()?;
        let review = task.review.as_deref().map(|path| Side::begin(path, review_header())).transpose()?;
        let index = file.filter(|_| task.indexed).map(|file| Index::begin(&file, header)).transpose()?;
        let done = Done::default();
        Ok(Self { task, destination, rejects, review, index, track, steps: 0, chain: 0, done, reporter })
    }

    /// Goes on after `from`; gives the reporter back if what an earlier run has left is not what it was.
    pub(super) fn resume(
        task: Task,
        plan: Plan,
        from: Checkpoint,
        mut reporter: Reporter,
    ) -> anyhow::Result<Result<Self, Reporter>> {
        let Some(file) = plan.file().map(ToOwned::to_owned) else { return Ok(Err(reporter)) };
        let Some(destination) = Destination::resume(plan, &from.output)? else { return Ok(Err(reporter)) };
        let side = |path: &Option<PathBuf>, length: Option<u64>| match (path, length) {
            (Some(path), Some(length)) => Side::resume(path, length),
            _ => Ok(None),
        };
        let rejects = side(&task.rejects, from.rejects)?;
        let review = side(&task.review, from.review)?;
        let index = match from.index {
            Some(length) => Index::resume(&file, length, from.output.length())?,
            None => None,
        };
        let found = [rejects.is_some(), review.is_some(), index.is_some()];
        if found != [from.rejects.is_some(), from.review.is_some(), from.index.is_some()] {
            return Ok(Err(reporter));
        }
        reporter.resume(from.done.skipped);
        let track = Some(Track { rows: from.done.rows, ..Track::new(checkpoint::place(&file), true) });
        let chain = u128::from_str_radix(&from.input, 16).unwrap_or_default();
        let (steps, done) = (from.steps, from.done);
        Ok(Ok(Self { task, destination, rejects, review, index, track, steps, chain, done, reporter }))
    }

    /// Reads past the steps that are done already. False if they are no longer what they were.
    pub(super) fn replay(&self, source: &mut Source) -> Result<bool, Interrupted> {
        let mut chain = 0;
        for _ in 0..self.steps {
            interrupt::check()?;
            let Some(step) = source.next() else { return Ok(false) };
            chain = chained(chain, step.digest());
            if let Step::Job(_, bytes) = step {
                self.reporter.advance(bytes);
            }
        }
        Ok(chain == self.chain)
    }

    /// True if digests of the steps are needed.
    pub(super) const fn is_tracked(&self) -> bool {
        self.track.is_some()
    }

    /// Takes what has become of the next step.
    pub(super) fn take(&mut self, told: Told) -> anyhow::Result<()> {
        match told.what {
            What::Block { block, articles, copies, bytes, reused } => {
                self.destination.take(&block)?;
                if let Some(review) = &mut self.review {
                    review.add(&block.review)?;
                }
                if let Some(index) = &mut self.index {
                    index.add(told.digest, &block)?;
                }
                self.done.add(&block);
                self.done.articles += articles;
                self.done.copies += copies;
                self.done.reused += usize::from(reused);
                self.reporter.advance(bytes);
            }
            What::Skip(skipped) => self.skip(skipped)?,
            What::Note(note) => self.reporter.note(&note),
            What::Fail(error) => return Err(error.into()),
        }
        self.steps += 1;
        self.chain = if self.track.is_some() { chained(self.chain, told.digest) } else { 0 };
        self.mark()?;
        interrupt::check()?;
        Ok(())
    }

    fn skip(&mut self, skipped: Skipped) -> anyhow::Result<()> {
        self.done.skipped += 1;
        if let Some(rejects) = &mut self.rejects {
            rejects.add(&rejects::row(&skipped))?;
        }
        if self.task.strict {
            return Err(Refused(skipped).into());
        }
        self.reporter.skip(&skipped);
        Ok(())
    }

    /// The tables beside the output.
    fn sides(&self) -> impl Iterator<Item = &Side> {
        self.rejects.iter().chain(&self.review).chain(self.index.as_ref().map(|index| &index.table))
    }

    /// Writes a checkpoint if it is time.
    fn mark(&mut self) -> anyhow::Result<()> {
        let settled = self.destination.settle()?;
        let due = self.track.as_ref().is_some_and(|t| t.due(self.done.rows, self.task.checkpoint_rows));
        let whole = settled || (due && self.destination.settle_early()?);
        if whole && (due || self.destination.is_compressed()) {
            self.make_ready()?;
        }
        if due { self.store() } else { Ok(()) }
    }

    /// Notes where the run stands; nothing may be pending in the output.
    fn make_ready(&mut self) -> anyhow::Result<()> {
        let ready = Checkpoint {
            settings: self.task.settings.clone(),
            steps: self.steps,
            input: format!("{:032x}", self.chain),
            output: self.destination.position(),
            rejects: self.rejects.as_mut().map(Side::settle).transpose()?,
            review: self.review.as_mut().map(Side::settle).transpose()?,
            index: self.index.as_mut().map(|index| index.table.settle()).transpose()?,
            done: self.done.clone(),
        };
        if let Some(track) = &mut self.track {
            track.ready = Some(ready);
        }
        Ok(())
    }

    /// Writes the checkpoint that is ready, after all that it speaks of.
    fn store(&mut self) -> anyhow::Result<()> {
        let ready = self.track.as_mut().and_then(|track| track.ready.take());
        let Some(ready) = ready else { return Ok(()) };
        self.destination.sync()?;
        self.sides().try_for_each(Side::sync)?;
        let Some(track) = &mut self.track else { return Ok(()) };
        ready.store(&track.place)?;
        track.exists = true;
        track.stored = Instant::now();
        track.rows = ready.done.rows;
        Ok(())
    }

    /// Gives the files their names, and returns those of the output.
    pub(super) fn finish(&mut self) -> anyhow::Result<Vec<PathBuf>> {
        self.destination.complete()?;
        for side in self.rejects.iter_mut().chain(&mut self.review) {
            side.complete()?;
        }
        let digest = self.destination.position().digest();
        if let Some(index) = &mut self.index {
            index.complete(&self.task.settings, digest)?;
        }
        self.rejects.iter().chain(&self.review).try_for_each(Side::publish)?;
        let names = self.destination.publish()?;
        // It speaks of the output, so it comes after it.
        self.index.iter().try_for_each(|index| index.table.publish())?;
        if let Some(track) = &self.track {
            checkpoint::remove(&track.place);
        }
        if let Some(part) = self.destination.left_over() {
            self.reporter.note(&format!("{} is of an earlier run, and was left there", part.display()));
        }
        Ok(names)
    }

    /// BLAKE3 and length of what standard output was given, where that was wanted.
    pub(super) fn stream_digest(&self) -> Option<(String, u64)> {
        self.destination.stream_digest()
    }

    /// Keeps what can be continued, or else takes away what was written; says so in the error.
    pub(super) fn fail(mut self, error: anyhow::Error) -> anyhow::Error {
        self.reporter.finish("");
        let interrupted = error.is::<Interrupted>();
        if interrupted {
            // A checkpoint that cannot be written leaves the one before.
            let early = self.destination.settle_early().unwrap_or(false);
            let _ = if early { self.make_ready().and_then(|()| self.store()) } else { self.store() };
        }
        let kept = !error.is::<Refused>() && self.track.as_ref().is_some_and(|t| t.exists);
        if !kept {
            self.discard();
            return error;
        }
        let rows = self.track.as_ref().map_or(0, |t| t.rows);
        let words = format!("{} kept: the same command with --resume goes on from there", count(rows, "row"));
        // What went wrong comes first; what was kept is the way out.
        anyhow::Error::new(Kept { words, error })
    }

    /// Takes away all that was written.
    pub(super) fn discard(&self) {
        self.destination.discard();
        self.sides().for_each(Side::discard);
        if let Some(track) = &self.track {
            checkpoint::remove(&track.place);
        }
    }

    /// Publishes the table of rejects alone, if it has any: there is nothing else.
    pub(super) fn reject_all(&mut self) -> anyhow::Result<()> {
        if self.done.skipped > 0
            && let Some(mut rejects) = self.rejects.take()
        {
            rejects.complete()?;
            rejects.publish().context("the table of rejects")?;
        }
        self.discard();
        Ok(())
    }
}

impl Track {
    fn new(place: PathBuf, exists: bool) -> Self {
        Self { place, stored: Instant::now(), rows: 0, ready: None, exists }
    }

    fn due(&self, rows: usize, every: Option<NonZeroUsize>) -> bool {
        every.is_some_and(|n| rows >= self.rows + n.get()) || self.stored.elapsed() >= EVERY
    }
}
