//! `demarche train`: labelled statements in, a model out.

use std::path::PathBuf;
use std::time::Instant;

use demarche::eval::cross_validate;
use demarche::model::train::softmax;
use demarche::model::{Header, Model, Recipe, Trainer, temperature};
use demarche::text::STEMMER;

use super::Outcome;
use super::data::{self, By, Data};
use super::figures::Tested;
use super::output::Output;
use super::progress::{Reporter, count};
use super::recipe::RecipeArguments;

/// Train a model on labelled statements.
///
/// DATA is CSV with the columns text and label; id, group (what a split must keep together), pair, date, source and
/// weight are used where they are there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche train data/statements.csv -o models/talks.demarche")]
pub(crate) struct Arguments {
    /// Labelled tables.
    #[arg(value_name = "DATA", default_value = "data/statements.csv")]
    data: Vec<PathBuf>,

    /// Where to write the model.
    #[arg(short, long, value_name = "FILE", default_value = "models/talks.demarche")]
    output: PathBuf,

    /// Folds of the cross-validation; 0 leaves it out, and with it the calibration.
    #[arg(long, value_name = "K", default_value_t = 5)]
    folds: usize,

    #[command(flatten)]
    recipe: RecipeArguments,
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let mut reporter = Reporter::new(quiet, 0, "rows");
    let data = data::read(&arguments.data, arguments.recipe.labels(), &mut reporter)?;
    reporter.note(&data.summary());
    let recipe = arguments.recipe.recipe();
    let started = Instant::now();
    let trainer = trainer(&data, recipe.clone());
    let mut heat = 1.0;
    if arguments.folds > 0 {
        let tested = cross_validated(&data, &trainer, &data.folds(By::Group, arguments.folds, recipe.seed)?)?;
        heat = tested.temperature;
        reporter.note(&format!(
            "\n{} folds, no group split:\n{}",
            arguments.folds,
            tested.figures.page(recipe.seed)?
        ));
    }
    let every: Vec<usize> = (0..data.rows.len()).collect();
    let fitted = trainer.fit(&every)?;
    let model = Model::new(header(&data, recipe, heat), fitted);
    let mut output = Output::open(Some(&arguments.output))?;
    let bytes = model.to_bytes();
    output.write(&bytes)?;
    output.finish()?;
    let report = model.report();
    reporter.finish(&format!(
        "{} in {} epochs (relative duality gap {:.1e}), {:.1} s in all\n{}: {} bytes, digest {}",
        count(model.features(), "feature"),
        report.epochs,
        report.relative_gap,
        started.elapsed().as_secs_f64(),
        arguments.output.display(),
        bytes.len(),
        model.digest(),
    ));
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

/// The rows of `data`, read into terms.
pub(super) fn trainer(data: &Data, recipe: Recipe) -> Trainer {
    Trainer::new(
        recipe,
        data.labels.len(),
        data.rows.iter().map(|r| r.text.as_str()),
        data.classes.clone(),
        data.rows.iter().map(|r| r.weight).collect(),
    )
}

/// What a cross-validation gives.
pub(super) struct CrossValidated<'a> {
    pub(super) figures: Tested<'a>,
    pub(super) temperature: f64,
}

/// Out-of-fold probabilities at the temperature that suits them best.
pub(super) fn cross_validated<'a>(
    data: &'a Data,
    trainer: &Trainer,
    folds: &[demarche::eval::Fold],
) -> anyhow::Result<CrossValidated<'a>> {
    let out = cross_validate(folds, |train, test| trainer.fit_and_score(train, test))?;
    let pick = |values: &[usize]| -> Vec<usize> {
        out.rows.iter().filter_map(|&row| values.get(row).copied()).collect()
    };
    let truth = pick(&data.classes);
    let temperature = temperature(&out.probabilities, &truth);
    let heat = |logits: &Vec<f64>| softmax(&logits.iter().map(|z| z / temperature).collect::<Vec<_>>());
    let figures = Tested {
        labels: &data.labels,
        truth,
        probabilities: out.probabilities.iter().map(heat).collect(),
        groups: pick(&data.groups),
        trained_on: data.classes.clone(),
    };
    Ok(CrossValidated { figures, temperature })
}

fn header(data: &Data, recipe: Recipe, temperature: f64) -> Header {
    let mut hasher = blake3::Hasher::new();
    for row in &data.rows {
        for field in [&row.text, &row.label] {
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.update(&row.weight.to_le_bytes());
    }
    Header {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        stemmer: STEMMER.to_owned(),
        labels: data.labels.clone(),
        rows: data.label_counts(),
        data: hasher.finalize().to_hex().to_string(),
        recipe,
        temperature,
    }
}
