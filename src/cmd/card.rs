//! `demarche card`: what a model is, what it was made of and how far to trust it.

use std::path::PathBuf;

use demarche::report;

use super::output::Output;
use super::{Outcome, model};

/// Print a model's card: data, features, figures with intervals, known failures, intended use.
///
/// All of it stands in the model's own header, so that a card cannot be lost or fall behind.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche card")]
pub(crate) struct Arguments {
    /// The model; without it the one inside the program.
    #[arg(short, long, value_name = "FILE")]
    model: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let model = model::load(arguments.model.as_ref())?;
    let mut output = Output::open(None)?;
    output.write(report::card(&model).as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}
