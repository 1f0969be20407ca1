//! `demarche train`: labelled statements in, a model and its card out.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use demarche::eval::{Abstention, Fold};
use demarche::figures::{StoredThresholds, TermCounts};
use demarche::model::{Header, Model, Recipe, Trainer, Validation, temperature_bound};
use demarche::read::{Filter, Labels};
use demarche::report::{card, evaluation};
use demarche::text::STEMMER;

use super::data::{self, By, Data, Wanted};
use super::growing::is_special;
use super::output::Output;
use super::progress::{Reporter, count};
use super::recipe::RecipeArguments;
use super::search::{self, SearchBy};
use super::validate::{Validated, bootstrap, cross_validated, trainer};
use super::written::Written;
use super::{Outcome, corrections, facts, number};

/// What is trained on where nothing is named.
const DATA: &str = "data/statements.csv";

/// Train a model on labelled statements.
///
/// DATA is a table (CSV, TSV, JSON Lines, Parquet) with the columns text and label; id, group (what a split must keep together), pair, case, date, source
/// and weight are used where they are there. Beside the model, as MODEL.card.md, stands its card; it also tells the
/// first line of a CODEBOOK.md beside DATA, and the agreement of the tables (one an annotator) in a folder agreement
/// there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche train data/statements.csv -o models/talks.demarche\n  \
                        demarche train data/statements.csv --add corrections.csv -o models/talks.demarche")]
pub(crate) struct Arguments {
    /// Labelled tables.
    #[arg(value_name = "DATA", default_value = DATA)]
    data: Vec<PathBuf>,

    /// Where to write the model.
    #[arg(short, long, value_name = "FILE", default_value = "models/talks.demarche")]
    output: PathBuf,

    /// Folds of the cross-validation; 0 leaves it out, and with it the calibration and the figures of the card.
    #[arg(long, value_name = "K", default_value_t = 5)]
    folds: usize,

    /// Choose estimator, C, runs of words and characters, stemming, rare terms and feature families by cross-validation,
    /// one after another, from the recipe that the other options give. Rows with test in the column split have no part
    /// in it. What is compared is macro-F1, or accuracy.
    #[arg(long, value_enum, value_name = "FIGURE", num_args = 0..=1, require_equals = true,
          default_missing_value = "macro-f1", conflicts_with = "add")]
    search: Option<SearchBy>,

    /// Let the model abstain, with thresholds chosen so that this share of the labels it gives is right.
    #[arg(long, value_name = "P", value_parser = number::share)]
    precision: Option<f64>,

    /// Train an existing model anew with these labelled rows added: the recipe stays, DATA must be what the model was
    /// trained on, and a row with the text of an earlier one replaces it, which is told where their labels differ. May be given several times.
    #[arg(long, value_name = "FILE")]
    add: Vec<PathBuf>,

    /// The model to add to; without it, the one at --output.
    #[arg(long, value_name = "MODEL", requires = "add")]
    from: Option<PathBuf>,

    /// Use only the rows whose COLUMN holds VALUE; may be given several times.
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<Filter>,

    #[command(flatten)]
    recipe: RecipeArguments,
}

impl Arguments {
    /// Where the card goes: beside a file, and nowhere for a device.
    fn card(&self) -> Option<PathBuf> {
        let named = |extension: &OsStr| extension == "demarche" || extension == "model";
        let mut path = self.output.clone();
        if path.extension().is_some_and(named) {
            path.set_extension("card.md");
        } else {
            path.as_mut_os_string().push(".card.md");
        }
        (!is_special(&self.output)).then_some(path)
    }

