//! What an evaluation may hold.

use serde::Serialize;

use crate::eval::{Difference, LearningCurve, McNemar};
use crate::figures::Figures;

/// All that one evaluation found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What was measured: a model, or a recipe and how it was validated.
    pub subject: String,
    /// The tables measured on.
    pub data: String,
    /// The figures.
    pub figures: Figures,
    /// Beside another model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// With feature families left out, alone and added; empty if that was not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ablation: Vec<Ablated>,
    /// Macro-F1 by training rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_curve: Option<LearningCurve>,
}

/// Two models on the same rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The first model, the one that the figures are of.
    pub first: String,
    /// The second model.
    pub second: String,
    /// Whether they err equally often.
    pub mcnemar: McNemar,
    /// Macro-F1, first − second, drawn by group.
    pub macro_f1: Difference,
    /// Accuracy, first − second, drawn by group.
    pub accuracy: Difference,
}

/// The recipe with other feature families.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ablated {
    /// What was changed: `without words`, `words alone`, `with characters`.
    pub change: String,
    /// Macro-F1, changed − whole, on the same folds and drawn by group.
    pub macro_f1: Difference,
}
