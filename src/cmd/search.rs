//! `train --search`: the recipe chosen by cross-validation on training rows, one parameter after another.

use clap::ValueEnum;
use demarche::eval::{Confusion, Fold, cross_validate};
use demarche::model::{Axis, Recipe, Search, SearchPoint, Trainer};
use rayon::prelude::*;

use super::data::{By, Data};
use super::progress::{Reporter, count};
use super::validate::trainer;

/// The figure that recipes are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchBy {
    /// The mean of the labels' F1: every label counts the same.
    MacroF1,
    /// The share of right labels: every row counts the same.
    Accuracy,
}

impl SearchBy {
    const fn name(self) -> &'static str {
        match self {
            Self::MacroF1 => "macro-F1",
            Self::Accuracy => "accuracy",
        }
    }
}

/// The rows to search on and their folds.
struct Searching {
    data: Data,
    folds: Vec<Fold>,
    by: SearchBy,
}

impl Searching {
    /// The figure of a recipe over all folds, to six decimals.
    fn score(&self, trainer: &Trainer) -> anyhow::Result<f64> {
        let out = cross_validate(&self.folds, |train, test| trainer.fit_and_score(train, test))?;
        let tested = self.data.tested(&out.rows, out.scores);
        let table = Confusion::of(&tested.truth, &tested.predicted(), self.data.labels.len())?;
        let score = match self.by {
            SearchBy::MacroF1 => table.macro_f1(),
            SearchBy::Accuracy => table.accuracy(),
        };
        Ok((score * 1e6).round() / 1e6)
    }

    /// The figures of several recipes, in their order.
    fn scores(&self, near: &Trainer, recipes: &[(String, Recipe)]) -> anyhow::Result<Vec<f64>> {
        let of = |(_, recipe): &(String, Recipe)| {
            let shared = near.with_recipe(recipe.clone());
            self.score(&shared.unwrap_or_else(|| trainer(&self.data, recipe.clone())))
        };
        recipes.par_iter().map(of).collect()
    }
}

/// The best recipe that is found from `recipe` on, and what was tried. Of recipes with the same figure, the first is
/// taken, and the one before if none is better.
pub(super) fn search(
    data: &Data,
    mut recipe: Recipe,
    (by, folds): (SearchBy, usize),
    reporter: &Reporter,
) -> anyhow::Result<(Recipe, Search)> {
    anyhow::ensure!(folds > 1, "--search compares recipes in a cross-validation: --folds must be 2 or more");
    let data = data.select(&data.untested());
    let folds = data.folds(By::Group, folds, recipe.seed)?;
    let searching = Searching { data, folds, by };
    let rows = searching.data.rows.len();
    let mut found =
        Search { by: by.name().to_owned(), rows, folds: searching.folds.len(), points: Vec::new() };
    reporter.note(&format!(
        "\nsearch by {} in {} on {}, none of them with the split test:",
        by.name(),
        count(found.folds, "fold"),
        count(rows, "row")
    ));
    let mut near = trainer(&searching.data, recipe.clone());
    let mut best = searching.score(&near)?;
    let mut tell = |axis: &str, value: String, score: f64, taken: bool| {
        reporter.note(&line(axis, &value, score, taken));
        found.points.push(SearchPoint { axis: axis.to_owned(), value, score, taken });
    };
    tell("as given", recipe.estimator_in_words(), best, true);
    for axis in Axis::ALL {
        let values = axis.values(&recipe);
        let scores = searching.scores(&near, &values)?;
        let top = scores.iter().copied().fold(best, f64::max);
        let mut chosen = None;
        for ((value, other), score) in values.into_iter().zip(scores) {
            let taken = chosen.is_none() && score > best && score >= top;
            if taken {
                chosen = Some(other);
            }
            tell(axis.name, value, score, taken);
        }
        if let Some(chosen) = chosen {
            (recipe, best) = (chosen, top);
            near =
                near.with_recipe(recipe.clone()).unwrap_or_else(|| trainer(&searching.data, recipe.clone()));
        }
    }
    Ok((recipe, found))
}

/// A line of the table.
fn line(axis: &str, value: &str, score: f64, taken: bool) -> String {
    let mark = if taken { "  taken" } else { "" };
    format!("{axis:<20} {value:<38} {score:.4}{mark}")
}
