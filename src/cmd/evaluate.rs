//! `demarche evaluate`: how good a model or a recipe is on labelled rows.

use std::path::PathBuf;

use demarche::model::Model;

use super::data::{self, By, Data};
use super::figures::Tested;
use super::output::Output;
use super::progress::Reporter;
use super::recipe::RecipeArguments;
use super::train::{cross_validated, trainer};
use super::{Outcome, model};

/// Measure a model on labelled rows, or a recipe by cross-validation on them.
///
/// Intervals are 95 % bootstrap intervals that draw whole groups.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche evaluate data/statements.csv --folds 5")]
pub(crate) struct Arguments {
    /// Labelled tables.
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,

    /// Measure this model on all rows; `shipped` is the one inside the program.
    #[arg(short, long, value_name = "FILE", conflicts_with = "folds")]
    model: Option<PathBuf>,

    /// Without a model: train on all folds but one, and test on that one.
    #[arg(long, value_name = "K", default_value_t = 5)]
    folds: usize,

    /// What the folds are made by.
    #[arg(long, value_enum, default_value_t = By::Group)]
    by: By,

    #[command(flatten)]
    recipe: RecipeArguments,
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let mut reporter = Reporter::new(quiet, 0, "rows");
    let data = data::read(&arguments.data, arguments.recipe.labels(), &mut reporter)?;
    let seed = arguments.recipe.seed;
    let page = match &arguments.model {
        Some(path) => {
            let shipped = path.as_os_str() == "shipped";
            let model = model::load((!shipped).then_some(path))?;
            measured(&data, &model)?.page(seed)?
        }
        None => {
            let folds = data.folds(arguments.by, arguments.folds, seed)?;
            cross_validated(&data, &trainer(&data, arguments.recipe.recipe()), &folds)?.figures.page(seed)?
        }
    };
    let mut output = Output::open(None)?;
    output.write(format!("{}\n\n{page}", data.summary()).as_bytes())?;
    output.finish()?;
    reporter.finish("");
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

/// The model's probabilities for all rows.
fn measured<'a>(data: &'a Data, model: &Model) -> anyhow::Result<Tested<'a>> {
    let known = &model.header().labels;
    if *known != data.labels {
        anyhow::bail!(
            "the model knows the labels {}, the data has {}",
            known.join(", "),
            data.labels.join(", ")
        );
    }
    let mut session = model.session();
    let majority = known.len().min(model.header().rows.len());
    let rows = &model.header().rows;
    let largest = (0..majority).max_by_key(|&c| (rows.get(c).copied(), std::cmp::Reverse(c))).unwrap_or(0);
    Ok(Tested {
        labels: &data.labels,
        truth: data.classes.clone(),
        probabilities: data.rows.iter().map(|row| session.probabilities(&row.text).to_vec()).collect(),
        groups: data.groups.clone(),
        trained_on: vec![largest],
    })
}