    /// Refuses to write over the data; the model that is added to may be replaced.
    fn check(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.folds > 0 || self.precision.is_none(),
            "--precision chooses its thresholds on a cross-validation: --folds must not be 0"
        );
        let written =
            Written::default().by("-o", Some(&self.output))?.by("the card", self.card().as_deref())?;
        written.spares("DATA", &self.data)?;
        written.spares("--add", &self.add)
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    arguments.check()?;
    let mut reporter = Reporter::new(quiet, 0, "rows");
    let (data, recipe) = data_and_recipe(arguments, &mut reporter)?;
    reporter.note(&data.summary());
    data.two_labels()?;
    let started = Instant::now();
    let (recipe, found) = match arguments.search {
        None => (recipe, None),
        Some(by) => {
            let (recipe, found) = search::search(&data, recipe, (by, arguments.folds), &reporter)?;
            (recipe, Some(found))
        }
    };
    let trainer = trainer(&data, recipe.clone());
    let facts = facts::facts(arguments.data.first(), arguments.recipe.labels(), &reporter);
    let mut header = Header { facts, search: found, ..header(&data, recipe) };
    if arguments.folds > 0 {
        let folds = data.folds(By::Group, arguments.folds, header.recipe.seed)?;
        let validated = cross_validated(&data, &trainer, &folds, By::Group)?;
        record(&mut header, &validated, arguments)?;
        if let Some(validation) = &mut header.validation {
            validation.terms = Some(known_terms(&trainer, &folds));
        }
        if let Some(validation) = &header.validation {
            let text = evaluation::figures_text(&validation.figures);
            reporter.note(&format!("\n{} folds, no group split:\n{text}", arguments.folds));
            if let Some(bound) = temperature_bound(header.temperature, header.recipe.estimator) {
                reporter.note(&at_bound(bound, header.temperature, validation.figures.ece));
            }
        }
    }
    // The fit needs no text any more, and texts are most of what is in memory.
    drop(data);
    let model = Model::new(header, trainer.fit_all()?);
    let bytes = model.to_bytes();
    let card_path = arguments.card();
    let text = card(&model);
    let beside = card_path.as_ref().map(|path| (path, text.as_bytes()));
    for (path, bytes) in std::iter::once((&arguments.output, bytes.as_slice())).chain(beside) {
        let mut output = Output::open(Some(path))?;
        output.write(bytes)?;
        output.finish()?;
    }
    let report = model.report();
    reporter.finish(&format!(
        "{} in {} epochs (relative duality gap {:.1e}), {:.1} s in all\n{}: {} bytes, digest {}{}",
        count(model.features(), "feature"),
        report.epochs,
        report.relative_gap,
        started.elapsed().as_secs_f64(),
        arguments.output.display(),
        bytes.len(),
        model.digest(),
        card_path.map(|path| format!("\n{}: its card", path.display())).unwrap_or_default(),
    ));
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

fn data_and_recipe(arguments: &Arguments, reporter: &mut Reporter) -> anyhow::Result<(Data, Recipe)> {
    let mut wanted = Wanted { labels: arguments.recipe.labels(), filters: &arguments.filters };
    if arguments.add.is_empty() {
        return Ok((data::read(&arguments.data, &wanted, reporter)?, arguments.recipe.recipe()));
    }
    if arguments.recipe.changes_anything() {
        anyhow::bail!("--add keeps the recipe of the model: leave out the options under \"How to train\"");
    }
    let path = arguments.from.as_ref().unwrap_or(&arguments.output);
    if arguments.data == [Path::new(DATA)] && !Path::new(DATA).exists() {
        anyhow::bail!("--add needs DATA, the tables that {} was trained on", path.display());
    }
    let model = super::model::load(Some(path))?;
    wanted.labels = if model.stance().is_some() { Labels::Stances } else { Labels::Any };
    let data = corrections::read(&arguments.data, &arguments.add, (path, model.header()), &wanted, reporter)?;
    Ok((data, model.header().recipe.clone()))
}

fn header(data: &Data, recipe: Recipe) -> Header {
    Header {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        stemmer: STEMMER.to_owned(),
        labels: data.labels.clone(),
        rows: data.label_counts(),
        data: data::digest(&data.rows),
        recipe,
        temperature: 1.0,
        parts: data.parts.clone(),
        facts: None,
        search: None,
        validation: None,
        thresholds: None,
    }
}

/// What is said of a temperature that would lie beyond its range.
fn at_bound(bound: &str, temperature: f64, ece: f64) -> String {
    let less = if temperature < 1.0 { "less" } else { "more" };
    format!(
        "the temperature is {temperature:.2}, the {bound} allowed: out of fold, probabilities are {less} sure than they \
         are right (calibration error {ece:.3})"
    )
}

/// How many terms of each fold's rows its model knew.
fn known_terms(trainer: &Trainer, folds: &[Fold]) -> TermCounts {
    folds.iter().fold(TermCounts::default(), |mut sum, fold| {
        sum.add(trainer.known_terms(&fold.train, &fold.test));
        sum
    })
}

/// The precision that a card tells the coverage of where none was asked for.
const USUAL_PRECISION: f64 = 0.9;

/// Writes what the cross-validation found into the header.
fn record(header: &mut Header, validated: &Validated<'_>, arguments: &Arguments) -> anyhow::Result<()> {
    let bootstrap = bootstrap(header.recipe.seed)?;
    let mut figures = validated.figures(&bootstrap)?;
    let precision = arguments.precision.unwrap_or(USUAL_PRECISION);
    figures.abstained = Some(validated.abstained(precision, &bootstrap)?);
    let scores = validated.score_curve();
    if arguments.precision.is_some() {
        let thresholds = Abstention::new(precision)?.fit_curve(&scores);
        let labels = thresholds.labels.iter().map(|label| label.threshold).collect();
        header.thresholds = Some(StoredThresholds { precision, labels });
    }
    header.temperature = validated.temperature;
    header.validation =
        Some(Validation { folds: arguments.folds, figures: figures.rounded(), scores, terms: None });
    Ok(())
}
