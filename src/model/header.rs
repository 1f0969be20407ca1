//! What a model says of its making: the readable part of its file, and all that its card is written from.

use serde::{Deserialize, Serialize};

use super::recipe::Recipe;
use crate::figures::{Figures, ScoreCurve, StoredThresholds, TermCounts};

/// What a model says of its making.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the program that trained it.
    pub program: String,
    /// Name and version of the stemmer.
    pub stemmer: String,
    /// The labels, in the order of the probabilities.
    pub labels: Vec<String>,
    /// Training rows of each label.
    pub rows: Vec<usize>,
    /// BLAKE3 of the training rows: text, label and weight of each, in order.
    pub data: String,
    /// How it was trained.
    pub recipe: Recipe,
    /// Logits are divided by it before they become probabilities; above 0.
    pub temperature: f64,
    /// The tables that it was trained on, in order: what was added to what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<DataPart>,
    /// What stands beside its training rows; none if nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<DataFacts>,
    /// How its recipe was chosen; none if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Search>,
    /// What its cross-validation found; none if there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<Validation>,
    /// The thresholds by which it abstains; none if it always gives a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thresholds: Option<StoredThresholds>,
}

/// One table of training rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataPart {
    /// BLAKE3 of its rows: text, label and weight of each, in order.
    pub digest: String,
    /// Its rows.
    pub rows: usize,
}

/// What is known of labelled rows beside themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataFacts {
    /// What the labels mean.
    pub codebook: Option<Codebook>,
    /// How far annotators agree.
    pub agreement: Option<AnnotatorAgreement>,
}

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    /// Its first line, which names its version.
    pub title: String,
    /// BLAKE3 of its text.
    pub digest: String,
}

/// How far annotators agree on rows that two or more of them have labelled; figures to six decimals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnnotatorAgreement {
    /// The annotators.
    pub annotators: usize,
    /// The rows.
    pub rows: usize,
    /// Equal pairs of labels / all pairs, from 0 to 1.
    pub observed: f64,
    /// Cohen's kappa, of two annotators only.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
}

/// A search for the recipe by cross-validation on training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Search {
    /// The figure by which recipes were compared.
    pub by: String,
    /// The rows; none of them has the split `test`.
    pub rows: usize,
    /// The number of folds.
    pub folds: usize,
    /// The recipes that were tried, in order.
    pub points: Vec<SearchPoint>,
}

/// One recipe of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchPoint {
    /// What was varied.
    pub axis: String,
    /// The value tried, the rest being as chosen before.
    pub value: String,
    /// The figure, from 0 to 1, to six decimals.
    pub score: f64,
    /// True if it is the best of its axis, and better than the recipe before: the first of equals.
    pub taken: bool,
}

/// A cross-validation of the recipe on the training rows: no row was scored by a model that had seen it, its group,
/// its pair or its near-duplicates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// The number of folds.
    pub folds: usize,
    /// All figures.
    pub figures: Figures,
    /// Right and wrong labels by score, from which thresholds are chosen.
    pub scores: ScoreCurve,
    /// Terms of all rows, and those that the folds' models knew: what drift is measured by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermCounts>,
}
