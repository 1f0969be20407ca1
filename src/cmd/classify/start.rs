//! The start of a run: anew, or where an interrupted one has stopped.

use super::Arguments;
use super::checkpoint::{self, Checkpoint, Settings};
use super::destination::Plan;
use super::run::{Run, Task};
use crate::cmd::input::{Found, Input};
use crate::cmd::ledger::Ledger;
use crate::cmd::progress::{Reporter, count};
use crate::cmd::steps::Source;

/// What a run starts from.
pub(super) struct Start<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) found: &'a Found,
    pub(super) ledger: Option<Ledger>,
    pub(super) settings: Settings,
    pub(super) plan: Plan,
}

impl Start<'_> {
    fn task(&self) -> Task {
        Task {
            settings: self.settings.clone(),
            rejects: self.arguments.rejects.clone(),
            review: self.arguments.review.clone(),
            strict: self.arguments.strict,
            checkpoint_rows: self.arguments.checkpoint_rows,
            indexed: self.arguments.is_indexed(),
            digesting: self.ledger.is_some(),
        }
    }

    /// Goes on where an earlier run has stopped, if that is wanted and possible, or else begins anew.
    pub(super) fn run(self, mut source: Source, reporter: Reporter) -> anyhow::Result<(Run, Source)> {
        let Some(from) = self.checkpoint(&reporter)? else {
            return Ok((Run::begin(self.task(), self.plan, reporter)?, source));
        };
        let reporter = match Run::resume(self.task(), self.plan.clone(), from, reporter)? {
            Err(reporter) => {
                reporter.note(
                    "what the interrupted run had written is gone or changed; starting from the beginning",
                );
                return Ok((Run::begin(self.task(), self.plan, reporter)?, source));
            }
            Ok(run) => match run.replay(&mut source) {
                Ok(true) => {
                    run.reporter.note(&format!("going on after {}", count(run.done.rows, "row")));
                    return Ok((run, source));
                }
                Ok(false) => run.reporter,
                Err(interrupted) => return Err(run.fail(interrupted.into())),
            },
        };
        anyhow::ensure!(
            !self.found.inputs.iter().any(Input::is_standard),
            "standard input is not what the interrupted run has read; run without --resume to start over"
        );
        reporter.note("the input is not what the interrupted run has read; starting from the beginning");
        drop(source);
        if let Some(ledger) = &self.ledger {
            ledger.take();
        }
        let source = self.arguments.source(self.found.clone(), self.ledger.clone())?;
        Ok((Run::begin(self.task(), self.plan, reporter)?, source))
    }

    /// The checkpoint of an interrupted run with the same settings.
    fn checkpoint(&self, reporter: &Reporter) -> anyhow::Result<Option<Checkpoint>> {
        let Some(file) = self.plan.file() else { return Ok(None) };
        let place = checkpoint::place(file);
        if !self.arguments.resume {
            if place.exists() {
                reporter.note("an interrupted run is given up; --resume would have gone on with it");
            }
            return Ok(None);
        }
        let Some(from) = Checkpoint::load(&place)? else {
            reporter.note("there is no interrupted run; starting from the beginning");
            return Ok(None);
        };
        if let Some(changed) = from.changed(&self.settings) {
            reporter.note(&format!("the interrupted run had another {changed}; starting from the beginning"));
            return Ok(None);
        }
        Ok(Some(from))
    }
}
