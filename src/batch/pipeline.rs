//! An ordered pipeline: work goes to the workers in turn, results come back in the same turn.

use std::convert::Infallible;
use std::num::NonZeroUsize;
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
            sink(work(job)).map_err(Stopped::Sink)?;
        }
        return Ok(());
    }
    thread::scope(|scope| {
        let mut lanes: Vec<(SyncSender<J>, Receiver<R>)> = Vec::with_capacity(workers);
        for _ in 0..workers {
            let (to, from_main) = sync_channel::<J>(QUEUE);
            let (to_main, from) = sync_channel::<R>(QUEUE);
            let worker = &worker;
            scope.spawn(move || {
                let mut work = worker();
                for job in from_main {
                    if to_main.send(work(job)).is_err() {
                        break;
                    }
                }
            });
            lanes.push((to, from));
        }
        let (mut sent, mut received) = (0, 0);
        for job in jobs {
            if sent - received == workers * QUEUE {
                receive(&lanes, received, &mut sink)?;
                received += 1;
            }
            let (to, _) = lanes.get(sent % workers).ok_or(Stopped::Worker)?;
            to.send(job).map_err(|_| Stopped::Worker)?;
            sent += 1;
        }
        while received < sent {
            receive(&lanes, received, &mut sink)?;
            received += 1;
        }
        Ok(())
    })
}

fn receive<J, R, E>(
    lanes: &[(SyncSender<J>, Receiver<R>)],
    number: usize,
    sink: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let (_, from) = lanes.get(number % lanes.len().max(1)).ok_or(Stopped::Worker)?;
    sink(from.recv().map_err(|_| Stopped::Worker)?).map_err(Stopped::Sink)
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
    fn a_refusing_sink_ends_the_work() {
        for workers in [1, 2, 3] {
            let (results, fine) = run(workers, Some(20));
            assert_eq!((results.len(), fine), (10, false));
        }
    }
}
