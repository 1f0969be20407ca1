//! What an evaluation tells on request: another model, feature families, growing parts of the data.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use demarche::eval::{
    Bootstrap, ClusterTables, Confusion, Fold, LearningCurve, McNemar, Rows, Subsets, Tested, cross_validate,
};
use demarche::model::{Model, Recipe, Trainer};
use demarche::report::evaluation::{Ablated, Comparison, learning_curve_svg};
use demarche::text::{Families, Family};

use super::super::data::Data;
use super::super::validate::trainer;
use super::write;

/// The model's probabilities for all rows.
pub(super) fn scored<'a>(data: &'a Data, model: &Model) -> anyhow::Result<Tested<'a>> {
    let known = &model.header().labels;
    if *known != data.labels {
        anyhow::bail!(
            "the model knows the labels {}, the data has {}",
            known.join(", "),
            data.labels.join(", ")
        );
    }
    let mut session = model.session();
    let every: Vec<usize> = (0..data.rows.len()).collect();
    let probabilities = data.rows.iter().map(|row| session.probabilities(row.text()).to_vec()).collect();
    Ok(data.tested(&every, probabilities))
}

/// Two models on the same rows.
pub(super) fn compare(
    data: &Data,
    models: (&Model, &Model),
    titles: (String, String),
    bootstrap: &Bootstrap,
) -> anyhow::Result<Comparison> {
    let (first, second) = (scored(data, models.0)?, scored(data, models.1)?);
    let (a, b) = (first.tables()?, second.tables()?);
    Ok(Comparison {
        first: titles.0,
        second: titles.1,
        mcnemar: McNemar::of(&first.truth, &first.predicted(), &second.predicted())?,
        macro_f1: bootstrap.difference(&a, &b, Confusion::macro_f1)?,
        accuracy: bootstrap.difference(&a, &b, Confusion::accuracy)?,
    })
}

/// The recipe without each of its families, with each of them alone, and with each of the others added.
pub(super) fn ablation(
    data: &Data,
    recipe: &Recipe,
    folds: &[Fold],
    bootstrap: &Bootstrap,
) -> anyhow::Result<Vec<Ablated>> {
    let tables = |families: Families| -> anyhow::Result<ClusterTables> {
        let mut changed = recipe.clone();
        changed.settings.families = families;
        let trainer = trainer(data, changed);
        let out = cross_validate(folds, |train, test| trainer.fit_and_score(train, test))?;
        Ok(data.tested(&out.rows, out.scores).tables()?)
    };
    let own = recipe.settings.families;
    let whole = tables(own)?;
    let mut ablated = Vec::new();
    for (change, families) in changes(own) {
        let macro_f1 = bootstrap.difference(&tables(families)?, &whole, Confusion::macro_f1)?;
        ablated.push(Ablated { change, macro_f1 });
    }
    Ok(ablated)
}

fn changes(own: Families) -> Vec<(String, Families)> {
    let (inside, outside): (Vec<Family>, Vec<Family>) = Family::ALL.iter().partition(|f| own.has(**f));
    let mut changes = Vec::new();
    if inside.len() > 1 {
        changes.extend(inside.iter().map(|&f| (format!("without {}", f.name()), own.without(f))));
        changes.extend(inside.iter().map(|&f| (format!("{} alone", f.name()), Families::of(&[f]))));
    }
    changes.extend(outside.iter().map(|&f| (format!("with {}", f.name()), own.with(f))));
    changes
}

/// Random orders of the groups behind a learning curve.
const ORDERS: usize = 3;

/// The smallest part of the training rows.
const SMALLEST: usize = 100;

/// Where the plot of a learning curve goes.
pub(super) fn plot(curve: &Path) -> PathBuf {
    curve.with_extension("svg")
}

/// Measures, and writes the points to the path and a plot beside it.
pub(super) fn learning_curve(
    data: &Data,
    trainer: &Trainer,
    split: &Fold,
    (path, seed): (&Path, u64),
    bootstrap: &Bootstrap,
) -> anyhow::Result<LearningCurve> {
    let subsets = Subsets { orders: ORDERS, smallest: SMALLEST, seed };
    let rows = Rows { classes: &data.classes, groups: data.groups(), class_count: data.labels.len() };
    let curve =
        subsets.measure(rows, split, bootstrap, |train, test| trainer.fit_and_predict(train, test))?;
    let mut csv = "rows,macro_f1,low,high\n".to_owned();
    for point in &curve.points {
        let interval = &point.macro_f1;
        let _ = writeln!(
            csv,
            "{:.0},{:.6},{:.6},{:.6}",
            point.rows, interval.estimate, interval.low, interval.high
        );
    }
    write(path, csv.as_bytes())?;
    write(&plot(path), learning_curve_svg(&curve).as_bytes())?;
    Ok(curve)
}
