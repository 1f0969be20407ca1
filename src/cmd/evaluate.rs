//! `demarche evaluate`: how good a model or a recipe is on labelled rows.

mod extras;

use std::path::{Path, PathBuf};

use demarche::eval::{Abstention, Bootstrap, Fold};
use demarche::figures::Figures;
use demarche::model::{DataPart, Model};
use demarche::read::Filter;
use demarche::report::evaluation::{Evaluation, page, text};

use super::data::{self, By, Data, Wanted};
use super::output::Output;
use super::progress::Reporter;
use super::recipe::RecipeArguments;
use super::validate::{baselines, bootstrap, cross_validated, held_out, trainer};
use super::written::Written;
use super::{Format, Outcome, model, number};

/// What only says how to train: a model that is measured has been trained.
const OF_TRAINING: [&str; 15] = [
    "folds",
    "by",
    "no_cues",
    "without",
    "with",
    "estimator",
    "ratio_power",
    "cost",
    "ngrams",
    "no_stem",
    "char_ngrams",
    "char_scale",
    "min_df",
    "max_features",
    "balanced",
];

/// Measure a model on labelled rows, or a recipe by cross-validation on them.
///
/// Intervals are 95 % bootstrap intervals that draw whole groups. Where the table has the columns case and pair, hard
/// cases and minimal pairs are told, too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche evaluate data/statements.csv --folds 5\n  \
                        demarche evaluate my-quotes.csv --model shipped --html page.html")]
pub(crate) struct Arguments {
    /// Labelled tables.
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,

    /// Measure this model; `shipped` is the one inside the program.
    #[arg(short, long, value_name = "FILE", conflicts_with_all = OF_TRAINING)]
    model: Option<PathBuf>,

    /// Measure two models on the same rows and compare them.
    #[arg(long, num_args = 2, value_names = ["FIRST", "SECOND"], conflicts_with = "model")]
    #[arg(conflicts_with_all = OF_TRAINING)]
    compare: Vec<PathBuf>,

    /// Without a model: train on all folds but one, and test on that one.
    #[arg(long, value_name = "K", default_value_t = 5)]
    folds: usize,

    /// What the folds are made by.
    #[arg(long, value_enum, default_value_t = By::Group)]
    by: By,

    /// Use the column split. test: measure on the test rows, after training on the training rows where there is no
    /// model. train: use the training rows alone.
    #[arg(long, value_enum, value_name = "NAME")]
    split: Option<Split>,

    /// Abstain so that this share of the labels given is right, and measure what is left.
    #[arg(long, value_name = "P", value_parser = number::share)]
    precision: Option<f64>,

    /// Train on growing parts of the training rows and measure each on the test rows (column split; without it, one
    /// fold). Writes rows and macro-F1 to this CSV, and a plot beside it.
    #[arg(long, value_name = "CSV", conflicts_with_all = ["model", "compare"])]
    learning_curve: Option<PathBuf>,

    /// Leave every feature family out in turn, take it alone, or add it, on the same folds.
    #[arg(long, conflicts_with_all = ["model", "compare"])]
    ablation: bool,

    /// Use only the rows whose COLUMN holds VALUE; may be given several times.
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<Filter>,

    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Write one HTML page with plots, too.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    #[command(flatten)]
    recipe: RecipeArguments,
}

/// A part of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Split {
    /// What is trained on.
    Train,
    /// What is measured on.
    Test,
}

