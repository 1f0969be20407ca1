//! The program's side: one verb a file, and what the verbs share with the outside world.

pub(crate) mod agree;
pub(crate) mod card;
pub(crate) mod check;
pub(crate) mod classify;
mod corrections;
mod counts;
mod data;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod extract;
mod facts;
mod format;
mod growing;
mod input;
pub(crate) mod interrupt;
mod ledger;
mod model;
mod number;
pub(crate) mod output;
mod pairs;
pub(crate) mod progress;
mod recipe;
mod registry;
mod search;
mod steps;
mod summary;
pub(crate) mod train;
mod validate;
pub(crate) mod verify;
mod written;

use clap::{Parser, Subcommand};

/// How figures and findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For reading.
    Text,
    /// For programs.
    Json,
}

/// How a verb ended, as the process tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it was done.
    Done,
    /// It was done, but some input was left out.
    Partial,
    /// It was done, and what it looks for was found.
    Findings,
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
    Check(check::Arguments),
    Agree(agree::Arguments),
    Card(card::Arguments),
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
            Self::Check(arguments) => check::run(&arguments, quiet),
            Self::Agree(arguments) => agree::run(&arguments, quiet),
            Self::Card(arguments) => card::run(&arguments),
            Self::Explain(arguments) => explain::run(&arguments),
            Self::Verify(arguments) => verify::run(&arguments, quiet),
        }
    }
}
