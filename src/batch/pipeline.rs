//! An ordered pipeline: work goes to the workers in turn, results come back in the same turn.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How wide a pipeline is.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline {
    /// The number of worker threads.
    pub workers: NonZeroUsize,
}

/// Jobs that wait for one worker, and results that wait for the sink: what bounds memory.
const QUEUE: usize = 2;

/// Why a pipeline ended early.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The sink refused a result.
    Sink(E),
    /// A worker is gone: it panicked.
    Worker,
}

impl<E> From<Infallible> for Stopped<E> {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Gives each of `jobs` to a worker and each result to `sink`, in the order of the jobs, whatever the number of
/// workers. `worker` is called once on every thread and makes its state. The calling thread reads and writes.
///
/// # Errors
/// The first error of `sink`, or a worker's panic; no further job is read then.
pub fn ordered<J: Send, R: Send, W: FnMut(J) -> R, E>(
    pipeline: Pipeline,
    jobs: impl Iterator<Item = J>,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let workers = pipeline.workers.get();
    if workers == 1 {
        let mut work = worker();
        for job in jobs {
            let result = catch_unwind(AssertUnwindSafe(|| work(job))).map_err(|_| Stopped::Worker)?;
            sink(result).map_err(Stopped::Sink)?;
        }
        return Ok(());
    }
    thread::scope(|scope| {
        for result in results(scope, pipeline, jobs, &worker) {
            sink(result.map_err(|Gone| Stopped::Worker)?).map_err(Stopped::Sink)?;
        }
        Ok(())
    })
}

/// A worker is gone: it panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a worker thread has died")]
pub struct Gone;

/// [`ordered`] for those who pull: an iterator over the results in the order of the jobs, whatever the number of
/// workers, which are threads of `scope`. Jobs are read as results are taken, a few ahead. After [`Gone`] nothing comes.
pub fn results<'scope, J: Send + 'scope, R: Send + 'scope, W: FnMut(J) -> R>(
    scope: &'scope thread::Scope<'scope, '_>,
    pipeline: Pipeline,
    jobs: impl Iterator<Item = J>,
    worker: &'scope (impl Fn() -> W + Sync),
) -> impl Iterator<Item = Result<R, Gone>> {
    let lane = |_| {
        let (to, from_main) = sync_channel::<J>(QUEUE);
        let (to_main, from) = sync_channel::<R>(QUEUE);
        let work = move || {
            let mut work = worker();
            for job in from_main {
                if to_main.send(work(job)).is_err() {
                    break;
                }
            }
        };
        // A panic ends the thread and with it the channels, which tells it; its state is not used again.
        scope.spawn(|| drop(catch_unwind(AssertUnwindSafe(work))));
        (to, from)
    };
    let lanes = (0..pipeline.workers.get()).map(lane).collect();
    Results { jobs: jobs.fuse(), lanes, sent: 0, received: 0 }
}

struct Results<I, J, R> {
    jobs: I,
    lanes: Vec<(SyncSender<J>, Receiver<R>)>,
    sent: usize,
    received: usize,
}

impl<I: Iterator<Item = J>, J, R> Iterator for Results<I, J, R> {
    type Item = Result<R, Gone>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.sent - self.received < self.lanes.len() * QUEUE {
            let Some(job) = self.jobs.next() else { break };
            let (to, _) = self.lanes.get(self.sent % self.lanes.len())?;
            if to.send(job).is_err() {
                return self.gone();
            }
            self.sent += 1;
        }
        if self.received == self.sent {
            return None;
        }
        let (_, from) = self.lanes.get(self.received % self.lanes.len())?;
        self.received += 1;
        match from.recv() {
            Ok(result) => Some(Ok(result)),
            Err(_) => self.gone(),
        }
    }
}

impl<I, J, R> Results<I, J, R> {
    fn gone(&mut self) -> Option<Result<R, Gone>> {
        let told = !self.lanes.is_empty();
        self.lanes.clear();
        self.received = self.sent;
        told.then_some(Err(Gone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(workers: usize, refuse_at: Option<usize>) -> (Vec<usize>, bool) {
        let mut results = Vec::new();
        let pipeline = Pipeline { workers: NonZeroUsize::new(workers).unwrap() };
        let worker = || {
            |job: usize| {
                if job.is_multiple_of(7) {
                    thread::yield_now();
                }
                job * 2
            }
        };
        let ended = ordered(pipeline, 0..500, worker, |result| {
            if Some(result) == refuse_at {
                return Err(());
            }
            results.push(result);
            Ok(())
        });
        (results, ended.is_ok())
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs_at_any_width() {
        let expect: Vec<usize> = (0..500).map(|j| j * 2).collect();
        for workers in [1, 2, 3, 8] {
            assert_eq!(run(workers, None), (expect.clone(), true));
        }
    }

    #[test]
    fn results_can_be_pulled() {
        let worker = || |job: usize| job * 2;
        thread::scope(|scope| {
            let pipeline = Pipeline { workers: NonZeroUsize::new(3).unwrap() };
            let mut pulled = results(scope, pipeline, 0..1000, &worker);
            assert!(pulled.by_ref().take(500).eq((0..500).map(|job| Ok(job * 2))));
            assert_eq!(pulled.count(), 500);
        });
    }

    #[test]
    fn a_worker_that_dies_is_told_once_and_is_no_panic() {
        let dies = || |job: usize| assert!(job < 5, "as it must");
        for workers in [1, 2, 3] {
            let pipeline = Pipeline { workers: NonZeroUsize::new(workers).unwrap() };
            let found: Vec<_> = thread::scope(|scope| results(scope, pipeline, 0..100, &dies).collect());
            assert_eq!(found.iter().filter(|result| **result == Err(Gone)).count(), 1);
            assert_eq!(found.last(), Some(&Err(Gone)));
            let ended = ordered(pipeline, 0..100, dies, |()| Ok::<_, Infallible>(()));
            assert!(matches!(ended, Err(Stopped::Worker)), "{workers} workers: {ended:?}");
        }
    }

    #[test]
    fn a_refusing_sink_ends_the_work() {
        for workers in [1, 2, 3] {
            let (results, fine) = run(workers, Some(20));
            assert_eq!((results.len(), fine), (10, false));
        }
    }
}
