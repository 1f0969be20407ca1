//! The fitted linear classifier.

use linfa::dataset::Records;
use linfa::traits::{Predict, PredictInplace};
use ndarray::Array1;

use crate::features::Row;
use crate::shape::top_class;

use super::records::SparseRecords;

/// How a fit ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitReport {
    /// Passes over the rows.
    pub epochs: usize,
    /// The objective that was minimised, at the solution.
    pub objective: f64,
    /// The duality gap at the solution, divided by the objective.
    pub relative_gap: f64,
}

/// One weight vector and intercept a class: logits of a row x are Wᵀx + b.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// Weights by feature, then class: features × classes.
    pub weights: Vec<f32>,
    /// One a class.
    pub intercepts: Vec<f32>,
    /// How the fit ended.
    pub report: FitReport,
}

impl Linear {
    /// The number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.intercepts.len()
    }

    /// Multiplies the weights of every feature by its factor: what was fitted on features times these factors becomes
    /// a classifier of the features as they are.
    pub fn scale(&mut self, factors: &[f32]) {
        let classes = self.classes().max(1);
        for (weights, factor) in self.weights.chunks_mut(classes).zip(factors) {
            for weight in weights {
                *weight *= factor;
            }
        }
    }

    /// One logit a class.
    #[must_use]
    pub fn logits(&self, row: &Row<'_>) -> Vec<f64> {
        let mut sums = Vec::new();
        self.logits_into(row.iter(), &mut sums);
        sums.into_iter().map(f64::from).collect()
    }

    /// One logit a class, into `sums`; summed in the order of `row`, which the bits depend on.
    pub fn logits_into(&self, row: impl IntoIterator<Item = (usize, f32)>, sums: &mut Vec<f32>) {
        sums.clear();
        sums.extend_from_slice(&self.intercepts);
        for (feature, value) in row {
            for (sum, weight) in sums.iter_mut().zip(self.weights_of(feature)) {
                *sum += weight * value;
            }
        }
    }

    /// The weights of one feature, one a class; none for a feature that there is not.
    #[must_use]
    pub fn weights_of(&self, feature: usize) -> &[f32] {
        let classes = self.classes();
        self.weights.get(feature * classes..(feature + 1) * classes).unwrap_or_default()
    }

    /// The class of the largest logit, the first on a tie.
    #[must_use]
    pub fn class(&self, row: &Row<'_>) -> usize {
        top_class(&self.logits(row)).0
    }
}

/// Probabilities from logits: exp(zₖ) / Σ exp(zⱼ), shifted by the largest so that none overflows.
#[must_use]
pub fn softmax(logits: &[f64]) -> Vec<f64> {
    let mut probabilities = logits.to_vec();
    softmax_in_place(&mut probabilities);
    probabilities
}

/// As [`softmax`], in place.
pub fn softmax_in_place(logits: &mut [f64]) {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for z in logits.iter_mut() {
        *z = libm::exp(*z - largest);
        sum += *z;
    }
    for p in logits {
        *p /= sum;
    }
}

impl PredictInplace<SparseRecords, Array1<usize>> for Linear {
    fn predict_inplace<'a>(&'a self, records: &'a SparseRecords, classes: &mut Array1<usize>) {
        for (class, row) in classes.iter_mut().zip(records.0.rows()) {
            *class = self.class(&row);
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<usize> {
        Array1::zeros(records.nsamples())
    }
}

impl Predict<&SparseRecords, Array1<usize>> for Linear {
    fn predict(&self, records: &SparseRecords) -> Array1<usize> {
        let mut classes = self.default_target(records);
        self.predict_inplace(records, &mut classes);
        classes
    }
}