impl Arguments {
    /// Refuses to write over what is read.
    fn check(&self) -> anyhow::Result<()> {
        let curve = self.learning_curve.as_deref();
        let written = Written::default()
            .by("--html", self.html.as_deref())?
            .by("--learning-curve", curve)?
            .by("the plot of --learning-curve", curve.map(extras::plot).as_deref())?;
        written.spares("DATA", &self.data)?;
        written.spares("--model", &self.model)?;
        written.spares("--compare", &self.compare)
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    arguments.check()?;
    let mut reporter = Reporter::new(quiet, 0, "rows");
    let wanted = Wanted { labels: arguments.recipe.labels(), filters: &arguments.filters };
    let data = data::read(&arguments.data, &wanted, &mut reporter)?;
    let bootstrap = bootstrap(arguments.recipe.seed)?;
    let evaluation = evaluate(arguments, &data, &bootstrap, &reporter)?;
    if let Some(path) = &arguments.html {
        write(path, page(&evaluation).as_bytes())?;
        reporter.note(&format!("wrote {}", path.display()));
    }
    let mut output = Output::open(None)?;
    match arguments.format {
        Format::Text => output.write(text(&evaluation).as_bytes())?,
        Format::Json => output.json(&evaluation)?,
    }
    output.finish()?;
    reporter.finish("");
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut output = Output::open(Some(path))?;
    output.write(bytes)?;
    output.finish()
}

fn evaluate(
    arguments: &Arguments,
    data: &Data,
    bootstrap: &Bootstrap,
    reporter: &Reporter,
) -> anyhow::Result<Evaluation> {
    let names = data::names(&arguments.data);
    let models = match (&arguments.model, arguments.compare.as_slice()) {
        (Some(path), _) => Some((path, None)),
        (None, [first, second]) => Some((first, Some(second))),
        _ => None,
    };
    let Some((first, second)) = models else {
        return recipe(arguments, data, names, bootstrap, reporter);
    };
    let chosen = match arguments.split {
        None => None,
        Some(split) => Some(data.select(&rows_in(data, split)?)),
    };
    let parts = &tables(arguments, data, chosen.as_ref())?;
    let data = chosen.as_ref().unwrap_or(data);
    let model = named(first)?;
    let figures = measured(data, &model, arguments.precision, bootstrap)?;
    let comparison = match second {
        None => None,
        Some(second) => {
            let other = named(second)?;
            let titles = (title(first, &model, parts, reporter), title(second, &other, parts, reporter));
            Some(extras::compare(data, (&model, &other), titles, bootstrap)?)
        }
    };
    let subject = title(first, &model, parts, reporter);
    Ok(Evaluation { subject, data: names, figures, comparison, ablation: Vec::new(), learning_curve: None })
}

/// The tables that a model may have learned from: with and without what is left out here.
fn tables(arguments: &Arguments, data: &Data, chosen: Option<&Data>) -> anyhow::Result<Vec<DataPart>> {
    let mut parts = data.parts.clone();
    parts.extend(chosen.map(|chosen| data::part(&chosen.rows)));
    if !arguments.filters.is_empty() {
        let whole = Wanted { labels: arguments.recipe.labels(), filters: &[] };
        let quiet = &mut Reporter::new(true, 0, "rows");
        parts.extend(data::read_tables(&arguments.data, &whole, quiet)?.iter().map(data::part));
    }
    Ok(parts)
}

fn named(path: &PathBuf) -> anyhow::Result<Model> {
    model::load((path.as_os_str() != "shipped").then_some(path))
}

/// What a model is called, and whether it has learned from the tables with these digests.
fn title(path: &Path, model: &Model, tables: &[DataPart], reporter: &Reporter) -> String {
    let digest = model.digest();
    let name = format!("model {} ({})", path.display(), digest.get(..12).unwrap_or(digest));
    let learned = |table: &DataPart| model.header().parts.iter().any(|part| part.digest == table.digest);
    if !tables.iter().any(learned) {
        return name;
    }
    let warning = "trained on these very rows: its figures say nothing about others";
    reporter.note(&format!("{name}: {warning}"));
    format!("{name}, {warning}")
}

/// The rows of a split, which must be some.
fn rows_in(data: &Data, split: Split) -> anyhow::Result<Vec<usize>> {
    let name = match split {
        Split::Train => "train",
        Split::Test => "test",
    };
    let rows = data.in_split(name);
    if rows.is_empty() {
        anyhow::bail!("--split {name}: no row has {name:?} in the column split");
    }
    Ok(rows)
}

/// A recipe, by cross-validation or on the test split.
fn recipe(
    arguments: &Arguments,
    data: &Data,
    names: String,
    bootstrap: &Bootstrap,
    reporter: &Reporter,
) -> anyhow::Result<Evaluation> {
    let train_only = match arguments.split {
        Some(Split::Train) => Some(data.select(&rows_in(data, Split::Train)?)),
        _ => None,
    };
    let data = train_only.as_ref().unwrap_or(data);
    data.two_labels()?;
    let (recipe, seed) = (arguments.recipe.recipe(), arguments.recipe.seed);
    let trainer = trainer(data, recipe.clone());
    let (folds, validated, subject) = if arguments.split == Some(Split::Test) {
        rows_in(data, Split::Test)?;
        let split =
            data.split().ok_or_else(|| anyhow::anyhow!("--split test: there is no row to train on"))?;
        let validated = held_out(data, &trainer, &split, (arguments.folds, seed))?;
        let subject = format!("recipe trained on {} rows, tested on the test split", split.train.len());
        (vec![split], validated, subject)
    } else {
        let folds = data.folds(arguments.by, arguments.folds, seed)?;
        let validated = cross_validated(data, &trainer, &folds, arguments.by)?;
        let trained = || folds.iter().map(|fold| fold.train.len());
        let least = match (trained().min(), trained().max()) {
            // Whole groups are kept out of the training where one of their rows is tested.
            (Some(least), Some(most)) if arguments.by != By::Group => {
                let most = if most > least { format!(" to {most}") } else { String::new() };
                format!(", trained on {least}{most} of {} rows", data.rows.len())
            }
            _ => String::new(),
        };
        let by = arguments.by.name();
        let subject = format!("recipe in a cross-validation of {} folds by {by}{least}", folds.len());
        (folds, validated, subject)
    };
    let mut figures = validated.figures(bootstrap)?;
    if let Some(precision) = arguments.precision {
        figures.abstained = Some(validated.abstained(precision, bootstrap)?);
    }
    let ablation =
        if arguments.ablation { extras::ablation(data, &recipe, &folds, bootstrap)? } else { Vec::new() };
    let learning_curve = match &arguments.learning_curve {
        None => None,
        Some(path) => {
            let split = curve_split(arguments, data, &folds, reporter)?;
            Some(extras::learning_curve(data, &trainer, &split, (path, seed), bootstrap)?)
        }
    };
    Ok(Evaluation { subject, data: names, figures, comparison: None, ablation, learning_curve })
}

/// What a learning curve trains on and tests on.
fn curve_split(
    arguments: &Arguments,
    data: &Data,
    folds: &[Fold],
    reporter: &Reporter,
) -> anyhow::Result<Fold> {
    if let Some(split) = data.split() {
        return Ok(split);
    }
    reporter.note("no column split with train and test: the learning curve is tested on the first fold");
    let grouped = data.folds(By::Group, arguments.folds, arguments.recipe.seed)?;
    let first = grouped.into_iter().next().or_else(|| folds.first().cloned());
    first.ok_or_else(|| anyhow::anyhow!("the learning curve needs rows to test on"))
}

/// A model's figures on all rows; with a precision, or the model's own, what is left after abstention.
fn measured(
    data: &Data,
    model: &Model,
    precision: Option<f64>,
    bootstrap: &Bootstrap,
) -> anyhow::Result<Figures> {
    let tested = extras::scored(data, model)?;
    let header = model.header();
    let largest = |class: &usize| (header.rows.get(*class).copied(), std::cmp::Reverse(*class));
    let majority = (0..header.labels.len()).max_by_key(largest).unwrap_or(0);
    let every: Vec<usize> = (0..data.rows.len()).collect();
    let mut figures = tested.figures(bootstrap, &baselines(data, &every, majority))?;
    figures.uncalibrated = Some(tested.uncalibrated(header.temperature)?);
    let stored = header.thresholds.as_ref().map(|stored| stored.precision);
    if let Some(precision) = precision.or(stored) {
        let Some(validation) = &header.validation else {
            anyhow::bail!("--precision needs a model with a cross-validation; this one was trained without");
        };
        let thresholds = Abstention::new(precision)?.fit_curve(&validation.scores);
        figures.abstained = Some(tested.abstained(precision, |_| &thresholds, bootstrap)?);
    }
    Ok(figures)
}
