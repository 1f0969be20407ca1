//! The program's side: one verb a file, and what the verbs share with the outside world.

pub(crate) mod classify;
mod data;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod extract;
mod figures;
mod format;
mod growing;
mod input;
pub(crate) mod interrupt;
mod ledger;
mod model;
mod output;
pub(crate) mod progress;
mod recipe;
mod steps;
mod summary;
pub(crate) mod train;
pub(crate) mod verify;

use clap::{Parser, Subcommand};

/// How a verb ended, as the process tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it was done.
    Done,
    /// It was done, but some input was left out.
    Partial,
}

/// Reads the news and says who is open to talks, on what conditions, and who refuses.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,

    /// Say nothing but errors on standard error.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Classify(classify::Arguments),
    Extract(extract::Arguments),
    Train(train::Arguments),
    Evaluate(evaluate::Arguments),
    Explain(explain::Arguments),
    Verify(verify::Arguments),
}

impl Verb {
    /// Does it.
    pub(crate) fn run(self, quiet: bool) -> anyhow::Result<Outcome> {
        match self {
            Self::Classify(arguments) => classify::run(&arguments, quiet),
            Self::Extract(arguments) => extract::run(&arguments, quiet),
            Self::Train(arguments) => train::run(&arguments, quiet),
            Self::Evaluate(arguments) => evaluate::run(&arguments, quiet),
            Self::Explain(arguments) => explain::run(&arguments),
            Self::Verify(arguments) => verify::run(&arguments, quiet),
        }
    }
}
