//! Sparse rows as linfa records, and what can be wrong with a training set.

use linfa::dataset::{AsSingleTargets, DatasetBase, Records};
use ndarray::Array1;

use crate::features::{Row, SparseRows};

/// Sparse rows that linfa's datasets can carry: samples × features.
#[derive(Clone, Debug)]
pub struct SparseRecords(pub SparseRows);

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.0.len()
    }

    fn nfeatures(&self) -> usize {
        self.0.width()
    }
}

/// Sparse rows with class numbers, as linfa's estimators take them.
pub type SparseDataset = DatasetBase<SparseRecords, Array1<usize>>;

/// A dataset of sparse rows, class numbers and sample weights (1 each if empty).
#[must_use]
pub fn dataset(rows: SparseRows, classes: Vec<usize>, weights: Vec<f32>) -> SparseDataset {
    let data = DatasetBase::new(SparseRecords(rows), Array1::from_vec(classes));
    if weights.is_empty() { data } else { data.with_weights(Array1::from_vec(weights)) }
}

/// Why an estimator cannot be fitted.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// The cost is not a positive finite number.
    #[error("the cost C must be a positive number, not {0}")]
    Cost(f64),
    /// The tolerance is not a positive finite number.
    #[error("the tolerance must be a positive number, not {0}")]
    Tolerance(f64),
    /// Fewer than two classes, or more than can be trained.
    #[error("there must be from 2 to {MAX_CLASSES} classes, not {0}")]
    Classes(usize),
    /// No rows, or none that counts.
    #[error("there is no row to train on")]
    Empty,
    /// Rows and targets or weights do not match.
    #[error("there are {rows} rows, but {others} targets or weights")]
    Lengths {
        /// Rows.
        rows: usize,
        /// Targets or weights.
        others: usize,
    },
    /// A target is not a class number.
    #[error("row {row} is of class {class}, but there are only {classes} classes")]
    Target {
        /// The row, from 0.
        row: usize,
        /// Its class.
        class: usize,
        /// The number of classes.
        classes: usize,
    },
    /// A sample weight is negative or not finite.
    #[error("row {row} has the weight {weight}, which is no number from 0 up")]
    Weight {
        /// The row, from 0.
        row: usize,
        /// Its weight.
        weight: f32,
    },
    /// No term is frequent enough to be a feature.
    #[error(
        "no term stands in {least} of the {rows} rows, as a feature must: take more rows, or a smaller min_df"
    )]
    Features {
        /// Rows.
        rows: usize,
        /// The rows that a term must stand in.
        least: u32,
    },
    /// All rows are of one class.
    #[error("all rows are of one class, number {0}: there is nothing to tell apart")]
    OneClass(usize),
    /// The cost or a weight is so large that the fit ended in infinities.
    #[error("the fit ended in numbers that are not finite: the cost C or the weight of a row is too large")]
    Infinite,
    /// An error of linfa's.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

/// The most classes that an estimator trains.
pub(super) const MAX_CLASSES: usize = 32;

/// A checked training set.
pub(super) struct Samples<'a> {
    pub(super) rows: &'a SparseRows,
    pub(super) classes: Vec<usize>,
    /// Cost × class weight × sample weight of each row.
    pub(super) costs: Vec<f64>,
}

impl<'a> Samples<'a> {
    pub(super) fn check<T: AsSingleTargets<Elem = usize>>(
        data: &'a DatasetBase<SparseRecords, T>,
        class_count: usize,
        cost: f64,
        balanced: bool,
    ) -> Result<Self, FitError> {
        let rows = &data.records.0;
        let classes = data.targets.as_single_targets().to_vec();
        let weights = data.weights().map(<[f32]>::to_vec).unwrap_or_default();
        if rows.is_empty() {
            return Err(FitError::Empty);
        }
        for others in [classes.len(), if weights.is_empty() { rows.len() } else { weights.len() }] {
            if others != rows.len() {
                return Err(FitError::Lengths { rows: rows.len(), others });
            }
        }
        let mut sizes = vec![0.0; class_count];
        for (row, &class) in classes.iter().enumerate() {
            let weight = weights.get(row).copied().unwrap_or(1.0);
            if !(weight >= 0.0 && weight.is_finite()) {
                return Err(FitError::Weight { row, weight });
            }
            match sizes.get_mut(class) {
                Some(size) => *size += f64::from(weight),
                None => return Err(FitError::Target { row, class, classes: class_count }),
            }
        }
        let present: Vec<usize> =
            (0..class_count).filter(|&c| sizes.get(c).is_some_and(|s| *s > 0.0)).collect();
        match *present {
            [] => return Err(FitError::Empty),
            [only] => return Err(FitError::OneClass(only)),
            _ => (),
        }
        let total: f64 = sizes.iter().sum();
        let class_weight = |class: usize| match sizes.get(class) {
            Some(&size) if balanced && size > 0.0 => total / (present.len() as f64 * size),
            _ => 1.0,
        };
        let costs = classes
            .iter()
            .enumerate()
            .map(|(row, &class)| {
                cost * class_weight(class) * f64::from(weights.get(row).copied().unwrap_or(1.0))
            })
            .collect();
        Ok(Self { rows, classes, costs })
    }

    pub(super) fn squared_norms(&self) -> Vec<f64> {
        self.rows.rows().map(|row| squared_norm(&row)).collect()
    }
}

fn squared_norm(row: &Row<'_>) -> f64 {
    row.values.iter().map(|&v| f64::from(v) * f64::from(v)).sum()
}
