//! The steps of a run on all cores.

use std::num::NonZeroUsize;

use demarche::batch::{Bench, Job, Pipeline, Scoring, Stopped, ordered};

use super::run::{Run, Told, What};
use super::since::Earlier;
use crate::cmd::steps::{Source, Step};

/// How steps are worked on.
pub(super) struct Work<'a> {
    pub(super) bench: Bench<'a>,
    pub(super) workers: NonZeroUsize,
    /// An earlier output whose rows can be taken over.
    pub(super) earlier: Option<&'a Earlier>,
    /// True if the output is cut between rows.
    pub(super) split: bool,
    /// True if steps need a digest.
    pub(super) tracked: bool,
    /// True if statements without a label are wanted for review.
    pub(super) review: bool,
}

impl Work<'_> {
    /// Works on all steps of `source`; `run` takes what has become of them, in their order.
    pub(super) fn run(&self, source: Source, run: &mut Run) -> anyhow::Result<()> {
        let worker = || {
            let mut scoring = Scoring::new(self.bench).noting_ends(self.split).reviewing(self.review);
            move |step: Step| self.step(step, &mut scoring)
        };
        match ordered(Pipeline { workers: self.workers }, source, worker, |told| run.take(told)) {
            Ok(()) => Ok(()),
            Err(Stopped::Sink(error)) => Err(error),
            Err(Stopped::Worker) => anyhow::bail!("a worker thread has died; please report this"),
        }
    }

    fn step(&self, step: Step, scoring: &mut Scoring<'_>) -> Told {
        let digest = if self.tracked { step.digest() } else { 0 };
        let what = match step {
            Step::Job(job, bytes) => {
                let (articles, copies) = match &job {
                    Job::Article(article) => (1, usize::from(article.duplicate_of.is_some())),
                    Job::Rows(_) => (0, 0),
                };
                let earlier = self.earlier.and_then(|earlier| earlier.rows(digest));
                let reused = earlier.is_some();
                let block = earlier.unwrap_or_else(|| scoring.run(&job));
                What::Block { block, articles, copies, bytes, reused }
            }
            Step::Skip(skipped) => What::Skip(skipped),
            Step::Note(note) => What::Note(note),
            Step::Fail(error) => What::Fail(error),
        };
        Told { digest, what }
    }
}
