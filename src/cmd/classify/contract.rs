//! `--precision`: the thresholds below which a statement gets no label, and what they can be expected to leave.

use demarche::eval::{Abstention, LabelThreshold, Thresholds};
use demarche::model::{Model, StanceModel};

use super::Arguments;
use crate::cmd::model;

/// The thresholds for a precision, chosen on the scores of training rows that the models behind them had not seen.
pub(super) struct Contract {
    precision: f64,
    labels: Vec<String>,
    thresholds: Thresholds,
    /// Rows behind the thresholds.
    rows: usize,
}

impl Contract {
    /// For `wanted`, or else the precision that the model was trained for; none if it never abstains.
    pub(super) fn new(model: &Model, wanted: Option<f64>) -> anyhow::Result<Option<Self>> {
        let header = model.header();
        let stored = header.thresholds.as_ref().map(|stored| stored.precision);
        let Some(precision) = wanted.or(stored) else { return Ok(None) };
        let rule = Abstention::new(precision)?;
        let Some(validation) = &header.validation else {
            anyhow::bail!(
                "--precision needs a model with a cross-validation; this one was trained without (train --folds)"
            );
        };
        let thresholds = rule.fit_curve(&validation.scores);
        let rows = validation.scores.given.iter().flatten().sum();
        Ok(Some(Self { precision, labels: header.labels.clone(), thresholds, rows }))
    }

    /// In label order: the smallest probability with which the label is given; none if it is never given.
    pub(super) fn thresholds(&self) -> Vec<Option<f64>> {
        self.thresholds.labels.iter().map(|label| label.threshold).collect()
    }

    /// What may be expected on texts like the training rows.
    pub(super) fn words(&self) -> String {
        let given = |label: &LabelThreshold| label.threshold.map_or(0, |_| label.rows);
        let kept: usize = self.thresholds.labels.iter().map(given).sum();
        if kept == 0 {
            return format!(
                "precision {}: no label reaches it on {} training rows out of fold: every statement abstains",
                self.precision, self.rows
            );
        }
        let right: f64 = self.thresholds.labels.iter().map(|l| given(l) as f64 * l.precision).sum();
        let share = |part: f64, whole: usize| 100.0 * part / whole.max(1) as f64;
        let named = |(name, label): (&String, &LabelThreshold)| match label.threshold {
            Some(least) => format!("{name} from {least:.2}"),
            None => format!("{name} never"),
        };
        let each: Vec<String> = self.labels.iter().zip(&self.thresholds.labels).map(named).collect();
        format!(
            "precision {}: expected coverage {:.1} %, of which {:.1} % right, by {} training rows out of fold \
             ({}); texts of another origin may keep less",
            self.precision,
            share(kept as f64, self.rows),
            share(right, kept),
            self.rows,
            each.join(", ")
        )
    }
}

/// The model as a classifier of the four stances, and the contract by which it abstains.
pub(super) fn classifier<'a>(
    arguments: &Arguments,
    model: &'a Model,
) -> anyhow::Result<(StanceModel<'a>, Option<Contract>)> {
    let stances = model.stance().ok_or_else(|| {
        let name = model::name(arguments.model.as_ref());
        let labels = model.header().labels.join(", ");
        anyhow::anyhow!("{name} knows the labels {labels}, not the four stances: classify needs those")
    })?;
    let contract = Contract::new(model, arguments.precision)?;
    anyhow::ensure!(
        contract.is_some() || arguments.review.is_none(),
        "--review has nothing to write: this model gives every statement a label unless --precision is given"
    );
    let stances = match &contract {
        Some(contract) => stances.abstaining(&contract.thresholds()),
        None => stances,
    };
    Ok((stances, contract))
}
